"""What a play came to, put together from its counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from thidua.simulation.case import Case
from thidua.simulation.measures import Came, Days, Mailed, Outcome, Stage, Stay, Stuck
from thidua.workflow.errors import Reason
from thidua.workflow.person import Seat

if TYPE_CHECKING:
    from thidua.simulation.play import Play


UNUSUAL = ("hold", "withdraw", "extend", "recuse")


def outcome_of(play: "Play") -> Outcome:
    """Everything counted, in the procedure's own order."""
    procedure, tally = play.rules.procedure, play.tally
    states = procedure.states
    ended = [case for case in play.cases if states[case.dossier.state].final]
    decided = Counter(
        play.rules.calendar.between(case.created_on, case.decided_on)
        for case in play.cases if case.decided_on is not None
    )  # fmt: skip
    outcomes = Counter(str(states[case.dossier.state].outcome) for case in ended)
    return Outcome(
        procedure.name, procedure.version, play.behaviour.name, play.dossiers, play.seed,
        ended=len(ended), running=len(play.running), refused=tally.refused,
        came=tuple(_came(play, ended)), decided=dict(sorted(decided.items())),
        outcomes=dict(outcomes.most_common()), stages=_stages(play), stays=_stays(play),
        mails=_mails(play), stuck=_stuck(play),
        standing={on: _open(play, here) for on, here in tally.standing.items()}, acts=tally.acts,
        unusual={name: tally.unusual[name] for name in UNUSUAL},
    )  # fmt: skip


def _came(play: "Play", ended: Iterable[Case]) -> Iterator[Came]:
    """A decision; then each outcome, the most frequent first; then no end yet."""
    decided = [(case, case.decided_on) for case in play.cases if case.decided_on is not None]
    yield _until(play, "decision", decided)
    yield _until(play, "after_return", [each for each in decided if each[0].returned])
    by: dict[str | None, list[tuple[Case, date]]] = {}
    for case in ended:
        outcome = play.rules.procedure.states[case.dossier.state].outcome
        by.setdefault(outcome, []).append((case, case.since))
    for outcome, cases in sorted(by.items(), key=lambda each: -len(each[1])):
        yield _until(play, "ended", cases, outcome)
    still = [(case, play.stopped_on) for case in play.running]
    yield _until(play, "open", still)
    yield _until(play, "returned", [each for each in still if each[0].dossier.pause == "return"])


def _until(
    play: "Play", kind: str, cases: Sequence[tuple[Case, date]], outcome: str | None = None
) -> Came:
    between = play.rules.calendar.between
    days = [between(case.created_on, on) for case, on in cases]
    return Came(kind, outcome, len(days), Days.of(days))


def _stuck(play: "Play") -> tuple[Stuck, ...]:
    found: dict[str, list[Reason]] = {}
    for case in play.running:
        if case.stuck is not None:
            found.setdefault(case.stuck.code, []).append(case.stuck)
    most = sorted(found.values(), key=len, reverse=True)
    return tuple(Stuck(reasons[0], len(reasons)) for reasons in most)


def _open(play: "Play", here: Mapping[str, int]) -> dict[str, int]:
    states = play.rules.procedure.states
    return {name: here[name] for name in states if here.get(name) and not states[name].final}


def _stages(play: "Play") -> tuple[Stage, ...]:
    tally = play.tally
    for task in play.undone():
        key = (task.kind, task.what, Seat.parse(task.seat).role)
        tally.done[key] += 1
        tally.never[key] += 1
    order = [*play.rules.procedure.states, *play.rules.procedure.rounds,
             *play.rules.procedure.spans, "supplement"]  # fmt: skip
    keys = sorted(tally.done, key=lambda k: (order.index(k[1]) if k[1] in order else 999, k))
    return tuple(Stage(*key, tally.done[key], tally.late[key], tally.never[key]) for key in keys)


def _stays(play: "Play") -> tuple[Stay, ...]:
    tally, found = play.tally, []
    for name, state in play.rules.procedure.states.items():
        if tally.came[name] and not state.final:
            most, on = tally.most.get(name, (0, None))
            days = Days.of(tally.stays.get(name, ()))
            found.append(Stay(name, tally.came[name], days, most, on, tally.here[name]))
    return tuple(found)


def _mails(play: "Play") -> tuple[Mailed, ...]:
    tally, roles = play.tally, play.rules.procedure.roles
    found = []
    for role in roles:
        seats = {seat: days for seat, days in tally.mailed.items() if Seat.parse(seat).role == role}
        if not seats and not tally.calls[role]:
            continue
        shared = [seat for seat in seats if Seat.parse(seat) == Seat(role)]
        holders = max(play.behaviour.holders(role), len(seats) - len(shared))
        every = sum(_mails_of(seats[seat]) for seat in shared)
        apart = sum(_mails_of(days) for seat, days in seats.items() if seat not in shared)
        each = every + apart / holders
        found.append(Mailed(role, holders, round(each, 1), _in_a_week(seats), tally.calls[role]))
    return tuple(found)


def _mails_of(days: Mapping[date, set[str]]) -> int:
    return sum(len(matters) for matters in days.values())


def _in_a_week(seats: Mapping[str, Mapping[date, set[str]]]) -> int:
    most = 0
    for days in seats.values():
        weeks: Counter[tuple[int, int]] = Counter()
        for on, matters in days.items():
            weeks[on.isocalendar()[:2]] += len(matters)
        most = max(most, *weeks.values())
    return most
