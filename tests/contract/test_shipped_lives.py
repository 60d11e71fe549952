"""Lives under the shipped procedures, on both databases: what is particular to each."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine

from thidua import Candidate, Cast, Close, Counts, Fire, Paper, Refused, Waive
from thidua.definitions import shipped
from thidua.earlier import earlier_awards, earlier_awards_file
from thidua.sqlite import sqlite_engine
from thidua.testing import Office
from thidua.testing.office import paper
from thidua.verify import verify
from thidua.workflow.errors import Misuse

Opened = Callable[..., Office]

SECTOR = {"title_year_1": "2015", "title_year_2": "2016", "title_year_3": "2017",
          "wide_use": "yes", "initiative": "Sổ theo dõi điện tử"}  # fmt: skip
NATIONAL = {"title_year_1": "2016", "title_year_2": "2017", "national_use": "yes"}
HELD = earlier_awards([("CB-0007", "KNC")])


@pytest.fixture
def opened(database_url: str) -> Iterator[Opened]:
    """Opens an office for a shipped procedure; its journal is verified at the end."""
    lite = database_url.startswith("sqlite")
    engine = sqlite_engine(database_url) if lite else create_engine(database_url)
    offices: list[Office] = []

    def opened(name: str, **terms: Any) -> Office:
        offices.append(Office(shipped()[name], engine=engine, **terms))
        return offices[-1]

    yield opened
    for office in offices:
        assert office.db.closed or verify(office.db, office.wf) == []
        office.close()
    engine.dispose()


def codes(office: Office, dossier: str, trigger: str, by: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        office.fire(dossier, trigger, by)
    return [reason.code for reason in refused.value.reasons]


def count(office: Office, dossier: str, votes_for: int, *, of: int, teller: str = "teller") -> str:
    paper = Counts(entitled=of, present=of, issued=of, returned=of, valid=of, votes_for=votes_for,
                   votes_against=of - votes_for)  # fmt: skip
    return office.act(dossier, Close("vote", paper, "paper"), teller).state


def to_the_council(office: Office) -> str:
    dossier = office.propose()
    office.fire(dossier, "accept", "officer")
    office.fire(dossier, "convene", "officer")
    return dossier


# Sudden achievements


def test_sudden_achievement_is_timed_from_its_day(opened: Opened) -> None:
    office = opened("sudden-achievement", fields={"achieved_on": "2018-07-02"})
    dossier = office.propose()

    spans = office.rows(office.wf.tables.task, dossier_id=dossier, kind="span")
    for trigger, by in (("accept", "officer"), ("put_forward", "appraiser"), ("grant", "minister"),
                        ("notify", "officer")):  # fmt: skip
        office.fire(dossier, trigger, by)

    assert {t["what"]: t["due_on"] for t in spans} == {
        "arrival": "2018-08-16",
        "decision": "2018-08-31",
    }
    assert office.state(dossier) == "closed"


def test_one_achievement_is_awarded_once(opened: Opened) -> None:
    office = opened("sudden-achievement", fields={"already_awarded": "yes"})
    dossier = office.propose()

    assert codes(office, dossier, "accept", "officer") == ["condition-unmet"]
    assert office.fire(dossier, "find_ineligible", "appraiser").state == "ineligible"


def test_achievement_to_come_is_none(opened: Opened) -> None:
    office = opened("sudden-achievement", fields={"achieved_on": "2018-12-01"})

    assert codes(office, office.propose(), "accept", "officer") == ["condition-unmet"]


# Titles


@pytest.mark.parametrize(("votes", "state"), [(13, "submitted"), (12, "not_passed")])
def test_title_needs_nine_tenths_of_all_fourteen(opened: Opened, votes: int, state: str) -> None:
    office = opened("sector-emulation-title", fields=SECTOR, members=14)

    assert count(office, to_the_council(office), votes, of=14) == state


def test_member_who_is_absent_votes_in_writing(opened: Opened) -> None:
    office = opened("sector-emulation-title", fields=SECTOR, members=14)
    dossier = to_the_council(office)
    office.act(dossier, Cast("vote", "for", way="written"), "member-14")
    room = Counts(entitled=14, present=12, issued=12, returned=12, valid=12, votes_for=12)

    assert office.act(dossier, Close("vote", room, "paper"), "teller").state == "submitted"


def test_year_that_is_missing_breaks_the_row(opened: Opened) -> None:
    office = opened("sector-emulation-title", fields={**SECTOR, "title_year_3": "2018"})
    dossier = office.propose()
    office.fire(dossier, "accept", "officer")

    before = codes(office, dossier, "convene", "officer")
    ground = Paper(number="7", symbol="TB-VP", signed_on=office.today)
    until = office.today + timedelta(days=30)
    waiver = Waive("expr.three_in_a_row", until, note="Năm 2017 nghỉ thai sản", ground=ground)
    office.act(dossier, waiver, "minister")

    assert before == ["condition-unmet"]
    assert office.fire(dossier, "convene", "officer").state == "council_review"


def test_recognised_initiative_is_the_evidence_of_a_title(opened: Opened) -> None:
    made = opened("initiative-recognition", fields={"initiative": SECTOR["initiative"]})
    first = made.propose()
    made.fire(first, "ask_experts", "council_secretary")
    made.pass_until(made.clock.at + timedelta(days=30))
    made.fire(first, "convene", "council_secretary")
    carried = count(made, first, 6, of=10, teller="council_secretary")
    made.fire(first, "recognise", "recogniser")
    (decision,) = made.rows(made.wf.tables.decision)
    number, signed_on = decision["number"], decision["signed_on"]
    verified = verify(made.db, made.wf)
    made.close()

    evidence = {**SECTOR, "recognised_by": f"{number} ngày {signed_on}"}
    office = opened("sector-emulation-title", fields=evidence)
    second = office.propose()
    (certificate,) = office.rows(
        office.wf.tables.document, owner=second, kind="initiative_certificate"
    )

    assert (carried, verified) == ("awaiting_recognition", [])
    assert certificate["version"] == 1
    assert office.fire(second, "accept", "officer").state == "appraisal"


# The medal


def medal(office: Office, person: str | None, **fields: str) -> str:
    candidate = Candidate("individual", "Trần Thị Mẫu", person=person)
    facts = {"category": "head", "years": "5", **fields}
    dossier = office.propose(candidate=candidate, fields=facts)
    office.fire(dossier, "accept", "officer")
    return dossier


@pytest.mark.parametrize("person", ["CB-0007", None])
def test_medal_is_given_once_in_a_life(opened: Opened, person: str | None) -> None:
    office = opened("commemorative-medal", conditions={"not_awarded_before": HELD})
    dossier = medal(office, person)

    assert codes(office, dossier, "put_forward", "appraiser") == ["host-condition-unmet"]


@pytest.mark.parametrize(
    ("category", "years", "fits"),
    [("head", "5", True), ("head", "4.5", False), ("deputy", "8", True), ("deputy", "7", False),
     ("staff", "1", True), ("friend", "9", False)],
)  # fmt: skip
def test_medal_asks_for_years_in_post(
    opened: Opened, category: str, years: str, *, fits: bool
) -> None:
    office = opened("commemorative-medal", conditions={"not_awarded_before": HELD})
    dossier = medal(office, "CB-1", category=category, years=years)

    if fits:
        assert office.fire(dossier, "put_forward", "appraiser").state == "submitted"
    else:
        assert codes(office, dossier, "put_forward", "appraiser") == ["condition-unmet"]


def test_medal_is_due_by_the_day_of_the_sector(opened: Opened) -> None:
    at = datetime(2019, 6, 3, 2, tzinfo=UTC)
    office = opened("commemorative-medal", conditions={"not_awarded_before": HELD}, at=at)
    dossier = medal(office, "CB-1")

    (span,) = office.rows(office.wf.tables.task, dossier_id=dossier, kind="span")
    assert (span["what"], span["due_on"]) == ("sector_day", "2019-08-28")


def test_one_decision_gives_many_medals(opened: Opened) -> None:
    office = opened("commemorative-medal", conditions={"not_awarded_before": HELD})
    made = [medal(office, f"CB-{n}") for n in range(1000, 1030)]
    for dossier in made:
        office.fire(dossier, "put_forward", "appraiser")
    officer, wf = office.by("officer"), office.wf

    key = wf.decisions.draft(
        office.db, "Tặng Kỷ niệm chương", dict.fromkeys(made, "grant"), by=officer
    )
    signed = Paper(number="1500", symbol="QĐ-BTP", signed_on=office.today, signer="B")
    wf.decisions.number(office.db, key, signed, by=officer)
    for dossier, _ in wf.decisions.open_lines(office.db, key):
        wf.decisions.apply_line(office.db, key, dossier, by=office.by("minister"))

    assert wf.decisions.finish(office.db, key, by=officer)
    assert {office.state(dossier) for dossier in made} == {"decided"}
    assert len(office.letters()) == 1


def test_list_of_earlier_awards_is_read_from_a_file(tmp_path: Any) -> None:
    file = tmp_path / "held.csv"
    file.write_text("person,name,award\nCB-1,Lê Văn Mẫu,KNC\n", encoding="utf-8-sig")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("who,award\n", encoding="utf-8")

    assert earlier_awards_file(file) == earlier_awards([("CB-1", "KNC")])
    with pytest.raises(Misuse) as refused:
        earlier_awards_file(wrong)
    assert refused.value.reasons[0].fields["column"] == "person"


# The national title


def signed_by_the_council(office: Office) -> str:
    dossier = office.propose()
    office.fire(dossier, "accept", "officer")
    office.fire(dossier, "publicise", "appraiser")
    office.act(dossier, paper("posting_proof"), "officer")
    office.pass_until(office.clock.at + timedelta(days=21))
    office.fire(dossier, "convene", "officer")
    count(office, dossier, 10, of=10)
    return dossier


@pytest.mark.parametrize(
    ("second", "sent", "code"),
    [
        ("2017-12-20", "2018-10-31", None),
        ("2017-12-20", "2018-11-05", "window-closed"),
        ("2018-02-20", "2018-11-05", "window-not-open"),
        ("2018-02-20", "2019-10-31", None),
    ],
)
def test_national_title_goes_up_in_the_year_after(
    opened: Opened, second: str, sent: str, code: str | None
) -> None:
    at, facts = datetime(2018, 8, 6, 2, tzinfo=UTC), {**NATIONAL, "second_title_on": second}
    office = opened("national-emulation-title", fields=facts, at=at)
    dossier = signed_by_the_council(office)
    day = date.fromisoformat(sent)
    office.clock.move_to(datetime(day.year, day.month, day.day, 3, tzinfo=UTC))

    if code is None:
        assert office.fire(dossier, "send_up", "minister").state == "sent_up"
    else:
        assert codes(office, dossier, "send_up", "minister") == [code]


def test_name_that_is_struck_out_above_is_registered_so(opened: Opened) -> None:
    at = datetime(2018, 8, 6, 2, tzinfo=UTC)
    facts = {**NATIONAL, "second_title_on": "2017-12-20"}
    office = opened("national-emulation-title", fields=facts, at=at)
    made = [signed_by_the_council(office) for _ in range(3)]
    for dossier in made:
        office.fire(dossier, "send_up", "minister")
    officer, wf = office.by("officer"), office.wf

    lines = dict.fromkeys(made, "register_result")
    key = wf.decisions.draft(office.db, "Quyết định của Thủ tướng Chính phủ", lines, by=officer)
    wf.decisions.strike(office.db, key, made[2:], by=officer, note="Không có tên trong Quyết định")
    signed = Paper(number="1999", symbol="QĐ-TTg", signed_on=office.today, signer="T")
    wf.decisions.number(office.db, key, signed, by=officer)
    for dossier, _ in wf.decisions.open_lines(office.db, key):
        wf.decisions.apply_line(office.db, key, dossier, by=officer)
    finished = wf.decisions.finish(office.db, key, by=officer)
    office.act(made[2], Fire("register_struck", note="Không có tên trong Quyết định"), "officer")

    assert finished
    assert [office.state(dossier) for dossier in made] == ["decided", "decided", "struck_out"]


def test_council_waits_for_the_posting_and_its_proof(opened: Opened) -> None:
    facts = {**NATIONAL, "second_title_on": "2017-12-20"}
    office = opened("national-emulation-title", fields=facts)
    dossier = office.propose()
    office.fire(dossier, "accept", "officer")
    office.fire(dossier, "publicise", "appraiser")
    office.pass_until(office.clock.at + timedelta(days=40))

    assert codes(office, dossier, "convene", "officer") == ["round-running"]


# The grant


def test_grant_is_revised_and_refereed_again(opened: Opened) -> None:
    facts = {"budget": "1000", "own_share": "200", "carried_out": "2026-06-01/2028-05-31"}
    office = opened("research-grant", fields=facts)
    dossier = office.propose()
    office.fire(dossier, "send_to_referees", "grants_officer")
    office.pass_until(office.clock.at + timedelta(days=40))
    office.fire(dossier, "ask_revision", "grants_officer")
    office.fire(dossier, "resubmit", "applicant")

    rounds = office.rows(office.wf.tables.line, dossier_id=dossier, name="refereeing")
    assert (office.state(dossier), len(rounds)) == ("refereed", 2)


def test_grant_without_own_share_needs_the_director(opened: Opened) -> None:
    facts = {"budget": "1000", "own_share": "199.9", "carried_out": "2026-06-01/2028-05-31"}
    office = opened("research-grant", fields=facts)
    dossier = office.propose()

    assert codes(office, dossier, "send_to_referees", "grants_officer") == ["condition-unmet"]
