"""Mails that may hold no name, list, ground, title or attachment: which, and what they say."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from thidua.notifiers.item import Item
from thidua.storage import classified, mails
from thidua.storage.mails import Mail
from thidua.storage.notices import Told
from thidua.storage.schema import Tables
from thidua.workflow.wording import LANGUAGES, say

REFERENCE = "reference"
LISTS = ("calendar", "papers")
"""Parts of a mail's frozen content that go along with it."""


def apart(
    told: Sequence[Told], closed: Collection[str], *, all_: bool
) -> tuple[list[Told], list[Told]]:
    """What may be told by reference alone, and the rest: of dossiers that are `closed`, or all."""
    referred = [each for each in told if all_ or each.dossier_id in closed]
    return referred, [each for each in told if each not in referred]


def reference(dossiers: Iterable[str]) -> Item:
    """The ids of the dossiers, once each."""
    ids = dict.fromkeys(dossiers)
    rows = [{"id": key, "candidate": key, "award": None, "unit": None} for key in ids]
    title = {lang: say("matter-reference", {}, lang) for lang in LANGUAGES}
    named = {"matter_title": title, "procedure_title": title, "unit": None, "seat_title": None}
    return Item(REFERENCE, {**named, "dossiers": rows, "note": None})


def told_whole(content: Mapping[str, Any]) -> set[str]:
    """The dossiers of which a mail's frozen content tells more than the id."""
    if all(template == REFERENCE for template, _ in content.get("items", ())):
        return set()
    return {dossier_id for dossier_id, *_ in content["notices"]}


def by_reference(content: Mapping[str, Any], closed: Collection[str]) -> dict[str, Any]:
    """The content with nothing in it but the ids of those of its dossiers that are `closed`."""
    kept = [each for each in content["notices"] if each[0] in closed]
    item = reference(each[0] for each in kept)
    bare = {name: part for name, part in content.items() if name not in LISTS}
    return {**bare, "items": [[item.template, item.context]], "notices": kept}


def shown(
    db: Connection, t: Tables, contents: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Mails' contents as they may be looked at: of one in which anything is classified by now, only
    the ids of its dossiers.
    """
    whole = [told_whole(each) for each in contents]
    closed = classified.among(db, t, set[str]().union(*whole))
    return [
        by_reference(each, told) if told & closed else each
        for each, told in zip(contents, whole, strict=True)
    ]


def judged_again(db: Connection, t: Tables, mail: Mail, *, outside: bool) -> Mail:
    """A leased mail as it may go out now, whatever held when it was made.

    What was classified since, or all of it to a mailbox `outside`, is a reference, in the same
    mail and for good; the rest is made anew.
    """
    whole = told_whole(mail.content)
    if not outside:
        whole &= classified.among(db, t, whole) if mail.secrets else set()
    return mails.rewrite(db, t, mail, by_reference(mail.content, whole)) if whole else mail
