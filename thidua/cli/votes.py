"""`thidua votes`: votes cast one by one, paper counts, the close and what it came to."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from thidua.cli.ballot import decided, settle, show_
from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import Choice, chosen
from thidua.cli.language import Words
from thidua.cli.option import ACT, LIST_ACT
from thidua.cli.pair import values_of
from thidua.cli.screen import say, show
from thidua.cli.seat import fitting
from thidua.cli.shell import Noun, option
from thidua.workflow.balloting import Way
from thidua.workflow.command import Cast, Close, Command
from thidua.workflow.errors import Refused, ThiduaError, Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.imports.sheet import Row, Sheet
    from thidua.workflow.tally import Counts

votes = Noun("votes")
votes.add_command(show_)

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

    def make(_db: "Connection", dossier: str) -> Command:
        return Cast(found["name"], apart.get(dossier, choice_), whose, way, **call.terms)

    return carry_out(call, _in_round(Choice(**choice), found["id"]), make)


def _ballot(call: Call, ref: str) -> dict[str, Any]:
    """The round of a reference, with its seats; `Refused` when it is no ballot."""
    from thidua.cli.rules import rules_of
    from thidua.storage import listing_rounds

    def look(db: "Connection") -> dict[str, Any]:
        found = listing_rounds.find(db, call.tables, ref)
        rule = rules_of(call, db, found["procedure"]).procedure.rounds[found["name"]]
        if rule.kind != "ballot":
            raise Refused.of("not-that-kind", round=ref, kind="ballot")
        return {**found, "seats": listing_rounds.seats(db, call.tables, found["id"])}

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
@click.pass_obj
def count(call: Call, *, round_: str, file: Path, way: str) -> None:
    """Enter the tellers' count."""
    from thidua.imports.counts import KNOWN, NEEDED, counts_of
    from thidua.imports.sheet import read_sheet
    from thidua.storage import listing_rounds

    found = _ballot(call, round_)
    entitled = call.read(lambda db: listing_rounds.entitled(db, call.tables, found["id"]))
    sheet = read_sheet(file, needed=NEEDED, known=KNOWN)
    rows = counts_of(sheet, entitled)
    call.write(lambda db: _close_counted(call, db, sheet, rows, found["name"], way))
    ranked = settle(call, found["id"])
    answer = {"file": file.name, "round": found["ref"], "dossiers": [d for _, d, _ in rows],
              "ranked": ranked}  # fmt: skip

    def write() -> None:
        say(call, COUNTED, ref=found["ref"], count=len(rows), file=file.name)
        decided(call, ranked)

    show(call, answer, write)


def _close_counted(
    call: Call,
    db: "Connection",
    sheet: "Sheet",
    rows: "list[tuple[Row, str, Counts]]",
    name: str,
    way: str,
) -> None:
    """Close the ballot for every row, dossiers ascending; what is wrong is said at its row."""
    from thidua.imports.counts import COLUMNS

    sheet.mistakes.clear()
    errors: list[ThiduaError] = []
    for row, dossier, counts in sorted(rows, key=lambda each: each[1]):
        command = Close(name, counts, way, **call.terms)
        try:
            call.place.wf.act(
                db, dossier, command, by=call.by(db), command_id=call.command_id, now=call.now
            )
        except (Refused, Unknown) as error:
            errors.append(error)
            for reason in error.reasons:
                sheet.refuse(row, reason, COLUMNS.get(reason.code))
    if errors and not any(r.code in COLUMNS for error in errors for r in error.reasons):
        raise errors[0]
    sheet.stop_if_wrong()


@votes.verb("close", takes=ACT)
@click.argument("round_", metavar="ROUND")
@chosen
@click.pass_obj
def close(call: Call, /, *, round_: str, **choice: Any) -> int:
    """End a ballot and judge it."""
    found = _ballot(call, round_)
    command = Close(found["name"], **call.terms)
    ranked: list[dict[str, Any]] = []

    def rank() -> dict[str, Any]:
        ranked.extend(settle(call, found["id"]))
        return {"ranked": ranked}

    dossiers = _in_round(Choice(**choice), found["id"])
    code = carry_out(call, dossiers, lambda _db, _id: command, after=rank)
    if not call.as_json:
        decided(call, ranked)
    return code
