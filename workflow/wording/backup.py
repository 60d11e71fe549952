"""Sentences about backups and bringing them back."""

BACKUP: dict[str, tuple[str, str]] = {
    "backup-exists": (
        "Đã có {file}. Bản sao lưu không ghi đè lên tệp nào: hãy chọn tên khác, ví dụ có ngày giờ.",
        "{file} is there already. A backup never overwrites: choose another name, with the day "
        "in it for example.",
    ),
    "backup-no-folder": (
        "Không có thư mục {folder}. Hãy tạo thư mục hoặc chọn nơi khác.",
        "There is no folder {folder}. Make it or choose another place.",
    ),
    "backup-not-one-moment": (
        "Giao dịch đang ở mức {level}: các dòng đọc được có thể thuộc những thời điểm khác nhau. "
        "Hãy dùng REPEATABLE READ, hoặc truyền Engine.",
        "The transaction is at {level}: the rows it reads may be of different moments. Use "
        "REPEATABLE READ, or pass the Engine.",
    ),
    "backup-row-unreadable": (
        "Một dòng của bảng {table} không phải là chữ và số ({problem}), nên không sao lưu được. "
        "Hãy chạy `thidua journal verify`.",
        "A row of {table} is not text and numbers ({problem}) and cannot be backed up. Run "
        "`thidua journal verify`.",
    ),
    "unknown-backup": (
        "Không có tệp {file}. Hãy chỉ đúng bản sao lưu.",
        "There is no file {file}. Name the backup.",
    ),
    "not-a-backup": (
        "{file} không phải là bản sao lưu đọc được ({problem}). Hãy kiểm tra tên tệp, hoặc dùng "
        "bản sao lưu khác.",
        "{file} is no backup that can be read ({problem}). Look at its name, or use another one.",
    ),
    "backup-later": (
        "{file} có dạng {found}, bản cài đặt này chỉ đọc được dạng {known}. Hãy cài bản thidua "
        "mới hơn.",
        "{file} is of form {found}; this release reads {known}. Install a later thidua.",
    ),
    "backup-schema-later": (
        "Bản sao lưu có bảng ở phiên bản {found}, mới hơn bản cài đặt này ({known}). Hãy cài bản "
        "thidua mới hơn rồi khôi phục.",
        "The backup has tables at revision {found}, later than this release ({known}). Install a "
        "later thidua, then restore.",
    ),
    "backup-damaged": (
        "Phần {part} của bản sao lưu đã hỏng hoặc bị sửa. Chưa ghi gì vào cơ sở dữ liệu. Hãy dùng "
        "bản sao khác của tệp này, hoặc bản sao lưu trước đó.",
        "The part {part} of the backup is damaged or was changed. Nothing was written to the "
        "database. Use another copy of the file, or an earlier backup.",
    ),
    "restore-not-empty": (
        "Cơ sở dữ liệu đã có dữ liệu (bảng {table}: {rows} dòng). Chỉ khôi phục vào nơi còn trống: "
        "hãy chọn cơ sở dữ liệu mới bằng --database, hoặc --prefix khác.",
        "The database has rows already ({table}: {rows}). A backup is only restored into an empty "
        "one: name a new one with --database, or another --prefix.",
    ),
    "restore-tables-made": (
        "Các bảng ở đây thuộc bản {found}, bản sao lưu thuộc bản {wanted}. Hãy khôi phục vào cơ sở "
        "dữ liệu chưa có bảng (không chạy `thidua db init` trước).",
        "The tables here are at {found}, the backup at {wanted}. Restore into a database without "
        "tables (no `thidua db init` before).",
    ),
    "restore-file-missing": (
        "{owner}: tài liệu “{kind}” (SHA-256 {sha256}) không có trong bản sao lưu, cũng không có "
        "trong thư mục tệp. Hãy đưa thư mục tệp trở lại trước, hoặc thêm --without-files.",
        "{owner}: the document “{kind}” (SHA-256 {sha256}) is neither in the backup nor in the "
        "folder of files. Bring the folder back first, or add --without-files.",
    ),
    "erasures-unreadable": (
        "{file} không phải danh sách xóa dữ liệu do `thidua db erasures` ghi.",
        "{file} is no list of erasures as `thidua db erasures` writes it.",
    ),
    "unknown-erasures": (
        "Không có danh sách xóa dữ liệu {file}. Hãy ghi tên tệp do `thidua db erasures --to` tạo.",
        "There is no list of erasures {file}. Name the file that `thidua db erasures --to` wrote.",
    ),
    "restore-unsound": (
        "Dữ liệu trong bản sao lưu có {count} chỗ không khớp với nhật ký (dưới đây); chưa khôi "
        "phục gì. Hãy dùng bản sao lưu trước đó, hoặc thêm --accept-problems nếu chỉ còn bản này.",
        "What is in the backup does not agree with its journal in {count} places (below); nothing "
        "was restored. Use an earlier backup, or add --accept-problems if there is no other.",
    ),
    "database-restored": (
        "Cơ sở dữ liệu này được khôi phục lúc {restored} từ bản sao lưu lúc {taken}; những gì làm "
        "sau đó không có ở đây. Hãy xem lại, nhập bù, rồi chạy `thidua mails resume` hoặc `thidua "
        "mails resume --drop`.",
        "This database was restored at {restored} from a backup of {taken}; what was done after "
        "that is not in it. Look it over, enter what is missing, then run `thidua mails resume` or "
        "`thidua mails resume --drop`.",
    ),
}
