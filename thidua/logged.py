"""What a log may say of an error: its kind and its place, never its words, which quote values."""

from thidua.workflow.errors import ThiduaError


def kind(error: BaseException) -> str:
    """Code or class, with the file and line it came from."""
    name = error.reasons[0].code if isinstance(error, ThiduaError) else type(error).__name__
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return name
    file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{name} ({file}:{trace.tb_lineno})"
