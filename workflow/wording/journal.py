"""Sentences about a journal that does not agree with itself or with the tables."""

JOURNAL: dict[str, tuple[str, str]] = {
    "event-missing": (
        "Nhật ký thiếu mục sau mục {after}: mục kế tiếp là {found}.",
        "Entries are missing after entry {after}: the next one is {found}.",
    ),
    "event-bytes": (
        "Nội dung mục nhật ký không khớp với mã băm của nó.",
        "The entry's text does not fit its hash.",
    ),
    "event-form": (
        "Nội dung mục nhật ký không ở dạng chuẩn.",
        "The entry's text is not in the canonical form.",
    ),
    "event-link": (
        "Mục nhật ký không nối tiếp mục đứng trước.",
        "The entry does not follow from the one before it.",
    ),
    "event-column": (
        "Cột {column} của mục nhật ký khác với nội dung của nó.",
        "The entry's column {column} differs from its text.",
    ),
    "event-ends": (
        "Kết quả ghi trong thao tác khác với kết quả tính lại từ nhật ký.",
        "What the act says it came to differs from the replay.",
    ),
    "event-unreadable": (
        "Không hiểu được mục nhật ký ({why}).",
        "The entry cannot be understood ({why}).",
    ),
    "stream-count": (
        "Số mục đã ghi là {count} nhưng mục cuối cùng là {last}.",
        "{count} entries are recorded, but the last one is {last}.",
    ),
    "stream-head": (
        "Mã băm cuối đã ghi không phải của mục cuối cùng.",
        "The recorded head is not the hash of the last entry.",
    ),
    "stream-moving": (
        "Dữ liệu thay đổi liên tục trong khi kiểm tra. Hãy kiểm tra lại riêng hồ sơ này.",
        "It kept changing while it was read. Verify it again by itself.",
    ),
    "stream-unreadable": (
        "Cơ sở dữ liệu không đọc được dữ liệu này ({why}).",
        "The database cannot read this ({why}).",
    ),
    "private-missing": (
        "Mất giá trị “{name}” mà mục nhật ký đã cam kết.",
        "The value “{name}” that the entry commits to is gone.",
    ),
    "private-unfounded": (
        "Có giá trị “{name}” mà mục nhật ký không cam kết, hoặc đã được xóa.",
        "There is a value “{name}” that the entry does not commit to, or that was erased.",
    ),
    "private-differs": (
        "Giá trị “{name}” khác với giá trị mà mục nhật ký đã cam kết.",
        "The value “{name}” is not the one that the entry commits to.",
    ),
    "private-form": (
        "Các giá trị lưu kèm mục nhật ký không ở dạng chuẩn.",
        "The values beside the entry are not in the canonical form.",
    ),
    "row-missing": (
        "Thiếu dòng {key} của bảng {table} mà nhật ký có ghi.",
        "The row {key} of the table {table} is missing; the journal has it.",
    ),
    "row-unfounded": (
        "Dòng {key} của bảng {table} không có trong nhật ký.",
        "The row {key} of the table {table} is not in the journal.",
    ),
    "row-differs": (
        "Cột {column}, dòng {key} của bảng {table} khác với nhật ký.",
        "The column {column} of the row {key} of the table {table} differs from the journal.",
    ),
    "row-ownerless": (
        "Bảng {table} có dữ liệu không thuộc về đâu: {key}.",
        "The table {table} has rows that belong to nothing: {key}.",
    ),
    "procedure-missing": (
        "Không có quy trình {hash} mà hồ sơ này theo.",
        "The procedure {hash} that this follows is not stored.",
    ),
    "procedure-changed": (
        "Nội dung quy trình {hash} đã bị sửa.",
        "The text of the procedure {hash} has been changed.",
    ),
    "file-missing": (
        "Thiếu tệp {sha256} của văn bản {kind}.",
        "The file {sha256} of the document {kind} is missing.",
    ),
    "file-changed": (
        "Tệp {sha256} của văn bản {kind} đã bị sửa.",
        "The file {sha256} of the document {kind} has been changed.",
    ),
}
