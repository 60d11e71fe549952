"""A council with its term, its meetings, and the officer who writes them down."""

from datetime import date
from typing import Any

from thidua import By
from thidua.meetings import Member

OFFICER = By("officer")
MEETS = date(2018, 8, 24)


def council(office: Any) -> str:
    """A term with chair, deputy, secretary and two members; three of five make a quorum."""
    members = [
        Member("m0", "chair", date(2018, 1, 1)),
        Member("m1", "deputy", date(2018, 1, 1)),
        Member("m2", "secretary", date(2018, 1, 1)),
        Member("m3", "ordinary", date(2018, 1, 1)),
        Member("m4", "ordinary", date(2018, 1, 1)),
    ]
    with office.engine.begin() as db:
        key: str = office.wf.councils.form(
            db, "Hội đồng 2016–2021", "member", date(2016, 1, 1), to_on=date(2021, 12, 31),
            quorum="3/5", by=OFFICER, now=office.now,
        )  # fmt: skip
        office.wf.councils.appoint(db, key, members, by=OFFICER, now=office.now)
    return key


def call(office: Any, key: str, *, on: date = MEETS, council: str | None = None) -> str:
    with office.engine.begin() as db:
        made: str = office.wf.meetings.add(
            db, f"Phiên {key}", on, by=OFFICER, meeting_id=key, council=council, now=office.now
        )
    return made


def do(office: Any, act: Any, *words: Any, **terms: Any) -> Any:
    with office.engine.begin() as db:
        return act(db, *words, by=OFFICER, now=office.now, **terms)
