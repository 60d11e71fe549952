"""Sentences about procedures and their checks."""

from thidua.workflow.wording.dues import DUE_SHAPES
from thidua.workflow.wording.proofs import PROOFS

_AT = "{file}:{line}:{column}: "

_YAML: dict[str, tuple[str, str]] = {
    "yaml-empty": (
        "tệp không có nội dung; chép một tệp mẫu rồi sửa",
        "the file says nothing; copy a shipped one and change it",
    ),
    "yaml-too-large": (
        "tệp có {size} byte, nhiều hơn {limit}; bỏ bớt nội dung",
        "the file has {size} bytes, more than {limit}; leave something out",
    ),
    "yaml-not-utf8": (
        "tệp không phải UTF-8; lưu lại với bảng mã UTF-8",
        "the file is not UTF-8; save it as UTF-8",
    ),
    "yaml-unprintable": (
        "ký tự {character} không nhìn thấy được; xóa đi",
        "the character {character} cannot be seen; delete it",
    ),
    "yaml-long-line": (
        "dòng dài hơn {limit} ký tự; ngắt dòng",
        "the line has more than {limit} characters; break it",
    ),
    "yaml-normalised": (
        "chữ có dấu viết ở dạng tách rời đã được ghép lại (NFC); nên lưu tệp ở dạng NFC",
        "decomposed letters were composed (NFC); save the file as NFC",
    ),
    "yaml-broken": (
        "không đọc được YAML ở đây hoặc ngay sau đây ({problem}); sửa cú pháp",
        "this is not YAML, here or just after ({problem}); mend the syntax",
    ),
    "yaml-bracket": (
        "ngoặc mở ở dòng {opened} chưa đóng, hoặc thiếu dấu phẩy trước chỗ này; thêm vào",
        "a bracket opened in line {opened} is not closed, or a comma is missing before this; "
        "add it",
    ),
    "yaml-colon": (
        "dấu “:” ở đây hoặc ở dòng trước không đúng chỗ; viết “khóa: giá trị” có dấu cách sau"
        " “:”, xếp các khóa cùng cấp thẳng cột, đặt chữ có dấu “:” trong dấu nháy",
        "a “:” here or in the line before is out of place; write “key: value” with a space "
        "after the “:”, put the keys that belong together in one column, and a text with a "
        "“:” in quotes",
    ),
    "yaml-indent": (
        "dòng này thụt vào không khớp với các dòng cùng cấp; xếp thẳng cột, mỗi mục “- ” một "
        "dòng riêng",
        "this line is not indented like those it belongs to; put them in one column, each “- "
        "” on a line of its own",
    ),
    "yaml-quote": (
        "dấu nháy mở ở dòng {opened} chưa đóng; đóng lại ở cuối chữ",
        "a quote opened in line {opened} is not closed; close it after the text",
    ),
    "yaml-sign": (
        "chữ không được bắt đầu bằng “{sign}”; đặt trong dấu nháy",
        "a text cannot begin with “{sign}”; put it in quotes",
    ),
    "yaml-tab": (
        "ở đây có dấu Tab; thụt dòng bằng dấu cách",
        "there is a tab here; indent with spaces",
    ),
    "yaml-two-documents": (
        "tệp có hơn một văn bản YAML; tách thành nhiều tệp, bỏ dòng “---”",
        "a second YAML document begins here; use one file each and drop the “---”",
    ),
    "yaml-directive": (
        "không dùng chỉ thị “%…”; xóa dòng đó",
        "directives (“%…”) are not used; delete the line",
    ),
    "yaml-alias": (
        "không dùng neo và tham chiếu (“&”, “*”); viết lại giá trị",
        "anchors and aliases (“&”, “*”) are not used; write the value out, or quote the text",
    ),
    "yaml-tag": (
        "không dùng nhãn kiểu “{tag}”; xóa nhãn, hoặc đặt chữ trong dấu nháy",
        "the tag “{tag}” is not used; delete it, or quote the text",
    ),
    "yaml-too-many-nodes": (
        "tệp có hơn {limit} giá trị; chia nhỏ quy trình",
        "the file has more than {limit} values; split the procedure",
    ),
    "yaml-too-deep": (
        "lồng nhau quá {limit} tầng; viết gọn lại",
        "nested more than {limit} deep; write it flatter",
    ),
    "yaml-key-not-text": (
        "khóa phải là một từ, không phải danh sách hay nhóm; sửa lại khóa",
        "a key must be a word, not a list or a mapping; write a word",
    ),
    "yaml-duplicate-key": (
        "khóa “{key}” đã có ở dòng {first}; xóa một trong hai",
        "the key “{key}” stands on line {first} already; delete one of the two",
    ),
}

_SHAPE: dict[str, tuple[str, str]] = {
    "key-unknown": (
        "không có khóa “{key}” ở đây; dùng: {nearest}",
        "there is no key “{key}” here; write: {nearest}",
    ),
    "key-missing": (
        "thiếu khóa “{key}”; ghi thêm vào đây",
        "the key “{key}” is missing; add it here",
    ),
    "keys-apart": (
        "“{key}” không đi cùng “{other}”; bỏ một trong hai",
        "“{key}” does not go with “{other}”; leave one of them out",
    ),
    "word-unknown": (
        "“{found}” không có nghĩa ở đây; dùng: {nearest}",
        "“{found}” means nothing here; write: {nearest}",
    ),
    "not-a-mapping": (
        "cần một nhóm “khóa: giá trị”, gặp “{found}”; viết lại thành nhóm",
        "expected “key: value” pairs, found “{found}”; write a mapping",
    ),
    "not-a-list": (
        "cần một danh sách, gặp “{found}”; viết trong ngoặc vuông",
        "expected a list, found “{found}”; write it in square brackets",
    ),
    "not-a-text": (
        "cần một giá trị chữ, gặp “{found}”; viết một từ hoặc một câu",
        "expected a single text, found “{found}”; write one word or sentence",
    ),
    "look-alike": (
        "trong “{found}” có chữ {letter} trông giống chữ La-tinh mà không phải; gõ lại",
        "“{found}” has the letter {letter}, which only looks like a Latin one; type it again",
    ),
    "empty-text": (
        "giá trị để trống; điền vào hoặc xóa khóa",
        "the value is empty; fill it in or delete the key",
    ),
    "empty-list": (
        "cần ít nhất một mục; ghi thêm hoặc xóa khóa",
        "at least one entry is needed; add one or delete the key",
    ),
    "bad-name": (
        "“{found}” không dùng làm tên được; dùng chữ thường không dấu, số và “_”, "
        "bắt đầu bằng chữ, tối đa 60 ký tự",
        "“{found}” cannot be a name; use lower-case letters a to z, digits and “_”, "
        "beginning with a letter, 60 at most",
    ),
    "bad-slug": (
        "“{found}” không dùng làm tên được; dùng chữ thường không dấu, số và “-”, "
        "bắt đầu bằng chữ, tối đa 60 ký tự",
        "“{found}” cannot be a name here; use lower-case letters a to z, digits and “-”, "
        "beginning with a letter, 60 at most",
    ),
    "bad-reference": (
        "“{found}” không phải là một quy trình; viết mã quy trình, hoặc mã@bản",
        "“{found}” names no procedure; write its name, or name@version",
    ),
    "bad-code": (
        "“{found}” không dùng làm mã được; dùng chữ hoa không dấu, số và “_”",
        "“{found}” cannot be a code; use capitals A to Z, digits and “_”",
    ),
    "bad-unit": (
        "“{found}” không phải mã đơn vị; dùng chữ không dấu, số, “_”, “.”, “-”",
        "“{found}” is no unit's code; use letters a to z, digits, “_”, “.”, “-”",
    ),
    "bad-version": (
        "“{found}” không phải số phiên bản; viết như “2018.1”",
        "“{found}” is no version; write it as “2018.1”",
    ),
    "bad-event": (
        "“{found}” không phải sự kiện; viết tên trạng thái, hoặc ĐỢT.opened",
        "“{found}” is no event; write a state's name, or ROUND.opened",
    ),
    "bad-dotted": (
        "“{found}” không đúng dạng; viết như “vote.meeting”",
        "“{found}” has not the form needed; write it as “vote.meeting”",
    ),
    "bad-condition": (
        "“{found}” không phải điều kiện; viết như “documents.complete” hoặc “ĐỢT.closed”",
        "“{found}” is no condition; write it as “documents.complete” or “ROUND.closed”",
    ),
    "bad-yes-no": (
        "“{found}” không phải yes hay no; viết yes hoặc no",
        "“{found}” is neither yes nor no; write one of them",
    ),
    "bad-date": (
        "“{found}” không phải ngày; viết như 2018-07-21",
        "“{found}” is no date; write it as 2018-07-21",
    ),
    "bad-number": (
        "“{found}” không phải số dùng được; viết số nguyên từ 1 đến 9999",
        "“{found}” is no number to use here; write a whole number from 1 to 9999",
    ),
    "bad-fraction": (
        "“{found}” không phải phân số; viết như 2/3",
        "“{found}” is no fraction; write it as 2/3",
    ),
    "fraction-out-of-range": (
        "phân số “{found}” không thể dùng; phải trong khoảng 0 đến 1 và để có thể "
        "cả đạt lẫn không đạt",
        "the fraction “{found}” cannot be used; keep within 0 and 1, "
        "so that one can both pass and fail",
    ),
    "bad-span": (
        "“{found}” không phải khoảng thời gian; viết như “7 working days”, "
        "“45 calendar days”, “1 month”",
        "“{found}” is no time allowed; write it as “7 working days”, “45 calendar days”, “1 month”",
    ),
    "bad-clock": (
        "“{found}” không phải giờ trong ngày; viết như “08:00”",
        "“{found}” is no time of the day; write it as “08:00”",
    ),
    "hours-order": (
        "giờ mở {opens} không sớm hơn giờ đóng {closes}; ghi lại “opens”, “closes”",
        "the hours open at {opens}, not before they close at {closes}; mend “opens” or “closes”",
    ),
    "bad-offset": (
        "“{found}” không phải mốc nhắc; viết như “2 working days before”, “on the day”, "
        "“1 working day after”",
        "“{found}” is no place around a due; write it as “2 working days before”, "
        "“on the day”, “1 working day after”",
    ),
    "bad-receipt-unknown": (
        "“{found}” không đúng dạng; viết như “2 working days after sending”",
        "“{found}” has not the form needed; write it as “2 working days after sending”",
    ),
    "not-supported-yet": (
        "“{found}” chưa được hỗ trợ trong phiên bản này; bỏ đi để không ai tưởng là có hiệu lực",
        "“{found}” is not supported yet; take it out, so that nobody thinks it has an effect",
    ),
    "number-without-ground": (
        "con số ở đây không có căn cứ; thêm “{key}: TÊN_CĂN_CỨ”",
        "the number here has no ground; add “{key}: NAME_OF_A_GROUND”",
    ),
    "act-without-right": (
        "chưa nói ai được làm “{key}”; thêm “{key}: VAI_TRÒ” hoặc “{key}: nobody” vào “may”",
        "nothing says who may do “{key}”; add “{key}: ROLE” or “{key}: nobody” to “may”",
    ),
    "ballot-without-voters": (
        "cuộc bỏ phiếu không nói ai được bỏ phiếu; thêm “voters”",
        "the ballot does not say who votes; add “voters”",
    ),
    "ballot-without-quorum": (
        "cuộc bỏ phiếu không nói bao nhiêu người thì hợp lệ; thêm “quorum”",
        "the ballot does not say how many must take part; add “quorum”",
    ),
    "ballot-without-pass": (
        "cuộc bỏ phiếu không nói bao nhiêu phiếu thì đạt; thêm “pass”",
        "the ballot does not say how many votes carry; add “pass”",
    ),
    "ballot-without-tie": (
        "cuộc bỏ phiếu không nói phiếu ngang nhau thì sao; thêm “tie”",
        "the ballot does not say what equal votes mean; add “tie”",
    ),
}

_PLACED = {**_YAML, **_SHAPE, **DUE_SHAPES, **PROOFS}

PROCEDURES: dict[str, tuple[str, str]] = {
    **{code: (_AT + vi, _AT + en) for code, (vi, en) in _PLACED.items()},
    "file-unreadable": (
        "không đọc được tệp {file} ({problem}); kiểm tra tên tệp và quyền đọc",
        "cannot read the file {file} ({problem}); look at its name and permissions",
    ),
    "province-date-unknown": (
        "chưa có danh mục tỉnh, thành phố cho ngày {on}; danh mục bắt đầu từ {first}",
        "there is no list of provinces for {on}; it begins on {first}",
    ),
    "no-such-province": (
        "ngày {on} không có tỉnh, thành phố mang mã “{province}”; xem lại mã và ngày",
        "no province had the code “{province}” on {on}; look at the code and the date",
    ),
}
