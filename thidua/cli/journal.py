"""`thidua journal`: whether what is stored is what was done."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

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

LARGE = 30_000
"""Events from which on other processes are worth being started."""

COUNTED = ("streams", "events")
T = TypeVar("T")

DOING: Words = ("Đang kiểm tra", "Verifying")
IN_ORDER: Words = (
    "{streams} chuỗi, {events} mục nhật ký: khớp.",
    "{streams} streams, {events} events: in order.",
)
WRONG: Words = (
    "{streams} chuỗi, {events} mục nhật ký: {count} chỗ không khớp.",
    "{streams} streams, {events} events: {count} things do not agree.",
)

BYTES_ONLY: Words = (
    "Chỉ xem bản thân nhật ký: chưa dựng lại hồ sơ từ nhật ký, chưa so với các bảng, chưa đọc tệp"
    " tài liệu; muốn vậy, chạy “thidua journal verify” không có --bytes.",
    "Only the journal by itself was looked at: nothing was replayed, no table compared, no"
    " document's file read; `thidua journal verify` without --bytes does that.",
)


@journal.verb("verify")
@option("--dossier", metavar="ID", said=("Chỉ hồ sơ này.", "This dossier alone."))
@option(
    "--bytes",
    "bytes_only",
    is_flag=True,
    said=(
        "Chỉ xem bản thân nhật ký, nhanh gấp đôi: không so với các bảng, không đọc tệp tài liệu.",
        "The journal by itself, twice as fast: no table is compared, no document's file read.",
    ),
)
@option(
    "--against",
    multiple=True,
    metavar="FILE|SIZE:ROOT",
    said=(
        "So với điểm kiểm tra giữ ở nơi khác: tệp, thư, hoặc số mục và gốc in trên giấy tờ.",
        "Compare with a checkpoint kept elsewhere: a file, a mail, or size and root on a paper.",
    ),
)
@option("--key", "keys", multiple=True, metavar="KEY|FILE", said=(
    "Kiểm tra chữ ký bằng khóa công khai này (thidua journal key), hoặc tệp mỗi dòng một khóa.",
    "Check signatures with this public key (thidua journal key), or a file of them."))  # fmt: skip
@option("--workers", type=click.IntRange(1, 64), metavar="N", said=(
    "Số tiến trình cùng kiểm tra; mặc định: mỗi lõi một tiến trình khi nhật ký lớn, nếu không thì"
    " một.",
    "How many processes verify; by default one a core for a large journal, else one."))  # fmt: skip
@click.pass_obj
def verify(
    call: Call, *, dossier: str | None, bytes_only: bool, against: tuple[str, ...],
    keys: tuple[str, ...], workers: int | None,
) -> int:  # fmt: skip
    """Hold the journal and the tables together."""
    if dossier is not None and (against or keys):
        raise Misuse("anchor-needs-all")
    how = {"anchors": [*map(anchor, against)], "keys": public_keys(keys), "bytes_only": bytes_only}
    answer = call.read(lambda db: _verify(call, db, dossier, workers, how))

    def write() -> None:
        for each in answer["problems"]:
            click.echo(_line(each), err=True)
        write_erased(call, answer["erased"])
        counts = {name: "?" if answer[name] is None else answer[name] for name in COUNTED}
        say(
            call, WRONG if answer["problems"] else IN_ORDER, count=len(answer["problems"]), **counts
        )
        if bytes_only:
            say(call, BYTES_ONLY)

    show(call, answer, write)
    return int(bool(answer["problems"]))


def _verify(
    call: Call, db: "Connection", dossier: str | None, workers: int | None, how: dict[str, Any]
) -> dict[str, Any]:
    from sqlalchemy import func, select

    from thidua.bootstrap import reading
    from thidua.verify import verify as hold_together
    from thidua.verify_crew import cores, crew

    event = call.tables.event.c
    counts = select(func.count(event.stream.distinct()), func.count(event.n))
    if dossier is not None:
        counts = counts.where(event.stream == dossier)
    counted = _unless_damaged(lambda: db.execute(counts).one())
    streams, events = counted or (None, None)
    hands = workers or (cores() if events is not None and events >= LARGE else 1)
    opener, dialect = partial(reading, call.settings), db.dialect.name
    with (
        watched(call, DOING) as progress,
        crew(opener, 1 if dossier else hands, dialect=dialect) as together,
    ):
        found = hold_together(db, call.place.wf, dossier_id=dossier, progress=progress,
                              crew=together, **how)  # fmt: skip
    gone = _unless_damaged(lambda: erased(call, db, dossier))
    left_out = ["replay", "tables", "files"] if how["bytes_only"] else []
    return {"streams": streams, "events": events, "problems": [_told(call, p) for p in found],
            "erased": gone or [], "not_looked_at": left_out}  # fmt: skip


def _unless_damaged(read: Callable[[], T]) -> T | None:
    """What is read, or None; the damage itself is the verifier's to tell."""
    from sqlalchemy.exc import DBAPIError

    from thidua.storage.script import is_damage

    try:
        return read()
    except DBAPIError as error:
        if error.orig is None or not is_damage(error.orig):
            raise
        return None


def _told(call: Call, problem: "Problem") -> dict[str, Any]:
    return {"stream": problem.stream, "event": problem.n, "code": problem.code,
            "text": problem.text(call.lang)}  # fmt: skip


def _line(told: dict[str, Any]) -> str:
    place = told["stream"] if told["event"] is None else f"{told['stream']} #{told['event']}"
    text = click.style(f"{place}: {told['text']}", fg="red")
    return f"{text} [{told['code']}]"
