"""Sentences about the council: meetings, attendance, agenda, recusal, ties, rules in words."""

COUNCIL: dict[str, tuple[str, str]] = {
    "written-too-late": (
        "Phiếu bằng văn bản chỉ nhận đến hết ngày {until}. Nếu phiếu đến trong hạn, hãy nhập thay "
        "kèm thời điểm nhận (--happened); nếu không, chủ tịch có thể gia hạn.",
        "Written votes are taken until the end of {until} only. If the paper came in time, enter "
        "it for the member with when it came (--happened); else the time can be extended.",
    ),
    "ballot-waits": (
        "Chưa được công bố kết quả “{round}”: phiếu bằng văn bản còn nhận đến hết ngày {until}. "
        "Hãy kiểm phiếu sau ngày đó, hoặc khi mọi thành viên đã bỏ phiếu.",
        "There is no result of “{round}” yet: written votes are taken until the end of {until}. "
        "Count after that day, or once all members have voted.",
    ),
    "count-attendance": (
        "Biên bản kiểm phiếu ghi {present} người bỏ phiếu tại phòng họp, nhưng phiên họp chỉ điểm "
        "danh {attended} thành viên được bỏ phiếu mà chưa bỏ phiếu. Hãy đối chiếu điểm danh.",
        "The count says that {present} voted in the room, but the meeting has {attended} members "
        "there who may vote and did not. Check the attendance.",
    ),
    "meeting-without-quorum": (
        "Phiên họp không đủ thành viên: {present} trên {entitled}, cần ít nhất {needed}. Không "
        "kiểm phiếu được; hãy chuyển sang phiên họp khác (meetings defer).",
        "The meeting has no quorum: {present} of {entitled}, at least {needed} are needed. No "
        "papers can be counted; put the cases off to another meeting (meetings defer).",
    ),
    "no-tie": (
        "“{round}” không ngang phiếu chờ chủ tịch quyết định (hiện nay: {outcome}).",
        "“{round}” is no tie that waits for the chair (it is: {outcome}).",
    ),
    "not-presiding": (
        "Người chủ trì phiên họp là {chair}, không phải {actor}. Chỉ người chủ trì quyết định khi "
        "ngang phiếu.",
        "{chair} presided at the meeting, not {actor}. Only who presided decides a tie.",
    ),
    "chair-voted-otherwise": (
        "{actor} đã bỏ phiếu cho phía kia. Khi ngang phiếu, phía có phiếu của người chủ trì quyết "
        "định; hãy chọn đúng phía đó.",
        "{actor} voted for the other side. In a tie the side with the chair's vote decides: choose "
        "that one.",
    ),
    "recused": (
        "{actor} đã tránh hồ sơ này nên không xử lý hồ sơ này nữa, không làm thay ai và không ai "
        "làm thay. Hãy để người khác cùng vai trò làm; nếu không còn ai, hãy đề nghị cấp có thẩm "
        "quyền cử người khác, hoặc chuyển hồ sơ sang phiên họp do người khác chủ trì.",
        "{actor} stepped back from this dossier and does nothing more about it, nor for anybody, "
        "nor anybody instead. Let somebody else with the role do it; if there is nobody, ask for "
        "another person to be appointed, or put the dossier to a meeting at which somebody else "
        "presides.",
    ),
    "stepped-back": (
        "{who} đã tránh hồ sơ này nên không giao việc hay hỏi ý kiến về hồ sơ này được nữa. Hãy "
        "chọn người khác, hoặc để việc trong hàng chờ.",
        "{who} stepped back from this dossier and is neither asked nor given a task about it. "
        "Choose another, or leave the task in its queue.",
    ),
    "recuse-after-secret-vote": (
        "{seat} đã bỏ phiếu kín ở “{round}”, phiếu không tìm lại được. Hãy hủy cuộc bỏ phiếu "
        "(meetings defer) rồi bỏ phiếu lại.",
        "{seat} voted in secret in “{round}” and the vote cannot be found again. Put the ballot "
        "off (meetings defer) and vote anew.",
    ),
    "council-empty": (
        "Không còn thành viên nào được bỏ phiếu ở “{round}”. Hãy bổ sung thành viên Hội đồng "
        "(council appoint) trước khi đưa hồ sơ ra họp.",
        "No member is left to vote in “{round}”. Appoint members to the council (council appoint) "
        "before the dossier is put to it.",
    ),
    "same-meeting": (
        "Hồ sơ đang ở chính phiên họp {meeting}. Hãy chọn phiên họp khác.",
        "The dossier is at the meeting {meeting} already. Name another one.",
    ),
    "not-waiting": (
        "“{round}” không chờ phiên họp nào (phiên {meeting}, hiện nay: {outcome}).",
        "“{round}” does not wait for a meeting (meeting {meeting}, it is: {outcome}).",
    ),
    "not-by-meeting": (
        "“{round}” không bỏ phiếu theo phiên họp. Hãy sửa `gather: meeting` trong quy trình nếu "
        "muốn vậy.",
        "“{round}” is not held at meetings. It would need `gather: meeting` in the procedure.",
    ),
    "state-without-round": (
        "Ở trạng thái “{state}” quy trình không mở “{round}”. Hãy chuyển hồ sơ tới trạng thái mở "
        "cuộc bỏ phiếu trước.",
        "In the state “{state}” the procedure opens no “{round}”. Move the dossier first to the "
        "state that opens it.",
    ),
    "unknown-council": (
        "Không có hội đồng {council}. Xem `thidua council terms`.",
        "There is no council {council}. See `thidua council terms`.",
    ),
    "bad-share": (
        "“{found}” không phải là tỷ lệ. Hãy ghi dạng 2/3.",
        "“{found}” is no share. Write it as 2/3.",
    ),
    "nothing-said": (
        "Chưa nói gì để ghi. Hãy ghi {option}, --file hoặc --all.",
        "Nothing was said. Give {option}, --file or --all.",
    ),
    "unknown-post": (
        "Không có chức danh “{post}” trong Hội đồng. Các chức danh: {known}.",
        "There is no post “{post}” on a council. The posts are: {known}.",
    ),
    "unknown-presence": (
        "Không có cách ghi điểm danh “{presence}”. Hãy dùng: {known}.",
        "There is no attendance “{presence}”. Use: {known}.",
    ),
    "outside-term": (
        "Ngày {on} nằm ngoài nhiệm kỳ của hội đồng {council}. Hãy chọn ngày trong nhiệm kỳ.",
        "{on} is outside the term of the council {council}. Name a day inside it.",
    ),
    "post-taken": (
        "Hội đồng đã có {post} là {actor} từ {from_on}. Hãy ghi ngày kết thúc của người đó trước.",
        "The council has a {post} already: {actor}, since {from_on}. Enter that one's last day "
        "first.",
    ),
    "dates-reversed": (
        "Ngày cuối {to_on} trước ngày đầu {from_on}. Hãy ghi lại.",
        "The last day {to_on} is before the first day {from_on}. Enter them again.",
    ),
    "not-on-council": (
        "{seat} không phải thành viên được mời của phiên họp {meeting}. Hãy xem danh sách "
        "Hội đồng ngày họp.",
        "{seat} is no member of the meeting {meeting}. Look at the council's roll of that day.",
    ),
    "not-chair-or-deputy": (
        "{actor} không phải chủ tịch hay phó chủ tịch Hội đồng ngày {on}, không chủ trì được.",
        "{actor} is neither chair nor deputy of the council on {on} and cannot preside.",
    ),
    "authority-missing": (
        "{actor} là phó chủ tịch: chỉ chủ trì khi có ủy quyền bằng văn bản. Hãy ghi số, ngày của "
        "văn bản ủy quyền (--paper-number, --paper-date, --signer).",
        "{actor} is a deputy, who presides only by written authority. Give its paper "
        "(--paper-number, --paper-date, --signer).",
    ),
    "meeting-status": (
        "Phiên họp {meeting} {status}, không làm việc này được nữa.",
        "The meeting {meeting} is {status}, so this cannot be done.",
    ),
    "meeting-too-early": (
        "Phiên họp {meeting} họp ngày {on}. Chưa khai mạc hay điểm danh trước ngày đó được.",
        "The meeting {meeting} is on {on}. It cannot begin or be attended before that day.",
    ),
    "meeting-without-attendance": (
        "Phiên họp {meeting} chưa điểm danh. Hãy ghi điểm danh trước (meetings attend).",
        "Nobody has kept the attendance of the meeting {meeting}. Enter it first (meetings "
        "attend).",
    ),
    "meeting-without-chair": (
        "Phiên họp {meeting} chưa ghi người chủ trì. Hãy ghi trước (meetings preside).",
        "Nobody is recorded as presiding at the meeting {meeting}. Enter it first (meetings "
        "preside).",
    ),
    "meeting-ballots-open": (
        "Phiên họp {meeting} còn {count} hồ sơ chưa xong bỏ phiếu: {dossiers}. Hãy kiểm phiếu "
        "hoặc chuyển sang phiên khác trước khi bế mạc.",
        "{count} dossiers of the meeting {meeting} are still being voted on: {dossiers}. Count "
        "them or put them off before it is concluded.",
    ),
    "case-not-shown": (
        "Quy trình không đưa hồ sơ ở trạng thái “{state}” ra cho Hội đồng biết. Hãy khai "
        "`also_shows` trong cuộc bỏ phiếu nếu muốn.",
        "The procedure does not show the council dossiers in the state “{state}”. `also_shows` of "
        "its ballot would.",
    ),
    "case-elsewhere": (
        "Hồ sơ {dossier} không có cuộc bỏ phiếu đang mở ở phiên họp {meeting}.",
        "The dossier {dossier} has no running ballot at the meeting {meeting}.",
    ),
    "rule-quorum": (
        "Cuộc bỏ phiếu có hiệu lực khi ít nhất {share} tổng số thành viên được bỏ phiếu tham gia "
        "({counts}).",
        "The ballot counts when at least {share} of the members entitled take part ({counts}).",
    ),
    "rule-more": (
        "Thông qua khi số phiếu đồng ý nhiều hơn {share} {base}.",
        "Passed when more than {share} of {base} are for.",
    ),
    "rule-least": (
        "Thông qua khi số phiếu đồng ý ít nhất bằng {share} {base}.",
        "Passed when at least {share} of {base} are for.",
    ),
    "rule-abstained": (
        "Phiếu không có ý kiến không tính vào số đó.",
        "Abstentions are left out of that number.",
    ),
    "rule-tie-fails": ("Ngang phiếu là không thông qua.", "A tie fails."),
    "rule-tie-revote": ("Ngang phiếu thì bỏ phiếu lại.", "A tie is voted on again."),
    "rule-tie-chair": (
        "Ngang phiếu thì theo phía có ý kiến của người chủ trì.",
        "A tie goes by the side of who presides.",
    ),
    "rule-rounds-fails": (
        "Một phiên họp bỏ phiếu nhiều nhất {at_most} lần, sau đó là không thông qua.",
        "One meeting votes at most {at_most} times, after that it fails.",
    ),
    "rule-rounds-next_meeting": (
        "Một phiên họp bỏ phiếu nhiều nhất {at_most} lần, sau đó chuyển sang phiên khác.",
        "One meeting votes at most {at_most} times, after that another meeting takes it.",
    ),
    "rule-written-until": (
        "Phiếu bằng văn bản nhận đến hết thời hạn; trước đó không có kết quả.",
        "Written votes are taken until the due; there is no result before.",
    ),
    "count-passed": (
        "thông qua ({votes_for}/{base}, cần {needed})",
        "passed ({votes_for} of {base}, {needed} needed)",
    ),
    "count-failed": (
        "không thông qua ({votes_for}/{base}, cần {needed})",
        "not passed ({votes_for} of {base}, {needed} needed)",
    ),
    "count-counted": (
        "đủ phiếu ({votes_for}/{base}, cần {needed}), chờ xếp thứ tự trong nhóm",
        "enough votes ({votes_for} of {base}, {needed} needed), to be ranked in its group",
    ),
    "count-no_quorum": ("không đủ thành viên tham gia", "no quorum"),
    "count-tie": (
        "ngang phiếu ({votes_for} – {votes_against})",
        "a tie ({votes_for} to {votes_against})",
    ),
    "count-fails": ("theo quy chế là không thông qua", "which fails by the rule"),
    "count-ranked-passed": (
        "thông qua, được chọn trong nhóm ({votes_for}/{base})",
        "passed, chosen in its group ({votes_for} of {base})",
    ),
    "count-ranked-failed": (
        "đủ phiếu nhưng không được chọn trong nhóm ({votes_for}/{base})",
        "enough votes, not chosen in its group ({votes_for} of {base})",
    ),
    "next-new-ballot": ("đã mở cuộc bỏ phiếu mới", "a new ballot is open"),
    "next-chair": ("chờ người chủ trì quyết định", "who presides has to decide"),
    "next-meeting": ("chờ đưa vào phiên họp khác", "waits for another meeting"),
    "next-rank": ("chờ các hồ sơ cùng nhóm", "waits for the others of its group"),
}
