"""`thidua journal`: whether what is stored is what was done."""

from typing import TYPE_CHECKING, Any

import click

from thidua.cli.anchoring import anchor, checkpoint, key, public_keys
from thidua.cli.call import Call
from thidua.cli.erasing import erased, write_erased
from thidua.cli.exporting import export
from thidua.cli.language import Words
from thidua.cli.screen import say, show
from thidua.cli.shell import Noun, option
from thidua.cli.signed import signatures
from thidua.cli.watched import watched
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.verify import Problem

journal = Noun("journal")
journal.add_command(export)
journal.add_command(checkpoint)
journal.add_command(key)
journal.add_command(signatures)

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
@option(
    "--against",
    multiple=True,
    metavar="FILE|SIZE:ROOT",
    said=(
        "So với điểm kiểm giữ ở nơi khác: tệp, thư, hoặc số mục và gốc in trên giấy tờ.",
        "Compare with a checkpoint kept elsewhere: a file, a mail, or size and root on a paper.",
    ),
)
@option("--key", "keys", multiple=True, metavar="KEY|FILE", said=(
    "Kiểm tra chữ ký bằng khóa công khai này (thidua journal key), hoặc tệp mỗi dòng một khóa.",
    "Check signatures with this public key (thidua journal key), or a file of them."))  # fmt: skip
@click.pass_obj
def verify(
    call: Call, *, dossier: str | None, against: tuple[str, ...], keys: tuple[str, ...]
) -> int:
    """Hold the journal and the tables together."""
    if dossier is not None and (against or keys):
        raise Misuse("anchor-needs-all")
    outside = {"anchors": [*map(anchor, against)], "keys": public_keys(keys)}
    answer = call.read(lambda db: _verify(call, db, dossier, outside))

    def write() -> None:
        for each in answer["problems"]:
            click.echo(_line(each), err=True)
        write_erased(call, answer["erased"])
        counts = {"streams": answer["streams"], "events": answer["events"]}
        say(
            call, WRONG if answer["problems"] else IN_ORDER, count=len(answer["problems"]), **counts
        )

    show(call, answer, write)
    return int(bool(answer["problems"]))


def _verify(
    call: Call, db: "Connection", dossier: str | None, outside: dict[str, Any]
) -> dict[str, Any]:
    from sqlalchemy import func, select

    from thidua.verify import verify as hold_together

    with watched(call, DOING) as progress:
        found = hold_together(db, call.place.wf, dossier_id=dossier, progress=progress, **outside)
    event = call.tables.event.c
    counts = select(func.count(event.stream.distinct()), func.count(event.n))
    if dossier is not None:
        counts = counts.where(event.stream == dossier)
    streams, events = db.execute(counts).one()
    return {"streams": streams, "events": events, "problems": [_told(call, p) for p in found],
            "erased": erased(call, db, dossier)}  # fmt: skip


def _told(call: Call, problem: "Problem") -> dict[str, Any]:
    return {"stream": problem.stream, "event": problem.n, "code": problem.code,
            "text": problem.text(call.lang)}  # fmt: skip


def _line(told: dict[str, Any]) -> str:
    place = told["stream"] if told["event"] is None else f"{told['stream']} #{told['event']}"
    text = click.style(f"{place}: {told['text']}", fg="red")
    return f"{text} [{told['code']}]"
