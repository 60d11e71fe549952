"""Who looks at an answer, the operator and whoever is named by `--as`, and what that leaves."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.logged import unshown
from thidua.workflow.errors import Misuse
from thidua.workflow.person import Seat
from thidua.workflow.sight import Eyes, Standing, What, handles, may_see, proposers

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.procedure import Procedure

Row = Mapping[str, Any]

AT_OFFICE: Words = ("(xem tại cơ quan)", "(to be seen at the office)")
"""In the place of a name that is classified."""


def eyes_of(call: Call, db: "Connection") -> tuple[Eyes, ...]:
    """Every pair of eyes, each of which must be allowed to see; none when nobody is known."""
    try:
        actors = call.viewer(db)
    except Misuse:
        return ()
    from thidua.people import eyes_of as looking

    return looking(call.place.wf.people, db, actors, call.today)


def in_office(call: Call, db: "Connection") -> bool:
    """Whether all that look are among those who handle dossiers, under any stored procedure."""
    from thidua.cli.rules import stored

    rules, eyes = stored(call, db), eyes_of(call, db)
    return not rules or any(handles(each.procedure, eyes) for each in rules)


def require_office(call: Call, db: "Connection") -> None:
    """`Refused` ("not-yours-to-see") unless all that look handle dossiers; `Misuse` for nobody."""
    call.viewer(db)
    if not in_office(call, db):
        raise unshown("not-yours-to-see", eyes_of(call, db))


def require(
    call: Call, db: "Connection", procedure: "Procedure", what: What
) -> tuple[Eyes, ...]:  # fmt: skip
    """The eyes; `Refused` ("not-yours-to-see") unless all of them may see it in a round."""
    eyes = eyes_of(call, db)
    if not may_see(procedure, what, eyes):
        raise unshown("not-yours-to-see", eyes)
    return eyes


def open_to(
    call: Call, db: "Connection", rows: Iterable[Row], key: str = "dossier_id"
) -> list[Row]:
    """The rows whose dossier nobody that looks stepped back from."""
    away = closed_to(call, db)
    return [row for row in rows if row[key] not in away]


def closed_to(call: Call, db: "Connection") -> frozenset[str]:
    """The dossiers from which somebody that looks stepped back."""
    from thidua.storage import recused

    return recused.closed_to(db, call.tables, eyes_of(call, db))


def without_results(call: Call, db: "Connection", rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Dossiers' rows as lists may show them: what is not announced leaves no state and no due."""
    from thidua.cli.rules import rules_of

    eyes, standing = eyes_of(call, db), standings(call, db)
    shown = []
    for row in rows:
        at = standing(row, row["id"])
        procedure = rules_of(call, db, row["procedure"]).procedure
        told = dict(row)
        if not may_see(procedure, What("outcome"), eyes, at):
            told |= {name: None for name in ("state", "version", "count", "due_on") if name in told}
        shown.append(told)
    return shown


def with_closed(
    call: Call, db: "Connection", rows: Iterable[Row], key: str = "id"
) -> list[dict[str, Any]]:
    """The rows, each with whether its dossier is classified (`closed`)."""
    from thidua.storage import classified

    every = list(rows)
    shut = classified.among(db, call.tables, {row[key] for row in every})
    return [{**row, "closed": row[key] in shut} for row in every]


def references(call: Call, db: "Connection", rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Dossiers' rows, of a classified one its number alone for who has nothing to do with it."""
    eyes, concerns = eyes_of(call, db), call.place.wf.seen.concerns
    return [
        {**dict.fromkeys(row), "id": row["id"], "procedure": row["procedure"], "closed": True,
         "candidate_name": pick(AT_OFFICE, call.lang)}
        if row["closed"] and not concerns(db, row["id"], eyes) else {**row, "closed": False}
        for row in with_closed(call, db, rows)
    ]  # fmt: skip


def name_outside(row: Row, lang: str) -> str:
    """Whom a row is about, as a file may say that leaves the office."""
    return pick(AT_OFFICE, lang) if row["closed"] else str(row["candidate_name"])


def standings(call: Call, db: "Connection") -> Callable[[Row, str], Standing]:
    """Where the dossier of a row with its `unit` and `state` stands, by its id."""
    from thidua.storage import recused
    from thidua.storage.listing_embargo import unreleased

    waiting, gone = unreleased(db, call.tables), recused.seats(db, call.tables)
    return lambda row, key: Standing(
        row["unit"], row["state"], key not in waiting, gone.get(key, ())
    )


def own_or_handled(call: Call, db: "Connection", rows: Iterable[Row]) -> Iterator[Row]:
    """Of tasks those that all that look may know of: their own, and what they handle."""
    from thidua.cli.rules import rules_of

    eyes, standing = eyes_of(call, db), standings(call, db)
    for row in rows:
        procedure = rules_of(call, db, row["procedure"]).procedure
        at = standing(row, row["dossier_id"])
        if eyes and all(_knows(procedure, row, each, at) for each in eyes):
            announced = may_see(procedure, What("outcome"), eyes, at)
            yield row if announced else {**row, "state": None}


def _knows(procedure: "Procedure", row: Row, eyes: Eyes, at: Standing) -> bool:
    """Whether one may know that a task is there: who stepped back only of the proposing side's."""
    eyes, role = eyes.under(procedure), Seat.parse(row["seat"]).role
    if eyes.stepped_back(at) and role not in proposers(procedure):
        return False
    if eyes.actor == row["holder"] or eyes.sits_on(row["seat"]):
        return True
    if row["kind"] in ("ask", "vote"):
        return may_see(procedure, What("asked", row["what"], row["seat"]), [eyes], at)
    return handles(procedure, [eyes], at)
