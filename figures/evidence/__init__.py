"""The figures of evidence and faults: the journal, crashes, power cuts, many at once, restores."""

from figures.evidence import erasure, failpoints, kills, server_kills, supply
from figures.figure import Figure

FIGURES: tuple[Figure, ...] = (
    *supply.FIGURES,
    *erasure.FIGURES,
    *failpoints.FIGURES,
    *kills.FIGURES,
    *server_kills.FIGURES,
)
