"""Who sat in a meeting and when: as its register says, else as far as its ballots tell."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from thidua.collation import name_key
from thidua.lookup import Lookup
from thidua.notifiers.dates import local_time
from thidua.papers.case import Ballot
from thidua.papers.gather import number_of
from thidua.papers.sheet import Values, day, two
from thidua.storage import listing, listing_papers, listing_people
from thidua.storage.listing_people import Names
from thidua.workflow.person import Seat

PRESENCES = {
    "present": "Có mặt",
    "written": "Gửi phiếu bằng văn bản",
    "excused": "Vắng, có lý do",
    "absent": "Vắng",
}
POSTS = {
    "chair": "Chủ tịch",
    "deputy": "Phó Chủ tịch",
    "secretary": "Thư ký",
}
"""In the order of a list; whoever has none of them is an ordinary member."""


def attended(look: Lookup, row: Mapping[str, Any], ballots: Iterable[Ballot]) -> Values:
    """The members, how many took part, who presided by which authority, who kept the minutes.

    Members are those with a post on the council that day, whoever is on the attendance, and who
    was entitled to vote. What nobody has recorded is left to be filled in by hand, and counted as
    such (`unnoted`), so that the numbers add up.
    """
    held = list(ballots)
    names = listing_people.names(look.db, look.tables, look.today)
    kept = listing_papers.attendance(look.db, look.tables, row["id"])
    posts = listing_papers.posts(look.db, look.tables, row.get("council"), row["held_on"])
    by_name: dict[str, tuple[str | None, str | None]] = {
        names.actor(actor): (post, None) for actor, post in posts.items()
    }
    by_name |= {
        names.seat(seat) or seat: (posts.get(Seat.parse(seat).person or ""), presence)
        for seat, presence in kept.items()
    }
    wrote = {name for ballot in held for name in ballot.written}
    for ballot in held:
        for name in (*ballot.roll, *ballot.recused):
            post, presence = by_name.get(name, (None, None))
            by_name[name] = post, presence or ("written" if name in wrote else None)
    presences = [presence for _, presence in by_name.values()]
    why = {names.seat(seat) or seat: text for seat, text in _reasons(look, row["id"]).items()}
    return {
        "members": [{**each, "why": why.get(each["name"])} for each in _members(by_name)],
        "total": two(len(by_name)) if by_name else None,
        "kept": bool(kept),
        **(_recorded(presences) if kept else _counted(held, len(by_name))),
        "chair": names.actor(row["presides"]) if row.get("presides") else None,
        "authority": _authority(look, row["id"]),
        "secretary": _holder(posts, "secretary", names),
    }


def _members(by_name: Mapping[str, tuple[str | None, str | None]]) -> list[Values]:
    ranks = list(POSTS)

    def place(name: str) -> tuple[Any, ...]:
        post = by_name[name][0]
        return ranks.index(post) if post in ranks else len(ranks), name_key(name)

    return [
        {"number": i, "name": name, "post": POSTS.get(post or ""),
         "presence": PRESENCES.get(presence or "")}
        for i, name in enumerate(sorted(by_name, key=place), 1)
        for post, presence in [by_name[name]]
    ]  # fmt: skip


def _recorded(presences: Sequence[str | None]) -> Values:
    away = presences.count("excused") + presences.count("absent")
    unnoted = presences.count(None)
    return {"present": two(presences.count("present")), "written": two(presences.count("written")),
            "absent": two(away), "unnoted": two(unnoted) if unnoted else None}  # fmt: skip


def _counted(ballots: Sequence[Ballot], members: int) -> Values:
    """From the count in which most took part, where nobody kept the attendance.

    A ballot that nobody voted in does not tell that nobody was there.
    """
    done = [ballot.counts for ballot in ballots if ballot.counts]
    most = max(done, key=_taking_part, default={})
    if not _taking_part(most):
        return {"present": None, "written": None, "absent": None, "unnoted": None}
    away = max(0, most["entitled"] - most["present"] - most["written"])
    unnoted = max(0, members - _taking_part(most) - away)
    return {"present": two(most["present"]), "written": two(most["written"]),
            "absent": two(away), "unnoted": two(unnoted) if unnoted else None}  # fmt: skip


def _reasons(look: Lookup, meeting_id: str) -> dict[str, str]:
    """By seat the reason given with what stands of it; a later word without one leaves none."""
    found: dict[str, str] = {}
    for event in listing.history(look.db, look.tables, meeting_id):
        if event["body"]["act"] == "attend":
            given = json.loads(event["private"].get("excuses") or "{}")
            told = dict.fromkeys((seat for seat, _ in event["body"]["attendance"]), "")
            found |= told | given
    return {seat: text for seat, text in found.items() if text}


def _authority(look: Lookup, meeting_id: str) -> str | None:
    """The paper by which a deputy presides."""
    events = listing.history(look.db, look.tables, meeting_id)
    led = [event["body"] for event in events if event["body"]["act"] == "preside"]
    paper = led[-1].get("paper") if led else None
    return paper and f"số {number_of(paper)} ngày {day(paper.get('signed_on'))}"


def _taking_part(counts: Mapping[str, int]) -> int:
    return counts.get("present", 0) + counts.get("written", 0)


def _holder(posts: Mapping[str, str], post: str, names: Names) -> str | None:
    holders = [actor for actor, held in posts.items() if held == post]
    return names.actor(holders[0]) if len(holders) == 1 else None


def times(look: Lookup, meeting_id: str) -> dict[str, str | None]:
    """When it began and ended, on the office's clock: "08 giờ 30"."""
    at = {
        event["body"]["act"]: event["body"]["at"]
        for event in listing.history(look.db, look.tables, meeting_id)
    }
    return {"began_at": _hour(at.get("begin")), "ended_at": _hour(at.get("conclude"))}


def _hour(at: str | None) -> str | None:
    if at is None:
        return None
    local = local_time(datetime.fromisoformat(at))
    return f"{local:%H} giờ {local:%M}"
