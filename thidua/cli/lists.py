"""What the commands that enter and show lists of the office have in common."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.option import DAY
from thidua.cli.screen import day, say, show, table
from thidua.cli.shell import option
from thidua.cli.table import Column
from thidua.workflow.errors import Misuse
from thidua.workflow.person import By

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.imports import Entered

ENTERED: Words = (
    "Đã nhập {file}: thêm {added}, sửa {changed}, giữ nguyên {same}.",
    "Entered {file}: {added} added, {changed} changed, {same} left as they were.",
)
COUNTED: Words = ("{title} ngày {on}: {count}", "{title} on {on}: {count}")
EVER: Words = ("{title} (mọi thời gian): {count}", "{title} (of all times): {count}")

FILE = click.argument("file", type=click.Path(path_type=Path))
ON = option("--on", type=DAY, metavar="DATE", said=(
    "Trong ngày này; mặc định hôm nay.", "On this day; today by default."))  # fmt: skip
EVERY = option("--every", is_flag=True, said=("Mọi thời gian.", "Of all times."))


def registrar(call: Call, db: "Connection") -> By:
    """Whose change of the office's lists it is; the computer's account before anybody is bound
    to it, so that the first lists come in.
    """
    try:
        return call.by(db)
    except Misuse as error:
        if error.reasons[0].code != "operator-unknown" or call.given.get("as_"):
            raise
        return By(f"account:{error.reasons[0].fields['account']}")


def enter(call: Call, what: str, fill: "Callable[[Connection], Entered]") -> "Entered":
    """Change the office's lists, and keep who did."""

    def write(db: "Connection") -> "Entered":
        by = registrar(call, db)
        return call.place.wf.directory.enter(db, what, fill, by=by, ground=call.note, now=call.now)

    return call.change(write)


def told(call: Call, name: str, entered: "Entered") -> None:
    """Say what became of a list."""
    counts = {"added": entered.added, "changed": entered.changed, "same": entered.same}
    show(call, {"file": name, **counts}, lambda: say(call, ENTERED, file=name, **counts))


def listed(
    call: Call,
    key: str,
    rows: Sequence[Any],
    columns: Sequence[Column],
    *,
    title: Words,
    on: date | None,
) -> None:
    """Show the rows of a day, or of all times without one, under a line that counts them."""

    def write() -> None:
        name = title[0] if call.lang == "vi" else title[1]
        say(call, COUNTED if on else EVER, title=name, on=day(on), count=len(rows))
        table(call, rows, columns)

    show(call, {"on": on, key: list(rows)}, write)


def period(row: Any) -> str:
    """From when to when a row is in force."""
    return f"{day(row['from_on'])} – {day(row['to_on'])}".rstrip()
