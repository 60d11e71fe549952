"""Sentences about the council's papers and their templates."""

PAPERS: dict[str, tuple[str, str]] = {
    "paper-not-yours": (
        "Văn bản của Hội đồng chỉ dành cho: {roles}.",
        "The council's papers are only for: {roles}.",
    ),
    "recused-from": (
        "Có hồ sơ mà bạn đã tránh: {dossiers}. Hãy để người khác làm việc này.",
        "It is about dossiers that you stepped back from: {dossiers}. Let somebody else do it.",
    ),
    "opinions-not-yours": (
        "Bạn không được xem ai cho ý kiến gì về hồ sơ {dossier}, nên không lập được bảng tổng hợp."
        " Quy trình nêu ai được xem ở mục `sees`.",
        "You may not see who said what about {dossier}, so there is no matrix for you. The"
        " procedure names who may under `sees`.",
    ),
    "paper-ending": (
        "Tệp {file} phải có đuôi .docx hoặc .txt.",
        "The file {file} must end in .docx or .txt.",
    ),
    "paper-there": (
        "Đã có tệp {file}. Hãy chọn thư mục khác, hoặc xóa tệp đó để lấy lại mẫu kèm theo.",
        "The file {file} is there. Choose another folder, or remove it to get the template anew.",
    ),
    "paper-syntax": (
        "Mẫu văn bản {file}, dòng {line}: {problem}. Hãy sửa mẫu.",
        "The template {file}, line {line}: {problem}. Mend the template.",
    ),
    "paper-name": (
        "Mẫu văn bản {file}, dòng {line}: không có tên “{name}”. Hãy sửa tên theo mẫu kèm theo"
        " (`thidua papers templates`).",
        "The template {file}, line {line}: there is no name “{name}”. Mend it after the template"
        " that ships (`thidua papers templates`).",
    ),
    "paper-part": (
        "Mẫu văn bản {file} có phần [{name}] không dùng được. Các phần: {known}.",
        "The template {file} has a part [{name}] that there is not. Parts: {known}.",
    ),
    "paper-columns": (
        "Mẫu văn bản {file}: một hàng của bảng có {found} ô, bảng có {expected} cột. Mỗi hàng phải"
        " có một ô hoặc đủ số cột.",
        "The template {file}: a row has {found} cells where the table has {expected} columns. A row"
        " has one cell, or one for each column.",
    ),
}
