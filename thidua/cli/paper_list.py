"""`thidua paper-list`: what must be told by telephone or on paper, as a list to print."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.eyes import require_office
from thidua.cli.language import Words, pick
from thidua.cli.option import DAY, DRY_RUN, HAPPENED, NOTE, PAPER
from thidua.cli.posting import Standing, chosen, line_of, numbered, role_of
from thidua.cli.pressing import SPOKE_TO
from thidua.cli.screen import day, say, show, title
from thidua.cli.shell import option, verb
from thidua.cli.table import clean

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

WIDTH, INDENT = 92, 7
"""Columns of the printed list, and where its lines begin beside the number."""

HEADING: Words = (
    "Báo bằng điện thoại, văn bản – ngày {on}: {count} việc",
    "To be told by telephone or on paper – {on}: {count} matters",
)
TITLE: Words = ("{matter}: {task}", "{matter}: {task}")
PHONE: Words = ("điện thoại {phone}", "telephone {phone}")
DUE: Words = ("Hạn {due}.", "Due {due}.")
BY: Words = ("Người báo: {by}.", "To be told by: {by}.")
DOSSIERS: Words = ("{count} hồ sơ: {names}", "{count} dossiers: {names}")
TO_ALL: Words = (
    "{matter}: {count} nơi chưa trả lời.",
    "{matter}: {count} have not answered.",
)
DRAFT: Words = (
    "Dự thảo công văn: `thidua rounds letter {matter} --into cong-van.docx`.",
    "Draft the letter: `thidua rounds letter {matter} --into letter.docx`.",
)
POSTED: Words = (
    "[ ] đã gửi ngày ……/……/………  số ……………………",
    "[ ] posted on ……/……/………  number ……………………",
)
PROMISED: Words = (
    "Hẹn trả lời ngày {on}; từ nay đến hết ngày đó không nhắc.",
    "The answer is promised for {on}; no reminders until then.",
)
TICK: Words = (
    "[ ] đã báo ngày ……/……/………  lúc ……………  người nhận …………………………",
    "[ ] told on ……/……/………  at ……………  taken by …………………………",
)
WAYS: dict[str, Words] = {
    "phone": ("gọi điện", "call"),
    "letter": ("gửi công văn", "send a letter"),
    "paper": ("báo bằng văn bản", "tell on paper"),
}
DONE: Words = (
    "Đã báo: {number}. {name} – {matter} ({count} hồ sơ).",
    "Told: {number}. {name} – {matter} ({count} dossiers).",
)


@verb("paper-list", takes=(NOTE, *PAPER, HAPPENED, DRY_RUN))
@option("--done", multiple=True, metavar="LINE", said=(
    "Đã báo xong dòng này: số thứ tự hoặc mã (ghi được nhiều lần).",
    "This line was told: its number or its code (may be given again)."))  # fmt: skip
@SPOKE_TO
@option("--promised", type=DAY, metavar="DATE", said=(
    "Nơi đó hẹn trả lời vào ngày này.", "The seat promises its answer for this day."))  # fmt: skip
@click.pass_obj
def paper_list(
    call: Call, *, done: tuple[str, ...], spoke_to: str | None, promised: date | None
) -> None:
    """What must be told by phone or on paper."""
    if done:
        told = call.write(lambda db: _done(call, db, done, spoke_to, promised))
        lines = [line_of(each, call.lang) for each in told]
        answer = {"done": lines, "note": call.note, "spoke_to": spoke_to, "promised_on": promised}
        show(call, answer, lambda: _say_done(call, lines, promised))
        return
    lines = call.read(lambda db: [line_of(each, call.lang) for each in _standing(call, db)])
    names = call.read(lambda db: _bys(call, db, lines))
    listed = [{**line, "by_name": names.get(line["by"])} for line in lines]

    def write() -> None:
        title(call, HEADING, on=day(call.today), count=len(listed))
        for line in listed:
            click.echo()
            _write(call, line)

    show(call, {"on": call.today, "lines": listed}, write)


def _standing(call: Call, db: "Connection") -> list[Standing]:
    require_office(call, db)
    return numbered(call.place.wf.reminders.by_hand(db, now=call.now))


def _bys(call: Call, db: "Connection", lines: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What the seats are called that are charged with telling."""
    from thidua.storage import listing_people

    names = listing_people.names(db, call.tables, call.today)
    seats = {line["by"] for line in lines if line["by"] is not None}
    return {seat: names.seat(seat) or role_of(call, db, seat) for seat in seats}


def _done(
    call: Call, db: "Connection", said: Sequence[str], spoke_to: str | None, promised: date | None
) -> list[Standing]:
    """Take lines off the list, with who told, when, what was said and promised."""
    from thidua.reminders import Spoken

    found = chosen(_standing(call, db), said)
    by, reminders = call.by(db), call.place.wf.reminders
    spoken = Spoken(spoke_to=spoke_to, promised_on=promised, **call.terms)
    for each in found:
        reminders.done(db, each.line, by=by, spoken=spoken, now=call.now)
    return found


def _say_done(call: Call, lines: Sequence[Mapping[str, Any]], promised: date | None) -> None:
    for line in lines:
        say(call, DONE, number=line["number"], name=line["name"], matter=line["matter_title"],
            count=len(line["dossiers"]))  # fmt: skip
    if promised is not None:
        say(call, PROMISED, on=day(promised))


def _write(call: Call, line: Mapping[str, Any]) -> None:
    lang = call.lang
    phone = pick(PHONE, lang, phone=line["phone"]) if line["phone"] else ""
    head = f"{line['number']:>4}. {clean(line['name'])}"
    rest = " – ".join(filter(None, (phone, pick(WAYS[line["way"]], lang))))
    click.echo(f"{click.style(head, bold=True)} – {clean(rest)}  [{line['code']}]")
    if line["way"] == "letter":
        facts = [pick(TO_ALL, lang, matter=line["matter_title"], count=len(line["seats"])),
                 pick(DRAFT, lang, matter=line["matter"])]  # fmt: skip
        facts += [pick(DUE, lang, due=day(line["due_on"]))] if line["due_on"] else []
        _paragraph(" ".join(facts))
        _paragraph(pick(POSTED, lang))
        return
    matter = line["matter_title"]
    if line["task_title"]:
        matter = pick(TITLE, lang, matter=matter, task=line["task_title"])
    facts = [f"{matter}."]
    if line["due_on"]:
        facts.append(pick(DUE, lang, due=day(line["due_on"])))
    if line["by_name"]:
        facts.append(pick(BY, lang, by=line["by_name"]))
    dossiers = line["dossiers"]
    named = "; ".join(_named(each) for each in dossiers)
    if line["note"]:
        facts.append(f"“{line['note']}”")
    for text in (" ".join(facts), pick(DOSSIERS, lang, count=len(dossiers), names=named)):
        _paragraph(text)
    _paragraph(pick(TICK, lang))


def _named(dossier: Mapping[str, str]) -> str:
    """A candidate with the dossier's id, where a person can read it."""
    from thidua.letters import SHORT_ID

    short = dossier["id"] if len(dossier["id"]) <= SHORT_ID else ""
    return f"{dossier['name']} ({short})" if short else dossier["name"]


def _paragraph(text: str) -> None:
    room = " " * INDENT
    click.echo(textwrap.fill(clean(text), WIDTH, initial_indent=room, subsequent_indent=room))
