"""Giving a level of secrecy: `thidua dossiers classify`."""

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN, PAPER
from thidua.cli.screen import say, show
from thidua.cli.shell import verb
from thidua.workflow.errors import Refused

NONE = "none"

GIVEN: Words = (
    "{matter}: độ mật “{level}”. Thư gửi từ nay chỉ ghi số hồ sơ.",
    "{matter}: “{level}”. Mails that go out from now on hold its number alone.",
)
TAKEN: Words = ("{matter}: đã giải mật.", "{matter}: not classified any more.")


@verb("classify", takes=(*PAPER, DRY_RUN))
@click.argument("matter")
@click.argument("level")
@click.pass_obj
def classify(call: Call, *, matter: str, level: str) -> None:
    """Give a matter a level of secrecy."""
    from thidua.definitions.levels import load_levels

    paper, given = call.paper, None if level == NONE else level
    if paper is None:
        raise Refused.of("ground-missing", decider="-")
    give = call.place.wf.classification.give
    call.change(lambda db: give(db, matter, given, by=call.by(db), ground=paper, now=call.now))
    label = load_levels()[given][call.lang] if given is not None else ""
    words = TAKEN if given is None else GIVEN
    told = {"matter": matter, "level": given}
    show(call, told, lambda: say(call, words, matter=matter, level=label))
