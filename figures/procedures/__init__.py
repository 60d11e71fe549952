"""The figures of procedures: bad input, hostile input, and what the proof says of each fault."""

from figures.figure import Figure, Sizes, zero
from figures.procedures import exact, fuzz, positions

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
        "payloads", Sizes(400, 2_000, positions.WHOLE, positions.WHOLE), 23, positions.measure,
        zero("ran", "escaped"), positions.obliging,
    ),
    Figure("checks", Sizes(1, 1, 1, 1), 24, exact.measure, zero("failing"), exact.unasked),
)  # fmt: skip
