"""Seats of a ballot in the model: the best of each group, once nobody of it is to be counted."""

from collections.abc import Iterator

from figures.evidence.model.world import Case, Line

SEATS = 1


def places(cases: dict[str, Case]) -> Iterator[tuple[str, str, str]]:
    """Dossier, round and outcome, round after round; `cases` may change meanwhile."""
    rounds = {line.round for _, line in _lines(cases) if line.outcome == "counted"}
    for round_ in sorted(rounds):
        groups = sorted({_group(cases[key]) for key, _ in _lines(cases)})
        given = [_given(cases, round_, group) for group in groups]
        for key, outcome in sorted(pair for each in given for pair in each.items()):
            yield key, round_, outcome


def _lines(cases: dict[str, Case]) -> list[tuple[str, Line]]:
    return [(key, line) for key, case in cases.items() for line in case.lines
            if line.name == "rank"]  # fmt: skip


def _group(case: Case) -> str:
    return case.fields.get("merit", "")


def _given(cases: dict[str, Case], round_: str, group: str) -> dict[str, str]:
    of = round_.rpartition("/")[0]
    here = [(key, line) for key, line in _lines(cases)
            if line.round.rpartition("/")[0] == of and _group(cases[key]) == group]  # fmt: skip
    mine = {key: line for key, line in here if line.round == round_}
    counted = {key: line.counts["votes_for"] for key, line in mine.items()
               if line.outcome == "counted"}  # fmt: skip
    if not counted or any(line.outcome is None for line in mine.values()):
        return {}
    return _ranked(counted, SEATS - sum(line.outcome == "passed" for _, line in here))


def _ranked(counted: dict[str, int], left: int) -> dict[str, str]:
    """By votes for; of those who share the last seat and do not all fit nobody has it."""
    if left < 1:
        return dict.fromkeys(counted, "failed")
    best = sorted(counted.values(), reverse=True)
    fits = len(best) <= left or best[left] < best[left - 1]
    cut = min(best[:left])
    return {key: "passed" if n > cut or (n == cut and fits) else "tie" if n == cut else "failed"
            for key, n in counted.items()}  # fmt: skip
