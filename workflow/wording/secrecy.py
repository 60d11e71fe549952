"""Sentences about secret ballots: boxes, keys, what keeps a vote from being taken or counted."""

SECRECY: dict[str, tuple[str, str]] = {
    "keys-missing": (
        "“{round}” bỏ phiếu kín bằng điện tử nhưng chưa có nơi giữ khóa của hòm phiếu. Hãy đặt "
        "THIDUA_KEYS là một thư mục riêng, ngoài thư mục dữ liệu và bản sao lưu.",
        "“{round}” is secret and electronic, and there is no place for the key of its box. Set "
        "THIDUA_KEYS to a folder of its own, apart from the data and its backups.",
    ),
    "secret-too-few": (
        "“{round}” là bỏ phiếu kín mà chỉ có {voters} người được bỏ phiếu: kết quả sẽ cho biết "
        "phiếu của từng người. Phiếu kín điện tử cần ít nhất {fewest} người: hãy đưa hồ sơ ra "
        "phiên họp đủ người hơn, hoặc bỏ phiếu theo hình thức khác nếu quy trình cho phép "
        "(hình thức khác: {ways}).",
        "“{round}” is secret and only {voters} may vote: the result would tell how each of them "
        "voted. A secret electronic vote takes at least {fewest}: put the dossier to a meeting of "
        "more members, or vote in another way that the procedure has (other ways: {ways}).",
    ),
    "box-too-few": (
        "Hòm phiếu kín “{round}” mới có {slips} phiếu điện tử: mở ra là biết phiếu của ai, nên cần "
        "ít nhất {fewest}. Hãy chờ thành viên khác bỏ phiếu, hoặc hoãn để bỏ phiếu lại tại phiên "
        "họp khác, trên giấy nếu quy trình cho phép (meetings defer); không còn ai để chờ thì "
        "tuyên bố vô hiệu và bỏ phiếu lại (votes void).",
        "The sealed box of “{round}” has {slips} electronic votes in it: opening it would tell "
        "whose they are, so it takes at least {fewest}. Wait until others have voted, or put the "
        "ballot off and vote anew at another meeting, on paper where the procedure allows it "
        "(meetings defer); when there is nobody to wait for, declare it void (votes void).",
    ),
    "key-lost": (
        "Khóa của hòm phiếu “{round}” đã mất: không ai mở được hòm phiếu nữa. Hãy tuyên bố cuộc bỏ "
        "phiếu vô hiệu và bỏ phiếu lại (votes void, ghi lý do).",
        "The key of the box of “{round}” is lost: nobody can open the box any more. Declare the "
        "ballot void and vote anew (votes void, with a note).",
    ),
    "box-broken": (
        "Hòm phiếu “{round}” không còn nguyên vẹn: số phiếu hoặc nội dung không khớp với lúc bỏ. "
        "Hãy kiểm tra nhật ký (journal verify), rồi tuyên bố vô hiệu và bỏ phiếu lại (votes void).",
        "The box of “{round}” is not as it was left: its slips are more, fewer or other ones. Look "
        "at the journal (journal verify), then declare it void and vote anew (votes void).",
    ),
    "box-kept-shut": (
        "Hòm phiếu kín “{round}” chỉ mở khi kiểm phiếu thật; không làm thử được.",
        "The sealed box of “{round}” is opened by the real count only; that cannot be rehearsed.",
    ),
    "box-not-lost": (
        "Hòm phiếu “{round}” vẫn mở được: hãy kiểm phiếu. Chỉ tuyên bố vô hiệu khi khóa đã mất, "
        "hòm phiếu không còn nguyên vẹn, hoặc có quá ít phiếu mà không còn ai bỏ phiếu nữa.",
        "The box of “{round}” can be opened: count it. A ballot is void only when its key is "
        "lost, its box is broken, or too few votes are in it and nobody is left to vote.",
    ),
    "secret-with-words": (
        "Phiếu kín ở “{round}” không kèm ghi chú hay văn bản, vì lời ghi có thể làm lộ phiếu.",
        "A secret vote in “{round}” carries no note and no paper: the words could tell the vote.",
    ),
    "keys-unreachable": (
        "Không đọc được thư mục giữ khóa {folder} (chưa gắn ổ, hoặc không phải thư mục đã dùng). "
        "Hãy đưa thư mục trở lại; đừng tuyên bố vô hiệu khi chưa chắc khóa đã mất.",
        "The folder of keys {folder} cannot be read (not mounted, or not the one that was used). "
        "Bring it back; declare nothing void while the key may still be there.",
    ),
    "keys-open-to-others": (
        "Người khác cũng vào được thư mục giữ khóa {folder}. Hãy chạy: chmod 700 {folder}",
        "Others may enter the folder of keys {folder}. Run: chmod 700 {folder}",
    ),
    "keys-beside-database": (
        "Thư mục giữ khóa {folder} nằm trong {inside}, nơi được sao lưu cùng dữ liệu. Hãy đặt "
        "THIDUA_KEYS ra ngoài.",
        "The folder of keys {folder} lies in {inside}, which is backed up with the data. Set "
        "THIDUA_KEYS to a place outside.",
    ),
    "rule-secret": ("Bỏ phiếu kín.", "The ballot is secret."),
    "rule-secret-written": (
        "Bỏ phiếu kín; phiếu gửi bằng văn bản là phiếu công khai.",
        "The ballot is secret; a vote given in writing is an open one.",
    ),
    "box-tally": (
        "phiếu kín đã công bố của “{round}” không khớp với kết quả kiểm phiếu",
        "the published slips of “{round}” do not make up its count",
    ),
    "keys-left": (
        "Còn {count} khóa của hòm phiếu đã kiểm xong chưa hủy. Hãy chạy `thidua votes "
        "destroy-keys`.",
        "{count} keys of counted boxes have not been destroyed. Run `thidua votes destroy-keys`.",
    ),
    "value-keys-left": (
        "{count} hồ sơ còn khóa cũ sau khi xóa dữ liệu: bản sao lưu cũ vẫn đọc được. Hãy chạy "
        "`thidua db scrub`.",
        "{count} dossiers still have old keys after an erasure: older backups can be read. Run "
        "`thidua db scrub`.",
    ),
}
