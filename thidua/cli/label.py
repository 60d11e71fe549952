"""What the engine's codes are called in lists: opinions, outcomes, tasks, acts."""

from thidua.cli.language import Words, pick

OPINIONS: dict[str, Words] = {
    "agree": ("đồng ý", "agree"),
    "agree_with_remarks": ("đồng ý, có ý kiến thêm", "agree with remarks"),
    "no_comment": ("không có ý kiến", "no comment"),
    "disagree": ("không đồng ý", "disagree"),
    "no_information": ("không có thông tin", "no information"),
    "conflict_of_interest": ("có liên quan, không cho ý kiến", "conflict of interest"),
    "no_reply": ("không trả lời", "no reply"),
    "not_sent": ("chưa được gửi đề nghị", "was not asked yet"),
}

ASKS: dict[str, Words] = {
    "asked": ("đã gửi hỏi", "asked"),
    "opened": ("đã xem", "opened"),
    "drafted": ("có dự thảo, chờ xác nhận", "drafted, to be confirmed"),
    "asked_back": ("hỏi lại, chờ trả lời", "asked back, waits for an answer"),
    "answered_back": ("đã trả lời câu hỏi", "question answered"),
    "requested": ("đề nghị thêm", "asked for more"),
    "contacted": ("đã liên hệ", "contacted"),
    "promised": ("hẹn trả lời", "promised"),
    "extended": ("được gia hạn", "extended"),
    "confirmed": ("thủ trưởng xác nhận", "confirmed"),
    "received": ("đã trả lời", "received"),
    "late": ("trả lời quá hạn", "late"),
    "superseded": ("thay bằng văn bản mới", "superseded"),
    "replied": ("đã giải trình", "disagreement answered"),
    "lapsed": ("hết hiệu lực do bổ sung", "lapsed"),
    "excused": ("được miễn trả lời", "excused"),
    "recused": ("từ chối tham gia", "stepped back"),
    "silent": ("không trả lời", "silent"),
    "not_sent": ("chưa được gửi", "not sent"),
    "cancelled": ("đã hủy", "cancelled"),
    "informed": ("gửi thêm thông tin", "sent information"),
}
"""The states of an ask."""

TIES: dict[str, Words] = {
    "own_unit": ("cùng đơn vị", "of the same unit"),
    "nominator": ("người đề nghị", "nominated"),
    "relative": ("người thân", "a relative"),
    "self": ("chính người được đề nghị", "the candidate"),
}
"""Why a member is not asked to vote on a dossier."""

UNUSUAL: dict[str, Words] = {
    "disagreement_open": ("không đồng ý, chưa giải trình", "disagreement, not answered"),
    "waiver_owed": ("còn nợ điều kiện đã miễn", "a waived condition is owed"),
    "disagreement_answered": ("không đồng ý, đã giải trình", "disagreement, answered"),
    "disagreement_late": ("không đồng ý, sau khi kết thúc", "disagreement after the close"),
    "conflict_of_interest": ("có liên quan, không cho ý kiến", "conflict of interest"),
    "agree_with_remarks": ("đồng ý, có ý kiến thêm", "agree with remarks"),
    "not_sent": ("chưa được gửi đề nghị", "was not asked yet"),
    "no_reply": ("không trả lời", "no reply"),
    "answer_late": ("trả lời muộn, sau khi kết thúc", "answered after the close"),
    "excused": ("được miễn trả lời", "excused"),
}
"""What is not as usual about a dossier."""

STANDINGS: dict[str, Words] = {
    "in_time": ("đúng hạn", "in time"),
    "late": ("quá hạn", "late"),
    "after_close": ("sau khi kết thúc đợt", "after the round"),
    "in_time_after_close": (
        "đúng hạn, nhận sau khi kết thúc đợt",
        "in time, received after the close",
    ),
}

MARKS: dict[str, Words] = {
    "replaced": ("thay bằng ý kiến ngày {on}", "replaced by the opinion of {on}"),
    "lapsed": ("không còn hiệu lực do bổ sung hồ sơ ngày {on}", "lapsed: supplemented on {on}"),
    "kept": ("lưu, không thay kết quả của đợt", "kept, changes nothing"),
}
"""Why an opinion does not stand."""

OUTCOMES: dict[str, Words] = {
    "answered": ("đã trả lời đủ", "answered"),
    "closed": ("kết thúc theo quyết định", "closed by decision"),
    "expired": ("hết thời hạn", "time is up"),
    "excused": ("mọi nơi được miễn trả lời", "all excused"),
    "nobody_asked": ("không phải hỏi nơi nào", "nobody to ask"),
    "passed": ("thông qua", "passed"),
    "failed": ("không thông qua", "not passed"),
    "counted": ("đã kiểm phiếu, chờ xếp thứ tự", "counted, to be ranked"),
    "no_quorum": ("không đủ thành viên", "no quorum"),
    "tie": ("ngang phiếu", "a tie"),
    "deferred": ("chuyển phiên khác", "put off to another meeting"),
    "taken_off": ("rút khỏi chương trình", "taken off the agenda"),
    "cancelled": ("hủy", "cancelled"),
    "void": ("vô hiệu", "void"),
}

KINDS: dict[str, Words] = {
    "individual": ("cá nhân", "individual"),
    "collective": ("tập thể", "collective"),
    "household": ("hộ gia đình", "household"),
    "consultation": ("lấy ý kiến", "consultation"),
    "posting": ("niêm yết", "posting"),
    "ballot": ("bỏ phiếu", "ballot"),
    "desk": ("xử lý", "desk"),
    "ask": ("cho ý kiến", "opinion"),
    "vote": ("bỏ phiếu", "vote"),
    "span": ("thời hạn chung", "span"),
    "effect": ("hệ thống", "system"),
}

STATUSES: dict[str, Words] = {
    "open": ("đang chờ", "open"),
    "paused": ("tạm dừng", "paused"),
    "done": ("xong", "done"),
    "expired": ("hết hạn", "expired"),
    "cancelled": ("hủy", "cancelled"),
    "called": ("đã triệu tập", "called"),
    "drafted": ("dự thảo", "drafted"),
    "numbered": ("đã vào sổ", "numbered"),
    "applied": ("đã thực hiện", "applied"),
    "queued": ("chờ gửi", "queued"),
    "leased": ("đang gửi", "being sent"),
    "retry": ("sẽ gửi lại", "to be tried again"),
    "sent": ("đã gửi", "sent"),
    "dead": ("không gửi được", "undeliverable"),
    "held": ("đang giữ", "held"),
    "missing": ("chưa có bảng", "no tables"),
    "old": ("bản cũ", "old"),
    "present": ("đúng bản", "present"),
    "new": ("mới hơn chương trình", "newer than the program"),
}

YES_NO: dict[str, Words] = {"yes": ("có", "yes"), "no": ("không", "no")}

PAUSES: dict[str, Words] = {
    "return": ("chờ bổ sung", "awaiting a supplement"),
    "hold": ("tạm dừng xét", "on hold"),
}

PRESENCES: dict[str, Words] = {
    "present": ("có mặt", "present"),
    "excused": ("vắng có lý do", "excused"),
    "absent": ("vắng", "absent"),
    "written": ("gửi ý kiến bằng văn bản", "in writing"),
}

SITTINGS: dict[str, Words] = {
    "called": ("đã triệu tập", "called"),
    "open": ("đang họp", "in session"),
    "closed": ("đã bế mạc", "concluded"),
}

POSTS: dict[str, Words] = {
    "chair": ("Chủ tịch", "chair"),
    "deputy": ("Phó Chủ tịch", "deputy"),
    "secretary": ("Thư ký", "secretary"),
    "ordinary": ("Ủy viên", "ordinary member"),
}

CHANGES: dict[str, Words] = {
    "added": ("bổ sung tại phiên họp", "added in the room"),
    "deferred": ("chuyển phiên khác", "put off"),
    "taken_off": ("rút khỏi chương trình", "taken off"),
    "shown": ("trình Hội đồng biết", "shown without a vote"),
}
"""What became of a case on the agenda of a meeting."""

CHOICES: dict[str, Words] = {
    "for": ("đồng ý", "for"),
    "against": ("không đồng ý", "against"),
    "abstain": ("không có ý kiến", "abstain"),
}

ACTS: dict[str, Words] = {
    "create": ("Lập hồ sơ đề nghị", "Dossier opened"),
    "fire": ("Chuyển bước", "Moved on"),
    "answer": ("Cho ý kiến", "Opinion given"),
    "reply": ("Giải trình ý kiến không đồng ý", "Disagreement answered"),
    "extend": ("Gia hạn", "Due extended"),
    "reproject": ("Tính lại thời hạn theo lịch mới", "Dues counted anew by the calendar"),
    "look": ("Xem nội dung được hỏi", "Opened"),
    "prepare": ("Dự thảo ý kiến", "Opinion drafted"),
    "ask_back": ("Hỏi lại", "Asked back"),
    "answer_back": ("Trả lời câu hỏi", "Question answered"),
    "inform": ("Gửi thông tin", "Information sent"),
    "request": ("Đề nghị thêm thông tin", "More was asked"),
    "ask": ("Thêm, bớt nơi được hỏi; hủy, mở lại đợt", "Change whom a round asks; cancel, reopen"),
    "include": ("Thêm nơi được hỏi", "One more asked"),
    "excuse": ("Miễn trả lời", "Excused"),
    "cancel_round": ("Hủy đợt mở sai", "Round cancelled"),
    "reopen": ("Mở lại đợt", "Asked again"),
    "contact": ("Liên hệ đôn đốc", "Contacted"),
    "promise": ("Hẹn ngày trả lời", "Answer promised"),
    "migrate": ("Chuyển sang bản khác của quy trình", "Moved to another version"),
    "remeet": ("Tính lại hạn theo ngày họp mới", "Dues moved with the meeting"),
    "cast": ("Bỏ phiếu", "Vote cast"),
    "close": ("Kết thúc đợt lấy ý kiến, niêm yết", "End a round by hand"),
    "close_round": ("Kết thúc đợt", "Round ended"),
    "settle": ("Xếp thứ tự", "Ranked"),
    "attach": ("Đính kèm văn bản", "Document attached"),
    "correct": ("Đính chính", "Corrected"),
    "return": ("Đề nghị bổ sung", "Returned for a supplement"),
    "supplement": ("Bổ sung", "Supplemented"),
    "hold": ("Tạm dừng xét", "Put on hold"),
    "release": ("Xét tiếp", "Taken off hold"),
    "assign": ("Giao việc", "Assigned"),
    "recuse": ("Từ chối tham gia", "Stepped back"),
    "breaktie": ("Chủ trì quyết định khi ngang phiếu", "Tie decided by the chair"),
    "putoff": ("Chuyển phiên họp khác", "Put off"),
    "putto": ("Đưa vào phiên họp", "Put to a meeting"),
    "agenda_task": ("đưa vào phiên họp khác", "put to another meeting"),
    "tie_task": ("quyết định khi ngang phiếu", "decide a tie"),
    "waive": ("Miễn điều kiện", "Condition waived"),
    "recall": ("Thu hồi bước vừa chuyển", "Last step recalled"),
    "withdraw": ("Rút đề nghị", "Withdrawn"),
    "revoke": ("Hủy bỏ quyết định khen thưởng", "Award revoked"),
    "expire": ("Hết thời hạn", "Time is up"),
    "due_blocked": ("Hết hạn nhưng chưa thể tự chuyển", "Due passed, but the step is blocked"),
    "redeem": ("Nội dung được miễn đã khắc phục", "Waiver settled"),
    "redact": ("Xóa dữ liệu cá nhân", "Personal values erased"),
    "classify": ("Ghi độ mật", "Level of secrecy"),
    "erase_person": ("Xóa dữ liệu cá nhân trong danh mục", "A person erased from the lists"),
    "refuse_erasure": ("Không chấp nhận xóa dữ liệu", "Erasure refused"),
    "transfer": ("Chuyển tờ trình", "Moved to another submission"),
    "supplement_task": ("bổ sung hồ sơ", "supplement the dossier"),
    "question_task": ("trả lời câu hỏi của đơn vị", "answer a unit's question"),
    "confirm_task": ("xác nhận ý kiến của đơn vị", "confirm the unit's answer"),
    "reply_task": ("giải trình ý kiến không đồng ý", "answer a disagreement"),
}

WAYS: dict[str, Words] = {
    "electronic": ("điện tử", "electronic"),
    "paper": ("phiếu giấy", "paper"),
    "show_of_hands": ("giơ tay", "show of hands"),
    "written": ("bằng văn bản", "written"),
    "phone": ("điện thoại", "telephone"),
    "letter": ("công văn", "official letter"),
}


def called(table: dict[str, Words], code: str | None, lang: str) -> str:
    """What a code is called; the code itself when the table does not know it, "" for None."""
    if code is None:
        return ""
    return pick(table[code], lang) if code in table else code
