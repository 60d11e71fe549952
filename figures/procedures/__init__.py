"""The figures of procedures: bad and hostile input, what the proof says, moves to new versions."""

from figures.database import on_sqlite
from figures.figure import Figure, Sizes, zero
from figures.procedures import exact, fuzz, mass, migration, positions

FUZZED = zero(*fuzz.BAD)

FIGURES = (
    Figure(
        "reader-fuzz", Sizes(300, 2_000, 20_000, 1_000_000), 21, fuzz.measure(fuzz.reading),
        FUZZED, fuzz.careless,
    ),
    Figure(
        "loader-fuzz", Sizes(60, 200, 1_000, 100_000), 22, fuzz.measure(fuzz.loading), FUZZED,
        fuzz.trusting,
    ),
    Figure(
        "payloads", Sizes(200, 1_200, positions.QUICK, positions.WHOLE), positions.SEED,
        positions.measure, zero("ran", "escaped"), positions.obliging,
    ),
    Figure(
        "migration", Sizes(12, 30, 300, 10_000), 25, on_sqlite(migration.measure),
        migration.judge, migration.forgetful,
    ),
    Figure("mass", Sizes(20, 200, 2_000, 10_000), 26, mass.measure, mass.judge, mass.unread),
    Figure("checks", Sizes(1, 1, 1, 1), 24, exact.measure, zero("failing"), exact.unasked),
)  # fmt: skip
