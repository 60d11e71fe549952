"""Whether the clock can be believed: a leap forward waits for a person's word."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from thidua.ids import elapsed
from thidua.storage.watch import Seen
from thidua.workflow.wording import say


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far the clock may be ahead of what is known before nothing is done on its word.

    `jump` between two looks of a running process, whose other clock, that nobody sets, says
    otherwise; `stop` between the last heartbeat and a process that has just begun, which cannot
    tell a long stop from a wrong clock.
    """

    jump: timedelta = timedelta(hours=1)
    stop: timedelta = timedelta(days=62)


BOUNDS = Bounds()
"""A machine that was off for two months starts by itself; a wrong year waits for a person."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reading that is not believed, and the last one that was."""

    at: datetime
    since: datetime | None
    code: ClassVar[str] = "clock-doubted"

    def text(self, lang: str = "en") -> str:
        """What is wrong and what to do, in "vi" or "en"."""
        from thidua.notifiers.dates import moment

        since = self.since or self.at
        fields = {"now": moment(self.at, lang=lang), "since": moment(since, lang=lang)}
        return say(self.code, fields, lang)


@dataclass(frozen=True, slots=True)
class Apart(Doubt):
    """A reading far ahead of the database server's, which is `since`."""

    code: ClassVar[str] = "clock-apart"


class Watch:
    """A running process's own memory of the clock: the last good reading, and when that was.

    `elapsed` gives the seconds of a clock that nobody sets.
    """

    def __init__(self, elapsed: Callable[[], float] = elapsed) -> None:
        self._elapsed = elapsed
        self._good: tuple[datetime, float] | None = None
        self._doubted: datetime | None = None

    def ahead(self, now: datetime, accepted_at: datetime | None = None) -> timedelta | None:
        """How far `now` is ahead of where the clock should be; None when this is not known.

        Nor is it known any more when a person confirmed the reading that was doubted: one that
        lies where this clock leapt to, not where it should be by now, which another machine shows.
        """
        if self._good is None:
            return None
        read, at = self._good
        due = read + timedelta(seconds=self._elapsed() - at)
        doubted = self._doubted
        if doubted is not None and accepted_at is not None and accepted_at >= max(doubted, due):
            self._good = self._doubted = None
            return None
        return now - due

    def note(self, now: datetime, ahead: timedelta | None, *, believed: bool) -> bool:
        """Remember a look; whether the clock is believed again after a doubt.

        A clock that went back is measured by where it had been already: what it reaches again is
        no news.
        """
        if not believed:
            self._doubted = self._doubted or now
            return False
        again, self._doubted = self._doubted is not None, None
        if ahead is None or ahead >= timedelta():
            self._good = (now, self._elapsed())
        return again


def judge(
    seen: Seen, bounds: Bounds, now: datetime, *, ahead: timedelta | None,
    server: datetime | None = None,
) -> Doubt | None:  # fmt: skip
    """Whether the reading `now` is to be doubted.

    A process that knows how far the clock is `ahead` decides by that. Another one is doubted when
    it is `bounds.jump` ahead of the `server`'s clock, where there is one and nobody has confirmed
    what lies ahead of that; else it goes by the last sign of life, which may be `bounds.stop` old;
    for readings that were doubted before, only `bounds.jump`, because then a clock that is right
    has come to them step by step.
    """
    since = seen.trusted_at
    if ahead is not None:
        return Doubt(now, since) if ahead > bounds.jump else None
    known = server and max(server, seen.accepted_at or server)
    if known is not None and now - known > bounds.jump:
        return Apart(now, server)
    doubted = seen.doubted_at is not None and now >= seen.doubted_at
    allowed = bounds.jump if doubted else bounds.stop
    late = doubted if since is None else now - since > allowed
    return Doubt(now, since) if late else None
