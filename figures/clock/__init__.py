"""The figures of the statutory clock."""

from figures.clock import arithmetic
from figures.figure import Figure, Sizes, zero

FIGURES: tuple[Figure, ...] = (
    Figure(
        "arithmetic", Sizes(200, 5_000, 50_000, 1_000_000), 21, arithmetic.measure,
        zero("differences", "numpy", "unseen"), arithmetic.forgetful,
    ),
)  # fmt: skip
