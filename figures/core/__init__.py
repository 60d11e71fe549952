"""The figures of the main job: kills, races, tampering, rollbacks, and the pace."""

from figures.core import kills, races, ratio, rollback, run_kills, tamper
from figures.database import on_postgresql, on_sqlite
from figures.figure import Figure, Sizes, zero

KILLED = zero("lost", "doubled", "broken")
RACED = zero("lost", "double", "untyped")

FIGURES = (
    Figure(
        "kills-cli", Sizes(3, 30, 300, 10_000), 7, on_sqlite(kills.measure), KILLED,
        kills.forgetting,
    ),
    Figure(
        "kills-run", Sizes(3, 15, 120, 5_000), 9, run_kills.measure, KILLED, run_kills.forgetting
    ),
    Figure(
        "kills-postgresql", Sizes(3, 20, 200, 2_000), 8, on_postgresql(kills.measure), KILLED,
        kills.forgetting,
    ),
    Figure(
        "races-sqlite", Sizes(48, 400, 3_000, 10_000), 11, on_sqlite(races.measure), RACED,
        races.unlocked,
    ),
    Figure(
        "races-postgresql", Sizes(48, 240, 2_000, 10_000), 12, on_postgresql(races.measure),
        RACED, races.unlocked,
    ),
    Figure(
        "tamper", Sizes(150, 1_000, 22_600, 1_000_000), 13, on_sqlite(tamper.measure),
        zero("undetected", "crashed"), tamper.blind,
    ),
    Figure(
        "rollback", Sizes(16, 32, rollback.WHOLE, rollback.WHOLE), 14, rollback.measure,
        zero("failing"), rollback.owning,
    ),
    Figure(
        "ratio-sqlite", Sizes(2, 40, 300, 3_000), 15, on_sqlite(ratio.measure),
        ratio.at_least(0.5), ratio.tired,
    ),
    Figure(
        "ratio-postgresql", Sizes(2, 20, 200, 2_000), 16, on_postgresql(ratio.measure),
        ratio.at_least(None), ratio.tired,
    ),
)  # fmt: skip
