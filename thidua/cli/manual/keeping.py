"""The manual of procedures, mail, the clock, the database and its checks."""

from thidua.cli.language import Words

_REGISTER: Words = (
    "Xóa tên gọi (title), lời ghi và căn cứ (notes), văn bản kèm theo (documents), tên người ký"
    " (signers) của một sổ theo mã; nhật ký vẫn chứng minh được. Cần căn cứ (--paper-…).",
    "Erase the title, notes and grounds, documents or signers of a register by its id; the journal"
    " still holds. Needs a paper (--paper-…).",
)

KEEPING: dict[str, Words] = {
    "": (
        "Công cụ xét khen thưởng: hồ sơ, lấy ý kiến, bỏ phiếu, quyết định, thời hạn.",
        "Award approval: dossiers, consultations, votes, decisions and their dues.",
    ),
    "demo": ("Chạy minh họa một mùa xét chọn năm 2018.", "Play an award season of 2018."),
    "retention": ("Thời hạn lưu trữ hồ sơ.", "How long dossiers are kept."),
    "retention list": (
        "Loại lưu trữ, căn cứ xóa dữ liệu, và hồ sơ đã hết thời hạn lưu trữ.",
        "Retention classes, grounds for erasing, and dossiers past their period.",
    ),
    "retention confirm": (
        "Xác nhận thời hạn của một loại theo văn bản nào (--paper-…). Chưa xác nhận thì chỉ"
        " xóa theo căn cứ có hiệu lực cả trong thời hạn.",
        "Confirm the period of a class, on which paper (--paper-…). Before, only"
        " grounds that hold within the period erase.",
    ),
    "retention erase": (
        "Xóa dữ liệu cá nhân của hồ sơ đã hết thời hạn lưu trữ, xem trước rồi mới làm. Chạy lại thì"
        " làm tiếp từ chỗ dừng. Cần --paper-….",
        "Erase the personal values of dossiers past their period, shown first. Run again, it goes"
        " on where it stopped. Needs a paper (--paper-…).",
    ),
    "submissions redact": _REGISTER,
    "council redact": _REGISTER,
    "meetings redact": _REGISTER,
    "decisions redact": _REGISTER,
    "substitutes redact": _REGISTER,
    "directory redact": _REGISTER,
    "db erasures": (
        "Các lần xóa dữ liệu cá nhân mà nhật ký ghi: hồ sơ, phần, căn cứ; không kèm nội dung đã"
        " xóa. Với --to, ghi thêm vào danh sách giữ ngoài cơ sở dữ liệu.",
        "The erasures that the journal tells of: dossier, parts, ground; nothing that was erased."
        " With --to they are added to a list kept outside the database.",
    ),
    "db erase-again": (
        "Xóa lại những gì bản sao lưu vừa khôi phục đưa trở lại, theo danh sách (không ghi FILE thì"
        " lấy trong thư mục khóa) và văn bản khi đó. Cho xem trước rồi mới xóa.",
        "Erase again what a restored backup brought back, by the list (else that in the folder of"
        " keys) and on the papers of then. Shown first.",
    ),
    "db scrub": (
        "Viết lại tệp cơ sở dữ liệu để dữ liệu đã xóa không còn trong tệp. Chạy khi không ai dùng.",
        "Write the database's files anew, so that nothing erased is left in them. Run it while"
        " nobody works.",
    ),
    "db sweep-files": (
        "Xóa khỏi thư mục tệp những tệp không thuộc tài liệu nào, để lại từ thao tác bị hủy hoặc bị"
        " từ chối, sau một ngày. Cho xem trước rồi mới xóa.",
        "Remove from the folder of files what belongs to no document, left by acts that were undone"
        " or refused, after a day. Shown first.",
    ),
    "procedures": ("Quy trình, mỗi quy trình là một tệp YAML.", "Procedures, one YAML file each."),
    "procedures list": (
        "Quy trình đã lưu, và quy trình kèm theo chương trình.",
        "Procedures stored, and those that come with the program.",
    ),
    "procedures check": (
        "Kiểm tra tệp quy trình: mọi lỗi, có dòng và cột, và giá trị chưa được xác nhận. Với"
        " --people, cả việc có người giữ từng vai trò hay không.",
        "Check a procedure file: every mistake with line and column, and what nobody confirmed."
        " With --people, whether somebody holds each role.",
    ),
    "procedures schema": (
        "In lược đồ JSON của tệp quy trình, để trình soạn thảo gợi ý và báo lỗi khi viết. Với"
        " --overlay: của tệp phủ.",
        "Print the JSON Schema of procedure files, by which editors complete and underline. With"
        " --overlay that of overlays.",
    ),
    "procedures store": (
        "Kiểm tra và lưu quy trình để dùng. FILE là tệp quy trình, tệp phủ, hoặc tên quy trình kèm"
        " theo chương trình.",
        "Check a procedure and store it for use. FILE may be an overlay, or the name of one that"
        " ships.",
    ),
    "procedures confirm": (
        "Xác nhận một căn cứ giả định của quy trình, theo văn bản nào (--paper-…).",
        "Confirm an assumed ground of a procedure, on which paper (--paper-…).",
    ),
    "procedures diff": (
        "Nêu bằng lời những gì thay đổi từ quy trình này sang quy trình kia. Mỗi bên là tệp, tên"
        " quy trình kèm theo, TÊN@BẢN đã lưu, hoặc tệp phủ.",
        "Say in words what changed from one procedure to another: each a file, the name of one"
        " that ships, a stored NAME@VERSION, or an overlay.",
    ),
    "procedures rebase": (
        "Chuyển một tệp phủ sang bản mới của quy trình gốc. Chỗ nào cả hai cùng sửa thì dừng lại"
        " hỏi; chỉ ghi tệp khi mọi câu đã có trả lời trong tệp. Không có --to thì chỉ ghi"
        " vào tệp phủ những gì quy trình gốc quy định ở các chỗ đó.",
        "Move an overlay to a newer version of its base. Where both changed the same it stops and"
        " asks; the file is written once it answers everything. Without --to it only writes"
        " into the overlay what the base says there.",
    ),
    "procedures migrate": (
        "Chuyển hồ sơ đang xử lý từ một bản sang bản khác của cùng quy trình, cần văn bản làm căn"
        " cứ. --dry-run cho xem từng hồ sơ: trạng thái mới, thời hạn thay đổi, đợt đang chạy và"
        " vì sao chưa chuyển được.",
        "Bring open dossiers over from one version of a procedure to another; needs a paper."
        " --dry-run shows each of them: its new state, dues that change, rounds that run, and why"
        " some cannot move yet.",
    ),
    "procedures simulate": (
        "Chạy thử quy trình bằng hàng nghìn hồ sơ giả trên đồng hồ ảo: mất bao lâu, quá hạn ở đâu,"
        " mỗi người nhận bao nhiêu thư, hồ sơ đọng ở đâu. Cách người ta làm việc là giả định, ghi"
        " trong tệp hành vi.",
        "Play thousands of synthetic dossiers through a procedure on a virtual clock: how long it"
        " takes, where it is overdue, how many mails each gets, where the queue stands. How people"
        " behave is assumed, in a behaviour file.",
    ),
    "procedures draw": (
        "Vẽ sơ đồ quy trình: Mermaid trên màn hình, hoặc hình SVG in được trên khổ A4.",
        "Draw a procedure: Mermaid on the screen, or an SVG that prints on A4.",
    ),
    "mails": ("Thư điện tử và danh sách chờ gửi.", "Mails, and what waits to be sent."),
    "mails list": ("Thư, mới nhất trước.", "Mails, newest first."),
    "mails show": (
        "Nội dung một thư. MAIL là mã thư, hoặc vài ký tự đầu hay cuối của mã. Thư có hồ sơ nay là"
        " mật: chỉ hiện số hồ sơ.",
        "What a mail says. MAIL is its id, or the first or last letters of it. Of one with a"
        " dossier that is classified now the numbers alone.",
    ),
    "mails send": (
        "Viết thư từ các thông báo đến hạn và gửi hết thư đang chờ, vào thư mục (THIDUA_MAILS) hoặc"
        " qua máy chủ (THIDUA_SMTP_HOST).",
        "Make mails of the notices that are due, and send all that wait: into a folder"
        " (THIDUA_MAILS) or through a server (THIDUA_SMTP_HOST).",
    ),
    "mails held": (
        "Thư đôn đốc đang giữ, chờ chuyên viên cho gửi.",
        "Reminders that are held until an officer lets them go.",
    ),
    "mails release": (
        "Cho gửi thư đôn đốc đang giữ. LINE là số thứ tự hoặc mã trong `mails held`; không ghi thì"
        " tất cả, sau khi hỏi lại.",
        "Let held reminders go. LINE is a number or code of `mails held`; without one all of them,"
        " after asking.",
    ),
    "mails drop": (
        "Bỏ thư đôn đốc đang giữ, không gửi.",
        "Drop held reminders: they are not sent.",
    ),
    "mails hold": (
        "Dừng gửi mọi thư, ví dụ khi khôi phục bản sao lưu.",
        "Let no mail go out, as when a backup is restored.",
    ),
    "mails resume": (
        "Gửi thư trở lại. Với --drop: bỏ những gì đang giữ. Bị từ chối khi bản khôi phục còn dữ"
        " liệu đã xóa (thidua db erase-again).",
        "Let mail go out again. With --drop, what was held is dropped. Refused while a restored"
        " database still has what was erased (thidua db erase-again).",
    ),
    "paper-list": (
        "Việc phải báo bằng điện thoại hoặc văn bản, để in ra: nơi không có địa chỉ thư, cuộc gọi"
        " và công văn đôn đốc. --done N: đã báo xong dòng N, ai nghe, nói gì, hẹn ngày nào.",
        "What must be told by phone or on paper, to be printed: seats without a mailbox, calls and"
        " letters that are due. --done N: line N was told, who answered, what was said, for which"
        " day an answer is promised.",
    ),
    "run": (
        "Chạy đồng hồ và gửi thư liên tục, cho đến khi nhấn Ctrl-C. --once: làm một lượt rồi thôi."
        " Giờ máy chủ bị nghi sai thì không làm gì, cho đến khi xác nhận bằng --accept-clock.",
        "Run the clock and send mails until Ctrl-C. --once does what is due and ends. While this"
        " machine's clock is doubted nothing is done, until --accept-clock says that it is right.",
    ),
    "journal": ("Nhật ký.", "The journal."),
    "journal verify": (
        "Kiểm tra nhật ký: từng byte, chuỗi, giá trị, và bảng có khớp với nhật ký không. Nhật ký"
        " lớn được chia cho nhiều tiến trình, mỗi lõi một; --workers 1 thì không. --bytes: chỉ xem"
        " bản thân nhật ký, nhanh gấp đôi, hợp cho mỗi đêm.",
        "Verify the journal: bytes, chains, values, and the tables against a replay. A large one"
        " is shared by processes, one a core; not with --workers 1. --bytes: the journal by itself,"
        " twice as fast, for every night.",
    ),
    "journal checkpoint": (
        "Lập điểm kiểm tra của toàn bộ nhật ký và in ra, để giữ ở nơi khác: trên giấy, trong thư.",
        "Make a checkpoint of the whole journal and print it, to be kept elsewhere: paper, mail.",
    ),
    "journal key": (
        "In khóa công khai để kiểm tra chữ ký của điểm kiểm tra. --new: lập khóa ký mới.",
        "Print the public key that proves checkpoints' signatures. --new makes a signing key.",
    ),
    "journal signatures": (
        "Kiểm tra chữ ký của mọi điểm kiểm tra: trong cơ sở dữ liệu, hoặc trong tệp, thư, tệp xuất,"
        " thư mục chứng cứ. Với tệp thì không cần cơ sở dữ liệu. Kết thúc với mã 0 khi mọi chữ ký"
        " đúng và điểm kiểm tra mới nhất có chữ ký.",
        "Check the signatures of checkpoints: of the database, or of a file, a mail, an export, an"
        " evidence folder, for which no database is needed. Ends with 0 when all are good and the"
        " newest checkpoint is signed.",
    ),
    "journal export": (
        "Xuất nhật ký cho người khác kiểm tra bằng thidua_verify.py, chỉ cần Python. --dossier ID:"
        " chỉ hồ sơ ấy và những gì nó dựa vào. --values: kèm tên và lời ghi.",
        "Export the journal for others to judge with thidua_verify.py, which needs nothing but"
        " Python. --dossier ID: that dossier and what it rests on. --values: names and notes too.",
    ),
    "doctor": (
        "Kiểm tra cài đặt: cơ sở dữ liệu, lịch, thư, đồng hồ; nói rõ cần làm gì.",
        "Look over the installation: database, calendar, mail, clock; says what to do.",
    ),
    "db": ("Cơ sở dữ liệu.", "The database."),
    "db init": (
        "Tạo các bảng. Với SQLite, tạo cả tệp.",
        "Make the tables; with SQLite, the file as well.",
    ),
    "db upgrade": ("Nâng các bảng lên phiên bản này.", "Bring the tables to this release."),
    "db sql": (
        "In câu lệnh SQL tạo hoặc nâng bảng, cho người có quyền chạy.",
        "Print the SQL of the tables, for whoever has the right to run it.",
    ),
    "db backup": (
        "Sao lưu toàn bộ dữ liệu và tài liệu vào một tệp, đúng như ở một thời điểm, trong khi mọi"
        " người vẫn làm việc. Không ghi đè lên tệp đã có; không có khóa trong đó.",
        "Back up all rows and documents into one file, as of one moment, while everybody works on."
        " Overwrites nothing; keys are not in it.",
    ),
    "db restore": (
        "Khôi phục một bản sao lưu vào cơ sở dữ liệu còn trống, có kiểm tra. Mọi thư bị giữ lại cho"
        " đến khi có người chạy `thidua mails resume`.",
        "Bring a backup back into an empty database, and verify it. All mail is held until somebody"
        " runs `thidua mails resume`.",
    ),
    "db status": ("Cơ sở dữ liệu ở phiên bản nào.", "Where the database stands."),
}
