"""The agenda as it changes in the room: cases brought, put off, shown without a vote."""

from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.option import COMMAND_ID, DRY_RUN, NOTE, PAPER
from thidua.cli.screen import say, show
from thidua.cli.sealed import tidy
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Refused

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.change import Done

BROUGHT: Words = (
    "Đã đưa hồ sơ {dossier} vào phiên họp {meeting}.",
    "Brought the dossier {dossier} to the meeting {meeting}.",
)
DEFERRED: Words = (
    "Đã chuyển hồ sơ {dossier} từ phiên {meeting} sang phiên {to}; bỏ phiếu lại ở phiên đó.",
    "Put the dossier {dossier} off from {meeting} to {to}, where it is voted on anew.",
)
WITHDRAWN: Words = (
    "Đã rút hồ sơ {dossier} khỏi phiên {meeting}; hồ sơ chờ phiên họp khác.",
    "Took the dossier {dossier} off {meeting}; it waits for another meeting.",
)
SHOWN: Words = (
    "Đã ghi ý kiến Hội đồng về hồ sơ {dossier} (không bỏ phiếu).",
    "Recorded what the council said of the dossier {dossier}, without a vote.",
)
TAKES = (NOTE, *PAPER, COMMAND_ID, DRY_RUN)


@verb("bring", takes=TAKES)
@click.argument("meeting")
@click.argument("dossier")
@option(
    "--trigger",
    metavar="TRIGGER",
    said=(
        "Bước chuyển đưa hồ sơ ra Hội đồng; hồ sơ đang chờ phiên họp thì không cần.",
        "The step that puts it to the council; not needed for one that waits for a meeting.",
    ),
)
@click.pass_obj
def bring(call: Call, *, meeting: str, dossier: str, trigger: str | None) -> None:
    """Add a case in the room."""

    def do(db: "Connection") -> "Done":
        ballot = None if trigger is not None else _ballot(call, db, dossier)
        return call.place.wf.meetings.cases.bring(
            db, meeting, dossier, trigger=trigger, ballot=ballot, **_changing(call, db)
        )

    _tell(call, call.change(do), BROUGHT, dossier=dossier, meeting=meeting)


@verb("defer", takes=TAKES)
@click.argument("meeting")
@click.argument("dossier")
@option(
    "--to",
    metavar="MEETING",
    said=(
        "Sang phiên họp này; không ghi thì rút khỏi chương trình, chờ phiên khác.",
        "To this meeting; else it is taken off the agenda and waits.",
    ),
)
@click.pass_obj
def defer(call: Call, *, meeting: str, dossier: str, to: str | None) -> None:
    """Put a case off."""

    def do(db: "Connection") -> "Done":
        ballot = _ballot(call, db, dossier)
        return call.place.wf.meetings.cases.defer(
            db, meeting, dossier, ballot, to=to, **_changing(call, db)
        )

    words = WITHDRAWN if to is None else DEFERRED
    done = call.change(do)
    tidy(call)
    _tell(call, done, words, dossier=dossier, meeting=meeting, to=to)


@verb("note", takes=(NOTE, DRY_RUN))
@click.argument("meeting")
@click.argument("dossier")
@click.pass_obj
def note(call: Call, *, meeting: str, dossier: str) -> None:
    """Record what the council said of a case shown without a vote."""

    def do(db: "Connection") -> None:
        call.place.wf.meetings.cases.show(db, meeting, dossier, **_terms(call, db))

    call.change(do)
    told = {"meeting": meeting, "dossier": dossier}
    show(call, told, lambda: say(call, SHOWN, **told))


def _terms(call: Call, db: "Connection") -> dict[str, Any]:
    if not call.note:
        raise Refused.of("note-missing", trigger="meetings")
    return {"by": call.by(db), "note": call.note, "now": call.now}


def _changing(call: Call, db: "Connection") -> dict[str, Any]:
    return {**_terms(call, db), "ground": call.paper, "command_id": call.command_id}


def _ballot(call: Call, db: "Connection", dossier: str) -> str:
    """The dossier's newest ballot that is held at meetings, by name; refused without one."""
    from thidua.storage import listing

    lines = listing.parts(db, call.tables, dossier)["lines"]
    put = [line for line in lines if line["meeting"] is not None]
    if not put:
        raise Refused.of("before-no-meeting", dossier=dossier)
    return str(max(put, key=lambda line: line["opened_n"])["name"])


def _tell(call: Call, done: "Done", words: Words, **told: Any) -> None:
    answer = {**told, "event": done.n, "state": done.state, "version": done.version}
    show(call, answer, lambda: say(call, words, **told))
