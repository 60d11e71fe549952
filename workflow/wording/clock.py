"""Sentences about calendars, dues and reminders."""

CLOCK: dict[str, tuple[str, str]] = {}
