"""`thidua db`: make, bring up to date, print and look at the tables."""

from typing import TYPE_CHECKING, Any

import click

from thidua.cli.backup import backup, restore
from thidua.cli.call import Call
from thidua.cli.erased_again import erase_again, erasures
from thidua.cli.erasing import scrub_
from thidua.cli.label import STATUSES, called
from thidua.cli.language import Words
from thidua.cli.screen import pairs, say, show
from thidua.cli.shell import Noun, option
from thidua.cli.sweeping import sweep_files
from thidua.workflow.errors import Unknown

if TYPE_CHECKING:
    from thidua.bootstrap import Workplace
    from thidua.storage.migrate import Status

db = Noun("db")
for _each in (scrub_, backup, restore, erasures, erase_again):
    db.add_command(_each)
db.add_command(sweep_files)

MADE: Words = ("Đã tạo các bảng ({head}) tại {where}.", "Made the tables ({head}) at {where}.")
RAISED: Words = (
    "Đã nâng các bảng từ {current} lên {head} tại {where}.",
    "Brought the tables from {current} to {head} at {where}.",
)
AS_IT_WAS: Words = (
    "Các bảng đã đúng bản {head}, không có gì phải làm.",
    "The tables are at {head} already; there is nothing to do.",
)
NEXT: Words = (
    "Tiếp theo: `thidua procedures store TÊN`, `thidua units import TỆP`, `thidua people import"
    " TỆP`.",
    "Next: `thidua procedures store NAME`, `thidua units import FILE`, `thidua people import"
    " FILE`.",
)


@db.verb("init")
@click.pass_obj
def init(call: Call) -> None:
    """Make the tables."""
    before = _upgrade(call)
    show(call, _answer(call, before), lambda: _told(call, before))


@db.verb("upgrade")
@click.pass_obj
def upgrade(call: Call) -> None:
    """Bring the tables to this release."""
    _must_be_there(call)
    before = _upgrade(call)
    show(call, _answer(call, before), lambda: _told(call, before))


@db.verb("status")
@click.pass_obj
def status(call: Call) -> None:
    """Where the database stands."""
    _must_be_there(call)
    found = _place(call).read(lambda c: _status(call, c))
    state = called(STATUSES, found.state, call.lang)
    values: list[tuple[Words, object]] = [
        (("Cơ sở dữ liệu", "Database"), where(call)),
        (("Tình trạng", "State"), state),
        (("Bản của bảng", "Tables at"), found.current),
        (("Bản của chương trình", "Program at"), found.head),
    ]
    show(call, _answer(call, found), lambda: pairs(call, values))


@db.verb("sql")
@option(
    "--dialect",
    type=click.Choice(["sqlite", "postgresql"]),
    said=(
        "Loại cơ sở dữ liệu; mặc định theo --database.",
        "The database; by default --database's.",
    ),
)
@option(
    "--since",
    metavar="REVISION",
    said=("Chỉ phần sau phiên bản này.", "Only what came after this revision."),
)
@click.pass_obj
def sql(call: Call, dialect: str | None, since: str | None) -> None:
    """Print the SQL."""
    from thidua.storage import migrate

    settings = call.settings
    name = dialect or ("sqlite" if settings.sqlite_file is not None else "postgresql")
    if since is not None and since not in migrate.revisions():
        raise Unknown("unknown-revision", revision=since, known=", ".join(migrate.revisions()))
    text = migrate.sql(name, schema=settings.schema, prefix=settings.prefix, since=since)
    show(call, {"dialect": name, "sql": text}, lambda: click.echo(text, nl=False))


def where(call: Call) -> str:
    """The database without its password."""
    return str(_place(call).engine.url.render_as_string(hide_password=True))


def _place(call: Call) -> "Workplace":
    return call.desk.workplace(call.settings)


def _must_be_there(call: Call) -> None:
    call.desk.there(call.settings)


def _upgrade(call: Call) -> "Status":
    from thidua.storage import migrate

    settings = call.settings
    if settings.sqlite_file is not None:
        settings.sqlite_file.parent.mkdir(parents=True, exist_ok=True)
    terms = {"prefix": settings.prefix, "schema": settings.schema}
    return _place(call).write(lambda c: migrate.upgrade(c, **terms))  # type: ignore[arg-type]  # schema may be None


def _status(call: Call, connection: Any) -> "Status":
    from thidua.storage import migrate

    settings = call.settings
    return migrate.status(connection, schema=settings.schema, prefix=settings.prefix)


def _answer(call: Call, found: "Status") -> dict[str, Any]:
    return {
        "database": where(call), "state": found.state, "current": found.current,
        "head": found.head, "pending": list(found.pending),
    }  # fmt: skip


def _told(call: Call, before: "Status") -> None:
    words = {"missing": MADE, "old": RAISED}.get(before.state, AS_IT_WAS)
    say(call, words, current=before.current or "", head=before.head, where=where(call))
    if before.state == "missing":
        say(call, NEXT)
