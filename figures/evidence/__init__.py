"""The figures of evidence and faults: the journal, crashes, power cuts, many at once, restores."""

from figures.evidence import (
    erasure,
    failpoints,
    forgeries,
    kills,
    model,
    power,
    server_kills,
    supply,
    verifier,
)
from figures.figure import Figure

FIGURES: tuple[Figure, ...] = (
    *verifier.FIGURES,
    *forgeries.FIGURES,
    *supply.FIGURES,
    *erasure.FIGURES,
    *failpoints.FIGURES,
    *kills.FIGURES,
    *server_kills.FIGURES,
    *power.FIGURES,
    *model.FIGURES,
)
