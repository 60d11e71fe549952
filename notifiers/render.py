"""One letter's subject and bodies from one person's due notices."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thidua.notifiers.annex import of_digest, of_letter
from thidua.notifiers.dates import LANGUAGES
from thidua.notifiers.digest import digest
from thidua.notifiers.headers import clean
from thidua.notifiers.item import TEXT_CAP, Item, in_language, merged, read
from thidua.workflow.errors import Misuse

Text = str | Mapping[str, str]
"""A text as it is, or one for each language."""

WIDTH = 78
"""Columns of the plain text: it is read in terminals and printed."""

_MARK = re.compile(r" *(?:- |\d+\. )?")


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: its name, the body above it, whom to ask (name, telephone), where to write."""

    name: Text
    parent: Text | None = None
    contact: Text | None = None
    mailbox: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is written to: a person, a person of a unit or post, or a unit alone."""

    name: str | None = None
    unit: Text | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter's words: a clean subject, plain text of at most 78 columns, an HTML document."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Papers:
    """What files are called that go along with a letter, and those that should and are missing."""

    sent: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


NO_PAPERS = Papers()


def render(
    items: Sequence[Item],
    *,
    lang: str,
    person: Addressee,
    office: Office,
    place: Text | None = None,
    papers: Papers = NO_PAPERS,
) -> Rendered:
    """The letter about these notices of one person; the same input gives the same letter.

    Notices that differ in their dossiers alone are merged first. One gets its own template,
    several a digest; whom it does not name above stands in a list at its foot. `place` says where
    the reader finds all of it (a command, a page, an office); `papers` what is enclosed. Raises
    `Misuse` for no items, an unknown language or template and for a context that is not what the
    catalogue declares.
    """
    if lang not in LANGUAGES:
        raise Misuse("mail-language", lang=lang, known=", ".join(LANGUAGES))
    readings = [read(item, lang=lang) for item in merged(items)]
    if not readings:
        raise Misuse("mail-nothing")
    given = {
        "lang": lang,
        "office": office_record(lang, office),
        "addressee": office_record(lang, person),
        "place": _text(place, lang),
        "papers": papers,
    }
    if len(readings) == 1:
        (one,) = readings
        own = {**one.values, "shown": one.template.shown, "annex": of_letter(one)}
        return _written(one.template.name, lang, {**own, **given})
    own = {"digest": digest(readings), "annex": of_digest(readings)}
    return _written("digest", lang, {**own, **given})


def _written(name: str, lang: str, values: Mapping[str, object]) -> Rendered:
    # Imported here: the template library is slow to load and only the sender needs it.
    from thidua.notifiers.sandbox import environment

    made = environment(lang)
    subject, text, html = (
        made.get_template(f"{name}.{ending}").render(values)
        for ending in ("subject.txt", "txt", "html")
    )
    return Rendered(clean(subject), _wrapped(text), html)


def office_record(lang: str, who: Office | Addressee) -> dict[str, str | None]:
    """The parts of an office or addressee as templates are given them: clean, in one language."""
    return {name: _text(getattr(who, name), lang) for name in who.__dataclass_fields__}


def _text(text: Text | None, lang: str) -> str | None:
    return None if text is None else clean(in_language(text, lang), cap=TEXT_CAP)


def _wrapped(text: str) -> str:
    lines = "\n".join(_wrapped_line(line.rstrip()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _wrapped_line(line: str) -> str:
    if line.startswith("— "):
        return line  # a signature under a note holds as one line only
    mark = _MARK.match(line)
    indent = " " * len(mark[0] if mark else "")
    return textwrap.fill(
        line,
        WIDTH,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
