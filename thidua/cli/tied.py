"""Who steps back from a ballot by the procedure's own rule, for those who may know it."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from thidua.cli.call import Call
from thidua.cli.eyes import closed_to, eyes_of
from thidua.cli.label import TIES, called
from thidua.cli.language import Words
from thidua.cli.screen import say
from thidua.workflow.sight import What, may_see

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.procedure import Procedure

AWAY: Words = (
    "{count} thành viên không bỏ phiếu theo quy trình (recuse_if):",
    "Kept from voting by the procedure (recuse_if), members: {count}",
)
ONE: Words = ("  {name}: {dossiers}", "  {name}: {dossiers}")


def tied(
    call: Call,
    db: "Connection",
    rounds: Mapping[str, tuple["Procedure", str]],
    *,
    dossier: str | None = None,
) -> list[dict[str, Any]]:
    """Of rounds by id, each with its procedure and name: whom their ballots did not ask.

    Names for who may see who is asked, grounds for who may see the roll; nothing about a dossier
    from which one who looks stepped back.
    """
    from thidua.storage import listing_people, listing_ties

    ballots = {
        key: (procedure, name) for key, (procedure, name) in rounds.items()
        if procedure.recuse_if and procedure.rounds[name].kind == "ballot"
    }  # fmt: skip
    if not ballots:
        return []
    eyes, shut = eyes_of(call, db), closed_to(call, db)
    names = listing_people.names(db, call.tables, call.today)
    rows = []
    for each in listing_ties.tied(db, call.tables, ballots.keys(), dossier=dossier):
        procedure, name = ballots[each.round_id]
        if each.dossier_id not in shut and may_see(procedure, What("asked", name), eyes):
            why = each.grounds if may_see(procedure, What("roll", name), eyes) else ()
            rows.append({"dossier": each.dossier_id, "round_id": each.round_id,
                         "seat": each.seat, "name": names.seat(each.seat) or each.seat,
                         "grounds": list(why)})  # fmt: skip
    return rows


def say_tied(call: Call, rows: Sequence[Mapping[str, Any]]) -> None:
    """Say who they are, and for which dossiers; nothing where there is nobody."""
    if not rows:
        return
    say(call, AWAY, count=len({row["seat"] for row in rows}))
    dossiers: dict[str, dict[str, None]] = {}
    for row in rows:
        dossiers.setdefault(_named(row, call.lang), {})[row["dossier"]] = None
    for name, ids in dossiers.items():
        say(call, ONE, name=name, dossiers=", ".join(ids))


def _named(row: Mapping[str, Any], lang: str) -> str:
    grounds: Collection[str] = row["grounds"]
    why = ", ".join(called(TIES, each, lang) for each in grounds)
    return f"{row['name']} ({why})" if why else str(row["name"])
