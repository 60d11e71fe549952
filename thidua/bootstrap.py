"""Puts an installation together from its settings: database, engine, documents, post."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import time
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from thidua.app import Thidua
from thidua.definitions.calendars import load_calendar
from thidua.files import Folder
from thidua.hushed import hushed
from thidua.intake import Intake
from thidua.keys import KeyFolder, check_apart
from thidua.outbox import Post
from thidua.reader import reading_engine
from thidua.retrying import retry
from thidua.rhythm import Rhythm
from thidua.settings import MailServer, Settings
from thidua.sqlite import sqlite_engine
from thidua.storage import migrate
from thidua.urn import REHEARSAL
from thidua.value_keys import ValueKeyFolder
from thidua.watch import Bounds
from thidua.workflow.calendar import Calendar
from thidua.workflow.errors import Misuse, Unknown

if TYPE_CHECKING:
    from thidua.notifiers.channels import Channel
    from thidua.notifiers.render import Office
    from thidua.notifiers.smtp import Server
    from thidua.workflow.view import Predicate

T = TypeVar("T")


class _Rehearsed(Exception):
    """Ends a transaction that was only to be tried."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """An installation in use. Each of the three below is one transaction of its own."""

    settings: Settings
    engine: Engine
    wf: Thidua
    reader: Engine

    def read(self, fn: Callable[[Connection], T]) -> T:
        """What `fn` reads, on a connection that keeps no writer waiting and changes no file."""
        # Not `begin`: a damaged file refuses even an empty commit.
        with self.reader.connect() as connection:
            return fn(connection)

    def write(self, fn: Callable[[Connection], T]) -> T:
        """What `fn` came to, committed; repeated from the start while the database is busy."""
        return retry(self.engine, fn)

    def rehearse(self, fn: Callable[[Connection], T]) -> T:
        """What `fn` would come to: everything is done, then rolled back."""
        outcome: list[T] = []

        def tried(connection: Connection) -> None:
            outcome.append(fn(connection))
            raise _Rehearsed

        with suppress(_Rehearsed):
            retry(self.engine.execution_options(**{REHEARSAL: True}), tried)
        return outcome[-1]

    @property
    def intake(self) -> Intake:
        """How documents come in."""
        return Intake(self.wf.files, self.settings.document_most)

    def without_files(self) -> "Workplace":
        """The same, taking documents whose bytes are not kept: for a rehearsal."""
        return replace(self, wf=_thidua(self.settings, with_files=False))

    def calendar(self, name: str) -> Calendar:
        """A calendar with this installation's corrections."""
        return load_calendar(name, overrides=self.settings.calendars)


@dataclass
class Desk:
    """Keeps what was opened for the commands of one process; `close` gives it back."""

    open: dict[tuple[str, str | None, str], Workplace] = field(default_factory=dict)

    def workplace(self, settings: Settings) -> Workplace:
        """The workplace of these settings, opened at its first use; nothing is checked yet."""
        key = (settings.database, settings.schema, settings.prefix)
        if key not in self.open:
            engine = _engine(settings)
            self.open[key] = Workplace(settings, engine, _thidua(settings), _reader(engine))
        return replace(self.open[key], settings=settings)

    def there(self, settings: Settings) -> Workplace:
        """The same; `Unknown` ("unknown-database") without a SQLite file: none is made by looking
        for it.
        """
        file = settings.sqlite_file
        if file is not None and not file.is_file():
            raise Unknown("unknown-database", file=str(file))
        return self.workplace(settings)

    def ready(self, settings: Settings) -> Workplace:
        """The same, after checking that the database is of this release's schema."""
        place = self.there(settings)
        place.read(lambda db: migrate.check(db, schema=settings.schema, prefix=settings.prefix))
        return place

    def close(self) -> None:
        """Close every connection."""
        for place in self.open.values():
            place.reader.dispose()
            place.engine.dispose()
        self.open.clear()


def reading(settings: Settings) -> tuple[Engine, Thidua]:
    """An installation that another process reads alone."""
    place = Desk().ready(settings)
    return place.reader, place.wf


def _engine(settings: Settings) -> Engine:
    address = settings.database
    if address.startswith(("postgresql://", "postgres://")):
        address = "postgresql+psycopg://" + address.partition("://")[2]
    try:
        if make_url(address).get_backend_name() == "sqlite":
            return sqlite_engine(address)
        return hushed(create_engine(address))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        shown = address.partition("@")[2] or address
        raise Misuse("bad-database", database=shown, problem=str(error)) from error


def _reader(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return reading_engine(engine.url.render_as_string(hide_password=False))
    return engine.execution_options(thidua_read=True)


def _thidua(settings: Settings, *, with_files: bool = True) -> Thidua:
    return Thidua(
        files=Folder(settings.files_folder) if with_files else None,
        keys=_keys(settings),
        values=_values(settings),
        schema=settings.schema,
        prefix=settings.prefix,
        calendars=lambda name: load_calendar(name, overrides=settings.calendars),
        conditions=_conditions(settings),
        bounds=Bounds(settings.clock_jump, settings.clock_stop),
        directory=settings.directory or None,
    )


def _keys(settings: Settings) -> KeyFolder | None:
    if settings.keys is None:
        return None
    apart = [settings.files_folder, settings.mails_folder]
    if settings.sqlite_file is not None:
        apart.append(settings.home)
    check_apart(settings.keys, apart)
    return KeyFolder(settings.keys)


def _values(settings: Settings) -> ValueKeyFolder | None:
    if settings.keys is None or not settings.seal_values:
        return None
    return ValueKeyFolder(settings.keys / "values")


def _conditions(settings: Settings) -> dict[str, "Predicate"]:
    """What procedures may ask of an installation, as `host.NAME`."""
    if settings.earlier is None:
        return {}
    from thidua.earlier import earlier_awards_file

    return {"not_awarded_before": earlier_awards_file(settings.earlier)}


@contextmanager
def post(settings: Settings) -> Iterator[Post]:
    """How this installation writes: over SMTP where a server is named, else into a folder."""
    from thidua.ics import check_installed
    from thidua.notifiers.letter import Address

    name = office_name(settings)
    reply = Address.parse(settings.reply_to) if settings.reply_to else None
    office = office_of(settings, mailbox=reply.mailbox if reply else None)
    sender = Address(name, settings.mail_from)
    place = {"vi": "lệnh “thidua inbox”", "en": "the command “thidua inbox”"}
    if settings.mail_ics:
        check_installed()
    with _channel(settings) as channel:
        yield Post(channel, sender, office, reply_to=reply, place=place, rhythm=rhythm(settings),
                   calendar=settings.mail_ics,
                   domains=frozenset(settings.mail_domains),
                   witnesses=settings.checkpoint_to,
                   enclose_most=settings.mail_enclose * 1_000_000)  # fmt: skip


def office_name(settings: Settings) -> str:
    """Who writes."""
    return settings.mail_name or "Thường trực Hội đồng Thi đua - Khen thưởng"


def office_of(settings: Settings, *, mailbox: str | None = None) -> "Office":
    """Who writes, with the body above it and whom to ask."""
    from thidua.notifiers.render import Office

    name = office_name(settings)
    return Office(name, parent=settings.parent, contact=settings.contact, mailbox=mailbox)


def rhythm(settings: Settings) -> Rhythm:
    """When this installation writes; `Misuse` for hours that cannot be read or cannot be."""
    opens, closes = None, None
    if settings.hours != "always":
        first, _, last = settings.hours.partition("-")
        opens, closes = (_hour("THIDUA_HOURS", each, settings.hours) for each in (first, last))
    off = settings.digest in ("off", "at once")
    digest = None if off else _hour("THIDUA_DIGEST", settings.digest, settings.digest)
    return Rhythm(digest, opens, closes, settings.most_mails)


def _hour(name: str, text: str, found: str) -> time:
    try:
        return time.fromisoformat(text.strip())
    except ValueError as error:
        known = "07:30-17:00, always" if name == "THIDUA_HOURS" else "08:00, off"
        raise Misuse("bad-setting", name=name, found=found, known=known) from error


@contextmanager
def _channel(settings: Settings) -> Iterator["Channel"]:
    if settings.server is None:
        from thidua.notifiers.folder import EmlFolder

        yield EmlFolder(settings.mails_folder)
        return
    from thidua.notifiers.smtp import Smtp

    with Smtp(_server(settings.server)) as smtp:
        yield smtp


def _server(given: MailServer) -> "Server":
    from thidua.notifiers.smtp import Server

    return Server(given.host, given.port, given.security, given.user, given.password)  # type: ignore[arg-type]  # checked when read
