"""What each code says to a person, in Vietnamese and in English: one table, by code."""

import re
from collections.abc import Mapping

from thidua.workflow.wording.acts import ACTS
from thidua.workflow.wording.asking import ASKING
from thidua.workflow.wording.backup import BACKUP
from thidua.workflow.wording.clock import CLOCK
from thidua.workflow.wording.council import COUNCIL
from thidua.workflow.wording.crossing import CROSSING
from thidua.workflow.wording.demo import DEMO
from thidua.workflow.wording.doctor import DOCTOR
from thidua.workflow.wording.dues import DUES
from thidua.workflow.wording.erasing import ERASING
from thidua.workflow.wording.evidence import EVIDENCE
from thidua.workflow.wording.exchange import EXCHANGE
from thidua.workflow.wording.files import FILES
from thidua.workflow.wording.journal import JOURNAL
from thidua.workflow.wording.mails import MAILS
from thidua.workflow.wording.number import in_number
from thidua.workflow.wording.operations import OPERATIONS
from thidua.workflow.wording.papers import PAPERS
from thidua.workflow.wording.procedures import PROCEDURES
from thidua.workflow.wording.registers import REGISTERS
from thidua.workflow.wording.secrecy import SECRECY
from thidua.workflow.wording.seen import SEEN
from thidua.workflow.wording.substituting import SUBSTITUTING
from thidua.workflow.wording.versions import VERSIONS
from thidua.workflow.wording.votes import VOTES
from thidua.workflow.wording.waiving import WAIVING

WORDING: dict[str, tuple[str, str]] = {
    **ACTS,
    **ASKING,
    **BACKUP,
    **CLOCK,
    **COUNCIL,
    **CROSSING,
    **DEMO,
    **DOCTOR,
    **DUES,
    **ERASING,
    **EVIDENCE,
    **EXCHANGE,
    **FILES,
    **JOURNAL,
    **MAILS,
    **OPERATIONS,
    **PAPERS,
    **PROCEDURES,
    **REGISTERS,
    **SECRECY,
    **SEEN,
    **SUBSTITUTING,
    **VERSIONS,
    **VOTES,
    **WAIVING,
}

LANGUAGES = ("vi", "en")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AS_WRITTEN = ("found", "value")
"""Fields that quote what somebody wrote, as do those about a calendar's file."""


class _Shown(dict[str, object]):
    """Fields for `str.format_map`; a field nobody gave is shown as its own name."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def say(code: str, fields: Mapping[str, object], lang: str = "en") -> str:
    """The sentence of `code` in `lang` ("vi" or "en"), its fields filled in."""
    texts = WORDING.get(code)
    if texts is None:
        return f"{code}: {dict(fields)}"
    quoted = code.startswith("calendar-")
    shown = {
        name: _in(lang, value, quoted=quoted or name in _AS_WRITTEN)
        for name, value in fields.items()
    }
    text = in_number(texts[1], shown) if lang == "en" else texts[LANGUAGES.index(lang)]
    return text.format_map(_Shown(shown))


def _in(lang: str, value: object, *, quoted: bool) -> object:
    """A label in the language, a day as an office writes it; anything else as it is."""
    if lang == "vi" and not quoted and isinstance(value, str) and _DAY.fullmatch(value):
        return "/".join(reversed(value.split("-")))
    return value.get(lang, value) if isinstance(value, Mapping) else value
