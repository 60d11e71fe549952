"""What the papers for the signer say: the submission, the decision with its annex, the summary."""

from collections.abc import Mapping, Sequence
from typing import Any

from thidua.lookup import Lookup
from thidua.papers.case import Case
from thidua.papers.sheet import Values, counted, day, groups, long_day, ordered, two, who
from thidua.papers.told import disagreements, recusals, silences, vote, waivers
from thidua.storage import listing_papers

SPOKEN = "quyết định "
"""What a decision's title may begin with: the words that follow it are what it is about."""


def signing(look: Lookup, row: Mapping[str, Any], cases: Sequence[Case]) -> Values:
    """What the submission and the decision say: the document, its lines, how they came about."""
    listed = ordered(cases)
    triggers = {line["dossier_id"]: line["trigger"] for line in row["lines"]}
    paper, articles = row["paper"], _articles(listed, triggers)
    unhappy, owed = disagreements(listed), waivers(listed)
    mute = silences(listed, "no_reply")
    return {
        "decision": {
            "title": row["title"], "about": about(row["title"]), "drafted": row["status"]
            == "drafted", "number": row["number"], "signed_on": long_day(row["signed_on"]),
            "signer": paper.get("signer"), "capacity": _lines(paper.get("capacity")),
            "post": _post(paper.get("capacity")),
        },
        "grounds": _grounds(listed),
        "articles": articles,
        "force": len(articles) + 1,
        "duty": len(articles) + 2,
        "total": two(len(listed)),
        "counted": counted(listed),
        "groups": groups(_line(case) for case in listed),
        "steps": _steps(look, listed),
        "disagreements": unhappy,
        "disagreed": two(len(unhappy)),
        "waivers": owed,
        "waived": two(len(owed)),
        "recusals": recusals(listed),
        "silent": mute,
        "muted": two(len(mute)),
        "unsent": silences(listed, "not_sent"),
    }  # fmt: skip


def about(title: str) -> str:
    """What a decision is about, without the word that it is one."""
    rest = title[len(SPOKEN) :] if title.lower().startswith(SPOKEN) else title
    return rest if rest[1:2].isupper() else rest[:1].lower() + rest[1:]


def _lines(capacity: str | None) -> list[str]:
    return [] if capacity is None else [part.strip() for part in capacity.split(",")]


def _post(capacity: str | None) -> str | None:
    """Whose decision it is, in whatever capacity it is signed."""
    first = _lines(capacity)[:1]
    return first[0].removeprefix("KT.").strip() if first else None


def _grounds(cases: Sequence[Case]) -> list[str]:
    """The law that the procedures were read from; what is only assumed is none."""
    told: dict[str, None] = {}
    for case in cases:
        for ground in case.rules.procedure.grounds.values():
            if ground.certainty == "read":
                told[ground.text] = None
    return list(told)


def _articles(cases: Sequence[Case], triggers: Mapping[str, str]) -> list[Values]:
    """What is decided, an article for each step and award."""
    found: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        found.setdefault((_step(case, triggers[case.id]), case.award), []).append(case)
    return [
        {"number": i, "step": step, "award": award, "counted": counted(mine)}
        for i, ((step, award), mine) in enumerate(found.items(), 1)
    ]


def _step(case: Case, trigger: str) -> str:
    """A step without the word that it is decided: the paper says that by itself."""
    procedure = case.rules.procedure
    labels = (t.label for t in procedure.transitions if t.trigger == trigger)
    label = next(labels, {"vi": "Hủy bỏ việc khen thưởng"})
    words = label.get("vi") or next(iter(label.values()))
    rest = words[len(SPOKEN) :] if words.lower().startswith(SPOKEN) else words
    return rest[:1].upper() + rest[1:]


def _line(case: Case) -> Values:
    told = (
        vote(case, case.last)
        if case.last is not None
        else {**who(case), "votes_for": "", "entitled": "", "share": ""}
    )
    return {**told, "state": case.state}


def _steps(look: Lookup, cases: Sequence[Case]) -> Values:
    """How the lines came about: submissions, opinions, meetings, all that was put to them."""
    db, t = look.db, look.tables
    ids = sorted({b.meeting for case in cases for b in case.ballots if b.meeting is not None})
    rows = [listing_papers.meeting(db, t, each) for each in ids]
    opinions = {name: sum(case.opinions.get(name, 0) for case in cases)
                for name in ("agree", "agree_with_remarks", "no_comment", "disagree")}  # fmt: skip
    return {
        "submissions": two(len({c.row["submission"] for c in cases if c.row["submission"]})),
        "meetings": [{"title": row["title"], "held_on": day(row["held_on"])} for row in rows],
        "considered": two(len({each for key in ids for each in listing_papers.put_to(db, t, key)})),
        "opinions": opinions,
        "heard": sum(opinions.values()) > 0,
        "sees": all(case.sees for case in cases),
        "lowest": _lowest(cases),
    }


def _lowest(cases: Sequence[Case]) -> Values | None:
    """The line with the smallest share of votes for."""
    voted = [(case, case.last) for case in cases if case.last is not None]
    if not voted:
        return None
    least = min(
        voted,
        key=lambda each: (
            each[1].counts.get("votes_for", 0) / max(1, each[1].counts.get("entitled", 1)),
            each[0].id,
        ),
    )
    return vote(*least)  # fmt: skip
