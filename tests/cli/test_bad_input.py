"""Bad input of every kind: what is wrong and what to do, a code, an exit code, nothing changed."""

from pathlib import Path
from typing import Any

import pytest

PAPER = ("--paper-number", "45", "--paper-date", "08/06/2018", "--signer", "Hà Giám Đốc")

WRONG: list[tuple[tuple[str, ...], int, str]] = [
    (("dossiers", "act", "HS-1", "aceept"), 4, "unknown-trigger"),
    (("dossiers", "act", "HS-9", "accept"), 4, "unknown-dossier"),
    (("dossiers", "act", "HS-1", "convene"), 1, "not-from-here"),
    (("dossiers", "act", "HS-1", "accept", "--as", "user:none"), 4, "unknown-actor"),
    (("dossiers", "act", "HS-1", "accept", "--as", "user:m1", *PAPER), 1, "not-allowed"),
    (("dossiers", "act", "HS-1", "accept", "--as", "engine"), 4, "unknown-actor"),
    (("dossiers", "act", "HS-1", "misroute"), 1, "note-missing"),
    (("dossiers", "act", "accept", "--state", "propsed", "--yes"), 4, "unknown-state"),
    (("dossiers", "act", "accept", "--procedure", "none", "--yes"), 4, "unknown-procedure"),
    (("dossiers", "attach", "HS-1", "reprot", "paper.txt"), 1, "unknown-document"),
    (("dossiers", "attach", "HS-1", "submission", "paper.txt"), 1, "belongs-to-submission"),
    (("dossiers", "attach", "HS-1", "report", "none.pdf"), 2, "file"),
    (("dossiers", "return", "HS-1", "--item", "nothing", "--note", "x"), 1, "unknown-item"),
    (("dossiers", "correct", "HS-1", "size=5", "--note", "x"), 1, "unknown-field"),
    (("dossiers", "assign", "HS-1", "--to", "user:m1", "--task", "99"), 4, "unknown-task"),
    (("dossiers", "assign", "HS-1", "--to", "user:none"), 4, "unknown-actor"),
    (("substitutes", "add", "user:none", "user:bg", "--ground", "QĐ"), 4, "unknown-actor"),
    (("substitutes", "add", "user:bg", "user:none", "--ground", "QĐ"), 4, "unknown-actor"),
    (("dossiers", "extend", "HS-1", "opinions", "20/07/2018"), 1, "note-missing"),
    (("dossiers", "extend", "HS-1", "opinions", "20/07/2018", "--note", "x"), 4,
     "round-not-opened"),
    (("dossiers", "show", "HS-9"), 4, "unknown-dossier"),
    (("dossiers", "history", "HS-9"), 4, "unknown-dossier"),
    (("submissions", "show", "tt-9"), 4, "unknown-submission"),
    (("submissions", "attach", "tt-9", "submission", "paper.txt"), 4, "unknown-submission"),
    (("submissions", "attach", "tt-1", "report", "paper.txt"), 4, "unknown-document"),
    (("votes", "cast", "vote", "for", "HS-1"), 4, "unknown-round-here"),
    (("dossiers", "hold", "HS-1", "--note", "đơn\udcff"), 2, "word-unreadable"),
    (("dossiers", "act", "HS\udcff", "accept"), 2, "word-unreadable"),
    (("votes", "show", "vote"), 4, "unknown-round-here"),
    (("procedures", "check", "none.yaml"), 2, "file-unreadable"),
    (("procedures", "confirm", "exemplar-selection", "offce", *PAPER), 4, "unknown-ground"),
    (("procedures", "confirm", "exemplar-selection", "office"), 1, "confirm-needs-paper"),
    (("procedures", "draw", "none"), 4, "unknown-procedure"),
    (("db", "sql", "--since", "9999"), 4, "unknown-revision"),
    (("dossiers", "import", "none.csv", "--procedure", "exemplar-selection"), 2,
     "file-unreadable"),
    (("dossiers", "import", "dossiers.csv", "--procedure", "none"), 4, "unknown-procedure"),
    (("dossiers", "import", "dossiers.csv", "--procedure", "exemplar-selection",
      "--submission", "tt-9"), 4, "unknown-submission"),
    (("dossiers",), 2, "usage"),
    (("dossiers", "delete"), 2, "usage"),
    (("bogus",), 2, "usage"),
    (("dossiers", "list", "--bogus"), 2, "usage"),
    (("dossiers", "show"), 2, "usage"),
    (("dossiers", "list", "--kind", "person"), 2, "usage"),
    (("units", "list", "--on", "31/02/2018"), 2, "usage"),
    (("dossiers", "act", "HS-1", "accept", "--expect", "x"), 2, "usage"),
]  # fmt: skip


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("words", "code", "reason"), WRONG, ids=lambda each: str(each)[:60])
def test_wrong_word_changes_nothing(
    proposed: Any, words: tuple[str, ...], code: int, reason: str, lang: str
) -> None:
    proposed.lang = lang
    before = proposed.digest()

    told = proposed.run(*words)

    assert told.code == code
    assert reason in told.reasons
    assert "Traceback" not in told.err
    assert "{" not in told.err
    assert proposed.digest() == before


def test_error_is_json_for_programs(proposed: Any) -> None:
    import json

    told = proposed.run("dossiers", "act", "HS-9", "accept", "--json")

    error = json.loads(told.err)["error"]
    assert (told.out, error["exit_code"]) == ("", 4)
    assert error["reasons"] == [
        {
            "code": "unknown-dossier",
            "text": "Không có hồ sơ HS-9. Xem `thidua dossiers list`.",
            "fields": {"dossier": "HS-9"},
        }
    ]


def test_all_reasons_of_a_refusal_are_told_at_once(proposed: Any) -> None:
    proposed.write(
        "d.csv", "id,kind,name,unit,cluster\nX,individual,A,stp-an-giang,C01\n"
    )  # fmt: skip
    proposed.ok("dossiers", "import", "d.csv", "--procedure", "exemplar-selection")

    told = proposed.run("dossiers", "act", "X", "accept", "--lang", "en")

    assert told.code == 1
    assert told.reasons == ["field-missing"] * 2 + ["document-missing"] * 3
    assert "Achievement report" in told.err


def test_database_that_is_not_there_is_not_made(terminal: Any) -> None:
    for words in (("inbox",), ("db", "status"), ("db", "upgrade"), ("dossiers", "list")):
        told = terminal.run(*words)

        assert (told.code, told.reasons) == (4, ["unknown-database"])
        assert "thidua db init" in told.err
    assert list(terminal.folder.iterdir()) == []


def test_file_that_is_no_database_is_told(terminal: Any) -> None:
    (terminal.folder / "thidua.db").write_text("không phải cơ sở dữ liệu, chỉ là một tệp chữ")

    told = terminal.run("inbox")

    assert (told.code, told.reasons) == (1, ["database"])
    assert "Traceback" not in told.err


@pytest.mark.parametrize(("revision", "code"), [("0000", "schema-new"), (None, "schema-missing")])
def test_database_of_another_schema_is_refused(
    office: Any, revision: str | None, code: str
) -> None:
    import sqlite3

    office.desk.close()
    with sqlite3.connect(office.folder / "thidua.db") as db:
        if revision is None:
            db.execute("DROP TABLE td_alembic_version")
        else:
            db.execute("UPDATE td_alembic_version SET version_num = '9999'")
    db.close()

    told = office.run("inbox")

    assert (told.code, told.reasons) == (2, [code])
    assert "thidua" in told.err


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("nonsense", "bad-database"),
        ("oracle+none://x/y", "bad-database"),
        ("postgresql://nobody@127.0.0.1:1/none", "database"),
    ],
)
def test_address_of_no_database_is_told(terminal: Any, url: str, code: str) -> None:
    told = terminal.run("inbox", "--database", url)

    assert told.code in (1, 2)
    assert told.reasons == [code]


def test_folder_that_cannot_hold_a_database_is_told(terminal: Any) -> None:
    (terminal.folder / "file").write_text("")

    told = terminal.run("db", "init", "--database", f"sqlite:///{terminal.folder}/file/x.db")

    assert told.code != 0
    assert "Traceback" not in told.err


def test_definition_with_a_typo_is_told_with_its_place(terminal: Any) -> None:
    from thidua.definitions import shipped

    text = Path(shipped()["exemplar-selection"]).read_text(encoding="utf-8")
    terminal.ok("db", "init")
    terminal.write("p.yaml", text.replace("source: appraisal", "source: apraisal", 1))
    before = terminal.digest()

    told = terminal.run("procedures", "store", "p.yaml")

    assert told.code == 2
    assert "no-such-state" in told.reasons
    assert "p.yaml:" in told.err
    assert "appraisal" in told.err
    assert terminal.digest() == before


def test_calendar_without_the_year_is_told(office: Any) -> None:
    office.write("d.csv", "kind,name,unit\nindividual,A,stp-an-giang\n")
    office.now = "2031-06-11T08:00"
    before = office.digest()

    told = office.run("dossiers", "import", "d.csv", "--procedure", "exemplar-selection")

    assert told.code != 0
    assert office.digest() == before


def test_operator_must_be_known_to_act(proposed: Any) -> None:
    proposed.who = None

    told = proposed.run("dossiers", "act", "HS-1", "accept")

    assert (told.code, told.reasons) == (2, ["operator-unknown"])
    assert "THIDUA_OPERATOR" in told.err


def test_operator_is_the_person_bound_to_the_account(proposed: Any) -> None:
    import getpass
    import os
    import sys

    if sys.platform != "win32":
        import pwd

        account = pwd.getpwuid(os.getuid()).pw_name
    else:
        account = getpass.getuser()
    proposed.write("p.csv", f"id,name,account\nuser:lan,Trần Thị Lan,{account}\n")
    proposed.ok("people", "import", "p.csv")
    proposed.who = None

    assert proposed.json("dossiers", "act", "HS-1", "accept")["done"]


def test_pretended_clock_is_honoured_in_tests_only(proposed: Any) -> None:
    before = proposed.digest()

    told = proposed.run("dossiers", "act", "HS-1", "accept", THIDUA_TEST_CLOCK="0")

    assert (told.code, told.reasons) == (2, ["clock-is-real"])
    assert proposed.digest() == before
