"""Sentences about the exchange in a round: drafts, questions back, information, who is asked."""

EXCHANGE: dict[str, tuple[str, str]] = {
    "exchange-question": ("đơn vị hỏi lại", "a unit asks back"),
    "exchange-answer_back": ("trả lời câu hỏi của đơn vị", "your question answered"),
    "exchange-reply": ("trả lời ý kiến không đồng ý", "disagreement answered"),
    "exchange-confirm": ("dự thảo ý kiến chờ xác nhận", "a draft waits to be confirmed"),
    "exchange-excused": ("không phải trả lời", "no answer is needed"),
    "exchange-cancelled": ("hủy đợt lấy ý kiến", "the round is cancelled"),
    "exchange-information": ("thông tin do đơn vị gửi", "information received"),
    "exchange-request": ("đề nghị cung cấp thêm thông tin", "more is asked"),
    "round-cancelled": (
        "Đợt “{round}” đã bị hủy vì mở sai. Hãy mở lại đợt (`thidua rounds reopen`).",
        "The round “{round}” was cancelled as wrongly opened. Open it anew"
        " (`thidua rounds reopen`).",
    ),
    "round-running": (
        "Đợt “{round}” chưa kết thúc. Hãy chờ hết thời hạn hoặc kết thúc đợt (kèm văn bản chứng"
        " minh, nếu quy trình yêu cầu).",
        "The round “{round}” is not over. Wait for its due, or close it (with the document that"
        " proves it, where one is needed).",
    ),
    "round-runs": (
        "Đợt “{round}” đang chạy đối với hồ sơ này nên không mở thêm. Nếu mở sai, hãy hủy đợt rồi"
        " mở lại.",
        "The round “{round}” is running for this dossier. If it was opened wrongly, cancel it"
        " before it is opened anew.",
    ),
    "nothing-open": (
        "“{round}” không còn việc nào phải hỏi lại: các nơi đã trả lời, ý kiến không đồng ý đã được"
        " giải trình.",
        "Nothing is open in “{round}”: all have answered and every disagreement has its answer.",
    ),
    "ballot-not-cancelled": (
        "“{round}” là cuộc bỏ phiếu: hãy đưa hồ sơ ra khỏi phiên họp thay vì hủy hoặc mở lại.",
        "“{round}” is a ballot: take the dossier off the meeting's agenda instead.",
    ),
    "not-confirmed": (
        "Ý kiến của {seat} chỉ có giá trị khi người giữ vai trò “{role}” của đơn vị xác nhận."
        " {actor} hãy ghi dự thảo (`thidua rounds prepare`).",
        "An answer of {seat} counts once a holder of “{role}” in the unit confirms it. {actor} may"
        " draft it (`thidua rounds prepare`).",
    ),
    "number-missing": (
        "Ý kiến của {seat} phải kèm số văn bản trả lời của đơn vị.",
        "An answer of {seat} needs the number of the unit's letter.",
    ),
    "nobody-sits": (
        "Chưa có ai giữ {seat} vào ngày này. Hãy kiểm tra mã đơn vị và phân công vai trò.",
        "Nobody holds {seat} on this day. Check the unit's id, and assign the role.",
    ),
    "no-draft": (
        "{seat} chưa có dự thảo trả lời nào tại “{round}” để xác nhận.",
        "{seat} has no draft in “{round}” to be confirmed.",
    ),
    "no-asking-back": (
        "Quy trình không cho hỏi lại tại “{round}”. Hãy gửi thông tin hoặc trả lời kèm ghi chú.",
        "The procedure has no asking back in “{round}”. Send information, or answer with a note.",
    ),
    "question-missing": (
        "Hãy ghi nội dung cần hỏi lại.",
        "Say what is asked back.",
    ),
    "asked-back-already": (
        "{seat} đang chờ trả lời một câu hỏi tại “{round}”. Hãy chờ trả lời rồi hỏi tiếp.",
        "{seat} already waits for the answer to a question in “{round}”. Ask again after it.",
    ),
    "answered-already": (
        "{seat} đã trả lời, hoặc đã hết thời hạn trả lời, tại “{round}”.",
        "{seat} has answered in “{round}”, or its time there is over.",
    ),
    "no-question": (
        "{seat} không có câu hỏi nào đang chờ trả lời tại “{round}”.",
        "{seat} has no question in “{round}” that waits for an answer.",
    ),
    "clock-stopped": (
        "Thời hạn tại “{round}” đang dừng chờ trả lời câu hỏi của đơn vị. Hãy trả lời trước khi gia"
        " hạn.",
        "The time in “{round}” stands still for a unit's question. Answer it before extending.",
    ),
    "nobody-to-request": (
        "Không còn nơi nào tại “{round}” đang chờ trả lời để đề nghị thêm.",
        "Nobody in “{round}” is left to answer, so nothing more can be requested.",
    ),
    "information-missing": (
        "Hãy ghi nội dung thông tin hoặc kèm văn bản.",
        "Write the information, or enclose a document.",
    ),
    "informed-too-late": (
        "Hồ sơ đã có quyết định nên không nhận thêm thông tin. Thông tin mới có thể là căn cứ để"
        " xem lại quyết định.",
        "The dossier is decided and takes no more information. What is new may be a ground to"
        " review the decision.",
    ),
    "never-asked": (
        "{actor} không được hỏi về hồ sơ này. Thông tin của đơn vị khác do cơ quan Thường trực nhập"
        " thay.",
        "{actor} was never asked about this dossier. An officer enters information of others for"
        " them.",
    ),
    "which-sender": (
        "{actor} đại diện cho nhiều nơi. Hãy nêu rõ nơi gửi thông tin.",
        "{actor} sits on several seats. Say which one sends it.",
    ),
    "asked-already": (
        "{seat} đã được hỏi tại “{round}”.",
        "{seat} is asked in “{round}” already.",
    ),
    "seat-unfit": (
        "“{round}” không hỏi {seat}: chỉ hỏi vai trò {roles}.",
        "“{round}” does not ask {seat}: it asks {roles}.",
    ),
}
