"""Sentences about times allowed: how they are written, and what stands in their way."""

DUE_PROOFS: dict[str, tuple[str, str]] = {
    "no-such-start": (
        "không tính thời hạn từ “{name}” được: không phải mốc, cũng không phải trường ngày; "
        "dùng: {nearest}",
        "no time can be counted from “{name}”: it is neither an event nor a field with a date; "
        "write: {nearest}",
    ),
    "field-not-a-date": (
        "trường “{field}” có kiểu {type}, không có ngày để tính thời hạn; dùng trường kiểu date "
        "hoặc period",
        "the field “{field}” is of type {type} and has no date to count from; use one of type date "
        "or period",
    ),
    "due-field-optional": (
        "thời hạn tính từ trường “{field}” mà trường này không bắt buộc; ghi “needed: always”",
        "a time is counted from the field “{field}”, which may be left out; write “needed: always”",
    ),
    "rung-before-begin": (
        "bậc nhắc “{found}” của “{ladder}” rơi vào trước khi thời hạn {span} bắt đầu; bỏ bậc đó, "
        "hoặc dùng thang nhắc khác",
        "the rung “{found}” of “{ladder}” lies before the time of {span} begins; delete it, or use "
        "another ladder",
    ),
    "window-name": (
        "tên “{window}” đã dùng cho việc khác; đặt tên khác cho khoảng thời gian này",
        "the name “{window}” is taken already; give the window another one",
    ),
    "window-unused": (
        "không bước nào hỏi “{window}.open”; thêm vào “conditions” của một bước, hoặc xóa",
        "no transition asks “{window}.open”; add it to the conditions of one, or delete the window",
    ),
}

DUE_SHAPES: dict[str, tuple[str, str]] = {
    "bad-day": (
        "“{found}” không phải một ngày trong năm; viết như “31 October”",
        "“{found}” is no day of a year; write it as “31 October”",
    ),
    "fixed-without-rolling": (
        "ngày cố định phải nói rõ có lùi sang ngày làm việc kế tiếp khi rơi vào ngày nghỉ hay "
        "không; ghi “rolls: yes” hoặc “rolls: no”",
        "a fixed date has to say whether it moves to the next working day when it is off; write "
        "“rolls: yes” or “rolls: no”",
    ),
}

DUES: dict[str, tuple[str, str]] = {
    "meeting-too-soon": (
        "Phiên họp ngày {meets_on} quá gần: “{round}” phải xong chậm nhất ngày {due}, mà ngày đó "
        "đã qua. Hãy chọn phiên họp muộn hơn.",
        "The meeting of {meets_on} is too soon: “{round}” would have to be over by {due}, and that "
        "day is past. Choose a later meeting.",
    ),
    "window-undated": (
        "Chưa biết “{window}” mở khi nào vì hồ sơ chưa có “{label}”. Hãy nhập ngày đó.",
        "When “{window}” is open is not known: the dossier has no “{label}”. Enter that date.",
    ),
    "window-not-open": (
        "“{window}” từ ngày {opens} đến ngày {closes}; hồ sơ đến ngày {came} là quá sớm. Hãy trình "
        "lại trong thời gian đó.",
        "“{window}” is from {opens} to {closes}; the dossier came on {came}, too early. Submit it "
        "again then.",
    ),
    "window-closed": (
        "“{window}” từ ngày {opens} đến ngày {closes}; hồ sơ đến ngày {came} là quá hạn. Hồ sơ chỉ "
        "đi tiếp khi người có quyền miễn điều kiện này.",
        "“{window}” was from {opens} to {closes}; the dossier came on {came}, too late. It goes on "
        "only if whoever may waive this condition does so.",
    ),
    "not-a-time": (
        "“{value}” không phải thời hạn. Hãy ghi như “10 ngày làm việc”, “45 ngày”, “1 tháng”, "
        "“31/10”; hoặc “10 working days”, “45 calendar days”, “1 month”, “31 October”.",
        "“{value}” is no time allowed. Write it as “10 working days”, “45 calendar days”, "
        "“1 month”, “31 October”, or in Vietnamese.",
    ),
    "due-options": (
        "Tùy chọn {option} không dùng được với “{time}”. Hãy bỏ đi, hoặc ghi thời hạn khác.",
        "{option} means nothing with “{time}”. Leave it out, or give another time.",
    ),
    "due-after": ("{span} kể từ {on} ({start})", "{span} after {on} ({start})"),
    "due-received": (
        "{span} kể từ khi nhận được, tạm coi là {after} sau ngày gửi {on}",
        "{span} after receipt, presumed to be {after} after sending on {on}",
    ),
    "due-before": (
        "chậm nhất {span} trước {on} ({start})",
        "at least {span} before {on} ({start})",
    ),
    "due-fixed": ("ngày {day}, tính từ {on} ({start})", "{day}, seen from {on} ({start})"),
    "due-resumed": (
        "còn {left} khi chạy tiếp từ {on}",
        "{left} left when it ran on from {on}",
    ),
    "due-set": ("gia hạn đến {on}", "extended to {on}"),
    "due-presumed": (
        "chưa biết {start}, tạm tính từ ngày này",
        "{start} is not known yet, this day is taken for it",
    ),
    "due-transit": ("thêm {span} chờ thư đến", "{span} more for the post"),
    "due-moved": ("không tính {names}", "not counting {names}"),
    "due-rolled": (
        "ngày cuối rơi vào ngày nghỉ ({names}) nên lùi sang ngày làm việc kế tiếp",
        "its last day was off ({names}), so the next working day",
    ),
    "due-clamped": (
        "tháng đó không có ngày này nên lấy ngày cuối tháng",
        "that month has no such day, so its last one",
    ),
    "due-from-entry": ("ngày bắt đầu bước này", "the day this step began"),
    "due-from-opening": ("ngày mở đợt", "the day it opened"),
    "due-from-sending": ("ngày gửi", "the day of sending"),
    "due-from-receipt": ("ngày nhận hồ sơ", "the day of receipt"),
    "due-from-completeness": ("ngày nhận đủ hồ sơ", "the day the dossier was complete"),
    "due-from-meeting": ("phiên họp", "the meeting"),
    "due-from-given": ("", ""),
    "due-year-next": ("gần nhất sắp tới", "next to come"),
    "due-year-same-year": ("cùng năm", "of the same year"),
    "due-year-year-after": ("năm sau", "of the year after"),
    "unit-working-days": ("ngày làm việc", "working days"),
    "unit-calendar-days": ("ngày", "calendar days"),
    "unit-months": ("tháng", "months"),
    "unit-years": ("năm", "years"),
}
