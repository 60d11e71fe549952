"""The manual of what is done to dossiers, rounds, votes and decisions."""

from thidua.cli.language import Words

_SEVERAL = (
    " Chọn hồ sơ bằng mã, --from-file hoặc --state…; từ hai hồ sơ trở lên thì xem trước sẽ làm gì,"
    " chưa được vì sao, rồi mới làm (--yes để làm ngay).",
    " Choose dossiers by id, --from-file or --state…; with more than one, what will be done and"
    " what will not, and why, is shown first (--yes does it at once).",
)


def _bulk(vi: str, en: str) -> Words:
    return vi + _SEVERAL[0], en + _SEVERAL[1]


ACTING: dict[str, Words] = {
    "inbox": (
        "Việc đang chờ bạn và cách làm. Với --as, --seat, --unit: việc đang chờ người khác, một đầu"
        " mối, một đơn vị. Việc gấp nhất đứng đầu; --ics ghi các hạn thành lịch.",
        "What waits for you, and how it is done. With --as, --seat, --unit: what waits for somebody"
        " else, a seat, a unit. The most urgent comes first; --ics writes the dues as a calendar.",
    ),
    "late": (
        "Việc quá hạn theo bước và đợt: ở chỗ ai, quá mấy ngày làm việc, đã nhắc mấy lần, đã gia"
        " hạn chưa. --within N: cả những việc đến hạn trong N ngày làm việc.",
        "What is late, by state and round: on whose desk, by how many working days, how often"
        " reminded, whether extended. --within N adds what is due within N working days.",
    ),
    "desks": (
        "Việc đang nằm trên bàn ai: bao nhiêu, lâu nhất, mấy ngày làm việc; việc tạm dừng tính"
        " riêng.",
        "On whose desk everything lies: how much, the oldest, for how many working days; what is"
        " paused is told apart.",
    ),
    "timeliness": (
        "Tỷ lệ đúng hạn của một khoảng thời gian theo bước, vai trò, đơn vị, người xử lý, kèm trung"
        " vị và trường hợp lâu nhất; --plot vẽ biểu đồ.",
        "The share done in time in a period, by state, role, unit or officer, with the median and"
        " the worst; --plot draws a chart.",
    ),
    "submissions": (
        "Tờ trình: văn bản mang hồ sơ đến.",
        "Submissions: papers that bring dossiers.",
    ),
    "submissions import": (
        "Nhập tờ trình từ tệp CSV. Các cột: id, number, symbol, signed_on, signer, capacity,"
        " incoming, postmark_on, sender, received_on, campaign; cột mang tên loại văn bản ghi"
        " đường dẫn tệp đính kèm. Có một dòng sai thì không nhập dòng nào.",
        "Enter submissions from a CSV file. Columns: id, number, symbol, signed_on, signer,"
        " capacity, incoming, postmark_on, sender, received_on, campaign; a column named like a"
        " kind of document holds the path of a file. One wrong row and nothing is entered.",
    ),
    "submissions list": ("Các tờ trình đã nhận.", "The submissions received."),
    "submissions show": ("Một tờ trình và các hồ sơ kèm theo.", "A submission and its dossiers."),
    "submissions attach": (
        "Đính kèm văn bản vào tờ trình, có giá trị cho mọi hồ sơ kèm theo.",
        "Attach a document to a submission; it counts for each of its dossiers.",
    ),
    "submissions include": _bulk(
        "Đưa hồ sơ chưa tiếp nhận vào tờ trình: `include HỒ_SƠ… TỜ_TRÌNH`. Hồ sơ đang ở tờ trình"
        " khác thì cần căn cứ (--paper-…).",
        "Put dossiers that are not accepted yet under a submission: `include DOSSIER… SUBMISSION`."
        " One that is under another needs a paper (--paper-…).",
    ),
    "submissions exclude": _bulk(
        "Đưa hồ sơ chưa tiếp nhận ra khỏi tờ trình. Cần căn cứ (--paper-…).",
        "Take dossiers that are not accepted yet out of their submission. Needs a paper"
        " (--paper-…).",
    ),
    "dossiers": ("Hồ sơ đề nghị.", "Nomination dossiers."),
    "dossiers import": (
        "Nhập hồ sơ từ tệp CSV, mỗi dòng một trường hợp. Các cột: id, award, kind, name, unit,"
        " candidate_unit, person, campaign và các trường của quy trình; cột mang tên loại văn bản"
        " ghi đường dẫn tệp đính kèm. Có một dòng sai thì không nhập dòng nào.",
        "Enter dossiers from a CSV file, one candidate a row. Columns: id, award, kind, name,"
        " unit, candidate_unit, person, campaign and the procedure's fields; a column named like a"
        " kind of document holds the path of a file. One wrong row and nothing is entered.",
    ),
    "dossiers list": (
        "Danh sách hồ sơ, xếp theo tên. Lọc bằng --state, --campaign, --unit…; --count chỉ đếm"
        " theo trạng thái.",
        "Dossiers by name. Narrow with --state, --campaign, --unit…; --count counts by state.",
    ),
    "dossiers show": (
        "Một hồ sơ: đang ở đâu, chờ ai, ý kiến, phiếu, văn bản, và bạn làm được gì.",
        "A dossier: where it stands, whom it waits for, opinions, votes, papers, what you may do.",
    ),
    "dossiers draw": (
        "Sơ đồ đường đi của một hồ sơ: đã qua đâu, ngày nào, đang ở đâu, có thể đi đâu.",
        "A picture of a dossier's way: where it was and when, where it stands, what is possible.",
    ),
    "dossiers history": (
        "Nhật ký của hồ sơ: việc gì, khi nào, ai quyết định, ai nhập, căn cứ nào.",
        "The journal of a dossier: what, when, who decided, who entered it, on what paper.",
    ),
    "dossiers document": (
        "Lấy tệp một tài liệu của hồ sơ: mã hồ sơ, mã loại văn bản (cột Mã của `dossiers show`),"
        " --to TỆP. Dành cho người xử lý hồ sơ, nơi được hỏi và bên đề nghị.",
        "Take a document's file out: the dossier, the kind's code (as in `dossiers show`), --to"
        " FILE. For who handles the dossier, who is asked about it, and the side that proposes.",
    ),
    "dossiers evidence": (
        "Lập hồ sơ chứng cứ cho việc khiếu nại, thanh tra: diễn biến, tài liệu, quy trình, nhật ký"
        " và chương trình kiểm tra, trong một thư mục mới. Chỉ người được xem toàn bộ hồ sơ.",
        "Put together the evidence for a complaint or an inspection: the story, documents, rules,"
        " journal and its verifier, in a new folder. Only for who may see all of the dossier.",
    ),
    "dossiers act": _bulk(
        "Thực hiện một bước của quy trình: `act HỒ_SƠ… BƯỚC`.",
        "Take a step of the procedure: `act DOSSIER… TRIGGER`.",
    ),
    "dossiers attach": _bulk(
        "Đính kèm văn bản vào hồ sơ: mã hồ sơ, rồi loại văn bản và tệp.",
        "Attach a document to dossiers: first their ids, then its kind and file.",
    ),
    "dossiers assign": _bulk(
        "Giao việc đang chờ của hồ sơ cho một người, hoặc trả về (--nobody).",
        "Put the waiting task of a dossier on somebody's desk, or back (--nobody).",
    ),
    "dossiers return": _bulk(
        "Đề nghị bổ sung thông tin hoặc văn bản; thời hạn dừng lại. Cần --note.",
        "Ask for a supplement of fields or papers; the clock stops. Needs --note.",
    ),
    "dossiers supplement": _bulk(
        "Nộp bổ sung: mã hồ sơ, rồi trường=giá trị. Thời hạn lại chạy tiếp, trừ khi"
        " ghi --more-to-come.",
        "Give what was asked: first ids, then field=value. The clock runs on, unless"
        " --more-to-come.",
    ),
    "dossiers hold": _bulk(
        "Tạm dừng xét (kỷ luật, thanh tra, khiếu nại). Cần --note.",
        "Put on hold (discipline, inspection, complaint). Needs --note.",
    ),
    "dossiers release": _bulk("Xét tiếp hồ sơ đã tạm dừng.", "End a hold."),
    "dossiers withdraw": _bulk("Rút đề nghị.", "Withdraw the nomination."),
    "dossiers recall": _bulk("Thu hồi bước vừa chuyển.", "Undo the last step as a new fact."),
    "dossiers correct": _bulk(
        "Đính chính thông tin đã nhập sai: mã hồ sơ, rồi trường=giá trị, --name… Giá trị cũ vẫn"
        " còn trong nhật ký. Cần --note.",
        "Put right what was entered wrongly: ids, then field=value, --name… The old value stays in"
        " the journal. Needs --note.",
    ),
    "dossiers extend": _bulk(
        "Gia hạn đến hết ngày UNTIL. WHAT là tên một đợt (mọi nơi chưa trả lời, hoặc --seat một"
        " nơi; đợt đã hết hạn thì được mở lại), tên một thời hạn chung, hoặc “state”: thời hạn của"
        " trạng thái hiện tại. Cần --note; có thể cần căn cứ.",
        "Give time until the end of the day UNTIL. WHAT is a round's name (all who have not"
        " answered, or one --seat; a round whose time is up is opened again), a span's name, or"
        " “state”: the due of the present state. Needs --note, and a paper where one is asked for.",
    ),
    "dossiers waive": _bulk(
        "Miễn một điều kiện, phải khắc phục đến hết ngày UNTIL. Cho thêm thời gian bằng cách miễn"
        " lại với ngày muộn hơn. Phải có căn cứ (--paper-…).",
        "Set a condition aside, to be made good by UNTIL; again with a later day to give more time."
        " Needs a paper (--paper-…).",
    ),
    "dossiers redeem": _bulk(
        "Ghi nhận nội dung được miễn đã khắc phục bằng cách khác. Cần căn cứ (--paper-…). Khi hồ sơ"
        " đạt điều kiện, hệ thống tự ghi nhận.",
        "Note that what was waived has been made good by other means. Needs a paper (--paper-…)."
        " When the condition comes true, that is noted by itself.",
    ),
    "dossiers classify": (
        "Ghi độ mật của một hồ sơ, tờ trình, đợt xét hoặc đợt lấy ý kiến; none là giải mật. Thư và"
        " lịch về việc đó chỉ ghi số hồ sơ. Cần --paper-….",
        "Give a dossier, submission, campaign or round a level of secrecy; none takes it away."
        " Mails and calendars about it hold a number alone. Needs a paper (--paper-…).",
    ),
    "dossiers redact": (
        "Xóa dữ liệu cá nhân của một hồ sơ theo căn cứ pháp lý. Nhật ký giữ nguyên giá trị chứng"
        " minh: vẫn kiểm tra được, chỉ không còn đọc được giá trị đã xóa. Trong thời hạn lưu trữ,"
        " yêu cầu không đủ căn cứ bị từ chối và việc từ chối được ghi lại. Cần --paper-….",
        "Erase personal values of a dossier on a legal ground. The journal keeps its proof: it"
        " still verifies, without the values. Within the archive period a ground that does not"
        " hold there is refused, and the refusal is recorded. Needs a paper (--paper-…).",
    ),
    "dossiers recuse": _bulk(
        "Từ chối tham gia ý kiến, bỏ phiếu về hồ sơ.", "Step back from a dossier."
    ),
    "dossiers revoke": _bulk(
        "Hủy bỏ việc khen thưởng theo một quyết định.", "Undo an award by a decision."
    ),
    "dossiers reply": _bulk(
        "Giải trình ý kiến không đồng ý của một nơi; nội dung ở --note.",
        "Answer a disagreement of a seat; the answer is the --note.",
    ),
    "rounds": (
        "Đợt lấy ý kiến, niêm yết, bỏ phiếu. Gọi một đợt bằng tên, hoặc TÊN@ĐỢT nếu trùng.",
        "Rounds: consultations, postings, ballots. Name one by its name, or NAME@CAMPAIGN.",
    ),
    "rounds list": ("Các đợt đã mở.", "The rounds opened so far."),
    "rounds open": (
        "Mở một đợt: thực hiện bước dẫn đến trạng thái mở đợt đó cho mọi hồ sơ chọn được. Câu hỏi"
        " riêng từng nơi: --requests TỆP (seat, question, files, dossier), gửi cùng lúc.",
        "Open a round: take the step into the state that opens it, for all dossiers chosen. A"
        " question of their own for some seats: --requests FILE (seat, question, files, dossier),"
        " put along with it.",
    ),
    "rounds status": (
        "Ai đã trả lời đúng hạn, quá hạn, ai chưa, còn bao nhiêu ngày làm việc.",
        "Who has answered in time, late, who has not, and how many working days are left.",
    ),
    "rounds answer": (
        "Một nơi trả lời một lần cho cả danh sách: `answer ĐỢT Ý_KIẾN`, trừ những hồ sơ nêu ở"
        " --except HỒ_SƠ=ý kiến:lý do.",
        "One answer of a seat for its whole list: `answer ROUND OPINION`, except the dossiers"
        " named by --except DOSSIER=opinion:reasons.",
    ),
    "rounds extend": (
        "Gia hạn cả một đợt đến hết ngày UNTIL, cho mọi nơi chưa trả lời hoặc --seat một nơi, trước"
        " hoặc sau khi hết hạn. Xem trước từng hồ sơ (--yes để làm ngay). Cần --note.",
        "Give a whole round time until the end of the day UNTIL, all who have not answered or one"
        " --seat, before or after its due. Shown for each dossier first (--yes does it at once)."
        " Needs --note.",
    ),
    "rounds promise": (
        "Ghi ngày một nơi hẹn trả lời: `promise ĐỢT NƠI NGÀY`. Đến hết ngày đó không nhắc nơi này"
        " nữa; lời hẹn không phải là trả lời và không lùi thời hạn.",
        "Note for which day a seat promises its answer: `promise ROUND SEAT DATE`. Until then it is"
        " not reminded; a promise is no answer and moves no due.",
    ),
    "rounds letter": (
        "Dự thảo công văn đôn đốc gửi mọi nơi chưa trả lời, với số hồ sơ và thời hạn của từng nơi."
        " Không có --into thì in ra màn hình.",
        "Draft the official letter to all that have not answered, with how many dossiers and the"
        " due of each. Printed without --into. Official letters are in Vietnamese.",
    ),
    "votes": ("Phiếu của Hội đồng.", "Votes of the council."),
    "votes cast": _bulk(
        "Bỏ phiếu: `cast ĐỢT LỰA_CHỌN HỒ_SƠ…` (for, against, abstain). Ghi “-” thay lựa chọn thì"
        " hỏi riêng, không hiện lên màn hình: nên dùng khi bỏ phiếu kín.",
        "Vote: `cast ROUND CHOICE DOSSIER…` (for, against, abstain). With “-” as the choice it is"
        " asked for and not shown: better for a secret ballot.",
    ),
    "votes count": (
        "Nhập kết quả kiểm phiếu giấy từ tệp CSV. Các cột: dossier, present, written, issued,"
        " returned, valid, invalid, for, against, abstained, entitled. Số liệu phải khớp, sai một"
        " dòng thì không nhập dòng nào.",
        "Enter the tellers' paper count from a CSV file. Columns: dossier, present, written,"
        " issued, returned, valid, invalid, for, against, abstained, entitled. It must add up; one"
        " wrong row and nothing is entered.",
    ),
    "votes close": (
        "Kết thúc bỏ phiếu và tính kết quả; đủ nhóm thì xếp thứ tự.",
        "End a ballot and judge it; complete groups are ranked.",
    ),
    "votes break": (
        "Người chủ trì quyết định khi ngang phiếu: `break ĐỢT for|against HỒ_SƠ`.",
        "Who presides decides a tie: `break ROUND for|against DOSSIER`.",
    ),
    "votes show": (
        "Kết quả bỏ phiếu và quy tắc bằng lời; ai bỏ phiếu thế nào chỉ hiện sau khi kết thúc, với"
        " vai trò được xem.",
        "What a ballot came to and its rule in words; who voted how is shown after the close, to"
        " roles that may see it.",
    ),
    "meetings": ("Phiên họp Hội đồng.", "Meetings of the council."),
    "meetings add": ("Triệu tập phiên họp.", "Call a meeting."),
    "meetings move": (
        "Đổi ngày họp. Các thời hạn tính lùi từ ngày họp đổi theo; --dry-run cho xem trước hạn cũ,"
        " hạn mới. Ngày quá gấp so với thời gian phải gửi trước thì không đổi được.",
        "Put a meeting on another day. The dues that count back from it move with it; --dry-run"
        " shows old and new before. A day that leaves too little time before it is refused.",
    ),
    "meetings show": (
        "Một phiên họp: ai chủ trì, ai có mặt, các hồ sơ, thay đổi chương trình, văn bản.",
        "One meeting: who presides, who is there, its dossiers, what changed, its documents.",
    ),
    "meetings preside": (
        "Ghi người chủ trì: chủ tịch, hoặc phó chủ tịch kèm văn bản ủy quyền.",
        "Record who presides: the chair, or a deputy with the paper that gives authority.",
    ),
    "meetings attend": (
        "Điểm danh: `attend PHIÊN user:m1=present 'user:m2=excused:đi công tác'`, --all present cho"
        " những người còn lại, hoặc --file TỆP.csv. Cách ghi: present, excused, absent, written.",
        "Record who is there: `attend MEETING user:m1=present 'user:m2=excused:on duty'`, --all"
        " present for the others, or --file FILE.csv. Words: present, excused, absent, written.",
    ),
    "meetings begin": (
        "Khai mạc khi đủ thành viên và đã ghi người chủ trì.",
        "Begin a meeting that has its quorum and somebody who presides.",
    ),
    "meetings bring": (
        "Bổ sung một hồ sơ tại phiên họp, kèm lý do (--note).",
        "Add a dossier in the room, with the reason (--note).",
    ),
    "meetings defer": (
        "Chuyển một hồ sơ sang phiên khác (--to), hoặc rút khỏi chương trình; kèm lý do (--note)."
        " Phiếu đã bỏ không tính, phiên sau bỏ phiếu lại.",
        "Put a dossier off to another meeting (--to), or take it off the agenda, with the reason"
        " (--note). Votes cast do not count; it is voted on anew.",
    ),
    "meetings note": (
        "Ghi ý kiến Hội đồng về hồ sơ chỉ trình để biết, không bỏ phiếu (--note).",
        "Record what the council said of a dossier it is shown without a vote (--note).",
    ),
    "meetings attach": (
        "Đính kèm văn bản của phiên họp: biên bản, bản quét biên bản kiểm phiếu.",
        "Attach a document of a meeting: its minutes, the scanned minutes of a count.",
    ),
    "meetings conclude": (
        "Bế mạc; không còn hồ sơ nào đang bỏ phiếu.",
        "End a meeting, when none of its ballots runs.",
    ),
    "meetings list": ("Các phiên họp.", "The meetings."),
    "decisions": ("Quyết định khen thưởng.", "Decisions."),
    "decisions draft": (
        "Dự thảo quyết định cho các hồ sơ chọn được; mỗi dòng ghi bước sẽ thực hiện.",
        "Draw up a decision for the dossiers chosen; each line says which step it brings.",
    ),
    "decisions again": (
        "Ghi nhận người ký đã xem lại các trường hợp có thay đổi sau khi dự thảo quyết định.",
        "Record that the signer looked again at lines whose dossiers changed after the draft.",
    ),
    "decisions strike": (
        "Đưa các trường hợp chưa thực hiện ra khỏi quyết định, có nêu lý do (--note).",
        "Take lines that are not applied out of a decision, for a reason (--note).",
    ),
    "decisions number": (
        "Vào sổ quyết định đã ký: --paper-number, --paper-date, --signer…",
        "Enter a signed decision: --paper-number, --paper-date, --signer…",
    ),
    "decisions apply": (
        "Thực hiện quyết định, từng dòng một; bị ngắt thì chạy lại để làm tiếp.",
        "Carry a decision out line by line; run it again to go on after an interruption.",
    ),
    "decisions show": ("Một quyết định và danh sách kèm theo.", "A decision and its lines."),
    "decisions list": ("Các quyết định.", "The decisions."),
}
