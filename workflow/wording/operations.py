"""Sentences about connections, schema and operation."""

OPERATIONS: dict[str, tuple[str, str]] = {}
