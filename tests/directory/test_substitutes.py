"""Somebody who stands in for another: dates, bounds, what cannot be delegated, duties apart."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, text

from thidua import Answer, By, Cast, Fire, Hold, Paper, Refused
from thidua.verify import verify

GROUND = "Quyết định số 12/QĐ-STP ngày 20/6/2025"
LAST = date(2025, 6, 27)
HA_GIANG = "department@stp-ha-giang"
PAPER = Paper(number="3", symbol="CV", signed_on=date(2025, 6, 24), signer="Trần Thị Bé")


def add(office: Any, actor: str, for_: str, **scope: Any) -> Any:
    dates = (scope.pop("from_on", date(2025, 6, 23)), scope.pop("to_on", LAST))
    return office.write(office.wf.substitutions.add, actor, for_, *dates, ground=GROUND, **scope)


def codes(office: Any, *args: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        office.act(*args)
    return [reason.code for reason in caught.value.reasons]


def bodies(office: Any, dossier: str) -> list[dict[str, Any]]:
    e = office.wf.tables.event
    with office.engine.connect() as db:
        rows = db.execute(select(e.c.body).where(e.c.stream == dossier).order_by(e.c.n)).scalars()
        return [json.loads(body) for body in rows]


@pytest.fixture
def asked(office: Any) -> str:
    """A dossier about which Hà Giang is asked."""
    dossier = office.propose(business="no", staff="1")
    office.act(dossier, Fire("consult"))
    return str(dossier)


def test_substitute_answers_and_both_stay_on_the_record(office: Any, asked: str) -> None:
    given = add(office, "pho", "hg")

    office.act(asked, Answer("opinions", "agree"), By("pho", for_="hg"))

    event = next(body for body in bodies(office, asked) if body["act"] == "answer")
    assert (event["by"], event["entered"], event["substitution"]) == ("hg", "pho", given.id)
    assert office.seats(asked)[HA_GIANG]["outcome"] == "agree"
    assert office.ask(lambda db: verify(db, office.wf)) == []


def test_answer_of_a_substitute_whose_time_ended_yesterday_is_refused(
    office: Any, asked: str
) -> None:
    add(office, "pho", "hg")
    answer, by = Answer("opinions", "agree"), By("pho", for_="hg")
    office.now = datetime(2025, 6, 28, 2, tzinfo=UTC)

    with pytest.raises(Refused) as caught:
        office.act(asked, answer, by)

    (reason,) = caught.value.reasons
    assert (reason.code, reason.fields["until"]) == ("substitution-ended", "2025-06-27")
    office.now = datetime(2025, 6, 27, 16, 50, tzinfo=UTC)  # 23:50 in Ha Noi: the last day
    office.act(asked, answer, by)


def test_substitution_has_to_have_begun(office: Any, asked: str) -> None:
    add(office, "pho", "hg", from_on=date(2025, 6, 25))

    assert codes(office, asked, Answer("opinions", "agree"), By("pho", for_="hg")) == [
        "substitution-not-begun"
    ]


@pytest.mark.parametrize(
    "scope",
    [
        {"roles": ["tax"]},
        {"units": ["stp-tuyen-quang"]},
        {"procedures": ["another"]},
        {"acts": ["hold", "cast"]},
    ],
)
def test_substitution_elsewhere_is_none_here(
    office: Any, asked: str, scope: dict[str, list[str]]
) -> None:
    add(office, "pho", "hg", **scope)

    assert codes(office, asked, Answer("opinions", "agree"), By("pho", for_="hg")) == [
        "substitution-elsewhere"
    ]


def test_substitution_within_its_bounds(office: Any, asked: str) -> None:
    add(office, "pho", "hg", roles=["department"], units=["stp-ha-giang"],
        procedures=["asking"], acts=["answer"])  # fmt: skip

    office.act(asked, Answer("opinions", "agree"), By("pho", for_="hg"))


def test_bounds_name_acts_and_triggers(office: Any) -> None:
    dossier = office.propose(business="no", staff="1")
    add(office, "pho", "officer", acts=["consult"])

    assert codes(office, dossier, Hold(note="đơn"), By("pho", for_="officer")) == [
        "substitution-elsewhere"
    ]
    office.act(dossier, Fire("consult"), By("pho", for_="officer"))


def test_nobody_stands_in_without_a_substitution(office: Any, asked: str) -> None:
    add(office, "pho", "tq")

    found = codes(office, asked, Answer("opinions", "agree"), By("pho", for_="hg"))

    assert found[0] == "may-not-enter-for"


def test_vote_is_not_delegable(office: Any, asked: str) -> None:
    office.act(asked, Answer("opinions", "agree"), "hg")
    meeting = office.write(office.wf.meetings.add, "Phiên 1", date(2025, 7, 4))
    office.act(asked, Fire("vote", meeting=meeting))
    add(office, "pho", "m1")

    for way in ("electronic", "written"):
        assert codes(office, asked, Cast("vote", "for", way=way), By("pho", for_="m1")) == [
            "not-delegable"
        ]
    office.act(asked, Cast("vote", "for"), "m1")


def test_duties_stay_apart_through_a_substitution(office: Any) -> None:
    """Who took the officer's step in his stead does not sign, nor for anybody."""
    dossier = office.propose(business="no", staff="1")
    office.hold(("pho", "signer", ""))
    add(office, "pho", "officer")
    add(office, "pho", "signer")
    office.act(dossier, Fire("consult"), By("pho", for_="officer"))
    office.act(dossier, Answer("opinions", "agree"), "hg")

    assert codes(office, dossier, Fire("grant"), "pho") == ["duties-apart"]
    assert codes(office, dossier, Fire("grant"), By("pho", for_="signer")) == ["duties-apart"]
    office.act(dossier, Fire("grant"), "signer")
    assert office.ask(lambda db: verify(db, office.wf)) == []


def test_duties_stay_apart_through_entering(office: Any) -> None:
    """It is who decided that counts; who only writes it down decides nothing."""
    dossier = office.propose(business="no", staff="1")
    office.hold(("both", "signer", ""), ("both", "officer", ""))
    entered = By("officer", for_="both")
    office.act(dossier, Fire("consult", ground=PAPER), entered)
    office.act(dossier, Answer("opinions", "agree"), "hg")

    assert codes(office, dossier, Fire("grant", ground=PAPER), entered) == ["duties-apart"]


def test_paper_tells_entering_from_standing_in(office: Any) -> None:
    """The officer may enter for others, and stands in for the signer too."""
    dossier = office.propose(business="no", staff="1")
    add(office, "officer", "hg")
    office.act(dossier, Fire("consult"), "officer")

    office.act(dossier, Answer("opinions", "agree", ground=PAPER), By("officer", for_="hg"))
    office.act(dossier, Answer("opinions", "no_comment"), By("officer", for_="hg"))

    answers = [body for body in bodies(office, dossier) if body["act"] == "answer"]
    assert ["substitution" in body for body in answers] == [False, True]


def test_substitution_ends_sooner_and_never_later(office: Any, asked: str) -> None:
    given = add(office, "pho", "hg")
    end = office.wf.substitutions.end

    with pytest.raises(Refused) as caught:
        office.write(end, given.id, date(2025, 7, 30))
    office.write(end, given.id, date(2025, 6, 23), note="đã về")

    assert caught.value.reasons[0].code == "substitution-not-shorter"
    assert codes(office, asked, Answer("opinions", "agree"), By("pho", for_="hg")) == [
        "substitution-ended"
    ]
    listed = office.wf.substitutions.listed
    assert office.ask(listed, date(2025, 6, 24)) == ()
    assert [each.ground for each in office.ask(listed)] == [GROUND]


@pytest.mark.parametrize(
    ("actor", "dates", "ground", "code"),
    [
        ("hg", {}, GROUND, "substitutes-himself"),
        ("pho", {"to_on": date(2025, 6, 22)}, GROUND, "substitution-reversed"),
        ("pho", {}, "  ", "substitution-ground"),
    ],
)
def test_substitution_that_cannot_be(
    office: Any, actor: str, dates: dict[str, date], ground: str, code: str
) -> None:
    given = {"from_on": date(2025, 6, 23), "to_on": LAST, **dates}

    with pytest.raises(Refused) as caught:
        office.write(office.wf.substitutions.add, actor, "hg", *given.values(), ground=ground)

    assert caught.value.reasons[0].code == code


def test_changed_substitution_is_found(office: Any) -> None:
    add(office, "pho", "hg")
    with office.engine.begin() as db:
        db.execute(text("UPDATE td_substitution SET to_on = '2030-01-01'"))

    (problem,) = office.ask(lambda db: verify(db, office.wf))
    assert problem.fields["column"] == "to_on"
