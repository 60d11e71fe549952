"""The calendar corrected at the command line: shown first, then the calendar and the dues moved."""

import pytest

LETTER = "Công văn số 99/VPCP-KGVX ngày 12/6/2018"
OFF = ("calendar", "off", "15/06/2018", "--name", "Nghỉ theo công văn", "--ground", LETTER)
FILE = """calendar: vn-civil-service
off:
  - {date: 2018-06-15, name: {vi: "Nghỉ theo công văn", en: "Off by letter"}, certainty: read}
work:
  - {date: 2018-06-23, name: {vi: "Làm bù", en: "Make-up day"}, certainty: read}
"""


def dues(terminal):
    told = terminal.json("calendar", "reproject", "--dry-run")
    return {(d["dossier"], d["what"]): (d["was_on"], d["due_on"]) for d in told["dues"]}


def test_off_shows_first_and_changes_nothing(consulted):
    before = consulted.digest()

    told = consulted.json(*OFF, "--dry-run")

    assert consulted.digest() == before
    (day,) = told["days"]
    assert (day["on"], day["was"], day["now"]["kind"]) == ("2018-06-15", None, "off")
    assert told["moved"] == len(told["dues"]) > 0
    assert told["dossiers"] == 3
    assert {tuple(d["moved_by"]) for d in told["dues"]} == {("2018-06-15",)}


def test_off_needs_a_yes_when_dues_move(consulted):
    before = consulted.digest()

    told = consulted.run(*OFF)

    assert (told.code, told.reasons) == (2, ["say-yes"])
    assert "15/06/2018 Nghỉ theo công văn" in told.out
    assert consulted.digest() == before


def test_off_moves_the_dues_and_keeps_who_when_and_why(consulted):
    planned = consulted.json(*OFF, "--dry-run")
    done = consulted.json(*OFF, "--yes")

    assert done["dues"] == planned["dues"]
    assert (done["moved"], done["dossiers"]) == (planned["moved"], 3)
    assert dues(consulted) == {}
    (entered,) = consulted.json("calendar", "history")["changes"]
    assert (entered["n"], entered["by"], entered["ground"]) == (1, "user:lan", LETTER)
    assert entered["days"][0]["now"]["name"]["vi"] == "Nghỉ theo công văn"
    told = consulted.json("dossiers", "history", "HS-1")
    assert [e["act"] for e in told["events"]][-1] == "reproject"
    assert consulted.json("journal", "verify")["problems"] == []


def test_history_reads_as_people_write(consulted):
    consulted.ok(*OFF, "--yes")
    consulted.ok("calendar", "work", "15/06/2018", "--ground", "Công văn số 100", "--yes")

    told = consulted.ok("calendar", "history").out

    assert "Lần 1 – 13/06/2018 09:00 – Trần Thị Lan" in told
    assert f"Căn cứ: {LETTER}" in told
    assert "15/06/2018 T6  như mọi tuần  →  nghỉ (Nghỉ theo công văn)" in told
    assert "15/06/2018 T6  nghỉ (Nghỉ theo công văn)  →  làm việc (Làm bù)" in told
    assert "No. 2" in consulted.ok("calendar", "history", "--lang", "en").out


def test_history_of_a_calendar_never_corrected(office):
    assert "chưa được sửa lần nào" in office.ok("calendar", "history").out
    assert office.json("calendar", "history")["changes"] == []


def test_correct_by_a_file_and_show(office):
    office.write("lich.yaml", FILE)

    done = office.json("calendar", "correct", "lich.yaml", "--ground", LETTER)
    shown = office.json("calendar", "show", "2018-06")

    assert [d["on"] for d in done["days"]] == ["2018-06-15", "2018-06-23"]
    assert {d["now"]["ground"] for d in done["days"]} == {LETTER}
    assert shown["version"] == done["version"]
    days = {d["on"]: d for d in shown["days"]}
    assert (days["2018-06-15"]["working"], days["2018-06-23"]["working"]) == (False, True)
    assert days["2018-06-15"]["ground"] == LETTER


def test_swap_is_one_correction(office):
    done = office.json("calendar", "swap", "29/06/2018", "30/06/2018", "--ground", LETTER)

    assert [(d["on"], d["now"]["kind"]) for d in done["days"]] == [
        ("2018-06-29", "off"), ("2018-06-30", "work"),
    ]  # fmt: skip
    assert done["days"][0]["now"]["name"]["vi"] == "Nghỉ hoán đổi, làm bù ngày 30/06/2018"
    assert len(office.json("calendar", "history")["changes"]) == 1


def test_the_same_again_writes_nothing(office):
    office.ok(*OFF)
    before = office.digest()

    told = office.ok(*OFF)

    assert "vốn đã như vậy" in told.out
    assert office.digest() == before


def test_a_drafted_year_is_entered(office):
    drafted = office.ok("calendar", "draft", "2028")
    office.write("2028.yaml", drafted.out)

    told = office.ok("calendar", "correct", "2028.yaml")

    assert "2028–2028" in told.out
    assert "thidua calendar correct" in drafted.err
    assert office.json("calendar", "show", "2028-01")["days"][0]["certainty"] == "assumed"


def test_a_further_year_brings_those_between(office):
    office.write("2030.yaml", office.ok("calendar", "draft", "2030").out)

    assert "2028–2030" in office.ok("calendar", "correct", "2030.yaml").out


def test_a_swap_that_stands_already_is_not_refused(office):
    told = office.ok("calendar", "swap", "31/12/2018", "05/01/2019", "--ground", "x", "--dry-run")

    assert "05/01/2019" in told.out


def test_reproject_goes_on_where_it_was_stopped(consulted, monkeypatch):
    from thidua.reprojection import Reprojection

    whole = Reprojection.apply

    def stopped(self, db, dossier_id, **terms):
        if dossier_id == "HS-2":
            raise KeyboardInterrupt
        return whole(self, db, dossier_id, **terms)

    monkeypatch.setattr(Reprojection, "apply", stopped)
    assert consulted.run(*OFF, "--yes").code == 130
    monkeypatch.undo()
    assert {dossier for dossier, _ in dues(consulted)} == {"HS-2", "HS-3"}

    assert [f["code"] for f in consulted.json("doctor")["findings"]].count("dues-outdated") == 1
    done = consulted.json("calendar", "reproject", "--yes")

    assert done["dossiers"] == 2
    assert dues(consulted) == {}
    assert "dues-outdated" not in [f["code"] for f in consulted.json("doctor")["findings"]]
    assert "Không có thời hạn nào phải tính lại." in consulted.ok("calendar", "reproject").out


@pytest.mark.parametrize(
    ("words", "code", "reasons"),
    [
        (("work", "15/06/2018", "--ground", "x"), 2, ["calendar-works-already"]),
        (("off", "16/06/2018", "--name", "x", "--ground", "x"), 2, ["calendar-off-already"]),
        (("off", "15/06/2018", "--name", "x", "--ground", ""), 1, ["ground-empty"]),
        (("off", "03/01/2028", "--name", "x", "--ground", "x"), 2, ["calendar-outside"]),
        (("off", "15/06/2018", "--name", "x"), 2, ["usage"]),
        (("swap", "15/06/2018", "15/06/2018", "--ground", "x"), 2,
         ["calendar-twice", "calendar-works-already"]),
        (("swap", "03/09/2018", "08/09/2018", "--ground", "x"), 2, ["swap-off-already"]),
        (("swap", "08/01/2019", "05/01/2019", "--ground", "x"), 2, ["swap-worked-already"]),
        (("correct", "none.yaml"), 4, ["calendar-file"]),
        (("correct", "."), 4, ["calendar-file"]),
        (("correct", "lich.yaml"), 2, ["calendar-key-missing"] * 2),
        (("correct", "latin.yaml"), 2, ["yaml-not-utf8"]),
        (("correct", "lich.yaml", "--ground", "x", "--calendar", "moon"), 2, ["calendar-other"]),
        (("history", "--calendar", "moon"), 4, ["unknown-calendar"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_bad_input_changes_nothing(office, words, code, reasons):
    office.write("lich.yaml", FILE)
    (office.folder / "latin.yaml").write_bytes(b"calendar: ngh\xff")
    before = office.digest()

    told = office.run("calendar", *words)

    assert (told.code, told.reasons) == (code, reasons)
    assert office.digest() == before


def test_nobody_at_the_keyboard(office):
    office.who = None

    told = office.run(*OFF)

    assert told.reasons == ["operator-unknown"]
