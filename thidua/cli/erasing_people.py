"""Erasing a person in the lists: `thidua people redact`."""

import click

from thidua.cli.call import Call
from thidua.cli.erasing import BASIS, YES, scrubbed
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN, PAPER
from thidua.cli.screen import agreed, say, show
from thidua.cli.shell import verb
from thidua.workflow.errors import Misuse, Refused

ERASED: Words = (
    "{actor}: đã xóa tên, tài khoản, địa chỉ thư, số điện thoại trong danh mục và thư đã lập; nhật"
    " ký danh mục ghi ở mục {n}. Mã {actor} và những việc đã làm vẫn giữ. Các bản sao lưu trước đây"
    " vẫn còn dữ liệu này: hãy hủy theo quy định của cơ quan.",
    "{actor}: name, account, mailbox and telephone are erased from the lists and from mails made;"
    " entry {n} of the lists' journal says so. The id {actor} and what was done stay. Backups made"
    " before still have it: dispose of them as the office's rules say.",
)
SURE: Words = (
    "Dữ liệu bị xóa không khôi phục được. Xóa tên, địa chỉ, số điện thoại của {actor}?",
    "What is erased cannot be brought back. Erase name, addresses and telephones of {actor}?",
)


@verb("redact", takes=(*PAPER, DRY_RUN))
@click.argument("actor")
@BASIS
@YES
@click.pass_obj
def redact(call: Call, /, *, actor: str, basis: str, yes: bool) -> None:
    """Erase a person in the lists."""
    paper = call.paper
    if paper is None:
        raise Refused.of("ground-missing", decider="-")
    if not yes and not call.dry and not agreed(call, SURE, Misuse("erase-yes"), actor=actor):
        return
    erase = call.place.wf.directory.erase
    n = call.change(lambda db: erase(db, actor, basis, by=call.by(db), ground=paper, now=call.now))
    if not call.dry:
        scrubbed(call)
    told = {"actor": actor, "event": n}
    show(call, told, lambda: say(call, ERASED, actor=actor, n=n))
