"""Sentences about typed conditions that cannot be used."""

EXPRESSIONS: dict[str, tuple[str, str]] = {
    "expr-refused": (
        "trong điều kiện không viết được “{found}”; chỉ dùng tên, số, ngày, chữ trong dấu nháy "
        "và các từ, dấu: {allowed}",
        "“{found}” cannot stand in a condition; use names, numbers, dates, texts in quotes, and "
        "these: {allowed}",
    ),
    "expr-date": (
        "trong điều kiện không có ngày “{found}”; viết như 2018-07-21",
        "there is no date “{found}” to use in a condition; write it as 2018-07-21",
    ),
    "expr-too-long": (
        "điều kiện dài {found}, quá {limit}; tách thành nhiều điều kiện",
        "the condition has a length of {found}, more than {limit}; split it into several",
    ),
    "expr-too-deep": (
        "điều kiện có hơn {limit} tầng ngoặc; viết gọn lại",
        "the condition has more than {limit} brackets within brackets; write it flatter",
    ),
    "expr-broken": (
        "không hiểu được điều kiện “{found}”; viết như “so_nam >= 2 and co_sang_kien == yes”",
        "the condition “{found}” cannot be read; write it as “years >= 2 and by_initiative == yes”",
    ),
    "expr-kinds": (
        "điều kiện “{found}” so sánh không đúng kiểu hoặc không trả lời có hay không ({names}); "
        "so số với số, ngày với ngày, chữ với chữ",
        "the condition “{found}” mixes kinds of values, or is no question of yes or no ({names}); "
        "compare numbers with numbers, dates with dates, texts with texts",
    ),
    "expr-constant": (
        "điều kiện “{found}” có phần không hỏi đến hồ sơ; nêu tên một trường trong mỗi phần",
        "a part of the condition “{found}” asks nothing of the dossier; name a field in each part",
    ),
    "expr-twice": (
        "“{name}” đã là tên của một điều kiện khác; đặt tên khác",
        "“{name}” is the name of another condition already; choose another",
    ),
}
