"""Sentences about addresses, letters, templates and sending."""

MAILS: dict[str, tuple[str, str]] = {
    "official-syntax": (
        "Mẫu công văn sai ở dòng {line}: {problem}. Hãy sửa mẫu; xem docs/mail.md.",
        "The letter's template is wrong in line {line}: {problem}. Mend it; see docs/mail.md.",
    ),
    "official-name": (
        "Mẫu công văn, dòng {line}: không có tên “{name}”. Hãy sửa tên; xem docs/mail.md.",
        "The letter's template, line {line}: there is no name “{name}”. Mend it; see docs/mail.md.",
    ),
    "official-part": (
        "Mẫu công văn có phần [{name}] không dùng được. Các phần: {known}.",
        "The letter's template has a part [{name}] that there is not. Parts: {known}.",
    ),
    "letter-ending": (
        "Tệp {file} phải có đuôi .docx hoặc .txt.",
        "The file {file} must end in .docx or .txt.",
    ),
    "nobody-missing": (
        "Đợt {round} không còn nơi nào chưa trả lời, nên không có ai để đôn đốc.",
        "Nobody is missing in {round}: there is nobody to press.",
    ),
    "address-mailbox": (
        "Địa chỉ thư điện tử {value} không dùng được. Hãy ghi đúng một địa chỉ dạng "
        "ten@co-quan.gov.vn, không dấu, không xuống dòng.",
        "{value} is not a usable mail address. Write exactly one, as name@office.gov.vn, in "
        "ASCII letters, on one line.",
    ),
    "address-name": (
        "Tên người nhận {value} có ký tự không in được, có mã hóa tiêu đề thư hoặc quá dài. "
        "Hãy ghi lại tên trên một dòng, không quá 120 ký tự.",
        "The name {value} has unprintable characters or encoded header text, or is too long. "
        "Write it on one line of at most 120 characters.",
    ),
    "letter-message-id": (
        "Mã thư {value} không đúng dạng <khóa@tên-miền>. Hãy tạo mã bằng stable_message_id.",
        "The message id {value} is not of the form <key@domain>. Make it with stable_message_id.",
    ),
    "letter-no-recipient": (
        "Thư {message_id} không có người nhận. Hãy đưa việc này vào danh sách báo bằng điện thoại "
        "và văn bản.",
        "The letter {message_id} has no recipient. Put the matter on the phone-and-paper list.",
    ),
    "letter-header": (
        "Tiêu đề thư {name} có giá trị {value} không gửi được. Hãy làm sạch bằng headers.clean, "
        "và không tự ghi tiêu đề do hệ thống ghi.",
        "The header {name} with the value {value} cannot be sent. Clean it with headers.clean, "
        "and leave the headers that the system writes to it.",
    ),
    "letter-attachment": (
        "Tệp kèm theo {name} kiểu {type} không gửi được. Hãy đặt tên tệp không có dấu gạch chéo "
        'và kiểu dạng "text/csv".',
        "The attachment {name} of type {type} cannot be sent. Give it a file name without slashes "
        'and a type such as "text/csv".',
    ),
    "letter-too-long": (
        "Thư {message_id} dài quá {most} ký tự. Hãy chia danh sách hoặc gửi kèm tệp.",
        "The letter {message_id} is longer than {most} characters. Split the list or attach it.",
    ),
    "mail-language": (
        "Không có mẫu thư bằng ngôn ngữ {lang}. Hãy dùng một trong: {known}.",
        "There are no mail templates in the language {lang}. Use one of: {known}.",
    ),
    "mail-template-unknown": (
        "Không có mẫu thư “{template}”. Hãy dùng một trong: {known}.",
        "There is no mail template “{template}”. Use one of: {known}.",
    ),
    "mail-context-names": (
        "Dữ liệu cho mẫu thư “{template}” thiếu [{missing}] và thừa [{surplus}]. Hãy ghi đúng các "
        "tên mà mẫu đã khai báo (docs/mail.md).",
        "The context of the template “{template}” lacks [{missing}] and has [{surplus}] too many. "
        "Give exactly the names that it declares (docs/mail.md).",
    ),
    "mail-context-value": (
        "Dữ liệu “{name}” của mẫu thư “{template}” phải là {expected}, nhưng là {value}.",
        "The value “{name}” of the template “{template}” must be {expected}, but is {value}.",
    ),
    "mail-nothing": (
        "Không có thông báo nào để viết thư. Hãy chỉ gọi khi có ít nhất một thông báo đến hạn gửi.",
        "There is no notice to write a letter about. Call only with at least one notice due.",
    ),
    "template-missing": (
        "Thiếu tệp mẫu thư {file}. Hãy cài đặt lại gói phần mềm.",
        "The template file {file} is missing. Install the package again.",
    ),
    "template-syntax": (
        "Tệp mẫu thư {file}, dòng {line}: {problem}. Hãy sửa tệp.",
        "The template file {file}, line {line}: {problem}. Correct the file.",
    ),
    "template-undeclared": (
        "Tệp mẫu thư {file} dùng tên “{name}” chưa khai báo. Hãy sửa tên hoặc khai báo trong "
        "notifiers/catalogue.py.",
        "The template file {file} uses the name “{name}”, which is not declared. Correct it or "
        "declare it in notifiers/catalogue.py.",
    ),
    "mail-temporary": (
        "Chưa gửi được thư ở bước {stage} ({smtp_code} {answer}). Hệ thống sẽ gửi lại; nếu lặp "
        "lại, hãy kiểm tra máy chủ thư.",
        "The mail could not be sent yet, at {stage} ({smtp_code} {answer}). It will be tried "
        "again; if that goes on, look at the mail server.",
    ),
    "mail-permanent": (
        "Máy chủ từ chối thư ở bước {stage} ({smtp_code} {answer}). Hãy sửa địa chỉ hoặc thông "
        "báo bằng điện thoại, văn bản.",
        "The server refused the mail for good, at {stage} ({smtp_code} {answer}). Correct the "
        "address, or tell the person by phone or on paper.",
    ),
}
