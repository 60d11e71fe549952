"""What goes along with a mail: the reader's own dues that it is about, as a calendar file."""

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.exc import DBAPIError

from thidua.agenda import Dues
from thidua.logged import kind
from thidua.lookup import Lookup
from thidua.notifiers.letter import Attachment
from thidua.storage.notices import Told
from thidua.workflow.errors import Busy
from thidua.workflow.journal import canonical

log = logging.getLogger("thidua")

NAME, TYPE = "thidua.ics", "text/calendar"
PARAMETERS = (("charset", "utf-8"), ("method", "PUBLISH"))


def dues_of(look: Lookup, told: Iterable[Told]) -> Dues:
    """The tasks that these notices ask somebody to do, read in two queries."""
    keys = {(each.dossier_id, each.until) for each in told if each.until is not None}
    return Dues.of(look.db, look.tables, look.shelf, keys, now=look.now)


def enclosed(row: Mapping[str, Any], told: Iterable[Told], dues: Dues) -> Mapping[str, Any]:
    """A mail's row with the calendar in its frozen content, where the mail is about a due.

    A calendar that cannot be written is logged and left out: the mail goes all the same.
    """
    asked = [((each.dossier_id, each.until), each.seat) for each in told if each.until is not None]
    try:
        text = dues.text(asked, row["lang"])
    except (Busy, DBAPIError):
        raise
    except Exception as error:
        log.warning("the calendar of mail %s cannot be written: %s", row["id"], kind(error))
        return row
    if text is None:
        return row
    content = {**json.loads(row["content"]), "calendar": text}
    return {**row, "content": canonical(content)}


def attachments(content: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """The papers of a mail's frozen content."""
    text = content.get("calendar")
    return () if text is None else (Attachment(NAME, TYPE, text.encode(), PARAMETERS),)
