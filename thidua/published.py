"""The published box of a ballot: every slip, and the count made again from nothing else."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables
from thidua.workflow.box_told import COUNTED
from thidua.workflow.procedure import RoundRule
from thidua.workflow.secrecy import is_sealed
from thidua.workflow.tally import Counts, judge


@dataclass(frozen=True, slots=True)
class Published:
    """One dossier's box after the close.

    `slips` are the choices from the sealed box, sorted; `openly` those of written and other open
    votes, sorted; `papers` the tellers' count. `voted` and `entitled` are the roll, `counts` and
    `outcome` what the close came to; `again` is the same reckoned from slips, votes and papers.
    """

    dossier: str
    slips: tuple[str, ...]
    openly: tuple[str, ...]
    papers: Mapping[str, int]
    entitled: tuple[str, ...]
    voted: tuple[str, ...]
    counts: Mapping[str, int]
    outcome: str
    again: Mapping[str, int]
    outcome_again: str

    @property
    def agrees(self) -> bool:
        """Whether the close counted what is in the box."""
        as_many = len(self.slips) + len(self.openly) == len(self.voted)
        same = all(self.counts.get(name) == value for name, value in self.again.items())
        return as_many and same and self.outcome == self.outcome_again


def published(db: Connection, t: Tables, rule: RoundRule, round_id: str) -> Iterator[Published]:
    """Every dossier of a ballot that was counted, from the event of its close, ascending."""
    line, e, vote = t.line.c, t.event.c, t.vote.c
    closed = (e.stream == line.dossier_id) & (e.n == line.closed_n)
    query = select(line.dossier_id, e.body).join(t.event, closed).where(line.round_id == round_id)
    cast = select(vote.dossier_id, vote.seat, vote.choice).where(vote.round_id == round_id)
    openly = list(db.execute(cast))
    for dossier, text in db.execute(query.order_by(line.dossier_id)):
        body = json.loads(text)
        if "verdict" in body and _is_opened(rule, body):
            entitled = set(body["verdict"]["roll"]["entitled"])
            mine = [c for d, seat, c in openly if d == dossier and seat in entitled]
            yield _one(rule, dossier, body, sorted(mine))


def _is_opened(rule: RoundRule, body: Mapping[str, Any]) -> bool:
    """Not a sealed box that stayed shut for want of a quorum."""
    return "slips" in body or not is_sealed(rule) or body["verdict"]["outcome"] != "no_quorum"


def _one(rule: RoundRule, dossier: str, body: Mapping[str, Any], openly: list[str]) -> Published:
    slips, papers = body.get("slips", []), body.get("papers") or {}
    roll, counts = body["verdict"]["roll"], _counts(body)
    again = _again(slips, openly, papers, counts)
    return Published(
        dossier, tuple(slips), tuple(openly), papers, tuple(roll["entitled"]),
        tuple(roll["voted"]), counts, body["verdict"]["outcome"], again,
        _outcome(rule, {**counts, **again}),
    )  # fmt: skip


def _counts(body: Mapping[str, Any]) -> dict[str, int]:
    for round_id, _, counts, *_ in body.get("lines", ()):
        if round_id == body["round_id"]:
            return dict(counts)
    return {}


def _again(
    slips: list[str], openly: list[str], papers: Mapping[str, int], counts: Mapping[str, int]
) -> dict[str, int]:
    """The votes added up; who took part is the roll's to say."""
    given = Counter([*slips, *openly])
    choices = {name: given[choice] + papers.get(name, 0) for choice, name in COUNTED.items()}
    one_by_one = len(slips) + len(openly)
    cast = {n: one_by_one + papers.get(n, 0) for n in ("issued", "returned", "valid")}
    return {**choices, **cast, "invalid": papers.get("invalid", 0),
            "entitled": counts.get("entitled", 0)}  # fmt: skip


def _outcome(rule: RoundRule, counts: Mapping[str, int]) -> str:
    if rule.passes is None:
        return ""
    outcome: str = judge(Counts(**counts), rule.quorum, rule.passes, rule.tie).outcome
    return "counted" if outcome == "passed" and rule.seats is not None else outcome
