"""Sentences about erasing personal values, and about how long they are kept."""

ERASING: dict[str, tuple[str, str]] = {
    "erase-yes": (
        "Dữ liệu bị xóa không khôi phục được. Thêm --yes để xóa.",
        "What is erased cannot be brought back. Add --yes to erase it.",
    ),
    "nothing-to-erase": (
        "Không có dữ liệu nào thuộc phần “{parts}” để xóa, hoặc đã xóa từ trước.",
        "There is nothing of “{parts}” to erase, or it was erased before.",
    ),
    "nothing-of-person": (
        "Danh mục không còn tên, địa chỉ hay số điện thoại nào của {actor} để xóa.",
        "The lists hold no name, address or telephone of {actor} that could be erased.",
    ),
    "still-holds": (
        "{actor} còn giữ vai trò: {roles}. Hãy bàn giao trước: thidua people hand-over {key}.",
        "{actor} still holds: {roles}. Hand the desk over first: thidua people hand-over {key}.",
    ),
    "unknown-part": (
        "Không có phần “{part}”. Hãy chọn: {known}.",
        "There is no part “{part}”. Choose of: {known}.",
    ),
    "unknown-basis": (
        "Không có loại căn cứ “{basis}”. Các loại căn cứ: {known}.",
        "There is no kind of ground “{basis}”. Known: {known}.",
    ),
    "retention-assumed": (
        "Thời hạn lưu trữ loại “{retention}” chưa được xác nhận nên chưa xóa gì. Hãy xác nhận bằng"
        " văn bản: thidua retention confirm {retention}.",
        "The retention class “{retention}” is not confirmed, so nothing is erased. Confirm it with"
        " a paper: thidua retention confirm {retention}.",
    ),
    "kept-for-good": (
        "Hồ sơ thuộc loại “{retention}” đang giải quyết hoặc phải lưu trữ vĩnh viễn. Chỉ xóa được"
        " theo căn cứ có hiệu lực trong thời hạn lưu trữ.",
        "The dossier (class “{retention}”) is under way or kept for good. Only a ground that holds"
        " within the period can erase from it.",
    ),
    "kept-until": (
        "Hồ sơ thuộc loại “{retention}”, phải lưu trữ đến hết ngày {until}. Chỉ xóa được theo căn"
        " cứ có hiệu lực trong thời hạn lưu trữ.",
        "The dossier (class “{retention}”) is kept until the end of {until}. Only a ground that"
        " holds within the period can erase from it.",
    ),
    "erasures-first": (
        "Bản khôi phục còn dữ liệu đã xóa ({count} lần xóa). Hãy xóa lại trước khi gửi thư:"
        " thidua db erase-again {list}.",
        "What was restored still has what was erased ({count} erasures). Erase it again before mail"
        " goes on: thidua db erase-again {list}.",
    ),
    "erasure-due": (
        "Không có gì ngăn việc xóa; không thể từ chối với lý do thời hạn lưu trữ.",
        "Nothing stands in the way of erasing; it cannot be refused for the archive period.",
    ),
    "years-or-good": (
        "Hãy ghi số năm (--years N) hoặc --for-good, một trong hai.",
        "Give either --years N or --for-good.",
    ),
    "unknown-level": (
        "Không có độ mật “{level}”. Các độ mật: {known}.",
        "There is no level “{level}”. Known: {known}.",
    ),
    "unknown-register": (
        "Không có tờ trình, hội đồng, phiên họp, quyết định hay sổ nào khác mã “{key}”.",
        "There is no submission, council, meeting, decision or other register “{key}”.",
    ),
    "unknown-matter": (
        "Không có hồ sơ, tờ trình, đợt xét hay đợt lấy ý kiến nào mã “{matter}”.",
        "There is no dossier, submission, campaign or round “{matter}”.",
    ),
    "matter-reference": ("Việc cần xem tại cơ quan", "Something to see at the office"),
    "matter-closed": (
        "Hồ sơ số {ids}, xem tại cơ quan",
        "Dossier no. {ids}, to be seen at the office",
    ),
    "document-erased": (
        "{dossier}: văn bản “{kind}” đã được xóa theo căn cứ pháp lý; nhật ký còn giữ mã băm.",
        "{dossier}: the document “{kind}” was erased on a legal ground; the journal has its hash.",
    ),
    "unknown-retention": (
        "Không có loại lưu trữ “{retention}”. Các loại: {known}.",
        "There is no retention class “{retention}”. Known: {known}.",
    ),
}
