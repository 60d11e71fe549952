"""The manual of procedures, mail, the clock, the database and its checks."""

from thidua.cli.language import Words

KEEPING: dict[str, Words] = {
    "": (
        "Công cụ xét khen thưởng: hồ sơ, lấy ý kiến, bỏ phiếu, quyết định, thời hạn.",
        "Award approval: dossiers, consultations, votes, decisions and their dues.",
    ),
    "demo": ("Chạy minh họa một mùa xét chọn năm 2018.", "Play an award season of 2018."),
    "procedures": ("Quy trình, mỗi quy trình là một tệp YAML.", "Procedures, one YAML file each."),
    "procedures list": (
        "Quy trình đã lưu, và quy trình kèm theo chương trình.",
        "Procedures stored, and those that come with the program.",
    ),
    "procedures check": (
        "Kiểm tra tệp quy trình: mọi lỗi, có dòng và cột, và giá trị chưa được xác nhận.",
        "Check a procedure file: every mistake with line and column, and what nobody confirmed.",
    ),
    "procedures store": (
        "Kiểm tra và lưu quy trình để dùng. FILE có thể là tên quy trình kèm theo chương trình.",
        "Check a procedure and store it for use. FILE may be the name of one that ships.",
    ),
    "procedures confirm": (
        "Xác nhận một căn cứ giả định của quy trình, theo văn bản nào (--paper-…).",
        "Confirm an assumed ground of a procedure, on which paper (--paper-…).",
    ),
    "procedures draw": (
        "Vẽ sơ đồ quy trình (Mermaid). Với --dossier: đường đi của một hồ sơ.",
        "Draw a procedure (Mermaid). With --dossier, the way of one dossier.",
    ),
    "mails": ("Thư điện tử và danh sách chờ gửi.", "Mails, and what waits to be sent."),
    "mails list": ("Thư, mới nhất trước.", "Mails, newest first."),
    "mails show": ("Nội dung một thư.", "What a mail says."),
    "mails send": (
        "Viết thư từ các thông báo đến hạn và gửi hết thư đang chờ.",
        "Make mails of the notices that are due, and send all that wait.",
    ),
    "mails held": (
        "Thư nhắc đang giữ, chờ chuyên viên cho gửi.",
        "Reminders that are held until an officer lets them go.",
    ),
    "mails release": ("Cho gửi các thư nhắc đang giữ.", "Let held reminders go."),
    "paper-list": (
        "Việc phải báo bằng điện thoại hoặc văn bản vì không có địa chỉ thư. --done N: đã báo"
        " xong dòng N.",
        "What must be told by phone or on paper, for want of a mailbox. --done N: line N is done.",
    ),
    "run": (
        "Chạy đồng hồ và gửi thư liên tục, cho đến khi nhấn Ctrl-C. --once: làm một lượt rồi thôi.",
        "Run the clock and send mails until Ctrl-C. --once does what is due and ends.",
    ),
    "journal": ("Nhật ký.", "The journal."),
    "journal verify": (
        "Kiểm tra nhật ký: từng byte, chuỗi, giá trị, và bảng có khớp với nhật ký không.",
        "Verify the journal: bytes, chains, values, and the tables against a replay.",
    ),
    "doctor": (
        "Kiểm tra cài đặt: cơ sở dữ liệu, lịch, thư, đồng hồ; nói rõ cần làm gì.",
        "Look over the installation: database, calendar, mail, clock; says what to do.",
    ),
    "calendar": ("Lịch làm việc.", "The working calendar."),
    "calendar show": (
        "Một tháng: ngày làm việc, ngày nghỉ và lý do. THÁNG ghi dạng 2018-09 hoặc 09/2018.",
        "A month: working days, days off and why. Write MONTH as 2018-09 or 09/2018.",
    ),
    "db": ("Cơ sở dữ liệu.", "The database."),
    "db init": (
        "Tạo các bảng. Với SQLite, tạo cả tệp.",
        "Make the tables; with SQLite, the file as well.",
    ),
    "db upgrade": ("Nâng các bảng lên bản này.", "Bring the tables to this release."),
    "db sql": (
        "In câu lệnh SQL tạo hoặc nâng bảng, cho người có quyền chạy.",
        "Print the SQL of the tables, for whoever has the right to run it.",
    ),
    "db status": ("Cơ sở dữ liệu ở bản nào.", "Where the database stands."),
}
