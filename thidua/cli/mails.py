"""`thidua mails`: what was written, what waits to be sent, what a person must let go."""

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.eyes import require_office
from thidua.cli.held import drop, held, hold, release, resume
from thidua.cli.label import STATUSES, called
from thidua.cli.language import Words
from thidua.cli.option import DAY, ZONE
from thidua.cli.screen import moment, pairs, say, show, table, title
from thidua.cli.sending import send
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column
from thidua.workflow.errors import ThiduaError

if TYPE_CHECKING:
    from thidua.notifiers.letter import Letter

mails = Noun("mails")

SHORT = 8
"""Last letters of a mail's id: enough to name it in a season's list."""

TEMPLATES: dict[str, Words] = {
    "opinion_requested": ("đề nghị cho ý kiến", "opinion requested"),
    "vote_opened": ("đề nghị bỏ phiếu", "vote opened"),
    "result": ("kết quả khen thưởng", "result"),
    "not_awarded": ("không khen thưởng", "not awarded"),
    "misrouted": ("gửi không đúng nơi nhận", "misrouted"),
    "withdrawn": ("rút hồ sơ", "withdrawn"),
    "revoked": ("hủy bỏ kết quả", "revoked"),
    "reminder": ("nhắc hạn", "reminder"),
    "catch_up": ("nhắc bù", "reminder after a stop"),
    "due_moved": ("thời hạn thay đổi", "due moved"),
    "escalation": ("đôn đốc", "escalation"),
    "exchange": ("trao đổi với nơi được hỏi", "exchange with whom is asked"),
    "opinion_received": ("ý kiến nhận sau khi kết thúc đợt", "opinion received after the close"),
    "disagreement_answered": ("giải trình ý kiến", "disagreement answered"),
    "checkpoint": ("điểm kiểm tra nhật ký", "checkpoint of the journal"),
    "supplement_requested": ("đề nghị bổ sung", "supplement requested"),
    "reference": ("hồ sơ xem tại cơ quan", "dossiers to be seen at the office"),
}
COUNT: Words = ("{count} thư", "{count} mails")
ONE: Words = ("Thư {id}", "Mail {id}")
UNREADABLE: Words = (
    "(Không viết được thư này; xem lý do ở trên.)",
    "(This mail cannot be written; see the trouble above.)",
)
CLOSED: Words = (
    "(Trong thư có hồ sơ mật: chỉ hiện số hồ sơ. Xem từng hồ sơ bằng `thidua dossiers show`.)",
    "(Some of it is classified: the dossiers' numbers alone are shown. See each with"
    " `thidua dossiers show`.)",
)
WRITTEN: Words = ("Đã ghi {file}.", "Wrote {file}.")

STATUS = click.Choice(["queued", "leased", "retry", "sent", "dead", "held", "cancelled"])


@mails.verb("list")
@option("--status", type=STATUS, said=("Chỉ thư ở trạng thái này.", "Only of this status."))
@option("--to", "owner", metavar="ID", said=(
    "Thư cho người, đơn vị này.", "Mails to this person or unit."))  # fmt: skip
@option("--since", type=DAY, metavar="DATE", said=(
    "Viết từ ngày này.", "Made on this day or later."))  # fmt: skip
@option("--limit", type=click.IntRange(1), metavar="N", said=(
    "Nhiều nhất N thư mới nhất.", "The N newest at most."))  # fmt: skip
@click.pass_obj
def list_(
    call: Call, *, status: str | None, owner: str | None, since: date | None, limit: int | None
) -> None:
    """Mails, newest first."""
    from thidua.storage import listing_mails

    wanted = {"status": status, "owner": owner, "since": _start(since), "limit": limit}
    call.read(lambda db: require_office(call, db))
    rows = call.read(lambda db: listing_mails.mails(db, call.tables, **wanted))  # type: ignore[arg-type]  # each of its own kind
    told = [{**row, "trouble": _trouble(call, row)} for row in rows]

    def write() -> None:
        say(call, COUNT, count=len(told))
        table(call, told, _columns(call))

    show(call, {"mails": told}, write)


def _start(on: date | None) -> str | None:
    """The stored instant at which a day begins on the office's clock."""
    from thidua.storage.rows import instant

    return None if on is None else instant(datetime.combine(on, time(), ZONE))


def _trouble(call: Call, row: Mapping[str, Any]) -> dict[str, str] | None:
    from thidua.storage.mails import trouble

    reason = trouble(row["trouble"])
    return None if reason is None else {"code": reason.code, "text": reason.text(call.lang)}


def about(row: Mapping[str, Any], lang: str) -> str:
    """What a mail is about, in a few words."""
    return ", ".join(called(TEMPLATES, name, lang) for name in row["templates"])


def _columns(call: Call) -> tuple[Column, ...]:
    return (
        Column(("Viết lúc", "Made"), lambda r: moment(r["made_at"])),
        Column(("Gửi đến", "To"), lambda r: r["to"] or r["owner"], gives=True),
        Column(("Địa chỉ", "Mailbox"), lambda r: r["mailbox"], gives=True),
        Column(("Về việc", "About"), lambda r: about(r, call.lang), gives=True),
        Column(("Hồ sơ", "Dossiers"), lambda r: r["dossiers"], right=True),
        Column(("Trạng thái", "Status"), lambda r: called(STATUSES, r["status"], call.lang),
               style=_colour),
        Column(("Gửi lúc", "Sent"), lambda r: moment(r["sent_at"])),
        Column(("Vướng mắc", "Trouble"), lambda r: (r["trouble"] or {}).get("text"), gives=True),
        Column(("Mã", "Id"), lambda r: f"…{r['id'][-SHORT:]}"),
    )  # fmt: skip


def _colour(row: Mapping[str, Any]) -> dict[str, Any]:
    colours = {"dead": "red", "retry": "yellow", "held": "yellow"}
    return {"fg": colours[row["status"]]} if row["status"] in colours else {}


@mails.verb("show")
@click.argument("mail")
@option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", said=(
    "Ghi bản HTML vào tệp này.", "Write the HTML to this file."))  # fmt: skip
@click.pass_obj
def show_(call: Call, *, mail: str, html: Path | None) -> None:
    """What a mail says."""
    from thidua.reference import shown
    from thidua.storage import listing_mails

    call.read(lambda db: require_office(call, db))
    found = call.read(lambda db: listing_mails.mail(db, call.tables, mail.lstrip("…")))
    (content,) = call.read(lambda db: shown(db, call.tables, [found["content"]]))
    closed = content is not found["content"]
    letter, trouble = _letter(call, content, found["lang"]), _trouble(call, found)
    answer = {
        **{name: value for name, value in found.items() if name != "content"},
        "trouble": trouble, "message_id": content["message_id"],
        "subject": letter.subject if letter else None, "text": letter.text if letter else None,
        "closed": closed,
    }  # fmt: skip
    if html is not None and letter is not None:
        html.write_text(letter.html or "", encoding="utf-8")

    def write() -> None:
        title(call, ONE, id=found["id"])
        pairs(call, _facts(call, answer))
        click.echo()
        if closed:
            say(call, CLOSED)
            click.echo()
        click.echo(letter.text.rstrip()) if letter else say(call, UNREADABLE)
        if html is not None and letter is not None:
            click.echo()
            say(call, WRITTEN, file=str(html))

    show(call, answer, write)


def _letter(call: Call, content: Mapping[str, Any], lang: str) -> "Letter | None":
    """The letter of a content; None for one that cannot be written."""
    from thidua.content import compose

    try:
        return compose(content, lang, call.place.wf.files)
    except ThiduaError:
        return None


def _facts(call: Call, told: Mapping[str, Any]) -> list[tuple[Words, object]]:
    to = f"{told['to']} <{told['mailbox']}>" if told["to"] else told["mailbox"]
    return [
        (("Gửi đến", "To"), to),
        (("Tiêu đề", "Subject"), told["subject"]),
        (("Về việc", "About"), about(told, call.lang)),
        (("Hồ sơ", "Dossiers"), told["dossiers"]),
        (("Viết lúc", "Made"), moment(told["made_at"])),
        (("Trạng thái", "Status"), called(STATUSES, told["status"], call.lang)),
        (("Gửi lúc", "Sent"), moment(told["sent_at"])),
        (("Vướng mắc", "Trouble"), (told["trouble"] or {}).get("text")),
        (("Mã thư", "Message-ID"), told["message_id"]),
    ]


for _each in (send, held, release, drop, hold, resume):
    mails.add_command(_each)
