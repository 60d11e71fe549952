"""What the papers of a session say: its minutes, the count of a ballot, the extract of one case."""

from collections.abc import Iterable, Sequence
from typing import Any

from thidua.collation import word_key
from thidua.lookup import Lookup
from thidua.papers.attendance import attended, times
from thidua.papers.brought import brought
from thidua.papers.case import Ballot, Case
from thidua.papers.rule import WAYS, said
from thidua.papers.sheet import Values, counted, day, groups, long_day, ordered, two
from thidua.papers.told import disagreements, numbered, opinion, recusals, vote, waivers
from thidua.storage import library, listing_papers

FINAL = ("passed", "failed")
PUT_OFF = ("deferred", "taken_off")
"""Outcomes of ballots: what the council decided; what it put to another meeting or took off."""


def minutes(look: Lookup, meeting_id: str, cases: Sequence[Case]) -> Values:
    """The minutes of a meeting: who was there, what was voted on by which rule, what came out."""
    row = listing_papers.meeting(look.db, look.tables, meeting_id)
    every = ordered(cases)
    counts = [(case, b) for case in every for b in case.ballots if b.meeting == meeting_id]
    voted = {case.id for case, _ in counts}
    listed = [case for case in every if case.id in voted]
    final = {c.id: (c, b) for c, b in counts if b.outcome in FINAL}
    return {
        "meeting": _meeting(look, row),
        "attendance": attended(look, row, [ballot for _, ballot in counts]),
        "total": two(len(listed)),
        "counted": counted(listed),
        "rules": _rules(look, [(c.rules.procedure, b) for c, b in counts]),
        "groups": groups(vote(c, b) for c, b in counts if b.outcome not in PUT_OFF),
        "again": any(ballot.turn > 1 for _, ballot in counts),
        "passed": counted(case for case, b in final.values() if b.outcome == "passed"),
        "failed": counted(case for case, b in final.values() if b.outcome == "failed"),
        "running": two(len(listed) - len(final)),
        "any_running": len(final) < len(listed),
        "disagreements": disagreements(listed),
        "sees": all(case.sees for case in listed),
        "waivers": waivers(listed),
        "recusals": recusals(listed),
        "documents": [
            {"name": each["name"], "sha256": each["sha256"]}
            for each in listing_papers.documents(look.db, look.tables, meeting_id)
        ],
        "put_off": numbered(
            {**vote(case, ballot), "why": ballot.note}
            for case, ballot in counts if ballot.outcome in PUT_OFF
        ),
        "added": brought(look, meeting_id, listed, "added"),
        "shown": brought(look, meeting_id, every, "shown"),
    }  # fmt: skip


def _meeting(look: Lookup, row: Any) -> Values:
    return {"title": row["title"], "held_on": long_day(row["held_on"]), "place": None,
            **times(look, row["id"])}  # fmt: skip


def _rules(look: Lookup, ballots: Iterable[tuple[Any, Ballot]]) -> list[Values]:
    """Each rule once: what is voted on, and its sentences."""
    told: dict[tuple[str, str], Values] = {}
    for procedure, ballot in ballots:
        key = (procedure.hash, ballot.rule.name)
        if key not in told:
            confirmed = library.confirmed(look.db, look.tables, procedure.hash)
            assumed = frozenset(procedure.assumed) - set(confirmed)
            told[key] = {"title": procedure.text(procedure.title, "vi"),
                         "round": procedure.text(ballot.rule.label, "vi"),
                         "said": said(procedure, ballot.rule, assumed)}  # fmt: skip
    return list(told.values())


def count(look: Lookup, round_id: str, cases: Sequence[Case]) -> Values:
    """The minutes of a count: papers given out and returned, and each line's votes."""
    listed = ordered(cases)
    pairs = [(c, b) for c in listed for b in c.ballots if b.round_id == round_id]
    done = [ballot for _, ballot in pairs if not ballot.open]
    first = pairs[0][1] if pairs else None
    meeting_id = first.meeting if first is not None else None
    row = listing_papers.meeting(look.db, look.tables, meeting_id) if meeting_id else None
    days = {ballot.closed_on for ballot in done if ballot.closed_on is not None}
    return {
        "meeting": _meeting(look, row) if row is not None else None,
        "turn": first.turn if first is not None else 1,
        "counted_on": long_day(max(days)) if days else None,
        "ways": ", ".join(sorted({WAYS[b.way] for b in done if b.way in WAYS})) or None,
        "total": two(len(pairs)),
        "rules": _rules(look, [(case.rules.procedure, ballot) for case, ballot in pairs]),
        "papers": {name: _same(b.counts.get(name, 0) for b in done)
                   for name in ("entitled", "issued", "returned", "valid", "invalid", "written")},
        "wrote": ", ".join(sorted({w for b in done for w in b.written}, key=word_key)),
        "groups": groups(vote(case, ballot) for case, ballot in pairs),
        "passed": two(sum(ballot.outcome == "passed" for ballot in done)),
        "open": two(len(pairs) - len(done)),
        "any_open": len(done) < len(pairs),
        "recusals": recusals(listed),
    }  # fmt: skip


def _same(numbers: Iterable[int]) -> str | None:
    """A number that all lines share; none where they differ or there are none."""
    found = set(numbers)
    return two(found.pop()) if len(found) == 1 else None


def extract(look: Lookup, case: Case) -> Values:
    """What the council's minutes say of one case."""
    last = case.ballots[-1] if case.ballots else None
    meeting_id = last.meeting if last is not None else None
    row = listing_papers.meeting(look.db, look.tables, meeting_id) if meeting_id else None
    pairs = [(case.rules.procedure, ballot) for ballot in case.ballots]
    return {
        "meeting": _meeting(look, row) if row is not None else None,
        "case": {**_facts(case), "state": case.state, "fields": _fields(case)},
        "rules": _rules(look, pairs),
        "ballots": [
            {**vote(case, ballot), "on": day(ballot.closed_on)}
            for ballot in case.ballots if not ballot.open
        ],
        "result": vote(case, last)["result"] if last is not None else None,
        "asked": two(sum(case.opinions.values()) + sum(
            s.why in ("no_reply", "not_sent", "running") for s in case.silences)),
        "opinions": [opinion(case, each) for each in case.said],
        "sees": case.sees,
        "disagreements": disagreements([case]),
        "waivers": waivers([case]),
        "recusals": recusals([case]),
        "silent": two(sum(each.why == "no_reply" for each in case.silences)),
        "unsent": [each.who for each in case.silences if each.why == "not_sent"],
    }  # fmt: skip


def _facts(case: Case) -> Values:
    kinds = {"individual": "Họ và tên", "collective": "Tập thể", "household": "Hộ gia đình"}
    return {"id": case.id, "name": case.name, "called": kinds[case.kind], "unit": case.unit,
            "award": case.award, "procedure": case.rules.procedure.text(
                case.rules.procedure.title, "vi")}  # fmt: skip


def _fields(case: Case) -> list[Values]:
    procedure = case.rules.procedure
    return [
        {"label": procedure.text(field.label, "vi"), "value": _value(field.type, value)}
        for name, field in procedure.fields.items()
        if (value := case.row["fields"].get(name)) and field.type != "code"
    ]  # fmt: skip


def _value(kind: str, value: str) -> str:
    if kind == "period":
        first, _, last = value.partition("/")
        return f"từ {day(first)} đến {day(last)}"
    if kind == "date":
        return day(value) or ""
    return {"yes": "có", "no": "không"}[value] if kind == "yes_no" else value
