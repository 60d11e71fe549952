"""Why dossiers were refused, for people: each reason once, with how many it holds and the first."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.table import clean
from thidua.workflow.errors import Reason

FEW = 3
MANY: Words = ("{count} hồ sơ ({some})", "{count} dossiers ({some})")
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
    held = _by_reason(against).items()
    return [clean(f"{_named(call, who)}: {why} [{code}]") for (why, code), who in held]


def write_refused(call: Call, against: Iterable[Against]) -> None:
    """The lines on stderr, and how all the dossiers are listed when some were left out."""
    held = _by_reason(against)
    for (why, code), who in held.items():
        text = clean(f"{_named(call, who)}: {why}")
        click.echo(f"{click.style(text, fg='red')} [{code}]", err=True)
    if any(len(who) > FEW for who in held.values()):
        click.echo(pick(ALL, call.lang), err=True)


def of_dossiers(call: Call, against: Iterable[Against]) -> Iterator[Reason]:
    """What stands in the way of all when one is refused, each reason once."""
    for (why, code), who in _by_reason(against).items():
        fields: dict[str, object] = {
            "dossier": clean(_named(call, who)),
            "why": why,
            "because": code,
        }
        yield Reason("of-dossier", fields)


def _by_reason(against: Iterable[Against]) -> dict[tuple[str, str], list[str]]:
    held: dict[tuple[str, str], list[str]] = {}
    for each in against:
        held.setdefault((each.why, each.code), []).append(each.who)
    return held


def _named(call: Call, who: list[str]) -> str:
    if len(who) == 1:
        return who[0]
    some = ", ".join(who[:FEW]) + (", …" if who[FEW:] else "")
    return pick(MANY, call.lang, count=len(who), some=some)
