"""Whom a round asks: several rules, each for the dossiers it applies to."""

from typing import Any

import pytest

from thidua import Fire, Refused

DEPARTMENT, COMMITTEE, TAX = (
    "department@stp-ha-giang", "committee@ubnd-ha-giang", "tax@thue-ha-giang",
)  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"business": "no", "staff": "99"}, [DEPARTMENT]),
        ({"business": "yes", "staff": "99"}, [DEPARTMENT, TAX]),
        ({"business": "no", "staff": "100"}, [COMMITTEE, DEPARTMENT]),
        ({"business": "yes", "staff": "100"}, [COMMITTEE, DEPARTMENT, TAX]),
        ({}, [COMMITTEE, DEPARTMENT, TAX]),
    ],
)
def test_each_rule_asks_where_it_applies(
    office: Any, fields: dict[str, str], asked: list[str]
) -> None:
    """What cannot be told for want of a value is asked."""
    dossier = office.propose(**fields)
    office.act(dossier, Fire("consult"))

    assert sorted(office.seats(dossier)) == asked


def test_head_of_the_asked_unit_goes_to_its_superior(office: Any) -> None:
    t = office.wf.tables.unit
    with office.engine.begin() as db:
        db.execute(t.update().where(t.c.id == "stp-ha-giang").values(parent="ubnd-ha-giang"))
    office.hold(("gd", "director", "stp-ha-giang"))
    dossier = office.propose(person="gd", business="no", staff="1")
    office.act(dossier, Fire("consult"))

    assert sorted(office.seats(dossier)) == ["department@ubnd-ha-giang"]


def test_rule_that_finds_nobody_is_not_passed_over(office: Any) -> None:
    t = office.wf.tables.unit
    with office.engine.begin() as db:
        db.execute(t.delete().where(t.c.id == "thue-ha-giang"))
    dossier = office.propose(business="yes", staff="1")

    with pytest.raises(Refused) as caught:
        office.act(dossier, Fire("consult"))

    (reason,) = caught.value.reasons
    assert (reason.code, reason.fields["roles"]) == ("nobody-to-ask", "tax")
    other = office.propose(business="no", staff="1")
    office.act(other, Fire("consult"))
