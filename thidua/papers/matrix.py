"""What the matrix of a consultation says: each dossier's opinions counted, each remark in full."""

from collections import Counter
from collections.abc import Sequence

from thidua.collation import word_key
from thidua.papers.case import Case, Said
from thidua.papers.sheet import OPINIONS, Values, day, groups, ordered, two, who
from thidua.papers.told import numbered, opinion

COLUMNS = ("agree", "agree_with_remarks", "no_comment", "disagree", "no_information",
           "conflict_of_interest", "no_reply", "running")  # fmt: skip


def matrix(title: str, question: str | None, round_id: str, cases: Sequence[Case]) -> Values:
    """The opinions of one round."""
    listed = ordered(cases)
    rows = [_row(case, round_id) for case in listed]
    said = [(case, each) for case in listed for each in case.said if each.round_id == round_id]
    return {
        "title": title,
        "question": question,
        "total": two(len(listed)),
        "groups": groups(rows),
        "totals": {name: sum(row[name] for row in rows)
                   for name in (*COLUMNS, "not_sent", "asked", "late")},
        "remarks": _remarks(said),
        "seats": _seats(listed, round_id),
    }  # fmt: skip


GRAVE = ("disagree", "conflict_of_interest")
"""Opinions that stand first, and on the list without a word too."""


def _remarks(said: Sequence[tuple[Case, Said]]) -> list[Values]:
    """Opinions with words, the grave ones first; what a unit said of several dossiers is a line."""
    found: dict[Said, list[Case]] = {}
    for case, each in said:
        if each.note or each.opinion in GRAVE:
            found.setdefault(each, []).append(case)
    ranked = sorted(found, key=lambda each: (_grave(each), word_key(each.who), found[each][0].id))
    return numbered(
        {**opinion(found[each][0], each),
         "about": "; ".join(f"{case.name} ({case.id})" for case in found[each])}
        for each in ranked
    )  # fmt: skip


def _grave(said: Said) -> int:
    return GRAVE.index(said.opinion) if said.opinion in GRAVE else len(GRAVE)


def _row(case: Case, round_id: str) -> Values:
    said = [each for each in case.said if each.round_id == round_id]
    silent = [each for each in case.silences if each.round_id == round_id]
    counts = Counter(each.opinion for each in said if not each.kept)
    counts += Counter(each.why for each in silent)
    counts["no_reply"] += counts["not_sent"]  # one column, told apart beside it
    asked = sum(counts[name] for name in COLUMNS)
    return {**who(case), **{name: counts[name] for name in COLUMNS}, "asked": asked,
            "not_sent": counts["not_sent"], "late": sum(each.late for each in said)}  # fmt: skip


def _seats(cases: Sequence[Case], round_id: str) -> list[Values]:
    """Each seat that was asked: about how many dossiers, what it said, when, by which paper."""
    said: dict[str, list[Said]] = {}
    silent: dict[str, Counter[str]] = {}
    for case in cases:
        for each in case.said:
            if each.round_id == round_id:
                said.setdefault(each.who, []).append(each)
        for gap in case.silences:
            if gap.round_id == round_id:
                silent.setdefault(gap.who, Counter())[gap.why] += 1
    names = sorted({*said, *silent}, key=word_key)
    return [
        {"number": i, **_seat(name, said.get(name, []), silent.get(name, Counter()))}
        for i, name in enumerate(names, 1)
    ]


def _seat(name: str, said: list[Said], silent: Counter[str]) -> Values:
    counts = Counter(each.opinion for each in said if not each.kept) + silent
    told = [f"{OPINIONS[kind]}: {n}" for kind in OPINIONS if (n := counts[kind])]
    papers = sorted({each.paper for each in said if each.paper})
    return {
        "who": name,
        "dossiers": counts.total(),
        "told": "; ".join(told),
        "on": day(max(each.on for each in said)) if said else None,
        "papers": ", ".join(papers),
        "late": any(each.late for each in said),
        "remark": "gửi muộn" if any(each.late for each in said) else "",
    }
