"""What happened in each round of a clock that runs on, told in a line."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.screen import moment, plain
from thidua.cli.sending import counts

if TYPE_CHECKING:
    from thidua.clock import Round
    from thidua.watch import Doubt

STARTED: Words = (
    "Đồng hồ chạy, {every} giây một lượt; thư gửi đến {where}. Nhấn Ctrl-C để dừng.",
    "The clock runs, every {every} s; mail goes to {where}. Press Ctrl-C to stop.",
)
STOOD: Words = (
    "Bộ nhắc việc đã ngừng từ {since}; những gì bị lỡ được nhắc bù một lần.",
    "The clock had stood since {since}; what was missed is told once.",
)
BELIEVED: Words = ("Giờ máy chủ đã đúng trở lại.", "The clock is right again.")
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


@dataclass(slots=True)
class Teller:
    """Says in a line what a round came to; nothing when nothing did."""

    call: Call
    doubt: "Doubt | None" = None

    def started(self, every: int, where: str, stood_since: datetime | None) -> None:
        """Say that the clock runs, and since when it had not."""
        text = pick(STARTED, self.call.lang, every=every, where=where)
        told = {"event": "started", "every": every, "where": where, "stood_since": stood_since}
        self._say(told, text)
        if stood_since is not None and not self.call.as_json:
            click.echo(pick(STOOD, self.call.lang, since=moment(stood_since)))

    def round(self, done: "Round") -> None:
        """Say what was done and sent, or why the clock is not believed: once, however long."""
        doubt = done.ticked.doubt if done.ticked else self.doubt
        if (doubt is None) != (self.doubt is None):
            self._doubted(done.at, doubt)
        self.doubt = doubt
        ticked = done.ticked
        raised = {"effects": ticked.effects, "reminders": ticked.fired} if ticked else {}
        parts = {name: n for name, n in raised.items() if n}
        parts |= counts(done.sent) if done.sent else {}
        if parts:
            lines = [pick(PARTS[name], self.call.lang, n=n) for name, n in parts.items()]
            told = {"event": "pass", "at": done.at, **parts}
            self._say(told, f"{moment(done.at)}  {'; '.join(lines)}")

    def _doubted(self, at: datetime, doubt: "Doubt | None") -> None:
        if doubt is None:
            text = pick(BELIEVED, self.call.lang)
            self._say({"event": "believed", "at": at}, f"{moment(at)}  {text}")
            return
        told = {"event": "doubted", "at": at, "since": doubt.since}
        self._say(told, f"{moment(at)}  {doubt.text(self.call.lang)}")

    def stopped(self) -> None:
        """Say that it stands."""
        self._say({"event": "stopped"}, pick(STOPPED, self.call.lang))

    def _say(self, told: dict[str, Any], text: str) -> None:
        click.echo(json.dumps(plain(told), ensure_ascii=False) if self.call.as_json else text)
