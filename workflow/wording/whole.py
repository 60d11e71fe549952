"""Sentences about what the proof finds when it looks at a procedure as a whole, and around it."""

WHOLE: dict[str, tuple[str, str]] = {
    "step-past-round": (
        "bước “{trigger}” quyết định hoặc đưa ra bỏ phiếu khi đợt “{round}” có thể còn chạy; thêm"
        " điều kiện {round}.closed vào bước này hoặc một bước trước đó",
        "“{trigger}” decides, or opens a ballot, while “{round}” may still run; add the condition"
        " {round}.closed to it or to a step before",
    ),
    "situation-stuck": (
        "hồ sơ ở “{state}” có thể không đi tiếp được nữa (đợt {rounds}); thêm bước chuyển cho "
        "trường hợp này",
        "a dossier in “{state}” can be stuck for good (rounds: {rounds}); add a transition for "
        "this case",
    ),
    "situations-too-many": (
        "có hơn {limit} tình huống nên không chứng minh được; bớt đợt được hỏi trong “conditions”",
        "there are more than {limit} situations, too many to prove; ask about fewer rounds in "
        "“conditions”",
    ),
    "pause-without-end": (
        "có người được “{act}” mà không ai được “{end}” nên hồ sơ dừng mãi; cho một vai trò "
        "quyền “{end}”",
        "somebody may “{act}” and nobody may “{end}”, so the dossier stands for good; give a role "
        "the right “{end}”",
    ),
    "revoke-of-nothing": (
        "không trạng thái cuối nào có “outcome: awarded” nên không có gì để thu hồi; ghi "
        "“outcome: awarded” ở trạng thái được tặng, hoặc “revoke: nobody”",
        "no final state has “outcome: awarded”, so there is nothing to revoke; write it where the "
        "award is given, or “revoke: nobody”",
    ),
    "right-idle": (
        "quyền “{act}” không dùng đến khi không ai được “{needs}”; ghi “{act}: nobody”",
        "the right “{act}” has no use while nobody may “{needs}”; write “{act}: nobody”",
    ),
    "span-without-end": (
        "từ bước “{trigger}” không có đường nào đến “{state}” nên thời hạn “{span}” không bao giờ "
        "kết thúc; chọn bước hoặc trạng thái khác",
        "no way leads from “{trigger}” to “{state}”, so the span “{span}” never ends; name another "
        "trigger or state",
    ),
    "span-too-short": (
        "các thời hạn trong “{span}” cộng lại đến {needed} ngày làm việc, quá {allowed}; "
        "rút ngắn các thời hạn đó, hoặc kéo dài “in”",
        "the dues within “{span}” add up to {needed} working days, more than {allowed}; shorten "
        "them, or lengthen “in”",
    ),
    "end-untold": (
        "sau bước “{trigger}” hồ sơ có thể kết thúc ở “{state}” mà không ai được báo; thêm "
        "“{state}” vào “messages”, hoặc ghi “{state}: none”",
        "after “{trigger}” a dossier can end in “{state}” and nobody is told; add “{state}” to "
        "“messages”, or write “{state}: none”",
    ),
    "letter-language": (
        "mẫu thư “{template}” không có bản “{lang}”; dùng mẫu khác, hoặc bỏ ngôn ngữ này",
        "the letter “{template}” is not written in “{lang}”; use another, or drop that language",
    ),
    "letter-unfit": (
        "mẫu thư “{template}” không viết được về “{event}”; dùng: {nearest}",
        "the letter “{template}” cannot tell of “{event}”; write: {nearest}",
    ),
    "message-before-asking": (
        "khi hồ sơ đến “{event}” chưa ai được lấy ý kiến nên thư gửi “asked” không đến ai; gửi cho "
        "một vai trò, hoặc bỏ dòng này",
        "nobody has been asked for an opinion when a dossier comes to “{event}”, so “asked” is "
        "nobody; write to a role, or delete the line",
    ),
    "message-idle": (
        "việc “{event}” không ai được làm nên thư này không bao giờ gửi; ghi “{event}: none”, hoặc "
        "cho một vai trò quyền “{event}”",
        "nobody may “{event}”, so this message is never sent; write “{event}: none”, or give a "
        "role the right “{event}”",
    ),
    "letter-without-files": (
        "“enclose” ở thư về “{event}” không gửi kèm được gì; chỉ ghi ở thư mở đợt lấy ý kiến, gửi"
        " “asked”",
        "“enclose” at the letter about “{event}” can send nothing along; say it where a"
        " consultation opens, to “asked”",
    ),
    "ground-not-in-force": (
        "căn cứ “{ground}” có hiệu lực {dates}, không suốt thời gian quy trình được dùng "
        "({in_force}); ghi căn cứ dùng cho phần còn lại, hoặc “certainty: analogy” hay "
        "“assumed” từ ngày cơ quan áp dụng",
        "the ground “{ground}” holds {dates}, not the whole time the procedure is in force "
        "({in_force}); name the ground for the rest, or write “certainty: analogy” or "
        "“assumed” from the day the office goes by it",
    ),
    "ground-undated": (
        "căn cứ “{ground}” không ghi có hiệu lực từ ngày nào; thêm “from: …”",
        "the ground “{ground}” does not say from when it holds; add “from: …”",
    ),
    "share-without-ground": (
        "các con số trong “close” của đợt “{round}” không có căn cứ; thêm “ground: TÊN_CĂN_CỨ” vào "
        "đó",
        "the numbers in “close” of the round “{round}” rest on no ground; add “ground: NAME” there",
    ),
    "role-only-reads": (
        "vai trò “{role}” chỉ được nhận thư hoặc xem, không làm được việc gì; giao một bước, một "
        "quyền trong “may” hoặc một việc trong đợt, hoặc gửi cho vai trò khác",
        "the role “{role}” only gets letters or sees, and can do nothing; give it a step, a right "
        "under “may” or a part in a round, or write to another role",
    ),
    "starts-by-engine": (
        "bước “{trigger}” mở hồ sơ liên kết mà do hệ thống thực hiện; giao bước này cho một vai "
        "trò, vì đề nghị phải có người chịu trách nhiệm",
        "the step “{trigger}” opens a linked dossier and is the engine's; give it to a role, as "
        "somebody answers for a nomination",
    ),
    "starts-unknown": (
        "không có quy trình “{starts}”; viết đúng mã, hoặc lưu quy trình ấy trước",
        "there is no procedure “{starts}”; write its name, or store it first",
    ),
    "starts-without-field": (
        "quy trình {procedure} cần các trường {fields}, ở đây không có; sẽ phải bổ sung ở hồ sơ "
        "được mở, hoặc khai báo cùng tên, cùng kiểu ở đây",
        "{procedure} needs the fields {fields}, which are not here; enter them in the dossier that "
        "is opened, or declare them here under the same name and type",
    ),
    "starts-without-right": (
        "vai trò “{role}” không được lập hồ sơ theo quy trình {procedure}; chỉ ai giữ thêm vai trò "
        "được lập hồ sơ ở đó mới thực hiện được bước này",
        "the role “{role}” may not create dossiers under {procedure}; only who also holds a role "
        "that may can take this step",
    ),
    "role-vacant": (
        "không ai giữ vai trò “{role}” vào ngày này; phân công người, hoặc bỏ vai trò",
        "nobody holds the role “{role}” on that day; appoint somebody, or drop the role",
    ),
}
