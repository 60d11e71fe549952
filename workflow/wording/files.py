"""Sentences about lists, documents and templates."""

FILES: dict[str, tuple[str, str]] = {}
