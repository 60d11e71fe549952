"""council-races-…: members vote while the teller closes: every tally is that of the box."""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from bench.life import DEPARTMENTS, MEMBERS, TELLER
from figures.core.crew import Came, Order, crew
from figures.fault import replaced
from figures.figure import Outcome, Progress
from figures.office import Office
from thidua import Answer, By, Cast, Close, Fire
from thidua.storage import load
from thidua.storage.script import Pen
from thidua.storage.statements import Statements

CHOICES = {"for": "votes_for", "against": "votes_against", "abstain": "abstained"}
TYPES = {"Refused", "Stale", "Busy", "CommandReused"}
QUORUM, MAJORITY = 4, 3
"""Of five members: two thirds take part, more than a half are for."""


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many races, each of eight processes: five members, two of them twice, and a teller.

    `wrong` are tallies or outcomes that are not those of the votes before the close, `late` votes
    in a ballot after its close, `double` second votes of a member, `lost` votes acknowledged and
    not there, `untyped` losers who got no error of the engine's for that.
    """
    office, count = Office.new(url), Counter[str]()
    with crew(office) as runners:
        for n in range(size):
            dossier = f"c-{n:05}"
            convene(office, dossier)
            orders = drawn(dossier, chance)
            came = runners.run(orders)
            count.update(judged(office, dossier, orders, came))
            progress(n, size)
    return Outcome(
        size, {name: count[name] for name in ("wrong", "late", "double", "lost", "untyped")}
    )


def convene(office: Office, dossier: str) -> None:
    """A dossier whose ballot is open."""
    office.propose(dossier)
    office.act(dossier, Fire("consult"))
    for n in DEPARTMENTS:
        office.act(dossier, Answer("opinions", "agree"), By(f"d{n}"))
    office.act(dossier, Fire("convene", meeting="meeting"))


def drawn(dossier: str, chance: random.Random) -> list[Order]:
    """Who does what, in any order, on either engine."""
    votes = [(member, chance.choice([*CHOICES])) for member in MEMBERS]
    votes += [(member, chance.choice([*CHOICES])) for member in chance.sample(MEMBERS, 2)]
    wishes = [*((Cast("vote", choice), By(f"m{member}")) for member, choice in votes),
              (Close("vote"), TELLER)]  # fmt: skip
    chance.shuffle(wishes)
    return [
        Order(dossier, command, by, stock=chance.random() < 0.5, again=chance.random() < 0.7)
        for command, by in wishes
    ]


def judged(
    office: Office, dossier: str, orders: Sequence[Order], came: Sequence[Came]
) -> Counter[str]:
    """What went wrong in one race, read from rows and journal and counted by hand."""
    lines, votes, bodies = _stored(office, dossier)
    count: Counter[str] = Counter()
    count["untyped"] = sum(_is_untyped(each) for each in came)
    seats = Counter((vote["round_id"], vote["seat"]) for vote in votes)
    count["double"] = seats.total() - len(seats)
    for line in lines:
        if line["closed_n"] is None:
            continue
        mine = [vote for vote in votes if vote["round_id"] == line["round_id"]]
        count["late"] += sum(vote["n"] > line["closed_n"] for vote in mine)
        count["wrong"] += _tally(line, bodies) != _counted(mine)
    cast = sum(isinstance(order.command, Cast) and each.won
               for order, each in zip(orders, came, strict=True))  # fmt: skip
    count["lost"] = abs(cast - len(votes)) + office.problems(dossier)
    return count


def _stored(office: Office, dossier: str) -> tuple[list[Any], list[Any], dict[int, Any]]:
    t = office.wf.tables
    with office.reading() as db:
        mine = (t.line.c.dossier_id == dossier) & (t.line.c.name == "vote")
        lines = list(db.execute(select(t.line).where(mine)).mappings())
        votes = list(db.execute(select(t.vote).where(t.vote.c.dossier_id == dossier)).mappings())
    return lines, votes, dict(enumerate(office.bodies(dossier), start=1))


def _tally(line: Any, bodies: dict[int, Any]) -> tuple[str, int, int, int]:
    """What the close said, in its event and on its row alike."""
    counts, verdict = json.loads(line["counts"]), bodies[line["closed_n"]]["verdict"]
    told = tuple(counts[name] for name in CHOICES.values())
    if len(verdict["roll"]["voted"]) != sum(told):
        return "roll", *told
    return (verdict["outcome"], *told)


def _counted(votes: Sequence[Any]) -> tuple[str, int, int, int]:
    box = Counter(vote["choice"] for vote in votes)
    if len(votes) < QUORUM:
        outcome = "no_quorum"
    else:
        outcome = "passed" if box["for"] >= MAJORITY else "failed"
    return (outcome, *(box[choice] for choice in CHOICES))


def _is_untyped(came: Came) -> bool:
    if came.done is not None or came.error in TYPES:
        return False
    print(f"{came.error}: {came.words}", file=sys.stderr)
    return True


@contextmanager
def hasty() -> Iterator[None]:
    """Plant a count that has not seen the last vote in the box."""
    look = load.votes

    def votes(pen: Pen, s: Statements, dossier_id: str) -> Any:
        found, *rest = look(pen, s, dossier_id)
        return (found[:-1], *rest)

    with replaced(load, "votes", votes):
        yield
