"""Sentences about calendars, dues and reminders."""

CLOCK: dict[str, tuple[str, str]] = {
    "no-calendar": (
        "Lịch {calendar} chưa có năm {year}. Hãy chạy `thidua calendar cover {year}`, hoặc khai "
        "báo các ngày nghỉ của năm đó trong tệp lịch bổ sung.",
        "The calendar {calendar} does not cover {year}. Run `thidua calendar cover {year}`, or "
        "list the days off of that year in an override file.",
    ),
    "instant-for-date": (
        "{found} là một thời điểm, ở đây cần một ngày theo giờ địa phương. Hãy đổi bằng "
        "Calendar.legal_date.",
        "{found} is an instant where a legal date is needed. Turn it into one with "
        "Calendar.legal_date.",
    ),
    "naive-instant": (
        "Thời điểm {found} không có múi giờ. Hãy truyền thời điểm có múi giờ, ví dụ UTC.",
        "The instant {found} has no time zone. Pass an aware one, for example in UTC.",
    ),
    "unknown-calendar": (
        "Không có lịch {name}. Hãy dùng một trong các lịch: {known}.",
        "There is no calendar {name}. Use one of: {known}.",
    ),
    "calendar-file": (
        "Không đọc được tệp lịch bổ sung {file}: {problem}. Hãy kiểm tra đường dẫn và quyền đọc.",
        "The override file {file} cannot be read: {problem}. Check the path and its permissions.",
    ),
    "calendar-key": (
        "{file}:{line}: không có mục “{key}”. Hãy dùng một trong các mục: {known}.",
        "{file}:{line}: there is no key “{key}” here. Use one of: {known}.",
    ),
    "calendar-key-missing": (
        "{file}:{line}: thiếu mục “{key}”. Hãy ghi thêm.",
        "{file}:{line}: the key “{key}” is missing. Add it.",
    ),
    "calendar-value": (
        "{file}:{line}: “{key}” là {found}. Hãy ghi dạng: {expected}.",
        "{file}:{line}: “{key}” is {found}. Write it like this: {expected}.",
    ),
    "calendar-other": (
        "{file}:{line}: tệp này dành cho lịch {found}, không phải {calendar}. Hãy chọn đúng tệp.",
        "{file}:{line}: this file is for the calendar {found}, not for {calendar}. Use its own.",
    ),
    "calendar-twice": (
        "{file}:{line}: ngày {date} đã được khai báo ở {other}. Hãy giữ một dòng.",
        "{file}:{line}: {date} is listed at {other} as well. Keep one of the two lines.",
    ),
    "calendar-works-already": (
        "{file}:{line}: ngày {date} ({weekday}) vốn là ngày làm việc. Hãy sửa ngày hoặc bỏ dòng "
        "này.",
        "{file}:{line}: {date} ({weekday}) is a working day as it is. Correct the date or remove "
        "the line.",
    ),
    "calendar-off-already": (
        "{file}:{line}: ngày {date} ({weekday}) vốn là ngày nghỉ hằng tuần. Hãy sửa ngày hoặc bỏ "
        "dòng này.",
        "{file}:{line}: {date} ({weekday}) is off every week as it is. Correct the date or remove "
        "the line.",
    ),
    "calendar-outside": (
        "{file}:{line}: ngày {date} nằm ngoài các năm của lịch ({first}–{last}). Hãy mở rộng mục "
        "“covers” hoặc sửa ngày.",
        "{file}:{line}: {date} is outside the calendar's years ({first}–{last}). Widen “covers” "
        "or correct the date.",
    ),
    "calendar-gap": (
        "{file}:{line}: các năm {first}–{last} không nối tiếp với lịch ({known}). Hãy thêm cả "
        "những năm ở giữa.",
        "{file}:{line}: the years {first}–{last} do not adjoin those of the calendar ({known}). "
        "Cover the years in between as well.",
    ),
}
