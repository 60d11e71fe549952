"""Moving an overlay to a newer base: what both changed is asked, everything else goes along."""

from pathlib import Path
from typing import Any

import pytest

from thidua.definitions.check import check
from thidua.definitions.overlay import conflicts, edited, laid, moved, read_overlay
from thidua.definitions.overlay.merged import at
from thidua.definitions.reader import read
from thidua.definitions.tree import Tree
from thidua.workflow.errors import DefinitionError, Refused

OLD = "ministers-certificate@2018.1"
NEW = "ministers-certificate@2018.2"
MINISTER = (Path(__file__).parent / "minister.yaml").read_text(encoding="utf-8")
BASE = read(MINISTER, OLD)
HEAD = f'# Của Sở Tư pháp\nformat: 1\nextends: {OLD}\nversion: "2018.1+stp.1"\n'


def newer(*pairs: tuple[str, str]) -> Tree:
    text = MINISTER.replace('version: "2018.1"', 'version: "2018.2"')
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read(text, NEW)


def overlay(more: str) -> Any:
    return read_overlay(read(HEAD + more, "stp.yaml"), lambda _: BASE, answers=True)


# What the overlay says, the newer base's change of the same unit, its change of something else in
# the same thing, its change to just what the overlay says, and the thing renamed away.
DAYS = ("{in: 5 working days, from: entry", "{in: 6 working days, from: entry")
MATRIX: dict[str, tuple[str, Any, Any, Any, Any]] = {
    "states.proposed.due": (
        "states: {proposed: {due: {in: 7 working days}}}\n",
        DAYS,
        ('vi: "Đã đề nghị"', 'vi: "Mới đề nghị"'),
        ("{in: 5 working days, from: entry", "{in: 7 working days, from: entry"),
        None,
    ),
    "states.proposed.vi": (
        'states: {proposed: {vi: "Mới"}}\n',
        ('vi: "Đã đề nghị"', 'vi: "Mới đề nghị"'),
        DAYS,
        ('vi: "Đã đề nghị"', 'vi: "Mới"'),
        None,
    ),
    "rounds.vote.pass": (
        "rounds: {vote: {pass: {more_than: 3/5}}}\n",
        ("more_than: 1/2", "more_than: 2/3"),
        ("at_least: 2/3, of: entitled", "at_least: 3/4, of: entitled"),
        ("more_than: 1/2", "more_than: 3/5"),
        None,
    ),
    "rounds.vote.quorum": (
        "rounds: {vote: {quorum: {at_least: 4/5}}}\n",
        ("at_least: 2/3, of: entitled", "at_least: 3/4, of: entitled"),
        ("more_than: 1/2", "more_than: 2/3"),
        ("at_least: 2/3, of: entitled", "at_least: 4/5, of: entitled"),
        None,
    ),
    "spans.processing": (
        "spans: {processing: {in: 30 working days}}\n",
        ("in: 25 working days", "in: 24 working days"),
        DAYS,
        ("in: 25 working days", "in: 30 working days"),
        ("  processing: {from", "  handling: {from"),
    ),
    "transitions.misroute": (
        "transitions: {misroute: {by: appraiser}}\n",
        ("dest: misrouted, by: officer", "dest: misrouted, by: head"),
        ('vi: "Trả do gửi sai nơi"', 'vi: "Trả lại"'),
        ("dest: misrouted, by: officer", "dest: misrouted, by: appraiser"),
        ("trigger: misroute", "trigger: send_back"),
    ),
    "may.extend": (
        "may: {extend: [officer, head]}\n",
        ("extend: officer", "extend: head"),
        ("hold: officer", "hold: head"),
        ("extend: officer", "extend: [officer, head]"),
        None,
    ),
    "may.revoke": (
        "may: {revoke: head}\n",
        ("revoke: {by: minister, decision: required}", "revoke: {by: minister}"),
        ("hold: officer", "hold: head"),
        ("revoke: {by: minister, ", "revoke: {by: head, "),
        None,
    ),
    "ladders.asked": (
        "ladders: {asked: {remind: [on the day]}}\n",
        ("{at: 2 working days before, to: head", "{at: 3 working days before, to: head"),
        DAYS,
        ("remind: [5 working days before, 1 working day before, on the day]",
         "remind: [on the day]"),
        ("  asked:\n", "  inquiry:\n"),
    ),
    "grounds.labour": (
        "grounds: {labour: {certainty: read}}\n",
        ('text: "Điều 26 Thông tư', 'text: "Điều 27 Thông tư'),
        ('text: "Nghị định số 91', 'text: "Nghị định số 98'),
        ("certainty: analogy", "certainty: read"),
        ("  labour:\n", "  work:\n"),
    ),
    "messages.decided": (
        "messages: {decided: {to: officer, template: result}}\n",
        ("decided:         {to: proposer", "decided:         {to: head"),
        ("not_passed:      {to: proposer", "not_passed:      {to: head"),
        ("decided:         {to: proposer", "decided:         {to: officer"),
        ("  decided:         {to", "  declared:         {to"),
    ),
    "title.vi": (
        'title: {vi: "Của Sở"}\n',
        ('title: {vi: "Bằng khen của Bộ trưởng Bộ Tư pháp"', 'title: {vi: "Bằng khen"'),
        ("Minister's certificate of merit\"}\nlanguages", "Certificate\"}\nlanguages"),
        ('title: {vi: "Bằng khen của Bộ trưởng Bộ Tư pháp"', 'title: {vi: "Của Sở"'),
        None,
    ),
    "in_force": (
        "in_force: {to: 2025-12-31}\n",
        ("from: 2018-07-21, to: 2023-12-31}", "from: 2019-01-01, to: 2023-12-31}"),
        DAYS,
        ("2018-07-21, to: 2023-12-31}", "2018-07-21, to: 2025-12-31}"),
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("unit", MATRIX)
def test_base_that_did_not_move_asks_nothing(unit: str) -> None:
    assert conflicts(overlay(MATRIX[unit][0]), newer()) == []


@pytest.mark.parametrize("unit", MATRIX)
def test_change_of_the_same_unit_is_asked_about(unit: str) -> None:
    more, change, *_ = MATRIX[unit]

    (conflict,) = conflicts(overlay(more), newer(change))

    assert conflict.name == unit
    assert conflict.old == at(BASE.data, conflict.unit)
    assert conflict.new == at(newer(change).data, conflict.unit)
    assert conflict.mine not in (conflict.old, conflict.new)


@pytest.mark.parametrize("unit", MATRIX)
def test_change_elsewhere_goes_along(unit: str) -> None:
    more, _, elsewhere, *_ = MATRIX[unit]

    assert conflicts(overlay(more), newer(elsewhere)) == []


@pytest.mark.parametrize("unit", MATRIX)
def test_base_that_came_to_the_same_asks_nothing(unit: str) -> None:
    more, _, _, same, _ = MATRIX[unit]

    assert conflicts(overlay(more), newer(same)) == []


@pytest.mark.parametrize("unit", [unit for unit, row in MATRIX.items() if row[4]])
@pytest.mark.parametrize("answer", ["", "keep", "take"])
def test_thing_that_is_gone_can_only_be_taken(unit: str, answer: str) -> None:
    more, *_, renamed = MATRIX[unit]
    base = newer(renamed)
    said = f"answers: {{{NEW}: {{{unit}: {answer}}}}}\n" if answer else ""

    if answer == "take":
        assert moved(overlay(more + said), base, NEW, None).keys() == {
            "format", "extends", "version"
        }  # fmt: skip
    else:
        with pytest.raises(Refused) as caught:
            moved(overlay(more + said), base, NEW, None)
        (reason,) = caught.value.reasons
        assert (reason.code, reason.fields["point"]) == ("overlay-gone", unit)
        for lang in ("vi", "en"):
            assert f"{{{unit}: take}}" in reason.text(lang)
            assert "keep" not in reason.text(lang)


@pytest.mark.parametrize("unit", MATRIX)
def test_nothing_moves_before_every_question_is_answered(unit: str) -> None:
    more, change, *_ = MATRIX[unit]

    with pytest.raises(Refused) as caught:
        moved(overlay(more), newer(change), NEW, None)

    (reason,) = caught.value.reasons
    assert reason.code == "overlay-conflict"
    assert (reason.fields["point"], reason.fields["line"]) == (unit, 5)
    for lang in ("vi", "en"):
        assert f"{unit}: keep" in reason.text(lang)
        assert f"answers: {{{NEW}: …}}" in reason.text(lang)


@pytest.mark.parametrize("unit", MATRIX)
@pytest.mark.parametrize("answer", ["keep", "take"])
def test_answer_decides(unit: str, answer: str) -> None:
    more, change, *_ = MATRIX[unit]
    said = f"answers: {{{NEW}: {{{unit}: {answer}}}}}\n"
    base = newer(change)
    mine = overlay(more + said)

    data = moved(mine, base, NEW, None)

    after = laid(read_overlay(read(edited(mine.tree.text, data), "f"), lambda _: base))
    (conflict,) = conflicts(mine, base)
    wanted = conflict.mine if answer == "keep" else conflict.new
    assert at(after.tree.data, conflict.unit) == wanted
    assert after.procedure.version == "2018.2+stp.1"
    assert check(after).errors == ()


def test_all_conflicts_are_told_at_once_in_the_order_of_the_file() -> None:
    more = "".join(MATRIX[unit][0] for unit in ("spans.processing", "grounds.labour", "may.extend"))
    changes = [MATRIX[unit][1] for unit in ("spans.processing", "grounds.labour", "may.extend")]

    with pytest.raises(Refused) as caught:
        moved(overlay(more), newer(*changes), NEW, None)

    assert [reason.fields["line"] for reason in caught.value.reasons] == [5, 6, 7]


def test_answers_of_another_move_do_not_count() -> None:
    more, change, *_ = MATRIX["may.extend"]
    said = "answers: {ministers-certificate@2018.3: {may.extend: keep}}\n"

    with pytest.raises(Refused):
        moved(overlay(more + said), newer(change), NEW, None)


@pytest.mark.parametrize(
    ("said", "code", "line", "column"),
    [
        (f"answers: {{{NEW}: {{may.extend: yes}}}}", "overlay-answer", 6, 54),
        (f"answers: {{{NEW}: {{may.extnd: keep}}}}", "overlay-answer-idle", 6, 42),
        (f"answers: {{{NEW}: keep}}", "not-a-mapping", 6, 10),
        ("answers: keep", "not-a-mapping", 6, 10),
    ],
)
def test_answer_that_is_none(said: str, code: str, line: int, column: int) -> None:
    more, change, *_ = MATRIX["may.extend"]

    with pytest.raises(DefinitionError) as caught:
        moved(overlay(more + said + "\n"), newer(change), NEW, None)

    (reason,) = caught.value.reasons
    assert (reason.code, reason.fields["line"], reason.fields["column"]) == (code, line, column)


def test_thing_of_the_overlay_that_the_base_now_has_is_asked_about() -> None:
    more = "grounds: {house: {text: A, certainty: read}}\n"
    base = newer(("  labour:\n", '  house: {text: "B", certainty: read}\n  labour:\n'))

    (conflict,) = conflicts(overlay(more), base)

    assert (conflict.name, conflict.old, conflict.gone) == ("grounds.house", None, False)


def test_comments_and_quotes_stay_where_values_stay() -> None:
    more = (
        "states:  # của Sở\n"
        "  proposed: {due: {in: 7 working days}}   # theo Quy chế\n"
        "  appraisal: {vi: 'Thẩm định hồ sơ'}\n"
        f"answers: {{{NEW}: {{states.proposed.due: take}}}}\n"
    )
    mine = overlay(more)

    text = edited(mine.tree.text, moved(mine, newer(DAYS), NEW, None))

    assert text == (
        f'# Của Sở Tư pháp\nformat: 1\nextends: {NEW}\nversion: "2018.2+stp.1"\n'
        "states:  # của Sở\n"
        "  appraisal: {vi: 'Thẩm định hồ sơ'}\n"
        'over: {states.appraisal.vi: "Đang thẩm định"}\n'
    )


@pytest.mark.parametrize("unit", MATRIX)
def test_extends_changed_by_hand_asks_the_same(unit: str) -> None:
    """The file says what it was written over: changing its reference hides nothing."""
    more, change, elsewhere, *_ = MATRIX[unit]
    laid_down = edited((HEAD + more), moved(overlay(more), BASE, OLD, None))
    by_hand = read(laid_down.replace(f"extends: {OLD}", f"extends: {NEW}"), "stp.yaml")

    assert laid(read_overlay(by_hand, lambda _: newer(elsewhere))).tree.notes == ()
    with pytest.raises(DefinitionError) as caught:
        read_overlay(by_hand, lambda _: newer(change))

    (reason,) = caught.value.reasons
    (asked,) = conflicts(overlay(more), newer(change))
    assert reason == asked.reason(by_hand, NEW)


def test_thing_of_the_file_that_the_base_has_by_now_is_asked_about_by_hand_too() -> None:
    more = "roles: {deputy: {vi: Phó}}\n"
    base = newer(("roles:\n", 'roles:\n  deputy: {vi: "Cấp phó"}\n'))
    laid_down = edited(HEAD + more, moved(overlay(more), BASE, OLD, None))
    by_hand = read(laid_down.replace(f"extends: {OLD}", f"extends: {NEW}"), "stp.yaml")

    with pytest.raises(DefinitionError) as caught:
        read_overlay(by_hand, lambda _: base)

    (reason,) = caught.value.reasons
    assert (reason.code, reason.fields["point"]) == ("overlay-conflict", "roles.deputy.vi")
    assert (reason.fields["old"], reason.fields["new"]) == ("–", '"Cấp phó"')


def test_answer_after_extends_was_changed_by_hand() -> None:
    more = MATRIX["states.proposed.due"][0]
    laid_down = edited((HEAD + more), moved(overlay(more), BASE, OLD, None))
    said = f"answers: {{{NEW}: {{states.proposed.due: keep}}}}\n"
    by_hand = read(laid_down.replace(f"extends: {OLD}", f"extends: {NEW}") + said, "stp.yaml")
    base = newer(DAYS)

    data = moved(read_overlay(by_hand, lambda _: base, answers=True), base, NEW, None)

    assert data["version"] == "2018.1+stp.1"
    assert data["over"] == {"states.proposed.due": at(base.data, ("states", "proposed", "due"))}
    assert (
        laid(read_overlay(read(edited(by_hand.text, data), "f"), lambda _: base)).tree.notes == ()
    )


def test_own_version_is_said_or_follows() -> None:
    plain = HEAD.replace("2018.1+stp.1", "7")
    mine = read_overlay(read(plain, "stp.yaml"), lambda _: BASE, answers=True)

    assert moved(mine, newer(), NEW, "8")["version"] == "8"
    with pytest.raises(DefinitionError) as caught:
        moved(mine, newer(), NEW, None)
    assert caught.value.reasons[0].code == "overlay-new-version"


def test_another_procedure_is_no_newer_base() -> None:
    with pytest.raises(DefinitionError) as caught:
        moved(overlay(""), newer(), "exemplar-selection@2018.1", None)

    assert caught.value.reasons[0].code == "overlay-other"
