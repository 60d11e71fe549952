"""What a log may say of an error: its kind and its place, never its words, which quote values."""

from thidua.workflow.errors import ThiduaError


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
