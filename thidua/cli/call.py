"""One call of the command line: what was said, who says it, and the place it works on."""

import getpass
import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from thidua.settings import Settings, from_environment
from thidua.workflow.errors import Misuse, Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import By

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.bootstrap import Desk, Workplace
    from thidua.storage.schema import Tables

T = TypeVar("T")

PAPER = {
    "number": "paper_number", "symbol": "paper_symbol", "signed_on": "paper_date",
    "signer": "signer", "capacity": "capacity", "incoming": "incoming", "postmark_on": "postmark",
    "stamped_at": "stamped", "portal_at": "portal",
}  # fmt: skip


class Call:
    """What every command is handed. `given` holds the shared options that were said."""

    def __init__(
        self, environment: Mapping[str, str] | None = None, desk: "Desk | None" = None
    ) -> None:
        self.environment = os.environ if environment is None else environment
        self.given: dict[str, Any] = {}
        self.procedure: str | None = None
        """The content hash of the procedure that the call is about, once that is known."""
        self._desk, self._own_desk = desk, desk is None

    @property
    def lang(self) -> str:
        """The language of the answer, whatever else is wrong."""
        said = self.given.get("lang") or self.environment.get("THIDUA_LANG")
        return said if said in ("vi", "en") else "vi"

    @property
    def as_json(self) -> bool:
        """Whether the answer is for a program."""
        return bool(self.given.get("as_json"))

    @property
    def dry(self) -> bool:
        """Whether everything is to be undone at the end."""
        return bool(self.given.get("dry_run"))

    @cached_property
    def settings(self) -> Settings:
        """The environment's settings with what was said over them."""
        names = ("database", "schema", "prefix", "lang")
        return from_environment(self.environment, **{n: self.given.get(n) for n in names})

    @property
    def desk(self) -> "Desk":
        """Where databases are kept open."""
        if self._desk is None:
            from thidua.bootstrap import Desk

            self._desk = Desk()
        return self._desk

    @cached_property
    def place(self) -> "Workplace":
        """The installation, its database checked; in a rehearsal documents are not kept."""
        place = self.desk.ready(self.settings)
        return place.without_files() if self.dry else place

    @property
    def tables(self) -> "Tables":
        """The tables."""
        return self.place.wf.tables

    def close(self) -> None:
        """Close what this call opened for itself."""
        if self._own_desk and self._desk is not None:
            self._desk.close()

    def read(self, fn: "Callable[[Connection], T]") -> T:
        """What `fn` reads."""
        return self.place.read(fn)

    def write(self, fn: "Callable[[Connection], T]") -> T:
        """What `fn` came to: committed, or undone with `--dry-run`."""
        return self.place.rehearse(fn) if self.dry else self.place.write(fn)

    def change(self, fn: "Callable[[Connection], T]") -> T:
        """The same of what any stored procedure gives the right to, a register: all are read before
        others wait for the lock, which takes half a second.
        """
        self.read(self.place.wf.shelf.stored)
        return self.write(fn)

    @cached_property
    def now(self) -> datetime:
        """The present instant, or the pretended one where the installation allows that."""
        from thidua.ids import utc_now

        said: datetime | None = self.given.get("now")
        if said is None:
            return utc_now()
        if not self.settings.test_clock:
            raise Misuse("clock-is-real")
        return said

    @property
    def today(self) -> date:
        """The legal date of the present instant."""
        from thidua.cli.option import ZONE

        return self.now.astimezone(ZONE).date()

    def on(self, said: date | None) -> date:
        """The day that was named, or today."""
        return said or self.today

    @property
    def note(self) -> str | None:
        """The note."""
        return self.given.get("note")

    @property
    def paper(self) -> Paper | None:
        """The paper it rests on; None when nothing of one was said."""
        parts = {name: self.given.get(key) for name, key in PAPER.items()}
        return Paper(**parts) if any(parts.values()) else None

    @property
    def terms(self) -> dict[str, Any]:
        """The parts that every command of the engine carries."""
        happened = self.given.get("happened")
        return {"note": self.note, "ground": self.paper, "happened_at": happened}

    @cached_property
    def command_id(self) -> str:
        """What makes a repeat of this call the same act: as said, or one of its own."""
        from thidua.ids import new_id

        return self.given.get("command_id") or new_id()

    def operator(self, db: "Connection") -> str:
        """Who sits at the keyboard; `Misuse` when nobody is bound to the account."""
        if self.settings.operator:
            return self.settings.operator
        from sqlalchemy import select

        person, account = self.tables.person.c, _account()
        bound = list(db.execute(select(person.id).where(person.account == account)).scalars())
        if len(bound) != 1:
            raise Misuse("operator-unknown", account=account, found=", ".join(bound) or "-")
        return str(bound[0])

    def by(self, db: "Connection") -> By:
        """Whose act it is and who enters it."""
        operator, decider = self.operator(db), self.given.get("as_")
        if decider in (None, operator):
            return By(operator)
        self.check_known(db, decider)
        return By(operator, decider)

    def viewer(self, db: "Connection") -> tuple[str, ...]:
        """Those whose eyes are on the answer: the operator, and whoever is named by `--as`."""
        by = self.by(db)
        return (by.actor,) if by.for_ is None else (by.actor, by.for_)

    def check_known(self, db: "Connection", actor: str) -> None:
        """`Unknown` for an actor that no list has; a host's own people are in none."""
        from sqlalchemy import literal, select, union_all

        from thidua.storage.people import Directory

        if not isinstance(self.place.wf.people, Directory):
            return
        person, holding = self.tables.person.c, self.tables.holding.c
        one = select(literal(1)).where(person.id == actor)
        other = select(literal(1)).where(holding.actor == actor)
        if db.execute(union_all(one, other).limit(1)).first() is None:
            raise Unknown("unknown-actor", actor=actor)


def _account() -> str:
    """The account of the process itself, which environment variables cannot change."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return getpass.getuser()
