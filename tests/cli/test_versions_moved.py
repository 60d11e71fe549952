"""Dossiers brought over to another version and a meeting put on another day, as people type it."""

import re

import pytest

from thidua.definitions import shipped

OLD, NEW = "exemplar-selection@2018.2", "exemplar-selection@2018.3"
PAPER = ("--paper-number", "45", "--paper-symbol", "QĐ-BTP", "--paper-date", "08/06/2018")
PROPOSED = "due: {in: 5 working days, from: entry, ground: office, ladder: desk}"


def next_version(office, *pairs):
    text = shipped()["exemplar-selection"].read_text(encoding="utf-8")
    text = text.replace('version: "2018.2"', 'version: "2018.3"')
    text = text.replace("\nmay:\n", "\nmay:\n  migrate: officer\n")
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new, 1)
    office.ok("procedures", "store", office.write("next.yaml", text), "--demo")


def test_the_plan_changes_nothing_and_shows_every_dossier(proposed):
    next_version(proposed, PROPOSED, PROPOSED.replace("5 w", "8 w"))
    before = proposed.digest()

    shown = proposed.json("procedures", "migrate", OLD, NEW, "--dry-run")

    assert (shown["count"], shown["blocked"], shown["dry_run"]) == (3, 0, True)
    (due,) = [d for d in shown["dossiers"][0]["dues"] if d["kind"] == "desk"]
    assert (due["was_on"], due["due_on"], due["became"]) == ("2018-06-18", "2018-06-21", "moved")
    told = proposed.ok("procedures", "migrate", OLD, NEW, "--dry-run").out
    assert "3 hồ sơ đang xử lý, 0 chưa chuyển được" in told
    assert "18/06/2018" in told
    assert "21/06/2018" in told
    rows = [line.split() for line in told.splitlines() if line.startswith("HS-")]
    each = {row[0] for row in rows if "thời hạn thay đổi" in " ".join(row)}
    assert each == {"HS-1", "HS-2", "HS-3"}
    assert max(map(len, told.splitlines()[1:])) <= 80
    assert proposed.digest() == before


def test_the_move_needs_a_paper_and_a_word(proposed):
    next_version(proposed)

    assert proposed.run("procedures", "migrate", OLD, NEW, "--yes").reasons == ["migrate-ground"]
    assert proposed.run("procedures", "migrate", OLD, NEW, *PAPER).reasons == ["say-yes"]
    done = proposed.ok("procedures", "migrate", OLD, NEW, *PAPER, "--yes").out
    assert f"Đã chuyển 3 hồ sơ sang {NEW}; 0 hồ sơ chưa chuyển được." in done
    again = proposed.ok("procedures", "migrate", OLD, NEW, *PAPER, "--yes").out
    assert f"Không còn hồ sơ nào đang xử lý theo {OLD}." in again
    history = proposed.ok("dossiers", "history", "HS-1").out
    old, new = (each.partition("@")[2] for each in (OLD, NEW))
    assert f"Chuyển sang bản khác của quy trình: từ bản {old} sang bản {new}" in " ".join(
        history.split()
    )
    assert "45/QĐ-BTP" in history
    proposed.ok("dossiers", "show", "HS-1")
    picture = proposed.folder / "hs-1.svg"
    proposed.ok("dossiers", "draw", "HS-1", "--output", str(picture))
    assert picture.read_text(encoding="utf-8").count(">từ 11/06/2018<") == 1
    proposed.ok("journal", "verify")


def test_history_speaks_of_what_was_with_the_words_of_then(consulted):
    next_version(consulted, 'vi: "Lấy ý kiến", en: "Consult"', 'vi: "Hỏi ý kiến", en: "Ask"')
    consulted.ok("procedures", "migrate", OLD, NEW, *PAPER, "--yes")

    told = consulted.ok("dossiers", "history", "HS-1").out

    assert "Lấy ý kiến" in told
    assert "Hỏi ý kiến" not in told


def test_the_evidence_has_the_rules_of_then_and_their_words(consulted):
    next_version(consulted, 'vi: "Lấy ý kiến", en: "Consult"', 'vi: "Hỏi ý kiến", en: "Ask"')
    consulted.ok("procedures", "migrate", OLD, NEW, *PAPER, "--yes")
    folder = consulted.folder / "evidence"

    consulted.ok("dossiers", "evidence", "HS-1", "--to", str(folder))

    story = (folder / "dien-bien.txt").read_text(encoding="utf-8")
    assert "Lấy ý kiến" in story
    assert "Hỏi ý kiến" not in story
    old = OLD.partition("@")[2]
    assert 'vi: "Lấy ý kiến"' in (folder / f"quy-trinh-{old}.yaml").read_text(encoding="utf-8")
    assert 'vi: "Hỏi ý kiến"' in (folder / "quy-trinh.yaml").read_text(encoding="utf-8")


def test_what_cannot_move_is_told_once_and_the_rest_moves(council):
    next_version(council, "more_than: 1/2", "more_than: 2/3")

    told = council.run("procedures", "migrate", OLD, NEW, *PAPER, "--yes")

    assert told.code == 1
    assert "3 hồ sơ (HS-1, HS-2, HS-3): Cuộc bỏ phiếu" in told.out
    assert "[migrate-ballot]" in told.out
    shown = council.json("procedures", "migrate", OLD, NEW, "--dry-run")
    assert {r["code"] for d in shown["dossiers"] for r in d["reasons"]} == {"migrate-ballot"}


def test_the_mapping_may_be_a_file(proposed):
    next_version(
        proposed, "\n  proposed:\n", "\n  received:\n", "initial: proposed", "initial: received",
        "source: proposed", "source: received", "source: proposed", "source: received",
    )  # fmt: skip
    blocked = proposed.json("procedures", "migrate", OLD, NEW, "--dry-run")
    assert blocked["blocked"] == 3
    shown = proposed.ok("procedures", "migrate", OLD, NEW, "--dry-run").out
    assert re.search(r"HS-1 +Đã đề nghị +chưa chuyển được", shown)
    mapping = proposed.write("doi-ten.yaml", "states:\n  proposed: received\n")

    for said in (mapping, "proposed=received"):
        assert (
            proposed.json("procedures", "migrate", OLD, NEW, "--map", said, "--dry-run")["blocked"]
            == 0
        )
    proposed.ok("procedures", "migrate", OLD, NEW, "--map", mapping, *PAPER, "--yes")
    assert set(proposed.states().values()) == {"received"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("proposed", "map-text"),
        ("=x", "map-text"),
        ("", "map-text"),
        ("nowhere=proposed", "map-unknown"),
        ("proposed=nowhere", "map-unknown"),
    ],
)
def test_a_mapping_that_says_nothing(proposed, said, code):
    next_version(proposed)

    told = proposed.run("procedures", "migrate", OLD, NEW, "--map", said, "--dry-run")

    assert (told.code != 0, told.reasons) == (True, [code])


def test_a_version_that_is_not_there(proposed):
    told = proposed.run("procedures", "migrate", OLD, "exemplar-selection@9", "--dry-run")
    assert told.reasons == ["unknown-procedure"]


def test_a_meeting_on_another_day(council):
    before = council.digest()

    shown = council.json("meetings", "move", "hop-1", "12/07/2018", "--dry-run")

    assert (shown["was_on"], shown["held_on"]) == ("2018-07-02", "2018-07-12")
    assert shown["dues"] == []  # this procedure counts from the opening, not back from the meeting
    told = council.ok("meetings", "move", "hop-1", "12/07/2018", "--dry-run").out
    assert "Không có thời hạn nào" in told
    assert council.digest() == before
    council.ok("meetings", "move", "hop-1", "12/07/2018", "--note", "Phòng họp bận")
    (meeting,) = council.json("meetings", "list")["meetings"]
    assert meeting["held_on"] == "2018-07-12"
    assert council.run("meetings", "move", "hop-1", "01/06/2018").reasons == ["meeting-past"]
    council.ok("journal", "verify")


def test_dues_that_count_back_move_with_the_meeting(consulted):
    office = consulted
    next_version(
        office, "due: {in: 10 working days, from: opening, ground: office, ladder: desk}",
        "due: {at_least: 7 calendar days, before: vote.meeting, ground: office, ladder: desk}",
    )  # fmt: skip
    office.ok("procedures", "migrate", OLD, NEW, *PAPER, "--yes")
    for unit, actor in (("stp-bac-giang", "user:bg"), ("stp-ben-tre", "stp-ben-tre")):
        office.ok("rounds", "answer", "opinions", "agree", "--seat", unit,
                  "--paper-number", "9", as_=actor)  # fmt: skip
    office.ok("meetings", "add", "Phiên họp", "02/07/2018", "--id", "hop-1")
    office.ok("dossiers", "act", "convene", "--state", "consulted", "--meeting", "hop-1", "--yes")

    told = office.ok("meetings", "move", "hop-1", "12/07/2018", "--dry-run").out

    assert "04/07/2018" in told
    assert office.run("meetings", "move", "hop-1", "12/07/2018").reasons == ["say-yes"]
    said = office.ok("meetings", "move", "hop-1", "12/07/2018", "--yes").out
    assert "Đã đổi phiên họp hop-1 sang 12/07/2018" in said
    gone = office.run("meetings", "move", "hop-1", "14/06/2018", "--dry-run")
    assert gone.code == 1
    assert "Ngày này quá gấp với:" in gone.out
    assert office.run("meetings", "move", "hop-1", "14/06/2018", "--yes").code != 0
    office.ok("journal", "verify")
