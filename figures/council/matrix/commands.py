"""Each act of the matrix as a command, and as the words that are typed for it."""

from datetime import date
from pathlib import Path

from figures.council.matrix.standing import ASKED, OPENED, VOTED
from figures.council.matrix.table import Cell
from thidua import (
    Answer,
    Attach,
    Cast,
    Close,
    Command,
    Correct,
    Extend,
    Fire,
    Hold,
    Paper,
    Recall,
    Recuse,
    Redeem,
    Release,
    Reply,
    Return,
    Revoke,
    Supplement,
    Transfer,
    Waive,
    Withdraw,
)
from thidua.workflow import exchange as x
from thidua.workflow.command import (
    BreakTie,
    Contact,
    Expire,
    Promise,
    PutOff,
    PutTo,
    Remeet,
    Reproject,
    Settle,
    VoidBallot,
)
from thidua.workflow.erasure import Redact, RefuseErasure

PROCEDURE = Path(__file__).parents[1] / "matrix.yaml"
LATER, NOTE = date(2018, 8, 31), "lý do"
PAPER = Paper(number="3", symbol="CV", signed_on=date(2018, 6, 8), signer="A")
REPORT = Attach("report", "ab" * 32, 10, "application/pdf", "báo cáo.pdf")
D0 = "department@d0"
SEALED = "k3"
"""The meeting with the secret ballots."""

COMMANDS: dict[str, Command] = {
    **{name: Fire(name) for name in ("accept", "consult", "pass", "grant")},
    "reject": Fire("reject", note=NOTE),
    "convene": Fire("convene", meeting="k1"),
    "attach": REPORT,
    "supplement": Supplement({"merit": "khá"}),
    "reply": Reply("opinions", "department@d1", note=NOTE),
    "return": Return(("merit", "report"), note=NOTE),
    "hold": Hold(note=NOTE),
    "release": Release(),
    "extend": Extend(None, LATER, note=NOTE),
    "promise": Promise("opinions", D0, LATER),
    "contact": Contact(D0, "phone"),
    "recall": Recall(),
    "correct": Correct({"merit": "khá"}, note=NOTE),
    "waive": Waive("opinions.closed", LATER, ground=PAPER),
    "redeem": Redeem("opinions.closed", ground=PAPER),
    "transfer": Transfer("s1"),
    "withdraw": Withdraw(),
    "revoke": Revoke(),
    "recuse": Recuse("member:m0"),
    "close": Close("opinions"),
    "look": x.Look("opinions", D0),
    "prepare": x.Prepare("opinions", "agree", D0),
    "confirm": Answer("opinions", "agree", D0),
    "answer": Answer("opinions", "agree", D0),
    "ask_back": x.AskBack("opinions", D0, note=NOTE),
    "answer_back": x.AnswerBack("opinions", D0, note=NOTE),
    "inform": x.Inform(D0, note=NOTE),
    "request": x.Request("opinions", note=NOTE),
    "include": x.Include("opinions", "department@d9", note=NOTE),
    "excuse": x.Excuse("opinions", D0, note=NOTE),
    "cancel_round": x.CancelRound("opinions", note=NOTE),
    "reopen": x.Reopen("opinions", note=NOTE),
    "cast": Cast("vote", "for", "member:m0"),
    "count": Close("vote"),
    "void": VoidBallot("vote", note=NOTE),
    "settle": Settle("vote", "passed"),
    "break_tie": BreakTie("vote", "for"),
    "put_off": PutOff("vote", note=NOTE),
    "put_to": PutTo("vote", "k2"),
    "expire": Expire(2),
    "reproject": Reproject(),
    "remeet": Remeet("k1", LATER),
    "redact": Redact(("fields",), "ordered", ground=PAPER),
    "refuse_erasure": RefuseErasure(("fields",), "request", ground=PAPER),
}
"""All but those that need to know of more: creation, the tasks on a desk, the other version."""


def words(cell: Cell, dossier: str, desk: int) -> list[str] | None:
    """What is typed for the cell; None where the command line has no such word for it there.

    A round is named by its dossier's campaign: there is none before it is opened.
    """
    typed = _TYPED.get(cell.act)
    if typed is None or cell.place not in _TYPED_AT.get(cell.act, (cell.place,)):
        return None
    more = ["--task", str(desk)] if cell.act == "assign" else []
    told = {"dossier": dossier, "until": LATER.isoformat(), "note": NOTE,
            "vote": f"vote@{SEALED if cell.place == 'lost' else 'k1'}"}  # fmt: skip
    return [*(each.format(**told) for each in typed), *more]


_TYPED_AT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("answer", "look", "prepare", "ask_back", "answer_back", "request", "include",
                     "excuse", "cancel_round", "reopen"), ASKED),
    **dict.fromkeys(("void", "break_tie"), VOTED),
    **dict.fromkeys(("close", "promise"), OPENED),
    "confirm": ("queried",), "put_off": ("council",), "put_to": ("waiting",),
}  # fmt: skip
"""Where the command line has words for an act: a list that is not there is refused as such."""

_NOTED, _PAPERED = ("--note", "{note}"), ("--paper-number", "3")
_TYPED: dict[str, tuple[str, ...]] = {
    **{name: ("dossiers", "act", "{dossier}", name)
       for name in ("accept", "consult", "pass", "grant")},
    **{name: ("dossiers", name, "{dossier}")
       for name in ("release", "recall", "withdraw", "revoke")},
    "reject": ("dossiers", "act", "{dossier}", "reject", *_NOTED),
    "convene": ("dossiers", "act", "{dossier}", "convene", "--meeting", "k1"),
    "supplement": ("dossiers", "supplement", "{dossier}", "merit=khá"),
    "assign": ("dossiers", "assign", "{dossier}", "--to", "officer"),
    "return": ("dossiers", "return", "{dossier}", "--item", "merit", "--item", "report", *_NOTED),
    "hold": ("dossiers", "hold", "{dossier}", *_NOTED),
    "extend": ("dossiers", "extend", "{dossier}", "state", "{until}", *_NOTED),
    "correct": ("dossiers", "correct", "{dossier}", "merit=khá", *_NOTED),
    "waive": ("dossiers", "waive", "{dossier}", "opinions.closed", "{until}", *_PAPERED),
    "redeem": ("dossiers", "redeem", "{dossier}", "opinions.closed", *_PAPERED),
    "redact": ("dossiers", "redact", "{dossier}", "--part", "fields", "--basis", "ordered",
               *_PAPERED),
    "transfer": ("submissions", "include", "{dossier}", "s1"),
    "attach": ("dossiers", "attach", "{dossier}", "report", str(PROCEDURE)),
    "recuse": ("dossiers", "recuse", "{dossier}", "--seat", "m0"),
    "reply": ("dossiers", "reply", "{dossier}", "opinions", "d1", *_NOTED),
    "inform": ("dossiers", "inform", "{dossier}", "--seat", D0, *_NOTED),
    "answer": ("rounds", "answer", "opinions@{dossier}", "agree", "--seat", "d0"),
    "prepare": ("rounds", "prepare", "opinions@{dossier}", "agree", "--seat", "d0"),
    "confirm": ("rounds", "confirm", "opinions@{dossier}", "--seat", "d0"),
    "look": ("rounds", "look", "opinions@{dossier}", "--seat", "d0"),
    "ask_back": ("rounds", "ask-back", "opinions@{dossier}", "{dossier}", "--seat", "d0", *_NOTED),
    "answer_back": ("rounds", "answer-back", "opinions@{dossier}", "d0", "{dossier}", *_NOTED),
    "request": ("rounds", "request", "opinions@{dossier}", "{dossier}", *_NOTED),
    "include": ("rounds", "include", "opinions@{dossier}", "d9", "{dossier}", *_NOTED),
    "excuse": ("rounds", "excuse", "opinions@{dossier}", "d0", "{dossier}", *_NOTED),
    "cancel_round": ("rounds", "cancel", "opinions@{dossier}", "{dossier}", *_NOTED),
    "reopen": ("rounds", "reopen", "opinions@{dossier}", "{dossier}", *_NOTED),
    "close": ("rounds", "close", "opinions@{dossier}", "{dossier}", *_NOTED),
    "promise": ("rounds", "promise", "opinions@{dossier}", "d0", "{until}"),
    "cast": ("votes", "cast", "{vote}", "for", "{dossier}", "--seat", "m0"),
    "count": ("votes", "close", "{vote}", "{dossier}"),
    "void": ("votes", "void", "{vote}", "{dossier}", *_NOTED),
    "break_tie": ("votes", "break", "{vote}", "for", "{dossier}"),
    "put_off": ("meetings", "defer", "k1", "{dossier}", *_NOTED),
    "put_to": ("meetings", "bring", "k2", "{dossier}", *_NOTED),
}  # fmt: skip
