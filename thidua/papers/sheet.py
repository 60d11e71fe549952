"""What every paper is given: who writes, what is assumed, which chains it rests on; and numbers,
dates and names as an office writes them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from thidua.collation import name_key, word_key
from thidua.dunning import Head
from thidua.lookup import Lookup
from thidua.notifiers.dates import formal, numeric
from thidua.notifiers.render import office_record
from thidua.papers.case import Case
from thidua.storage import library
from thidua.tree import latest
from thidua.workflow.note import short

KINDS = {"collective": "tập thể", "household": "hộ gia đình", "individual": "cá nhân"}
"""In the order of an annex."""

OPINIONS = {
    "agree": "Nhất trí",
    "agree_with_remarks": "Nhất trí, có ý kiến thêm",
    "no_comment": "Không có ý kiến",
    "disagree": "Không nhất trí",
    "no_information": "Không có thông tin",
    "conflict_of_interest": "Có liên quan, không cho ý kiến",
    "no_reply": "Không trả lời",
    "not_sent": "Chưa được gửi đề nghị",
    "recused": "Từ chối tham gia",
    "running": "Chưa trả lời",
}

Values = dict[str, Any]


def common(look: Lookup, head: Head, cases: Sequence[Case]) -> Values:
    """The names that every template has."""
    return {
        "office": office_record("vi", head.office),
        "symbol": head.symbol,
        "place": head.place,
        "capacity": head.capacity,
        "on": formal(look.today, lang="vi"),
        "year": look.today.year,
        "assumed": assumed(look, cases),
        "chain": chain(cases),
        "tree": anchored(look),
    }


def assumed(look: Lookup, cases: Iterable[Case]) -> list[str]:
    """The grounds that these dossiers' procedures only assume and nobody has confirmed."""
    told: dict[str, None] = {}
    for procedure in {case.rules.procedure.hash: case.rules.procedure for case in cases}.values():
        confirmed = library.confirmed(look.db, look.tables, procedure.hash)
        for name in procedure.assumed:
            if name not in confirmed:
                told[procedure.grounds[name].text] = None
    return list(told)


def chain(cases: Iterable[Case]) -> list[Values]:
    """Each dossier's chain head, in the order of the ids."""
    ordered = sorted(cases, key=lambda case: case.id)
    return [
        {"number": i, "dossier": case.id, "position": case.n, "head": case.head}
        for i, case in enumerate(ordered, 1)
    ]


def anchored(look: Lookup) -> Values | None:
    """The newest checkpoint of the whole journal, as a paper carries it."""
    made = latest(look.db, look.tables)
    if made is None:
        return None
    return {"size": made.checkpoint.size, "root": short(made.checkpoint.root)}


def ordered(cases: Iterable[Case]) -> list[Case]:
    """As an annex lists them: by kind, unit and name; persons by their given name."""
    kinds = list(KINDS)

    def place(case: Case) -> tuple[Any, ...]:
        key = name_key if case.kind == "individual" else word_key
        return kinds.index(case.kind), case.award, word_key(case.unit), key(case.name), case.id

    return sorted(cases, key=place)


def groups(rows: Iterable[Mapping[str, Any]]) -> list[Values]:
    """Rows under the headings of their kinds, numbered within each: "I. TẬP THỂ" …"""
    told: list[Values] = []
    listed = list(rows)
    for kind, title in KINDS.items():
        mine = [row for row in listed if row["kind"] == kind]
        if mine:
            numbered = [{**row, "number": i} for i, row in enumerate(mine, 1)]
            heading = f"{ROMAN[len(told)]}. {title.upper()}"
            told.append({"title": heading, "lines": numbered})
    return told


ROMAN = ("I", "II", "III")


def who(case: Case) -> Values:
    """A candidate as lines of a list tell it."""
    return {"dossier": case.id, "name": case.name, "kind": case.kind, "unit": case.unit,
            "award": case.award}  # fmt: skip


def counted(cases: Iterable[Case]) -> str:
    """How many of each kind: "16 tập thể và 16 cá nhân"."""
    listed = list(cases)
    parts = [
        f"{two(count)} {title}"
        for kind, title in KINDS.items()
        if (count := sum(case.kind == kind for case in listed))
    ]
    return " và ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:]))) or "00 trường hợp"


def two(number: int) -> str:
    """A count as papers write it, so that nobody can add a digit: "07"."""
    return f"{number:02d}"


def percent(part: int, whole: int | None) -> str:
    """A share with two decimals and a comma, half up: "71,43%"; nothing of nothing."""
    if not whole:
        return ""
    hundredths = int(Fraction(part, whole) * 10_000 + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02d}%"


def day(on: date | str | None) -> str | None:
    """A date short: "22/5/2018"."""
    if on is None:
        return None
    return numeric(date.fromisoformat(on) if isinstance(on, str) else on, lang="vi")


def long_day(on: date | str | None) -> str | None:
    """A date in words: "ngày 22 tháng 5 năm 2018"."""
    if on is None:
        return None
    return formal(date.fromisoformat(on) if isinstance(on, str) else on, lang="vi")
