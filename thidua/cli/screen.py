"""How an answer leaves: JSON for programs, text for people, colour and progress on terminals."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.option import ZONE
from thidua.cli.table import Column, beside, clean, lines, screen_width
from thidua.workflow.errors import Misuse

T = TypeVar("T")

REHEARSED: Words = (
    "Đã làm thử rồi hoàn tác: không ghi gì.",
    "Tried and undone: nothing was written.",
)
WORTH_A_BAR = 20
"""A bar for fewer is gone before it is seen."""

NOTHING: Words = ("(không có)", "(none)")


def plain(value: Any) -> Any:
    """A value as JSON has it: dates and instants as ISO text, records as objects."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def show(call: Call, answer: Mapping[str, Any], write: Callable[[], None]) -> None:
    """Give the answer: as one JSON object, or as `write` puts it for people.

    A rehearsal says that it was one.
    """
    if call.as_json:
        told = {**answer, "dry_run": True} if call.dry else answer
        click.echo(json.dumps(plain(told), ensure_ascii=False, indent=2))
        return
    write()
    if call.dry:
        click.secho(pick(REHEARSED, call.lang), fg="yellow")


def say(call: Call, words: Words, **fields: Any) -> None:
    """A line of the answer."""
    click.echo(pick(words, call.lang, **_cleaned(fields)))


def agreed(call: Call, question: Words, refusal: Misuse, **fields: Any) -> bool:
    """Ask whoever sits at the terminal; raises the refusal when nobody can answer."""
    if call.as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise refusal
    return click.confirm(pick(question, call.lang, **fields))


def title(call: Call, words: Words, **fields: Any) -> None:
    """A heading of the answer."""
    click.secho(pick(words, call.lang, **_cleaned(fields)), bold=True)


def warn(call: Call, words: Words, **fields: Any) -> None:
    """A line beside the answer, on stderr."""
    click.secho(pick(words, call.lang, **_cleaned(fields)), fg="yellow", err=True)


def _cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What people wrote cannot steer the terminal."""
    return {k: clean(v) if isinstance(v, str) else v for k, v in fields.items()}


def table(call: Call, rows: Sequence[Any], columns: Sequence[Column]) -> None:
    """The rows as a table, or a word that there are none."""
    if not rows:
        say(call, NOTHING)
        return
    for line in lines(rows, columns, call.lang, most=screen_width()):
        click.echo(line)


def pairs(call: Call, values: Iterable[tuple[Words, object]]) -> None:
    """Names with their values; what has no value is left out."""
    shown = [(f"{pick(name, call.lang)}:", v) for name, v in values if v not in (None, "")]
    most = screen_width()
    for line in beside(shown, most=most and most - 2):
        click.echo(f"  {line}")


def day(value: date | str | None) -> str:
    """A legal date as people write it; nothing for None."""
    if not value:
        return ""
    on = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{on:%d/%m/%Y}"


def moment(value: datetime | str | None) -> str:
    """An instant on the office's clock, to the minute."""
    if not value:
        return ""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{at.astimezone(ZONE):%d/%m/%Y %H:%M}"


def day_of(value: datetime | str | None) -> str:
    """The day of an instant on the office's clock."""
    return moment(value)[:10]


@contextmanager
def progress(call: Call, each: Sequence[T], words: Words) -> Iterator[Iterable[T]]:
    """The same sequence, with a bar on stderr while a terminal looks on."""
    if call.as_json or not sys.stderr.isatty() or len(each) < WORTH_A_BAR:
        yield each
        return
    with click.progressbar(each, label=pick(words, call.lang), file=sys.stderr) as bar:
        yield bar
