"""Who may read the council's papers: its members, who serves it, who decides; nobody else."""

from collections.abc import Collection, Iterable

from thidua.logged import unshown
from thidua.papers.case import Case
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import Procedure
from thidua.workflow.sight import Eyes

SERVING = ("meet", "draft", "number")
"""Rights under `may:` of who prepares meetings and decisions."""


def readers(procedure: Procedure) -> tuple[str, ...]:
    """The roles that may read them: voters, tellers, deciders and those who prepare.

    Only those of them that see tallies, where the procedure names who does.
    """
    ballots = [rule for rule in procedure.rounds.values() if rule.kind == "ballot"]
    found = {rule.voters.role for rule in ballots if rule.voters is not None}
    found |= {rule.close.by for rule in ballots if rule.close.by is not None}
    found |= {step.by for step in procedure.transitions if step.decision_required}
    for act in SERVING:
        found |= set(procedure.may[act].roles) if act in procedure.may else set()
    tally = procedure.sees.get("tally")
    return tuple(sorted((found if tally is None else found & set(tally)) - {ENGINE}))


def require(
    cases: Iterable[Case], eyes: tuple[Eyes, ...], closed: Collection[str] = frozenset()
) -> None:
    """`Refused` ("paper-not-yours") unless all that look may read papers about every dossier.

    `closed` are those from which one of them stepped back ("recused-from").
    """
    cases = tuple(cases)
    if away := sorted(case.id for case in cases if case.id in closed):
        raise unshown("recused-from", eyes, *away, dossiers=", ".join(away))
    for case in cases:
        procedure = case.rules.procedure
        roles = readers(procedure)
        if not eyes or not all(each.has(procedure, roles, case.row["unit"]) for each in eyes):
            named = ", ".join(procedure.text(procedure.roles[r].label, "vi") for r in roles)
            raise unshown("paper-not-yours", eyes, case.id, roles=named)


def require_opinions(cases: Iterable[Case], eyes: tuple[Eyes, ...]) -> None:
    """`Refused` ("opinions-not-yours") unless the reader may see who said what of them all."""
    for case in cases:
        if not case.sees:
            raise unshown("opinions-not-yours", eyes, case.id, dossier=case.id)
