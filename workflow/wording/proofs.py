"""Sentences about what the checks of a procedure find."""

from thidua.workflow.wording.balloting import BALLOTING
from thidua.workflow.wording.dues import DUE_PROOFS
from thidua.workflow.wording.expressions import EXPRESSIONS
from thidua.workflow.wording.whole import WHOLE

_FAULTS: dict[str, tuple[str, str]] = {
    "state-unreachable": (
        "không hồ sơ nào đến được trạng thái “{state}”; thêm bước dẫn đến, hoặc xóa",
        "no dossier can reach the state “{state}”; add a transition to it, or delete it",
    ),
    "final-unreachable": (
        "không hồ sơ nào kết thúc ở “{state}” được; thêm bước dẫn đến, hoặc xóa",
        "no dossier can end in “{state}”; add a transition to it, or delete it",
    ),
    "state-dead-end": (
        "hồ sơ ở “{state}” không đi tiếp được; thêm bước chuyển, hoặc ghi “final: yes”",
        "a dossier in “{state}” cannot go on; add a transition, or write “final: yes”",
    ),
    "state-without-end": (
        "từ “{state}” không có đường nào đến kết thúc; thêm bước dẫn đến một trạng thái cuối",
        "no way leads from “{state}” to an end; add a transition towards a final state",
    ),
    "final-left": (
        "“{state}” là trạng thái cuối mà vẫn có bước đi tiếp; bỏ bước đó, hoặc bỏ “final”",
        "“{state}” is final and still has a way out; delete the transition, or “final”",
    ),
    "final-opens": (
        "“{state}” là trạng thái cuối nên không mở đợt nào; bỏ “opens”",
        "“{state}” is final and can open no round; delete “opens”",
    ),
    "final-with-due": (
        "“{state}” là trạng thái cuối nên không có thời hạn; bỏ “due”",
        "“{state}” is final and waits for nothing; delete “due”",
    ),
    "final-without-outcome": (
        "“{state}” là trạng thái cuối mà không nói kết quả; thêm “outcome”",
        "“{state}” is final and does not say what came of it; add “outcome”",
    ),
    "outcome-not-final": (
        "“{state}” chưa phải trạng thái cuối mà có kết quả; bỏ “outcome”, hoặc ghi “final: yes”",
        "“{state}” has an outcome and is not final; delete “outcome”, or write “final: yes”",
    ),
    "state-without-due": (
        "trạng thái “{state}” không nói chờ đến bao giờ; thêm “due: …” hoặc “due: none”",
        "the state “{state}” does not say until when it waits; add “due: …” or “due: none”",
    ),
    "due-not-engine": (
        "hết hạn ở “{state}” thì hệ thống không được làm “{trigger}”; "
        "cho bước đó “by: engine” từ trạng thái này, hoặc ghi “then: none”",
        "when the due of “{state}” passes, the engine may not fire “{trigger}”; "
        "give it a transition “by: engine” from here, or write “then: none”",
    ),
    "due-before-nothing": (
        "“{found}” không phải phiên họp của chính đợt này; viết “{round}.meeting” cùng "
        "“gather: meeting”, hoặc tính từ “opening”",
        "“{found}” is not this round's own meeting; write “{round}.meeting” with "
        "“gather: meeting”, or count from “opening”",
    ),
    "closures-without-unit": (
        "đợt “{round}” không hỏi đơn vị nào nên không có ngày nghỉ riêng; bỏ “closures”, hoặc ghi "
        "“for: own unit” ở vai trò được hỏi",
        "the round “{round}” asks no unit, so nobody has days off of their own; drop “closures”, "
        "or write “for: own unit” at the role asked",
    ),
    "ladder-order": (
        "bậc nhắc “{found}” của “{ladder}” không đúng thứ tự; xếp từ sớm đến muộn, không trùng",
        "the rung “{found}” of “{ladder}” is out of order; put the earliest first, none twice",
    ),
    "hours-unused": (
        "mọi thư của thang “{ladder}” đều là “urgent”, không theo giờ nào; bỏ “hours” hoặc bỏ bớt "
        "“urgent”",
        "every mail of the ladder “{ladder}” is urgent and keeps no hours; drop “hours”, or some "
        "“urgent”",
    ),
    "ladder-unused": (
        "không thời hạn nào dùng “{ladder}”; dùng ở một “due”, hoặc xóa",
        "no due uses the ladder “{ladder}”; use it in one, or delete it",
    ),
    "engine-without-condition": (
        "hệ thống tự làm “{trigger}” mà không có điều kiện; thêm “conditions”, "
        "hoặc cho một vai trò làm",
        "the engine fires “{trigger}” without a condition; add “conditions”, or name a role",
    ),
    "engine-circle": (
        "hệ thống tự làm “{trigger}” sẽ chạy vòng quanh mãi; "
        "cho một vai trò làm một bước trong vòng",
        "with “{trigger}” the engine runs in a circle; let a role take one step of it",
    ),
    "transition-twice": (
        "đã có bước “{trigger}” từ “{state}”; đặt tên khác cho một trong hai",
        "there is a transition “{trigger}” from “{state}” already; rename one of the two",
    ),
    "condition-before-round": (
        "điều kiện “{condition}” không bao giờ đạt: đợt này chưa mở khi đến bước này; "
        "mở đợt ở trạng thái trước đó",
        "the condition “{condition}” can never hold: its round is not open by then; "
        "open it in an earlier state",
    ),
    "waiver-of-nothing": (
        "không bước nào đòi điều kiện “{condition}” nên không có gì để miễn; bỏ dòng này",
        "no transition has the condition “{condition}”, so it cannot be waived; delete the line",
    ),
    "supplement-untold": (
        "thang “{ladder}” không báo cho ai khi hết hạn mà chưa bổ sung; thêm một bậc escalate",
        "the ladder “{ladder}” tells nobody when the supplement does not come; add an escalation",
    ),
    "round-never-opened": (
        "không trạng thái nào mở đợt “{round}”; ghi vào “opens” của một trạng thái, hoặc xóa",
        "no state opens the round “{round}”; name it in a state's “opens”, or delete it",
    ),
    "round-never-closes": (
        "đợt “{round}” có thể không bao giờ kết thúc; thêm “at_due: yes” cùng “due”, "
        "hoặc “by: VAI_TRÒ”",
        "the round “{round}” may never close; add “at_due: yes” with a “due”, or “by: ROLE”",
    ),
    "silence-and-due": (
        "đợt “{round}” vừa chờ người chưa trả lời vừa hết hạn thì đóng; "
        "ghi “silence: continue”, hoặc bỏ “at_due”",
        "the round “{round}” both waits for the silent and closes at its due; "
        "write “silence: continue”, or delete “at_due”",
    ),
    "transit-without-due": (
        "“transit” của đợt “{round}” chỉ có nghĩa khi “at_due: yes”; thêm “at_due”, hoặc bỏ",
        "“transit” of the round “{round}” means something only with “at_due: yes”; "
        "add that, or delete it",
    ),
    "postmark-without-transit": (
        "đợt “{round}” tính theo dấu bưu điện mà hết hạn là đóng ngay; thêm “transit” vào “close” "
        "để chờ thư còn trên đường, hoặc bỏ “postmark”",
        "the round “{round}” counts by the postmark and closes at its due; "
        "add “transit” to “close” for what is in the post then, or drop “postmark”",
    ),
    "counts-by-order": (
        "“counts_by” của đợt “{round}” sai thứ tự; mỗi căn cứ một lần, “receipt” ở cuối",
        "“counts_by” of the round “{round}” is out of order; name each once and “receipt” last",
    ),
    "secret-not-paper": (
        "bỏ phiếu kín ở “{round}” không thể chỉ dùng {ways}; cần “electronic” hoặc “paper”, và bỏ "
        "“show_of_hands”",
        "a secret vote in “{round}” cannot be taken by {ways}; it needs “electronic” or “paper”, "
        "and no “show_of_hands”",
    ),
    "quorum-without-written": (
        "“{round}” tính ý kiến bằng văn bản mà không cho bỏ phiếu bằng văn bản; "
        "thêm “written” vào “ways”, hoặc bỏ khỏi “counts”",
        "“{round}” counts written opinions and takes none; "
        "add “written” to “ways”, or drop it from “counts”",
    ),
    "group-not-needed": (
        "trường “{field}” dùng để chia nhóm nên hồ sơ nào cũng phải có; ghi “needed: always”",
        "the field “{field}” makes groups, so every dossier needs it; write “needed: always”",
    ),
    "dates-reversed": (
        "ngày kết thúc {found} trước ngày bắt đầu; sửa lại ngày",
        "the end {found} lies before the beginning; mend the dates",
    ),
    "ground-unused": (
        "không con số nào dựa vào căn cứ “{ground}”; dùng hoặc xóa",
        "no number rests on the ground “{ground}”; use it, or delete it",
    ),
    "ground-assumed": (
        "giá trị giả định ({text}) ở: {uses}; cần xác nhận bằng căn cứ “{ground}” "
        "trước hồ sơ thật đầu tiên",
        "an assumed value ({text}) at: {uses}; confirm the ground “{ground}” "
        "before the first real dossier",
    ),
    "role-impossible": (
        "không ai giữ được vai trò “{role}” vì nó loại trừ chính nó; sửa “never_also”",
        "nobody can hold the role “{role}”, which excludes itself; mend “never_also”",
    ),
    "role-unused": (
        "vai trò “{role}” không có việc gì; dùng hoặc xóa",
        "the role “{role}” has nothing to do; use it, or delete it",
    ),
    "name-reserved": (
        "“{name}” là từ có nghĩa riêng, không đặt làm tên được; đặt tên khác",
        "“{name}” has a meaning of its own and cannot be a name here; choose another",
    ),
    "withdrawal-not-final": (
        "hồ sơ rút phải kết thúc, mà “{state}” chưa phải trạng thái cuối; chọn trạng thái cuối",
        "a withdrawn dossier is at its end, and “{state}” is not final; name a final state",
    ),
    "text-missing": (
        "thiếu chữ “{lang}”; thêm “{lang}: …”",
        "the text in “{lang}” is missing; add “{lang}: …”",
    ),
    "text-undeclared": (
        "chữ “{lang}” không có trong “languages”; thêm ngôn ngữ, hoặc xóa",
        "“{lang}” is not among the “languages”; declare it, or delete the text",
    ),
    "message-to": (
        "“{event}” không gửi cho “{to}” được; ĐỢT.opened gửi cho asked, "
        "trạng thái gửi cho một vai trò, hoặc cho asked khi có đợt lấy ý kiến",
        "“{event}” cannot be written to “{to}”; ROUND.opened goes to asked, a state to a role, or"
        " to asked where a consultation is held",
    ),
}

_KINDS = {
    "value": ("giá trị", "value"),
    "role": ("vai trò", "role"),
    "actor": ("vai trò", "role, nor “engine”,"),
    "addressee": ("người nhận", "role, nor “asked”,"),
    "state": ("trạng thái", "state"),
    "round": ("đợt", "round"),
    "ladder": ("thang nhắc", "ladder"),
    "field": ("trường", "field"),
    "yes-no-field": ("trường kiểu yes_no", "field of type yes_no"),
    "group": ("trường", "field, nor “kind”,"),
    "ground": ("căn cứ", "ground"),
    "trigger": ("bước chuyển", "trigger"),
    "condition": ("điều kiện", "condition"),
    "item": ("trường hoặc tài liệu", "field or document"),
    "document": ("tài liệu", "document"),
    "event": ("sự kiện", "event"),
    "template": ("mẫu thư", "template"),
    "calendar": ("lịch", "calendar"),
}

_NAMES = {
    f"no-such-{kind}": (
        f"không có {vi} “{{name}}”; dùng: {{nearest}}",
        f"there is no {en} called “{{name}}”; write: {{nearest}}",
    )
    for kind, (vi, en) in _KINDS.items()
} | {
    "no-such-predicate": (
        "ứng dụng chủ không có điều kiện “{name}”; khai báo (xem docs/shipped.md) hoặc dùng: "
        "{nearest}",
        "the host has declared no condition “{name}”; declare it (see docs/shipped.md), or write: "
        "{nearest}",
    ),
}

PROOFS: dict[str, tuple[str, str]] = {
    **_FAULTS,
    **BALLOTING,
    **DUE_PROOFS,
    **EXPRESSIONS,
    **WHOLE,
    **_NAMES,
}
