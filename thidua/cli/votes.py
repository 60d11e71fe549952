"""`thidua votes`: votes cast one by one, paper counts, the close and what it came to."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from thidua.cli.ballot import decided, settle, show_
from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.casting import Casting
from thidua.cli.choice import Choice, chosen
from thidua.cli.language import Words
from thidua.cli.option import ACT, LIST_ACT
from thidua.cli.outcome import chaired, results, tell
from thidua.cli.pair import values_of
from thidua.cli.rules import make_ready
from thidua.cli.screen import say, show
from thidua.cli.sealed import HIDDEN, asked, box, destroy_keys, sure, tell_voter, tidy, verify, void
from thidua.cli.seat import fitting
from thidua.cli.shell import Noun, option
from thidua.workflow.balloting import Way
from thidua.workflow.command import BreakTie, Cast, Close, Command
from thidua.workflow.errors import Refused, ThiduaError, Unknown
from thidua.workflow.secrecy import is_sealed

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.imports.sheet import Row, Sheet
    from thidua.workflow.change import Done
    from thidua.workflow.tally import Counts

votes = Noun("votes")
votes.add_command(show_)
for each in (box, verify, void, destroy_keys):
    votes.add_command(each)

COUNTED: Words = (
    "{ref}: đã nhập kết quả kiểm phiếu {count} hồ sơ từ {file}.",
    "{ref}: entered the count of {count} dossiers from {file}.",
)

WAY = click.Choice(get_args(Way))
SEAT = option("--seat", metavar="SEAT", said=(
    "Thành viên bỏ phiếu; mặc định là bạn.", "Whose vote; by default your own."))  # fmt: skip


@votes.verb("cast", takes=ACT)
@click.argument("round_", metavar="ROUND")
@click.argument("choice_", metavar="CHOICE")
@chosen
@SEAT
@option("--way", type=WAY, default="electronic", said=(
    "Hình thức: điện tử (mặc định) hoặc bằng văn bản.",
    "How: electronic (by default) or written."))  # fmt: skip
@option(
    "--except",
    "but",
    multiple=True,
    metavar="DOSSIER=CHOICE",
    said=("Trừ hồ sơ này (ghi được nhiều lần).", "Except this dossier (may be given again)."),
)
@click.pass_obj
def cast(
    call: Call,
    /,
    *,
    round_: str,
    choice_: str,
    seat: str | None,
    way: str,
    but: tuple[str, ...],
    **choice: Any,
) -> int:
    """Cast a vote."""
    apart = values_of(but, "DOSSIER=CHOICE")
    found = _ballot(call, round_)
    whose = fitting(found["seats"], seat) if seat else None
    tell_voter(call, found["rule"], len(found["seats"]), way)
    casting = Casting(
        call, asked(call, choice_), apart, hidden=choice_ == HIDDEN, secret=found["rule"].secret
    )

    def make(_db: "Connection", dossier: str) -> Command:
        return Cast(found["name"], casting.choice(dossier), whose, way, **call.terms)

    return carry_out(call, _in_round(Choice(**choice), found["id"]), make, along=casting)


def _ballot(call: Call, ref: str) -> dict[str, Any]:
    """The round of a reference, with its seats; `Refused` when it is no ballot."""
    from thidua.cli.rules import rules_of
    from thidua.storage import listing_rounds

    def look(db: "Connection") -> dict[str, Any]:
        found = listing_rounds.find(db, call.tables, ref)
        rule = rules_of(call, db, found["procedure"]).procedure.rounds[found["name"]]
        if rule.kind != "ballot":
            raise Refused.of("not-that-kind", round=ref, kind="ballot")
        return {**found, "rule": rule,
                "seats": listing_rounds.seats(db, call.tables, found["id"])}  # fmt: skip

    return call.read(look)


def _in_round(choice: Choice, round_id: str) -> Choice:
    """The dossiers chosen; all of the round when nothing was said."""
    from dataclasses import replace

    told = choice.ids or choice.from_file is not None or choice.filters
    return choice if told else replace(choice, in_round=round_id)


@votes.verb("count", takes=LIST_ACT)
@click.argument("round_", metavar="ROUND")
@click.argument("file", type=click.Path(path_type=Path))
@option("--way", type=WAY, default="paper", said=(
    "Hình thức: phiếu giấy (mặc định) hoặc giơ tay.",
    "How: paper (by default) or show of hands."))  # fmt: skip
@option("--minutes", type=click.Path(path_type=Path), metavar="FILE", said=(
    "Bản quét biên bản kiểm phiếu, đính kèm vào phiên họp.",
    "The scanned minutes of the count, attached to the meeting."))  # fmt: skip
@click.pass_obj
def count(call: Call, *, round_: str, file: Path, way: str, minutes: Path | None) -> None:
    """Enter the tellers' count."""
    from thidua.imports.counts import KNOWN, NEEDED, counts_of
    from thidua.imports.sheet import read_sheet
    from thidua.storage import listing_rounds

    found = _ballot(call, round_)
    entitled = call.read(lambda db: listing_rounds.entitled(db, call.tables, found["id"]))
    sheet = read_sheet(file, needed=NEEDED, known=KNOWN)
    rows = counts_of(sheet, entitled)
    counted = [dossier for _, dossier, _ in rows]

    def enter(db: "Connection") -> list[dict[str, Any]]:
        if _close_counted(call, db, sheet, rows, found["name"], way) and minutes is not None:
            _attach(call, db, found, minutes)
        return results(call, db, found["id"], counted)

    came_to = call.change(enter)
    tidy(call)
    ranked = settle(call, found["id"])
    if ranked:
        came_to = call.read(lambda db: results(call, db, found["id"], counted))
    answer = {"file": file.name, "round": found["ref"], "dossiers": counted,
              "results": came_to, "ranked": ranked}  # fmt: skip

    def write() -> None:
        say(call, COUNTED, ref=found["ref"], count=len(rows), file=file.name)
        tell(call, came_to)
        decided(call, ranked)

    show(call, answer, write)


def _attach(call: Call, db: "Connection", found: dict[str, Any], file: Path) -> None:
    if found["meeting"] is None:
        raise Refused.of("not-by-meeting", round=found["name"])
    wf = call.place.wf
    paper = call.place.intake.document("count", file)
    wf.meetings.attach(db, found["meeting"], paper, by=call.by(db), now=call.now)


def _close_counted(
    call: Call,
    db: "Connection",
    sheet: "Sheet",
    rows: "list[tuple[Row, str, Counts]]",
    name: str,
    way: str,
) -> bool:
    """Close the ballot for every row, dossiers ascending; what is wrong is said at its row.

    Whether any was closed now, and not by an earlier try of the command.
    """
    from thidua.imports.counts import COLUMNS

    sheet.mistakes.clear()
    errors: list[ThiduaError] = []
    new = False
    for row, dossier, counts in sorted(rows, key=lambda each: each[1]):
        command = Close(name, counts, way, **call.terms)
        try:
            done = call.place.wf.act(
                db, dossier, command, by=call.by(db), command_id=call.command_id, now=call.now
            )
            new = new or not done.repeated
        except (Refused, Unknown) as error:
            errors.append(error)
            for reason in error.reasons:
                sheet.refuse(row, reason, COLUMNS.get(reason.code))
    if errors and not any(r.code in COLUMNS for error in errors for r in error.reasons):
        raise errors[0]
    sheet.stop_if_wrong()
    return new


def _results_in(call: Call, key: str, only: set[str], db: "Connection") -> list[dict[str, Any]]:
    return results(call, db, key, only)


def _closed_in(call: Call, db: "Connection", name: str, dossiers: set[str]) -> list[str]:
    """The ballots in which these were just counted: not all of them need be in the newest."""
    from thidua.storage import listing_papers

    lines = listing_papers.lines(db, call.tables, dossiers)
    done = (line for line in lines if line["name"] == name and line["closed_n"] is not None)
    last = {line["dossier_id"]: line for line in sorted(done, key=lambda line: line["opened_n"])}
    return sorted({line["round_id"] for line in last.values()})


@votes.verb("close", takes=ACT)
@click.argument("round_", metavar="ROUND")
@chosen
@click.pass_obj
def close(call: Call, /, *, round_: str, **choice: Any) -> int:
    """End a ballot and judge it."""
    found = _ballot(call, round_)
    command = Close(found["name"], **call.terms)
    ranked: list[dict[str, Any]] = []
    came_to: list[dict[str, Any]] = []
    closed: set[str] = set()

    def make(_db: "Connection", dossier: str) -> Command:
        closed.add(dossier)
        return command

    def rank() -> dict[str, Any]:
        tidy(call)
        for key in call.read(lambda db: _closed_in(call, db, found["name"], closed)):
            ranked.extend(settle(call, key))
            came_to.extend(call.read(partial(_results_in, call, key, closed)))
        return {"ranked": ranked, "results": came_to}

    chosen_ = _in_round(Choice(**choice), found["id"])
    agreed = sure(call, chosen_) if is_sealed(found["rule"]) else chosen_
    if agreed is None:
        return 0
    code = carry_out(call, agreed, make, after=rank)
    if not call.as_json:
        tell(call, came_to)
        decided(call, ranked)
    return code


@votes.verb("break", takes=ACT)
@click.argument("round_", metavar="ROUND")
@click.argument("choice_", metavar="CHOICE")
@click.argument("dossier")
@click.pass_obj
def break_(call: Call, /, *, round_: str, choice_: str, dossier: str) -> None:
    """Decide a tie as the chair."""
    found = _ballot(call, round_)
    command = BreakTie(found["name"], choice_, **call.terms)

    def do(db: "Connection") -> "Done":
        return call.place.wf.act(
            db, dossier, command, by=call.by(db), command_id=call.command_id,
            expect=call.given.get("expect"), now=call.now,
        )  # fmt: skip

    make_ready(call, [dossier])
    done = call.write(do)
    outcome = "passed" if choice_ == "for" else "failed"
    told = {"dossier": dossier, "outcome": outcome, "state": done.state, "event": done.n}
    show(call, told, lambda: chaired(call, dossier, outcome))
