"""Options that many commands share, and how the values of options are read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import click

from thidua.cli.language import Words, pick

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Dates and times on the command line are those of the office's clock."""

NOT_A_DATE: Words = (
    "“{value}” không phải là ngày. Hãy ghi dạng 11/06/2018 hoặc 2018-06-11.",
    "“{value}” is no date. Write it as 11/06/2018 or 2018-06-11.",
)
NOT_A_MOMENT: Words = (
    "“{value}” không phải là thời điểm. Hãy ghi dạng “11/06/2018 08:30” hoặc 2018-06-11T08:30.",
    "“{value}” is no time. Write it as “11/06/2018 08:30” or 2018-06-11T08:30.",
)


def parse_day(text: str) -> date:
    """A legal date as people or machines write it; `ValueError` for anything else."""
    text = text.strip()
    if "/" in text:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 -- a date has no zone
    return date.fromisoformat(text)


def parse_moment(text: str) -> datetime:
    """An instant; without an offset it is on the office's clock, without a time its midnight."""
    day, _, hour = text.strip().replace("T", " ").partition(" ")
    if not hour:
        return datetime.combine(parse_day(day), time(), ZONE).astimezone(UTC)
    at = datetime.fromisoformat(f"{parse_day(day).isoformat()}T{hour}")
    return (at if at.tzinfo else at.replace(tzinfo=ZONE)).astimezone(UTC)


class _Parsed(click.ParamType[Any]):
    """A value read by a function; what it refuses is said in the language of the call."""

    def __init__(self, name: str, read: Any, wrong: Words) -> None:
        self.name, self._read, self._wrong = name, read, wrong

    def convert(self, value: Any, param: Any, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except ValueError:
            lang = ctx.find_root().obj.lang if ctx is not None else "vi"
            self.fail(pick(self._wrong, lang, value=value), param, ctx)


DAY = _Parsed("date", parse_day, NOT_A_DATE)
MOMENT = _Parsed("time", parse_moment, NOT_A_MOMENT)


class Said(click.Option):
    """An option whose help is in two languages, in a section of the help."""

    def __init__(self, *args: Any, said: Words, section: str = "options", **more: Any) -> None:
        super().__init__(*args, **more)
        self.said, self.section = said, section

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        lang = ctx.find_root().obj.lang
        self.help = pick(self.said, lang)
        record = super().get_help_record(ctx)
        if record is None or lang == "en":
            return record
        return record[0], record[1].replace("[required]", "[bắt buộc]")


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None and value is not False and param.name is not None:
        ctx.find_root().obj.given[param.name] = value


@dataclass(frozen=True)
class Told:
    """A shared option: kept on the call, not given to the command's function."""

    names: tuple[str, ...]
    said: Words
    section: str
    more: tuple[tuple[str, Any], ...] = ()

    def option(self, *, hidden: bool) -> Said:
        """A fresh option of it."""
        return Said(
            [*self.names], said=self.said, section=self.section, hidden=hidden,
            expose_value=False, callback=_keep, default=None, **dict(self.more),
        )  # fmt: skip


def _everywhere(*names: str, said: Words, **more: Any) -> Told:
    return Told(names, said, "everywhere", tuple(more.items()))


def _act(*names: str, said: Words, **more: Any) -> Told:
    return Told(names, said, "acts", tuple(more.items()))


FLAG = {"is_flag": True, "flag_value": True}

EVERYWHERE = (
    _everywhere("--database", metavar="URL", said=(
        "Cơ sở dữ liệu (biến THIDUA_DATABASE; mặc định tệp thidua.db trong thư mục hiện tại).",
        "The database (THIDUA_DATABASE; by default the file thidua.db in the working folder).")),
    _everywhere("--schema", metavar="NAME", said=(
        "Schema chứa các bảng (THIDUA_SCHEMA).", "The tables' schema (THIDUA_SCHEMA).")),
    _everywhere("--prefix", metavar="TEXT", said=(
        "Tiền tố tên bảng (THIDUA_PREFIX; mặc định td_).",
        "What table names begin with (THIDUA_PREFIX; td_ by default).")),
    _everywhere("--lang", type=click.Choice(["vi", "en"]), said=(
        "Ngôn ngữ (THIDUA_LANG; mặc định vi).", "Language (THIDUA_LANG; vi by default).")),
    _everywhere("--json", "as_json", **FLAG, said=(
        "In kết quả dạng JSON.", "Print the answer as JSON.")),
    _everywhere("--as", "as_", metavar="ACTOR", said=(
        "Người quyết định, khi bạn nhập thay (cần quyền enter_for); bạn được ghi là người nhập.",
        "Who decided, when you enter it for them (needs enter_for); you are kept as who"
        " entered.")),
    _everywhere("--now", type=MOMENT, metavar="TIME", said=(
        "Thời điểm giả định, chỉ có hiệu lực khi THIDUA_TEST_CLOCK=1 (chạy thử, kiểm thử).",
        "A pretended present, only with THIDUA_TEST_CLOCK=1 (demos and tests).")),
)  # fmt: skip

NOTE = _act("--note", metavar="TEXT", said=("Ghi chú, lý do.", "A note: the reasons."))

PAPER = (
    _act("--paper-number", metavar="TEXT", said=(
        "Số văn bản làm căn cứ.", "Number of the paper it rests on.")),
    _act("--paper-symbol", metavar="TEXT", said=(
        "Ký hiệu văn bản, ví dụ QĐ-BTP.", "Symbol of the paper, such as QĐ-BTP.")),
    _act("--paper-date", type=DAY, metavar="DATE", said=(
        "Ngày ký văn bản.", "Date of signing.")),
    _act("--signer", metavar="NAME", said=("Người ký.", "Who signed.")),
    _act("--capacity", metavar="TEXT", said=(
        "Thể thức ký: TM., KT., TL., TUQ., Q.", "How it was signed: TM., KT., TL., TUQ., Q.")),
    _act("--incoming", metavar="TEXT", said=("Số công văn đến.", "Incoming number.")),
    _act("--postmark", type=DAY, metavar="DATE", said=(
        "Ngày dấu bưu điện.", "Date of the postmark.")),
    _act("--stamped", type=MOMENT, metavar="TIME", said=(
        "Thời điểm trên dấu công văn điện tử.", "Time on the electronic document's stamp.")),
    _act("--portal", type=MOMENT, metavar="TIME", said=(
        "Thời điểm cổng thông tin tiếp nhận.", "Time at which a portal took it.")),
)  # fmt: skip

HAPPENED = _act("--happened", type=MOMENT, metavar="TIME", said=(
    "Thời điểm thực sự diễn ra, nếu nhập sau.",
    "When it really happened, if entered later."))  # fmt: skip

COMMAND_ID = _act("--command-id", metavar="TEXT", said=(
    "Mã lệnh: chạy lại cùng mã không thực hiện hai lần.",
    "Command id: with the same one nothing is done twice."))  # fmt: skip

EXPECT = _act("--expect", type=int, metavar="N", said=(
    "Chỉ làm khi hồ sơ còn ở phiên bản này.",
    "Only while the dossier has this version."))  # fmt: skip

DRY_RUN = _act("--dry-run", **FLAG, said=(
    "Làm thử toàn bộ rồi hoàn tác, không ghi gì.",
    "Do everything, then undo it: nothing is written."))  # fmt: skip

LIST_ACT = (NOTE, *PAPER, HAPPENED, COMMAND_ID, DRY_RUN)
"""What an act on many dossiers at once may carry."""

ACT = (*LIST_ACT[:-1], EXPECT, DRY_RUN)
"""What an act on a dossier may carry."""
