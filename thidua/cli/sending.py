"""Making mails of what is due and sending them: `thidua mails send`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.doctor import mail_goes
from thidua.cli.language import Words
from thidua.cli.screen import say, show, warn
from thidua.cli.shell import option, verb

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.sender import Sender, Sent

SENT: Words = (
    "Đã viết {made} thư, gửi {sent} thư đến {where}.",
    "Made {made} mails, sent {sent} to {where}.",
)
LATER: Words = ("{count} thư chưa gửi được, sẽ gửi lại.", "{count} mails will be tried again.")
DEAD: Words = (
    "{count} thư không gửi được: xem `thidua mails list --status dead`.",
    "{count} mails cannot be delivered: see `thidua mails list --status dead`.",
)
CANCELLED: Words = (
    "{count} thư không gửi nữa vì việc đã xong.",
    "{count} mails were dropped: what they ask for is done.",
)
PAPER: Words = (
    "{count} thông báo không có địa chỉ thư: xem `thidua paper-list`.",
    "{count} notices have no mailbox: see `thidua paper-list`.",
)
HELD: Words = (
    "Toàn bộ thư đang giữ, không gửi gì. Xem `thidua mails held`, `thidua mails resume`.",
    "All mail is held, and nothing is sent. See `thidua mails held`, `thidua mails resume`.",
)
AGAIN: Words = ("Viết lại {count} thư đã không gửi được.", "{count} dead mails are made anew.")


@verb("send")
@option("--again", is_flag=True, said=(
    "Viết và gửi lại cả những thư không gửi được; địa chỉ được tra lại.",
    "Also make anew what could not be delivered; addresses are looked up again."))  # fmt: skip
@click.pass_obj
def send(call: Call, *, again: bool) -> int:
    """Make and send."""
    anew = call.write(lambda db: _again(call, db)) if again else 0
    with sender(call) as post:
        sent = post.run()
    held = call.read(lambda db: is_held(call, db))
    doubt = call.read(lambda db: call.place.wf.doubt(db, post.clock()))
    answer = {**asdict(sent), "again": anew, "held": held, "where": mail_goes(call),
              "doubted": doubt is not None}  # fmt: skip

    def write() -> None:
        if anew:
            say(call, AGAIN, count=anew)
        if doubt:
            warn(call, (doubt.text("vi"), doubt.text("en")))
        else:
            tell(call, sent, held=held)

    show(call, answer, write)
    return int(bool(sent.later or sent.dead or doubt))


@contextmanager
def sender(call: Call) -> "Iterator[Sender]":
    """A sender over this installation's channel, on the call's clock."""
    from thidua.bootstrap import post
    from thidua.sender import Sender

    place = call.place
    clock = (lambda: call.now) if call.given.get("now") is not None else place.wf.clock
    with post(call.settings) as how:
        yield Sender(place.engine, place.wf, how, clock=clock)


def is_held(call: Call, db: "Connection") -> bool:
    """Whether all mail is held."""
    from thidua.storage import mails

    return mails.is_held(db, call.tables)


def _again(call: Call, db: "Connection") -> int:
    from thidua.storage import mails

    dead = mails.listed(db, call.tables, status="dead", limit=100_000)
    for row in dead:
        mails.again(db, call.tables, row["id"])
    return len(dead)


def tell(call: Call, sent: "Sent", *, held: bool) -> None:
    """What a run came to, in lines; what went wrong on stderr."""
    if held:
        warn(call, HELD)
        return
    say(call, SENT, made=sent.made, sent=sent.sent, where=mail_goes(call))
    for count, words in ((sent.cancelled, CANCELLED), (sent.paper, PAPER)):
        if count:
            say(call, words, count=count)
    for count, words in ((sent.later, LATER), (sent.dead, DEAD)):
        if count:
            warn(call, words, count=count)


def counts(sent: "Sent") -> dict[str, Any]:
    """What a run came to, without what it did not."""
    return {name: value for name, value in asdict(sent).items() if value}
