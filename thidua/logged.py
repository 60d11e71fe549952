"""What a log may say of an error: its kind and its place, never its words, which quote values."""

import logging
from collections.abc import Iterable

from thidua.workflow.errors import Refused, ThiduaError
from thidua.workflow.person import By
from thidua.workflow.sight import Eyes

log = logging.getLogger("thidua.refused")


class Unsaid(Exception):
    """An error as a log may have it: kinds and places of it and of what led to it, no words."""


def unsaid(error: BaseException) -> Unsaid:
    """What a log is given as `exc_info`: the whole traceback, with kinds in the place of words."""
    told = Unsaid(_name(error)).with_traceback(error.__traceback__)
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    told.__cause__ = unsaid(before) if before is not None else None
    return told


def kind(error: BaseException) -> str:
    """Code or class, with the file and line it came from."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return _name(error)
    file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{_name(error)} ({file}:{trace.tb_lineno})"


def _name(error: BaseException) -> str:
    return error.reasons[0].code if isinstance(error, ThiduaError) else type(error).__name__


def note_refused(error: Refused, what: str, by: By, subject: str | None = None) -> None:
    """Log at INFO who was refused what: the codes, the act's name, ids, and nothing that is said.

    Ids are quoted, so that none begins a line of its own.
    """
    codes = ", ".join(sorted({each.code for each in error.reasons}))
    log.info("refused [%s]: %s by %r for %r on %r", codes, what, by.actor, by.for_, subject)


def unshown(code: str, eyes: Iterable[Eyes], *subject: str, **fields: object) -> Refused:
    """The refusal to show something, logged as `note_refused` does: who looks, and at which ids."""
    actors = [each.actor for each in eyes]
    log.info("refused [%s]: look by %r on %r", code, actors, list(subject))
    return Refused.of(code, **fields)
