"""`thidua procedures check`: findings with their place, and the directory on a day."""

import json

from thidua.definitions import shipped

TEXT = shipped()["ministers-certificate"].read_text(encoding="utf-8")


def test_every_finding_is_told_with_its_place(terminal):
    text = TEXT.replace("ladder: asked}", "ladder: ask}").replace("initial: proposed", "initial: x")
    terminal.write("p.yaml", text)

    told = terminal.run("procedures", "check", "p.yaml")

    assert told.code == 2
    assert "p.yaml:" in told.err
    assert "no-such-state" in told.err
    assert "no-such-ladder" in told.err


def test_letter_that_does_not_fit_is_told(terminal):
    text = TEXT.replace("decided:         {to: proposer, template: result}",
                        "decided:         {to: proposer, template: reminder}")  # fmt: skip
    assert text != TEXT
    terminal.write("p.yaml", text)

    told = terminal.run("procedures", "check", "p.yaml")

    assert told.code == 2
    assert "letter-unfit" in told.err


def test_role_is_held_or_told_to_be_vacant(office):
    file = "exemplar-selection"

    assert office.run("procedures", "check", file).code == 0
    told = office.run("procedures", "check", file, "--people", "--on", "2001-01-01")

    assert told.code == 2
    assert told.err.count("role-vacant") == 8
    assert "officer" not in office.run("procedures", "check", file, "--people").err


def test_role_is_held_on_the_day_the_procedure_comes_into_force(office):
    text = shipped()["exemplar-selection"].read_text(encoding="utf-8")
    role = '  clerk: {vi: "Văn thư", en: "Clerk"}\nfields:\n'
    text = text.replace("\nfields:\n", f"\n{role}").replace("number: officer", "number: clerk")
    dates = "in_force: {from: 2018-01-01, to: 2018-12-31}"
    assert dates in text
    office.write("now.yaml", text)
    office.write("later.yaml", text.replace(dates, "in_force: {from: 2018-10-01, to: 2018-12-31}"))
    office.write("r.csv", "actor,role,from_on\nuser:lan,clerk,01/09/2018\n")
    office.ok("roles", "import", "r.csv")

    now = office.run("procedures", "check", "now.yaml", "--people").err
    later = office.run("procedures", "check", "later.yaml", "--people").err

    assert ("“clerk”" in now, "“clerk”" in later) == (True, False)


def test_what_ships_needs_no_database(terminal):
    assert "ministers-certificate" in terminal.ok("procedures", "list").out
    version = "ministers-certificate@2018.2"
    assert "là một" in terminal.ok("procedures", "diff", version, "ministers-certificate").out
    told = terminal.run("procedures", "draw", "ministers-certificat")
    assert told.reasons == ["unknown-procedure"]
    assert version in told.err
    assert terminal.run("procedures", "draw", "mine.yaml").reasons == ["file-unreadable"]


def test_schema_is_printed_for_editors(terminal):
    told = terminal.ok("procedures", "schema")

    assert "Trạng thái đầu tiên" in told.out
    assert json.loads(told.out)["properties"]["initial"]["type"] == "string"
