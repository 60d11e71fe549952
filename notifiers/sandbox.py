"""The template language, closed: declared files only, every name declared, HTML always escaped."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from traceback import extract_tb
from typing import cast

from jinja2 import FunctionLoader, StrictUndefined, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from thidua.notifiers.annex import Annex, Block
from thidua.notifiers.catalogue import LETTERS
from thidua.notifiers.dates import LANGUAGES, formal, in_words, moment, numeric, time_left
from thidua.notifiers.digest import Digest, Group, Line, Rest
from thidua.notifiers.headers import clean
from thidua.workflow.errors import DefinitionError, Reason, reason

ENDINGS = ("subject.txt", "txt", "html")

UNNAMED = "<template>"
"""What a template without a file of its own is called in a traceback."""

_UNKNOWN = re.compile(r"'([^']+)'(?: is undefined)?$")
"""How jinja ends what it says of a name, or of an attribute, that is not there."""

FRAMES = ("frame.html", "parts.html")
"""Shared by the languages: they hold no words."""

PARTS = ("letter.html", "letter.txt", "parts.txt", "words.txt")
"""Shared by the templates of one language."""

WORDS_FOR_HTML = "words.html"
"""The file `words.txt` again, escaped: a macro escapes as the file it stands in, and what it
gives counts as safe where it is called."""

GIVEN = frozenset({"lang", "office", "addressee", "place", "shown", "annex", "papers"})
"""Names that every template has beside its own."""

FIELDS = frozenset(
    {"name", "parent", "contact", "mailbox", "unit", "index", "title", "sent", "missing"}
)
"""What the office, the addressee, a loop and a letter itself have."""

SHORTENED = 160
"""Characters of an instruction in a digest."""

DIGEST = "digest"
DIGEST_FIELDS = frozenset(
    name for kind in (Digest, Group, Line, Rest, Annex, Block) for name in kind.__dataclass_fields__
)


@cache
def environment(lang: str) -> ImmutableSandboxedEnvironment:
    """The environment of one language. A file outside the declared ones cannot be named in it."""
    made = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(partial(_source, lang)),
        autoescape=_escapes,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals.clear()
    for write in (in_words, numeric, formal, moment, time_left):
        made.filters[write.__name__] = partial(write, lang=lang)
    made.filters["breaks"] = _breaks
    made.filters["capital"] = _capital
    made.filters["shorten"] = _shorten
    return made


def declared_files() -> tuple[str, ...]:
    """Every file name a language must have."""
    letters = (f"{name}.{ending}" for name in (*LETTERS, DIGEST) for ending in ENDINGS)
    return (*PARTS, *letters)


def line_of(error: Exception) -> int | str:
    """The line of the template in which filling it in went wrong; "-" when none is known."""
    steps = [step.lineno for step in extract_tb(error.__traceback__) if step.filename == UNNAMED]
    return getattr(error, "lineno", None) or next((n for n in reversed(steps) if n), "-")


def unknown_name(error: Exception) -> str | None:
    """The name that a template uses and nobody gives; None when something else went wrong."""
    said = _UNKNOWN.search(str(error)) if isinstance(error, UndefinedError) else None
    return said and said[1]


def check_templates() -> None:
    """Look through every template file; `DefinitionError` lists all that is wrong.

    A missing file, a syntax error or unknown filter with its line, and every name or attribute
    that is not declared for that template: found here and not in a letter.
    """
    problems = [each for lang in LANGUAGES for each in _problems(lang)]
    if problems:
        raise DefinitionError.because(problems)


def _source(lang: str, name: str) -> str | None:
    if name in FRAMES:
        return _read(name)
    if name == WORDS_FOR_HTML:
        return _source(lang, "words.txt")
    return _read(f"{lang}/{name}") if name in declared_files() else None


def _read(path: str) -> str | None:
    file = files("thidua.notifiers").joinpath("templates", path)
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _escapes(name: str | None) -> bool:
    # The stock rule looks at other endings and escapes nothing when there is no name.
    return name is None or not name.endswith(".txt")


def _breaks(text: str) -> Markup:
    """Prose for HTML: escaped, each newline a line break."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shorten(prose: str) -> str:
    """The first words of a prose on one line, for a digest."""
    return clean(prose, cap=SHORTENED)


def _problems(lang: str) -> Iterator[Reason]:
    sharing = ("parts.html", "parts.txt", "words.txt", WORDS_FOR_HTML)
    macros = {file: _macros(lang, file) for file in sharing}
    for name in (*FRAMES, *declared_files()):
        file = name if name in FRAMES else f"{lang}/{name}"
        source = _source(lang, name)
        if source is None:
            yield reason("template-missing", file=file)
            continue
        try:
            environment(lang).compile(source, name, file)
        except TemplateSyntaxError as error:
            yield reason("template-syntax", file=file, line=error.lineno, problem=error.message)
            continue
        for each in _undeclared(name, environment(lang).parse(source), macros):
            yield reason("template-undeclared", file=file, name=each)


def _undeclared(name: str, tree: nodes.Template, macros: Mapping[str, frozenset[str]]) -> list[str]:
    """Names and attributes nobody gives; imported ones that do not exist, hide one, or come out
    of a file that does not escape into one that does."""
    imported = dict(_imports(tree))
    given = _names(name)
    names = meta.find_undeclared_variables(tree) - given - imported.keys()
    fields = {each.attr for each in tree.find_all(nodes.Getattr)} - _fields(name)
    lost = {macro for macro, file in imported.values() if macro not in macros.get(file, ())}
    raw = {file for _, file in imported.values() if _escapes(name) and not _escapes(file)}
    hidden = imported.keys() & GIVEN.union(*(each.names for each in LETTERS.values()))
    return sorted(names | fields | lost | hidden | raw)


def _imports(tree: nodes.Template) -> Iterator[tuple[str, tuple[str, str]]]:
    for each in tree.find_all(nodes.FromImport):
        file = cast(nodes.Const, each.template).value
        for name in each.names:
            macro, alias = (name, name) if isinstance(name, str) else name
            yield alias, (macro, file)


def _macros(lang: str, file: str) -> frozenset[str]:
    try:
        tree = environment(lang).parse(_source(lang, file) or "")
    except TemplateSyntaxError:
        return frozenset()
    return frozenset(each.name for each in tree.find_all(nodes.Macro))


def _names(file: str) -> frozenset[str]:
    letter = file.partition(".")[0]
    if letter == DIGEST:
        return GIVEN | {DIGEST}
    return GIVEN | LETTERS[letter].names.keys() if letter in LETTERS else GIVEN


def _fields(file: str) -> frozenset[str]:
    letter = file.partition(".")[0]
    shapes = [shape for each in LETTERS.values() for shape in each.names.values()]
    records = frozenset(key for shape in shapes for key in shape.of)
    return FIELDS | records if letter in LETTERS else FIELDS | records | DIGEST_FIELDS
