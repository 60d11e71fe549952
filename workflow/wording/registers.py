"""Sentences about registers, and about names that do not exist."""

REGISTERS: dict[str, tuple[str, str]] = {
    "decision-missing": (
        "Thao tác {trigger} cần một quyết định đã vào sổ có dòng của hồ sơ này.",
        "{trigger} needs a numbered decision with a line for this dossier.",
    ),
    "decision-other": (
        "Quyết định ghi “{brings}” cho hồ sơ này, không phải “{trigger}”.",
        "The decision says “{brings}” for this dossier, not “{trigger}”.",
    ),
    "decision-empty": (
        "Quyết định chưa có hồ sơ nào.",
        "The decision has no line.",
    ),
    "decision-numbered": (
        "Quyết định {decision} đã vào sổ với số {number}.",
        "The decision {decision} already has the number {number}.",
    ),
    "decision-unsigned": (
        "Quyết định {decision} chưa đủ số, ngày ký và người ký.",
        "The decision {decision} lacks its number, date of signing or signer.",
    ),
    "signed-later": (
        "Ngày ký {signed} chưa đến. Hãy ghi đúng ngày ký trên văn bản.",
        "The date of signing {signed} is still to come. Enter the date on the paper.",
    ),
    "number-taken": (
        "Số {number} năm {year} đã dùng cho quyết định khác.",
        "The number {number} of {year} belongs to another decision.",
    ),
    "version-taken": (
        "Quy trình {name} bản {version} đã lưu với nội dung khác. Hãy đặt số bản mới.",
        "Version {version} of {name} is stored with other content. Give it a new version.",
    ),
    "unknown-dossier": (
        "Không có hồ sơ {dossier}. Xem `thidua dossiers list`.",
        "There is no dossier {dossier}. See `thidua dossiers list`.",
    ),
    "unknown-procedure": (
        "Không có quy trình {procedure}. Hiện có: {known}.",
        "There is no procedure {procedure}. There are: {known}.",
    ),
    "unknown-trigger": (
        "Không có thao tác “{trigger}”. Các thao tác của quy trình: {known}.",
        "There is no trigger “{trigger}”. The procedure has: {known}.",
    ),
    "unknown-round": (
        "Không có đợt “{round}”. Các đợt của quy trình: {known}.",
        "There is no round “{round}”. The procedure has: {known}.",
    ),
    "unknown-opinion": (
        "Không có loại ý kiến “{opinion}”. Các loại: {known}.",
        "There is no opinion “{opinion}”. Choose from: {known}.",
    ),
    "unknown-choice": (
        "Không có lựa chọn “{choice}”. Các lựa chọn: {known}.",
        "There is no choice “{choice}”. Choose from: {known}.",
    ),
    "unknown-award": (
        "Quy trình không xét “{award}”. Các danh hiệu, hình thức: {known}.",
        "The procedure has no award “{award}”. It has: {known}.",
    ),
    "unknown-kind": (
        "Không có loại đối tượng “{kind}”. Các loại: {known}.",
        "There is no kind of candidate “{kind}”. The kinds are: {known}.",
    ),
    "unknown-field": (
        "Không có trường “{field}”. Các trường: {known}.",
        "There is no field “{field}”. The fields are: {known}.",
    ),
    "unknown-document": (
        "Không có loại văn bản “{kind}”. Các loại: {known}.",
        "There is no document kind “{kind}”. The kinds are: {known}.",
    ),
    "unknown-item": (
        "Không có trường hoặc văn bản “{item}”. Có: {known}.",
        "There is no field or document “{item}”. There are: {known}.",
    ),
    "unknown-task": (
        "Hồ sơ {dossier} không có việc số {task}.",
        "The dossier {dossier} has no task {task}.",
    ),
    "unknown-meeting": (
        "Không có phiên họp {meeting}.",
        "There is no meeting {meeting}.",
    ),
    "unknown-line": (
        "Quyết định {decision} không có dòng của hồ sơ {dossier}.",
        "The decision {decision} has no line for the dossier {dossier}.",
    ),
    "file-not-kept": (
        "Không lưu được tệp vào {folder}: {problem}. Chưa ghi gì. Hãy kiểm tra dung lượng và quyền "
        "ghi của thư mục rồi đính kèm lại.",
        "The file could not be kept in {folder}: {problem}. Nothing was written. See to the "
        "folder's free space and rights, then attach it again.",
    ),
    "document-too-large": (
        "Tệp {file} có {size} MB, lớn hơn mức {limit} MB của cơ quan. Chưa đính kèm gì. Hãy giảm "
        "dung lượng (quét lại ở 200–300 dpi, hoặc chia thành nhiều tệp) rồi đính kèm lại; mức này "
        "do người quản trị đặt (THIDUA_DOCUMENT_MB).",
        "The file {file} has {size} MB, more than the {limit} MB that the office takes. Nothing "
        "was attached. Make it smaller (scan at 200–300 dpi, or split it) and attach it again; "
        "the bound is set by the administrator (THIDUA_DOCUMENT_MB).",
    ),
    "unknown-file": (
        "Không tìm thấy tệp có mã băm {sha256} trong kho.",
        "No file with the hash {sha256} is kept.",
    ),
}
