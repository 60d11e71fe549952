"""`thidua journal checkpoint` and `key`: what is kept outside, and who signs it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.screen import moment, say, show, warn
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse, ThiduaError
from thidua.workflow.note import Anchor, key_of, key_text, origin_of, read, short

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.tree import Made

NONE_YET: Words = ("Nhật ký chưa có mục nào.", "There is nothing in the journal yet.")
MADE: Words = (
    "{size} mục nhật ký, lúc {at}. Gốc rút gọn: {short}.",
    "{size} entries, at {at}. Short root: {short}.",
)
UNSIGNED: Words = (
    "Chưa có chữ ký: lập khi chưa có khóa ký (lập khóa: thidua journal key --new).",
    "Not signed: made while there was no signing key (make one: thidua journal key --new).",
)
UNSIGNED_YET: Words = (
    "Chưa có chữ ký: lập trước khi có khóa ký. Có thêm mục nhật ký thì điểm kiểm tra mới được ký.",
    "Not signed: made before there was a signing key. With the next entry a signed one is made.",
)
WRITTEN: Words = ("Đã ghi {file}.", "Wrote {file}.")
NO_KEY: Words = (
    "Chưa có khóa ký điểm kiểm tra. Lập khóa: thidua journal key --new.",
    "There is no key that signs checkpoints. Make one: thidua journal key --new.",
)


@verb("checkpoint")
@option("--to", "file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", said=(
    "Ghi điểm kiểm tra vào tệp này để giữ ở nơi khác.",
    "Write it to this file, to be kept elsewhere."))  # fmt: skip
@click.pass_obj
def checkpoint(call: Call, *, file: Path | None) -> None:
    """Make a checkpoint of the whole journal and print it."""
    from thidua.tree import checkpoint as make

    made = call.write(lambda db: make(db, call.place.wf, now=call.now))
    if made is None:
        show(call, {"checkpoint": None}, lambda: say(call, NONE_YET))
        return
    if file is not None:
        file.write_text(made.note(), encoding="utf-8")
    show(call, told(made), lambda: _tell(call, made, file))


def anchored(call: Call, db: "Connection") -> None:
    """What is printed has the journal as it stands; a broken tree is no reason not to print."""
    from thidua.tree import checkpoint as make

    try:
        make(db, call.place.wf, now=call.now)
    except Misuse as error:
        warn(call, (error.text("vi"), error.text("en")))


def told(made: "Made") -> dict[str, Any]:
    """A checkpoint as JSON tells it."""
    point = made.checkpoint
    return {"origin": point.origin, "size": point.size, "root": point.root,
            "short": short(point.root), "made_at": made.made_at.isoformat(),
            "signed": made.signature is not None, "note": made.note()}  # fmt: skip


def _tell(call: Call, made: "Made", file: Path | None) -> None:
    point = made.checkpoint
    say(call, MADE, size=point.size, at=moment(made.made_at.isoformat()), short=short(point.root))
    if made.signature is None:
        say(call, UNSIGNED_YET if _has_key(call) else UNSIGNED)
    if file is None:
        click.echo("\n" + made.note(), nl=False)
    else:
        say(call, WRITTEN, file=str(file))


def _has_key(call: Call) -> bool:
    keys = call.place.wf.keys
    try:
        return keys is not None and keys.signing_key() is not None
    except ThiduaError:  # the folder is out of reach
        return False


@verb("key")
@option("--new", is_flag=True, said=(
    "Lập khóa mới, thay khóa đang dùng. Khóa công khai cũ vẫn cần để kiểm tra điểm kiểm tra cũ.",
    "Make a new key in place of the present one; the old public one still proves its checkpoints.",
))  # fmt: skip
@click.pass_obj
def key(call: Call, *, new: bool) -> int:
    """Print the public key that proves checkpoints' signatures."""
    from thidua.storage import tree

    keys = call.place.wf.keys
    if keys is None:
        raise Misuse("signing-needs-keys")
    first = call.read(lambda db: tree.first_hash(db, call.tables))
    if first is None:
        from thidua.tree import checkpoint as make

        made = call.write(lambda db: make(db, call.place.wf, now=call.now))
        if made is None:
            show(call, {"key": None}, lambda: say(call, NONE_YET))
            return 1
        origin = made.checkpoint.origin
    else:
        origin = origin_of(first)
    public = keys.new_signing_key() if new else keys.signing_key()
    text = key_text(origin, public) if public else None
    show(call, {"key": text}, lambda: click.echo(text) if text else say(call, NO_KEY))
    return int(text is None)


def anchor(told: str) -> Anchor:
    """What `--against` names: a file, a saved mail or SIZE:ROOT; `Misuse` ("bad-anchor")."""
    try:
        file = Path(told)
        return read(written(file.read_bytes()) if file.is_file() else told)
    except (ValueError, LookupError, OSError) as error:
        raise Misuse("bad-anchor", found=told) from error


def written(content: bytes) -> str:
    """The text of a file, or of the mail that it is."""
    from email import message_from_bytes, policy

    mail = message_from_bytes(content, policy=policy.default)
    body = mail.get_body(("plain",)) if mail["Message-ID"] else None
    return str(body.get_content()) if body is not None else content.decode()


def public_keys(told: Sequence[str]) -> list[str]:
    """All that `--key` names, keys or files with one on each line; `Misuse` ("bad-key")."""
    return [key for each in told for key in _keys(each)]


def _keys(told: str) -> list[str]:
    try:
        file = Path(told)
        lines = file.read_text(encoding="utf-8").split("\n") if file.is_file() else [told]
        keys = [key_of(line) for line in lines if line.strip()]
    except (ValueError, OSError) as error:
        raise Misuse("bad-key", found=told) from error
    if not keys:
        raise Misuse("bad-key", found=told)
    return keys
