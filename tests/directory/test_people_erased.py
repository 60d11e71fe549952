"""A person erased from the lists: what goes everywhere, and what journals prove all the same."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select

from thidua import By, Paper, Refused
from thidua.storage.erasing_people import NOWHERE, back
from thidua.storage.imports import Entered, put
from thidua.verify import verify

PAPER = Paper(number="7", symbol="QĐ", signed_on=date(2025, 6, 1), signer="Lê Văn Ký")
NAME, BOX, PHONE = "Trần Thị Lan", "lan@example.org", "0912 345 678"
NAMESAKE, OTHER = "user:hoa", "Phạm Thị Hoa"


def enter(office: Any, name: str = NAME) -> None:
    def fill(db: Any) -> Entered:
        t = office.wf.tables
        return put(db, t.person, [
            {"id": "user:lan", "name": name, "lang": "vi", "account": "lan"},
            {"id": NAMESAKE, "name": OTHER, "lang": "vi", "account": None},
        ]) + put(db, t.address, [
            {"owner": "user:lan", "from_on": "2018-01-01", "to_on": "2019-12-31",
             "mailbox": f"old.{BOX}", "phone": None},
            {"owner": "user:lan", "from_on": "2020-01-01", "to_on": None, "mailbox": BOX,
             "phone": PHONE},
        ])  # fmt: skip

    office.write(office.wf.directory.enter, "people", fill, ground=f"Đơn của {NAME}")


def mail(key: str, owner: str, status: str, **content: str) -> dict[str, Any]:
    box = content.get("mailbox", "x@example.org")
    return {"id": key, "owner": owner, "mailbox": box, "lang": "vi", "attempt": 1,
            "content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
            "status": status, "next_at": "", "made_at": ""}  # fmt: skip


def test_names_and_addresses_of_all_times_go_and_the_chain_holds(office: Any) -> None:
    enter(office)
    enter(office, "Trần Thị Lan Anh")
    t = office.wf.tables
    with office.engine.begin() as db:
        db.execute(insert(t.mail), [
            mail("1", "user:lan", "queued", mailbox=BOX, name="Trần Thị Lan Anh"),
            mail("2", "hg", "sent", text=f"Gọi bà {NAME}, {PHONE}, hoặc {OTHER}"),
        ])  # fmt: skip

    n = office.write(office.wf.directory.erase, "user:lan", "request", ground=PAPER)

    with office.engine.connect() as db:
        every = [str(row) for table in t.all() for row in db.execute(select(table))]
        found = {key: status for key, status in db.execute(select(t.mail.c.id, t.mail.c.status))}  # noqa: C416 -- a row is no pair to mypy
        assert verify(db, office.wf) == []
        assert back(db, t) == []
    left = [row for row in every if any(word in row for word in (NAME, BOX, PHONE, "'lan'"))]
    assert [row for row in left if "Lê Văn Ký" not in row] == []
    assert found == {"1": "cancelled", "2": "sent"}
    assert any(NOWHERE in row for row in every)
    assert any(OTHER in row and "Gọi bà" in row for row in every)
    first, second, last = office.ask(office.wf.directory.history)
    names = [(row.was or {}).get("name") for row in second.rows]
    assert (n, last.erased, last.ground) == (3, "user:lan", "7/QĐ")
    assert {row.now["name"] for row in first.rows if row.table == "person"} == {OTHER, "(đã xóa)"}
    assert names == ["(đã xóa)"]


def test_two_erasures_leave_what_is_of_a_third(office: Any) -> None:
    enter(office)
    for actor in ("user:lan", NAMESAKE):
        office.write(office.wf.directory.erase, actor, "request", ground=PAPER)

    first = office.ask(office.wf.directory.history)[0]
    assert {row.now["name"] for row in first.rows if row.table == "person"} == {"(đã xóa)"}
    assert len(first.rows) == 4
    assert office.ask(lambda db: verify(db, office.wf)) == []
    enter(office, "Trần Thị Lan")
    assert office.ask(lambda db: back(db, office.wf.tables)) == [NAMESAKE, "user:lan"]


def test_a_name_that_a_candidate_has_too_stays_in_letters_to_others(office: Any) -> None:
    enter(office, "Nguyễn Văn Ấn")
    office.propose()
    with office.engine.begin() as db:
        db.execute(insert(office.wf.tables.mail), [mail("1", "hg", "sent", text="Nguyễn Văn Ấn")])

    office.write(office.wf.directory.erase, "user:lan", "request", ground=PAPER)

    (content,) = office.ask(lambda db: db.execute(select(office.wf.tables.mail.c.content)).one())
    assert "Nguyễn Văn Ấn" in content


def test_what_is_refused_leaves_everything(office: Any) -> None:
    enter(office)
    for actor, basis, by, code in (
        ("hg", "request", "officer", "still-holds"),
        ("user:ai", "request", "officer", "nothing-of-person"),
        ("user:lan", "whim", "officer", "unknown-basis"),
        ("user:lan", "request", "hg", "not-allowed"),
    ):
        with pytest.raises(Refused) as caught:
            office.write(office.wf.directory.erase, actor, basis, by=By(by), ground=PAPER)
        assert [each.code for each in caught.value.reasons] == [code]

    assert len(office.ask(office.wf.directory.history)) == 1
