"""Dates, times and spans in words, as a Vietnamese office and an English reader write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
"""The zone of every legal date."""

LANGUAGES = ("vi", "en")

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def weekday(on: date, *, lang: str) -> str:
    """The day of the week: "thứ Hai", "Monday"."""
    return _WEEKDAYS[lang][on.weekday()]


def numeric(on: date, *, lang: str) -> str:
    """The date short: "09/7/2018"; in English "9 July 2018", which nobody reads as September.

    Days below 10 and the months 1 and 2 take a leading zero, other months none: the way office
    documents write it, so that nobody can add a digit.
    """
    if lang == "vi":
        return f"{on.day:02d}/{_month(on)}/{on.year}"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def in_words(on: date, *, lang: str) -> str:
    """The date with its weekday: "thứ Sáu, ngày 13/7/2018", "Friday, 13 July 2018"."""
    if lang == "vi":
        return f"{weekday(on, lang=lang)}, ngày {numeric(on, lang=lang)}"
    return f"{weekday(on, lang=lang)}, {numeric(on, lang=lang)}"


def formal(on: date, *, lang: str) -> str:
    """The date of a document: "ngày 07 tháng 6 năm 2018", "7 June 2018"."""
    if lang == "vi":
        return f"ngày {on.day:02d} tháng {_month(on)} năm {on.year}"
    return numeric(on, lang=lang)


def local_time(at: datetime) -> datetime:
    """The aware instant in Vietnam's time; a naive one is refused, it could mean any."""
    if at.tzinfo is None:
        raise ValueError("an instant must be aware: give it its zone")
    return at.astimezone(LOCAL)


def moment(at: datetime, *, lang: str) -> str:
    """An aware instant in local time: "08 giờ 30, thứ Hai, ngày 09/7/2018"."""
    local = local_time(at)
    if lang == "vi":
        return f"{local.hour:02d} giờ {local.minute:02d}, {in_words(local.date(), lang=lang)}"
    return f"{local.hour:02d}:{local.minute:02d} on {in_words(local.date(), lang=lang)}"


def time_left(working_days: int, *, lang: str) -> str:
    """How far a due date is: positive before it, 0 on the day, negative after it.

    >>> time_left(-3, lang="vi")
    'quá hạn 3 ngày làm việc'
    """
    if working_days == 0:
        return "đến hạn hôm nay" if lang == "vi" else "due today"
    count = abs(working_days)
    if lang == "vi":
        return f"{'còn' if working_days > 0 else 'quá hạn'} {count} ngày làm việc"
    days = "working day" if count == 1 else "working days"
    return f"{count} {days} {'left' if working_days > 0 else 'late'}"


def _month(on: date) -> str:
    return f"{on.month:02d}" if on.month <= 2 else str(on.month)
