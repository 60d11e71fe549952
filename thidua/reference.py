"""Mails that may hold no name, list, ground, title or attachment: which, and what they say."""

from collections.abc import Collection, Sequence

from thidua.notifiers.item import Item
from thidua.storage.notices import Told
from thidua.workflow.wording import LANGUAGES, say


def apart(
    told: Sequence[Told], closed: Collection[str], *, all_: bool
) -> tuple[list[Told], list[Told]]:
    """What may be told by reference alone, and the rest: of dossiers that are `closed`, or all."""
    referred = [each for each in told if all_ or each.dossier_id in closed]
    return referred, [each for each in told if each not in referred]


def reference(told: Sequence[Told]) -> Item:
    """The ids of the dossiers, once each."""
    ids = dict.fromkeys(each.dossier_id for each in told)
    rows = [{"id": key, "candidate": key, "award": None, "unit": None} for key in ids]
    title = {lang: say("matter-reference", {}, lang) for lang in LANGUAGES}
    named = {"matter_title": title, "procedure_title": title, "unit": None, "seat_title": None}
    return Item("reference", {**named, "dossiers": rows, "note": None})
