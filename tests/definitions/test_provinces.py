"""The provinces of a date: 63, 63 with Huế a city, 34."""

from datetime import date

import pytest

from thidua.definitions.provinces import Province, provinces, successor
from thidua.workflow.errors import Unknown

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def named(code: str, on: date) -> tuple[str, str]:
    (found,) = [p for p in provinces(on) if p.code == code]
    return found.kind, found.name


@pytest.mark.parametrize(
    ("on", "count", "cities"),
    [
        (date(2018, 1, 1), 63, 5),
        (date(2024, 12, 31), 63, 5),
        (date(2025, 1, 1), 63, 6),
        (BEFORE, 63, 6),
        (AFTER, 34, 6),
        (date(2030, 1, 1), 34, 6),
    ],
)
def test_provinces_of_a_date(on: date, count: int, cities: int) -> None:
    found = provinces(on)

    assert len(found) == len({p.code for p in found}) == len({p.name for p in found}) == count
    assert len([p for p in found if p.kind == "thành phố"]) == cities


def test_hue_becomes_a_city() -> None:
    assert named("46", date(2024, 12, 31)) == ("tỉnh", "Thừa Thiên Huế")
    assert named("46", date(2025, 1, 1)) == ("thành phố", "Huế")
    assert successor("46", date(2018, 9, 2)) == provinces(date(2025, 1, 1))[30]
    assert successor("46", date(2025, 1, 1)) is None


@pytest.mark.parametrize("code", ["15", "24", "44", "52", "80", "82", "91"])
def test_code_alone_is_ambiguous(code: str) -> None:
    assert named(code, BEFORE) != named(code, AFTER)


def test_every_province_has_its_successor_the_day_after() -> None:
    for old in provinces(BEFORE):
        new = successor(old.code, BEFORE)
        assert (new is None) == (old.to_on is None)
        assert (new or old) in provinces(AFTER)


def test_successors_come_from_as_many_as_the_resolution_says() -> None:
    merged: dict[str, list[str]] = {}
    for old in provinces(BEFORE):
        new = successor(old.code, BEFORE)
        if new is not None:
            merged.setdefault(new.name, []).append(old.name)

    assert len(merged) == 23
    assert merged["Hồ Chí Minh"] == ["Bình Dương", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh"]
    assert merged["Tây Ninh"] == ["Tây Ninh", "Long An"]
    assert merged["Vĩnh Long"] == ["Bến Tre", "Trà Vinh", "Vĩnh Long"]


def test_date_before_the_table_is_refused() -> None:
    with pytest.raises(Unknown) as caught:
        provinces(date(2017, 12, 31))

    assert caught.value.reasons[0].code == "province-date-unknown"
    assert "01/01/2018" in caught.value.text("vi")


def test_code_that_nothing_had_is_refused() -> None:
    with pytest.raises(Unknown) as caught:
        successor("30", AFTER)

    assert caught.value.reasons[0].code == "no-such-province"
    assert isinstance(successor("30", BEFORE), Province)
