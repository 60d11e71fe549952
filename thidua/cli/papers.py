"""`thidua papers`: minutes, counts, extracts, matrices, and what the signer is given."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from thidua.cli.anchoring import anchored
from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.screen import say, show
from thidua.cli.shell import Noun, option
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.dunning import Head
    from thidua.papers.room import Paper

F = TypeVar("F", bound=Callable[..., Any])

papers = Noun("papers")

WRITTEN: Words = ("Đã ghi {file}.", "Wrote {file}.")
COPIED: Words = (
    "Đã chép {count} mẫu vào {folder}. Sửa ở đó rồi đặt THIDUA_PAPERS={folder}.",
    "Copied {count} templates to {folder}. Change them there and set THIDUA_PAPERS={folder}.",
)

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)

OPTIONS = (
    option("--out", type=FILE, metavar="FILE", said=(
        "Ghi vào tệp này: .docx hoặc .txt. Không ghi thì hiện ra màn hình.",
        "Write it to this file: .docx or .txt. Without it, it is shown.")),
    option("--text", "plain", is_flag=True, said=(
        "Dạng chữ thuần, tệp có đuôi gì cũng vậy.", "As plain text, whatever the file ends in.")),
    option("--templates", type=FOLDER, metavar="DIR", said=(
        "Thư mục mẫu riêng của cơ quan (biến THIDUA_PAPERS).",
        "The office's own templates (THIDUA_PAPERS).")),
    option("--symbol", metavar="TEXT", said=(
        "Ký hiệu văn bản, ví dụ BB-HĐTĐKT.", "The paper's symbol, such as BB-HĐTĐKT.")),
    option("--place", metavar="NAME", said=(
        "Địa danh (biến THIDUA_PLACE).", "Where it is dated (THIDUA_PLACE).")),
    option("--capacity", metavar="TEXT", said=(
        "Quyền hạn, chức vụ của người ký.", "In what capacity it is signed.")),
)  # fmt: skip


def paper(fn: F) -> F:
    """Give a command the options of every paper."""
    for each in reversed(OPTIONS):
        fn = each(fn)
    return fn


def _make(call: Call, kind: str, about: str, **said: Any) -> None:
    out: Path | None = said["out"]
    if out is not None and not said["plain"] and out.suffix not in (".docx", ".txt"):
        raise Misuse("paper-ending", file=str(out))
    own: Path | None = said["templates"] or call.settings.papers
    head = _head(call, said)
    wf = call.place.wf

    def write(db: "Connection") -> "Paper":
        anchored(call, db)
        found: Paper = getattr(wf.papers, kind)(db, about, by=call.by(db), head=head, now=call.now)
        return found

    made = call.change(write)
    text = made.text(own)
    if out is not None:
        word = out.suffix == ".docx" and not said["plain"]
        out.write_bytes(made.docx(own) if word else text.encode())
    answer = {"paper": kind, "values": made.values, "text": text, "file": str(out) if out else None}
    show(call, answer, lambda: say(call, WRITTEN, file=str(out)) if out else _print(text))


def _print(text: str) -> None:
    click.echo(text, nl=False)


def _head(call: Call, said: dict[str, Any]) -> "Head":
    from thidua.bootstrap import office_of
    from thidua.dunning import Head

    place = said["place"] or call.settings.place
    return Head(office_of(call.settings), said["symbol"], place, said["capacity"])


@papers.verb("minutes")
@click.argument("meeting", metavar="MEETING")
@paper
@click.pass_obj
def minutes(call: Call, /, *, meeting: str, **said: Any) -> None:
    """The minutes of a meeting."""
    _make(call, "minutes", meeting, **said)


@papers.verb("count")
@click.argument("round_", metavar="ROUND")
@paper
@click.pass_obj
def count(call: Call, /, *, round_: str, **said: Any) -> None:
    """The minutes of a count."""
    _make(call, "count", round_, **said)


@papers.verb("extract")
@click.argument("dossier", metavar="DOSSIER")
@paper
@click.pass_obj
def extract(call: Call, /, *, dossier: str, **said: Any) -> None:
    """What the minutes say of one dossier."""
    _make(call, "extract", dossier, **said)


@papers.verb("matrix")
@click.argument("round_", metavar="ROUND")
@paper
@click.pass_obj
def matrix(call: Call, /, *, round_: str, **said: Any) -> None:
    """The opinions of a consultation."""
    _make(call, "matrix", round_, **said)


@papers.verb("proposal")
@click.argument("decision", metavar="DECISION")
@paper
@click.pass_obj
def proposal(call: Call, /, *, decision: str, **said: Any) -> None:
    """The submission of a drafted decision to its signer."""
    _make(call, "proposal", decision, **said)


@papers.verb("decision")
@click.argument("decision", metavar="DECISION")
@paper
@click.pass_obj
def decision_(call: Call, /, *, decision: str, **said: Any) -> None:
    """A decision with its annex."""
    _make(call, "decision", decision, **said)


@papers.verb("summary")
@click.argument("decision", metavar="DECISION")
@paper
@click.pass_obj
def summary(call: Call, /, *, decision: str, **said: Any) -> None:
    """One page for the signer."""
    _make(call, "summary", decision, **said)


@papers.verb("templates")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.pass_obj
def templates(call: Call, *, folder: Path) -> None:
    """Copy the templates that ship, to be changed."""
    from thidua.notifiers.papers.template import KINDS, SHARED, shipped

    names = [f"{name}.txt" for name in (*KINDS, *SHARED)]
    for name in names:
        if (folder / name).exists():
            raise Misuse("paper-there", file=str(folder / name))
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(shipped(name.removesuffix(".txt")), encoding="utf-8")
    answer = {"folder": str(folder), "templates": names}
    show(call, answer, lambda: say(call, COPIED, count=len(names), folder=str(folder)))
