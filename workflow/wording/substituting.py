"""What is said of people who stand in for others and of desks that are handed over."""

SUBSTITUTING: dict[str, tuple[str, str]] = {
    "substitution-ended": (
        "{actor} chỉ được thay {decider} đến hết ngày {until}. Hãy để {decider} tự làm, hoặc ghi"
        " văn bản ủy quyền mới.",
        "{actor} stood in for {decider} until {until} only. Have {decider} do it, or enter a new"
        " authority.",
    ),
    "substitution-not-begun": (
        "{actor} chỉ được thay {decider} từ ngày {since}.",
        "{actor} stands in for {decider} only from {since}.",
    ),
    "substitution-elsewhere": (
        "Việc này nằm ngoài phạm vi {actor} được thay {decider}. Xem `thidua substitutes list`.",
        "This is not among what {actor} stands in for {decider} for. See `thidua substitutes"
        " list`.",
    ),
    "not-delegable": (
        "Vai trò {role} không được ủy quyền: {decider} phải tự làm, {actor} không làm thay được.",
        "The role {role} cannot be delegated: {decider} has to act, {actor} cannot stand in.",
    ),
    "substitutes-himself": (
        "{actor} không thể thay chính mình. Hãy ghi người được thay.",
        "{actor} cannot stand in for himself. Name whom he stands in for.",
    ),
    "substitution-reversed": (
        "Ngày cuối {until} đứng trước ngày đầu {since}. Hãy ghi lại thời gian.",
        "The last day {until} lies before the first one {since}. Give the time again.",
    ),
    "substitution-ground": (
        "Thiếu căn cứ của việc ủy quyền. Hãy ghi số, ngày của văn bản.",
        "The ground of the substitution is missing. Name the paper and its date.",
    ),
    "substitution-not-shorter": (
        "Việc thay đã hết từ {until}. Chỉ có thể cho hết sớm hơn; muốn kéo dài hãy ghi văn bản ủy"
        " quyền mới.",
        "It ends on {until} already. It can only end sooner; to make it longer enter a new"
        " authority.",
    ),
    "unknown-substitution": (
        "Không có việc ủy quyền {substitution}. Xem `thidua substitutes list --every`.",
        "There is no substitution {substitution}. See `thidua substitutes list --every`.",
    ),
    "hands-over-to-himself": (
        "{actor} không thể bàn giao cho chính mình. Hãy ghi người nhận.",
        "{actor} cannot hand over to himself. Name who takes over.",
    ),
}
