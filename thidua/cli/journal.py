"""`thidua journal`: whether what is stored is what was done."""

from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.exporting import export
from thidua.cli.language import Words
from thidua.cli.screen import say, show
from thidua.cli.shell import Noun, option
from thidua.cli.watched import watched

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.verify import Problem

journal = Noun("journal")
journal.add_command(export)

DOING: Words = ("Đang kiểm tra", "Verifying")
IN_ORDER: Words = (
    "{streams} chuỗi, {events} mục nhật ký: khớp.",
    "{streams} streams, {events} events: in order.",
)
WRONG: Words = (
    "{streams} chuỗi, {events} mục nhật ký: {count} chỗ không khớp.",
    "{streams} streams, {events} events: {count} things do not agree.",
)


@journal.verb("verify")
@option("--dossier", metavar="ID", said=("Chỉ hồ sơ này.", "This dossier alone."))
@click.pass_obj
def verify(call: Call, *, dossier: str | None) -> int:
    """Hold the journal and the tables together."""
    answer = call.read(lambda db: _verify(call, db, dossier))

    def write() -> None:
        for each in answer["problems"]:
            click.echo(_line(each), err=True)
        counts = {"streams": answer["streams"], "events": answer["events"]}
        say(
            call, WRONG if answer["problems"] else IN_ORDER, count=len(answer["problems"]), **counts
        )

    show(call, answer, write)
    return int(bool(answer["problems"]))


def _verify(call: Call, db: "Connection", dossier: str | None) -> dict[str, Any]:
    from sqlalchemy import func, select

    from thidua.verify import verify as hold_together

    with watched(call, DOING) as progress:
        found = hold_together(db, call.place.wf, dossier_id=dossier, progress=progress)
    event = call.tables.event.c
    counts = select(func.count(event.stream.distinct()), func.count(event.n))
    if dossier is not None:
        counts = counts.where(event.stream == dossier)
    streams, events = db.execute(counts).one()
    return {"streams": streams, "events": events, "problems": [_told(call, p) for p in found]}


def _told(call: Call, problem: "Problem") -> dict[str, Any]:
    return {"stream": problem.stream, "event": problem.n, "code": problem.code,
            "text": problem.text(call.lang)}  # fmt: skip


def _line(told: dict[str, Any]) -> str:
    place = told["stream"] if told["event"] is None else f"{told['stream']} #{told['event']}"
    text = click.style(f"{place}: {told['text']}", fg="red")
    return f"{text} [{told['code']}]"
