"""The manual of the council's papers."""

from thidua.cli.language import Words

_BOTH = (
    " Hiện ra màn hình, hoặc ghi vào tệp bằng --out (.docx, .txt).",
    " Shown, or written to a file with --out (.docx, .txt).",
)


def _paper(vi: str, en: str) -> Words:
    return vi + _BOTH[0], en + _BOTH[1]


PAPERS: dict[str, Words] = {
    "papers": (
        "Văn bản của Hội đồng: biên bản, bảng tổng hợp ý kiến, tờ trình, dự thảo quyết định.",
        "Papers of the council: minutes, matrices of opinions, submissions, draft decisions.",
    ),
    "papers minutes": _paper(
        "Biên bản phiên họp: thành phần, điều kiện được miễn, ý kiến không nhất trí, thể lệ và kết"
        " quả biểu quyết, nhật ký từng hồ sơ.",
        "The minutes of a meeting: who was there, open waivers, disagreements, rule and result of"
        " the votes, each dossier's chain head.",
    ),
    "papers count": _paper(
        "Biên bản kiểm phiếu một đợt bỏ phiếu: số phiếu phát ra, thu về, hợp lệ, kết quả từng"
        " trường hợp.",
        "The minutes of a ballot's count: papers given out, returned and valid, the result of each"
        " line.",
    ),
    "papers extract": _paper(
        "Trích biên bản cho một hồ sơ.", "What the minutes say of one dossier."
    ),
    "papers matrix": _paper(
        "Bảng tổng hợp ý kiến của một đợt: từng hồ sơ, từng nơi được hỏi, mọi ý kiến có nội dung và"
        " giải trình. Chỉ dành cho người được xem ý kiến.",
        "The opinions of a round: by dossier, by who was asked, every remark with its answer. Only"
        " for who may see opinions.",
    ),
    "papers proposal": _paper(
        "Tờ trình của một quyết định đã dự thảo, điều cần lưu ý đứng đầu.",
        "The submission of a drafted decision, what needs attention first.",
    ),
    "papers decision": _paper(
        "Quyết định kèm danh sách; là dự thảo cho đến khi vào sổ.",
        "A decision with its annex; a draft until it is numbered.",
    ),
    "papers summary": _paper(
        "Tóm tắt một trang cho người ký: không nhất trí, điều kiện còn nợ, thay đổi sau dự thảo, có"
        " liên quan, không trả lời, gửi muộn.",
        "One page for the signer: disagreements, open waivers, what changed since the draft,"
        " conflicts, no replies, late opinions.",
    ),
    "papers templates": (
        "Chép các mẫu văn bản kèm theo vào một thư mục để cơ quan sửa thành mẫu của mình.",
        "Copy the templates that ship to a folder, for the office to make them its own.",
    ),
}

PAPERS_EXAMPLES: dict[str, tuple[str, ...]] = {
    "papers minutes": ("thidua papers minutes HOP-1 --out bien-ban.docx --place 'Hà Nội'",),
    "papers count": ("thidua papers count vote@HOP-1 --out kiem-phieu.docx",),
    "papers decision": ("thidua papers decision QD-1 --out quyet-dinh.docx",),
    "papers summary": ("thidua papers summary QD-1",),
    "papers templates": (
        "thidua papers templates mau",
        "THIDUA_PAPERS=mau thidua papers minutes HOP-1",
    ),
}
