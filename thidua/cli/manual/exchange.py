"""The exchange in a round: what each command does."""

from thidua.cli.language import Words

EXCHANGE: dict[str, Words] = {
    "rounds look": (
        "Nơi được hỏi xem nội dung, danh sách, thời hạn, dự thảo của mình; được ghi là đã xem.",
        "A seat's own list: question, dossiers, due, draft. It is recorded as opened.",
    ),
    "rounds prepare": (
        "Ghi dự thảo ý kiến của đơn vị cho cả danh sách, như `rounds answer`. Dự thảo chưa phải là"
        " trả lời: không dừng thời hạn, chờ thủ trưởng xác nhận.",
        "Draft a unit's answer for its list, as `rounds answer` gives one. A draft is no answer: no"
        " time stops, and it waits for the unit's head.",
    ),
    "rounds confirm": (
        "Thủ trưởng xác nhận dự thảo thành ý kiến của đơn vị, kèm số văn bản của đơn vị.",
        "The unit's head gives the drafts as its answers, with the number of its letter.",
    ),
    "rounds ask-back": (
        "Hỏi lại trước khi cho ý kiến; câu hỏi ở --note. Thời hạn của đơn vị dừng nếu quy trình ghi"
        " như vậy.",
        "Ask something back before answering; the question is the --note. The unit's time stands"
        " still where the procedure says so.",
    ),
    "rounds answer-back": (
        "Trả lời câu hỏi của một đơn vị: `answer-back ĐỢT NƠI`; nội dung ở --note.",
        "Answer a unit's question: `answer-back ROUND SEAT`; the answer is the --note.",
    ),
    "rounds request": (
        "Đề nghị thêm thông tin của một nơi (--seat) hoặc mọi nơi chưa trả lời; nội dung ở --note,"
        " kèm tệp bằng --file.",
        "Ask more of one seat (--seat) or of all that have not answered; the --note says what,"
        " --file encloses a document.",
    ),
    "rounds include": (
        "Hỏi thêm một nơi trong đợt đang chạy, có thời hạn riêng từ hôm nay. Cần --note.",
        "Ask one more unit in a running round, from today in its own time. Needs --note.",
    ),
    "rounds excuse": (
        "Miễn trả lời cho một nơi, hoặc không coi là không trả lời. Cần --note; nơi đó được báo.",
        "Not ask a unit any more, or not hold its silence against it. Needs --note; it is told.",
    ),
    "rounds cancel": (
        "Hủy đợt mở sai; mọi nơi đã nhận được báo lý do và người hủy. Cần --note. Mở lại bằng"
        " `rounds reopen`.",
        "Cancel a round that was opened wrongly; all who got it are told why and by whom. Needs"
        " --note. `rounds reopen` opens it anew.",
    ),
    "rounds close": (
        "Kết thúc đợt lấy ý kiến hoặc niêm yết trước khi đủ trả lời, khi quy trình cho phép (may:"
        " close). Nơi chưa trả lời được ghi là không trả lời. Cần --note; bỏ phiếu thì dùng `votes"
        " close`.",
        "End a consultation or a posting by hand before all have answered, where the procedure lets"
        " somebody (may: close). Who has not answered is recorded as silent. Needs --note; a ballot"
        " is ended by `votes close`.",
    ),
    "rounds reopen": (
        "Mở lại đợt đã hủy; với đợt đã kết thúc thì chỉ hỏi lại nơi chưa trả lời và ý kiến không"
        " đồng ý chưa được giải trình. Cần --note.",
        "Open a cancelled round anew; of one that is over ask only the silent again, and those"
        " whose disagreement has no answer yet. Needs --note.",
    ),
    "dossiers inform": (
        "Gửi thông tin về hồ sơ khi chưa được hỏi, trước khi có quyết định; nội dung ở --note, kèm"
        " tệp bằng --file.",
        "Send information about a dossier unasked, before it is decided; the --note says it, --file"
        " encloses a document.",
    ),
}

EXCHANGE_EXAMPLES: dict[str, tuple[str, ...]] = {
    "rounds confirm": (
        "thidua rounds confirm opinions --as head-24 \\",
        "    --paper-number 7 --paper-symbol STP-VP",
    ),
    "rounds ask-back": ('thidua rounds ask-back opinions HS-1 --note "Thành tích của năm nào?"',),
    "rounds open": ("thidua rounds open opinions --state appraisal --requests hoi.csv --dry-run",),
    "rounds close": ('thidua rounds close opinions --note "Đã đủ ý kiến cần thiết" --dry-run',),
    "rounds cancel": ('thidua rounds cancel opinions --note "Gửi nhầm danh sách" --dry-run',),
}
