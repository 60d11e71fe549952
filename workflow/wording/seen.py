"""Sentences about time as it is seen: periods, lists, calendars of one's own dues, plots."""

SEEN: dict[str, tuple[str, str]] = {
    "under-way": (
        "Hồ sơ đang được xét, kết quả chưa công bố; lúc này chưa thực hiện được. Hãy chờ thông"
        " báo.",
        "The dossier is under way and its result not announced: this cannot be done now. Wait for"
        " the announcement.",
    ),
    "classified-here": (
        "Hồ sơ số {dossier}, xem tại cơ quan.",
        "Dossier no. {dossier}: to be seen at the office.",
    ),
    "classified-linked": (
        "Hồ sơ {dossier} có độ mật nên bước này không mở được hồ sơ liên kết: hồ sơ ấy sẽ không có"
        " độ mật. Hãy lập hồ sơ bên kia riêng và xác định độ mật cho nó.",
        "The dossier {dossier} is classified, so the step can't open a linked one: that would have"
        " no level. Create the other dossier by itself and classify it.",
    ),
    "not-yours-to-see": (
        "Nội dung này chỉ dành cho người xử lý hồ sơ. Nếu cần biết, hãy hỏi cơ quan Thường trực"
        " Hội đồng.",
        "This is only for those who handle the dossiers. To know more, ask the council's standing"
        " body.",
    ),
    "period-backwards": (
        "Khoảng thời gian từ {first} đến {last} đi ngược. Hãy đặt --from trước hoặc bằng --to.",
        "The period from {first} to {last} runs backwards. Put --from on or before --to.",
    ),
    "plot-ending": (
        "Tệp hình {file} phải có đuôi .png hoặc .svg.",
        "The picture {file} must end in .png or .svg.",
    ),
    "plot-empty": (
        "Không có việc nào đến hạn từ {first} đến {last} để vẽ. Hãy chọn khoảng khác bằng --from,"
        " --to.",
        "Nothing was due from {first} to {last}: there is nothing to draw. Choose another period"
        " with --from and --to.",
    ),
    "csv-or-json": (
        "Bảng CSV và JSON không thể cùng ra màn hình. Hãy ghi bảng vào tệp: --csv bang.csv.",
        "CSV and JSON cannot both go to the screen. Write the table to a file: --csv table.csv.",
    ),
    "whose-tasks": (
        "Chỉ chọn một: --as NGƯỜI, --seat hoặc --unit.",
        "Choose one of --as ACTOR, --seat and --unit.",
    ),
    "unknown-seat": (
        "Chưa từng hỏi đầu mối “{seat}”. Các đầu mối: {known}.",
        "Nothing was ever asked of the seat “{seat}”. Seats: {known}.",
    ),
    "agenda-for-person": (
        "Lịch hạn (.ics) là của một người. Hãy bỏ --seat, --unit.",
        "A calendar (.ics) is one person's. Leave out --seat and --unit.",
    ),
    "agenda-title": ("Hạn xử lý hồ sơ", "Dues of dossiers"),
    "agenda-asked": ("Hạn {task}: {label} – {whom}", "Due to {task}: {label} – {whom}"),
    "agenda-desk": ("Hạn {task} – {whom}", "Due to {task} – {whom}"),
    "agenda-many": ("{count} hồ sơ", "{count} dossiers"),
    "agenda-more": ("… và {count} hồ sơ khác", "… and {count} others"),
}
