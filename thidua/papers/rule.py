"""A ballot's rule and its result in the words of minutes."""

from thidua.papers.case import Ballot
from thidua.workflow.procedure import Procedure, RoundRule
from thidua.workflow.tally import Pass, Quorum

BASES = {
    "entitled": "tổng số thành viên Hội đồng có quyền biểu quyết",
    "present": "số thành viên tham gia",
    "cast": "số phiếu thu về",
    "valid": "số phiếu hợp lệ",
}
TAKING = {"present": "có mặt", "written": "gửi phiếu bằng văn bản"}
WAYS = {
    "electronic": "biểu quyết điện tử",
    "paper": "bỏ phiếu giấy do Tổ kiểm phiếu kiểm",
    "show_of_hands": "biểu quyết bằng hình thức giơ tay",
    "written": "lấy phiếu bằng văn bản",
}
TIES = {"fails": "không thông qua", "revote": "bỏ phiếu lại", "chair": "theo phía có người chủ trì"}


def said(procedure: Procedure, rule: RoundRule, open_grounds: frozenset[str]) -> list[str]:
    """The rule as sentences; numbers whose ground nobody has confirmed are marked."""

    def mark(ground: str | None) -> str:
        return " (giả định)" if ground in open_grounds else ""

    told = [f"Hình thức: {_form(rule)}."]
    if rule.quorum is not None:
        told.append(f"{_quorum(rule.quorum)}{mark(rule.quorum_ground)}.")
    if rule.passes is not None:
        told.append(f"{_passes(rule.passes)}{mark(rule.pass_ground)}.")
    if rule.seats is not None:
        groups = ", ".join(_group(procedure, name) for name in rule.seats.per)
        told.append(
            f"Chỉ tiêu: mỗi nhóm ({groups}) chọn {rule.seats.count:02d}, lấy theo số phiếu đồng ý"
            f" từ cao xuống thấp{mark(rule.seats.ground)}."
        )
    even = rule.seats.tie if rule.seats is not None else rule.tie
    told.append(f"Khi ngang phiếu: {TIES.get(even, 'không thông qua')}.")
    return told


def _form(rule: RoundRule) -> str:
    if not rule.secret:
        return "biểu quyết công khai"
    openly = "; phiếu gửi bằng văn bản có ghi tên, là phiếu công khai"
    return "bỏ phiếu kín" + (openly if "written" in rule.ways else "")


def _quorum(rule: Quorum) -> str:
    taking = " hoặc ".join(words for way, words in TAKING.items() if way in rule.counts)
    return f"Điều kiện tiến hành: ít nhất {rule.at_least} {BASES['entitled']} tham gia ({taking})"


def _passes(rule: Pass) -> str:
    kind = "quá" if rule.more_than is not None else "đạt ít nhất"
    return f"Điều kiện thông qua: số phiếu đồng ý {kind} {rule.fraction} {BASES[rule.of]}"


def _group(procedure: Procedure, name: str) -> str:
    if name == "kind":
        return "tập thể hoặc cá nhân"
    known = procedure.fields.get(name)
    return procedure.text(known.label, "vi") if known is not None else name


def result(ballot: Ballot, *, again: bool = False) -> str:
    """What a count came to; `again` says that another ballot followed it."""
    if again and ballot.outcome in ("tie", "no_quorum"):
        why = "Ngang phiếu" if ballot.outcome == "tie" else "Không đủ thành viên"
        return f"{why}, bỏ phiếu lại"
    if ballot.by_chair:
        return "Thông qua, do người chủ trì quyết định"
    chosen = ballot.rule.seats is not None
    words = {
        "passed": "Được chọn" if chosen else "Thông qua",
        "failed": "Không được chọn" if chosen else "Không thông qua",
        "counted": "Đã kiểm phiếu, chờ xếp thứ tự",
        "no_quorum": "Không đủ thành viên",
        "tie": "Ngang phiếu, chờ quyết định tiếp",
        "deferred": "Hoãn sang phiên họp khác",
        "taken_off": "Rút khỏi chương trình",
        "cancelled": "Hủy",
    }
    if ballot.open:
        return "Chưa có kết quả"
    return words.get(ballot.outcome or "", "Đã kết thúc")
