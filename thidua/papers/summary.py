"""What the one page for the signer says: what is not as usual first, then the numbers."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from textwrap import shorten
from typing import Any

from thidua.papers.case import Case
from thidua.papers.sheet import Values, ordered
from thidua.papers.told import conflicts, disagreements, recusals, silences, waivers

ROOM, MOST = 1_800, 4
"""Letters that the page has for all exceptions, and cases named of one; the others are counted."""

BESIDES = 75
"""Letters that a paragraph takes for its two numbers, its gap and its last line."""


def summary(cases: Sequence[Case], row: Mapping[str, Any]) -> Values:
    """The exceptions, gravest first, and what there is none of.

    What the reader may not see is neither told nor said to be none.
    """
    listed = ordered(cases)
    sees = all(case.sees for case in listed)
    found = _found(listed, row)
    hidden = () if sees else OF_OPINIONS
    return {
        "exceptions": told(found),
        "nothing": [
            title[:1].lower() + title[1:]
            for title, lines in found if not lines and title not in hidden
        ],
        "sees": sees,
    }  # fmt: skip


DISAGREED, INVOLVED, SILENT, UNSENT, LATE = OF_OPINIONS = (
    "Ý kiến không nhất trí",
    "Có liên quan, từ chối tham gia",
    "Nơi được hỏi không trả lời",
    "Nơi chưa được gửi đề nghị cho ý kiến",
    "Ý kiến gửi muộn",
)
"""What can be told only to who may see opinions."""


def _found(listed: Sequence[Case], row: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    away = [_away(each) for each in recusals(listed)]
    mute, unsent = silences(listed, "no_reply"), silences(listed, "not_sent")
    return [
        (DISAGREED, [_disagreement(each) for each in disagreements(listed)]),
        ("Điều kiện được miễn, còn nợ", [_waiver(each) for each in waivers(listed)]),
        ("Hồ sơ đang tạm dừng", [_paused(case) for case in listed if case.pause]),
        ("Hồ sơ có thay đổi sau khi dự thảo", [_moved(case) for case in _changed(listed, row)]),
        (INVOLVED, away + [_involved(each) for each in conflicts(listed)]),
        (SILENT, [_silent(each) for each in mute]),
        (UNSENT, [_silent(each) for each in unsent]),
        (LATE, [_late(case) for case in listed if case.late]),
        ("Phải bỏ phiếu lần hai", [_again(case) for case in listed if len(case.ballots) > 1]),
        (
            "Ngang phiếu, người chủ trì quyết định",
            [_narrow(case) for case in listed if case.last is not None and case.last.by_chair],
        ),
        ("Vừa đủ số phiếu", [_narrow(case) for case in listed if _is_narrow(case)]),
    ]


def told(found: Sequence[tuple[str, list[str]]]) -> list[Values]:
    """Each kind of which there is a case: how many, and as many as its share of the page holds."""
    there = [(title, lines) for title, lines in found if lines]
    share = ROOM // max(1, len(there)) - BESIDES
    return [_told(title, lines, share - len(title)) for title, lines in there]


def _told(title: str, lines: list[str], room: int) -> Values:
    lengths = accumulate(len(line) for line in lines[:MOST])
    fit = max(1, sum(length <= room for length in lengths))
    shown = [_cut(line, room) for line in lines[:fit]]
    return {"title": title, "total": f"{len(lines):02d}", "lines": shown,
            "more": len(lines) - fit}  # fmt: skip


def _disagreement(each: Values) -> str:
    """Whether it was answered stands before the reasons, which may be cut."""
    about = f"{each['name']} ({each['dossier']}) – {each['who']}"
    if not each["reply"]:
        return f"{about}, CHƯA ĐƯỢC GIẢI TRÌNH: {_short(each['note'])}"
    return f"{about}: {_short(each['note'])}; giải trình: {_short(each['reply'])}"


def _cut(text: str, room: int) -> str:
    return shorten(text, room, placeholder=" […]")


def _short(text: str | None) -> str:
    """The first words of a reason; the matrix has all of them."""
    return _cut((text or "").strip().rstrip("."), 100)


def _waiver(each: Values) -> str:
    ground = f" (theo {each['ground']})" if each["ground"] else ""
    return f"{each['name']} ({each['dossier']}): {each['condition']}{ground}, hạn {each['until']}"


def _paused(case: Case) -> str:
    why = "chờ bổ sung" if case.pause == "return" else "tạm dừng xét"
    return f"{case.name} ({case.id}): {why}"


def _changed(cases: Sequence[Case], row: Mapping[str, Any]) -> list[Case]:
    """Open lines whose dossiers went on since the draft that is to be signed."""
    still = {line["dossier_id"] for line in row["lines"] if line["status"] == "open"}
    return [case for case in cases if case.id in still and case.row["count"] > case.n]


def _moved(case: Case) -> str:
    return f"{case.name} ({case.id}): {case.row['count'] - case.n} mục nhật ký mới"


def _away(each: Values) -> str:
    return f"{each['name']} ({each['dossier']}): {each['members']} không tham gia biểu quyết"


def _involved(each: Values) -> str:
    return f"{each['name']} ({each['dossier']}): {each['who']} có liên quan, không cho ý kiến"


def _silent(each: Values) -> str:
    return f"{each['who']} ({each['dossiers']} hồ sơ)"


def _late(case: Case) -> str:
    against = [each.who for each in case.said if each.kept and each.opinion == "disagree"]
    told = f", không nhất trí: {', '.join(against)}" if against else ""
    return f"{case.name} ({case.id}): {case.late} ý kiến{told}"


def _again(case: Case) -> str:
    last = case.last
    votes = f"; lần cuối {last.counts.get('votes_for', 0)} phiếu đồng ý" if last else ""
    return f"{case.name} ({case.id}): {len(case.ballots)} lần{votes}"


def _is_narrow(case: Case) -> bool:
    last = case.last
    return last is not None and last.needed is not None and last.outcome == "passed" and (
        last.counts.get("votes_for", 0) == last.needed
    )  # fmt: skip


def _narrow(case: Case) -> str:
    assert case.last is not None
    votes, entitled = (case.last.counts.get(name, 0) for name in ("votes_for", "entitled"))
    return f"{case.name} ({case.id}): {votes}/{entitled} phiếu đồng ý"
