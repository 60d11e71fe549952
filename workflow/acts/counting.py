"""The close of a round: a ballot is counted from the votes cast and the tellers' papers."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from thidua.workflow.acts.casting import entitled, voters, waits_until
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.judging import judge_line
from thidua.workflow.acts.rounds import end_line_tasks, has_answer, unproved, unsent_data
from thidua.workflow.acts.secret import publish, slips_of, with_slips
from thidua.workflow.acts.speaking import known_line, must_be_open
from thidua.workflow.change import Vote
from thidua.workflow.command import Close
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Refused
from thidua.workflow.meeting import presences
from thidua.workflow.procedure import RoundRule
from thidua.workflow.rights import require_act, require_role
from thidua.workflow.secrecy import FEWEST, is_sealed, too_few
from thidua.workflow.tally import Counts, check_paper, is_quorate


class Box(NamedTuple):
    """What there is to count: the entitled, their votes one by one, who was in the room.

    `room` is None when nobody kept the attendance. Of a secret ballot `secretly` has the seats
    whose votes are among the `slips` from the sealed box.
    """

    entitled: tuple[Task, ...]
    recused: tuple[str, ...]
    votes: tuple[Vote, ...]
    room: frozenset[str] | None
    secretly: frozenset[str] = frozenset()
    slips: tuple[str, ...] = ()

    @property
    def written(self) -> frozenset[str]:
        """Seats whose vote came in writing."""
        return frozenset(vote.seat for vote in self.votes if vote.way == "written")

    @property
    def present(self) -> frozenset[str]:
        """Seats known to take part in person: in the room, or by a vote of their own."""
        return self.voted - self.written | self.waiting

    @property
    def voted(self) -> frozenset[str]:
        """Seats whose vote is here, openly or in the sealed box."""
        return frozenset(vote.seat for vote in self.votes) | self.secretly

    @property
    def waiting(self) -> frozenset[str]:
        """Seats in the room without a vote of their own: theirs are the tellers' papers."""
        return (self.room or frozenset()) - self.voted

    def counts(self) -> Counts:
        """The votes given openly, as a count; who takes part is known of the secret ones too."""
        choices = [vote.choice for vote in self.votes]
        cast = len(choices)
        return Counts(
            entitled=len(self.entitled), present=len(self.present), written=len(self.written),
            issued=cast, returned=cast, valid=cast, invalid=0, votes_for=choices.count("for"),
            votes_against=choices.count("against"), abstained=choices.count("abstain"),
        )  # fmt: skip

    def roll(self) -> dict[str, Any]:
        """Who was entitled and who took part, as the event keeps it; never how anybody voted."""
        roll = {
            "entitled": [task.seat for task in self.entitled],
            "voted": sorted(self.voted),
            "written": sorted(self.written),
            "recused": list(self.recused),
        }
        return roll if self.room is None else {**roll, "present": sorted(self.present)}


def close(draft: Draft, command: Close) -> None:
    """End a round for this dossier; a ballot is counted and judged by its rule.

    What ends before all have answered is "closed", never "answered".
    A paper count must add up, may not exceed those entitled nor those in the room, and is refused
    for a meeting that has no quorum. Where written votes are taken until the due, there is no
    result before it unless all have voted. Without a quorum a sealed box stays shut for good: few
    slips would tell whose they are; one with fewer than `FEWEST` in it is not opened, and the
    ballot runs on until more have voted or it is put off. Refused for a round of the clock's own
    closing unless the procedure lets a person close it.
    """
    line = known_line(draft, command.round)
    rule = draft.procedure.rounds[line.name]
    if rule.close.by is not None:
        require_role(draft, (rule.close.by,))
    else:
        require_act(draft, "close")
    must_be_open(draft, line)
    if line.closed_n is not None:
        draft.stop_if_refused()
    draft.reasons.extend(unproved(draft, rule))
    box = _box(draft, line)
    counts = _count(draft, rule, box, command) if rule.kind == "ballot" else None
    draft.stop_if_refused()
    opens = rule.secret and counts is not None and is_quorate(counts, rule.quorum)
    if opens and box.slips and too_few(rule, len(box.slips)):
        raise Refused.of("box-too-few", round=rule.name, slips=len(box.slips), fewest=FEWEST)
    data: dict[str, Any] = {
        "round": line.name, "round_id": line.round_id, "way": command.way,
        **unsent_data(draft, line), **entered_data(draft),
    }  # fmt: skip
    if command.counts is not None:
        data["papers"] = command.counts._asdict()
    draft.record("close_round", data, private_parts(draft))
    if opens and counts is not None:
        publish(draft)
        counts = with_slips(counts, box.slips)
    whole = has_answer(draft, line) and not draft.open_tasks("ask", round_id=line.round_id)
    end_line_tasks(draft, line, "expired", "no_reply")
    if counts is None:
        draft.change_line(line, closed_n=draft.n, outcome="answered" if whole else "closed")
    else:
        judge_line(draft, rule, line, counts, box.roll())


def must_be_closable(draft: Draft) -> None:
    """Note that no round runs that the right to close one ends."""
    rounds = draft.procedure.rounds
    running = [line for line in draft.lines.values() if line.closed_n is None]
    mine = [line for line in running if line.name in rounds and rounds[line.name].close.by is None]
    if not mine:
        draft.refuse("nothing-to-close")
    for line in mine[:1]:
        must_be_open(draft, line)


def _box(draft: Draft, line: Line) -> Box:
    """A vote of a member who stepped back since is void: it is in no box."""
    members = tuple(entitled(draft, line))
    seats = {task.seat for task in members}
    recused = {task.seat for task in voters(draft, line)} - seats
    mine = [v for v in draft.view.votes if v.round_id == line.round_id and v.seat in seats]
    secretly, slips = slips_of(draft, draft.procedure.rounds[line.name], members, mine)
    kept = presences(draft.view.attended, line.meeting)
    room = frozenset(seat for seat, presence in kept.items() if presence == "present") & seats
    return Box(
        members,
        tuple(sorted({*recused, *_computed(draft, line)})),
        tuple(mine),
        room if kept else None,
        secretly,
        slips,
    )


def _computed(draft: Draft, line: Line) -> set[str]:
    """Members of the same council who were never on this ballot's roll."""
    roles = {task.seat.partition(":")[0] for task in voters(draft, line)}
    return {seat for seat in draft.dossier.recused if seat.partition(":")[0] in roles}


def _count(draft: Draft, rule: RoundRule, box: Box, command: Close) -> Counts:
    counts = box.counts()
    if command.counts is not None:
        counts = _with_papers(draft, rule, box, command, command.counts)
    elif rule.secret and not is_sealed(rule):
        draft.refuse("secret-by-count", round=rule.name)
    until = waits_until(draft, rule, box.entitled)
    # Who is in the room has voted by the tellers' papers, not by sitting there.
    voted = len(box.voted) if command.counts is None else counts.present + counts.written
    if until is not None and voted < len(box.entitled):
        draft.refuse("ballot-waits", round=rule.name, until=until.isoformat())
    return counts


def _with_papers(draft: Draft, rule: RoundRule, box: Box, command: Close, given: Counts) -> Counts:
    members = len(box.entitled)
    if command.way not in rule.ways or command.way not in ("paper", "show_of_hands"):
        draft.refuse("way-not-allowed", way=command.way or "-", ways=", ".join(rule.ways))
    paper = given._replace(entitled=members)
    if given.entitled != members:
        draft.refuse("count-entitled", given=given.entitled, entitled=members)
    draft.reasons.extend(check_paper(paper))
    _in_the_room(draft, rule, box, paper)
    alone = box._replace(room=None).counts()
    together = _together(paper, alone)
    if together.present + together.written > members:
        draft.refuse("count-exceeds", votes=together.present + together.written, entitled=members)
    return together if box.room is None else together._replace(present=len(box.present))


def _in_the_room(draft: Draft, rule: RoundRule, box: Box, paper: Counts) -> None:
    """Where the attendance was kept, the tellers count whom the meeting has."""
    if box.room is None:
        return
    if paper.present > len(box.waiting):
        draft.refuse("count-attendance", present=paper.present, attended=len(box.waiting))
    taking: Mapping[str, int] = {
        "present": len(box.present), "written": len(box.written) + paper.written,
    }  # fmt: skip
    if rule.quorum is None:
        return
    here, needed = (
        sum(taking[way] for way in rule.quorum.counts),
        rule.quorum.needed(len(box.entitled)),
    )
    if here < needed:
        entitled_ = len(box.entitled)
        draft.refuse("meeting-without-quorum", present=here, needed=needed, entitled=entitled_)


def _together(paper: Counts, cast_here: Counts) -> Counts:
    """The papers in the room and the votes cast one by one, added up."""
    one, other = paper._asdict(), cast_here._asdict()
    return Counts(**{k: one[k] + other[k] for k in one if k != "entitled"}, entitled=paper.entitled)
