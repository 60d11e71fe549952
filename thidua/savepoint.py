"""The savepoint of an act, in the host's own transaction."""

from thidua.storage.script import Pen, as_busy
from thidua.workflow.errors import Failed


class savepoint:  # noqa: N801 -- used as a word; a generator's would cost each act a microsecond
    """What is written inside is kept whole or not at all; the host's own rows stay."""

    __slots__ = ("_pen",)

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def __enter__(self) -> None:
        self._pen.raw("SAVEPOINT td_act")

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None:
            self._pen.raw("RELEASE SAVEPOINT td_act")
            return
        busy = as_busy(error, "td_act")
        _undo(self._pen, busy or error)
        if busy is not None:
            raise busy from error


def _undo(pen: Pen, error: BaseException) -> None:
    """Undo what stands in the savepoint. Where that is not possible, never let the caller
    believe that it was a mere refusal.
    """
    try:
        pen.raw("ROLLBACK TO SAVEPOINT td_act")
        pen.raw("RELEASE SAVEPOINT td_act")
    except Failed:
        # A full disk or a lost connection ends the transaction by itself: that is the news.
        if not isinstance(error, Failed):
            raise
