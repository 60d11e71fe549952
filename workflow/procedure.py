"""A procedure as values: what its file declares, typed, with every name resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from thidua.workflow.balloting import RoundsRule, SeatsRule, Voters, Way
from thidua.workflow.due import Fixed, Span
from thidua.workflow.exchange_rule import AskBackRule, ConfirmRule
from thidua.workflow.ladder import Ladder
from thidua.workflow.tally import Pass, Quorum
from thidua.workflow.window import WindowRule

Label = Mapping[str, str]
"""One text in the procedure's languages: `{"vi": …, "en": …}`."""

Certainty = Literal["read", "analogy", "assumed"]


@dataclass(frozen=True, slots=True)
class Ground:
    """The source of a number: its text, the dates it holds, how sure we are of it."""

    name: str
    text: str
    certainty: Certainty
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """Who may act; `own_unit` limits the role to dossiers of the holder's own unit.

    A holder of a role that `leads` is head or deputy of the unit it is held in: a unit is not
    asked about its own head where the procedure says so.
    """

    name: str
    label: Label
    own_unit: bool = False
    never_also: tuple[str, ...] = ()
    delegable: bool = True
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A value a dossier carries. `period` is "YYYY-MM-DD/YYYY-MM-DD", `yes_no` "yes" or "no"."""

    name: str
    label: Label
    type: Literal["text", "number", "date", "period", "yes_no", "code"]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of paper; `needed_if` names a yes_no field, `source` whose paper it is."""

    name: str
    label: Label
    source: Literal["dossier", "submission"] = "dossier"
    needed: bool = False
    needed_if: str | None = None


EVENTS = ("entry", "opening", "sending", "receipt", "completeness")
"""What a due may be counted from beside a field."""


@dataclass(frozen=True, slots=True)
class DueRule:
    """A time allowed: a span from an event, or at least a span before one; or a fixed date.

    `start` is one of `EVENTS`, or a field: of a period its last day. "receipt" is that of the
    submission; of what a round sends out with `receipt_unknown`, which is how long after sending
    it is presumed. "completeness" is the entry, or the end of the return that made the dossier
    complete. `then` is the trigger that the engine fires when it has passed. With `before` the
    span counts back: from the round's meeting ("vote.meeting"), or from a field, of a period from
    its first day. With `closures` the asked unit's own days off are days off. `receipt_ground` is
    what `receipt_unknown` rests on, where that is not `ground`.
    """

    span: Span | Fixed
    ground: str
    start: str = "entry"
    receipt_unknown: Span | None = None
    before: str | None = None
    ladder: str | None = None
    then: str | None = None
    closures: bool = False
    receipt_ground: str | None = None

    @property
    def field(self) -> str | None:
        """The field it hangs on, if any."""
        if self.before is not None:
            return None if "." in self.before else self.before
        return None if self.start in EVENTS else self.start


@dataclass(frozen=True, slots=True)
class Ask:
    """Whom a consultation asks about a dossier.

    `units` is "of_candidate" (the candidate's own unit), "all" (every holder of the role on the
    day), "same:FIELD" (units whose group FIELD equals the dossier's field of that name) or
    "group:NAME" (units that share the group NAME with the candidate's unit, such as its province).
    `when` is a yes_no field or a typed condition: only then it is asked.
    """

    role: str
    units: str = "of_candidate"
    if_none: Literal["skip", "refuse"] = "refuse"
    own_head: Literal["ask", "ask_superior", "skip"] = "ask"
    own_proposal: Literal["ask", "ask_superior", "skip"] = "ask"
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """When a round is over for a dossier.

    Any of: all asked have answered; a `share` of them has, or so many `answers` are in; `units`
    and `plus` others have; the due and `transit` have passed (`at_due`); role `by` closes it. Its
    numbers rest on `ground`, without one on that of the round's due.
    """

    all_answered: bool = False
    share: Fraction | None = None
    units: tuple[str, ...] = ()
    plus: int = 0
    at_due: bool = False
    transit: Span | None = None
    by: str | None = None
    answers: int | None = None
    ground: str | None = None


Proof = Literal["postmark", "e_stamp", "portal", "receipt"]
"""What says when an answer was given: the first that its paper has, else its receipt."""


@dataclass(frozen=True, slots=True)
class RoundRule:
    """A named piece of asking: a consultation, a public posting or a ballot.

    An answer is in time by what `counts_by` names. `proof` is the kind of document without which
    a posting is not over. With `written_until_due` written votes are taken until a ballot's due
    and nothing is counted before; `also_shows` are final states whose dossiers the meeting is
    shown without a vote.
    """

    name: str
    label: Label
    kind: Literal["consultation", "posting", "ballot"]
    gather: Literal["submission", "campaign", "meeting", "officer"]
    due: DueRule | None
    close: Close
    ask: Ask | None = None
    question: Label = field(default_factory=dict)
    rests_on: tuple[str, ...] = ()
    silence: Literal["continue", "wait"] = "continue"
    proof: str | None = None
    voters: Voters | None = None
    ways: tuple[Way, ...] = ()
    secret: bool = False
    quorum: Quorum | None = None
    quorum_else: Literal["revote", "fails"] = "fails"
    quorum_ground: str | None = None
    passes: Pass | None = None
    pass_ground: str | None = None
    tie: Literal["fails", "revote", "chair"] = "fails"
    seats: SeatsRule | None = None
    sees: tuple[str, ...] = ()
    counts_by: tuple[Proof, ...] = ("receipt",)
    limit: RoundsRule | None = None
    written_until_due: bool = False
    also_shows: tuple[str, ...] = ()
    also_asks: tuple[Ask, ...] = ()
    confirm: ConfirmRule | None = None
    ask_back: AskBackRule | None = None

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Every rule of whom a consultation asks."""
        return () if self.ask is None else (self.ask, *self.also_asks)


@dataclass(frozen=True, slots=True)
class SpanRule:
    """A due between two events across states: from a trigger fired to a state entered."""

    name: str
    start: str
    end: str
    due: DueRule


@dataclass(frozen=True, slots=True)
class State:
    """Where a dossier stands; a final state has an `outcome`, `result` is its word in letters."""

    name: str
    label: Label
    due: DueRule | None = None
    opens: tuple[str, ...] = ()
    final: bool = False
    outcome: str | None = None
    result: Label = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expression:
    """A typed condition: what it is called in `conditions`, its text, what it says to people.

    `ground` is the source of the numbers and dates in it.
    """

    name: str
    text: str
    label: Label = field(default_factory=dict)
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from `source` states to `dest`; `by` is a role or "engine".

    `conditions` are names: "documents.complete", "ROUND.closed", "host.NAME", and of a typed
    condition "expr.NAME", or "expr:" with its text where it has no name. `starts` is the procedure
    ("NAME" or "NAME@VERSION") under which the step opens a linked dossier.
    """

    trigger: str
    label: Label
    source: tuple[str, ...]
    dest: str
    by: str
    conditions: tuple[str, ...] = ()
    note_required: bool = False
    decision_required: bool = False
    starts: str | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do one of the engine's own acts; no roles means nobody.

    `due` is how long what is asked for by a return may take.
    """

    roles: tuple[str, ...] = ()
    dest: str | None = None
    decision_required: bool = False
    ground_required: bool = False
    due: DueRule | None = None


@dataclass(frozen=True, slots=True)
class WaiveTerms:
    """Which role owes a waived condition, and the ladder that reminds of its debt date."""

    owes: str | None = None
    ladder: str | None = None


@dataclass(frozen=True, slots=True)
class MessageRule:
    """What is written to whom when an event happens ("ROUND.opened", or a state's name).

    An `immediate` one is a mail of its own at the next open hour; others wait for the digest.
    With `enclose` the files of what the office says to seats in the round go along with mails.
    """

    event: str
    to: str
    template: str
    immediate: bool = False
    enclose: bool = False


@dataclass(frozen=True, slots=True)
class LaidOver:
    """The procedure that an overlay was laid over, and the content hashes of both texts."""

    procedure: str
    version: str
    hash: str
    overlay: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure. `hash` is the content hash its dossiers are pinned to."""

    name: str
    version: str
    hash: str
    title: Label
    languages: tuple[str, ...]
    calendar: str
    initial: str
    awards: Mapping[str, Label]
    grounds: Mapping[str, Ground]
    roles: Mapping[str, Role]
    fields: Mapping[str, Field]
    documents: Mapping[str, DocumentKind]
    ladders: Mapping[str, Ladder]
    rounds: Mapping[str, RoundRule]
    spans: Mapping[str, SpanRule]
    states: Mapping[str, State]
    transitions: tuple[Transition, ...]
    may: Mapping[str, Right]
    waive: Mapping[str, str]
    recuse_if: tuple[str, ...]
    messages: tuple[MessageRule, ...]
    in_force_from: date | None = None
    in_force_to: date | None = None
    expressions: Mapping[str, Expression] = field(default_factory=dict)
    windows: Mapping[str, WindowRule] = field(default_factory=dict)
    laid_over: LaidOver | None = None
    waive_terms: Mapping[str, WaiveTerms] = field(default_factory=dict)
    sees: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def text(self, label: Label, lang: str) -> str:
        """`label` in `lang`, or in the procedure's first language."""
        return label.get(lang) or label[self.languages[0]]

    @property
    def assumed(self) -> tuple[str, ...]:
        """Names of the grounds that nobody has confirmed yet."""
        return tuple(g.name for g in self.grounds.values() if g.certainty == "assumed")
