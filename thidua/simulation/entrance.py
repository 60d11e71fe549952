"""How a synthetic dossier comes in: its candidate, its fields, its papers; one may be missing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from thidua.simulation.acting import Acting, paper
from thidua.simulation.case import Case
from thidua.simulation.players import drawn
from thidua.workflow.acts.create import blank
from thidua.workflow.command import Create
from thidua.workflow.dossier import Came, Candidate
from thidua.workflow.procedure import Procedure

KINDS = ("individual", "individual", "collective")


@dataclass(frozen=True, slots=True)
class Entrance:
    """Proposes dossiers, one by one."""

    acting: Acting
    cases: list[Case]

    def propose(self, number: int, at: datetime) -> Case | None:
        """One dossier; a procedure that is not in force takes none."""
        players = self.acting.players
        procedure, today = players.procedure, players.calendar.legal_date(at)
        roles = procedure.may["create"].roles
        chance = players.chance(number, "who")
        unit = f"unit-{number % max(1, players.behaviour.holders(roles[0]) if roles else 1)}"
        candidate = Candidate(chance.choice(KINDS), f"Mô phỏng {number}", unit)  # type: ignore[arg-type]  # one of KINDS
        create = Create(
            procedure.hash, chance.choice(sorted(procedure.awards)), candidate, unit=unit,
            fields=self._fields(procedure, number, today), submission="s", campaign=str(number % 5),
        )  # fmt: skip
        dossier = blank(create, procedure, f"{number:06}", Came(today, today))
        case = Case(number, dossier, today, today)
        case.documents += [paper(case.key, kind) for kind in self._papers(procedure, number)]
        if not roles or self.acting.act(case, create, roles[0], at):
            self.acting.tally.refused += 1
            return None
        self.cases.append(case)
        return case

    def _fields(self, procedure: Procedure, number: int, today: date) -> dict[str, str]:
        found = {}
        for name, declared in procedure.fields.items():
            value = self.acting.players.value(name, number)
            if value is None and declared.needed:
                value = _dated(declared.type, today)
            if value is not None:
                found[name] = value
        return found

    def _papers(self, procedure: Procedure, number: int) -> list[str]:
        """Those that may be needed; of some dossiers one misses."""
        kinds = [kind.name for kind in procedure.documents.values() if kind.needed]
        own = [name for name in kinds if procedure.documents[name].source == "dossier"]
        kinds += [kind.name for kind in procedure.documents.values() if kind.needed_if is not None]
        chance = self.acting.players.chance(number, "incomplete")
        misses = drawn(chance, (1, self.acting.players.behaviour.incomplete))
        if own and misses is not None:
            kinds.remove(chance.choice(own))
        return kinds


def _dated(kind: str, today: date) -> str:
    """What a field says that nothing is known of."""
    if kind == "date":
        return (today - timedelta(14)).isoformat()
    if kind == "period":
        return f"{today.year - 1}-01-01/{today.year - 1}-12-31"
    return "mô phỏng"
