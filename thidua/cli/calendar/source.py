"""The calendar that a command is about, and how its days are written."""

from datetime import date
from typing import TYPE_CHECKING

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.screen import day
from thidua.cli.shell import option

if TYPE_CHECKING:
    from thidua.definitions.days import Day, Table

WEEKDAYS: tuple[Words, ...] = (
    ("T2", "Mon"), ("T3", "Tue"), ("T4", "Wed"), ("T5", "Thu"), ("T6", "Fri"), ("T7", "Sat"),
    ("CN", "Sun"),
)  # fmt: skip
KINDS: dict[str, Words] = {"off": ("nghỉ", "off"), "work": ("làm việc", "worked")}
CERTAINTIES: dict[str, Words] = {
    "read": ("đã đọc văn bản", "document read"),
    "analogy": ("theo thư viện, chưa đối chiếu", "by the library, not compared"),
    "assumed": ("giả định, chờ quyết định hằng năm", "assumed until the yearly decision"),
}
AS_EVERY_WEEK: Words = ("như mọi tuần", "as every week")

NAME = option("--calendar", "name", metavar="NAME", default="vn-civil-service", said=(
    "Tên lịch; mặc định vn-civil-service.",
    "The calendar; vn-civil-service by default."))  # fmt: skip


def table_of(call: Call, name: str) -> "Table":
    """The calendar as this office counts by it; the shipped one where there is no database yet."""
    from thidua.definitions.calendars import load_table

    base = load_table(name, overrides=call.settings.calendars)
    file = call.settings.sqlite_file
    if file is not None and not file.is_file():
        return base
    from thidua.shelf import changes_of
    from thidua.storage.calendars import corrected

    stored = call.read(lambda db: corrected(db, call.tables, name))
    return changes_of(stored).over(base)


def dated(on: date, lang: str) -> str:
    """A date with its weekday."""
    return f"{day(on)} {pick(WEEKDAYS[on.weekday()], lang)}"


def name_of(each: "Day", lang: str) -> str:
    """What the day is called."""
    return each.vi if lang == "vi" else each.en


def kind_of(each: "Day | None", lang: str) -> str:
    """Whether the day is off or worked, and its name; nothing special of it is said too."""
    if each is None:
        return pick(AS_EVERY_WEEK, lang)
    return f"{pick(KINDS[each.kind], lang)} ({name_of(each, lang)})"
