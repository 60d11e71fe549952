"""What goes between the office and those it asks in a round, over all the round's dossiers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from thidua.connection import Db, connection_of
from thidua.ledger import Ledger
from thidua.rounds import Listed, Rounds, Said, each_of
from thidua.storage import listing_exchange
from thidua.storage.listing_exchange import Drafted
from thidua.workflow.ask_told import Told
from thidua.workflow.change import Done
from thidua.workflow.command import Answer, Command
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.exchange import (
    AnswerBack,
    AskBack,
    CancelRound,
    Excuse,
    Include,
    Look,
    Prepare,
    Reopen,
    Request,
)
from thidua.workflow.paper import Enclosure, Paper
from thidua.workflow.person import By, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an act over a list carries: its words, its paper, when it was, and how it is tried.

    `note` is what is said, or why; `happened_at` a UTC instant not after the act. A dossier that
    refuses does not stop the others, unless `all_or_nothing`.
    """

    note: str | None = None
    ground: Paper | None = None
    happened_at: datetime | None = None
    command_id: str | None = None
    all_or_nothing: bool = False
    now: datetime | None = None

    @property
    def told(self) -> dict[str, Any]:
        """What a command carries of it."""
        return {"note": self.note, "ground": self.ground, "happened_at": self.happened_at}


@dataclass(frozen=True, slots=True)
class Exchange:
    """Acts on a round's many dossiers in the caller's transaction, dossiers ascending.

    Each is one act and one event a dossier, and gives `Listed`: what was taken, what was refused.
    `Unknown` for a round or a seat that is not there. `only` narrows it to some dossiers.
    """

    ledger: Ledger
    act: Callable[..., Done]
    rounds: Rounds

    def look(self, db: Db, round_id: str, seat: str, *, by: By, terms: Terms = Terms()) -> Listed:
        """Record that `by` has opened what a seat is asked; once a person, however often."""
        key = f"look:{round_id}:{seat}:{by.decider}"
        look = Look(round_id, seat, ground=terms.ground, happened_at=terms.happened_at)
        commands: dict[str, Command] = dict.fromkeys(
            self._asked(db, round_id, seat, None, by, terms.now), look
        )
        act = partial(self.act, db, by=by, command_id=key, now=terms.now)
        return each_of(act, commands.items(), all_or_nothing=False)

    def prepare(  # noqa: PLR0913 -- the terms of one act, by keyword
        self,
        db: Db,
        round_id: str,
        seat: str,
        opinion: str,
        *,
        by: By,
        except_: Mapping[str, Said] | None = None,
        enclosed: tuple[Enclosure, ...] = (),
        terms: Terms = Terms(),
    ) -> Listed:
        """Draft a seat's answer for its list, as `Rounds.answer` gives one."""
        apart = except_ or {}
        commands: dict[str, Command] = {}
        for dossier in self._asked(db, round_id, seat, None, by, terms.now):
            kind, why = apart.get(dossier, (opinion, terms.note))
            commands[dossier] = Prepare(
                round_id, kind, seat, enclosed,
                note=why, ground=terms.ground, happened_at=terms.happened_at,
            )  # fmt: skip
        strange = sorted(set(apart) - set(commands))
        if strange:
            raise Unknown("not-on-list", dossier=", ".join(strange), seat=seat)
        return self._each(db, commands, by, terms)

    def drafts(
        self, db: Db, round_id: str, seat: str, *, command_id: str | None = None
    ) -> dict[str, Drafted]:
        """By dossier the draft that waits to be confirmed, or that this command has confirmed; for
        the seat's own eyes.
        """
        connection, t = connection_of(db), self.ledger.tables
        return listing_exchange.drafts(connection, t, round_id, seat, command_id=command_id)

    def confirm(
        self,
        db: Db,
        round_id: str,
        seat: str,
        *,
        by: By,
        only: Iterable[str] | None = None,
        terms: Terms = Terms(),
    ) -> Listed:
        """Give the drafts of a seat as its answers, with the number of the unit's letter.

        `Refused` ("no-draft") when none waits.
        """
        self.rounds.require_own(db, by, seat, terms.now)
        waiting = self.drafts(db, round_id, seat, command_id=terms.command_id)
        chosen = waiting if only is None else {key: waiting[key] for key in only if key in waiting}
        if not chosen:
            raise Refused.of("no-draft", seat=seat, round=round_id)
        commands: dict[str, Command] = {
            key: Answer(round_id, draft.opinion, seat, drafted=draft.n, note=draft.note,
                        ground=terms.ground, happened_at=terms.happened_at)
            for key, draft in sorted(chosen.items())
        }  # fmt: skip
        return self._each(db, commands, by, terms)

    def ask_back(
        self,
        db: Db,
        round_id: str,
        seat: str,
        *,
        by: By,
        only: Iterable[str] | None = None,
        enclosed: tuple[Enclosure, ...] = (),
        terms: Terms,
    ) -> Listed:
        """Ask the office something about some or all of a seat's dossiers: `terms.note`."""
        command = AskBack(round_id, seat, enclosed, **terms.told)
        asked = self._asked(db, round_id, seat, only, by, terms.now)
        return self._all(db, asked, command, by, terms)

    def answer_back(
        self,
        db: Db,
        round_id: str,
        seat: str,
        *,
        by: By,
        only: Iterable[str] | None = None,
        enclosed: tuple[Enclosure, ...] = (),
        terms: Terms,
    ) -> Listed:
        """Answer what a seat has asked back, wherever its question waits."""
        command = AnswerBack(round_id, seat, enclosed, **terms.told)
        listed = self._asked(db, round_id, seat, only, by, terms.now, act="answer_back")
        waiting = set(self.questions(db, round_id, seat, command_id=terms.command_id))
        asked = [key for key in listed if key in waiting]
        if not asked:
            raise Refused.of("no-question", seat=seat, round=round_id)
        return self._all(db, asked, command, by, terms)

    def request(
        self,
        db: Db,
        round_id: str,
        seat: str | None = None,
        *,
        by: By,
        enclosed: tuple[Enclosure, ...] = (),
        terms: Terms,
    ) -> Listed:
        """Ask more of one seat, or of all that have not answered: `terms.note`."""
        command = Request(round_id, seat, enclosed, **terms.told)
        asked = self._asked(db, round_id, seat, None, by, terms.now, act="ask")
        return self._all(db, asked, command, by, terms)

    def include(
        self,
        db: Db,
        round_id: str,
        seat: str,
        *,
        by: By,
        only: Iterable[str] | None = None,
        terms: Terms,
    ) -> Listed:
        """Ask one more seat about the round's dossiers, in its own time.

        `Refused` ("nobody-sits") for a seat that nobody holds on the day.
        """
        self.must_be_held(db, seat, now=terms.now)
        command = Include(round_id, seat, note=terms.note, ground=terms.ground)
        return self._all(db, self._asked(db, round_id, None, only), command, by, terms)

    def must_be_held(self, db: Db, seat: str, *, now: datetime | None = None) -> None:
        """`Refused` ("nobody-sits") for a seat that nobody holds on the day."""
        if not self.is_held(db, seat, now=now):
            raise Refused.of("nobody-sits", seat=seat)

    def is_held(self, db: Db, seat: str, *, now: datetime | None = None) -> bool:
        """Whether somebody holds a seat on the day."""
        at, today = Seat.parse(seat), self.ledger.shelf.today(now or self.ledger.clock())
        return at in self.ledger.people.seats(connection_of(db), at.role, today, unit=at.unit)

    def excuse(
        self,
        db: Db,
        round_id: str,
        seat: str,
        *,
        by: By,
        only: Iterable[str] | None = None,
        terms: Terms,
    ) -> Listed:
        """Not ask a seat any more, or not hold its silence against it; it has not answered."""
        command = Excuse(round_id, seat, note=terms.note, ground=terms.ground)
        asked = self._asked(db, round_id, seat, only, by, terms.now, act="ask")
        return self._all(db, asked, command, by, terms)

    def cancel(self, db: Db, round_id: str, *, by: By, terms: Terms) -> Listed:
        """Cancel a wrong round for all its dossiers; all who got it are told why and by whom."""
        command = CancelRound(round_id, note=terms.note, ground=terms.ground)
        return self._all(db, self._asked(db, round_id, None, None), command, by, terms)

    def reopen(
        self,
        db: Db,
        round_id: str,
        *,
        by: By,
        only: Iterable[str] | None = None,
        terms: Terms,
    ) -> Listed:
        """A new round for the dossiers of one that was cancelled, or with what it left open.

        Dossiers in which nothing is open are among the refused ("nothing-open").
        """
        r = self.ledger.tables.round.c
        asked = self._asked(db, round_id, None, only)
        name = connection_of(db).execute(select(r.name).where(r.id == round_id)).scalar_one()
        command = Reopen(name, note=terms.note, ground=terms.ground)
        return self._all(db, asked, command, by, terms)

    def told(self, db: Db, round_id: str) -> dict[tuple[str, str], Told]:
        """By dossier and seat every state that each ask of a round was in, and where it stands."""
        return listing_exchange.told(connection_of(db), self.ledger.tables, round_id)

    def questions(
        self, db: Db, round_id: str, seat: str, *, command_id: str | None = None
    ) -> list[str]:
        """The dossiers about which a seat waits for the answer to a question; where that command
        has answered some, those.
        """
        connection, t = connection_of(db), self.ledger.tables.task.c
        if command_id is not None and (
            done := listing_exchange.done_by(connection, self.ledger.tables, round_id, command_id)
        ):
            return done
        open_here = (t.round_id == round_id) & (t.what == f"question:{seat}")
        query = select(t.dossier_id).where(open_here, t.status.in_(("open", "paused")))
        return list(connection.execute(query).scalars())

    def _asked(
        self, db: Db, round_id: str, seat: str | None, only: Iterable[str] | None,
        by: By | None = None, now: datetime | None = None, *, act: str | None = None,
    ) -> list[str]:  # fmt: skip
        """`by` is given for what only the seat itself does, and with `act` for what a right is."""
        listed = self.rounds.asked(db, round_id, seat, by=by, act=act, now=now)
        if only is None:
            return listed
        wanted = sorted(set(only))
        strange = [key for key in wanted if key not in listed]
        if strange:
            raise Unknown("not-on-list", dossier=", ".join(strange), seat=seat or round_id)
        return wanted

    def _all(self, db: Db, asked: list[str], command: Command, by: By, terms: Terms) -> Listed:
        return self._each(db, dict.fromkeys(asked, command), by, terms)

    def _each(self, db: Db, commands: Mapping[str, Command], by: By, terms: Terms) -> Listed:
        act = partial(self.act, db, by=by, command_id=terms.command_id, now=terms.now)
        return each_of(act, commands.items(), all_or_nothing=terms.all_or_nothing)
