"""A meeting at the command line: who presides, who is there, how it begins and ends."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.label import PRESENCES, called
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN, PAPER
from thidua.cli.pair import values_of
from thidua.cli.screen import say, show
from thidua.cli.seat import fitting
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

PRESIDES: Words = ("{name} chủ trì phiên họp {meeting}.", "{name} presides at {meeting}.")
ATTENDED: Words = (
    "Phiên họp {meeting}: {present}/{members} thành viên có mặt.",
    "Meeting {meeting}: {present} of {members} members are there.",
)
BEGUN: Words = (
    "Phiên họp {meeting} khai mạc, có mặt {present}/{members} thành viên.",
    "The meeting {meeting} has begun with {present} of {members} members.",
)
CONCLUDED: Words = ("Phiên họp {meeting} đã bế mạc.", "The meeting {meeting} is concluded.")
ATTACHED: Words = (
    "Phiên họp {meeting}: đã đính kèm {name} ({kind}).",
    "Meeting {meeting}: attached {name} ({kind}).",
)


@verb("preside", takes=(*PAPER, DRY_RUN))
@click.argument("meeting")
@click.argument("actor", metavar="PERSON")
@click.pass_obj
def preside(call: Call, *, meeting: str, actor: str) -> None:
    """Record who presides."""
    wf = call.place.wf

    def do(db: "Connection") -> str:
        from thidua.storage import listing_people

        wf.meetings.preside(db, meeting, actor, by=call.by(db), authority=call.paper, now=call.now)
        return listing_people.names(db, call.tables, call.today).actor(actor)

    name = call.change(do)
    answer = {"meeting": meeting, "presides": actor}
    show(call, answer, lambda: say(call, PRESIDES, name=name, meeting=meeting))


@verb("attend", takes=(DRY_RUN,))
@click.argument("meeting")
@click.argument("said", nargs=-1, metavar="[MEMBER=PRESENCE[:REASON]]...")
@option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=("Tệp CSV: seat, presence, excuse.", "A CSV file: seat, presence, excuse."),
)
@option(
    "--all",
    "rest",
    metavar="PRESENCE",
    said=(
        "Mọi thành viên chưa được ghi, ví dụ present.",
        "Every member nothing was said of, such as present.",
    ),
)
@click.pass_obj
def attend(
    call: Call, *, meeting: str, said: tuple[str, ...], file: Path | None, rest: str | None
) -> None:
    """Record who is there."""
    told, excuses = _with_reasons(values_of(said, "MEMBER=PRESENCE"))
    if file is not None:
        _read(file, told, excuses)
    if not told and rest is None:
        raise Misuse("nothing-said", option="MEMBER=PRESENCE")
    wf = call.place.wf

    def do(db: "Connection") -> dict[str, str]:
        from thidua.storage import listing_registers

        seats = wf.meetings.seats(db, meeting)
        named = {fitting(seats, seat): how for seat, how in told.items()}
        before = listing_registers.meeting(db, call.tables, meeting)["attendance"]
        left = seats - named.keys() - before.keys() if rest is not None else ()
        kept = {**dict.fromkeys(sorted(left), rest or ""), **named}
        why = {fitting(seats, seat): text for seat, text in excuses.items()}
        wf.meetings.attend(db, meeting, kept, by=call.by(db), excuses=why, now=call.now)
        return {**dict.fromkeys(seats, "-"), **before, **kept}

    whole = call.change(do)
    present = sum(how == "present" for how in whole.values())
    answer = {"meeting": meeting, "attendance": whole, "present": present}
    show(call, answer, lambda: say(
        call, ATTENDED, meeting=meeting, present=present, members=len(whole)))  # fmt: skip


def _with_reasons(said: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """By member the presence, and the reason behind its colon where one is given."""
    parts = {seat: [part.strip() for part in how.split(":", 1)] for seat, how in said.items()}
    reasons = {seat: each[1] for seat, each in parts.items() if each[1:] and each[1]}
    return {seat: each[0] for seat, each in parts.items()}, reasons


def _read(file: Path, told: dict[str, str], excuses: dict[str, str]) -> None:
    from thidua.imports.sheet import read_sheet

    sheet = read_sheet(file, needed=("seat", "presence"), known=("excuse", "name"))
    for row in sheet:
        seat = row.needed("seat")
        told[seat] = row.one_of("presence", tuple(PRESENCES))
        if (excuse := row.text("excuse")) is not None:
            excuses[seat] = excuse
    sheet.stop_if_wrong()


@verb("begin", takes=(DRY_RUN,))
@click.argument("meeting")
@click.pass_obj
def begin(call: Call, *, meeting: str) -> None:
    """Begin a meeting that has its quorum."""
    wf = call.place.wf
    present, members = call.change(
        lambda db: wf.meetings.begin(db, meeting, by=call.by(db), now=call.now)
    )
    told = {"meeting": meeting, "present": present, "members": members}
    show(call, told, lambda: say(call, BEGUN, **told))


@verb("conclude", takes=(DRY_RUN,))
@click.argument("meeting")
@click.pass_obj
def conclude(call: Call, *, meeting: str) -> None:
    """End a meeting."""
    wf = call.place.wf
    call.change(lambda db: wf.meetings.conclude(db, meeting, by=call.by(db), now=call.now))
    show(call, {"meeting": meeting}, lambda: say(call, CONCLUDED, meeting=meeting))


@verb("attach", takes=(DRY_RUN,))
@click.argument("meeting")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@option("--pages", metavar="TEXT", said=("Trang, ví dụ 3-7.", "Pages, such as 3-7."))
@click.pass_obj
def attach(call: Call, *, meeting: str, kind: str, file: Path, pages: str | None) -> None:
    """Attach minutes, or the tellers' scanned count."""
    wf = call.place.wf
    paper = call.place.intake.document(kind, file, pages)
    call.change(lambda db: wf.meetings.attach(db, meeting, paper, by=call.by(db), now=call.now))
    told: dict[str, Any] = {"meeting": meeting, "kind": kind, "name": paper.name}
    answer = {**told, "sha256": paper.sha256, "size": paper.size}
    show(call, answer, lambda: say(call, ATTACHED, **told))


def presence_of(how: str | None, lang: str) -> str:
    """What an attendance is called."""
    return called(PRESENCES, how, lang)
