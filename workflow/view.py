"""Everything one decision may look at: frozen, loaded under the dossier's lock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from thidua.workflow.calendar import Calendar
from thidua.workflow.change import Vote
from thidua.workflow.dossier import NOT_KNOWN, Came, Document, Dossier, Line, Task
from thidua.workflow.erasure import Erasing
from thidua.workflow.meeting import Attended
from thidua.workflow.person import Held, Seat
from thidua.workflow.procedure import Procedure, Transition
from thidua.workflow.secrecy import Boxed
from thidua.workflow.substitution import Substitution

Predicate = Callable[["View"], bool]


class Verdict(NamedTuple):
    """What a typed condition came to: names without a value, else names that make it fail.

    It holds when there are neither.
    """

    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


Expressed = Callable[[Dossier, date], Verdict]
"""A typed condition, ready to be asked of a dossier on a legal date."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A procedure ready for use: its calendar, the host's pure predicates, what was worked out.

    `leads` has the state that a trigger leads to from a state, as the machine says.
    `reach` has the states that the engine's own transitions can lead to from each state, `own`
    the transitions that it may take there: its own, and the one that the state's due brings;
    `opens` the rounds that they may open. `expressed` has the procedure's typed conditions.
    `by_receipt` says that something is counted from when the submission came, `by_closures` that
    a round counts the own days off of the units it asks, `by_share` that the answers of some may
    close a round.
    """

    procedure: Procedure
    leads: Mapping[tuple[str, str], str]
    calendar: Calendar
    predicates: Mapping[str, Predicate] = field(default_factory=dict)
    reach: Mapping[str, frozenset[str]] = field(default_factory=dict)
    own: Mapping[str, tuple[Transition, ...]] = field(default_factory=dict)
    opens: Mapping[str, frozenset[str]] = field(default_factory=dict)
    expressed: Mapping[str, Expressed] = field(default_factory=dict)
    by_receipt: bool = False
    by_closures: bool = False
    by_share: bool = False


@dataclass(frozen=True, slots=True)
class Prior:
    """The event an earlier try with the same command id made."""

    n: int
    body: Mapping[str, Any]
    private: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """A round that this act may open for the dossier: its row's id and whom it asks.

    `running` says the row exists and is joined; else the act writes it, as the `seq`-th that
    gathers by `gathered`. `tied` has the seats that must step back, and why; `unchecked` the
    grounds for that which could not be computed. `vacant` has the roles that must be asked and
    have nobody; `unneeded` says that no rule of whom to ask applies to the dossier.
    """

    round_id: str
    gathered: str
    seq: int
    seats: tuple[Seat, ...]
    running: bool
    meeting: str | None = None
    meets_on: date | None = None
    tied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unchecked: tuple[str, ...] = ()
    vacant: tuple[str, ...] = ()
    unneeded: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """A numbered decision's line about this dossier, and what had changed since it was drawn."""

    decision_id: str
    number: str
    signed_on: date
    trigger: str
    seen_n: int
    since: tuple[str, ...] = ()


class View(NamedTuple):
    """The dossier with what belongs to it, and what `People` answered about the actors.

    `substitutions` has those between who enters and who decides, whenever they run;
    `unsent` has the asks whose request has not gone out, where the act may close a round;
    `closures` the own days off of the units asked, where a round counts them; `attended` who was
    at its meetings, where votes are counted; `onto` the version that it is to go on under; `came`
    when the submission came that it is put under; `boxed` the sealed ballot that it is about;
    `erasing` what an erasure must know; `brought` the decision that brought the last step, and
    `started` the dossier that it opened, where that is to be recalled; `origin` is the dossier
    whose step opens this one.
    """

    dossier: Dossier
    tasks: tuple[Task, ...] = ()
    lines: tuple[Line, ...] = ()
    documents: tuple[Document, ...] = ()
    held: frozenset[Held] = frozenset()
    entered_held: frozenset[Held] = frozenset()
    openings: Mapping[str, Opening] = MappingProxyType({})
    prior: Prior | None = None
    decision: Signed | None = None
    votes: tuple[Vote, ...] = ()
    unsent: frozenset[int] = frozenset()
    closures: Mapping[str, tuple[date, ...]] = MappingProxyType({})
    substitutions: tuple[Substitution, ...] = ()
    attended: tuple[Attended, ...] = ()
    onto: Rules | None = None
    came: Came = NOT_KNOWN
    boxed: Boxed | None = None
    erasing: Erasing | None = None
    brought: str | None = None
    started: str | None = None
    origin: str | None = None
