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
    "subscriber-twice": (
        "Tên {name} đã có chương trình nhận sự kiện khác dùng. Hãy đặt tên khác: vị trí đã chuyển "
        "được lưu theo tên.",
        "Another subscriber is called {name} already. Give this one another name: how far it has "
        "been told is kept by name.",
    ),
    "subscriber-asynchronous": (
        "Chương trình nhận sự kiện {name} là hàm bất đồng bộ, sẽ không được chờ. Hãy dùng hàm "
        "thường, ví dụ asyncio.run(…) bên trong.",
        "Subscriber {name} is a coroutine function, which nobody would await. Give a plain "
        "function, for example one that calls asyncio.run(…).",
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
