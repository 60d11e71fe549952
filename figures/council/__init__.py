"""The figures of the council: votes against the close, who may do what, what a secret
vote leaves.
"""

from figures.council import ballots, departments, matrix, secrecy, secrecy_odds, secrecy_server
from figures.council.matrix import reading
from figures.database import on_postgresql, on_sqlite
from figures.figure import Figure, Sizes, zero

COUNTED = zero("wrong", "late", "double", "lost", "untyped")
ANSWERED = zero("lost", "open", "twice", "failed", "broken")

FIGURES = (
    Figure(
        "council-races-sqlite", Sizes(6, 40, 400, 10_000), 41, on_sqlite(ballots.measure),
        COUNTED, ballots.hasty,
    ),
    Figure(
        "council-races-postgresql", Sizes(6, 40, 400, 10_000), 42,
        on_postgresql(ballots.measure), COUNTED, ballots.hasty,
    ),
    Figure(
        "sixty-three-sqlite", Sizes(1, 1, 2, 100), 43, on_sqlite(departments.measure),
        ANSWERED, departments.deaf,
    ),
    Figure(
        "sixty-three-postgresql", Sizes(1, 1, 2, 100), 44,
        on_postgresql(departments.measure), ANSWERED, departments.deaf,
    ),
    Figure(
        "secrecy", Sizes(2, 6, 60, 10_000), 45, secrecy.measure, secrecy_odds.judge,
        secrecy.in_order,
    ),
    Figure(
        "secrecy-postgresql", Sizes(2, 4, 20, 1_000), 47, secrecy_server.measure,
        secrecy_odds.judge, secrecy.in_order,
    ),
    Figure(
        "matrix", Sizes(400, 4_000, matrix.WHOLE, matrix.WHOLE), 46, on_sqlite(matrix.measure),
        zero("library", "foreseen", "one_sided"), matrix.unchecked,
    ),
    Figure(
        "matrix-typed", Sizes(40, 120, 1_200, matrix.WHOLE), 48,
        on_sqlite(matrix.measure_typed), zero("typed", "process"), matrix.unchecked,
    ),
    Figure(
        "readers", Sizes(14, 28, len(reading.READINGS), len(reading.READINGS)), 49,
        on_sqlite(reading.measure), zero("leaked", "kept"), reading.open_house,
    ),
)  # fmt: skip
