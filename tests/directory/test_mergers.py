"""Units that merge while they are asked: the successor answers, the record keeps who was asked."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from thidua import Answer, Extend, Fire, Refused, Withdraw
from thidua.agenda import seats_of
from thidua.definitions.provinces import provinces, successor
from thidua.imports.provinces import _slug
from thidua.imports.sheet import read_sheet
from thidua.imports.units import UNIT_KNOWN, UNIT_NEEDED, enter_units
from thidua.lookup import Lookup
from thidua.storage import listing_people
from thidua.storage.people import Directory
from thidua.verify import verify
from thidua.workflow.errors import DefinitionError
from thidua.workflow.person import Held, Reached, Seat

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
MERGED = datetime(2025, 7, 1, 2, tzinfo=UTC)
HA_GIANG, TUYEN_QUANG = "department@stp-ha-giang", "department@stp-tuyen-quang"


def departments(office: Any, on: date) -> list[str]:
    people = office.wf.people
    return [s.unit for s in office.ask(lambda db: people.seats(db, "department", on))]


@pytest.mark.parametrize(
    ("on", "count", "hue"),
    [
        (date(2018, 9, 1), 63, "stp-thua-thien-hue"),
        (date(2024, 12, 31), 63, "stp-thua-thien-hue"),
        (date(2025, 1, 1), 63, "stp-hue"),
        (BEFORE, 63, "stp-hue"),
        (AFTER, 34, "stp-hue"),
    ],
)
def test_roster_is_that_of_the_day(office: Any, on: date, count: int, hue: str) -> None:
    asked = departments(office, on)

    assert len(asked) == len(set(asked)) == count
    assert [unit for unit in asked if unit.endswith("-hue")] == [hue]


def test_every_province_has_one_that_stands_in_its_place(office: Any) -> None:
    """Against the table of provinces, whose successors were read from the resolution's list."""
    people, standing = office.wf.people, set(departments(office, AFTER))
    with office.engine.connect() as db:
        for on in (date(2018, 1, 1), date(2025, 1, 1), BEFORE):
            for province in provinces(on):
                after = province
                while after.to_on is not None and after.to_on < AFTER:
                    after = successor(after.code, after.to_on)
                unit, new = f"stp-{_slug(province.name)}", f"stp-{_slug(after.name)}"
                assert people.standing(db, unit, AFTER) == new
                assert new in standing
                assert people.standing(db, unit, on) == unit
        names = listing_people.names(db, office.wf.tables, AFTER)
        assert {names.standing(f"stp-{_slug(p.name)}") for p in provinces(BEFORE)} == standing


def test_ask_goes_on_with_the_successor(office: Any) -> None:
    dossier = office.propose()
    office.act(dossier, Fire("consult"))
    before = office.seats(dossier)[HA_GIANG]
    office.now = MERGED

    with pytest.raises(Refused) as caught:
        office.act(dossier, Answer("opinions", "agree"), "hg")
    office.act(dossier, Answer("opinions", "agree"), "tq")

    after = office.seats(dossier)[HA_GIANG]
    assert caught.value.reasons[0].code == "not-asked"
    assert (after["due_on"], after["due_at"]) == (before["due_on"], before["due_at"])
    assert (after["status"], after["outcome"]) == ("done", "agree")
    assert office.ask(lambda db: verify(db, office.wf)) == []


def test_successor_does_not_answer_before_its_day(office: Any) -> None:
    dossier = office.propose()
    office.act(dossier, Fire("consult"))

    with pytest.raises(Refused):
        office.act(dossier, Answer("opinions", "agree"), "tq")
    office.act(dossier, Answer("opinions", "agree"), "hg")


def test_inbox_and_address_follow(office: Any) -> None:
    people, t = office.wf.people, office.wf.tables
    seat = Seat.parse(HA_GIANG)
    with office.engine.connect() as db:
        assert HA_GIANG not in seats_of(people, db, "tq", BEFORE)
        assert seats_of(people, db, "tq", AFTER) >= {HA_GIANG, TUYEN_QUANG}
        assert HA_GIANG not in seats_of(people, db, "hg", AFTER)
        assert [one.owner for one in people.reached(db, seat, BEFORE)] == ["hg"]
        assert [one.owner for one in people.reached(db, seat, AFTER)] == ["tq"]
        names = listing_people.names(db, t, AFTER)
    assert names.seat(HA_GIANG) == "Sở Tư pháp tỉnh Hà Giang → Sở Tư pháp tỉnh Tuyên Quang"
    assert names.stood("stp-tuyen-quang") == ["stp-tuyen-quang", "stp-ha-giang"]


def test_two_asks_at_one_successor_are_settled_by_one_answer(office: Any) -> None:
    dossiers = [office.propose(), office.propose()]
    for each in dossiers:
        office.act(each, Fire("circle"))
    round_id = office.seats(dossiers[0])[HA_GIANG]["round_id"]
    office.now = MERGED

    told = office.write(office.wf.rounds.answer, round_id, [TUYEN_QUANG, HA_GIANG], "agree",
                        by="tq", command_id="c-1")  # fmt: skip
    again = office.write(office.wf.rounds.answer, round_id, [HA_GIANG, TUYEN_QUANG], "agree",
                         by="tq", command_id="c-1")  # fmt: skip

    assert [done.dossier_id for done in told.taken] == ["h-001", "h-001", "h-002", "h-002"]
    assert (len(again.taken), all(done.repeated for done in again.taken)) == (4, True)
    for each in dossiers:
        seats = office.seats(each)
        assert {seats[HA_GIANG]["outcome"], seats[TUYEN_QUANG]["outcome"]} == {"agree"}
    assert office.ask(lambda db: verify(db, office.wf)) == []


def test_round_opened_after_the_merger_asks_the_successor_of_the_candidate_s_unit(
    office: Any,
) -> None:
    office.now = MERGED
    dossier = office.propose("stp-ha-giang", business="yes", staff="250")
    office.act(dossier, Fire("consult"))

    assert sorted(office.seats(dossier)) == [
        "committee@ubnd-tuyen-quang", TUYEN_QUANG, "tax@thue-tuyen-quang",
    ]  # fmt: skip


def test_successor_acts_for_what_the_old_unit_had_proposed(office: Any) -> None:
    office.hold(("p-hg", "proposer", "stp-ha-giang"), ("p-tq", "proposer", "stp-tuyen-quang"))
    dossier = office.propose()
    office.now = MERGED

    with pytest.raises(Refused):
        office.act(dossier, Withdraw(note="x"), "p-hg")
    assert office.act(dossier, Withdraw(note="x"), "p-tq").state == "withdrawn"


def test_roles_are_taken_over_along_a_chain(office: Any) -> None:
    t = office.wf.tables.unit
    with office.engine.begin() as db:
        db.execute(t.update().where(t.c.id == "stp-tuyen-quang", t.c.from_on == "2025-07-01")
                   .values(to_on="2030-12-31", successor="stp-bac-ninh"))  # fmt: skip
        held = office.wf.people.held(db, "bn", date(2031, 1, 1))
        assert office.wf.people.standing(db, "stp-ha-giang", date(2031, 1, 1)) == "stp-bac-ninh"

    assert {Held("department", f"stp-{unit}") for unit in ("ha-giang", "tuyen-quang")} < held


def test_held_is_one_statement_unless_units_have_merged(office: Any) -> None:
    """An act asks it every time."""
    asked: list[str] = []

    class Counted(Directory):
        def _ask(self, db: Any, question: str, on: date, **values: str) -> Any:
            asked.append(question)
            return super()._ask(db, question, on, **values)

    office.hold(("hn", "department", "stp-ha-noi"))
    with office.engine.connect() as db:
        for actor, on in (("officer", AFTER), ("hn", AFTER), ("tq", BEFORE)):
            Counted(office.wf.tables).held(db, actor, on)
        assert asked == ["held"] * 3
        Counted(office.wf.tables).held(db, "tq", AFTER)
    assert asked[3:] == ["held", "taken_over"]


def test_extension_reaches_the_old_seat(office: Any) -> None:
    dossier = office.propose()
    office.act(dossier, Fire("consult"))
    office.now = MERGED

    office.act(dossier, Extend("opinions", date(2025, 7, 31), note="sáp nhập"))

    assert office.seats(dossier)[HA_GIANG]["due_on"] == "2025-07-31"


def test_letter_speaks_to_the_successor(office: Any) -> None:
    t = office.wf.tables
    with office.engine.begin() as db:
        for unit, mailbox in (("stp-ha-giang", "hg@example.org"), ("stp-tuyen-quang", "tq@e.org")):
            db.execute(t.address.insert().values(owner=unit, from_on="2018-01-01", mailbox=mailbox))
        look = Lookup(db, t, office.wf.people, office.wf.shelf, MERGED)
        (reached,) = look.reached(HA_GIANG)
        told = look.addressee(HA_GIANG, reached, None)
        answering = look.answering("stp-ha-giang")
        people = [look.addressee(HA_GIANG, Reached("tq", "Bà Tư"), None)]

    assert (reached.owner, reached.mailbox) == ("stp-tuyen-quang", "tq@e.org")
    assert (told.name, told.unit) == (None, "Sở Tư pháp tỉnh Tuyên Quang")
    assert (people[0].name, people[0].unit) == ("Bà Tư", "Sở Tư pháp tỉnh Tuyên Quang")
    assert answering == "Sở Tư pháp tỉnh Tuyên Quang (kế thừa Sở Tư pháp tỉnh Hà Giang)"


def test_unit_that_stands_again_is_not_replaced(office: Any, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("id,name,kind,from_on,to_on,successor\n"
                    "x,X,department,01/01/2018,31/12/2020,stp-hue\n"
                    "x,X,department,01/01/2022,,\n", encoding="utf-8")  # fmt: skip
    sheet = read_sheet(file, needed=UNIT_NEEDED, known=UNIT_KNOWN)

    with office.engine.begin() as db, pytest.raises(DefinitionError) as caught:
        enter_units(db, office.wf.tables, sheet)

    assert [reason.code for reason in caught.value.reasons] == ["list-successor-early"]
