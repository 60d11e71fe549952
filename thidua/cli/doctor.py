"""`thidua doctor`: looks the installation over and says what to do."""

from collections.abc import Iterator
from copy import copy
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.db import where
from thidua.cli.language import Words, pick
from thidua.cli.screen import pairs, say, show
from thidua.cli.shell import verb
from thidua.workflow.errors import ThiduaError

if TYPE_CHECKING:
    from thidua.bootstrap import Workplace
    from thidua.doctor import Finding

LEVELS: dict[str, tuple[Words, dict[str, Any]]] = {
    "stop": (("HỎNG", "BROKEN"), {"fg": "red", "bold": True}),
    "warn": (("CẦN XEM", "SOON"), {"fg": "yellow", "bold": True}),
    "note": (("LƯU Ý", "NOTE"), {"fg": "cyan"}),
}
WELL: Words = ("Không thấy vấn đề gì.", "Nothing is wrong.")
COUNTS: Words = (
    "{stop} chỗ hỏng, {warn} chỗ cần xem, {note} lưu ý.",
    "{stop} broken, {warn} to be seen to soon, {note} notes.",
)


@verb("doctor")
@click.pass_obj
def doctor(call: Call) -> int:
    """Look the installation over."""
    found = _examined(call)
    told: list[dict[str, Any]] = [
        {"code": each.code, "level": each.level, "text": each.text(call.lang),
         "fields": each.fields} for each in found
    ]  # fmt: skip
    counts = {level: sum(each.level == level for each in found) for level in LEVELS}
    answer = {"database": where(call), "mail": mail_goes(call), "findings": told, **counts}

    def write() -> None:
        pairs(call, [(("Cơ sở dữ liệu", "Database"), answer["database"]),
                     (("Thư gửi đến", "Mail goes to"), answer["mail"])])  # fmt: skip
        for each in told:
            words, style = LEVELS[each["level"]]
            mark = click.style(pick(words, call.lang), **style)
            click.echo(f"{mark}  {each['text']} [{each['code']}]")
        say(call, COUNTS if told else WELL, **counts)

    show(call, answer, write)
    return int(bool(counts["stop"]))


def mail_goes(call: Call) -> str:
    """Where this installation's mails go: a server or a folder."""
    server = call.settings.server
    return str(call.settings.mails_folder) if server is None else f"{server.host}:{server.port}"


def _examined(call: Call) -> "list[Finding]":
    """What was found in the database, then around it; a missing database is all there is to say."""
    from thidua.doctor import Finding, examine
    from thidua.doctor.finding import pressing
    from thidua.doctor.place import rights

    file = call.settings.sqlite_file
    if file is not None and not file.is_file():
        return [Finding("unknown-database", "stop", {"file": str(file)})]
    place = call.desk.workplace(call.settings)
    wf = copy(place.wf)
    if call.given.get("now") is not None:
        now = call.now
        wf.clock = lambda: now
    found = examine(place.reader, wf)
    found += [*_command_line(call), *rights([call.settings.mails_folder])]
    if not any(each.level == "stop" for each in found):
        found += [*_operator(call, place), *_letters()]
    return pressing(found)


def _command_line(call: Call) -> "Iterator[Finding]":
    """A password among the words of a command, which the list of processes shows to everybody."""
    from sqlalchemy import make_url

    from thidua.doctor import Finding

    said = call.given.get("database")
    if said and make_url(said).password:
        yield Finding("password-shown", "warn")


def _operator(call: Call, place: "Workplace") -> "Iterator[Finding]":
    """Whether acts can be entered from this account."""
    from thidua.doctor import Finding

    try:
        place.read(call.operator)
    except ThiduaError as error:
        yield Finding(error.reasons[0].code, "note", error.fields)


def _letters() -> "Iterator[Finding]":
    """Whether every letter can be written."""
    from thidua.doctor import Finding
    from thidua.notifiers.sandbox import check_templates

    try:
        check_templates()
    except ThiduaError as error:
        for reason in error.reasons:
            yield Finding(reason.code, "stop", reason.fields)
