"""Pressing the silent at the command line: promises, calls that are noted, the official letter."""

import docx
import pytest

WITH_SEAT = ("rounds", "promise", "opinions", "stp-bac-giang", "22/06/2018")


def journal(terminal, dossier="HS-1"):
    told = terminal.json("dossiers", "history", dossier)
    return told["events"][-1]


def test_promise_is_shown_with_the_round(consulted):
    told = consulted.json(*WITH_SEAT, "--spoke-to", "bà Ba", "--note", "Đang trình ký")

    assert told["promised_on"] == "2018-06-22"
    seats = consulted.json("rounds", "status", "opinions")["seats"]
    promised = {seat["seat"]: seat["promised_on"] for seat in seats if seat["promised_on"]}
    assert promised == {told["seat"]: "2018-06-22"}
    assert "22/06/2018" in consulted.ok("rounds", "status", "opinions").out


def test_promise_says_in_words_what_it_does(consulted):
    assert "hẹn trả lời ngày 22/06/2018" in consulted.ok(*WITH_SEAT).out


@pytest.mark.parametrize(
    ("words", "code", "codes"),
    [
        (("rounds", "promise", "opinions", "stp-bac-giang", "01/06/2018"), 1, ["promise-passed"]),
        (("rounds", "promise", "opinions", "nobody", "22/06/2018"), 4, ["seat-not-asked"]),
        (("rounds", "promise", "nothing", "stp-bac-giang", "22/06/2018"), 4,
         ["unknown-round-here"]),
        (("rounds", "letter", "opinions", "--into", "thu.pdf"), 2, ["letter-ending"]),
    ],
)  # fmt: skip
def test_bad_word_changes_nothing(consulted, words, code, codes):
    before = consulted.digest()

    told = consulted.run(*words)

    assert (told.code, told.reasons) == (code, codes)
    assert consulted.digest() == before


def test_a_seat_that_has_answered_is_not_told_that_it_was_never_asked(consulted):
    paper = ("--paper-number", "12", "--paper-date", "11/06/2018", "--signer", "Giám đốc")
    consulted.ok("rounds", "answer", "opinions", "agree", "--seat", "stp-bac-giang", *paper,
                 as_="user:bg")  # fmt: skip

    told = consulted.run("rounds", "promise", "opinions", "stp-bac-giang", "22/06/2018")

    assert (told.code, told.reasons) == (4, ["nothing-to-promise"])


def test_call_with_a_promise_leaves_the_list_and_stands_in_the_history(consulted):
    consulted.ok("run", "--once")
    (line,) = consulted.json("paper-list")["lines"]

    assert ": 1 matter\n" in consulted.ok("paper-list", "--lang", "en").out
    consulted.ok("paper-list", "--done", "1", "--spoke-to", "bà Ba", "--note", "Đang trình ký",
                 "--promised", "22/06/2018", "--paper-number", "12")  # fmt: skip

    assert consulted.json("paper-list")["lines"] == []
    event = journal(consulted)
    assert (event["act"], event["note"], event["paper"]["number"]) == (
        "promise", "Đang trình ký", "12",
    )  # fmt: skip
    assert "Hẹn ngày trả lời" in event["text"]
    assert line["seats"]


def test_letter_is_printed_and_written(consulted, tmp_path):
    told = consulted.ok("rounds", "letter", "opinions")
    words = consulted.run("rounds", "letter", "opinions", "--into", str(tmp_path / "thu.docx"),
                          THIDUA_PARENT="Bộ Tư pháp", THIDUA_PLACE="Hà Nội")  # fmt: skip

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in told.out
    assert "Sở Tư pháp tỉnh" in told.out
    assert words.code == 0
    document = docx.Document(str(tmp_path / "thu.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("BỘ TƯ PHÁP" in text for text in cells)


def test_office_has_its_own_template(consulted, tmp_path):
    own = tmp_path / "mau.txt"
    own.write_text("[body]\nKính chuyển {{ units | length }} Sở.\n", encoding="utf-8")

    told = consulted.run("rounds", "letter", "opinions", THIDUA_LETTER=str(own))

    assert "Kính chuyển" in told.out


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("THIDUA_DIGEST", "morning", "bad-setting"),
        ("THIDUA_DIGEST", "06:00", "rhythm-digest"),
        ("THIDUA_HOURS", "7-17", "bad-setting"),
        ("THIDUA_HOURS", "17:00-08:00", "rhythm-hours"),
        ("THIDUA_MOST_MAILS", "many", "bad-setting"),
        ("THIDUA_MOST_MAILS", "0", "rhythm-most"),
    ],
)
def test_rhythm_that_cannot_be_is_refused(consulted, name, value, code):
    told = consulted.run("mails", "send", **{name: value})

    assert (told.code, told.reasons) == (2, [code])
