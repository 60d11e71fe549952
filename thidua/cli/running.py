"""`thidua run`: the clock and the sender in the foreground, or once."""

from copy import copy
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.doctor import mail_goes
from thidua.cli.language import Words
from thidua.cli.screen import say, show
from thidua.cli.sending import counts, is_held, sender, tell
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from thidua.tick import Ticked

PASSES = 100
"""A ranking may make a due, and a due a ranking; no procedure is that deep."""

HOLD = timedelta(minutes=10)
"""How long one run keeps the clock for itself, should it die in between."""

NOTHING: Words = ("Không có gì đến hạn.", "Nothing is due.")
DONE: Words = (
    "Đồng hồ: {effects} việc tự động, {reminders} nhắc hạn.",
    "The clock: {effects} things done, {reminders} reminders.",
)
ELSEWHERE: Words = (
    "Một tiến trình khác đang giữ đồng hồ; lần này không làm gì.",
    "Another process has the clock; nothing was done this time.",
)


@verb("run")
@option("--once", is_flag=True, said=(
    "Làm hết những gì đến hạn, gửi thư, rồi thôi.",
    "Do all that is due, send the mails, and end."))  # fmt: skip
@option("--every", type=click.IntRange(1, 3600), default=30, metavar="SECONDS", said=(
    "Cách bao nhiêu giây một lượt; mặc định 30.",
    "Seconds from one round to the next; 30 by default."))  # fmt: skip
@click.pass_obj
def run(call: Call, *, once: bool, every: int) -> int:
    """Run the clock and send mails."""
    if once:
        return _once(call)
    if call.given.get("now") is not None:
        raise Misuse("now-needs-once")
    _keep_on(call, every)
    return 0


def _once(call: Call) -> int:
    ticked = _caught_up(call)
    with sender(call) as post:
        sent = post.run()
    held = call.read(lambda db: is_held(call, db))
    answer = {"effects": ticked.effects, "reminders": ticked.fired, "leased": ticked.leased,
              **asdict(sent), "held": held}  # fmt: skip

    def write() -> None:
        if not ticked.leased:
            say(call, ELSEWHERE)
        elif ticked.effects or ticked.fired:
            say(call, DONE, effects=ticked.effects, reminders=ticked.fired)
        if held or counts(sent):
            tell(call, sent, held=held)
        elif ticked.leased and not (ticked.effects or ticked.fired):
            say(call, NOTHING)

    show(call, answer, write)
    return int(bool(sent.later or sent.dead))


def _caught_up(call: Call) -> "Ticked":
    """Everything that is due, until nothing is: the sum of all passes."""
    from thidua.tick import Ticked, catch_up, leave

    engine, wf = call.place.engine, call.place.wf
    clock = _clock(call)
    fired = effects = 0
    for _ in range(PASSES):
        done = catch_up(engine, wf.ticker, clock, hold=HOLD)
        fired, effects = fired + done.fired, effects + done.effects
        if not done.leased or not (done.fired or done.effects):
            break
    leave(engine, wf.ticker, clock())
    return Ticked(fired, effects, leased=done.leased)


def _clock(call: Call) -> "Callable[[], datetime]":
    return (lambda: call.now) if call.given.get("now") is not None else call.place.wf.clock


def _keep_on(call: Call, every: int) -> None:
    """Until SIGTERM or Ctrl-C; what happened in a pass is one line."""
    from thidua.cli.passes import Counted, Teller
    from thidua.clock import run_clock

    place = call.place
    wf = copy(place.wf)
    wf.ticker = counted = Counted.of(wf.ticker)
    with sender(call) as post:
        teller = Teller(call, counted, post)
        teller.started(every, mail_goes(call))
        run_clock(place.engine, wf, sender=teller, every=timedelta(seconds=every))
        teller.stopped()
