"""`thidua procedures`: the files that say how dossiers move, checked, stored, confirmed, drawn."""

from thidua.cli.procedures import diff, draw, keep, migrate, overlay, proof, schema, simulate
from thidua.cli.shell import Noun

procedures = Noun("procedures")

for _each in (
    keep.list_,
    proof.check,
    schema.schema,
    keep.store,
    keep.confirm,
    draw.draw,
    diff.diff,
    overlay.rebase,
    migrate.migrate,
    simulate.simulate,
):
    procedures.add_command(_each)
