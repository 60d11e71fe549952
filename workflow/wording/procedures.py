"""Sentences about procedures and their checks."""

PROCEDURES: dict[str, tuple[str, str]] = {}
