"""Why dossiers were refused, for people: each reason once, with how many it holds and the first."""

from collections.abc import Iterable
from typing import NamedTuple

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.table import clean

FEW = 3
MANY: Words = ("{count} hồ sơ ({some}): {why}", "{count} dossiers ({some}): {why}")
ALL: Words = (
    "Xem đủ các hồ sơ chưa được: thêm --dry-run --json.",
    "All the dossiers that were not: with --dry-run --json.",
)


class Against(NamedTuple):
    """One reason against one dossier: how that is named, the sentence, its code."""

    who: str
    why: str
    code: str


def folded(call: Call, against: Iterable[Against]) -> list[str]:
    """A line for each reason, in the order they came."""
    return [_line(call, why, code, who) for (why, code), who in _by_reason(against).items()]


def write_refused(call: Call, against: Iterable[Against]) -> None:
    """The lines on stderr, and how all the dossiers are listed when some were left out."""
    held = _by_reason(against)
    for (why, code), who in held.items():
        text = _line(call, why, code, who)
        sentence, _, told = text.rpartition(" [")
        click.echo(f"{click.style(sentence, fg='red')} [{told}", err=True)
    if any(len(who) > FEW for who in held.values()):
        click.echo(pick(ALL, call.lang), err=True)


def _by_reason(against: Iterable[Against]) -> dict[tuple[str, str], list[str]]:
    held: dict[tuple[str, str], list[str]] = {}
    for each in against:
        held.setdefault((each.why, each.code), []).append(each.who)
    return held


def _line(call: Call, why: str, code: str, who: list[str]) -> str:
    some = ", ".join(who[:FEW]) + (", …" if who[FEW:] else "")
    said = f"{some}: {why}" if len(who) == 1 else pick(
        MANY, call.lang, count=len(who), some=some, why=why)  # fmt: skip
    return clean(f"{said} [{code}]")
