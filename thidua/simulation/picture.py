"""Draws the queue week by week, and how long decisions took: a picture for a report."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thidua.plots import GRID, INK, PALE, check_ending
from thidua.simulation.behaviour import Behaviour
from thidua.simulation.measures import Outcome
from thidua.workflow.errors import Misuse
from thidua.workflow.procedure import Procedure
from thidua.workflow.wording import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, HIGH, FRAME = 12.0, 3.6, 1.4
"""Inches: the picture's width, one procedure's part, all around."""
COLOURS = ("#22577a", "#38a3a5", "#e0a030", "#b8433f", "#7a2b3a", "#6b7480", "#2b7a4b", "#9d8df1",
           "#c58b5a", "#444f5a")  # fmt: skip
MARK = "#b8433f"


def draw(
    outcomes: Sequence[Outcome], procedures: Sequence[Procedure], behaviour: Behaviour, file: Path,
    *, lang: str = "vi",
) -> None:  # fmt: skip
    """Write one part for each outcome, on one scale, as PNG or SVG by the file's ending.

    The same outcomes give the same bytes. `Misuse`: "plot-ending" for another ending,
    "extra-missing" without the extra `plots`.
    """
    check_ending(file)
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        raise Misuse("extra-missing", library="matplotlib", extra="plots") from error
    named: Any = {"svg.fonttype": "path", "font.family": "DejaVu Sans", "svg.hashsalt": "thidua"}
    with rc_context(named):
        figure = Figure(figsize=(WIDE, HIGH * len(outcomes) + FRAME), dpi=150)
        axes = figure.subplots(len(outcomes), 2, sharex="col", sharey="col", squeeze=False,
                               width_ratios=(7, 4))  # fmt: skip
        for (left, right), outcome, procedure in zip(axes, outcomes, procedures, strict=True):
            _queue(left, outcome, procedure, lang)
            _decided(right, outcome, lang)
        for ax, name in zip(axes[-1], ("simulation-weeks", "simulation-days"), strict=True):
            ax.set_xlabel(say(name, {}, lang), color=INK, fontsize=9)
        said = behaviour.assumption.get(lang) or next(iter(behaviour.assumption.values()))
        figure.text(0.02, 0.015, said, color=PALE, fontsize=8)
        figure.tight_layout(rect=(0, 0.04, 1, 1))
        stamp: dict[str, Any] = {"Date": None} if file.suffix == ".svg" else {"Software": None}
        figure.savefig(file, metadata=stamp)


def _queue(ax: "Axes", outcome: Outcome, procedure: Procedure, lang: str) -> None:
    weeks = sorted(outcome.standing)
    states = [name for name in procedure.states if any(name in outcome.standing[w] for w in weeks)]
    rows = [[outcome.standing[week].get(name, 0) for week in weeks] for name in states]
    labels = [procedure.text(procedure.states[name].label, lang) for name in states]
    if rows:
        ax.stackplot(
            range(len(weeks)), rows, labels=labels, colors=COLOURS, linewidth=0.4, edgecolor="white"
        )
        ax.legend(loc="upper left", fontsize=8, frameon=False, labelcolor=INK, reverse=True)
    called = f"{procedure.name}@{procedure.version}"
    fields = {"procedure": called, "dossiers": outcome.dossiers}
    _plain(ax, say("simulation-title", fields, lang))
    ax.set_ylabel(say("simulation-dossiers", {}, lang), color=INK, fontsize=9)


def _decided(ax: "Axes", outcome: Outcome, lang: str) -> None:
    """How many decisions came after so many working days; half and nine tenths marked."""
    days = outcome.days()
    if days is None:
        _plain(ax, say("simulation-undecided", {}, lang))
        return
    ax.bar(list(outcome.decided), list(outcome.decided.values()), width=0.9, color=COLOURS[0])
    fields = {"dossiers": outcome.came[0].dossiers, "median": days.median, "p90": days.p90}
    _plain(ax, say("simulation-decided", fields, lang))
    ax.set_xlim(left=0)
    for on, words in ((days.median, "1/2"), (days.p90, "9/10")):
        ax.axvline(on, color=MARK, linewidth=1.2)
        ax.annotate(f" {words}: {on}", (on, 0.99), xycoords=("data", "axes fraction"), va="top",
                    fontsize=8, color=MARK)  # fmt: skip


def _plain(ax: "Axes", title: str) -> None:
    ax.set_title(title, loc="left", fontsize=10.5, color=INK)
    ax.grid(axis="y", color=GRID)
    ax.set_axisbelow(True)
    ax.tick_params(colors=INK, labelsize=8)
    ax.margins(x=0, y=0.1)
    ax.locator_params(integer=True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
