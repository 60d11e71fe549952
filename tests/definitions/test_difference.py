"""A difference: nothing that changed is left out, nothing that stayed is told, in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from thidua.definitions import load, load_file, shipped
from thidua.definitions.difference import compare
from thidua.definitions.difference.words import ATTRIBUTES, GROUPS, NOUNS, RIGHTS, VALUES, WORDS
from thidua.workflow.procedure import Procedure

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
MINISTER = (Path(__file__).parent / "minister.yaml").read_text(encoding="utf-8")


def differences(old: str, new: str, lang: str = "vi") -> dict[str, str]:
    found = compare(load(old, "old"), load(new, "new"), lang)
    return {each.path: each.text for each in found}


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_states_of_one_label_are_told_apart() -> None:
    new = MINISTER.replace("appraisal:", "checked:").replace(": appraisal", ": checked")

    told = differences(MINISTER, new)["transitions.accept.dest"]

    assert told.endswith("“Đang thẩm định” (appraisal) → “Đang thẩm định” (checked)")


def test_first_states_of_one_label_are_told_apart() -> None:
    new = MINISTER.replace("proposed:", "received:").replace(": proposed", ": received")

    told = differences(MINISTER, new)["initial"]

    assert told.endswith("“Đã đề nghị” (proposed) → “Đã đề nghị” (received)")


@pytest.mark.parametrize("text", [TOY, MINISTER])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_same_procedure_has_no_difference(text: str, lang: str) -> None:
    assert differences(text, "# another comment\n" + text, lang) == {}


@pytest.mark.parametrize(
    ("pair", "path", "vi", "en"),
    [
        (
            ("{in: 5 working days, from: entry", "{in: 7 working days, from: entry"),
            "states.proposed.due",
            "Trạng thái “Đã đề nghị”, thời hạn: 5 ngày làm việc (giả\u00a0định) → 7 ngày làm việc"
            " (giả\u00a0định); giữ nguyên: căn cứ: Giá trị giả định, chờ cơ quan Thường trực Hội"
            " đồng xác nhận, nhắc theo “desk”",
            "The state “Proposed”, its due: 5 working days (assumed) → 7 working days (assumed);"
            " unchanged: ground: Giá trị giả định, chờ cơ quan Thường trực Hội đồng xác nhận,"
            " ladder “desk”",
        ),
        (
            ("dest: misrouted, by: officer", "dest: misrouted, by: appraiser"),
            "transitions.misroute.by",
            "Bước “Trả do gửi sai nơi”, người thực hiện: “Chuyên viên cơ quan Thường trực Hội đồng”"
            " → “Người thẩm định”",
            "The step “Return as misrouted”, who takes it: “Officer of the standing body” →"
            " “Appraiser”",
        ),
        (
            ("more_than: 1/2", "at_least: 2/3"),
            "rounds.vote.passes",
            "Đợt “Bỏ phiếu của Hội đồng”, tỷ lệ thông qua: đạt nếu quá 1/2 tổng số thành viên → đạt"
            " nếu ít nhất 2/3 tổng số thành viên; giữ nguyên: căn cứ: Giá trị giả định, chờ cơ quan"
            " Thường trực Hội đồng xác nhận",
            "The round “Vote of the council”, what carries it: passes with more than 1/2 of all"
            " members → passes with at least 2/3 of all members; unchanged: ground: Giá trị giả"
            " định, chờ cơ quan Thường trực Hội đồng xác nhận",
        ),
        (
            ("extend: officer", "extend: nobody"),
            "may.extend.roles",
            "Quyền “gia hạn”, người được làm: Chuyên viên cơ quan Thường trực Hội đồng → không ai",
            "The right “extend”, who may: Officer of the standing body → nobody",
        ),
        (
            ('vi: "Đang thẩm định"', 'vi: "Thẩm định hồ sơ"'),
            "states.appraisal.label",
            "Trạng thái “Đang thẩm định”, tên gọi: “Đang thẩm định” / “Appraisal” → “Thẩm định hồ"
            " sơ” / “Appraisal”",
            "The state “Appraisal”, its name: “Đang thẩm định” / “Appraisal” → “Thẩm định hồ sơ” /"
            " “Appraisal”",
        ),
        (
            ("needed_if: by_initiative", "needed: always"),
            "documents.initiative.needed_if",
            "Giấy tờ “Giấy chứng nhận hoặc xác nhận sáng kiến”, bắt buộc khi: “by_initiative” →"
            " không có",
            "The document “Initiative certificate”, needed if: “by_initiative” → nothing",
        ),
        (
            ("decided:         {to: proposer", "decided:         {to: officer"),
            "messages.decided.rule",
            "Thông báo khi “Đã quyết định”, quy định: gửi Đơn vị đề nghị, mẫu “result” → gửi Chuyên"
            " viên cơ quan Thường trực Hội đồng, mẫu “result”",
            "The message of “Decided”, the rule: to Proposing unit, template “result” → to Officer"
            " of the standing body, template “result”",
        ),
        (
            ("5 working days before, 1 working", "6 working days before, 1 working"),
            "ladders.asked.rungs",
            "Bậc nhắc hạn “asked”, các lần nhắc: trước hạn 5 ngày làm việc: thư nơi được hỏi →"
            " trước hạn 6 ngày làm việc: thư nơi được hỏi",
            "The ladder “asked”, its rungs: 5 working days before: mail to those asked → 6 working"
            " days before: mail to those asked",
        ),
    ],
)
def test_change_is_told_in_words(pair: tuple[str, str], path: str, vi: str, en: str) -> None:
    new = changed(MINISTER, pair)

    assert differences(MINISTER, new, "vi")[path] == vi
    assert differences(MINISTER, new, "en")[path] == en


def test_what_weighs_most_comes_first() -> None:
    new = changed(
        MINISTER,
        ('vi: "Đang thẩm định"', 'vi: "Thẩm định hồ sơ"'),
        ("{in: 5 working days, from: entry", "{in: 7 working days, from: entry"),
        ("dest: misrouted, by: officer", "dest: misrouted, by: appraiser"),
        ("dest: ineligible, by: appraiser", "dest: declined, by: appraiser"),
    )

    found = compare(load(MINISTER, "old"), _parsed(new), "en")

    assert [each.group for each in found] == ["steps", "people", "times", "texts"]


def _parsed(text: str) -> Procedure:
    from thidua.definitions import parse

    return parse(text, "new").procedure


def test_added_and_removed_parts_are_told_once() -> None:
    found = compare(load_file(shipped()["ministers-certificate"]),
                    load_file(shipped()["exemplar-selection"]), "en")  # fmt: skip

    kinds = {each.path: each.kind for each in found}
    assert kinds["states.not_passed"] == "removed"
    assert kinds["states.not_chosen"] == "added"
    assert not any(path.startswith("states.not_passed.") for path in kinds)
    assert kinds["spans.processing"] == "removed"


def test_step_that_two_transitions_share_is_told_by_its_beginning() -> None:
    split = changed(
        MINISTER,
        ("source: proposed, dest: misrouted, by: officer, note: required}",
         "source: proposed, dest: misrouted, by: officer, note: required}\n"
         '  - {trigger: misroute, vi: "Trả do gửi sai nơi", en: "Return as misrouted",\n'
         "     source: appraisal, dest: misrouted, by: appraiser, note: required}"),
    )  # fmt: skip

    assert differences(MINISTER, split, "en") == {
        "transitions.misroute@appraisal": "Added: the step “Return as misrouted” (where it begins:"
        " “Appraisal”; where it leads: “Misrouted”; who takes it: “Appraiser”; what it takes: a"
        " reason)"
    }


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every attribute of a procedure, however deep."""
    if is_dataclass(value):
        for field in fields(value):
            if (path, field.name) != ((), "hash"):
                yield from leaves(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for i, each in enumerate(value):
            yield from leaves(each, (*path, i))
    else:
        yield path


def put(value: Any, path: tuple[Any, ...], make: Any) -> Any:
    """The same value with another one at the end of the path."""
    if not path:
        return make(value)
    step, *rest = path
    if is_dataclass(value):
        return replace(value, **{step: put(getattr(value, step), tuple(rest), make)})  # type: ignore[type-var]  # a value of ours
    if isinstance(value, Mapping):
        return {**value, step: put(value[step], tuple(rest), make)}
    return (*value[:step], put(value[step], tuple(rest), make), *value[step + 1 :])


OTHERS: dict[type, Callable[[Any], Any]] = {
    bool: lambda value: not value,
    int: lambda value: value + 1,
    Fraction: lambda value: value / 2,
    date: lambda value: value.replace(year=value.year + 1),
    tuple: lambda value: (*value, "another"),
    frozenset: lambda value: value - {min(value)},
    dict: lambda value: {**value, "another": "x"},
}


def other(value: Any) -> Any:
    """Any other value of the same kind."""
    return OTHERS.get(type(value), lambda _: "another")(value)


def test_no_change_is_missed() -> None:
    """Every single attribute of a whole procedure, changed alone, is told; the oracle walks the
    value itself and knows nothing of the words."""
    procedure = load(TOY, "toy.yaml")
    ways = [path for path in leaves(procedure) if path[0] != "transitions" or path[-1] != "trigger"]

    silent = [way for way in ways if not _told(procedure, way, "vi")]

    assert len(ways) > 250
    assert silent == []


def _told(procedure: Procedure, way: tuple[Any, ...], lang: str) -> bool:
    if way == ("languages",):
        return bool(compare(procedure, replace(procedure, languages=("en", "vi")), lang))
    if way[-1] in ("name",) and len(way) > 1:
        return True  # the key says it already
    given = follow(procedure, way)
    if given is None:
        # Nothing tells what could stand here but another part that has it.
        others = (follow(procedure, each) for each in whole(procedure) if each[-1] == way[-1])
        donor = next((value for value in others if value is not None), None)
        if donor is None:
            return True
        return _sees(procedure, way, lambda _: donor, lang)
    return _sees(procedure, way, other, lang)


def _sees(procedure: Procedure, way: tuple[Any, ...], make: Any, lang: str) -> bool:
    try:
        new = put(procedure, way, make)
    except ValueError:
        return True  # a value that refuses what cannot be
    return any(each.old != each.new for each in compare(procedure, new, lang))


def follow(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = getattr(value, step) if is_dataclass(value) else value[step]
    return value


def whole(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything, leaves and what holds them."""
    if path:
        yield path
    if is_dataclass(value):
        inside = {field.name: getattr(value, field.name) for field in fields(value)}
    else:
        inside = dict(value) if isinstance(value, Mapping) else {}
    for key, each in inside.items():
        yield from whole(each, (*path, key))


def test_every_word_is_in_both_languages() -> None:
    tables = (ATTRIBUTES, GROUPS, NOUNS, RIGHTS, VALUES, WORDS)

    assert all(len(pair) == 2 and all(pair) for table in tables for pair in table.values())
    assert set(RIGHTS) == set(load(TOY, "toy.yaml").may)
