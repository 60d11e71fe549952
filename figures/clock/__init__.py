"""The figures of the statutory clock: what it tells and when, whatever fails meanwhile."""

from figures.clock import ticker_kills
from figures.database import on_postgresql, on_sqlite
from figures.figure import Figure, Sizes, zero

KILLED = zero("lost", "doubled", "broken")

FIGURES = (
    Figure(
        "ticker-kills-sqlite",
        Sizes(3, 10, 80, 800),
        22,
        on_sqlite(ticker_kills.measure),
        KILLED,
        ticker_kills.careless,
    ),
    Figure(
        "ticker-kills-postgresql",
        Sizes(3, 10, 80, 800),
        23,
        on_postgresql(ticker_kills.measure),
        KILLED,
        ticker_kills.careless,
    ),
)
