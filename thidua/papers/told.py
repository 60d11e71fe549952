"""What stands out about dossiers, told the same way on every paper: disagreements, waivers,
silence, who stepped back.
"""

from collections.abc import Iterable
from typing import Any

from thidua.collation import word_key
from thidua.papers.case import Ballot, Case, Said
from thidua.papers.rule import result
from thidua.papers.sheet import OPINIONS, Values, day, percent, who
from thidua.workflow.procedure import Procedure

COUNTS = ("votes_for", "votes_against", "abstained", "invalid", "valid", "issued", "returned",
          "entitled", "present", "written")  # fmt: skip


def disagreements(cases: Iterable[Case]) -> list[Values]:
    """Those that stand, with what was answered to them; none where the reader sees none."""
    return numbered(opinion(case, said) for case in cases for said in case.disagreements)


def opinion(case: Case, said: Said) -> Values:
    """One opinion as a line."""
    return {
        **who(case), "who": said.who, "opinion": OPINIONS.get(said.opinion, said.opinion),
        "on": day(said.on), "late": said.late, "kept": said.kept, "note": said.note,
        "paper": said.paper, "reply": said.reply,
    }  # fmt: skip


def waivers(cases: Iterable[Case]) -> list[Values]:
    """Conditions set aside: what is owed, until when, on what paper."""
    return numbered(
        {**who(case), "condition": condition(case.rules.procedure, each.condition),
         "until": day(each.until_on), "ground": each.ground, "note": each.note}
        for case in cases for each in case.waivers
    )  # fmt: skip


def numbered(rows: Iterable[Values]) -> list[Values]:
    """Rows with their numbers, from 1: a template numbers nothing."""
    return [{"number": i, **row} for i, row in enumerate(rows, 1)]


def condition(procedure: Procedure, name: str) -> str:
    """A condition in words."""
    # Here, not above: naming the library loads none of the reader of definitions.
    from thidua.definitions.phrase import Phrases

    words = Phrases(procedure, "vi")
    of, _, question = name.partition(".")
    if of in procedure.rounds:
        return f"{procedure.text(procedure.rounds[of].label, 'vi')}: {words.word(question)}"
    return words.word(name)


def silences(cases: Iterable[Case], *reasons: str) -> list[Values]:
    """Who was asked and has not answered, for one of these reasons: a line each, with how many.

    Who answered too late to change anything has answered.
    """
    found: dict[str, list[Case]] = {}
    for case in cases:
        spoke = {(said.round_id, said.seat) for said in case.said if said.kept}
        for each in case.silences:
            if each.why in reasons and (each.round_id, each.seat) not in spoke:
                found.setdefault(each.who, []).append(case)
    return [
        {"who": name, "dossiers": len(found[name])} for name in sorted(found, key=word_key)
    ]  # fmt: skip


def recusals(cases: Iterable[Case]) -> list[Values]:
    """Who stepped back from the vote on which dossier."""
    return [
        {**who(case), "members": ", ".join(sorted(case.last.recused, key=word_key))}
        for case in cases if case.last is not None and case.last.recused
    ]  # fmt: skip


def conflicts(cases: Iterable[Case]) -> list[Values]:
    """Who was asked and is involved in the matter."""
    return [opinion(case, said) for case in cases for said in case.said
            if said.opinion == "conflict_of_interest" and not said.kept]  # fmt: skip


def vote(case: Case, ballot: Ballot) -> Values:
    """One count as a line; nothing of one that still runs."""
    counts: dict[str, Any] = dict.fromkeys(COUNTS, "")
    share = ""
    if not ballot.open:
        counts |= {name: ballot.counts.get(name, 0) for name in COUNTS}
        base = ballot.base if ballot.base is not None else ballot.counts.get("entitled")
        share = percent(ballot.counts.get("votes_for", 0), base)
    return {**who(case), **counts, "turn": ballot.turn, "share": share,
            "result": result(ballot, again=ballot is not case.ballots[-1]),
            "needed": ballot.needed, "passed": ballot.outcome == "passed"}  # fmt: skip
