"""The language of procedure files as typed shapes: one file per part."""

from thidua.definitions.schema.mistake import reasons
from thidua.definitions.schema.procedure import ProcedureShape

__all__ = ["ProcedureShape", "reasons"]
