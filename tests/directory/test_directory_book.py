"""Who may change units, people and roles, and the journal of who changed what."""

from typing import Any

import pytest
from sqlalchemy import insert, text

from thidua import By, Paper, Refused, Thidua
from thidua.storage import triggers
from thidua.storage.imports import put
from thidua.verify import verify

PERSON = {"id": "user:lan", "name": "Trần Thị Lan", "lang": "vi", "account": None}


def enter(office: Any, *, by: str, wf: Thidua | None = None, **person: Any) -> Any:
    wf = wf or office.wf

    def fill(db: Any) -> Any:
        return put(db, wf.tables.person, [{**PERSON, **person}])

    return office.write(wf.directory.enter, "people", fill, by=by, ground="Quyết định 5")


def test_change_is_kept_with_who_and_what(office: Any) -> None:
    enter(office, by="officer")
    enter(office, by="lan", name="Trần Thị Lan Anh")
    enter(office, by="lan", name="Trần Thị Lan Anh")

    first, second = office.ask(office.wf.directory.history)
    (row,) = second.rows
    assert (first.by, second.by, second.ground) == ("officer", "lan", "Quyết định 5")
    assert (row.table, row.was["name"], row.now["name"]) == (
        "person", "Trần Thị Lan", "Trần Thị Lan Anh",
    )  # fmt: skip
    assert office.ask(lambda db: verify(db, office.wf)) == []


def test_no_name_stands_in_the_journal_s_bytes(office: Any) -> None:
    enter(office, by="officer")

    with office.engine.connect() as db:
        body = db.execute(text("SELECT body FROM td_event WHERE stream = 'directory'")).scalar()
    assert "Lan" not in body
    assert "Quyết" not in body


def test_changed_journal_is_found(office: Any) -> None:
    enter(office, by="officer")
    with office.engine.begin() as db:
        triggers.drop(db, None, "td_")
        db.execute(text("UPDATE td_event SET body = replace(body, 'officer', 'another')"
                        " WHERE stream = 'directory'"))  # fmt: skip

    assert office.ask(lambda db: verify(db, office.wf)) != []


@pytest.mark.parametrize(("change", "problem"), [
    ("UPDATE td_person SET name = 'Ai đó' WHERE id = 'user:lan'",
     ("row-differs", {"table": "person", "key": "user:lan", "column": "name"})),
    ("DELETE FROM td_person WHERE id = 'user:lan'",
     ("row-missing", {"table": "person", "key": "user:lan"})),
    ("UPDATE td_address SET mailbox = 'x@example.org' WHERE owner = 'user:lan'",
     ("row-differs", {"table": "address", "key": "user:lan/2018-01-01", "column": "mailbox"})),
    ("UPDATE td_holding SET to_on = NULL WHERE actor = 'user:lan'",
     ("row-differs", {"table": "holding", "key": "user:lan/officer//2018-01-01",
                      "column": "to_on", "stored": None, "told": "2018-12-31"})),
])  # fmt: skip
def test_row_changed_behind_the_journal_is_found(
    office: Any, change: str, problem: tuple[str, Any]
) -> None:
    enter(office, by="officer", name="Trần Thị La")
    enter(office, by="officer")

    def fill(db: Any) -> Any:
        t, since = office.wf.tables, "2018-01-01"
        box = {"owner": "user:lan", "from_on": since, "mailbox": "lan@example.org", "phone": None}
        held = {"actor": "user:lan", "role": "officer", "unit": "", "from_on": since,
                "to_on": "2018-12-31", "ground": None}  # fmt: skip
        return put(db, t.address, [box]) + put(db, t.holding, [held])

    office.write(office.wf.directory.enter, "people", fill)
    assert office.ask(lambda db: verify(db, office.wf)) == []

    with office.engine.begin() as db:
        db.execute(text(change))

    found = office.ask(lambda db: verify(db, office.wf))
    assert [(each.stream, each.code, each.fields) for each in found] == [("directory", *problem)]


def test_only_the_roles_that_are_named_may(office: Any) -> None:
    strict = Thidua(directory=["officer"])

    with pytest.raises(Refused) as caught:
        enter(office, by="hg", wf=strict)
    enter(office, by="officer", wf=strict)

    assert caught.value.reasons[0].code == "not-allowed"


def test_first_lists_come_in_while_nobody_holds_the_role(office: Any) -> None:
    strict = Thidua(directory=["registrar"])
    enter(office, by="account:root", wf=strict)
    with office.engine.begin() as db:
        db.execute(insert(strict.tables.holding).values(
            actor="lan", role="registrar", unit="", from_on="2018-01-01"))  # fmt: skip

    with pytest.raises(Refused):
        enter(office, by="account:root", wf=strict, name="B")
    enter(office, by="lan", wf=strict, name="B")


def test_engine_changes_no_list(office: Any) -> None:
    with pytest.raises(Refused):
        enter(office, by=By("engine"))  # type: ignore[arg-type]  # as a host might


def test_rows_older_than_the_journal_are_held_erased_and_all_that_there_may_be(office: Any) -> None:
    with office.engine.begin() as db:
        db.execute(insert(office.wf.tables.person).values(id="cu", name="Vi Văn Cũ", lang="vi"))
    enter(office, by="officer")
    enter(office, by="officer", name="Trần Thị La")
    for actor in ("cu", "user:lan"):
        office.write(office.wf.directory.erase, actor, "request", ground=Paper(number="7"))
    assert office.ask(lambda db: verify(db, office.wf)) == []
    assert [len(each.rows) for each in office.ask(office.wf.directory.history)] == [1, 1, 0, 0]

    with office.engine.begin() as db:
        kept = str(db.execute(text("SELECT body FROM td_event_private")).all())
        for change in (
            "INSERT INTO td_holding (actor, role, unit, from_on) "
            "VALUES ('x', 'signer', '', '2018-01-01')",
            "INSERT INTO td_relation (person, relative) VALUES ('m1', 'x')",
            "UPDATE td_unit SET name = 'Sở khác' WHERE id = 'stp-ha-giang'",
            "DELETE FROM td_holding WHERE actor = 'signer'",
        ):
            db.execute(text(change))

    assert "Vi Văn Cũ" not in kept
    found = office.ask(lambda db: verify(db, office.wf))
    assert sorted((each.code, each.fields["table"]) for each in found) == [
        ("row-differs", "unit"), ("row-missing", "holding"),
        ("row-unfounded", "holding"), ("row-unfounded", "relation"),
    ]  # fmt: skip
