"""Sentences about conditions set aside, and about dossiers moved between submissions."""

WAIVING: dict[str, tuple[str, str]] = {
    "nothing-to-waive": (
        "Hồ sơ đã đạt điều kiện “{condition}”; không có gì để miễn.",
        "The condition “{condition}” is met; there is nothing to waive.",
    ),
    "waived-already": (
        "Điều kiện “{condition}” đã được miễn và nội dung còn nợ đã khắc phục xong.",
        "The condition “{condition}” was waived and its debt has been made good.",
    ),
    "no-such-debt": (
        "Hồ sơ không còn nợ nội dung nào theo điều kiện “{condition}”.",
        "Nothing is owed on the condition “{condition}”.",
    ),
    "condition-documents": ("đủ thành phần hồ sơ", "all documents and fields given"),
    "condition-opened": ("đã mở “{label}”", "“{label}” opened"),
    "condition-closed": ("đã kết thúc “{label}”", "“{label}” over"),
    "condition-disagreements-answered": (
        "ý kiến không đồng ý ở “{label}” đã được giải trình",
        "disagreements in “{label}” answered",
    ),
    "condition-passed": ("“{label}” được thông qua", "“{label}” passed"),
    "condition-failed": ("“{label}” không được thông qua", "“{label}” failed"),
    "condition-window": ("trong thời gian nhận hồ sơ “{label}”", "inside the window “{label}”"),
    "task-debt": (
        "khắc phục nội dung được miễn: {label}",
        "make good what was waived: {label}",
    ),
    "matter-debt": ("Nội dung được miễn: {label}", "Waived: {label}"),
    "task-reply": ("giải trình ý kiến không đồng ý", "answer a disagreement"),
    "same-submission": (
        "Hồ sơ đã ở tờ trình {submission}. Hãy chọn tờ trình khác.",
        "The dossier is in the submission {submission} already. Choose another.",
    ),
    "paper-missing": (
        "Đưa hồ sơ ra khỏi tờ trình {submission} phải có văn bản làm căn cứ (--paper-number …).",
        "To leave the submission {submission} it takes a paper (--paper-number …).",
    ),
    "accepted-already": (
        "Hồ sơ đã được tiếp nhận (trạng thái “{state}”); không chuyển giữa các tờ trình được nữa.",
        "The dossier has been accepted (“{state}”) and cannot change its submission any more.",
    ),
}
