"""What single seats are asked as a round opens: in the transaction that opens it."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.cli.call import Call
from thidua.cli.seat import fitting
from thidua.imports.requests import KNOWN, NEEDED, Asked, requests_of
from thidua.imports.sheet import Sheet, read_sheet
from thidua.workflow.errors import reason
from thidua.workflow.exchange import Request

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True)
class Questions:
    """A list's rows, each asked about every dossier that its seat is asked about.

    A row whose seat is asked about none is an error of the list: nothing is written.
    """

    call: Call
    round: str
    sheet: Sheet
    rows: list[Asked]
    put: set[int] = field(default_factory=set)

    @classmethod
    def read(cls, call: Call, round_: str, file: Path) -> "Questions":
        """The list, with its files' bytes kept."""
        sheet = read_sheet(file, needed=NEEDED, known=KNOWN)
        return cls(call, round_, sheet, requests_of(sheet, call.place.intake))

    def beside(self, db: "Connection", dossier: str) -> None:
        """Ask about a dossier that has just come into the round."""
        from thidua.storage import listing

        tasks = listing.parts(db, self.call.tables, dossier)["tasks"]
        seats = [t["seat"] for t in tasks
                 if (t["kind"], t["what"], t["status"]) == ("ask", self.round, "open")]  # fmt: skip
        for each in self.rows:
            seat = fitting(seats, each.seat)
            if each.dossier in (None, dossier) and seat in seats:
                self._ask(db, dossier, replace(each, seat=seat))

    def _ask(self, db: "Connection", dossier: str, each: Asked) -> None:
        call, key = self.call, self.call.command_id
        command = Request(self.round, each.seat, each.enclosed,
                          **{**call.terms, "note": each.question})  # fmt: skip
        call.place.wf.act(
            db, dossier, command, by=call.by(db), now=call.now,
            command_id=f"{key}/{each.row.number}" if key else None,
        )  # fmt: skip
        self.put.add(each.row.number)

    def finished(self) -> None:
        """Refuse the list where a row reached nobody."""
        for each in self.rows:
            if each.row.number not in self.put:
                self.sheet.refuse(each.row, reason("seat-not-asked", seat=each.seat), "seat")
        self.sheet.stop_if_wrong()
