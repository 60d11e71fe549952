"""Sentences of the doctor: what is wrong with an installation, and what to do."""

DOCTOR: dict[str, tuple[str, str]] = {
    "sqlite-old": (
        "SQLite {found} có lỗi có thể làm hỏng tệp dữ liệu khi nhiều tiến trình cùng ghi ở chế độ "
        "WAL. Hãy dùng SQLite từ {needed} trở lên, hoặc chỉ chạy một tiến trình; hoặc PRAGMA "
        "journal_mode=DELETE cùng synchronous=EXTRA (chậm hơn).",
        "SQLite {found} can damage the file when several processes write in WAL mode. Use SQLite "
        "{needed} or later, or one process only; or PRAGMA journal_mode=DELETE with "
        "synchronous=EXTRA (slower).",
    ),
    "sqlite-damaged": (
        "Tệp cơ sở dữ liệu bị hỏng ({found}). Hãy dừng mọi việc, giữ nguyên tệp này, rồi khôi phục "
        "bản sao lưu gần nhất: thidua db restore.",
        "The database file is damaged ({found}). Stop all work, keep this file as it is, and bring "
        "back the newest backup: thidua db restore.",
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
    "pg-old": (
        "PostgreSQL {found} có lỗi: chỉ mục tạo hoặc tạo lại bằng CONCURRENTLY có thể thiếu dòng. "
        "Hãy nâng lên {needed} trở lên rồi chạy REINDEX DATABASE.",
        "PostgreSQL {found} has a flaw: an index built or rebuilt CONCURRENTLY may lack rows. "
        "Update to {needed} or later, then run REINDEX DATABASE.",
    ),
    "pg-triggers-off": (
        "Phiên PostgreSQL này đặt session_replication_role = replica: trigger không chạy, nhật ký "
        "có thể bị sửa hoặc xóa mà không bị chặn. Hãy đặt lại thành origin.",
        "This PostgreSQL session runs with session_replication_role = replica: no trigger fires, "
        "and nothing keeps the journal from being changed or deleted. Set it to origin.",
    ),
    "pg-read-only": (
        "Phiên PostgreSQL này chỉ đọc được (máy chủ dự phòng, hoặc đặt "
        "default_transaction_read_only = on): xem và kiểm tra được, không ghi được thao tác nào. "
        "Hãy nối vào máy chủ chính, hoặc bỏ thiết lập đó.",
        "This PostgreSQL session can only read (a standby server, or "
        "default_transaction_read_only = on): look and verify, but no act can be stored. Connect "
        "to the primary server, or take that setting away.",
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
    "columns-missing": (
        "Thiếu các cột: {columns}. Hãy khôi phục từ bản sao lưu; `thidua db sql` in câu lệnh tạo "
        "bảng.",
        "Columns are missing: {columns}. Restore them from a backup; `thidua db sql` prints how "
        "the tables are made.",
    ),
    "indexes-missing": (
        "Thiếu các chỉ mục: {indexes}. Thiếu chỉ mục duy nhất thì hai mục có thể trùng số; thiếu"
        " chỉ mục khác thì chạy chậm dần. Hãy tạo lại: `thidua db sql` in câu lệnh.",
        "Indexes are missing: {indexes}. Without a unique one two entries may get the same number;"
        " without another everything grows slow. Make them again: `thidua db sql` prints how.",
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
    "clock-apart": (
        "Giờ máy này là {now}, còn máy chủ cơ sở dữ liệu chỉ {since}. Không rõ giờ nào đúng, nên "
        "đang tạm giữ mọi nhắc hạn, việc tự động và thư. Hãy chỉnh giờ máy sai; nếu giờ máy này "
        "đúng, hãy xác nhận bằng `thidua run --accept-clock`.",
        "This machine's clock reads {now}, the database server's {since}. Reminders, dues and "
        "mails are held. Set right the clock that is wrong; if this machine's is right, say so "
        "with `thidua run --accept-clock`.",
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
        "Có {count} thư không gửi được. Lý do của thư gần nhất: {trouble}. Hãy sửa nguyên nhân "
        "rồi gửi lại: `thidua mails list --status dead`, `thidua mails send --again`.",
        "{count} mails could not be sent. Why the newest was not: {trouble}. Remove the cause and "
        "send them again: `thidua mails list --status dead`, `thidua mails send --again`.",
    ),
    "erasures-undone": (
        "Bản sao lưu vừa khôi phục đưa trở lại dữ liệu của {count} lần xóa. Hãy xóa lại trước mọi "
        "việc khác: `thidua db erase-again`.",
        "A restored backup brought back what {count} erasures took away. Erase it before anything "
        "else: `thidua db erase-again`.",
    ),
    "erased-back": (
        "{count} người đã được xóa dữ liệu lại có tên hoặc địa chỉ trong danh mục, như sau khi "
        "nhập lại danh sách cũ; trước hết: {first}. Hãy xóa lại: `thidua people redact {first}`.",
        "{count} people have a name or an address in the lists again though they were erased, as "
        "after an old list is entered; the first: {first}. Erase again: `thidua people redact "
        "{first}`.",
    ),
    "values-quoted": (
        "Khi một câu lệnh lỗi, thông báo lỗi và nhật ký hệ thống sẽ chép cả tên, ý kiến, ghi chú. "
        "Hãy gọi thidua.hushed.hushed(engine).",
        "When a statement fails, its error and the log quote names, opinions and notes. Call "
        "thidua.hushed.hushed(engine).",
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
    "subscriber-fails": (
        "Chương trình nhận sự kiện {name} lỗi {attempt} lần ở sự kiện {n} của hồ sơ {dossier} "
        "(ghi lúc {since}): {trouble}. Sự kiện này và các sự kiện sau chưa được chuyển, không mất; "
        "lần thử tới: {next}. Hãy sửa chương trình đó.",
        "Subscriber {name} has failed {attempt} times at event {n} of dossier {dossier} (of "
        "{since}): {trouble}. This event and later ones wait for it, none is lost; the next try: "
        "{next}. Mend the subscriber.",
    ),
    "subscriber-untold": (
        "Chương trình nhận sự kiện {name} chưa được chuyển các sự kiện từ {since}. Hãy chạy lại "
        "run_clock hoặc wf.deliver trong ứng dụng; nếu không dùng chương trình đó nữa, hãy gọi "
        "wf.subscribers.forget(connection, name).",
        "Subscriber {name} has not been told of events since {since}. Let run_clock or wf.deliver "
        "run in the application again; if there is no such subscriber any more, call "
        "wf.subscribers.forget(connection, name).",
    ),
    "sqlite-exclusive": (
        "PRAGMA locking_mode là EXCLUSIVE: một kết nối giữ tệp cho riêng mình, mọi tiến trình khác "
        "(dòng lệnh, bộ nhắc việc, gửi thư) đều bị từ chối. Hãy đặt locking_mode = NORMAL.",
        "PRAGMA locking_mode is EXCLUSIVE: one connection keeps the file for itself, and every "
        "other process (command line, clock, sender) is refused. Set it to NORMAL.",
    ),
    "sqlite-mapped": (
        "PRAGMA mmap_size khác 0: lỗi đọc đĩa sẽ làm dừng cả chương trình thay vì báo lỗi. Hãy "
        "đặt mmap_size = 0.",
        "PRAGMA mmap_size is not 0: a disk that fails to read ends the whole program instead of "
        "raising an error. Set it to 0.",
    ),
    "sqlite-network": (
        "Tệp {file} nằm trên ổ đĩa mạng ({kind}): khóa tệp ở đó không đáng tin, hai máy cùng ghi "
        "sẽ làm hỏng dữ liệu. Hãy chuyển tệp về ổ đĩa của máy chạy thidua, hoặc dùng PostgreSQL.",
        "{file} lies on a network share ({kind}), where locks do not hold: two machines that "
        "write will damage it. Move it to a disk of the machine that runs thidua, or use "
        "PostgreSQL.",
    ),
    "files-writable": (
        "Mọi tài khoản trên máy đều sửa được: {files}. Hãy lấy lại quyền ghi: chmod o-rwx, và "
        "chạy `thidua journal verify`.",
        "Every account of this machine can change: {files}. Take the right away (chmod o-rwx) "
        "and run `thidua journal verify`.",
    ),
    "database-read-only": (
        "Chỉ đọc được {file}: xem và kiểm tra được, không ghi được thao tác nào. Nếu đây không phải"
        " bản sao để xem, hãy trả lại quyền ghi tệp và thư mục chứa tệp.",
        "{file} can only be read: look and verify, but no act can be stored. If it is no copy to"
        " be looked at, give back the right to write to it and its folder.",
    ),
    "files-readable": (
        "Mọi tài khoản trên máy đều đọc được dữ liệu cá nhân trong: {files}. Hãy chạy chmod o-rwx, "
        "hoặc đặt vào thư mục chỉ tài khoản chạy thidua vào được.",
        "Every account of this machine can read the personal data in: {files}. Run chmod o-rwx, "
        "or put them into a folder that only thidua's account may enter.",
    ),
    "password-shown": (
        "Mật khẩu của cơ sở dữ liệu được gõ trong --database: ai xem danh sách tiến trình của máy "
        "cũng đọc được. Hãy đặt địa chỉ trong biến THIDUA_DATABASE, hoặc mật khẩu trong ~/.pgpass.",
        "The database's password was typed into --database, where whoever lists this machine's "
        "processes reads it. Put the address into THIDUA_DATABASE, or the password into ~/.pgpass.",
    ),
    "clock-behind-journal": (
        "Nhật ký có mục ghi lúc {at}, sau giờ máy này ({now}): giờ máy đang chậm, hoặc máy đã ghi "
        "mục đó chạy nhanh. Hãy bật đồng bộ giờ (NTP) trên mọi máy.",
        "The journal has an entry of {at}, later than this machine's clock reads ({now}): it is "
        "slow, or the machine that wrote the entry was fast. Keep all machines in step with NTP.",
    ),
    "clock-behind-file": (
        "Tệp {file} được ghi lúc {at}, sau giờ máy này ({now}): giờ máy đang chậm, hoặc khác giờ "
        "của ổ đĩa. Hãy bật đồng bộ giờ (NTP).",
        "{file} was written at {at}, later than this machine's clock reads ({now}): it is slow, "
        "or differs from the disk's. Keep it in step with NTP.",
    ),
    "events-unsequenced": (
        "Có {count} mục nhật ký chưa được đưa vào cây băm, mục cũ nhất từ {since}: chưa có điểm "
        "chốt nào bảo vệ. Hãy xem `thidua run` ghi lỗi gì, rồi chạy `thidua run --once`.",
        "{count} entries of the journal have no place in the tree yet, the oldest since {since}: "
        "no checkpoint covers them. Look at what `thidua run` logs, then run `thidua run --once`.",
    ),
    "triggers-missing": (
        "Các trigger chặn việc sửa, xóa nhật ký không có, bị tắt hoặc đã bị sửa: {triggers}. Hãy "
        "chạy `thidua journal verify`, rồi xóa và tạo lại bằng câu lệnh trong `thidua db sql`.",
        "The triggers that refuse changes of the journal are missing, off or altered: {triggers}. "
        "Run `thidua journal verify`, then drop them and make them again with the statements of "
        "`thidua db sql`.",
    ),
    "roles-replaced": (
        "Có {count} vai trò ghi ở đơn vị đã được thay thế, nên không còn hiệu lực. Đầu tiên: "
        "{actor} ({role}) ở {unit}, nay là {after}. Hãy ghi vai trò ở đơn vị mới bằng `thidua "
        "roles import`.",
        "{count} roles are held without effect in units that were replaced. The first: "
        "{actor} ({role}) in {unit}, now {after}. Enter them in the new unit with `thidua roles "
        "import`.",
    ),
    "people-unreachable": (
        "Có {count} người giữ vai trò mà chưa có địa chỉ thư, kể cả của đơn vị; người đầu tiên: "
        "{first}. Việc của họ nằm trong `thidua paper-list`. Hãy thêm địa chỉ bằng `thidua people "
        "import` hoặc `thidua units import`.",
        "{count} people with a role have no mailbox, nor has their unit; the first: {first}. "
        "What they are asked stands in `thidua paper-list`. Add addresses with `thidua people "
        "import` or `thidua units import`.",
    ),
    "documents-missing": (
        "Không thấy tệp của {count} tài liệu; tệp đầu tiên có SHA-256 {first}. Hãy khôi phục thư "
        "mục tệp từ bản sao lưu; `thidua journal verify` nêu từng tài liệu.",
        "The bytes of {count} documents are not there; the first has the SHA-256 {first}. Restore "
        "the folder of files from a backup; `thidua journal verify` names each document.",
    ),
    "documents-orphaned": (
        "Trong {folder} có {count} tệp ({kilobytes} kB, cũ nhất từ {since}) không thuộc tài liệu "
        "nào, do thao tác bị hủy, bị từ chối hoặc do xóa tài liệu để lại. Sau khi sao lưu, hãy xóa "
        "bằng `thidua db sweep-files`.",
        "{folder} has {count} files ({kilobytes} kB, the oldest since {since}) that belong to no "
        "document, left by acts that were undone or refused, or by an erasure. After a backup, "
        "remove them with `thidua db sweep-files`.",
    ),
}
