"""Sentences about calendars, dues and reminders."""

CLOCK: dict[str, tuple[str, str]] = {
    "no-calendar": (
        "Lịch {calendar} chưa có năm {year}. Hãy chạy `thidua calendar draft {year}`, đối chiếu "
        "với quyết định hằng năm, rồi nhập bằng `thidua calendar correct`.",
        "The calendar {calendar} does not cover {year}. Run `thidua calendar draft {year}`, "
        "compare it with the yearly decision, then enter it with `thidua calendar correct`.",
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
        "{place}Ngày {date} đã được khai báo ở {other}. Hãy giữ một dòng.",
        "{place}{date} is listed at {other} as well. Keep one of the two lines.",
    ),
    "calendar-works-already": (
        "{place}Ngày {date} ({weekday}) vốn là ngày làm việc. Hãy sửa ngày hoặc bỏ dòng này.",
        "{place}{date} ({weekday}) is a working day as it is. Correct the date or remove the line.",
    ),
    "calendar-off-already": (
        "{place}Ngày {date} ({weekday}) vốn là ngày nghỉ hằng tuần. Hãy sửa ngày hoặc bỏ dòng này.",
        "{place}{date} ({weekday}) is off every week as it is. Correct the date or remove "
        "the line.",
    ),
    "swap-off-already": (
        "Ngày {off} đã là ngày nghỉ ({name}), không còn gì để hoán đổi. Nếu chỉ đổi ngày làm bù: "
        "trả ngày cũ bằng `thidua calendar off`, đặt ngày mới bằng `thidua calendar work`.",
        "{off} is off already ({name}), so there is nothing to exchange. To change only the day "
        "that is worked for it: `thidua calendar off` for the old one, `thidua calendar work` for "
        "the new one.",
    ),
    "swap-worked-already": (
        "Ngày {worked} đã phải làm việc ({name}), không làm bù lần nữa được. Hãy chọn ngày khác, "
        "hoặc chỉ ghi ngày nghỉ bằng `thidua calendar off`.",
        "{worked} is worked already ({name}) and cannot make up for another day. Name another "
        "one, or enter only the day off with `thidua calendar off`.",
    ),
    "calendar-outside": (
        "{place}Ngày {date} nằm ngoài các năm của lịch ({first}–{last}). Hãy sửa ngày, hoặc "
        "thêm năm: `thidua calendar draft {year}`.",
        "{place}{date} is outside the calendar's years ({first}–{last}). Correct the date, "
        "or add the year: `thidua calendar draft {year}`.",
    ),
    "calendar-gap": (
        "{file}:{line}: các năm {first}–{last} không nối tiếp với lịch ({known}). Hãy thêm cả "
        "những năm ở giữa: `thidua calendar draft {last}`.",
        "{file}:{line}: the years {first}–{last} do not adjoin those of the calendar ({known}). "
        "Cover the years in between as well: `thidua calendar draft {last}`.",
    ),
    "dues-outdated": (
        "{count} thời hạn của {dossiers} hồ sơ (đầu tiên: {first}) tính theo lịch cũ. Hãy chạy "
        "`thidua calendar reproject`.",
        "{count} dues of {dossiers} dossiers (the first: {first}) were counted by an older "
        "calendar. Run `thidua calendar reproject`.",
    ),
    "unknown-closure": (
        "Đơn vị {unit} không có ngày nghỉ riêng {date}. Xem `thidua closures list`.",
        "The unit {unit} has no day off of its own on {date}. See `thidua closures list`.",
    ),
    "ground-empty": (
        "Căn cứ không được để trống. Hãy ghi văn bản quy định ngày này (--ground).",
        "The ground is empty. Name the document that orders it (--ground).",
    ),
    "dues-unmoved": (
        "Lịch mới không làm thay đổi thời hạn nào của hồ sơ này.",
        "The calendar as it is now moves no due of this dossier.",
    ),
    "task-ask": ("cho ý kiến", "give an opinion"),
    "task-vote": ("bỏ phiếu", "vote"),
    "task-desk": ("xử lý hồ sơ ở bước “{label}”", "deal with the dossier at “{label}”"),
    "task-span": ("đưa hồ sơ đến bước “{label}”", "bring the dossier to “{label}”"),
    "task-supplement": ("bổ sung hồ sơ", "supplement the dossier"),
    "rung-before": ("{count} ngày làm việc trước hạn", "{offset} the due date"),
    "rung-on-the-day": ("ngày đến hạn", "the due date"),
    "rung-after": ("{count} ngày làm việc sau hạn", "{offset} the due date"),
    "task-automatic": ("thực hiện “{label}”", "do “{label}”"),
    "task-close": ("kết thúc “{label}”", "end “{label}”"),
    "due-extended": ("Thời hạn này đã được gia hạn.", "This is an extended due."),
    "moved-days": (
        "Lịch làm việc thay đổi (ngày {days}). Căn cứ: {ground}.",
        "The working calendar has changed ({days}). Ground: {ground}.",
    ),
    "moved-other": (
        "Lịch làm việc hoặc ngày nghỉ riêng của đơn vị, theo đó tính thời hạn này, đã thay đổi.",
        "The calendar, or the unit's own days off, by which this due is counted has changed.",
    ),
    "moved-meeting": (
        "Thời hạn tính theo ngày họp; phiên họp chuyển sang {on}.",
        "The due is counted from the meeting, which is now on {on}.",
    ),
    "asked-engine": ("Hệ thống (việc tự động khi đến hạn)", "The system (when the time was up)"),
    "due-blocked": (
        "Đã đến hạn nhưng hệ thống chưa thực hiện được vì chưa đủ điều kiện: {reasons}. Hệ thống "
        "sẽ tự thực hiện khi hồ sơ đủ điều kiện.",
        "The time is up, but these conditions stand in the way: {reasons}. It will be done when "
        "they no longer do.",
    ),
    "clock-stopped": (
        "Hệ thống nhắc việc tạm dừng từ {stopped_at} đến {resumed_at}. Thư này thay cho các lần "
        "nhắc chưa gửi: {skipped}.",
        "The reminder system was stopped from {stopped_at} to {resumed_at}. This mail stands for "
        "what could not be sent then: {skipped}.",
    ),
    "promise-over": (
        "Quý đơn vị đã hẹn trả lời đến hết ngày {on}; đến nay chưa nhận được trả lời.",
        "The answer was promised for {on} and has not come.",
    ),
    "overtaken": (
        "Thư này thay cho cả lần nhắc ngày {days} chưa gửi được.",
        "This mail also stands for the reminder of {days} that did not go out.",
    ),
    "matter-supplement": ("Bổ sung hồ sơ", "Supplement"),
    "how-ask": (
        "Trả lời thư này: ghi “Đồng ý tất cả”, hoặc “Đồng ý tất cả, trừ số …” kèm lý do; hoặc trả "
        "lời bằng văn bản.",
        "Answer this mail: “Agree to all”, or “Agree to all except no. …” with the reasons; or "
        "answer by letter.",
    ),
    "how-vote": (
        "Bỏ phiếu theo cách đã được thông báo.",
        "Vote in the way that was announced.",
    ),
    "how-desk": (
        "Xử lý hồ sơ và ghi kết quả vào hệ thống.",
        "Deal with the dossier and record the result in the system.",
    ),
    "how-span": (
        "Xử lý hồ sơ và ghi kết quả vào hệ thống.",
        "Deal with the dossier and record the result in the system.",
    ),
    "how-supplement": (
        "Gửi phần bổ sung đến nơi gửi thư này.",
        "Send what is missing to the sender of this mail.",
    ),
    "how-escalation": (
        "Báo lại kết quả cho nơi gửi thư này.",
        "Let the sender of this mail know what came of it.",
    ),
    "mail-unexpected": (
        "Thư gặp lỗi ngoài dự kiến: {problem}. Hãy xem nhật ký vận hành, sửa nguyên nhân rồi gửi "
        "lại.",
        "The mail met an unexpected error: {problem}. See the log, remove the cause, then send "
        "it again.",
    ),
    "mail-perhaps-twice": (
        "Lần gửi trước bị ngắt giữa chừng, người nhận có thể nhận hai bản cùng mã thư.",
        "An earlier attempt was cut off: the reader may get two copies with the same Message-ID.",
    ),
    "unknown-mail": (
        "Không có thư {mail}. Hãy xem danh sách thư.",
        "There is no mail {mail}. See the list of mails.",
    ),
    "mail-not-dead": (
        "Thư {mail} đang ở trạng thái {status}; chỉ gửi lại được thư không gửi nổi (dead).",
        "The mail {mail} is {status}; only a dead one can be made again.",
    ),
    "unknown-notice": (
        "Không có thông báo nào đang chờ duyệt gửi với khóa này. Hãy xem lại danh sách.",
        "No notice of that key waits for release. See the list again.",
    ),
}
