"""The Minister's certificate from proposal to decision, over many dossiers."""

from datetime import date, timedelta
from typing import Any

import pytest

from thidua import (
    Answer,
    By,
    Cast,
    Close,
    CommandReused,
    Counts,
    Fire,
    Paper,
    Refused,
    Reply,
    Return,
    Stale,
    Supplement,
    Unknown,
)
from thidua.verify import verify

APPRAISER, TELLER, DEPARTMENT = By("appraiser"), By("teller"), By("stp-24")
MINISTER = By("officer", for_="minister")
FIELDS = {"merit_period": "2017-01-01/2018-06-30", "by_initiative": "no"}


@pytest.fixture
def dossiers(office: Any) -> list[str]:
    """Three dossiers of one submission and campaign, consulted."""
    submission = office.submit()
    made = [
        office.propose(
            "ministers-certificate", "BK_BO", fields=FIELDS, submission=submission, campaign="2018"
        )
        for _ in range(3)
    ]
    for dossier in made:
        office.act(dossier, Fire("accept"))
        office.act(dossier, Fire("consult"), APPRAISER)
    return made


def round_of(office: Any, dossier: str, name: str) -> str:
    lines = office.rows(office.wf.tables.line, dossier_id=dossier, name=name)
    return str(max(lines, key=lambda line: line["opened_n"])["round_id"])


def meeting(office: Any) -> str:
    with office.engine.begin() as db:
        key: str = office.wf.meetings.add(
            db, "Phiên họp 1", date(2018, 8, 24), by=By("officer"), now=office.now
        )
    return key


def to_the_vote(office: Any, dossiers: list[str]) -> str:
    for dossier in dossiers:
        office.act(dossier, Answer("opinions", "agree"), DEPARTMENT)
    key = meeting(office)
    for dossier in dossiers:
        office.act(dossier, Fire("convene", meeting=key))
    return key


def voted(office: Any, dossiers: list[str]) -> None:
    to_the_vote(office, dossiers)
    paper = Counts(entitled=5, present=5, issued=5, returned=5, valid=5, votes_for=4,
                   votes_against=1)  # fmt: skip
    for dossier in dossiers:
        office.act(dossier, Close("vote", paper, "paper"), TELLER)


def decision(office: Any, dossiers: list[str], trigger: str = "grant") -> str:
    with office.engine.begin() as db:
        lines = dict.fromkeys(dossiers, trigger)
        key: str = office.wf.decisions.draft(
            db, "Tặng Bằng khen", lines, by=By("officer"), now=office.now
        )
        signed = Paper(number="1850", symbol="QĐ-BTP", signed_on=date(2018, 8, 6), signer="B",
                       capacity="KT.")  # fmt: skip
        office.wf.decisions.number(db, key, signed, by=By("officer"), now=office.now)
    return key


def apply(office: Any, key: str, dossier: str) -> Any:
    with office.engine.begin() as db:
        return office.wf.decisions.apply_line(db, key, dossier, by=MINISTER, now=office.now)


def finish(office: Any, key: str) -> bool:
    with office.engine.begin() as db:
        return bool(office.wf.decisions.finish(db, key, by=By("officer"), now=office.now))


def test_dossiers_of_a_campaign_share_one_round(office: Any, dossiers: list[str]) -> None:
    assert len({round_of(office, d, "opinions") for d in dossiers}) == 1
    assert len(office.rows(office.wf.tables.round, name="opinions")) == 1


def test_dossier_that_rejoins_gets_a_round_of_its_own(office: Any, dossiers: list[str]) -> None:
    first = dossiers[0]

    office.act(first, Return(("report",), note="thiếu xác nhận"))
    office.act(first, Supplement(), By("proposer-24"))

    assert office.state(first) == "consulted"
    assert len(office.rows(office.wf.tables.round, name="opinions")) == 1


def test_one_answer_covers_the_list_except_the_named(office: Any, dossiers: list[str]) -> None:
    key = round_of(office, dossiers[0], "opinions")
    except_ = {dossiers[1]: ("disagree", "đang bị khiếu nại")}

    with office.engine.begin() as db:
        listed = office.wf.rounds.answer(
            db, key, "department@stp-24", "agree", by=DEPARTMENT, except_=except_, now=office.now
        )

    given = {r["dossier_id"]: r["kind"] for r in office.rows(office.wf.tables.opinion)}
    assert (len(listed.taken), listed.refused) == (3, {})
    assert given == {dossiers[0]: "agree", dossiers[1]: "disagree", dossiers[2]: "agree"}


def test_refused_line_of_a_list_does_not_stop_the_others(office: Any, dossiers: list[str]) -> None:
    key = round_of(office, dossiers[0], "opinions")

    with office.engine.begin() as db:
        listed = office.wf.rounds.answer(
            db, key, "department@stp-24", "agree", by=DEPARTMENT,
            except_={dossiers[1]: ("disagree", None)}, now=office.now,
        )  # fmt: skip

    assert [done.dossier_id for done in listed.taken] == [dossiers[0], dossiers[2]]
    assert listed.refused[dossiers[1]].reasons[0].code == "reasons-missing"


def test_exception_that_is_not_on_the_list_is_unknown(office: Any, dossiers: list[str]) -> None:
    key = round_of(office, dossiers[0], "opinions")

    with pytest.raises(Unknown), office.engine.begin() as db:
        office.wf.rounds.answer(
            db, key, "department@stp-24", "agree", by=DEPARTMENT,
            except_={"h-999": ("agree", None)}, now=office.now,
        )  # fmt: skip

    assert office.rows(office.wf.tables.opinion) == []


def test_disagreement_is_answered_before_the_council(office: Any, dossiers: list[str]) -> None:
    first = dossiers[0]
    office.act(first, Answer("opinions", "disagree", note="chưa rõ thành tích"), DEPARTMENT)
    key = meeting(office)

    with pytest.raises(Refused) as refused:
        office.act(first, Fire("convene", meeting=key))
    office.act(first, Reply("opinions", "department@stp-24", note="đã bổ sung"))
    done = office.act(first, Fire("convene", meeting=key))

    assert [r.code for r in refused.value.reasons] == ["disagreement-unanswered"]
    assert done.state == "council_review"


def test_ballot_needs_its_meeting(office: Any, dossiers: list[str]) -> None:
    office.act(dossiers[0], Answer("opinions", "agree"), DEPARTMENT)

    with pytest.raises(Refused) as refused:
        office.act(dossiers[0], Fire("convene"))

    assert [r.code for r in refused.value.reasons] == ["meeting-missing"]
    assert office.state(dossiers[0]) == "consulted"


def test_votes_and_paper_are_counted_together(office: Any, dossiers: list[str]) -> None:
    first = dossiers[0]
    to_the_vote(office, [first])
    office.act(first, Cast("vote", "against", way="written"), By("m0"))
    room = Counts(entitled=5, present=4, issued=4, returned=4, valid=4, votes_for=4)

    done = office.act(first, Close("vote", room, "paper"), TELLER)

    (line,) = office.rows(office.wf.tables.line, dossier_id=first, name="vote")
    assert (done.state, line["outcome"]) == ("submitted", "passed")
    assert '"votes_against":1' in line["counts"]


def test_decision_is_applied_once_and_its_notices_wait_for_the_last_line(
    office: Any, dossiers: list[str]
) -> None:
    voted(office, dossiers)
    key = decision(office, dossiers)
    notice = office.wf.tables.notice

    first = apply(office, key, dossiers[0])
    again = apply(office, key, dossiers[0])
    early = finish(office, key)
    waiting = [n["status"] for n in office.rows(notice, template="result")]
    for dossier in dossiers[1:]:
        apply(office, key, dossier)
    late = finish(office, key)

    assert (again.n, again.repeated, early, late) == (first.n, True, False, True)
    assert waiting == ["waits"]
    assert [n["status"] for n in office.rows(notice, template="result")] == ["due"] * 3
    assert {office.state(d) for d in dossiers} == {"decided"}


def test_decision_needs_a_look_again_after_a_late_opinion(office: Any, dossiers: list[str]) -> None:
    voted(office, dossiers)
    key = decision(office, dossiers)
    office.act(dossiers[0], Answer("opinions", "disagree", note="tin mới"), DEPARTMENT)

    with pytest.raises(Stale):
        apply(office, key, dossiers[0])

    assert office.state(dossiers[0]) == "submitted"
    assert apply(office, key, dossiers[1]).state == "decided"


def test_stale_line_is_applied_after_another_look(office: Any, dossiers: list[str]) -> None:
    voted(office, dossiers)
    key = decision(office, dossiers)
    office.act(dossiers[0], Answer("opinions", "agree_with_remarks"), DEPARTMENT)

    with office.engine.begin() as db:
        office.wf.decisions.look_again(db, key, [dossiers[0]], by=By("officer"), now=office.now)

    assert apply(office, key, dossiers[0]).state == "decided"
    assert in_order(office)


def test_struck_line_lets_the_decision_finish(office: Any, dossiers: list[str]) -> None:
    voted(office, dossiers)
    key = decision(office, dossiers)
    office.act(dossiers[0], Answer("opinions", "disagree", note="tin mới"), DEPARTMENT)
    for dossier in dossiers[1:]:
        apply(office, key, dossier)

    with office.engine.begin() as db:
        office.wf.decisions.strike(
            db, key, [dossiers[0]], by=By("officer"), note="chờ xác minh", now=office.now
        )

    assert finish(office, key)
    assert office.state(dossiers[0]) == "submitted"
    assert in_order(office)


def test_line_that_is_applied_is_not_struck(office: Any, dossiers: list[str]) -> None:
    voted(office, dossiers)
    key = decision(office, dossiers)
    apply(office, key, dossiers[0])

    with pytest.raises(Unknown), office.engine.begin() as db:
        office.wf.decisions.strike(db, key, [dossiers[0]], by=By("officer"), note="nhầm")

    assert len(office.rows(office.wf.tables.decision_line)) == 3


def in_order(office: Any) -> bool:
    with office.engine.connect() as db:
        return verify(db, office.wf) == []


def test_grant_without_its_decision_is_refused(office: Any, dossiers: list[str]) -> None:
    voted(office, dossiers)
    key = decision(office, dossiers[1:])
    signed = Paper(number="1", signed_on=date(2018, 8, 6))

    with pytest.raises(Refused) as none:
        office.act(dossiers[0], Fire("grant", ground=signed), MINISTER)
    with pytest.raises(Refused) as other:
        office.act(dossiers[0], Fire("grant", decision=key, ground=signed), MINISTER)

    assert [r.code for r in none.value.reasons] == ["decision-missing"]
    assert [r.code for r in other.value.reasons] == ["decision-missing"]


def test_decision_with_a_trigger_nobody_knows_is_not_drawn_up(
    office: Any, dossiers: list[str]
) -> None:
    with pytest.raises(Unknown) as unknown:
        decision(office, dossiers, "grand")

    assert unknown.value.reasons[0].code == "unknown-trigger"
    assert office.rows(office.wf.tables.decision) == []


def test_number_of_a_decision_is_given_once_a_year(office: Any, dossiers: list[str]) -> None:
    voted(office, dossiers)
    decision(office, dossiers[:1])

    with pytest.raises(Refused) as refused:
        decision(office, dossiers[1:])

    assert refused.value.reasons[0].code == "number-taken"
    assert len(office.rows(office.wf.tables.decision)) == 1


def test_retry_with_the_same_command_id_gives_the_first_result(
    office: Any, dossiers: list[str]
) -> None:
    answer = Answer("opinions", "agree", note="nhất trí")
    first = office.act(dossiers[0], answer, DEPARTMENT, command_id="k")

    office.now += timedelta(days=30)
    again = office.act(dossiers[0], answer, DEPARTMENT, command_id="k")

    assert (again.n, again.state, again.repeated) == (first.n, first.state, True)
    assert len(office.rows(office.wf.tables.opinion, dossier_id=dossiers[0])) == 1


@pytest.mark.parametrize(
    ("command", "by"),
    [
        (Answer("opinions", "no_comment"), DEPARTMENT),
        (Answer("opinions", "agree"), By("stp-27")),
        (Answer("opinions", "agree", note="khác"), DEPARTMENT),
        (Fire("convene"), By("officer")),
    ],
)
def test_command_id_is_not_reused_for_something_else(
    office: Any, dossiers: list[str], command: Any, by: By
) -> None:
    office.act(dossiers[0], Answer("opinions", "agree"), DEPARTMENT, command_id="k")

    with pytest.raises(CommandReused):
        office.act(dossiers[0], command, by, command_id="k")


def test_expected_version_that_has_passed_is_stale(office: Any, dossiers: list[str]) -> None:
    with pytest.raises(Stale) as stale:
        office.act(dossiers[0], Fire("convene"), expect=1)

    assert stale.value.fields["version"] == 4


def test_used_dossier_id_is_refused(office: Any, dossiers: list[str]) -> None:
    office.made.clear()

    with pytest.raises(Refused) as refused:
        office.propose("ministers-certificate", "BK_BO", fields=FIELDS)

    assert refused.value.reasons[0].code == "dossier-exists"
