"""Sentences of the proof about ballots: the chair, rounds, written votes, recusal."""

BALLOTING: dict[str, tuple[str, str]] = {
    "tie-without-chair": (
        "“{round}” để chủ tịch quyết định khi ngang phiếu nhưng không nói "
        "vai trò nào là chủ tịch; thêm “chair: …” vào “voters”",
        "“{round}” leaves ties to the chair and does not say which role "
        "that is; add “chair: …” to “voters”",
    ),
    "revotes-without-revote": (
        "“{round}” giới hạn số lần bỏ phiếu nhưng không bao giờ bỏ phiếu "
        "lại; bỏ “rounds”, hoặc ghi “revote” ở “quorum”, “tie” hoặc “seats”",
        "“{round}” limits how often it is voted on and is never voted on "
        "again; take “rounds” out, or write “revote” in “quorum”, “tie” or “seats”",
    ),
    "next-meeting-without-meeting": (
        "“{round}” không theo phiên họp nên không có phiên sau; ghi “then: "
        "fails”, hoặc “gather: meeting”",
        "“{round}” is not held at meetings, so there is no next one; write "
        "“then: fails”, or “gather: meeting”",
    ),
    "written-until-without-written": (
        "“{round}” nhận phiếu bằng văn bản đến hạn nhưng không có “written” "
        "trong “ways” hoặc không có “due”; ghi cả hai, hoặc bỏ “written: until_due”",
        "“{round}” takes written votes until its due but has no “written” "
        "among its “ways”, or no “due”; give it both, or take “written: until_due” out",
    ),
    "shown-not-final": (
        "trạng thái “{state}” không phải trạng thái cuối; chỉ hồ sơ đã kết "
        "thúc mới được đưa ra cho Hội đồng biết mà không bỏ phiếu",
        "the state “{state}” is not final; only dossiers at their end are "
        "shown to the council without a vote",
    ),
    "recuse-if-without-ballot": (
        "“recuse_if” không có tác dụng vì quy trình không có cuộc bỏ phiếu; bỏ đi",
        "“recuse_if” has no effect because there is no ballot; take it out",
    ),
}
