"""What changed from one procedure to another, in words: `diff`."""

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.procedures.source import anywhere
from thidua.cli.screen import say, show, title
from thidua.cli.shell import option, verb
from thidua.cli.table import clean, screen_width

if TYPE_CHECKING:
    from thidua.definitions.difference import Difference

HEADING: Words = (
    "Từ {old} sang {new}: {count} thay đổi",
    "From {old} to {new}: {count} changes",
)
ALIKE: Words = (
    "{old} và {new} quy định như nhau, chỉ khác chú thích hoặc cách trình bày.",
    "{old} and {new} say the same; only comments or spelling differ.",
)
SAME: Words = ("{old} và {new} là một.", "{old} and {new} are the same.")


@verb("diff")
@click.argument("old")
@click.argument("new")
@option("--exit-code", "exit_code", is_flag=True, said=(
    "Mã thoát 1 khi có thay đổi (mặc định luôn là 0).",
    "Exit with 1 when something changed (else always 0)."))  # fmt: skip
@click.pass_obj
def diff(call: Call, *, old: str, new: str, exit_code: bool) -> int:
    """Say what changed."""
    from thidua.definitions.difference import compare

    before, after = anywhere(call, old), anywhere(call, new)
    found = compare(before, after, call.lang)
    names = {"old": f"{before.name}@{before.version}", "new": f"{after.name}@{after.version}"}
    hashes = {"old_hash": before.hash, "new_hash": after.hash}

    def write() -> None:
        if not found:
            say(call, SAME if before.hash == after.hash else ALIKE, **names)
            return
        title(call, HEADING, **names, count=len(found))
        _write(call, found)

    show(call, {**names, **hashes, "differences": found}, write)
    return 1 if exit_code and before.hash != after.hash and found else 0


def _write(call: Call, found: "tuple[Difference, ...]") -> None:
    from thidua.definitions.difference.words import GROUPS

    for group, each in groupby(found, key=lambda one: one.group):
        click.echo()
        click.secho(pick(GROUPS[group], call.lang), bold=True)
        for one in each:
            click.echo(_wrapped(clean(one.text)))


def _wrapped(text: str) -> str:
    most = screen_width()
    if most is None:
        return f"  - {text}"
    return textwrap.fill(
        text, most, initial_indent="  - ", subsequent_indent="    ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
