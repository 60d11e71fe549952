"""A workflow engine for award approval, to be embedded in other applications."""

from typing import TYPE_CHECKING, Any

from thidua.files import Files, Folder
from thidua.workflow.change import Change, Done
from thidua.workflow.command import (
    Answer,
    Assign,
    Attach,
    Cast,
    Close,
    Command,
    Correct,
    Create,
    Extend,
    Fire,
    Hold,
    Recall,
    Recuse,
    Redeem,
    Release,
    Reply,
    Return,
    Revoke,
    Supplement,
    Transfer,
    VoidBallot,
    Waive,
    Withdraw,
)
from thidua.workflow.dossier import Candidate
from thidua.workflow.erasure import Redact, RefuseErasure
from thidua.workflow.errors import (
    Busy,
    CommandReused,
    DefinitionError,
    Failed,
    Misuse,
    Reason,
    Refused,
    Stale,
    ThiduaError,
    Unknown,
)
from thidua.workflow.exchange import (
    AnswerBack,
    AskBack,
    CancelRound,
    Excuse,
    Include,
    Inform,
    Look,
    Prepare,
    Reopen,
    Request,
)
from thidua.workflow.paper import Enclosure, Paper
from thidua.workflow.person import By, Held, Reached, Seat
from thidua.workflow.substitution import Substitution
from thidua.workflow.tally import Counts

if TYPE_CHECKING:
    from thidua.app import Thidua
    from thidua.clock import run_clock
    from thidua.keys import KeyFolder, Keys
    from thidua.people import People
    from thidua.retrying import retry
    from thidua.sqlite import configure_sqlite, sqlite_engine
    from thidua.storage.migrate import alembic_include_name
    from thidua.subscribers import Event
    from thidua.tree import checkpoint

__all__ = [
    "Answer", "AnswerBack", "AskBack", "Assign", "Attach", "Busy", "By", "CancelRound",
    "Candidate", "Cast", "Change", "Close", "Command", "CommandReused", "Correct", "Counts",
    "Create", "DefinitionError", "Done", "Enclosure", "Event", "Excuse", "Extend", "Failed",
    "Files",
    "Fire", "Folder", "Held", "Hold", "Include", "Inform", "KeyFolder", "Keys", "Look", "Misuse",
    "Paper", "People",
    "Prepare", "Reached", "Reason", "Recall", "Recuse", "Redact", "Redeem", "RefuseErasure",
    "Refused", "Release", "Reopen",
    "Reply", "Request", "Return", "Revoke", "Seat", "Stale", "Substitution", "Supplement",
    "Thidua",
    "ThiduaError", "Transfer", "Unknown", "VoidBallot", "Waive", "Withdraw", "alembic_include_name",
    "checkpoint", "configure_sqlite", "retry", "run_clock", "sqlite_engine",
]  # fmt: skip

# These bring SQLAlchemy with them, which a command line that only prints help does not need.
_LATER = {
    "Thidua": "thidua.app",
    "KeyFolder": "thidua.keys",
    "Keys": "thidua.keys",
    "People": "thidua.people",
    "retry": "thidua.retrying",
    "run_clock": "thidua.clock",
    "checkpoint": "thidua.tree",
    "configure_sqlite": "thidua.sqlite",
    "sqlite_engine": "thidua.sqlite",
    "alembic_include_name": "thidua.storage.migrate",
    "Event": "thidua.subscribers",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'thidua' has no attribute {name!r}")
