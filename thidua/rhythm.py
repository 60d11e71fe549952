"""When an office writes: one digest a person and working day, quiet hours, so many mails a day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from thidua.storage.notices import EVERYTHING, Turn
from thidua.workflow.calendar import Calendar
from thidua.workflow.errors import Misuse
from thidua.workflow.ladder import Hours, is_worked

PATIENCE = timedelta(minutes=30)
"""How long digests wait for a clock that has not yet raised the day's reminders."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """An office's habits, in the local time of `calendar`, whose working days count.

    From `digest` o'clock on working days each person's notices become one mail; with None all are
    mailed at the next run. Between `opens` and `closes` on working days mails go out, what is
    declared urgent at any time; with None there are no quiet hours. `most` mails are made for a
    person and day, the digest among them: what is over waits for the next digest.
    """

    digest: time | None = time(8)
    opens: time | None = time(7, 30)
    closes: time | None = time(17)
    most: int = 5
    calendar: str = "vn-civil-service"

    def __post_init__(self) -> None:
        """Refuse, as `Misuse`, a digest outside the hours, hours that end before they begin."""
        opens, closes = self.opens or time.min, self.closes or time.max
        if opens >= closes or (self.opens is None) != (self.closes is None):
            raise Misuse("rhythm-hours", opens=str(self.opens), closes=str(self.closes))
        if self.digest is not None and not opens <= self.digest < closes:
            raise Misuse("rhythm-digest", digest=f"{self.digest:%H:%M}", opens=f"{opens:%H:%M}",
                         closes=f"{closes:%H:%M}")  # fmt: skip
        if self.most < 1:
            raise Misuse("rhythm-most", found=self.most)

    def is_open(self, calendar: Calendar, now: datetime) -> bool:
        """Whether mails may go out."""
        if self.opens is None or self.closes is None:
            return True
        return Hours(self.opens, self.closes).is_open(calendar, now)

    def turn(self, calendar: Calendar, now: datetime, ran_at: datetime | None) -> Turn:
        """Which due notices are mailed at `now`; `ran_at` is when the clock last had done all.

        The digest is due from its hour on until the office closes. It waits a while for a clock
        that has not passed its hour: the reminders of the day belong in it.
        """
        is_open = self.is_open(calendar, now)
        if self.digest is None:
            return EVERYTHING if is_open else Turn()
        cut = self.cut(calendar, now)
        if not is_open or cut is None or not is_worked(calendar, now):
            return Turn(soon=is_open)
        behind = ran_at is not None and ran_at < cut and now < cut + PATIENCE
        return Turn(soon=True, raised_until=None if behind else cut)

    def cut(self, calendar: Calendar, now: datetime) -> datetime | None:
        """The instant of today's digest; None while it is still to come, or when there is none."""
        if self.digest is None or _clock(calendar, now) < self.digest:
            return None
        local = calendar.local(now)
        at = self.digest
        return local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)

    def allowed(self, calendar: Calendar, now: datetime) -> int | None:
        """How many mails a person may have had today for another one; None for any number.

        While the digest is still to come one is kept for it.
        """
        if self.digest is None:
            return None
        return self.most - (self.cut(calendar, now) is None and is_worked(calendar, now))


AT_ONCE = Rhythm(digest=None, opens=None, closes=None)
"""Everything goes out at the next run, whatever the hour."""


def _clock(calendar: Calendar, now: datetime) -> time:
    return calendar.local(now).time()
