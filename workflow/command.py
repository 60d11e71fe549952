"""What a person or the clock asks of a dossier, as frozen values."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from thidua.workflow.dossier import Candidate
from thidua.workflow.paper import Enclosure, Paper
from thidua.workflow.tally import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every command may carry: a note, the paper it rests on, when it really happened.

    Names and words are left out where a command is shown, as in a host's log.
    """

    note: str | None = field(default=None, repr=False)
    ground: Paper | None = None
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Create(Command):
    """Propose one candidate for one award under a procedure (name, or its content hash)."""

    procedure: str
    award: str
    candidate: Candidate
    unit: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    submission: str | None = None
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Fire(Command):
    """Take a transition; `round` joins a running round, `meeting` seats a ballot on its agenda.

    Of a step that opens a linked dossier `starts` is that one's id (None: this dossier's id and the
    number of the event) and `award` what it is proposed for, where that is not clear.
    """

    trigger: str
    round: str | None = None
    meeting: str | None = None
    decision: str | None = None
    starts: str | None = None
    award: str | None = None


@dataclass(frozen=True, slots=True)
class Answer(Command):
    """Give a seat's opinion in a round: by its name the newest one, or one by its id.

    `seat` may be left out by who sits on one. `drafted` is the number of the event that drafted
    the answer which this confirms.
    """

    round: str
    opinion: str
    seat: str | None = None
    enclosed: tuple[Enclosure, ...] = ()
    drafted: int | None = None


@dataclass(frozen=True, slots=True)
class Reply(Command):
    """Answer a disagreement in writing; the answer is the note."""

    round: str
    seat: str
    enclosed: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast(Command):
    """Vote "for", "against" or "abstain" in a ballot (by its name).

    How is left out where the value is shown, as in a host's log: the ballot may be secret.
    """

    round: str
    choice: str = field(repr=False)
    seat: str | None = None
    way: str = "electronic"


@dataclass(frozen=True, slots=True)
class Close(Command):
    """End a round for this dossier; a paper ballot brings the tellers' `counts`."""

    round: str
    counts: Counts | None = None
    way: str | None = None


@dataclass(frozen=True, slots=True)
class VoidBallot(Command):
    """End a secret ballot whose sealed box cannot be opened any more; its members vote anew."""

    round: str


@dataclass(frozen=True, slots=True)
class Settle(Command):
    """Give a counted ballot the outcome that the ranking of its group came to (engine only)."""

    round: str
    outcome: str


@dataclass(frozen=True, slots=True)
class BreakTie(Command):
    """Decide a tie "for" or "against", as the chair."""

    round: str
    choice: str


@dataclass(frozen=True, slots=True)
class PutOff(Command):
    """Take a running ballot (by its name) off its meeting, to another one or to none yet."""

    round: str
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class PutTo(Command):
    """Put a dossier that waits for a meeting to one: its ballot opens anew."""

    round: str
    meeting: str


@dataclass(frozen=True, slots=True)
class Attach(Command):
    """Add a document whose bytes are already kept under their SHA-256."""

    kind: str
    sha256: str
    size: int
    type: str
    name: str = field(repr=False)
    pages: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Bring the file's name into NFC."""
        object.__setattr__(self, "name", unicodedata.normalize("NFC", self.name))


@dataclass(frozen=True, slots=True)
class Assign(Command):
    """Put an open task (by its number) on somebody's desk, or back in the queue (None)."""

    task: int
    holder: str | None


@dataclass(frozen=True, slots=True)
class Return(Command):
    """Ask for a supplement of the named fields and document kinds; the clock stops."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supplement(Command):
    """Give the fields asked for by a return; `done` ends the return and the clock runs on."""

    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    done: bool = True


@dataclass(frozen=True, slots=True)
class Hold(Command):
    """Stop a dossier (discipline, inspection, complaint); the reason is the note."""


@dataclass(frozen=True, slots=True)
class Release(Command):
    """End a hold; the clock runs on with what was left."""


@dataclass(frozen=True, slots=True)
class Extend(Command):
    """Move a due to a later legal date; the note says why.

    Of a round (by name or id) the asks or votes of all seats or of one `seat`, silent ones of a
    round that the clock has closed included; else of a `span`; with neither, of the present state.
    """

    round: str | None
    until_on: date
    seat: str | None = None
    span: str | None = None


@dataclass(frozen=True, slots=True)
class Contact(Command):
    """Note that a seat was spoken to by "phone", "letter" or on "paper"; the note says what."""

    seat: str
    way: str
    round: str | None = None
    spoke_to: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Promise(Command):
    """Note that a seat promises its answer in a round (by its name) for a legal date."""

    round: str
    seat: str
    until_on: date
    spoke_to: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Correct(Command):
    """Put right what was entered wrongly; the old values stay in the journal."""

    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Waive(Command):
    """Set aside a named condition, with a paper and a date by which the debt is made good."""

    condition: str
    until_on: date


@dataclass(frozen=True, slots=True)
class Redeem(Command):
    """Note that what a waived condition left owing has been made good by other means."""

    condition: str


@dataclass(frozen=True, slots=True)
class Transfer(Command):
    """Put a dossier under another submission, or under none, before it is accepted."""

    submission: str | None


@dataclass(frozen=True, slots=True)
class Recuse(Command):
    """Step back from a dossier: the seat's open tasks end and a ballot's base shrinks."""

    seat: str | None = None


@dataclass(frozen=True, slots=True)
class Recall(Command):
    """Undo the last transition as a new fact: the dossier goes back to where it came from."""


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    """Take the nomination back."""


@dataclass(frozen=True, slots=True)
class Revoke(Command):
    """Undo an award by a new decision."""

    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Expire(Command):
    """What a due brings when its time has come: closes a round or fires a trigger (engine only)."""

    task: int


@dataclass(frozen=True, slots=True)
class Migrate(Command):
    """Go on under another version of the procedure, by its content hash.

    `states` maps states of the old version to those of the new one; others keep their names.
    """

    onto: str
    states: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remeet(Command):
    """Count the dues anew that count back from a meeting, once that moved (engine only)."""

    meeting: str
    held_on: date


@dataclass(frozen=True, slots=True)
class Reproject(Command):
    """Count the running dues anew by the calendar as it is now (engine only).

    `change` is the number of its newest correction, None when a release brought the new days;
    `days` are those that were corrected; the note is the document that orders it.
    """

    change: int | None = None
    days: tuple[date, ...] = ()
