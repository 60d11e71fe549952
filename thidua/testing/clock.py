"""A clock that stands until it is moved."""

from datetime import UTC, datetime, timedelta


class FixedClock:
    """A clock that stands until it is moved; give it to `Thidua(clock=…)`."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def __call__(self) -> datetime:
        """The present instant."""
        return self.at

    def move(self, **parts: float) -> datetime:
        """Move on by a `timedelta` of these parts; the new instant."""
        self.at += timedelta(**parts)
        return self.at

    def move_to(self, at: datetime) -> datetime:
        """Move on to an instant, never back; the new instant."""
        self.at = max(self.at, at.astimezone(UTC))
        return self.at
