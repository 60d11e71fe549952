"""People of the built-in directory whom no letter reaches, and roles that fell away unnoticed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from thidua.doctor.finding import Finding
from thidua.storage import erasing_people, listing_people
from thidua.storage.listing import Listed
from thidua.storage.listing_people import Names
from thidua.storage.people import Directory
from thidua.workflow.person import Seat

if TYPE_CHECKING:
    from thidua.app import Thidua


def people(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Of whoever holds a role today; nothing where the host answers who people are."""
    if not isinstance(wf.people, Directory):
        return
    today = wf.shelf.today(wf.clock())
    known = listing_people.names(db, wf.tables, today)
    held = listing_people.roles(db, wf.tables, today)
    gone = [row for row in held if row["unit"] in known.after]
    if gone:
        first = gone[0]
        fields = {"count": len(gone), "actor": first["actor"], "role": first["role"],
                  "unit": known.unit(first["unit"]),
                  "after": known.unit(known.standing(first["unit"]))}  # fmt: skip
        yield Finding("roles-replaced", "warn", fields)
    if returned := erasing_people.back(db, wf.tables):
        yield Finding("erased-back", "warn", {"count": len(returned), "first": returned[0]})
    silent = sorted({row["actor"] for row in held if not _written(known, row)})
    if silent:
        yield Finding("people-unreachable", "note", {"count": len(silent), "first": silent[0]})


def _written(known: Names, row: Listed) -> bool:
    """Whether a letter to the post, its unit or the person has somewhere to go."""
    unit = known.standing(row["unit"]) if row["unit"] else None
    seat = str(Seat(row["role"], unit=unit) if unit else Seat(row["role"], person=row["actor"]))
    owners = (seat, unit, row["actor"])
    return any(known.reached.get(owner, {}).get("mailbox") for owner in owners if owner)
