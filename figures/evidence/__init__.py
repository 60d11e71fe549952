"""The figures of evidence and faults: the journal, crashes, power cuts, many at once, restores."""

from figures.evidence import (
    anchor,
    backups,
    erasure,
    export_bytes,
    failpoints,
    faults,
    forgeries,
    kills,
    migration_kills,
    migration_kills_server,
    model,
    operators,
    power,
    replay,
    server_kills,
    supply,
    verifier,
    verify_speed,
)
from figures.figure import Figure

FIGURES: tuple[Figure, ...] = (
    *anchor.FIGURES,
    *verifier.FIGURES,
    *forgeries.FIGURES,
    *export_bytes.FIGURES,
    *supply.FIGURES,
    *erasure.FIGURES,
    *failpoints.FIGURES,
    *faults.FIGURES,
    *kills.FIGURES,
    *server_kills.FIGURES,
    *power.FIGURES,
    *operators.FIGURES,
    *model.FIGURES,
    *backups.FIGURES,
    *migration_kills.FIGURES,
    *migration_kills_server.FIGURES,
    *replay.FIGURES,
    *verify_speed.FIGURES,
)
