"""A typed condition in an act: asked with the dossier's own values, named when it fails, waived."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from thidua import By, Candidate, Correct, Create, Fire, Paper, Refused, Thidua, Waive
from thidua.testing import FixedClock, memory_engine

NOW = datetime(2020, 6, 1, 2, tzinfo=UTC)
CLERK = By("clerk")
PAGE = Path(__file__).parents[2] / "docs" / "procedure-language.md"
PRAISE = PAGE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
FIELDS = """fields:
  years: {vi: "Số năm công tác", type: number, needed: always}
  chosen: {vi: "Được tập thể chọn", type: yes_no}
states:
"""
CONDITION = (
    'conditions: [{expr: "years / 10 >= 3/10 and chosen == yes", name: long_enough, ground: house,'
    ' vi: "Đủ ba năm và được chọn"}], decision: required'
)
STRICT = (
    PRAISE.replace("states:\n", FIELDS, 1)
    .replace("decision: required}\n  - {trigger: refuse", "XX}\n  - {trigger: refuse")
    .replace("XX", CONDITION.removesuffix(", decision: required"))
    .replace("waive: nobody", "waive: {expr.long_enough: leader}")
)


class Office:
    """One dossier under the strict procedure."""

    def __init__(self, db: Any, wf: Thidua) -> None:
        self.db, self.wf = db, wf
        done = wf.create(db, self.proposed(years="3"), by=CLERK)
        self.id = done.dossier_id

    def proposed(self, **fields: str) -> Create:
        return Create("unit-praise", "GK", Candidate("individual", "Lê Thị C"), fields=fields)

    def act(self, command: Any) -> Any:
        return self.wf.act(self.db, self.id, command, by=CLERK)

    def refusal(self) -> Any:
        with pytest.raises(Refused) as caught:
            self.act(Fire("grant"))
        return caught.value


@pytest.fixture
def office() -> Iterator[Office]:
    wf = Thidua(clock=FixedClock(NOW))
    engine = memory_engine(wf)
    with engine.begin() as db:
        wf.adopt(db, STRICT, name="strict")
        rows = [{"actor": "clerk", "role": role, "unit": "", "from_on": "2018-01-01"}
                for role in ("staff", "leader")]  # fmt: skip
        db.execute(insert(wf.tables.holding), rows)
        yield Office(db, wf)
    engine.dispose()


def test_value_that_is_not_there_is_named(office: Office) -> None:
    refusal = office.refusal()

    assert [each.code for each in refusal.reasons] == ["condition-value-missing"]
    assert refusal.text("vi") == (
        "Chưa xét được điều kiện “Đủ ba năm và được chọn” vì chưa có: Được tập thể chọn."
        " Hãy bổ sung."
    )


def test_condition_that_fails_names_what_fails(office: Office) -> None:
    office.act(Correct({"chosen": "no"}, note="nhập sau"))

    (reason,) = office.refusal().reasons

    assert (reason.code, reason.fields["values"]) == ("condition-unmet", ["chosen"])
    assert reason.text("vi") == (
        "Chưa đạt điều kiện “Đủ ba năm và được chọn”. Hãy xem lại: Được tập thể chọn."
    )


def test_condition_that_holds_lets_pass(office: Office) -> None:
    office.act(Correct({"chosen": "yes"}, note="nhập sau"))

    assert office.act(Fire("grant")).state == "granted"


def test_condition_is_waived(office: Office) -> None:
    paper = Paper(number="12", signed_on=date(2020, 5, 30), signer="Trần Văn B")
    office.act(Waive("expr.long_enough", date(2020, 12, 31), ground=paper))

    assert office.act(Fire("grant")).state == "granted"


def test_condition_is_asked_when_actions_are_told(office: Office) -> None:
    (grant,) = (a for a in office.wf.actions(office.db, office.id, "clerk") if a.act == "grant")

    assert [each.code for each in grant.reasons] == ["condition-value-missing"]
