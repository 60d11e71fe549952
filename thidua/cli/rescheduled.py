"""`thidua meetings move`: a meeting on another day, and the dues that move with it."""

from dataclasses import asdict
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.calendar.move import ASKED
from thidua.cli.calendar.source import dated
from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.moved import tell_moving
from thidua.cli.option import DAY, DRY_RUN, NOTE, PAPER
from thidua.cli.refused import Against, folded
from thidua.cli.screen import agreed, day, progress, say, show, title
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from thidua.rescheduling import Rescheduled

DOING: Words = ("Đang tính lại thời hạn", "Counting dues anew")
HEADING: Words = (
    "Phiên họp {meeting} “{name}”: từ {was} sang {on}",
    "Meeting {meeting} “{name}”: from {was} to {on}",
)
NOTHING: Words = (
    "Không có thời hạn nào tính lùi từ ngày họp phải đổi.",
    "No due counts back from the meeting, or none changes.",
)
WOULD: Words = (
    "{moved} thời hạn của {dossiers} hồ sơ thay đổi theo.",
    "It takes {moved} dues of {dossiers} dossiers with it.",
)
DONE: Words = (
    "Đã đổi phiên họp {meeting} sang {on}; {moved} thời hạn của {dossiers} hồ sơ đổi theo, giá trị"
    " cũ và mới ghi trong nhật ký.",
    "Moved the meeting {meeting} to {on}; {moved} dues of {dossiers} dossiers moved with it, old"
    " and new values are in the journal.",
)
TOO_SOON: Words = ("Ngày này quá gấp với:", "That day is too soon for:")

YES = option("--yes", is_flag=True, said=(
    "Thực hiện không hỏi lại.", "Do it without asking."))  # fmt: skip


@verb("move", takes=(NOTE, *PAPER, DRY_RUN))
@click.argument("meeting")
@click.argument("on", type=DAY)
@YES
@click.pass_obj
def move(call: Call, *, meeting: str, on: date, yes: bool) -> int:
    """Put a meeting on another day."""
    wf = call.place.wf
    found = call.read(lambda db: wf.rescheduling.plan(db, meeting, on, now=call.now))
    if call.dry:
        show(call, _answer(call, found), lambda: _tell(call, found))
        return int(bool(found.against))
    _agree(call, found, yes=yes)
    terms: dict[str, Any] = {"note": call.note, "ground": call.paper, "now": call.now}
    ids = call.change(lambda db: wf.rescheduling.move(db, meeting, on, by=call.by(db), **terms))
    with progress(call, ids, DOING) as each_dossier:
        for dossier in each_dossier:
            call.change(partial(wf.rescheduling.apply, meeting=meeting, dossier_id=dossier,
                               now=call.now))  # fmt: skip
    told = {"meeting": meeting, "on": day(on), **_counts(found)}
    show(call, _answer(call, found), lambda: say(call, DONE, **told))
    return 0


def _agree(call: Call, found: "Rescheduled", *, yes: bool) -> None:
    """Show what moves and ask; `Misuse` when nobody can answer, `Abort` for no."""
    if yes or not found.dues or found.against:
        return
    if not call.as_json:
        _tell(call, found)
    if not agreed(call, ASKED, Misuse("say-yes", count=_counts(found)["dossiers"])):
        raise click.Abort


def _counts(found: "Rescheduled") -> dict[str, int]:
    return {"moved": len(found.dues), "dossiers": len({due.dossier for due in found.dues})}


def _answer(call: Call, found: "Rescheduled") -> dict[str, Any]:
    return {
        "meeting": found.meeting, "title": found.title, "was_on": found.was_on,
        "held_on": found.held_on, **_counts(found), "dues": [asdict(due) for due in found.dues],
        "too_soon": [
            {"dossier": key, "code": r.code, "text": r.text(call.lang), "fields": r.fields}
            for key, r in found.against
        ],
    }  # fmt: skip


def _tell(call: Call, found: "Rescheduled") -> None:
    days = {"was": dated(found.was_on, call.lang), "on": dated(found.held_on, call.lang)}
    title(call, HEADING, meeting=found.meeting, name=found.title, **days)
    if not found.dues and not found.against:
        say(call, NOTHING)
    if found.dues:
        tell_moving(call, found.dues)
        say(call, WOULD, **_counts(found))
    if found.against:
        title(call, TOO_SOON)
    against = (Against(key, why.text(call.lang), why.code) for key, why in found.against)
    for line in folded(call, against):
        click.echo(line)
