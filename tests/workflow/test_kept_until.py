"""Which class keeps an award's dossiers, and until which legal date."""

from datetime import date

import pytest

from thidua.workflow.retention import Retention, RetentionClass, kept_until


def test_an_award_goes_by_the_class_that_names_it() -> None:
    medals, rest = (
        RetentionClass(name, {}, years, awards, "ground", "read")
        for name, years, awards in (("medals", None, frozenset({"HC"})), ("rest", 20, frozenset()))
    )
    kept = Retention({"medals": medals, "rest": rest}, {}, "rest")

    assert kept.of_award("HC") is medals
    assert kept.of_award("BK") is rest


@pytest.mark.parametrize(("closed_on", "years", "until"), [
    (date(2018, 1, 1), 20, date(2038, 12, 31)),
    (date(2018, 12, 31), 20, date(2038, 12, 31)),
    (date(2018, 7, 2), 0, date(2018, 12, 31)),
    (date(2018, 7, 2), None, None),
])  # fmt: skip
def test_years_run_from_the_end_of_the_year(
    closed_on: date, years: int | None, until: date | None
) -> None:
    assert kept_until(closed_on, years) == until
