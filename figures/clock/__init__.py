"""The figures of the statutory clock: its arithmetic, and what it tells whatever fails."""

from figures.clock import arithmetic, simulation, ticker_kills
from figures.database import on_postgresql, on_sqlite
from figures.figure import Figure, Sizes, zero

KILLED = zero("lost", "doubled", "broken")

FIGURES: tuple[Figure, ...] = (
    Figure(
        "arithmetic", Sizes(200, 5_000, 50_000, 1_000_000), 21, arithmetic.measure,
        zero("differences", "numpy", "unseen"), arithmetic.forgetful,
    ),
    Figure(
        "simulation", Sizes(1, 10, 60, 10_000), 24, simulation.measure,
        zero("missed", "doubled", "wrong"), simulation.forgetful,
    ),
    Figure(
        "ticker-kills-sqlite", Sizes(3, 10, 80, 800), 22, on_sqlite(ticker_kills.measure), KILLED,
        ticker_kills.careless,
    ),
    Figure(
        "ticker-kills-postgresql", Sizes(3, 10, 80, 800), 23, on_postgresql(ticker_kills.measure),
        KILLED, ticker_kills.careless,
    ),
)  # fmt: skip
