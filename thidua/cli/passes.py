"""What happened in each pass of a clock that runs on, told in a line."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.screen import moment, plain
from thidua.cli.sending import counts
from thidua.tick import Batch, Ticker

if TYPE_CHECKING:
    from thidua.connection import Db
    from thidua.sender import Sender

STARTED: Words = (
    "Đồng hồ chạy, {every} giây một lượt; thư gửi đến {where}. Nhấn Ctrl-C để dừng.",
    "The clock runs, every {every} s; mail goes to {where}. Press Ctrl-C to stop.",
)
STOPPED: Words = ("Đã dừng.", "Stopped.")
PARTS: dict[str, Words] = {
    "effects": ("{n} việc tự động", "{n} things done"),
    "reminders": ("{n} nhắc hạn", "{n} reminders"),
    "made": ("viết {n} thư", "{n} mails made"),
    "sent": ("gửi {n} thư", "{n} mails sent"),
    "later": ("{n} thư sẽ gửi lại", "{n} mails to be tried again"),
    "dead": ("{n} thư không gửi được", "{n} mails undeliverable"),
    "cancelled": ("{n} thư không gửi nữa", "{n} mails dropped"),
    "paper": ("{n} việc báo bằng điện thoại, văn bản", "{n} matters to tell by phone or on paper"),
}


@dataclass(frozen=True, slots=True)
class Counted(Ticker):
    """A ticker that remembers what it did; a transaction that is repeated counts once."""

    seen: dict[tuple[object, ...], int] = field(default_factory=dict)

    @classmethod
    def of(cls, ticker: Ticker) -> "Counted":
        """The same, counting."""
        return cls(*(getattr(ticker, each.name) for each in fields(ticker)))

    def batch(self, db: "Db", now: datetime, **terms: Any) -> Batch:
        """As the ticker does; its reminders are remembered."""
        done = Ticker.batch(self, db, now, **terms)
        self.seen["reminders", now] = done.ticked.fired
        return done

    def expire(self, db: "Db", dossier_id: str, n: int, now: datetime) -> bool:
        """As the ticker does, remembered."""
        done = Ticker.expire(self, db, dossier_id, n, now)
        self.seen["effects", dossier_id, n, now] = done
        return done

    def settle(self, db: "Db", round_id: str, now: datetime) -> bool:
        """As the ticker does, remembered."""
        done = Ticker.settle(self, db, round_id, now)
        self.seen["effects", round_id, now] = done
        return done

    def taken(self) -> dict[str, int]:
        """What was done since the last call, by kind, without what was not."""
        sums = {kind: sum(n for key, n in self.seen.items() if key[0] == kind)
                for kind in ("effects", "reminders")}  # fmt: skip
        self.seen.clear()
        return {kind: n for kind, n in sums.items() if n}


@dataclass(frozen=True, slots=True)
class Teller:
    """The sender of a clock: sends, and says in a line what the whole pass came to."""

    call: Call
    counted: Counted
    sender: "Sender"

    def run(self, stop: Callable[[], bool]) -> None:
        """Send, then say what happened; nothing when nothing did."""
        sent = self.sender.run(stop)
        done = {**self.counted.taken(), **counts(sent)}
        if not done:
            return
        at = self.sender.clock()
        parts = [pick(PARTS[name], self.call.lang, n=n) for name, n in done.items()]
        self._say({"event": "pass", "at": at, **done}, f"{moment(at)}  {'; '.join(parts)}")

    def started(self, every: int, where: str) -> None:
        """Say that the clock runs."""
        text = pick(STARTED, self.call.lang, every=every, where=where)
        self._say({"event": "started", "every": every, "where": where}, text)

    def stopped(self) -> None:
        """Say that it stands."""
        self._say({"event": "stopped"}, pick(STOPPED, self.call.lang))

    def _say(self, told: dict[str, Any], text: str) -> None:
        click.echo(json.dumps(plain(told), ensure_ascii=False) if self.call.as_json else text)
