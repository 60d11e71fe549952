"""Sentences about connections, schema and operation."""

OPERATIONS: dict[str, tuple[str, str]] = {
    "busy": (
        "Cơ sở dữ liệu đang bận (câu lệnh {statement}: {words}). Hãy hoàn tác (rollback) rồi thực "
        "hiện lại toàn bộ giao dịch, ví dụ bằng thidua.retry.",
        "The database is busy (statement {statement}: {words}). Roll back and repeat the whole "
        "transaction, for example with thidua.retry.",
    ),
    "failed": (
        "Cơ sở dữ liệu không thực hiện được câu lệnh {statement}: {words}. Thao tác không để lại "
        "gì. Hãy chạy `thidua doctor` để kiểm tra.",
        "The database could not carry out the statement {statement}: {words}. The act left "
        "nothing behind. Run `thidua doctor` to look for the cause.",
    ),
    "broken": (
        "Dữ liệu đã lưu không khớp với chính nó: {detail}. Không ghi gì thêm. Hãy chạy `thidua "
        "journal verify`.",
        "What is stored does not agree with itself: {detail}. Nothing was written. Run `thidua "
        "journal verify`.",
    ),
    "invariant": (
        "Kết quả của thao tác trên hồ sơ {dossier} trái với quy tắc “{rule}” mà phần mềm luôn giữ, "
        "nên thao tác bị chặn, chưa ghi gì. Đây là lỗi của phần mềm: đừng làm lại, hãy chạy "
        "`thidua journal verify --dossier {dossier}` và báo cho người quản trị.",
        "What the act on {dossier} comes to breaks the rule “{rule}”, which always holds; the act "
        "was stopped and nothing was written. This is a fault of the program: do not try again, "
        "run `thidua journal verify --dossier {dossier}` and tell the administrator.",
    ),
    "misuse": (
        "Lời gọi không dùng được: {detail}. Hãy xem docs/embedding.md.",
        "The call cannot be served: {detail}. See docs/embedding.md.",
    ),
    "not-a-connection": (
        "{found} không phải là Connection hay Session của SQLAlchemy. Hãy truyền kết nối hoặc "
        "session đang dùng của ứng dụng, không phải Engine hay sessionmaker.",
        "{found} is no SQLAlchemy Connection or Session. Pass the one your application is using, "
        "not an Engine or a sessionmaker.",
    ),
    "asynchronous": (
        "{found} là kết nối bất đồng bộ. Hãy viết: await db.run_sync(lambda db: wf.act(db, …)).",
        "{found} is asynchronous. Write: await db.run_sync(lambda db: wf.act(db, …)).",
    ),
    "session-unbound": (
        "Session không gắn với một cơ sở dữ liệu nào cho bảng của thidua. Hãy truyền "
        "session.connection(bind_arguments=…) hoặc gắn Session với một Engine.",
        "The Session is bound to no database for thidua's tables. Pass "
        "session.connection(bind_arguments=…), or bind the Session to an Engine.",
    ),
    "autocommit": (
        "Kết nối đang ở chế độ AUTOCOMMIT: thao tác có thể chỉ được lưu một nửa. Hãy dùng kết nối "
        "có giao dịch, ví dụ engine.begin(). Chưa ghi gì.",
        "The connection is in AUTOCOMMIT: an act could be stored by half. Use one with a "
        "transaction, for example from engine.begin(). Nothing was written.",
    ),
    "savepoint-on-stock-sqlite": (
        "Không thực hiện được trong savepoint (begin_nested) trên kết nối SQLite mặc định: thao "
        "tác sẽ còn lại dù ứng dụng rollback. Hãy tạo Engine bằng thidua.sqlite_engine(url) hoặc "
        "gọi thidua.configure_sqlite(engine). Chưa ghi gì.",
        "Not inside a savepoint (begin_nested) of a stock SQLite engine: the act would outlive "
        "your rollback. Make the engine with thidua.sqlite_engine(url), or call "
        "thidua.configure_sqlite(engine). Nothing was written.",
    ),
    "schema-translated": (
        "Kết nối có schema_translate_map thay schema {schema} của thidua: thao tác sẽ bị ghi vào "
        "hai nơi. Hãy tạo Thidua(schema=…) cho từng schema và truyền kết nối không có tùy chọn "
        "này. Chưa ghi gì.",
        "The connection's schema_translate_map replaces thidua's schema {schema}: an act would go "
        "to two places. Make one Thidua(schema=…) for each schema and pass a connection without "
        "that option. Nothing was written.",
    ),
    "not-sqlite": (
        "{url} không phải là cơ sở dữ liệu SQLite. Hãy dùng địa chỉ dạng sqlite:///tệp.db, hoặc "
        "sqlalchemy.create_engine cho cơ sở dữ liệu khác.",
        "{url} is no SQLite database. Use an address like sqlite:///file.db, or "
        "sqlalchemy.create_engine for another database.",
    ),
    "skips-rollback": (
        "Engine được tạo với skip_autocommit_rollback=True: rollback sẽ không có tác dụng. Hãy bỏ "
        "tùy chọn này.",
        "The engine was made with skip_autocommit_rollback=True: a rollback would do nothing. "
        "Leave that option out.",
    ),
    "not-a-create": (
        "create cần lệnh Create, không phải {found}. Hãy dùng act cho các lệnh khác.",
        "create takes a Create command, not {found}. Use act for the others.",
    ),
    "not-a-command": (
        "{found} không phải là một thao tác. Hãy truyền một giá trị của thidua.workflow.command.",
        "{found} is not a command. Pass a value of thidua.workflow.command.",
    ),
    "word-unreadable": (
        "Không đọc được “{word}” trong dòng lệnh: chữ phải ở bảng mã UTF-8. Hãy gõ lại.",
        "“{word}” on the command line is not text in UTF-8. Type it again.",
    ),
    "schema-missing": (
        "Cơ sở dữ liệu chưa có bảng của thidua (tiền tố {prefix}, schema {schema}). Hãy chạy "
        "`thidua db init`, hoặc gọi Thidua.migrate(connection).",
        "The database has no thidua tables (prefix {prefix}, schema {schema}). Run `thidua db "
        "init`, or call Thidua.migrate(connection).",
    ),
    "schema-old": (
        "Bảng của thidua ở phiên bản {current}, bản cài đặt này cần {head}. Hãy sao lưu rồi chạy "
        "`thidua db upgrade`, hoặc gọi Thidua.migrate(connection).",
        "The thidua tables are at revision {current}, this release needs {head}. Make a backup, "
        "then run `thidua db upgrade` or call Thidua.migrate(connection).",
    ),
    "schema-new": (
        "Bảng của thidua ở phiên bản {current}, mới hơn bản cài đặt này ({head}). Hãy cài bản "
        "thidua mới hơn: `pip install --upgrade thidua`.",
        "The thidua tables are at revision {current}, later than this release knows ({head}). "
        "Install a later one: `pip install --upgrade thidua`.",
    ),
    "not-attached": (
        "Kết nối SQLite không có cơ sở dữ liệu đính kèm tên {schema}. Hãy chạy ATTACH DATABASE "
        "trên mỗi kết nối, hoặc chỉ dùng tiền tố (prefix).",
        "The SQLite connection has no attached database {schema}. Run ATTACH DATABASE on every "
        "connection, or use a prefix alone.",
    ),
    "sqlite-old": (
        "SQLite {found} có lỗi có thể làm hỏng tệp dữ liệu khi nhiều tiến trình cùng ghi ở chế độ "
        "WAL. Hãy dùng SQLite từ {needed} trở lên, hoặc chỉ chạy một tiến trình; hoặc PRAGMA "
        "journal_mode=DELETE cùng synchronous=EXTRA (chậm hơn).",
        "SQLite {found} can damage the file when several processes write in WAL mode. Use SQLite "
        "{needed} or later, or one process only; or PRAGMA journal_mode=DELETE with "
        "synchronous=EXTRA (slower).",
    ),
    "sqlite-loses-commits": (
        "PRAGMA synchronous là {synchronous}: mất điện sẽ làm mất các thao tác đã báo thành công. "
        "Hãy tạo Engine bằng thidua.sqlite_engine(url).",
        "PRAGMA synchronous is {synchronous}: a power cut loses acts that were acknowledged. Make "
        "the engine with thidua.sqlite_engine(url).",
    ),
    "sqlite-loses-the-last": (
        "journal_mode là {journal}: mất điện có thể làm mất thao tác cuối cùng. Hãy tạo Engine "
        "bằng thidua.sqlite_engine(url) (chế độ WAL).",
        "journal_mode is {journal}: a power cut may lose the last act. Make the engine with "
        "thidua.sqlite_engine(url) (WAL).",
    ),
    "sqlite-impatient": (
        "Kết nối chỉ chờ khóa {seconds} giây: khi nhiều người cùng ghi sẽ hay báo bận. Hãy tạo "
        "Engine bằng thidua.sqlite_engine(url) (chờ {needed} giây).",
        "The connection waits only {seconds} s for a lock: with several writers it is often busy. "
        "Make the engine with thidua.sqlite_engine(url) ({needed} s).",
    ),
    "sqlite-foreign-keys": (
        "PRAGMA foreign_keys đang tắt: bảng của thidua không cần, nhưng bảng của ứng dụng có thể "
        "cần. thidua.sqlite_engine(url) bật sẵn.",
        "PRAGMA foreign_keys is off: thidua's tables need none, the application's may. "
        "thidua.sqlite_engine(url) turns it on.",
    ),
    "sqlite-stock": (
        "Trình điều khiển SQLite tự mở giao dịch, và mở muộn: không dùng được savepoint quanh một "
        "thao tác. Hãy tạo Engine bằng thidua.sqlite_engine(url), hoặc gọi "
        "thidua.configure_sqlite(engine).",
        "SQLite's driver begins transactions by itself, and late: an act inside a savepoint is "
        "refused. Make the engine with thidua.sqlite_engine(url), or call "
        "thidua.configure_sqlite(engine).",
    ),
    "pg-loses-commits": (
        "PostgreSQL đặt {setting} = off: sự cố có thể làm mất thao tác đã báo thành công hoặc hỏng "
        "dữ liệu. Hãy đặt {setting} = on.",
        "PostgreSQL runs with {setting} = off: a crash may lose acknowledged acts or damage the "
        "data. Set {setting} = on.",
    ),
    "pg-encoding": (
        "Cơ sở dữ liệu dùng bảng mã {encoding}, không lưu được tiếng Việt. Hãy tạo cơ sở dữ liệu "
        "với ENCODING 'UTF8'.",
        "The database's encoding is {encoding}, which cannot hold Vietnamese. Make one with "
        "ENCODING 'UTF8'.",
    ),
    "pg-isolation": (
        "Mức cô lập là {level}: báo bận là bình thường khi nhiều người cùng thao tác. Hãy thực "
        "hiện mọi giao dịch qua thidua.retry, hoặc dùng READ COMMITTED.",
        "The isolation level is {level}: Busy is normal when several people act. Run every "
        "transaction through thidua.retry, or use READ COMMITTED.",
    ),
    "pg-waits-for-ever": (
        "lock_timeout là 0: một giao dịch bị treo sẽ làm mọi thao tác trên cùng hồ sơ chờ mãi. Nên "
        "đặt lock_timeout, ví dụ 10 giây.",
        "lock_timeout is 0: one transaction that hangs keeps every act on the same dossier waiting "
        "for ever. Set it, to 10 s for example.",
    ),
    "python-mail-headers": (
        "Python {python} có lỗi {cve}: tiêu đề thư có thể bị chèn thêm dòng. Thư của thidua được "
        "làm sạch trước khi gửi; chương trình khác trên máy thì không. Hãy cập nhật Python.",
        "Python {python} has the flaw {cve}: lines can be smuggled into mail headers. thidua "
        "cleans its own letters; other programs here may not. Update Python.",
    ),
    "tables-missing": (
        "Thiếu các bảng: {tables}. Hãy khôi phục từ bản sao lưu; `thidua db sql` in câu lệnh tạo "
        "bảng.",
        "Tables are missing: {tables}. Restore them from a backup; `thidua db sql` prints how they "
        "are made.",
    ),
    "procedure-unusable": (
        "Quy trình {procedure} đã lưu không dùng được: {words}",
        "The stored procedure {procedure} cannot be used: {words}",
    ),
    "calendar-ends": (
        "Lịch {calendar} chỉ đến {until}: không tính được thời hạn rơi vào năm {year}. Hãy chạy "
        "`thidua calendar draft {year}`.",
        "The calendar {calendar} ends on {until}: a due that falls into {year} cannot be counted. "
        "Run `thidua calendar draft {year}`.",
    ),
    "clock-never": (
        "Bộ nhắc việc chưa chạy lần nào; đã có {waiting} việc đến hạn nhắc hoặc xử lý. Hãy chạy "
        "`thidua run` như một dịch vụ của máy chủ.",
        "The clock has never run, and {waiting} matters are due. Run `thidua run` as a service.",
    ),
    "clock-stands": (
        "Bộ nhắc việc ngừng chạy từ {since}; đến nay có {waiting} việc chờ nhắc hoặc xử lý. Hãy "
        "khởi động lại `thidua run`: mỗi việc bị lỡ được nhắc bù một lần.",
        "The clock has stood since {since}, and {waiting} matters wait for it. Start `thidua run` "
        "again: what was missed is told once.",
    ),
    "clock-doubted": (
        "Giờ máy chủ là {now}, trong khi bộ nhắc việc hoạt động lần cuối lúc {since}. Không rõ hệ "
        "thống đã ngừng lâu hay giờ máy chủ bị sai, nên đang tạm giữ mọi nhắc hạn, việc tự động và "
        "thư. Nếu giờ máy chủ sai, hãy chỉnh lại; nếu đúng, hãy xác nhận bằng `thidua run "
        "--accept-clock`.",
        "This machine's clock reads {now}, while the last sign of life is from {since}. Either "
        "everything was off for long or the clock is wrong, so reminders, dues and mails are "
        "held. If the clock is wrong, set it right; if it is right, say so with `thidua run "
        "--accept-clock`.",
    ),
    "clock-ahead": (
        "Bộ nhắc việc ghi lần hoạt động cuối lúc {beat}, sau giờ máy chủ hiện nay ({now}): giờ máy "
        "chủ đang chậm, hoặc trước đó đã chạy nhanh. Nếu đang chậm, hãy chỉnh lại; nếu nay đã "
        "đúng, hãy xác nhận bằng `thidua run --accept-clock`.",
        "The last sign of life is from {beat}, later than this machine's clock reads ({now}): it "
        "is slow now, or was fast then. If it is slow, set it right; if it is right now, say so "
        "with `thidua run --accept-clock`.",
    ),
    "clock-offset": (
        "Đồng hồ của máy chủ cơ sở dữ liệu lệch {seconds} giây so với máy này. Hãy bật đồng bộ giờ "
        "(NTP) trên cả hai máy.",
        "The database server's clock differs from this machine's by {seconds} s. Keep both in step "
        "with NTP.",
    ),
    "mails-dead": (
        "Có {count} thư không gửi được. Thư gần nhất: {trouble} Hãy sửa nguyên nhân rồi gửi lại: "
        "`thidua mails list --status dead`, `thidua mails send --again`.",
        "{count} mails could not be sent. The newest: {trouble} Remove the cause and send them "
        "again: `thidua mails list --status dead`, `thidua mails send --again`.",
    ),
    "mails-held": (
        "Đang giữ toàn bộ thư ({count} thư), như sau khi khôi phục bản sao lưu. Hãy xem `thidua "
        "mails held`, rồi cho gửi hoặc bỏ.",
        "All mail is held ({count} mails), as after a restored backup. See `thidua mails held`, "
        "then let it go or drop it.",
    ),
    "mails-late": (
        "{count} thư chờ gửi đã quá một giờ. Hãy kiểm tra máy chủ thư và `thidua run`.",
        "{count} mails have waited for over an hour. Check the mail server and `thidua run`.",
    ),
    "id-taken": (
        "Mã {id} đã dùng. Hãy chọn mã khác.",
        "The id {id} is in use. Choose another.",
    ),
    "rhythm-hours": (
        "Giờ gửi thư từ {opens} đến {closes} không hợp lệ. Hãy ghi giờ mở trước giờ đóng, ví dụ "
        "07:30-17:00, hoặc “always”.",
        "Mail hours from {opens} to {closes} cannot be. Write the opening before the closing, "
        "such as 07:30-17:00, or “always”.",
    ),
    "rhythm-digest": (
        "Giờ gửi thư tổng hợp {digest} nằm ngoài giờ gửi thư ({opens}–{closes}) nên sẽ không bao "
        "giờ được gửi. Hãy đổi một trong hai.",
        "The digest at {digest} lies outside the mail hours ({opens}–{closes}) and would never "
        "go out. Change one of the two.",
    ),
    "rhythm-most": (
        "Số thư tối đa một ngày là {found}; phải từ 1 trở lên.",
        "At most {found} mails a day is too few; write 1 or more.",
    ),
    "now-needs-once": (
        "--now chỉ dùng được với `thidua run --once`: đồng hồ chạy liên tục cần giờ thật.",
        "--now goes with `thidua run --once` only: a clock that runs on needs the real time.",
    ),
    "which-mail": (
        "“{mail}” có thể là nhiều thư: {found}. Hãy ghi thêm ký tự của mã.",
        "“{mail}” may be several mails: {found}. Give more letters of the id.",
    ),
    "release-which": (
        "{count} thư đôn đốc đang giữ như trên. Ghi số thứ tự hoặc mã của dòng, hoặc --all.",
        "{count} reminders are held, as shown. Name lines by number or code, or give --all.",
    ),
    "unknown-held-line": (
        "Không có thư đôn đốc nào đang giữ ở dòng {line}. Xem `thidua mails held`.",
        "No reminder is held at line {line}. See `thidua mails held`.",
    ),
}
