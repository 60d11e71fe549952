"""The manual of secret ballots."""

from thidua.cli.language import Words

SECRECY: dict[str, Words] = {
    "votes box": (
        "Hòm phiếu đã công bố sau khi kiểm phiếu: từng phiếu, không có tên. Với --json là bản để"
        " ai cũng kiểm lại được.",
        "The published box after the count: every slip, without names. With --json it is what"
        " anybody can count again.",
    ),
    "votes verify": (
        "Kiểm lại kết quả từ hòm phiếu đã công bố, không dùng gì khác. Không khớp thì mã thoát là"
        " 1.",
        "Count again from the published box and nothing else. Exit code 1 when it differs.",
    ),
    "votes void": (
        "Tuyên bố cuộc bỏ phiếu kín vô hiệu vì không mở được hòm phiếu nữa (mất khóa, hòm phiếu"
        " bị sửa); các thành viên bỏ phiếu lại. Phải ghi lý do (--note).",
        "Declare a secret ballot void because its box cannot be opened any more (key lost, box"
        " changed); its members vote anew. Say why (--note).",
    ),
    "votes destroy-keys": (
        "Hủy khóa của những hòm phiếu đã kiểm xong. Việc này tự làm sau mỗi lần kiểm phiếu và"
        " theo đồng hồ.",
        "Destroy the keys of counted boxes. It is done by itself after every count, and by the"
        " clock.",
    ),
}

SECRECY_EXAMPLES: dict[str, tuple[str, ...]] = {
    "votes cast": (
        "thidua votes cast vote for HS-001 HS-002",
        "thidua votes cast vote -",
    ),
    "votes box": ("thidua votes box vote --json",),
    "votes void": ("thidua votes void vote --note 'Hỏng ổ đĩa giữ khóa' --yes",),
}
