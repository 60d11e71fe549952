"""Draws how many dossiers stood in each state, week by week: a picture for a report."""

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

WIDE, HIGH, FRAME = 9.6, 3.4, 1.5
"""Inches: the picture's width, one procedure's part, all around."""
COLOURS = ("#22577a", "#38a3a5", "#e0a030", "#b8433f", "#7a2b3a", "#6b7480", "#2b7a4b", "#9d8df1",
           "#c58b5a", "#444f5a")  # fmt: skip


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
        axes = figure.subplots(len(outcomes), 1, sharex=True, sharey=True, squeeze=False)
        for ax, outcome, procedure in zip(axes[:, 0], outcomes, procedures, strict=True):
            _part(ax, outcome, procedure, lang)
        axes[-1, 0].set_xlabel(say("simulation-weeks", {}, lang), color=INK, fontsize=9)
        said = behaviour.assumption.get(lang) or next(iter(behaviour.assumption.values()))
        figure.text(0.02, 0.015, said, color=PALE, fontsize=8)
        figure.tight_layout(rect=(0, 0.04, 1, 1))
        stamp: dict[str, Any] = {"Date": None} if file.suffix == ".svg" else {"Software": None}
        figure.savefig(file, metadata=stamp)


def _part(ax: "Axes", outcome: Outcome, procedure: Procedure, lang: str) -> None:
    weeks = sorted(outcome.standing)
    states = [name for name in procedure.states if any(name in outcome.standing[w] for w in weeks)]
    rows = [[outcome.standing[week].get(name, 0) for week in weeks] for name in states]
    labels = [procedure.text(procedure.states[name].label, lang) for name in states]
    if rows:
        ax.stackplot(
            range(len(weeks)), rows, labels=labels, colors=COLOURS, linewidth=0.4, edgecolor="white"
        )
        ax.legend(loc="upper left", fontsize=8, frameon=False, labelcolor=INK, reverse=True)
    days = outcome.days
    fields = {
        "procedure": f"{procedure.name}@{procedure.version}", "dossiers": outcome.dossiers,
        "median": days.median if days else "–", "p90": days.p90 if days else "–",
    }  # fmt: skip
    ax.set_title(say("simulation-title", fields, lang), loc="left", fontsize=11, color=INK)
    ax.set_ylabel(say("simulation-dossiers", {}, lang), color=INK, fontsize=9)
    ax.grid(axis="y", color=GRID)
    ax.set_axisbelow(True)
    ax.tick_params(colors=INK, labelsize=8)
    ax.margins(x=0, y=0.08)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
