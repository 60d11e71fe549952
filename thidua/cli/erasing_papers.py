"""Erasing who signed: `thidua submissions redact`, `meetings redact`, `decisions redact`."""

import sys

import click

from thidua.cli.call import Call
from thidua.cli.erasing import YES, scrubbed
from thidua.cli.language import Words, pick
from thidua.cli.option import DRY_RUN, PAPER
from thidua.cli.screen import say, show
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse, Refused

ERASED: Words = (
    "{paper}: đã xóa tên người ký; nhật ký ghi ở mục {n}. Tên người ký ghi trong từng hồ sơ thì xóa"
    " bằng `thidua dossiers redact --part signers`. Các bản sao lưu trước đây vẫn còn dữ liệu này:"
    " hãy hủy theo quy định của cơ quan.",
    "{paper}: who signed is erased; entry {n} of its journal says so. What dossiers hold of signers"
    " is erased by `thidua dossiers redact --part signers`. Backups made before still have it:"
    " dispose of them as the office's rules say.",
)
SURE: Words = (
    "Dữ liệu bị xóa không khôi phục được. Xóa tên người ký của {paper}?",
    "What is erased cannot be brought back. Erase who signed {paper}?",
)


@verb("redact", takes=(*PAPER, DRY_RUN))
@click.argument("paper", metavar="ID")
@option("--basis", required=True, metavar="KIND", said=(
    "Loại căn cứ pháp lý: xem `thidua retention list`.",
    "The kind of legal ground: see `thidua retention list`."))  # fmt: skip
@YES
@click.pass_obj
def redact(call: Call, /, *, paper: str, basis: str, yes: bool) -> None:
    """Erase who signed a submission, the papers of a meeting, or a decision."""
    ground = call.paper
    if ground is None:
        raise Refused.of("ground-missing", decider="-")
    if not yes and not call.dry and not _agreed(call, paper):
        return
    erase = call.place.wf.erasure.redact_paper
    n = call.write(lambda db: erase(db, paper, basis, by=call.by(db), ground=ground, now=call.now))
    if not call.dry:
        scrubbed(call)
    show(call, {"paper": paper, "event": n}, lambda: say(call, ERASED, paper=paper, n=n))


def _agreed(call: Call, paper: str) -> bool:
    if call.as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Misuse("erase-yes")
    return click.confirm(pick(SURE, call.lang, paper=paper))
