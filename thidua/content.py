"""A mail's frozen content: the letter it gives, the tasks it is about, the hours it keeps."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from thidua.along import bytes_of
from thidua.enclosures import attachments
from thidua.files import Files
from thidua.notifiers.item import Item
from thidua.notifiers.letter import Address, Letter
from thidua.notifiers.render import Addressee, Office, Papers, render
from thidua.storage.notices import Told
from thidua.workflow.calendar import Calendar
from thidua.workflow.ladder import Hours


def compose(content: Mapping[str, Any], lang: str, files: Files | None = None) -> Letter:
    """The letter of a mail's frozen content: the same one at every attempt.

    Its papers are read from `files`; those that are not there are named where it says what is
    enclosed, and it goes without them.
    """
    papers, missing = bytes_of(content, files)
    written = render(
        [Item(template, context) for template, context in content["items"]],
        lang=lang,
        person=Addressee(**content["person"]),
        office=Office(**content["office"]),
        place=content["place"],
        papers=Papers(tuple(each.name for each in papers), missing),
    )
    reply_to = content["reply_to"]
    return Letter(
        content["message_id"],
        sender=Address(**content["from"]),
        to=(Address(**content["to"]),),
        reply_to=Address(**reply_to) if reply_to else None,
        subject=written.subject,
        text=written.text,
        html=written.html,
        attachments=(*papers, *attachments(content)),
    )


def asks(content: Mapping[str, Any]) -> list[tuple[str, int]] | None:
    """The tasks a mail is about; None when some of it is not about a task, but news."""
    kept = content["notices"]
    if not kept or any(until is None for *_, until in kept):
        return None
    return [(dossier_id, until) for dossier_id, _, _, _, until in kept]


def own_hours(told: Told) -> list[Any] | None:
    """The hours of the ladder that raised a notice, where it has its own, as they were frozen."""
    return told.context["rung"]["hours"] if told.pace == "own" else None


def kept_hours(told: Iterable[Told]) -> dict[str, Any]:
    """What a mail's content says of hours: those of its notices when all have their own."""
    each = [own_hours(one) for one in told]
    return {} if None in each else {"hours": each}


def is_open(hours: Iterable[list[Any]], calendar: Calendar, now: datetime) -> bool:
    """Whether all of these hours let a mail go out now."""
    return all(Hours.of_plain(each).is_open(calendar, now) for each in hours)
