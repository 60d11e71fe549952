"""What waits for a person's word or hand, as numbered lines that commands can name."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thidua.cli.call import Call
from thidua.workflow.errors import Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.lookup import Lookup
    from thidua.notifiers.render import Text
    from thidua.paperlist import PaperLine
    from thidua.storage.notices import Key


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of a list: its number today, and a code that names these notices for ever."""

    number: int
    line: "PaperLine"

    @property
    def code(self) -> str:
        """Eight hexadecimal digits of the line's notices: another notice, another code."""
        keys = json.dumps(sorted(self.line.notices))
        return hashlib.sha256(keys.encode()).hexdigest()[:8]

    @property
    def keys(self) -> "tuple[Key, ...]":
        """The notices it stands for."""
        return self.line.notices


def numbered(lines: "Iterable[PaperLine]") -> list[Standing]:
    """The lines with their numbers, from 1."""
    return [Standing(n, line) for n, line in enumerate(lines, 1)]


def chosen(
    standing: Sequence[Standing], said: Iterable[str], *, unknown: str = "unknown-paper-line"
) -> list[Standing]:
    """The lines of these codes or numbers; `Unknown` with that code for one that is not there."""
    known = {str(each.number): each for each in standing}
    known |= {each.code: each for each in standing}
    found: list[Standing] = []
    for ref in said:
        if ref not in known:
            raise Unknown(unknown, line=ref)
        if known[ref] not in found:
            found.append(known[ref])
    return found


def look_up(call: Call, db: "Connection") -> "Lookup":
    """Names and telephones as of today."""
    from thidua.lookup import Lookup

    wf = call.place.wf
    return Lookup(db, wf.tables, wf.people, wf.shelf, call.now)


def role_of(call: Call, db: "Connection", seat: str) -> str:
    """What the role of a seat is called, in the first procedure that has it."""
    from thidua.cli.rules import role_label, stored
    from thidua.workflow.person import Seat

    role = Seat.parse(seat).role
    rules = (each.procedure for each in stored(call, db))
    labels = (role_label(each, role, call.lang) for each in rules if role in each.roles)
    return next(labels, role)


def plainly(text: "Text | None", lang: str) -> str:
    """A text in the language."""
    from thidua.notifiers.item import in_language

    return "" if text is None else in_language(text, lang)


def line_of(each: Standing, lang: str) -> dict[str, Any]:
    """The line for programs."""
    line = each.line
    return {
        "number": each.number, "code": each.code, "seat": line.seat,
        "name": plainly(line.name, lang), "phone": line.phone, "way": line.way, "by": line.by,
        "matter": line.matter, "matter_title": plainly(line.matter_title, lang),
        "task_title": plainly(line.task_title, lang) or None,
        "note": line.note,
        "dossiers": [{"id": dossier, "name": name} for dossier, name in line.dossiers],
        "due_on": line.due_on, "since_at": line.since_at, "notices": len(line.notices),
        "seats": list(line.seats),
    }  # fmt: skip
