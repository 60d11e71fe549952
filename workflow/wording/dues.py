"""Sentences about times allowed: how they are written, and what stands in their way."""

DUE_PROOFS: dict[str, tuple[str, str]] = {
    "no-such-start": (
        "không tính thời hạn từ “{name}” được: không phải mốc, cũng không phải trường ngày; "
        "dùng: {nearest}",
        "no time can be counted from “{name}”: it is neither an event nor a field with a date; "
        "write: {nearest}",
    ),
    "field-not-a-date": (
        "trường “{field}” có kiểu {type}, không có ngày để tính thời hạn; dùng trường kiểu date "
        "hoặc period",
        "the field “{field}” is of type {type} and has no date to count from; use one of type date "
        "or period",
    ),
    "due-field-optional": (
        "thời hạn tính từ trường “{field}” mà trường này không bắt buộc; ghi “needed: always”",
        "a time is counted from the field “{field}”, which may be left out; write “needed: always”",
    ),
    "rung-before-begin": (
        "bậc nhắc “{found}” của “{ladder}” rơi vào trước khi thời hạn {span} bắt đầu; bỏ bậc đó, "
        "hoặc dùng thang nhắc khác",
        "the rung “{found}” of “{ladder}” lies before the time of {span} begins; delete it, or use "
        "another ladder",
    ),
    "window-name": (
        "tên “{window}” đã dùng cho việc khác; đặt tên khác cho khoảng thời gian này",
        "the name “{window}” is taken already; give the window another one",
    ),
    "window-unused": (
        "không bước nào hỏi “{window}.open”; thêm vào “conditions” của một bước, hoặc xóa",
        "no transition asks “{window}.open”; add it to the conditions of one, or delete the window",
    ),
}

DUE_SHAPES: dict[str, tuple[str, str]] = {
    "bad-day": (
        "“{found}” không phải một ngày trong năm; viết như “31 October”",
        "“{found}” is no day of a year; write it as “31 October”",
    ),
    "fixed-without-rolling": (
        "ngày cố định phải nói rõ có lùi sang ngày làm việc kế tiếp khi rơi vào ngày nghỉ hay "
        "không; ghi “rolls: yes” hoặc “rolls: no”",
        "a fixed date has to say whether it moves to the next working day when it is off; write "
        "“rolls: yes” or “rolls: no”",
    ),
}

DUES: dict[str, tuple[str, str]] = {
    "meeting-too-soon": (
        "Phiên họp ngày {meets_on} quá gần: “{round}” phải xong chậm nhất ngày {due}, mà ngày đó "
        "đã qua. Hãy chọn phiên họp muộn hơn.",
        "The meeting of {meets_on} is too soon: “{round}” would have to be over by {due}, and that "
        "day is past. Choose a later meeting.",
    ),
    "window-undated": (
        "Chưa biết “{window}” mở khi nào vì hồ sơ chưa có “{label}”. Hãy nhập ngày đó.",
        "When “{window}” is open is not known: the dossier has no “{label}”. Enter that date.",
    ),
    "window-not-open": (
        "“{window}” từ ngày {opens} đến ngày {closes}; hồ sơ đến ngày {came} là quá sớm. Hãy trình "
        "lại trong thời gian đó.",
        "“{window}” is from {opens} to {closes}; the dossier came on {came}, too early. Submit it "
        "again then.",
    ),
    "window-closed": (
        "“{window}” từ ngày {opens} đến ngày {closes}; hồ sơ đến ngày {came} là quá hạn. Hồ sơ chỉ "
        "đi tiếp khi người có quyền miễn điều kiện này.",
        "“{window}” was from {opens} to {closes}; the dossier came on {came}, too late. It goes on "
        "only if whoever may waive this condition does so.",
    ),
}
