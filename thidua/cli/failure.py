"""What went wrong, told to a person or a program on stderr, and the exit code that says so."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass

import click
from click.exceptions import NoSuchOption

from thidua.cli.language import Words, pick
from thidua.cli.screen import plain
from thidua.workflow.errors import Reason, ThiduaError

USAGE = 2
TOLD_BY_CLICK: dict[type[click.UsageError], Words] = {
    click.MissingParameter: ("Thiếu {name}.", "{name} is missing."),
    NoSuchOption: ("Không có tùy chọn {name}.{nearest}", "There is no option {name}.{nearest}"),
    click.BadParameter: ("{name}: {problem}", "{name}: {problem}"),
}
NEAREST: Words = (" Có phải: {nearest}?", " Did you mean: {nearest}?")
NO_COMMAND: Words = (
    "Không có lệnh “{name}”. Các lệnh: {known}.",
    "There is no command “{name}”. Commands: {known}.",
)
MISSING_COMMAND: Words = ("Thiếu lệnh. Các lệnh: {known}.", "Which command? There are: {known}.")
NOT_READ: Words = (
    "Không hiểu dòng lệnh: {problem}",
    "The command line is not understood: {problem}",
)
NOT_A_CHOICE: Words = (
    "không nhận “{value}”. Chọn một trong: {known}.",
    "“{value}” is none of: {known}.",
)
TRY_HELP: Words = ("Xem hướng dẫn: {command} --help", "For help: {command} --help")
FAILED: Words = (
    "Không làm việc được với cơ sở dữ liệu: {problem}. Hãy kiểm tra --database, chỗ trống trên đĩa,"
    " quyền ghi, rồi chạy `thidua doctor`.",
    "The database does not serve: {problem}. Check --database, room on the disk, the right to"
    " write, then run `thidua doctor`.",
)
NO_FILE: Words = (
    "Không đọc hoặc ghi được {file}: {problem}.",
    "{file} cannot be read or written: {problem}.",
)
A_FILE: Words = ("tệp", "a file")


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as it is told: the exit code, and each reason with its stable code."""

    exit_code: int
    reasons: tuple[tuple[str, str, dict[str, object]], ...]
    hint: str | None = None


def failure_of(
    error: BaseException, lang: str, said: Callable[[Reason], str] | None = None
) -> Failure | None:
    """The failure that an error stands for; None for one that is a fault of the program.

    `said` words a reason where the codes alone would not tell people enough.
    """
    if isinstance(error, ThiduaError):
        reasons = tuple(
            (_code(r), said(r) if said else r.text(lang), r.fields) for r in error.reasons
        )
        return Failure(error.exit_code, reasons)
    if isinstance(error, click.UsageError):
        return _usage(error, lang)
    if isinstance(error, click.ClickException):
        return Failure(USAGE, (("usage", error.format_message(), {}),))
    if isinstance(error, OSError) and error.strerror is not None:
        text = pick(
            NO_FILE, lang, file=error.filename or pick(A_FILE, lang), problem=error.strerror
        )
        return Failure(USAGE, (("file", text, {}),))
    if _is_from_database(error):
        problem = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return Failure(1, (("database", pick(FAILED, lang, problem=problem), {}),))
    return None


def _code(reason: Reason) -> str:
    """A reason that a line of a list brought with it keeps the code of its own."""
    return str(reason.fields.get("because") or reason.code)


def _is_from_database(error: BaseException) -> bool:
    errors = sys.modules.get("sqlalchemy.exc")
    return errors is not None and isinstance(error, errors.DBAPIError)


def _usage(error: click.UsageError, lang: str) -> Failure:
    ctx = error.ctx
    hint = pick(TRY_HELP, lang, command=ctx.command_path) if ctx is not None else None
    return Failure(USAGE, (("usage", _usage_text(error, lang), {}),), hint)


def _usage_text(error: click.UsageError, lang: str) -> str:
    group = error.ctx.command if error.ctx is not None else None
    named = getattr(error, "command_name", None)
    if isinstance(group, click.Group) and (named or type(error) is click.UsageError):
        return _no_command(error, group, lang)
    for kind, words in TOLD_BY_CLICK.items():
        if isinstance(error, kind):
            return pick(words, lang, **_fields(error, lang)).strip()
    return pick(NOT_READ, lang, problem=error.format_message())


def _no_command(error: click.UsageError, group: click.Group, lang: str) -> str:
    assert error.ctx is not None
    known = ", ".join(group.list_commands(error.ctx))
    name = error.message.partition("'")[2].rpartition("'")[0] or "-"
    # Before click 8.4 the name stands in its message only.
    name = getattr(error, "command_name", name)
    return pick(NO_COMMAND if name != "-" else MISSING_COMMAND, lang, name=name, known=known)


def _fields(error: click.UsageError, lang: str) -> dict[str, object]:
    if isinstance(error, NoSuchOption):
        near = ", ".join(error.possibilities or ())
        nearest = pick(NEAREST, lang, nearest=near) if near else ""
        return {"name": error.option_name, "nearest": nearest}
    assert isinstance(error, click.BadParameter)
    param = error.param
    name = param.get_error_hint(error.ctx) if param is not None and error.ctx else "-"
    return {"name": name.strip("'"), "problem": _problem(error, lang)}


def _problem(error: click.BadParameter, lang: str) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        value = error.message.partition("'")[2].partition("'")[0]
        return pick(NOT_A_CHOICE, lang, value=value, known=", ".join(map(str, kind.choices)))
    return error.message


def tell(failure: Failure, *, as_json: bool) -> None:
    """Say it on stderr: every reason a line with its code, or one JSON document."""
    if as_json:
        reasons = [
            {"code": code, "text": text, "fields": plain(fields)}
            for code, text, fields in failure.reasons
        ]
        said = {"error": {"exit_code": failure.exit_code, "reasons": reasons}}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2), err=True)
        return
    for code, text, _ in failure.reasons:
        click.echo(f"{click.style(text, fg='red')} [{code}]", err=True)
    if failure.hint:
        click.echo(failure.hint, err=True)
