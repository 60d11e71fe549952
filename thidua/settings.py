"""What the environment says about one installation, read once into a frozen value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from thidua.workflow.errors import Misuse

DATABASE = "sqlite:///thidua.db"
"""A file in the working folder: nothing to install, nothing to configure."""

MOST = 3650
"""Of hours, days or megabytes: ten years are no bound any more."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The SMTP server, when mails go there and not into a folder; see `notifiers.smtp`."""

    host: str
    port: int = 587
    security: str = "starttls"
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation: its database, folders, language, operator and mail.

    `operator` is the actor at the keyboard, when not the person bound to the account. With
    `test_clock` the command line honours `--now`. Folders not named lie beside the SQLite file,
    else in the working folder. `parent` is the body above the office, `place` where its letters
    are dated, `letter` its own template for official letters, `papers` a folder with its own for
    the council's papers. `digest` is an hour or "off",
    `hours` "07:30-17:00" or "always", in local time on working days; `most_mails` are made for a
    person and day; with `mail_ics` a reader's own dues go along as a calendar;
    `mail_enclose` megabytes of files at most with a mail, `document_most` a document that comes in;
    mailboxes outside `mail_domains` (none: all are inside) get references alone;
    `checkpoint_to` are actors and mailboxes that keep the journal's checkpoints. `clock_jump` and
    `clock_stop` are the bounds of `thidua.watch`; `directory` names the roles that may change
    units, people and roles (none: everybody here). `keys` is the folder for keys of sealed ballots;
    there is none by default, for it must lie apart from all that is backed up;
    `seal_values` seals private values with keys kept there too. `earlier` is the
    list of who holds which award already (`thidua.earlier`).
    """

    database: str = DATABASE
    schema: str | None = None
    prefix: str = "td_"
    lang: str = "vi"
    operator: str | None = None
    test_clock: bool = False
    files: Path | None = None
    mails: Path | None = None
    calendars: Path | None = None
    earlier: Path | None = None
    keys: Path | None = None
    seal_values: bool = False
    server: MailServer | None = None
    mail_from: str = "thidua@localhost"
    mail_name: str | None = None
    reply_to: str | None = None
    contact: str | None = None
    parent: str | None = None
    place: str | None = None
    letter: Path | None = None
    papers: Path | None = None
    digest: str = "08:00"
    hours: str = "07:30-17:00"
    most_mails: int = 5
    mail_ics: bool = False
    mail_enclose: int = 10
    document_most: int = 100
    mail_domains: tuple[str, ...] = ()
    checkpoint_to: tuple[str, ...] = ()
    directory: tuple[str, ...] = ()
    clock_jump: timedelta = timedelta(hours=1)
    clock_stop: timedelta = timedelta(days=62)

    @property
    def sqlite_file(self) -> Path | None:
        """The file of a SQLite database; None for another database."""
        scheme, colon, path = self.database.partition("://")
        if not colon or scheme.partition("+")[0] != "sqlite":
            return None
        return Path(path.removeprefix("/").partition("?")[0])

    @property
    def home(self) -> Path:
        """Where files and mails lie unless something else is said."""
        file = self.sqlite_file
        return file.parent if file is not None else Path()

    @property
    def files_folder(self) -> Path:
        """Where documents' bytes are kept."""
        return self.files or self.home / "thidua-files"

    @property
    def mails_folder(self) -> Path:
        """Where mails are written when no server is named."""
        return self.mails or self.home / "thidua-mails"


def from_environment(environment: Mapping[str, str], **given: Any) -> Settings:
    """The settings of `THIDUA_…` variables; `given` values that are not None win over them.

    `Misuse` ("bad-setting") for a language, port or security word that there is not.
    """

    def told(name: str) -> str | None:
        return environment.get(f"THIDUA_{name}") or None

    def folder(name: str) -> Path | None:
        return Path(value) if (value := told(name)) else None

    settings = Settings(
        database=told("DATABASE") or DATABASE,
        schema=told("SCHEMA"),
        prefix=environment.get("THIDUA_PREFIX", "td_"),
        lang=told("LANG") or "vi",
        operator=told("OPERATOR"),
        test_clock=told("TEST_CLOCK") == "1",
        files=folder("FILES"),
        mails=folder("MAILS"),
        calendars=folder("CALENDARS"),
        earlier=folder("EARLIER_AWARDS"),
        keys=folder("KEYS"),
        seal_values=told("SEAL_VALUES") == "1",
        server=_server(environment),
        mail_from=told("MAIL_FROM") or "thidua@localhost",
        mail_name=told("MAIL_NAME"),
        reply_to=told("REPLY_TO"),
        contact=told("CONTACT"),
        parent=told("PARENT"),
        place=told("PLACE"),
        letter=folder("LETTER"),
        papers=folder("PAPERS"),
        digest=told("DIGEST") or "08:00",
        hours=told("HOURS") or "07:30-17:00",
        most_mails=_number("THIDUA_MOST_MAILS", told("MOST_MAILS") or "5"),
        mail_ics=told("MAIL_ICS") == "1",
        mail_enclose=_number("THIDUA_MAIL_ENCLOSE_MB", told("MAIL_ENCLOSE_MB") or "10"),
        document_most=_count(environment, "THIDUA_DOCUMENT_MB", 100),
        mail_domains=tuple(filter(None, re.split(r"[,\s]+", (told("MAIL_DOMAINS") or "").lower()))),
        checkpoint_to=tuple(filter(None, re.split(r"[,\s]+", told("CHECKPOINT_TO") or ""))),
        directory=tuple(filter(None, re.split(r"[,\s]+", told("DIRECTORY") or ""))),
        clock_jump=timedelta(hours=_count(environment, "THIDUA_CLOCK_JUMP_HOURS", 1)),
        clock_stop=timedelta(days=_count(environment, "THIDUA_CLOCK_STOP_DAYS", 62)),
    )
    chosen = replace(settings, **{k: v for k, v in given.items() if v is not None})
    if chosen.seal_values and chosen.keys is None:
        raise Misuse("bad-setting", name="THIDUA_SEAL_VALUES", found="1", known="THIDUA_KEYS")
    _one_of("THIDUA_LANG", chosen.lang, ("vi", "en"))
    return chosen


def _server(environment: Mapping[str, str]) -> MailServer | None:
    host = environment.get("THIDUA_SMTP_HOST")
    if not host:
        return None
    port = environment.get("THIDUA_SMTP_PORT") or "587"
    if not port.isdecimal():
        raise Misuse("bad-setting", name="THIDUA_SMTP_PORT", found=port, known="587, 465, 25")
    security = environment.get("THIDUA_SMTP_SECURITY") or "starttls"
    _one_of("THIDUA_SMTP_SECURITY", security, ("starttls", "tls", "none"))
    user, password = environment.get("THIDUA_SMTP_USER"), environment.get("THIDUA_SMTP_PASSWORD")
    return MailServer(host, int(port), security, user or None, password or None)


def _count(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    found = environment.get(name) or str(otherwise)
    if not found.isdecimal() or not 1 <= int(found) <= MOST:
        raise Misuse("bad-setting", name=name, found=found, known=f"1 – {MOST}")
    return int(found)


def _number(name: str, found: str) -> int:
    if not found.isdecimal():
        raise Misuse("bad-setting", name=name, found=found, known="1, 2, 3, …")
    return int(found)


def _one_of(name: str, found: str, known: tuple[str, ...]) -> None:
    if found not in known:
        raise Misuse("bad-setting", name=name, found=found, known=", ".join(known))
