"""Councils by terms: who is what on which day, on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.contract.hall import MEETS, call, council, do
from thidua import Paper, Refused, Unknown
from thidua.meetings import Member
from thidua.verify import verify

AUTHORITY = Paper(number="9", symbol="UQ", signed_on=date(2018, 8, 1), signer="Nguyễn Văn Mẫu")


def whole(office: Any) -> None:
    with office.engine.connect() as db:
        assert [p.text() for p in verify(db, office.wf)] == []


@pytest.mark.parametrize(
    ("member", "code"),
    [
        (Member("m4", "boss", date(2018, 1, 1)), "unknown-post"),
        (Member("m4", "ordinary", date(2015, 1, 1)), "outside-term"),
        (Member("m4", "chair", date(2019, 1, 1)), "post-taken"),
        (Member("m4", "ordinary", date(2019, 1, 2), date(2019, 1, 1)), "dates-reversed"),
    ],
)
def test_members_that_are_not_appointed(office: Any, member: Member, code: str) -> None:
    term = council(office)

    with pytest.raises((Refused, Unknown)) as caught:
        do(office, office.wf.councils.appoint, term, [member])

    assert caught.value.reasons[0].code == code
    whole(office)


def test_a_chair_follows_another(office: Any) -> None:
    term = council(office)
    ended = Member("m0", "chair", date(2018, 1, 1), date(2018, 8, 31))
    follows = Member("m3", "chair", date(2018, 9, 1))

    do(office, office.wf.councils.appoint, term, [ended, follows], ground=AUTHORITY)

    with office.engine.connect() as db:
        before = {m.actor: m.post for m in office.wf.councils.on(db, term, MEETS)}
        after = office.wf.councils.roll(db, term, MEETS + timedelta(days=30))
    assert (before["m0"], before["m3"]) == ("chair", "ordinary")
    assert after["member:m3"] == "chair"
    assert "member:m0" not in after
    whole(office)


def test_a_meeting_is_held_inside_the_term(office: Any) -> None:
    with pytest.raises(Refused, match="outside the term"):
        call(office, "k1", on=date(2022, 1, 5), council=council(office))
    with pytest.raises(Unknown, match="h9"):
        call(office, "k2", council="h9")
