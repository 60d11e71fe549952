"""How a diagram words dues, rounds and conditions, in Vietnamese and in English."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thidua.workflow.due import Span
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import DueRule, Label, Procedure, RoundRule, SpanRule, Transition
from thidua.workflow.tally import Pass

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
    "before": ("trước phiên họp", "before the meeting"),
    "if": ("khi", "if"),
    "and": ("và", "and"),
    "then": ("hết hạn thì", "when over:"),
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
    "withdrawal": ("được rút hồ sơ ở mọi bước", "may withdraw it from anywhere"),
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one procedure in one language, "vi" or "en"."""

    procedure: Procedure
    lang: str

    def word(self, key: str) -> str:
        """A fixed word."""
        return _WORDS[key][self.lang == "en"]

    def text(self, label: Label) -> str:
        """A text of the procedure."""
        return self.procedure.text(label, self.lang)

    def actor(self, name: str) -> str:
        """Who does something, in brackets."""
        roles = self.procedure.roles
        who = self.word("engine") if name == ENGINE else self.text(roles[name].label)
        return f"({who})"

    def span(self, span: SpanRule) -> str:
        """A due between two events."""
        end = self.text(self.procedure.states[span.end].label)
        return f"{self.due(span.due)} {self.word('until')} “{end}”"

    def due(self, rule: DueRule | None) -> str:
        """A time allowed, marked when nobody has confirmed it; nothing for no due."""
        if rule is None:
            return ""
        sign = "≥ " if rule.before is not None else ""
        start = self.word("before" if rule.before is not None else rule.start)
        parts = [f"⏱ {sign}{self.time(rule.span)}", start, self.mark(rule.ground)]
        if rule.then is not None:
            parts.append(f"– {self.word('then')} “{self._trigger(rule.then)}”")
        return " ".join(part for part in parts if part)

    def time(self, span: Span) -> str:
        """A number with its unit."""
        unit = self.word(span.unit)
        one = self.lang == "en" and span.count == 1
        return f"{span.count} {unit.removesuffix('s') if one else unit}"

    def mark(self, ground: str | None) -> str:
        """The mark of an assumed number."""
        if ground not in self.procedure.assumed:
            return ""
        return f"({self.word('assumed')})".replace(" ", "\u00a0")

    def _trigger(self, trigger: str) -> str:
        steps = (step for step in self.procedure.transitions if step.trigger == trigger)
        return self.text(next(steps).label)

    def conditions(self, step: Transition) -> str:
        """What must hold for a transition."""
        rounds = self.procedure.rounds
        asked: dict[str, list[str]] = {}
        for condition in step.conditions:
            name, _, question = condition.partition(".")
            if name in rounds:
                asked.setdefault(f"“{self.text(rounds[name].label)}” ", []).append(question)
            else:
                asked.setdefault("", []).append(condition)
        words = [name + self._and(questions) for name, questions in asked.items()]
        return f"{self.word('if')} {self._and(words)}" if words else ""

    def _and(self, words: Iterable[str]) -> str:
        said = [self.word(word) if word in _WORDS else word for word in words]
        return f" {self.word('and')} ".join(said)

    def round(self, rule: RoundRule) -> Iterator[str]:
        """What a round asks whom, until when, and when it counts: a line each."""
        yield self.text(rule.label)
        yield self._asked(rule)
        yield self.due(rule.due)
        if rule.kind == "consultation" and rule.close.at_due:
            yield self.word("silence")
        yield from self._ballot(rule)

    def _asked(self, rule: RoundRule) -> str:
        role = rule.ask.role if rule.ask else rule.voters.role if rule.voters else None
        who = self.text(self.procedure.roles[role].label) if role else ""
        return f"{self.word(rule.kind)}: {who}" if who else self.word(rule.kind)

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
            field = self.procedure.fields.get(name)
            yield self.text(field.label) if field else self.word("kind")

    def withdrawal(self, roles: Iterable[str]) -> str:
        """Who may take a dossier back, from wherever it stands."""
        who = ", ".join(self.text(self.procedure.roles[role].label) for role in roles)
        return f"{who} {self.word('withdrawal')}"
