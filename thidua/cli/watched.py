"""A bar on the terminal for what takes its time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, pick

if TYPE_CHECKING:
    from thidua.verify import Progress


@contextmanager
def watched(call: Call, doing: Words) -> "Iterator[Progress | None]":
    """Where to tell how many streams are done, while a terminal looks on."""
    if call.as_json or not sys.stderr.isatty():
        yield None
        return
    label = pick(doing, call.lang)
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell
