"""Sentences about rounds: opinions, ballots, closing and ranking."""

ASKING: dict[str, tuple[str, str]] = {
    "round-not-opened": (
        "Đợt “{round}” chưa được mở cho hồ sơ này.",
        "The round “{round}” has not been opened for this dossier.",
    ),
    "round-still-open": (
        "Đợt “{round}” chưa kết thúc: còn {waiting} nơi chưa trả lời.",
        "The round “{round}” is not over: {waiting} have not answered yet.",
    ),
    "round-closed": (
        "Đợt “{round}” đã kết thúc đối với hồ sơ này.",
        "The round “{round}” is over for this dossier.",
    ),
    "round-not-passed": (
        "Hồ sơ chưa được thông qua ở “{round}” (kết quả: {outcome}).",
        "The dossier was not passed in “{round}” (result: {outcome}).",
    ),
    "round-not-failed": (
        "Hồ sơ không bị bác ở “{round}” (kết quả: {outcome}).",
        "The dossier did not fail in “{round}” (result: {outcome}).",
    ),
    "disagreement-unanswered": (
        "Ý kiến không đồng ý của {seat} tại “{round}” chưa được giải trình bằng văn bản.",
        "The disagreement of {seat} in “{round}” has not been answered in writing.",
    ),
    "nobody-to-ask": (
        "Không có nơi nào để lấy ý kiến tại “{round}”: {roles}. Hãy kiểm tra danh sách đơn vị và hồ"
        " sơ.",
        "There is nobody to ask in “{round}”: {roles}. Check the roster and the dossier.",
    ),
    "meeting-missing": (
        "Cần chỉ rõ phiên họp cho “{round}”.",
        "Name the meeting at which “{round}” is held.",
    ),
    "not-asked": (
        "{actor} không được lấy ý kiến tại “{round}” về hồ sơ này.",
        "{actor} is not asked in “{round}” about this dossier.",
    ),
    "which-seat": (
        "{actor} đại diện cho nhiều nơi được hỏi tại “{round}”. Hãy nêu rõ nơi trả lời.",
        "{actor} sits on several seats asked in “{round}”. Say which one answers.",
    ),
    "seat-not-asked": (
        "{seat} không được lấy ý kiến về hồ sơ này.",
        "{seat} is not asked about this dossier.",
    ),
    "not-your-seat": (
        "{actor} không đại diện cho {seat}.",
        "{actor} does not sit on {seat}.",
    ),
    "reasons-missing": (
        "Ý kiến không đồng ý phải nêu rõ lý do.",
        "A disagreement needs its reasons.",
    ),
    "no-disagreement": (
        "{seat} không có ý kiến không đồng ý tại “{round}”.",
        "{seat} has not disagreed in “{round}”.",
    ),
    "nothing-to-reply": (
        "Không có ý kiến không đồng ý nào về hồ sơ này để giải trình.",
        "Nobody has disagreed about this dossier, so there is nothing to reply to.",
    ),
    "nothing-to-close": (
        "Hồ sơ không có đợt lấy ý kiến, niêm yết nào đang chạy để kết thúc.",
        "The dossier has no round of asking or posting that runs, so there is nothing to close.",
    ),
    "nothing-to-extend": (
        "Không còn nơi nào tại “{round}” có thể gia hạn: đã trả lời, hoặc đợt không do hết hạn mà"
        " kết thúc.",
        "Nobody in “{round}” can be given longer: all have answered, or the round did not end by"
        " its due.",
    ),
    "no-such-due": (
        "“{name}” không có thời hạn nào đang chạy để gia hạn.",
        "“{name}” has no running due to extend.",
    ),
    "extend-what": (
        "Chỉ gia hạn một thứ: đợt, hoặc thời hạn chung, hoặc trạng thái hiện tại; “seat” đi cùng"
        " đợt.",
        "Extend one thing: a round, a span, or the present state; “seat” goes with a round.",
    ),
    "until-past": (
        "Ngày {until} là hôm nay hoặc đã qua. Hãy ghi một ngày sau hôm nay.",
        "{until} is today or past. Give a day after today.",
    ),
    "decided-already": (
        "Đã có quyết định đối với hồ sơ này nên không mở lại đợt “{round}”. Nếu phải thay đổi, hãy"
        " đính chính hoặc hủy bỏ quyết định.",
        "This dossier has been decided, so “{round}” is not opened again. Correct or revoke the"
        " decision if it has to change.",
    ),
    "round-newer": (
        "{seat} đang được hỏi lại ở đợt mới hơn cùng tên. Hãy ghi ý kiến vào đợt {newer}.",
        "{seat} is being asked again in a newer round of that name. Enter the opinion there:"
        " {newer}.",
    ),
    "proof-missing": (
        "“{round}” chưa thể kết thúc: thiếu “{label}” ({kind}). Hãy đính kèm văn bản này.",
        "“{round}” cannot end: “{label}” ({kind}) is missing. Attach it.",
    ),
    "nothing-to-recuse": (
        "{seat} không có việc nào đang chờ về hồ sơ này.",
        "{seat} has no open task about this dossier.",
    ),
    "not-a-member": (
        "{actor} không có quyền bỏ phiếu tại “{round}”.",
        "{actor} is not entitled to vote in “{round}”.",
    ),
    "voted-already": (
        "{seat} đã bỏ phiếu tại “{round}”. Mỗi thành viên chỉ bỏ phiếu một lần.",
        "{seat} has voted in “{round}”. A member votes once.",
    ),
    "vote-in-person": (
        "Phiếu điện tử phải do chính {decider} bỏ. Phiếu giấy nhập theo hình thức bằng văn bản.",
        "An electronic vote is cast by {decider} in person. Enter a paper as a written vote.",
    ),
    "way-not-allowed": (
        "Không được bỏ phiếu theo hình thức “{way}”. Hình thức cho phép: {ways}.",
        "Votes are not taken by “{way}” here. Ways allowed: {ways}.",
    ),
    "secret-by-count": (
        "“{round}” là bỏ phiếu kín: chỉ nhận kết quả kiểm phiếu của Tổ kiểm phiếu.",
        "“{round}” is secret: only the tellers' count is taken.",
    ),
    "count-entitled": (
        "Biên bản ghi {given} thành viên, danh sách có {entitled}.",
        "The count says {given} members, the roll has {entitled}.",
    ),
    "count-exceeds": (
        "Tổng số {votes} phiếu vượt quá {entitled} thành viên có quyền bỏ phiếu.",
        "{votes} votes are more than the {entitled} entitled members.",
    ),
    "not-counted": (
        "Hồ sơ chưa có kết quả kiểm phiếu để xếp thứ tự tại “{round}” ({outcome}).",
        "The dossier has no count to be ranked in “{round}” ({outcome}).",
    ),
    "ballot-without-rule": (
        "“{round}” thiếu quy định về số thành viên tối thiểu hoặc tỷ lệ thông qua.",
        "“{round}” has no quorum or no rule to pass by.",
    ),
    "not-on-list": (
        "Hồ sơ {dossier} không nằm trong danh sách lấy ý kiến {seat}.",
        "The dossier {dossier} is not on the list of {seat}.",
    ),
    "not-chosen": (
        "Hồ sơ {dossier} trong --except không nằm trong các hồ sơ đã chọn. Xem lại mã hồ sơ.",
        "The dossier {dossier} in --except is not among those chosen. Look at the id again.",
    ),
}
