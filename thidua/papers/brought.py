"""Cases brought into the room: added to its ballots, or shown without a vote, as it was noted."""

from collections.abc import Sequence
from typing import Literal

from thidua.lookup import Lookup
from thidua.papers.case import Case
from thidua.papers.sheet import Values, who
from thidua.papers.told import numbered
from thidua.storage import listing

Change = Literal["added", "shown"]


def notes(look: Lookup, meeting_id: str, change: Change) -> dict[str, str]:
    """By dossier what the meeting's register says of cases that were so brought, the last word."""
    return {
        event["body"]["dossier"]: event["private"].get("note") or ""
        for event in listing.history(look.db, look.tables, meeting_id)
        if event["body"]["act"] == "case" and event["body"]["change"] == change
    }


def brought(look: Lookup, meeting_id: str, cases: Sequence[Case], change: Change) -> list[Values]:
    """A line for each of the cases that were so brought."""
    said = notes(look, meeting_id, change)
    return numbered(
        {**who(case), "state": case.state, "why": said[case.id]}
        for case in cases if case.id in said
    )  # fmt: skip
