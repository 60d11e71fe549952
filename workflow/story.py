"""How a due came about, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thidua.workflow.calendar import WEEKDAYS
from thidua.workflow.due import Fixed, Span
from thidua.workflow.reckoning import Reckoning
from thidua.workflow.wording import say

_LABELS: Mapping[str, Mapping[str, str]] = {}
_NAMES: Mapping[str, str] = {}
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def story(
    how: Reckoning,
    lang: str = "vi",
    *,
    fields: Mapping[str, Mapping[str, str]] = _LABELS,
    days: Mapping[str, str] = _NAMES,
) -> str:
    """One line in "vi" or "en": what was counted from which day, and what was met on the way.

    `fields` has the labels of the procedure's fields by their names; `days` what days off are
    called in the language by their Vietnamese names, where that is known.

    >>> how = Reckoning(calendar="a@1", from_on=date(2019, 8, 30), span=Span(10, "working days"),
    ...                 moved_by=("Quốc khánh",))
    >>> story(how)
    '10 ngày làm việc kể từ 30/08/2019 (ngày bắt đầu bước này); không tính Quốc khánh'
    """
    teller = _Teller(lang, fields, days)
    said = [teller.counted(how)]
    if how.presumed:
        said.append(teller.say("due-presumed", start=teller.start(how)))
    if how.transit is not None:
        said.append(teller.say("due-transit", span=teller.span(how.transit)))
    if how.moved_by:
        said.append(teller.moved(how))
    if how.clamped:
        said.append(teller.say("due-clamped"))
    return "; ".join(said)


def folded(names: Sequence[str]) -> tuple[str, ...]:
    """The names without those that only say another one more closely.

    >>> folded(["Giao thừa Tết Nguyên Đán", "Tết Nguyên Đán", "Mùng hai Tết Nguyên Đán"])
    ('Tết Nguyên Đán',)
    """
    return tuple(n for n in names if not any(other in n for other in names if other != n))


@dataclass(frozen=True, slots=True)
class _Teller:
    lang: str
    fields: Mapping[str, Mapping[str, str]]
    days: Mapping[str, str]

    def say(self, code: str, **fields: object) -> str:
        return say(code, fields, self.lang).replace(" ()", "")

    def moved(self, how: Reckoning) -> str:
        week = dict(zip(WEEKDAYS, _ENGLISH, strict=True)) if self.lang == "en" else {}
        names = [(self.days.get(name) or week.get(name, name)) for name in folded(how.moved_by)]
        steps = how.left is not None or (how.span and how.span.unit == "working days")
        return self.say("due-moved" if steps else "due-rolled", names=", ".join(names))

    def counted(self, how: Reckoning) -> str:
        if how.from_on is None:
            return self.say("due-set", on=_day(how.until_on))
        on = _day(how.from_on)
        if how.left is not None:
            return self.say("due-resumed", left=self.span(Span(how.left, "working days")), on=on)
        if how.fixed is not None:
            return self.say("due-fixed", day=self.fixed(how.fixed), on=on, start=self.start(how))
        assert how.span is not None
        code = "due-before" if how.before else "due-received" if how.after else "due-after"
        after = self.span(how.after) if how.after else ""
        return self.say(code, span=self.span(how.span), on=on, start=self.start(how), after=after)

    def start(self, how: Reckoning) -> str:
        label = self.fields.get(how.start)
        if label is not None:
            return f"“{label.get(self.lang) or next(iter(label.values()))}”"
        return self.say(f"due-from-{how.start}")

    def span(self, span: Span) -> str:
        unit = self.say(f"unit-{span.unit}".replace(" ", "-"))
        one = self.lang == "en" and span.count == 1
        return f"{span.count} {unit.removesuffix('s') if one else unit}"

    def fixed(self, fixed: Fixed) -> str:
        day = fixed.day
        on = f"{day.day:02}/{day.month:02}" if self.lang == "vi" else str(day)
        year = self.say(f"due-year-{fixed.year}".replace(" ", "-"))
        return f"{on} {year}"


def _day(on: date | None) -> str:
    return "" if on is None else f"{on:%d/%m/%Y}"
