"""What is wrong with a text that is no YAML, for somebody who does not know the grammar."""

import re

from ruamel.yaml.error import MarkedYAMLError

_SIGNS = (
    ("yaml-tab", r"character '\\t'"),
    ("yaml-sign", r"character '(?P<sign>.)' that cannot start"),
    ("yaml-bracket", r"expected ',' or '[\]}]'"),
    ("yaml-quote", r"unexpected (end of stream|document separator)"),
    ("yaml-colon", r"mapping values are not allowed|could not find expected ':'"),
    ("yaml-indent", r"expected <block end>|expected '<document start>'|sequence entries are not"),
)
"""What the parser's problem says, by the code that tells how to mend it."""


def problem(error: Exception) -> tuple[str, dict[str, object]]:
    """The code of a syntax error and what its sentence speaks of: the sign, or the line in which
    what is not closed begins. "yaml-broken", with the parser's own words, for a rare one.
    """
    said = str(getattr(error, "problem", None) or f"{type(error).__name__}: {error}")
    for code, sign in _SIGNS:
        found = re.search(sign, said)
        if found is not None:
            return code, {**found.groupdict(), "opened": _opened(error)}
    return "yaml-broken", {"problem": one_line(said)}


def _opened(error: Exception) -> int:
    if not isinstance(error, MarkedYAMLError):
        return 1
    mark = error.context_mark or error.problem_mark
    return 1 if mark is None else int(mark.line) + 1


def one_line(text: str) -> str:
    """The beginning of a text, its white space as single spaces."""
    return re.sub(r"\s+", " ", text)[:200]
