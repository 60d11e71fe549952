"""Who sat in a meeting and when: as its register says, else as far as its ballots tell."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from thidua.collation import name_key
from thidua.lookup import Lookup
from thidua.notifiers.dates import local_time
from thidua.papers.case import Ballot
from thidua.papers.sheet import Values, two
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
    """The members, how many took part, who presided and who kept the minutes.

    What nobody has recorded is left to be filled in by hand.
    """
    held = list(ballots)
    names = listing_people.names(look.db, look.tables, look.today)
    kept = listing_papers.attendance(look.db, look.tables, row["id"])
    posts = listing_papers.posts(look.db, look.tables, row.get("council"), row["held_on"])
    by_name: dict[str, tuple[str | None, str | None]] = {
        names.seat(seat) or seat: (posts.get(Seat.parse(seat).person or ""), presence)
        for seat, presence in kept.items()
    }
    wrote = {name for ballot in held for name in ballot.written}
    for ballot in held:
        for name in (*ballot.roll, *ballot.recused):
            by_name.setdefault(name, (None, "written" if name in wrote else None))
    return {
        "members": _members(by_name),
        "total": two(len(by_name)) if by_name else None,
        "kept": bool(kept),
        **(_recorded(kept.values()) if kept else _counted(held)),
        "chair": names.actor(row["presides"]) if row.get("presides") else None,
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


def _recorded(presences: Iterable[str]) -> Values:
    told = list(presences)
    away = told.count("excused") + told.count("absent")
    return {"present": two(told.count("present")), "written": two(told.count("written")),
            "absent": two(away)}  # fmt: skip


def _counted(ballots: Sequence[Ballot]) -> Values:
    """From the count in which most took part, where nobody kept the attendance.

    A ballot that nobody voted in does not tell that nobody was there.
    """
    done = [ballot.counts for ballot in ballots if ballot.counts]
    most = max(done, key=_taking_part, default={})
    if not _taking_part(most):
        return {"present": None, "written": None, "absent": None}
    away = most["entitled"] - most["present"] - most["written"]
    return {"present": two(most["present"]), "written": two(most["written"]),
            "absent": two(max(0, away))}  # fmt: skip


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
