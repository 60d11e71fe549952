"""How a diagram words dues, rounds and conditions, in Vietnamese and in English."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from thidua.workflow.due import Fixed, Span
from thidua.workflow.procedure import (
    Close,
    DueRule,
    Label,
    Procedure,
    RoundRule,
    SpanRule,
    Transition,
)
from thidua.workflow.tally import Pass
from thidua.workflow.wording.number import in_number

_WORDS: dict[str, tuple[str, str]] = {
    "engine": ("hệ thống", "the engine"),
    "assumed": ("giả định", "assumed"),
    "working days": ("ngày làm việc", "working days"),
    "calendar days": ("ngày", "calendar days"),
    "months": ("tháng", "months"),
    "years": ("năm", "years"),
    "entry": ("", ""),
    "opening": ("từ khi mở", "from opening"),
    "sending": ("từ khi gửi", "from sending"),
    "receipt": ("từ khi nhận", "from receipt"),
    "completeness": ("từ khi đủ hồ sơ", "from completeness"),
    "before": ("trước phiên họp", "before the meeting"),
    "from the": ("từ “{field}”", "from “{field}”"),
    "before the": ("trước “{field}”", "before “{field}”"),
    "day": ("ngày {day}/{month}", "{name}"),
    "year: next": ("kế tiếp", "next to come"),
    "year: same year": ("cùng năm", "of the same year"),
    "year: year after": ("năm sau", "of the year after"),
    "rolls": ("(lùi qua ngày nghỉ)", "(moved past days off)"),
    "closures": ("trừ ngày nghỉ riêng của đơn vị", "without the unit's own days off"),
    "if": ("khi", "if"),
    "and": ("và", "and"),
    "then": ("hết hạn thì", "when over:"),
    "starts": ("mở hồ sơ theo quy trình {name}", "opens a dossier under {name}"),
    "window": ("trong “{window}”", "within “{window}”"),
    "proof": ("cần có: {paper}", "needs: {paper}"),
    "host.not_awarded_before": ("chưa được tặng hình thức này", "it was not awarded before"),
    "documents.complete": ("đủ giấy tờ", "papers are complete"),
    "opened": ("đã mở", "is open"),
    "closed": ("đã kết thúc", "is over"),
    "passed": ("đạt", "passed"),
    "failed": ("không đạt", "failed"),
    "disagreements_answered": (
        "đã trả lời ý kiến không đồng ý",
        "has its disagreements answered",
    ),
    "consultation": ("Hỏi", "Asks"),
    "posting": ("Công khai", "Shown to the public"),
    "ballot": ("Bỏ phiếu", "Voting"),
    "secret": ("bỏ phiếu kín", "secret ballot"),
    "silence": ("hết hạn thì tiếp tục", "goes on when time is up"),
    "all answered": ("xong khi mọi nơi đã trả lời", "over when all have answered"),
    "answered": ("xong khi {share} đã trả lời", "over when {share} have answered"),
    "answers": ("xong khi {count} nơi đã trả lời", "over when {count} have answered"),
    "named": (
        "xong khi {units} và {plus} nơi khác đã trả lời",
        "over when {units} and {plus} others have answered",
    ),
    "transit": ("chờ thêm {time} cho bưu điện", "{time} more for the post"),
    "ends": ("kết thúc: {who}", "ended by {who}"),
    "quorum": ("tham gia ít nhất", "quorum at least"),
    "more than": ("đạt nếu quá", "passes with more than"),
    "at least": ("đạt nếu ít nhất", "passes with at least"),
    "entitled": ("tổng số thành viên", "of all members"),
    "present": ("số người tham gia", "of those taking part"),
    "cast": ("số phiếu thu về", "of the papers returned"),
    "valid": ("số phiếu hợp lệ", "of the valid papers"),
    "seats": ("chỉ tiêu mỗi nhóm", "seats per group"),
    "kind": ("tập thể hoặc cá nhân", "kind"),
    "until": ("đến khi", "until"),
    "same": ("cùng", "of the same"),
    "withdrawal": ("được rút hồ sơ ở mọi bước", "may withdraw it from anywhere"),
}


class Said(NamedTuple):
    """A line about a round, and what it is about."""

    text: str
    about: Literal["name", "people", "time", "rule"] = "rule"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one procedure in one language, "vi" or "en"."""

    procedure: Procedure
    lang: str
    numbered: bool = False
    """Whether a number carries the place of its ground among the grounds, as in a list of notes."""

    def word(self, key: str) -> str:
        """A fixed word; one that has no words yet stands for itself."""
        return _WORDS.get(key, (key, key))[self.lang == "en"]

    def text(self, label: Label) -> str:
        """A text of the procedure."""
        return self.procedure.text(label, self.lang)

    def actor(self, name: str) -> str:
        """Who does something, in brackets."""
        return f"({self.role(name)})"

    def span(self, span: SpanRule) -> str:
        """A due between two events."""
        end = self.text(self.procedure.states[span.end].label)
        return f"{self.due(span.due)} {self.word('until')} “{end}”"

    def due(self, rule: DueRule | None) -> str:
        """A time allowed, marked when nobody has confirmed it; nothing for no due."""
        if rule is None:
            return ""
        sign = "≥ " if rule.before is not None else ""
        parts = [f"{sign}{self.time(rule.span)}", self._counted(rule), self.mark(rule.ground)]
        if rule.closures:
            parts.append(f"({self.word('closures')})")
        if rule.then is not None:
            parts.append(f"– {self.word('then')} “{self._trigger(rule.then)}”")
        return " ".join(part for part in parts if part)

    def _counted(self, rule: DueRule) -> str:
        """From what the time runs, or before what it ends."""
        if rule.field is not None:
            which = "before the" if rule.before is not None else "from the"
            return self.word(which).format(field=self.field(rule.field))
        return self.word("before" if rule.before is not None else rule.start)

    def field(self, name: str) -> str:
        """What a field is called."""
        known = self.procedure.fields.get(name)
        return self.text(known.label) if known is not None else name

    def time(self, span: Span | Fixed) -> str:
        """A number with its unit, or a day of the year."""
        if isinstance(span, Fixed):
            return self._fixed(span)
        unit = self.word(span.unit)
        one = self.lang == "en" and span.count == 1
        return f"{span.count} {unit.removesuffix('s') if one else unit}"

    def _fixed(self, fixed: Fixed) -> str:
        day = self.word("day").format(day=fixed.day.day, month=fixed.day.month, name=fixed.day)
        rolls = self.word("rolls") if fixed.rolls else ""
        return " ".join(filter(None, (day, self.word(f"year: {fixed.year}"), rolls)))

    def mark(self, ground: str | None) -> str:
        """The mark of an assumed number, and the place of the ground where those are listed."""
        assumed = f"({self.word('assumed')})" if ground in self.procedure.assumed else ""
        place = f"[{self.place(ground)}]" if self.numbered and ground is not None else ""
        return f"{assumed} {place}".strip().replace(" ", "\u00a0")

    def place(self, ground: str) -> int:
        """Where a ground stands among the procedure's grounds, from 1."""
        return [*self.procedure.grounds].index(ground) + 1

    def _trigger(self, trigger: str) -> str:
        steps = (step.label for step in self.procedure.transitions if step.trigger == trigger)
        label = next(steps, None)
        return self.text(label) if label is not None else trigger

    def starts(self, step: Transition) -> str:
        """The linked dossier that a transition opens."""
        return self.word("starts").format(name=step.starts) if step.starts is not None else ""

    def conditions(self, step: Transition) -> str:
        """What must hold for a transition."""
        rounds = self.procedure.rounds
        asked: dict[str, list[str]] = {}
        for condition in step.conditions:
            name, _, question = condition.partition(".")
            expression = self.procedure.expressions.get(condition)
            if expression is not None:
                called = self.text(expression.label) if expression.label else expression.text
                said = f"“{called}”"
                asked.setdefault("", []).append(f"{said} {self.mark(expression.ground)}".strip())
            elif name in rounds:
                asked.setdefault(f"“{self.text(rounds[name].label)}” ", []).append(question)
            elif name in self.procedure.windows:
                window = self.text(self.procedure.windows[name].label)
                asked.setdefault("", []).append(self.word("window").format(window=window))
            else:
                asked.setdefault("", []).append(condition)
        words = [name + self._and(questions) for name, questions in asked.items()]
        return f"{self.word('if')} {self._and(words)}" if words else ""

    def _and(self, words: Iterable[str]) -> str:
        said = [self.word(word) if word in _WORDS else word for word in words]
        return f" {self.word('and')} ".join(said)

    def round(self, rule: RoundRule) -> Iterator[Said]:
        """What a round asks whom, until when, when it is over and when it counts: a line each."""
        yield Said(self.text(rule.label), "name")
        yield Said(self._asked(rule), "people")
        if rule.due is not None:
            yield Said(self.due(rule.due), "time")
        kind = self.procedure.documents.get(rule.proof or "")
        if kind is not None:
            yield Said(self.word("proof").format(paper=self.text(kind.label)))
        yield from map(Said, self.close(rule.close))
        yield from map(Said, self._ballot(rule))

    def role(self, name: str) -> str:
        """What a role is called; the engine and nobody have their own words."""
        known = self.procedure.roles.get(name)
        if known is not None:
            return self.text(known.label)
        return self.word(name) if name in _WORDS else name

    def roles(self, names: Iterable[str]) -> str:
        """Several roles in a row."""
        return ", ".join(map(self.role, names))

    def _asked(self, rule: RoundRule) -> str:
        voters = (rule.voters.role,) if rule.voters else ()
        roles = dict.fromkeys((*(ask.role for ask in rule.asks), *voters))
        return f"{self.word(rule.kind)}: {self.roles(roles)}" if roles else self.word(rule.kind)

    def close(self, rule: Close) -> Iterator[str]:
        """When a round is over, a line for each way."""
        mark = self.mark(rule.ground)
        if rule.all_answered:
            yield self.word("all answered")
        if rule.share is not None:
            yield f"{self.word('answered').format(share=rule.share)} {mark}".strip()
        if rule.answers is not None:
            said = in_number(self.word("answers"), {"count": rule.answers})
            yield f"{said.format(count=rule.answers)} {mark}".strip()
        if rule.units or rule.plus:
            units = ", ".join(rule.units)
            yield f"{self.word('named').format(units=units, plus=rule.plus)} {mark}".strip()
        if rule.at_due:
            late = rule.transit and self.word("transit").format(time=self.time(rule.transit))
            yield self.word("silence") + (f" ({late}) {mark}".rstrip() if late else "")
        if rule.by is not None:
            yield self.word("ends").format(who=self.role(rule.by))

    def _ballot(self, rule: RoundRule) -> Iterator[str]:
        if rule.secret:
            yield self.word("secret")
        if rule.quorum is not None:
            share = f"{rule.quorum.at_least} {self.word('entitled')}"
            yield f"{self.word('quorum')} {share} {self.mark(rule.quorum_ground)}"
        if rule.passes is not None:
            yield f"{self._passes(rule.passes)} {self.mark(rule.pass_ground)}"
        if rule.seats is not None:
            groups = ", ".join(self._groups(rule.seats.per))
            count = f"{rule.seats.count} ({groups})"
            yield f"{self.word('seats')}: {count} {self.mark(rule.seats.ground)}"

    def _passes(self, rule: Pass) -> str:
        kind = "more than" if rule.more_than is not None else "at least"
        return f"{self.word(kind)} {rule.fraction} {self.word(rule.of)}"

    def _groups(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield self.word("kind") if name == "kind" else self.field(name)

    def withdrawal(self, roles: Iterable[str]) -> str:
        """Who may take a dossier back, from wherever it stands."""
        return f"{self.roles(roles)} {self.word('withdrawal')}"
