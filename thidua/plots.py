"""Draws how timely groups were as horizontal bars, in a file for a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ENDINGS = (".png", ".svg")
COLOURS = ("#2b7a4b", "#e0a030", "#b8433f", "#7a2b3a")
"""In time, late, without an answer, not done yet: told apart in grey too."""

INK, PALE, GRID = "#22272e", "#6b7480", "#e4e7eb"
WIDE, ROW, FRAME = 9.6, 0.42, 2.1
"""Inches: the picture's width, a bar with its gap, all around the bars."""

NARROWEST = 6
"""Percent of a bar that has room for its number."""

LETTERS = 34
"""Letters of a name on one line; a longer one takes two, and loses its middle after that."""

BESIDE = (112, 123.5, 135)
"""Where the three columns beside the bars end, in percent of the longest bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: how many in time, late, without an answer, not done; three texts beside it."""

    name: str
    counts: tuple[int, int, int, int]
    beside: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars from the top down, with every word in the reader's language."""

    title: str
    subtitle: str
    note: str
    legend: tuple[str, str, str, str]
    heads: tuple[str, str, str]
    bars: tuple[Bar, ...]


def draw(chart: Chart, file: Path) -> None:
    """Write the chart as PNG or SVG, by the file's ending.

    `Misuse`: "plot-ending" for another, "extra-missing" without the extra `plots`.
    """
    check_ending(file)
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        raise Misuse("extra-missing", library="matplotlib", extra="plots") from error
    # The salt and the date away: the same figures give the same file.
    fixed: Any = {"svg.hashsalt": "thidua", "svg.fonttype": "path", "font.family": "DejaVu Sans"}
    with rc_context(fixed):
        figure = Figure(figsize=(WIDE, FRAME + ROW * len(chart.bars)), dpi=160)
        FigureCanvasAgg(figure)
        _fill(figure, chart)
        metadata = {"Date": None} if file.suffix.lower() == ".svg" else {"Software": None}
        figure.savefig(file, metadata=metadata, facecolor="white")


def check_ending(file: Path) -> None:
    """`Misuse` ("plot-ending") for a file that is neither PNG nor SVG."""
    if file.suffix.lower() not in ENDINGS:
        raise Misuse("plot-ending", file=str(file))


def _fill(figure: Any, chart: Chart) -> None:
    high = figure.get_size_inches()[1]
    top, bottom = 1 - 1.3 / high, 0.62 / high
    axes = figure.add_axes((0.29, bottom, 0.49, top - bottom))
    _bars(axes, chart.bars)
    _clear(axes, chart.bars)
    for at, head in zip(BESIDE, chart.heads, strict=True):
        axes.text(at, -0.82, head, size=8, color=PALE, ha="right", va="center", clip_on=False)
    left = 0.025
    figure.text(left, 1 - 0.32 / high, chart.title, size=13, weight="bold", color=INK, va="center")
    figure.text(left, 1 - 0.6 / high, chart.subtitle, size=9, color=PALE, va="center")
    figure.text(left, 0.18 / high, chart.note, size=7.5, color=PALE, va="center")
    _legend(figure, chart, (left, 1 - 0.88 / high))


def _bars(axes: "Axes", bars: Sequence[Bar]) -> None:
    for place, bar in enumerate(bars):
        start, n = 0.0, sum(bar.counts)
        for count, colour in zip(bar.counts, COLOURS, strict=True):
            share = 100 * count / n
            axes.barh(place, share, left=start, height=0.68, color=colour, linewidth=0)
            if share >= NARROWEST:
                axes.text(start + share / 2, place, str(count), size=8, color="white",
                          ha="center", va="center", weight="bold")  # fmt: skip
            start += share
        for at, text in zip(BESIDE, bar.beside, strict=True):
            axes.text(at, place, text, size=8.5, color=INK, ha="right", va="center", clip_on=False)


def _clear(axes: "Axes", bars: Sequence[Bar]) -> None:
    axes.set_xlim(0, 100)
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set_yticks(range(len(bars)), [folded(bar.name) for bar in bars], size=8.5, color=INK)
    axes.set_xticks(range(0, 101, 25), [f"{x}%" for x in range(0, 101, 25)], size=8, color=PALE)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _legend(figure: Any, chart: Chart, at: tuple[float, float]) -> None:
    from matplotlib.patches import Patch

    used = [any(bar.counts[i] for bar in chart.bars) for i in range(len(COLOURS))]
    patches = [
        Patch(color=colour, label=label)
        for colour, label, is_used in zip(COLOURS, chart.legend, used, strict=True)
        if is_used
    ]
    figure.legend(
        handles=patches, loc="center left", bbox_to_anchor=at, ncols=len(patches), frameon=False,
        fontsize=8.5, handlelength=1.1, handleheight=1.1, columnspacing=1.6, labelcolor=INK,
        borderpad=0, borderaxespad=0,
    )  # fmt: skip


def folded(name: str) -> str:
    """A name on at most two lines; units of one kind differ in their ends, so those stay."""
    lines = wrap(name, LETTERS, break_long_words=True)
    if len(lines) <= 2:
        return "\n".join(lines)
    return f"{lines[0]}\n…{name[1 - LETTERS :].lstrip()}"
