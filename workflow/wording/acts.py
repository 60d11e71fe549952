"""Sentences about acts on dossiers."""

ACTS: dict[str, tuple[str, str]] = {}
