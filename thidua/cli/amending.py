"""Lines of a decision that its dossiers left behind: `thidua decisions again` and `strike`."""

from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN, NOTE
from thidua.cli.screen import say, show
from thidua.cli.shell import verb

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

SEEN: Words = (
    "Người ký đã xem lại {count} trường hợp của quyết định {id}. Thực hiện tiếp bằng `thidua"
    " decisions apply {id}`.",
    "{count} lines of the decision {id} were looked at again. Go on by `thidua decisions apply"
    " {id}`.",
)
STRUCK: Words = (
    "Đã đưa {count} trường hợp ra khỏi quyết định {id}. Thực hiện tiếp bằng `thidua decisions"
    " apply {id}`.",
    "Took {count} lines out of the decision {id}. Go on by `thidua decisions apply {id}`.",
)


@verb("again", takes=(DRY_RUN,))
@click.argument("decision")
@click.argument("dossiers", nargs=-1, required=True)
@click.pass_obj
def again(call: Call, *, decision: str, dossiers: tuple[str, ...]) -> None:
    """Record that the signer looked again."""
    wf = call.place.wf

    def look(db: "Connection") -> None:
        wf.decisions.look_again(db, decision, dossiers, by=call.by(db), now=call.now)

    call.change(look)
    told = {"id": decision, "lines": sorted(dossiers)}
    show(call, told, lambda: say(call, SEEN, id=decision, count=len(dossiers)))


@verb("strike", takes=(NOTE, DRY_RUN))
@click.argument("decision")
@click.argument("dossiers", nargs=-1, required=True)
@click.pass_obj
def strike(call: Call, *, decision: str, dossiers: tuple[str, ...]) -> None:
    """Take lines out."""
    wf, why = call.place.wf, call.note or ""

    def take_out(db: "Connection") -> None:
        wf.decisions.strike(db, decision, dossiers, by=call.by(db), note=why, now=call.now)

    call.change(take_out)
    told = {"id": decision, "lines": sorted(dossiers)}
    show(call, told, lambda: say(call, STRUCK, id=decision, count=len(dossiers)))
