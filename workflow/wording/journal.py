"""Sentences about a journal that does not agree with itself or with the tables."""

JOURNAL: dict[str, tuple[str, str]] = {
    "verify-interrupted": (
        "Một tiến trình kiểm tra đã dừng giữa chừng, nên chưa biết nhật ký có khớp không. Hãy chạy"
        " lại; nếu máy thiếu bộ nhớ, thêm --workers 1.",
        "One of the verifying processes died, so nothing is known about the journal. Run it again;"
        " with --workers 1 if the machine is short of memory.",
    ),
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
    "link-broken": (
        "Hồ sơ liên kết {dossier} không ghi lại liên kết này.",
        "The linked dossier {dossier} does not tell of this link.",
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
    "leaf-missing": (
        "Cây nhật ký thiếu lá số {leaf}: một mục nhật ký đã bị xóa hoặc bị đổi số. Hãy chạy “thidua"
        " journal verify” và so với bản sao lưu.",
        "The journal's tree has no leaf {leaf}: an entry was deleted or numbered anew. Run `thidua"
        " journal verify` and compare with a backup.",
    ),
    "leaf-changed": (
        "Lá số {leaf} của cây nhật ký không còn là mã băm. Hãy chạy “thidua journal verify” và so"
        " với bản sao lưu.",
        "Leaf {leaf} of the journal's tree is no hash any more. Run `thidua journal verify` and"
        " compare with a backup.",
    ),
    "checkpoint-differs": (
        "Nhật ký không còn khớp với điểm kiểm tra {size} mục lập lúc {made_at}: có mục đã bị sửa,"
        " xóa hoặc đổi chỗ sau đó, dù chuỗi vẫn liền. Hãy so với bản sao lưu trước lúc ấy.",
        "The journal does not agree with the checkpoint of {size} entries made {made_at}:"
        " something was edited, deleted or moved since, though the chains hold. Compare with a"
        " backup from before.",
    ),
    "checkpoints-missing": (
        "Nhật ký đã đánh số {leaves} mục nhưng không còn điểm kiểm tra nào: mọi điểm kiểm tra đã"
        " bị xóa. Hãy giữ nguyên hiện trạng, so với bản sao lưu và với điểm kiểm tra đã in hoặc đã"
        " gửi (--against).",
        "{leaves} entries of the journal are numbered, but there is no checkpoint: all were"
        " deleted. Leave everything as it is, and compare with a backup and with a checkpoint that"
        " was printed or mailed (--against).",
    ),
    "checkpoint-missing": (
        "Điểm kiểm tra {size} mục gửi đi lúc {made_at} không còn trong cơ sở dữ liệu: nó đã bị"
        " xóa. Hãy giữ nguyên hiện trạng và so với chính thư ấy (--against).",
        "The checkpoint of {size} entries that was mailed {made_at} is not in the database: it"
        " was deleted. Leave everything as it is, and compare with that very mail (--against).",
    ),
    "checkpoint-beyond": (
        "Điểm kiểm tra ghi {size} mục nhưng nhật ký chỉ còn {leaves}: phần cuối đã bị cắt. Hãy so"
        " với bản sao lưu.",
        "A checkpoint tells of {size} entries, but the journal has {leaves}: its end was cut off."
        " Compare with a backup.",
    ),
    "checkpoint-forged": (
        "Chữ ký của điểm kiểm tra {size} mục không đúng với khóa đã cho. Hãy kiểm tra khóa, rồi so"
        " với bản sao lưu.",
        "The signature of the checkpoint of {size} entries is not by a key that was given. Check"
        " the key, then compare with a backup.",
    ),
    "checkpoint-unsigned": (
        "Điểm kiểm tra mới nhất ({size} mục) không có chữ ký. Hãy xem khóa ký có ở đúng chỗ không"
        " (thidua journal key); có thêm mục nhật ký thì điểm kiểm tra mới được ký.",
        "The newest checkpoint ({size} entries) is not signed. See whether the signing key is in"
        " its place (thidua journal key); with the next entry a signed one is made.",
    ),
    "anchor-differs": (
        "Nhật ký không khớp với điểm kiểm tra đã in hoặc đã gửi: {size} mục đầu nay có gốc"
        " {found}, bản giữ lại ghi {told}. Nhật ký đã bị sửa sau đó; hãy giữ nguyên hiện trạng và"
        " báo người có thẩm quyền.",
        "The journal does not agree with the checkpoint that was printed or mailed: the root of its"
        " first {size} entries is {found} now, the one kept is {told}. It was changed since; leave"
        " everything as it is and tell whoever is responsible.",
    ),
    "anchor-beyond": (
        "Điểm kiểm tra đã in hoặc đã gửi ghi {size} mục nhưng nhật ký chỉ có {leaves}: phần cuối"
        " đã bị cắt, hoặc điểm kiểm tra là của hệ thống khác.",
        "The checkpoint that was printed or mailed tells of {size} entries, but the journal has"
        " {leaves}: its end was cut off, or it is another installation's.",
    ),
    "anchor-elsewhere": (
        "Điểm kiểm tra này của nhật ký {told}, không phải của nhật ký {found}: sai hệ thống, hoặc"
        " mục đầu tiên đã bị thay.",
        "This checkpoint is of the journal {told}, not of {found}: it is another installation's, or"
        " the first entry was replaced.",
    ),
    "anchor-needs-all": (
        "Điểm kiểm tra là của toàn bộ nhật ký. Hãy bỏ --dossier khi dùng --against hoặc --key.",
        "A checkpoint is of the whole journal. Leave out --dossier with --against or --key.",
    ),
    "bad-anchor": (
        "Không đọc được điểm kiểm tra “{found}”. Hãy nêu tệp có điểm kiểm tra, hoặc SỐ-MỤC:GỐC như"
        " in trên giấy tờ, ít nhất 16 chữ số của gốc.",
        "{found!r} is no checkpoint. Name a file that holds one, or SIZE:ROOT as on a paper, with"
        " at least 16 digits of the root.",
    ),
    "bad-key": (
        "Không đọc được khóa công khai “{found}”. Hãy chép nguyên dòng mà “thidua journal key” in"
        " ra.",
        "{found!r} is no public key. Copy the whole line that `thidua journal key` prints.",
    ),
    "no-checkpoint": (
        "Không thấy điểm kiểm tra nào trong “{file}”. Hãy nêu tệp có điểm kiểm tra, thư đã lưu,"
        " tệp xuất nhật ký (.jsonl), hoặc thư mục có những tệp ấy.",
        "There is no checkpoint in {file}. Name a file that holds one, a saved mail, an export of"
        " the journal (.jsonl), or a folder of these.",
    ),
    "signatures-need-key": (
        "Trên máy này không có khóa ký. Hãy nêu khóa công khai bằng --key: dòng mà “thidua journal"
        " key” đã in, hoặc tệp có dòng ấy.",
        "There is no signing key on this machine. Give the public key by --key: the line that"
        " `thidua journal key` printed, or a file with it.",
    ),
    "signing-needs-keys": (
        "Chưa có chỗ giữ khóa. Hãy đặt THIDUA_KEYS là một thư mục riêng, ngoài mọi bản sao lưu.",
        "There is nowhere to keep keys. Set THIDUA_KEYS to a folder of its own, outside all"
        " backups.",
    ),
    "stream-moving": (
        "Dữ liệu thay đổi liên tục trong khi kiểm tra. Hãy kiểm tra lại riêng hồ sơ này.",
        "It kept changing while it was read. Verify it again by itself.",
    ),
    "stream-unreadable": (
        "Cơ sở dữ liệu không đọc được dữ liệu này ({why}). Hãy chạy “thidua doctor”; nếu tệp bị"
        " hỏng, giữ nguyên tệp và khôi phục bản sao lưu gần nhất.",
        "The database cannot read this ({why}). Run `thidua doctor`; if the file is damaged, leave"
        " it as it is and restore the latest backup.",
    ),
    "table-unreadable": (
        "Cơ sở dữ liệu không đọc hết được bảng {table} ({why}), nên chưa biết phần còn lại có khớp"
        " không. Hãy chạy “thidua doctor”; nếu tệp bị hỏng, giữ nguyên tệp và khôi phục bản sao lưu"
        " gần nhất.",
        "The database cannot read all of the table {table} ({why}), so nothing is known of the"
        " rest. Run `thidua doctor`; if the file is damaged, leave it as it is and restore the"
        " latest backup.",
    ),
    "tree-unreadable": (
        "Cơ sở dữ liệu không đọc được cây nhật ký ({why}), nên chưa biết cây và điểm kiểm tra có"
        " khớp không. Hãy chạy “thidua doctor”; nếu tệp bị hỏng, giữ nguyên tệp và khôi phục bản"
        " sao lưu gần nhất.",
        "The database cannot read the journal's tree ({why}), so nothing is known of it and its"
        " checkpoints. Run `thidua doctor`; if the file is damaged, leave it as it is and restore"
        " the latest backup.",
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
        "Thiếu tệp {sha256} của văn bản {kind}, bản thứ {version}.",
        "The file {sha256} of the document {kind}, version {version}, is missing.",
    ),
    "document-unreadable": (
        "Không đọc được tệp {sha256} của văn bản {kind}, bản thứ {version}: {why}.",
        "The file {sha256} of the document {kind}, version {version}, cannot be read: {why}.",
    ),
    "file-changed": (
        "Tệp {sha256} của văn bản {kind}, bản thứ {version}, đã bị sửa.",
        "The file {sha256} of the document {kind}, version {version}, has been changed.",
    ),
}
