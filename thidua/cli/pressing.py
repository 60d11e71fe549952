"""Pressing a round's silent seats: what they promise, and the official letter to all of them."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.eyes import require_office
from thidua.cli.language import Words
from thidua.cli.option import DAY, DRY_RUN, HAPPENED, NOTE, PAPER
from thidua.cli.posting import look_up
from thidua.cli.rules import make_round_ready
from thidua.cli.screen import day, say, show
from thidua.cli.seat import fitting, require_conducting
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.notifiers.official import Official

PROMISED: Words = (
    "{name} – {ref}: hẹn trả lời ngày {on} ({count} hồ sơ). Từ nay đến hết ngày đó không nhắc.",
    "{name} – {ref}: answer promised for {on} ({count} dossiers). No reminders until then.",
)
WRITTEN: Words = ("Đã ghi {file}.", "Wrote {file}.")
SPOKE_TO = option("--spoke-to", metavar="NAME", said=(
    "Người nghe máy, người nhận.", "Who answered the telephone, who took it."))  # fmt: skip


@verb("promise", takes=(NOTE, *PAPER, HAPPENED, DRY_RUN))
@click.argument("round_", metavar="ROUND")
@click.argument("seat")
@click.argument("until_on", type=DAY, metavar="DATE")
@SPOKE_TO
@click.pass_obj
def promise(call: Call, *, round_: str, seat: str, until_on: date, spoke_to: str | None) -> None:
    """Note for which day a seat promises its answer."""
    make_round_ready(call, round_)
    told = call.write(lambda db: _promise(call, db, (round_, seat), until_on, spoke_to))
    words = {"name": told["name"], "ref": told["round"], "on": day(told["promised_on"])}
    show(call, told, lambda: say(call, PROMISED, **words, count=len(told["dossiers"])))


def _promise(
    call: Call, db: "Connection", said: tuple[str, str], until_on: date, spoke_to: str | None
) -> dict[str, Any]:
    from thidua.reminders import Spoken
    from thidua.storage import listing_people, listing_rounds

    found = listing_rounds.find(db, call.tables, said[0])
    require_conducting(call, db, found, "promise")
    seat = fitting(listing_rounds.seats(db, call.tables, found["id"]), said[1])
    spoken = Spoken(spoke_to=spoke_to, promised_on=until_on, **call.terms)
    reminders = call.place.wf.reminders
    done = reminders.promise(db, found["id"], seat, by=call.by(db), spoken=spoken, now=call.now)
    name = listing_people.names(db, call.tables, call.today).seat(seat) or seat
    return {"round": found["ref"], "seat": seat, "name": name,
            "promised_on": until_on, "dossiers": [each.dossier_id for each in done]}  # fmt: skip


@verb("letter")
@click.argument("round_", metavar="ROUND")
@option("--into", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", said=(
    "Ghi vào tệp này: .docx hoặc .txt.", "Write it to this file: .docx or .txt."))  # fmt: skip
@option("--template", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
        said=("Mẫu riêng của cơ quan (biến THIDUA_LETTER).",
              "The office's own template (THIDUA_LETTER)."))  # fmt: skip
@option("--symbol", metavar="TEXT", said=(
    "Ký hiệu công văn, ví dụ BTP-TĐKT.", "The letter's symbol, such as BTP-TĐKT."))  # fmt: skip
@option("--place", metavar="NAME", said=(
    "Địa danh (biến THIDUA_PLACE).", "Where it is dated (THIDUA_PLACE)."))  # fmt: skip
@option("--capacity", metavar="TEXT", said=(
    "Quyền hạn, chức vụ của người ký.", "In what capacity it is signed."))  # fmt: skip
@click.pass_obj
def letter(
    call: Call, *, round_: str, into: Path | None, template: Path | None, symbol: str | None,
    place: str | None, capacity: str | None,
) -> None:  # fmt: skip
    """Draft the official letter to all that have not answered."""
    from thidua.bootstrap import office_of
    from thidua.dunning import Head, dunning
    from thidua.notifiers.official import as_json, page, written

    if into is not None and into.suffix not in (".docx", ".txt"):
        raise Misuse("letter-ending", file=str(into))
    settings, own = call.settings, template or call.settings.letter
    head = Head(office_of(settings), symbol, place or settings.place, capacity)
    call.read(lambda db: require_office(call, db))
    given = call.read(lambda db: dunning(look_up(call, db), round_, head))
    made = written(given, own.read_text(encoding="utf-8") if own else None)
    if into is not None:
        into.write_bytes(_file(made, into))
    answer = {**as_json(made), "text": page(made), "file": str(into) if into else None}
    show(call, answer, lambda: say(call, WRITTEN, file=str(into)) if into else _print(made))


def _file(made: "Official", into: Path) -> bytes:
    from thidua.notifiers.official import page
    from thidua.notifiers.official_docx import docx

    return docx(made) if into.suffix == ".docx" else page(made).encode()


def _print(made: "Official") -> None:
    from thidua.notifiers.official import page

    click.echo(page(made), nl=False)
