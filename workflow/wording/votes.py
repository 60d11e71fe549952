"""Sentences about paper counts, quorum and verdicts."""

VOTES: dict[str, tuple[str, str]] = {
    "count-negative": (
        "Số liệu kiểm phiếu {name} là {found}, không được âm. Hãy ghi lại theo biên bản kiểm "
        "phiếu.",
        "The count of {name} is {found}, which may not be negative. Enter it again from the "
        "tellers' minutes.",
    ),
    "count-taking-part": (
        "Số thành viên có mặt và gửi ý kiến bằng văn bản là {found}, nhiều hơn tổng số thành viên "
        "{against}. Hãy đối chiếu với danh sách Hội đồng.",
        "{found} members are present or answered in writing, more than the {against} entitled. "
        "Check against the council's roll.",
    ),
    "count-issued": (
        "Số phiếu phát ra là {found}, nhiều hơn tổng số thành viên {against}. Hãy đối chiếu với "
        "biên bản kiểm phiếu.",
        "{found} papers were issued, more than the {against} members entitled. Check against the "
        "tellers' minutes.",
    ),
    "count-returned": (
        "Số phiếu thu về là {found}, nhiều hơn số phiếu phát ra {against}. Hãy kiểm lại phiếu.",
        "{found} papers came back, more than the {against} issued. Count the papers again.",
    ),
    "count-returned-by": (
        "Số phiếu thu về là {found}, nhiều hơn số thành viên có mặt và gửi ý kiến bằng văn bản "
        "{against}. Hãy kiểm lại phiếu và danh sách có mặt.",
        "{found} papers came back, more than the {against} members present or answering in "
        "writing. Check the papers and the attendance.",
    ),
    "count-papers": (
        "Số phiếu hợp lệ cộng số phiếu không hợp lệ là {found}, khác số phiếu thu về {against}. "
        "Hãy kiểm lại phiếu.",
        "Valid and invalid papers together are {found}, but {against} came back. Count the papers "
        "again.",
    ),
    "count-choices": (
        "Số phiếu đồng ý, không đồng ý và không có ý kiến cộng lại là {found}, khác số phiếu hợp "
        "lệ {against}. Hãy kiểm lại phiếu.",
        "Votes for, against and abstained together are {found}, but {against} papers are valid. "
        "Count the papers again.",
    ),
    "quorum-short": (
        "Có {taking_part} trên tổng số {entitled} thành viên tham gia, cần ít nhất {needed}. "
        "Hãy tổ chức bỏ phiếu lại khi đủ số thành viên.",
        "{taking_part} of {entitled} members took part, at least {needed} are needed. Hold the "
        "ballot again with enough members.",
    ),
    "votes-short": (
        "Được {votes_for} phiếu đồng ý, cần ít nhất {needed} trên {base}.",
        "{votes_for} votes for, at least {needed} of {base} are needed.",
    ),
    "votes-even": (
        "Số phiếu đồng ý và không đồng ý ngang nhau: {votes_for} và {votes_against}.",
        "As many votes for as against: {votes_for} and {votes_against}.",
    ),
}
