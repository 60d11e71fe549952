"""A due with its old day and the new one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Redated:
    """A dossier's due that moves, or would; both are legal dates.

    `procedure` is the content hash of the dossier's; `task` and the rest are its task's.
    """

    dossier: str
    procedure: str
    task: int
    kind: str
    what: str
    seat: str
    was_on: date
    due_on: date
