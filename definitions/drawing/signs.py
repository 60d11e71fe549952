"""The legend: every sign that this picture uses, with its meaning."""

from collections.abc import Iterator
from dataclasses import replace

from thidua.definitions.drawing.frame import Frame
from thidua.definitions.drawing.lettering import Line, wrapped
from thidua.definitions.drawing.look import (
    ENDED,
    HOPED,
    OWN,
    PASSED,
    ROUNDS,
    STATE,
    STEP,
)
from thidua.definitions.drawing.paint import (
    WAY,
    Look,
    bracket,
    feet,
    framed,
    written,
)
from thidua.definitions.drawing.panel import heading
from thidua.definitions.drawing.way import Way
from thidua.definitions.phrase import Phrases
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import Procedure

WIDE, ROW = 30.0, 17.0

_WORDS = {
    "state": ("trạng thái của hồ sơ", "a state of the dossier"),
    "hoped": ("kết thúc của cả quy trình", "the end of the whole way"),
    "ended": ("kết thúc khác", "another end"),
    "step": ("bước do người có tên thực hiện", "a step, taken by whom it names"),
    "own": ("bước do hệ thống tự thực hiện", "a step that the engine takes by itself"),
    "consultation": ("đợt lấy ý kiến", "a consultation"),
    "ballot": ("cuộc bỏ phiếu", "a ballot"),
    "posting": ("công khai lấy ý kiến", "a public posting"),
    "span": ("thời hạn chung qua nhiều bước", "a due over several steps"),
    "assumed": ("con số giả định, chưa xác nhận", "an assumed number, not confirmed"),
    "passed": ("hồ sơ đã đi qua", "where the dossier has been"),
}


def signs(procedure: Procedure, phrases: Phrases, way: Way, x: float, top: float,
          width: float) -> tuple[list[str], float]:  # fmt: skip
    """The legend from its upper left corner, and how high it is."""
    head = heading("signs", phrases.lang)
    parts = [p for row, foot in feet([head], top) for p in written(row, x, foot)]
    y = top + head.height + 5
    for name, drawing in _used(procedure, way):
        rows = wrapped(Line(_WORDS[name][phrases.lang == "en"], 9.5), width - WIDE - 10)
        for row, foot in feet(rows, y):
            parts += written(row, x + WIDE + 10, foot)
        parts += _drawn(drawing, x, y + 7)
        y += max(ROW, sum(row.height for row in rows) + 3)
    return parts, y - top


def _used(procedure: Procedure, way: Way) -> Iterator[tuple[str, Look | str]]:
    yield from (("state", STATE), ("hoped", HOPED), ("ended", ENDED), ("step", STEP))
    if any(step.by == ENGINE for step in procedure.transitions):
        yield "own", OWN
    kinds = {rule.kind for rule in procedure.rounds.values()}
    yield from ((kind, look) for kind, look in ROUNDS.items() if kind in kinds)
    if procedure.spans:
        yield "span", "bracket"
    if procedure.assumed:
        yield "assumed", "assumed"
    if way.standing is not None:
        yield "passed", Look(PASSED, WAY, wide=1.8)


def _drawn(drawing: Look | str, x: float, middle: float) -> Iterator[str]:
    if drawing == "bracket":
        yield bracket(x + 10, middle - 6, middle + 6, "#7a5c00")
    elif drawing == "assumed":
        yield from written(Line("5", 10, bold=True, tone="assumed"), x + 12, middle + 3.5)
    elif isinstance(drawing, Look):
        small = replace(drawing, corner=drawing.corner / 2)
        yield from framed(Frame((), WIDE, 13, 0), (x + WIDE / 2, middle), small)
