"""What eight processes want of one dossier at once, and how many of them may get it."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from bench.life import DEPARTMENTS, MEMBERS, OFFICER, TELLER
from figures.core.crew import CREW, Order
from figures.office import Office
from thidua import Answer, By, Cast, Close, Command, Correct, Fire, Withdraw

Wish = tuple[Command, By]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of race: what each wants, and how many wishes at most can come true. With `sure`
    that many do, where nobody gives up while the database is busy.
    """

    wins: int
    wishes: Callable[[random.Random], list[Wish]]
    before: Callable[[Office, str], object] = lambda *_: None
    command_id: str | None = None
    expect: int | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Rivalry:
    """The orders for one dossier, and the least and the most wins there may be."""

    orders: list[Order]
    least: int
    most: int


def rivalry(kind: Kind, office: Office, dossier: str, chance: random.Random) -> Rivalry:
    """Bring the dossier to where the race begins, and draw who does what on which engine."""
    kind.before(office, dossier)
    again = chance.random() < 0.5
    wishes = kind.wishes(chance)
    chance.shuffle(wishes)
    orders = [
        Order(
            dossier, command, by, kind.command_id, kind.expect,
            stock=chance.random() < 0.5, again=again,
        )
        for command, by in wishes
    ]  # fmt: skip
    return Rivalry(orders, kind.wins if kind.sure and again else 0, kind.wins)


def _convened(office: Office, dossier: str) -> None:
    office.act(dossier, Fire("consult"))
    for n in DEPARTMENTS:
        office.act(dossier, Answer("opinions", "agree"), By(f"d{n}"))
    office.act(dossier, Fire("convene", meeting="meeting"))


def _correct(field: int, value: str) -> Wish:
    return Correct({f"f{field}": value}, note="Ghi sai"), OFFICER


def _consult_or_withdraw(_: random.Random) -> list[Wish]:
    return [(Fire("consult"), OFFICER), (Withdraw(), OFFICER)] * (CREW // 2)


def _consult(_: random.Random) -> list[Wish]:
    return [(Fire("consult"), OFFICER)] * CREW


def _same_words(_: random.Random) -> list[Wish]:
    return [_correct(0, "một")] * CREW


def _two_wordings(_: random.Random) -> list[Wish]:
    return [_correct(0, f"bản {n % 2}") for n in range(CREW)]


def _a_field_each(_: random.Random) -> list[Wish]:
    return [_correct(n, f"bản {n}") for n in range(CREW)]


def _vote_and_close(chance: random.Random) -> list[Wish]:
    """Five members vote, two of them twice, while the teller closes."""
    voters = [*MEMBERS, *chance.sample(MEMBERS, 2)]
    return [*((Cast("vote", "for"), By(f"m{n}")) for n in voters), (Close("vote"), TELLER)]


KINDS = (
    Kind(1, _consult_or_withdraw, expect=1),
    Kind(1, _consult),
    Kind(1, _same_words, command_id="same"),
    Kind(1, _two_wordings, command_id="one"),
    Kind(CREW, _a_field_each),
    # Closed without a quorum, another ballot opens, in which a member may vote again.
    Kind(CREW, _vote_and_close, before=_convened, sure=False),
)
