"""Who acts for another, and what that adds to the table: written by hand."""

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from figures.council.matrix.standing import VOTED
from figures.council.matrix.table import (
    ACTS,
    ALONE,
    DENIED,
    ENGINES,
    OF_PERSONS,
    RIGHTS,
    SITUATIONS,
    Cell,
    expected,
)


class Relation(NamedTuple):
    """`actor` acts for another, `paper` in hand or not; what is held against that, but in `acts`.

    `for_` is who it is; by default the first who has the right to the act.
    """

    actor: str
    code: str | None = None
    acts: tuple[str, ...] = ()
    paper: bool = False
    for_: str | None = None


FOR: dict[str, Relation] = {
    "stands-in": Relation("sub"),
    "stood-in": Relation("sub-ended", "substitution-ended"),
    "will-stand-in": Relation("sub-later", "substitution-not-begun"),
    "stands-in-to-hold": Relation("sub-act", "substitution-elsewhere", ("hold",)),
    "stands-in-as-teller": Relation("sub-role", "substitution-elsewhere", ("count", "void")),
    "stands-in-elsewhere": Relation("sub-unit", "substitution-elsewhere"),
    "stands-in-for-gone": Relation("sub", for_="gone"),
    "gone-stands-in": Relation("gone"),
    "enters": Relation("clerk", paper=True),
    "enters-without-paper": Relation("clerk", "ground-missing"),
    "enters-without-right": Relation("stranger", "may-not-enter-for", paper=True),
}
PAPERED = ("waive", "redeem", "migrate", "redact", "refuse_erasure")
"""Acts that always have a paper here."""
WHO = (*ALONE, *FOR)
CELLS = tuple(
    Cell(act, who, *at)
    for act, who in product(ACTS, WHO)
    for at in (SITUATIONS if act != "create" else (("", ""),))
)


LOOKED_AT_LAST = frozenset(("recall-repeated", "nothing-to-waive"))

OF_MEETINGS = ("put_off", "put_to")
"""The command line asks the meeting's register first, which knows nothing of the dossier."""


class Expected(NamedTuple):
    """What may be told: all of `must`, and nothing beyond `may`; nothing at all when allowed."""

    must: frozenset[str]
    may: frozenset[str]

    def fits(self, told: frozenset[str]) -> bool:
        """Whether the answer is one that may be given."""
        return self.must <= told <= self.may and bool(told) == bool(self.may)


def decider(cell: Cell) -> str:
    """Whose act it is."""
    relation = FOR.get(cell.who)
    if relation is None:
        return cell.who
    return relation.for_ or next(iter(RIGHTS[cell.act]), "officer")


def answer(cell: Cell) -> Expected:
    """What the table says of a cell."""
    relation = FOR.get(cell.who)
    if relation is None:
        codes = expected(cell)
        return Expected(codes, codes)
    own = expected(cell._replace(who=decider(cell)))
    against = _against(cell, relation)
    if cell.act == "inform" and (relation.paper or relation.actor == "clerk"):
        own -= {"never-asked"}  # an officer may enter it for a unit that was never asked
    if against:
        own -= LOOKED_AT_LAST
    if cell.act in OF_MEETINGS and against and cell.place in VOTED:
        return Expected(against, own | against | OF_PERSONS)
    return _told(own, against)


def one_sided(cells: Iterable[Cell] = CELLS) -> set[str]:
    """Acts that these cells do not show both allowed and refused; of the engine's only refused."""
    seen = {(cell.act, not answer(cell).may) for cell in cells}
    return {act for act in ACTS if act not in ENGINES and not {(act, True), (act, False)} <= seen}


def _told(own: frozenset[str], against: frozenset[str]) -> Expected:
    """Who may not is told nothing of where the dossier stands; which words on persons is free."""
    both = own | against
    if "round-not-opened" in own:
        return Expected(own, own)
    if not both:
        return Expected(both, both)
    must = both & (DENIED | against) if both & DENIED else both
    must = must - {"not-your-seat"} if "recused" in must else must
    return Expected(must, must | (OF_PERSONS if both & OF_PERSONS else frozenset()))


def _against(cell: Cell, relation: Relation) -> frozenset[str]:
    """What is held against acting for another, beside what is held against the other himself."""
    if relation.actor == "gone" and cell.place in VOTED:
        return frozenset(("recused",))
    if cell.act == "cast" and (relation.paper or relation.actor == "clerk"):
        both = {"vote-in-person", *((relation.code,) if relation.code else ())}
        words = {"secret-with-words"} if relation.paper and cell.place == "lost" else set()
        return frozenset(both | words)
    if cell.act == "cast" and cell.place == "lost" and relation.for_ is None:
        return frozenset(("vote-in-person",)) | _standing_in(cell, relation)
    return _standing_in(cell, relation)


def _standing_in(cell: Cell, relation: Relation) -> frozenset[str]:
    as_member = cell.act in ("cast", "recuse") and relation.for_ is None
    if as_member and relation.code in (None, "substitution-elsewhere") and not relation.paper:
        return frozenset(("not-delegable",))
    papered = relation.code == "ground-missing" and cell.act in PAPERED
    if relation.code is None or cell.act in relation.acts or papered:
        return frozenset()
    if not RIGHTS[cell.act] and relation.code == "substitution-elsewhere":
        return frozenset(("may-not-enter-for",))  # there is no role to stand in for
    return frozenset((relation.code,))
