"""`thidua rounds`: consultations, postings and ballots over many dossiers."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.answering import answer
from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import ALL_OR_NOTHING, YES, Choice, chosen
from thidua.cli.conducting import cancel, close, excuse, include, reopen, request
from thidua.cli.dossiers.desk import SEAT
from thidua.cli.exchanging import answer_back, ask_back, confirm, look, prepare
from thidua.cli.eyes import eyes_of
from thidua.cli.option import ACT, DAY, LIST_ACT
from thidua.cli.pressing import letter, promise
from thidua.cli.rules import round_label, rules_of
from thidua.cli.screen import moment, show, table
from thidua.cli.seat import fitting, require_conducting
from thidua.cli.shell import Noun, option
from thidua.cli.standing import status
from thidua.cli.table import Column
from thidua.workflow.command import Command, Extend, Fire
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.person import ENGINE
from thidua.workflow.sight import What, may_see

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.procedure import Procedure

rounds = Noun("rounds")
rounds.add_command(status)
rounds.add_command(answer)
rounds.add_command(promise)
rounds.add_command(letter)
for _each in (look, prepare, confirm, ask_back, answer_back, request, include, excuse, cancel,
              reopen, close):  # fmt: skip
    rounds.add_command(_each)

COLUMNS = (
    Column(("Đợt", "Round"), lambda r: r["ref"]),
    Column(("Tên", "Name"), lambda r: r["label"], gives=True),
    Column(("Mở lúc", "Opened"), lambda r: moment(r["opened_at"])),
    Column(("Phiên họp", "Meeting"), lambda r: r["meeting"]),
    Column(("Hồ sơ", "Dossiers"), lambda r: r["dossiers"], right=True),
    Column(("Chưa xong", "Running"), lambda r: r["running"], right=True),
)


@rounds.verb("list")
@option("--open", "only_open", is_flag=True, said=("Chỉ đợt chưa xong.", "Only running ones."))
@click.pass_obj
def list_(call: Call, *, only_open: bool) -> None:
    """The rounds opened so far."""
    rows = call.read(lambda db: _rows(call, db, only_open=only_open))
    show(call, {"rounds": rows}, lambda: table(call, rows, COLUMNS))


def _rows(call: Call, db: "Connection", *, only_open: bool) -> list[dict[str, Any]]:
    from thidua.storage import listing_rounds

    found = listing_rounds.rounds(db, call.tables, only_open=only_open)
    eyes, rows = eyes_of(call, db), []
    for r in found:
        procedure = _procedure(call, db, r)
        told = {**r, "label": round_label(procedure, r["name"], call.lang)}
        if may_see(procedure, What("asked", r["name"]), eyes):
            rows.append(told)
        elif any(
            may_see(procedure, What("asked", r["name"], seat), eyes)
            for seat in listing_rounds.seats(db, call.tables, r["id"])
        ):
            rows.append({**told, "dossiers": None, "running": None})
    return rows


def _procedure(call: Call, db: "Connection", row: Any) -> "Procedure":
    return rules_of(call, db, row["procedure"]).procedure


@rounds.verb("open", takes=ACT)
@chosen
@click.argument("round_", metavar="ROUND")
@option(
    "--trigger",
    metavar="TRIGGER",
    said=("Bước mở đợt, khi có nhiều bước.", "The step that opens it, where there are several."),
)
@option("--meeting", metavar="ID", said=(
    "Phiên họp, khi mở bỏ phiếu.", "The meeting, when a ballot is opened."))  # fmt: skip
@option("--requests", type=click.Path(path_type=Path), metavar="FILE", said=(
    "Câu hỏi, đề nghị cung cấp thông tin riêng từng nơi (seat, question, files, dossier).",
    "Questions and wishes for single seats (seat, question, files, dossier)."))  # fmt: skip
@click.pass_obj
def open_(
    call: Call,
    /,
    *,
    round_: str,
    trigger: str | None,
    meeting: str | None,
    requests: Path | None,
    **choice: Any,
) -> int:
    """Take the step into the state that opens a round."""

    def make(db: "Connection", dossier: str) -> Command:
        step = trigger or _opening_step(call, db, dossier, round_)
        return Fire(step, None, meeting, None, **call.terms)

    from thidua.cli.opening import Questions

    asked = None if requests is None else Questions.read(call, round_, requests)
    return carry_out(call, Choice(**choice), make, along=asked)


@rounds.verb("extend", takes=LIST_ACT)
@click.argument("round_", metavar="ROUND")
@click.argument("until", type=DAY)
@SEAT
@YES
@ALL_OR_NOTHING
@click.pass_obj
def extend(
    call: Call, *, round_: str, until: date, seat: str | None, yes: bool, all_or_nothing: bool
) -> int:
    """Give a round more time."""
    round_id, whose, ids = call.read(lambda db: _to_extend(call, db, round_, seat))
    choice = Choice(ids=tuple(ids), yes=yes, all_or_nothing=all_or_nothing)
    command = Extend(round_id, until, whose, **call.terms)
    return carry_out(call, choice, lambda _db, _dossier: command, dues=True)


def _to_extend(
    call: Call, db: "Connection", ref: str, said: str | None
) -> tuple[str, str | None, list[str]]:
    """The round, the seat that is meant, and the dossiers about which it is asked."""
    from thidua.storage import listing_rounds

    found = listing_rounds.find(db, call.tables, ref)
    require_conducting(call, db, found, "extend")
    seats = listing_rounds.seats(db, call.tables, found["id"])
    seat = fitting(seats, said) if said is not None else None
    ids = call.place.wf.rounds.dossiers(db, found["id"], seat)
    if not ids and seat is not None:
        raise Unknown("seat-not-asked", seat=seat, round=found["ref"])
    return found["id"], seat, ids


def _opening_step(call: Call, db: "Connection", dossier: str, name: str) -> str:
    """The one step that leads from where the dossier stands to a state that opens the round."""
    from thidua.storage import listing

    rows = listing.dossiers(db, call.tables, listing.Wanted(ids=[dossier]))
    if not rows:
        raise Unknown("unknown-dossier", dossier=dossier)
    if trigger := (listing.done_by(db, call.tables, dossier, call.command_id) or {}).get("trigger"):
        return str(trigger)
    p = _procedure(call, db, rows[0])
    if name not in p.rounds:
        raise Unknown("unknown-round", round=name, known=", ".join(p.rounds))
    steps = [
        t.trigger
        for t in p.transitions
        if rows[0]["state"] in t.source and t.by != ENGINE and name in p.states[t.dest].opens
    ]
    if len(steps) != 1:
        raise Refused.of("which-step", round=name, known=", ".join(steps) or "-")
    return steps[0]
