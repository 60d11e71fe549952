"""Putting right what was entered, and answering a disagreement."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import Choice, chosen
from thidua.cli.exchanging import FILES, enclosures
from thidua.cli.option import ACT
from thidua.cli.pair import apart
from thidua.cli.shell import option, verb
from thidua.workflow.command import Command, Correct, Reply
from thidua.workflow.dossier import Candidate, CandidateKind

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


@verb("correct", takes=ACT)
@chosen
@option("--name", metavar="TEXT", said=(
    "Tên đúng của cá nhân, tập thể, hộ gia đình.", "The candidate's right name."))  # fmt: skip
@option("--candidate-kind", type=click.Choice(get_args(CandidateKind)), said=(
    "Đúng ra là cá nhân, tập thể hay hộ gia đình.", "What the candidate is."))  # fmt: skip
@option("--candidate-unit", metavar="ID", said=(
    "Đơn vị đúng của cá nhân, tập thể.", "The candidate's right unit."))  # fmt: skip
@click.pass_obj
def correct(call: Call, /, *, ids: tuple[str, ...], **said: Any) -> int:
    """Put right what was entered wrongly."""
    dossiers, fields = apart(ids)
    candidate = {name: said.pop(name) for name in ("name", "candidate_kind", "candidate_unit")}

    def make(db: "Connection", key: str) -> Command:
        return Correct(fields, _candidate(call, db, key, candidate), **call.terms)

    return carry_out(call, Choice(ids=dossiers, **said), make)


def _candidate(
    call: Call, db: "Connection", dossier: str, said: dict[str, Any]
) -> Candidate | None:
    """The candidate as it is with what is to be put right; None when that is nothing."""
    from thidua.storage import listing

    named = {"name": said["name"], "kind": said["candidate_kind"], "unit": said["candidate_unit"]}
    told = {name: value for name, value in named.items() if value is not None}
    if not told:
        return None
    (row,) = listing.parts(db, call.tables, dossier)["dossier"]
    here = Candidate(
        row["candidate_kind"], row["candidate_name"], row["candidate_unit"], row["candidate_person"]
    )
    return replace(here, **told)


@verb("reply", takes=ACT)
@chosen
@click.argument("round_", metavar="ROUND")
@click.argument("seat")
@FILES
@click.pass_obj
def reply(call: Call, /, *, round_: str, seat: str, files: tuple[Path, ...], **choice: Any) -> int:
    """Answer a disagreement in writing."""
    from thidua.cli.seat import seat_in

    enclosed = enclosures(call, files)

    def make(db: "Connection", key: str) -> Command:
        whose = seat_in(call, db, key, round_, seat) or seat
        return Reply(round_, whose, enclosed, **call.terms)

    return carry_out(call, Choice(**choice), make)
