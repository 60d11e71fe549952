"""Ballots: a vote by a member, a paper count by tellers, the close and what it comes to."""

from thidua.workflow.acts.consult import known_line
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.rounds import end_line_tasks, open_round, unproved, unsent_data
from thidua.workflow.change import Vote
from thidua.workflow.command import Cast, Close, Settle
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.procedure import RoundRule
from thidua.workflow.rights import (
    require_act,
    require_entry_right,
    require_role,
    require_seat,
    seats_of,
)
from thidua.workflow.tally import Counts, check_paper, judge

CHOICES = ("for", "against", "abstain")


def cast(draft: Draft, command: Cast) -> None:
    """Record a member's open vote: once, while the ballot runs, in a way it allows."""
    if command.choice not in CHOICES:
        raise Unknown("unknown-choice", choice=command.choice, known=", ".join(CHOICES))
    line = known_line(draft, command.round)
    rule = draft.procedure.rounds[line.name]
    task = _vote_task(draft, line, command.seat)
    if task is not None:
        require_seat(draft, task.seat)
    _check_way(draft, rule, command)
    _must_be_open(draft, line)
    require_entry_right(draft)
    draft.stop_if_refused()
    if task is not None:
        data = {"round": line.name, "round_id": line.round_id, "seat": task.seat}
        private = {**private_parts(draft), "choice": command.choice}
        draft.record("cast", {**data, "way": command.way, **entered_data(draft)}, private)
        draft.votes.append(Vote(draft.n, line.round_id, task.seat, command.choice, command.way))
        draft.end_task(task, "done", "voted")


def _check_way(draft: Draft, rule: RoundRule, command: Cast) -> None:
    if command.way not in rule.ways or command.way in ("paper", "show_of_hands"):
        draft.refuse("way-not-allowed", way=command.way, ways=", ".join(rule.ways))
    if rule.secret:
        draft.refuse("secret-by-count", round=rule.name)
    if draft.by.for_ is not None and command.way == "electronic":
        draft.refuse("vote-in-person", decider=draft.by.decider)


def _must_be_open(draft: Draft, line: Line) -> None:
    if line.closed_n is not None:
        draft.refuse("round-closed", round=line.name)
    if draft.dossier.pause is not None:
        draft.refuse("paused", pause=draft.dossier.pause)


def _vote_task(draft: Draft, line: Line, seat: str | None) -> Task | None:
    votes = {t.seat: t for t in _entitled(draft, line)}
    mine = seats_of(draft, votes) if seat is None else [seat]
    if not mine or mine[0] not in votes:
        draft.refuse("not-a-member", actor=draft.by.decider, round=line.name)
        return None
    if seat is not None and not seats_of(draft, mine):
        draft.refuse("not-your-seat", seat=mine[0], actor=draft.by.decider)
    task = votes[mine[0]]
    if task.status == "done":
        draft.refuse("voted-already", seat=task.seat, round=line.name)
    return task


def _entitled(draft: Draft, line: Line) -> list[Task]:
    mine = (t for t in draft.tasks.values() if t.round_id == line.round_id and t.kind == "vote")
    return [task for task in mine if task.outcome != "recused"]


def close(draft: Draft, command: Close) -> None:
    """End a round for this dossier; a ballot is counted and judged by its rule.

    A paper count must add up and may not exceed those entitled. Refused for a round of the
    clock's own closing unless the procedure lets a person close it.
    """
    line = known_line(draft, command.round)
    rule = draft.procedure.rounds[line.name]
    if rule.close.by is not None:
        require_role(draft, (rule.close.by,))
    else:
        require_act(draft, "close")
    _must_be_open(draft, line)
    draft.reasons.extend(unproved(draft, rule))
    counts = _count(draft, rule, line, command) if rule.kind == "ballot" else None
    draft.stop_if_refused()
    data = {"round": line.name, "round_id": line.round_id, "way": command.way}
    more = {**unsent_data(draft, line), **entered_data(draft)}
    draft.record("close_round", {**data, **more}, private_parts(draft))
    end_line_tasks(draft, line, "expired", "no_reply")
    if counts is None:
        draft.change_line(line, closed_n=draft.n, outcome="answered")
    else:
        _judge(draft, rule, line, counts)


def _count(draft: Draft, rule: RoundRule, line: Line, command: Close) -> Counts:
    entitled = len(_entitled(draft, line))
    mine = [vote for vote in draft.view.votes if vote.round_id == line.round_id]
    cast_here = _tally(entitled, mine)
    if command.counts is None:
        if rule.secret:
            draft.refuse("secret-by-count", round=rule.name)
        return cast_here
    if command.way not in rule.ways or command.way not in ("paper", "show_of_hands"):
        draft.refuse("way-not-allowed", way=command.way or "-", ways=", ".join(rule.ways))
    paper = command.counts._replace(entitled=entitled)
    if command.counts.entitled != entitled:
        draft.refuse("count-entitled", given=command.counts.entitled, entitled=entitled)
    for problem in check_paper(paper):
        draft.reasons.append(problem)
    together = _together(paper, cast_here)
    if together.present + together.written > entitled:
        draft.refuse("count-exceeds", votes=together.present + together.written, entitled=entitled)
    return together


def _tally(entitled: int, votes: list[Vote]) -> Counts:
    written = sum(vote.way == "written" for vote in votes)
    choices = [vote.choice for vote in votes]
    return Counts(
        entitled=entitled, present=len(votes) - written, written=written, issued=len(votes),
        returned=len(votes), valid=len(votes), invalid=0, votes_for=choices.count("for"),
        votes_against=choices.count("against"), abstained=choices.count("abstain"),
    )  # fmt: skip


def _together(paper: Counts, cast_here: Counts) -> Counts:
    """The papers in the room and the votes cast one by one, added up."""
    one, other = paper._asdict(), cast_here._asdict()
    return Counts(**{k: one[k] + other[k] for k in one if k != "entitled"}, entitled=paper.entitled)


def _judge(draft: Draft, rule: RoundRule, line: Line, counts: Counts) -> None:
    if rule.quorum is None or rule.passes is None:
        raise Refused.of("ballot-without-rule", round=rule.name)
    verdict = judge(counts, rule.quorum, rule.passes, rule.tie)
    outcome: str = verdict.outcome
    if outcome == "passed" and rule.seats is not None:
        outcome = "counted"
    draft.fact["verdict"] = {
        "outcome": outcome, "needed": verdict.needed, "base": verdict.base,
        "rule": [str(rule.quorum), str(rule.passes), rule.tie],
    }  # fmt: skip
    closed = draft.change_line(line, closed_n=draft.n, outcome=outcome, counts=counts._asdict())
    _vote_again(draft, rule, closed)


def _vote_again(draft: Draft, rule: RoundRule, line: Line) -> None:
    again = (line.outcome == "no_quorum" and rule.quorum_else == "revote") or (
        line.outcome == "tie" and (rule.seats.tie if rule.seats else rule.tie) == "revote"
    )
    if again:
        open_round(draft, rule.name)
    elif line.outcome in ("no_quorum", "tie"):
        draft.change_line(line, outcome="failed")


def settle(draft: Draft, command: Settle) -> None:
    """Give a counted line its place in the ranking: "passed", "failed" or "tie"."""
    require_role(draft, ("engine",))
    line = known_line(draft, command.round)
    if line.outcome != "counted":
        draft.refuse("not-counted", round=line.name, outcome=line.outcome or "open")
    draft.stop_if_refused()
    data = {"round": line.name, "round_id": line.round_id, "by": "engine"}
    draft.record("settle", {**data, "outcome": command.outcome})
    settled = draft.change_line(line, outcome=command.outcome)
    _vote_again(draft, draft.procedure.rounds[line.name], settled)
