"""What the commands of the working calendar do."""

from thidua.cli.language import Words

CALENDAR: dict[str, Words] = {
    "calendar": ("Lịch làm việc.", "The working calendar."),
    "calendar show": (
        "Một tháng: ngày làm việc, ngày nghỉ và lý do. MONTH ghi dạng 2018-09 hoặc 09/2018.",
        "A month: working days, days off and why. Write MONTH as 2018-09 or 09/2018.",
    ),
    "calendar correct": (
        "Sửa lịch theo tệp, có căn cứ. Thời hạn đang chạy được tính lại sau khi cho xem.",
        "Correct the calendar by a file, with its ground. Running dues are shown, then moved.",
    ),
    "calendar off": (
        "Đổi một ngày thành ngày nghỉ. Thời hạn đang chạy được tính lại sau khi cho xem.",
        "Make a day off. Running dues are shown, then moved.",
    ),
    "calendar work": (
        "Đổi một ngày nghỉ thành ngày làm việc. Thời hạn đang chạy được tính lại sau khi cho xem.",
        "Make a day off a working day. Running dues are shown, then moved.",
    ),
    "calendar swap": (
        "Hoán đổi ngày làm việc: nghỉ ngày OFF, làm bù ngày WORKED.",
        "Exchange days: OFF is free, WORKED is worked for it.",
    ),
    "calendar history": (
        "Các lần sửa lịch: căn cứ, ai, lúc nào, giá trị cũ và mới.",
        "Every correction: document, who, when, old and new.",
    ),
    "calendar reproject": (
        "Tính lại các thời hạn đang chạy theo lịch hiện tại. Dừng giữa chừng thì chạy lại là tiếp.",
        "Count running dues anew by the calendar as it is. Stopped, it goes on when run again.",
    ),
    "closures": ("Ngày nghỉ riêng của các đơn vị.", "Units' own days off."),
    "closures import": (
        "Nhập ngày nghỉ riêng của các đơn vị từ CSV: unit, date, ground. Chỉ tính ở những đợt mà"
        " quy trình ghi closures: yes.",
        "Enter units' own days off from a CSV: unit, date, ground. They count where a procedure's"
        " round says closures: yes.",
    ),
    "closures list": ("Ngày nghỉ riêng đã nhập.", "The days that were entered."),
    "closures remove": (
        "Bỏ một ngày nghỉ riêng đã nhập nhầm.",
        "Take back a day that was entered by mistake.",
    ),
    "calendar draft": (
        "In tệp sửa lịch cho một năm, để đối chiếu với quyết định hằng năm rồi nhập.",
        "Print a corrections file that adds a year, to be compared with the yearly decision.",
    ),
    "due": (
        "Tính thử một thời hạn: đến hết ngày nào, vì sao, qua những ngày nghỉ nào. TIME ghi như"
        " '10 ngày làm việc', '45 ngày', '1 tháng', '31/10', hoặc như trong tệp quy trình.",
        "Try a time allowed: which day ends it, why, over which days off. Write TIME as '10 working"
        " days', '45 calendar days', '1 month', '31 October'.",
    ),
}
"""By the words that lead to a command."""

GROUND = "--ground 'Công văn số 12729/VPCP-KGVX ngày 25/12/2025'"

CALENDAR_EXAMPLES: dict[str, tuple[str, ...]] = {
    "calendar show": ("thidua calendar show 2018-09",),
    "calendar correct": (f"thidua calendar correct lich-2027.yaml --dry-run \\\n      {GROUND}",),
    "calendar off": (f"thidua calendar off 11/02/2027 --name 'Nghỉ Tết' \\\n      {GROUND}",),
    "calendar work": (f"thidua calendar work 13/02/2027 \\\n      {GROUND}",),
    "calendar swap": (f"thidua calendar swap 02/01/2026 10/01/2026 \\\n      {GROUND}",),
    "closures import": ("thidua closures import nghi-rieng.csv --dry-run",),
    "closures remove": ("thidua closures remove stp-an-giang 15/06/2018",),
    "calendar reproject": ("thidua calendar reproject --dry-run",),
    "calendar draft": ("thidua calendar draft 2028 > 2028.yaml",),
    "due": (
        "thidua due '10 ngày làm việc' --from 20/01/2025",
        "thidua due '10 ngày làm việc' --before 11/02/2025",
        "thidua due 31/10 --of after --from 15/12/2017 --opens 1/1",
    ),
}
