"""`thidua run`: the clock and the sender in the foreground, or once."""

import logging
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.doctor import mail_goes
from thidua.cli.language import Words
from thidua.cli.screen import say, show, warn
from thidua.cli.sending import counts, is_held, sender, tell
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy.engine import Connection

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
@option("--accept-clock", is_flag=True, said=(
    "Xác nhận giờ máy chủ đúng, sau khi hệ thống ngừng lâu hoặc giờ vừa thay đổi nhiều.",
    "Confirm that this machine's clock is right, after a long stop or a leap of it."))  # fmt: skip
@click.pass_obj
def run(call: Call, *, once: bool, every: int, accept_clock: bool) -> int:
    """Run the clock and send mails."""
    if accept_clock:
        _accept(call)
    if not once and call.given.get("now") is not None:
        raise Misuse("now-needs-once")
    with _told_here():
        if once:
            return _once(call)
        _keep_on(call, every)
    return 0


@contextmanager
def _told_here() -> "Iterator[None]":
    """Keep out of the log what is told in the operator's language: whether the clock is right."""
    log = logging.getLogger("thidua.watch")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


def _once(call: Call) -> int:
    from thidua.orphans import Remover
    from thidua.sender import Sent

    ticked = _caught_up(call)
    if not ticked.doubt:
        Remover(call.place.engine, call.tables, call.place.wf.files).run(call.now)
    with sender(call) as post:
        sent = Sent() if ticked.doubt else post.run()
    held = call.read(lambda db: is_held(call, db))
    answer = {"effects": ticked.effects, "reminders": ticked.fired, "leased": ticked.leased,
              **asdict(sent), "held": held, "doubted": ticked.doubt is not None}  # fmt: skip

    def write() -> None:
        if not ticked.leased:
            say(call, ELSEWHERE)
        elif ticked.doubt:
            warn(call, (ticked.doubt.text("vi"), ticked.doubt.text("en")))
            return
        elif ticked.effects or ticked.fired:
            say(call, DONE, effects=ticked.effects, reminders=ticked.fired)
        if held or counts(sent):
            tell(call, sent, held=held)
        elif ticked.leased and not (ticked.effects or ticked.fired):
            say(call, NOTHING)

    show(call, answer, write)
    call.place.wf.destroy_keys(call.place.engine)  # last: a folder out of reach holds up no mail
    return int(bool(sent.later or sent.dead or ticked.doubt))


def _caught_up(call: Call) -> "Ticked":
    """Everything that is due, until nothing is: the sum of all passes."""
    from thidua.tick import catch_up, leave
    from thidua.watch import Watch

    engine, wf = call.place.engine, call.place.wf
    clock = _clock(call)
    watched = Watch() if call.given.get("now") is None else None
    fired = effects = 0
    for _ in range(PASSES):
        done = catch_up(engine, wf.ticker, clock, hold=HOLD, watched=watched)
        fired, effects = fired + done.fired, effects + done.effects
        if not done.leased or not (done.fired or done.effects):
            break
    leave(engine, wf.ticker, clock())
    return replace(done, fired=fired, effects=effects)


def _clock(call: Call) -> "Callable[[], datetime]":
    return (lambda: call.now) if call.given.get("now") is not None else call.place.wf.clock


def _accept(call: Call) -> None:
    """The word of whoever sits at the keyboard, known by name or by account."""

    def accept(db: "Connection") -> None:
        try:
            by = call.operator(db)
        except Misuse as error:
            by = str(error.fields["account"])
        call.place.wf.accept_clock(db, by=by, now=_clock(call)())

    call.place.write(accept)


def _keep_on(call: Call, every: int) -> None:
    """Until SIGTERM or Ctrl-C; what happened in a round is one line."""
    from thidua.cli.passes import Teller
    from thidua.clock import run_clock

    place, teller = call.place, Teller(call)
    with sender(call) as post:
        teller.started(every, mail_goes(call), call.read(partial(_stood_since, call)))
        run_clock(
            place.engine, place.wf, sender=post, every=timedelta(seconds=every),
            on_round=teller.round,
        )  # fmt: skip
        teller.stopped()


def _stood_since(call: Call, db: "Connection") -> "datetime | None":
    """The last heartbeat, where that is long ago."""
    from thidua.doctor.clock import QUIET
    from thidua.storage import watch

    beat_at = watch.seen(db, call.tables).beat_at
    return beat_at if beat_at and call.place.wf.clock() - beat_at > QUIET else None
