import subprocess
import sys
from datetime import date
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from string import Formatter

import pytest

from thidua.definitions.calendars import draft_year, generate, load_calendar, load_table
from thidua.definitions.days import from_csv, to_csv
from thidua.workflow.errors import DefinitionError, Unknown
from thidua.workflow.wording import WORDING

SHIPPED = resources.files("thidua.definitions") / "calendars" / "vn-civil-service.csv"
PINNED = "0.109"
HEAD = "calendar: vn-civil-service\n"


def a_file(folder: Path, text: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def an_entry(on: str, certainty: str = "read") -> str:
    names = '{vi: "Nghỉ riêng", en: "Own day"}'
    return f'  - {{date: {on}, name: {names}, ground: "Công văn số 1", certainty: {certainty}}}\n'


def refused(path: Path) -> list[tuple[str, object]]:
    """The codes and lines of all findings."""
    with pytest.raises(DefinitionError) as caught:
        load_calendar(overrides=path)
    return [(why.code, why.fields["line"]) for why in caught.value.reasons]


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2018, 12, 31), date(2019, 1, 5)),
        (date(2019, 4, 29), date(2019, 5, 4)),
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_a_swapped_day_is_off_and_its_saturday_is_worked(off: date, worked: date) -> None:
    calendar = load_calendar()
    table = load_table()

    assert not calendar.is_working(off)
    assert calendar.is_working(worked)
    assert worked.isoweekday() == 6
    assert table.days[off].ground == table.days[worked].ground


def test_the_swap_the_library_does_not_know_names_its_letter() -> None:
    day = load_table().days[date(2026, 1, 2)]

    assert day.ground == "Công văn số 12729/VPCP-KGVX ngày 25/12/2025"
    assert day.certainty == "read"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2018, 2, 14), date(2018, 2, 20)),
        (date(2019, 2, 4), date(2019, 2, 8)),
        (date(2020, 1, 23), date(2020, 1, 29)),
        (date(2021, 2, 10), date(2021, 2, 16)),
        (date(2022, 1, 31), date(2022, 2, 4)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 27), date(2025, 1, 31)),
        (date(2026, 2, 16), date(2026, 2, 20)),
    ],
)
def test_tet_lasts_from_its_first_to_its_last_day_off(first: date, last: date) -> None:
    calendar = load_calendar()
    before, after = calendar.add(first, -1), calendar.add(last, 1)

    assert calendar.between(before, after) == 1
    assert not calendar.is_working(first)
    assert not calendar.is_working(last)


@pytest.mark.parametrize("year", range(2018, 2028))
def test_a_year_has_as_many_working_days_as_weekdays_less_holidays(year: int) -> None:
    calendar, table = load_calendar(), load_table()
    here = [day for on, day in table.days.items() if on.year == year]
    off = sum(day.kind == "off" and day.on.isoweekday() < 6 for day in here)
    worked = sum(day.kind == "work" for day in here)
    ordinals = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    days = [date.fromordinal(ordinal) for ordinal in ordinals]
    weekdays = sum(on.isoweekday() < 6 for on in days)

    assert sum(calendar.is_working(on) for on in days) == weekdays - off + worked
    assert 9 <= off <= 15


def test_every_day_says_how_sure_it_is() -> None:
    table = load_table()

    assert {day.certainty for on, day in table.days.items() if on.year == 2027} == {"assumed"}
    assert {day.certainty for on, day in table.days.items() if on.year < 2027} == {
        "read",
        "analogy",
    }
    assert all(day.vi and day.en and day.ground for day in table.days.values())


@pytest.mark.skipif(version("holidays") != PINNED, reason=f"made with holidays {PINNED}")
def test_the_library_and_the_corrections_give_the_shipped_table() -> None:
    assert generate() == SHIPPED.read_text(encoding="utf-8")


def test_the_table_survives_its_file() -> None:
    table = load_table()

    assert from_csv(table.name, to_csv(table)) == table


def test_loading_needs_neither_the_library_nor_yaml() -> None:
    program = (
        "import sys; from thidua.definitions.calendars import load_calendar; load_calendar();"
        "print([m for m in ('holidays', 'ruamel', 'ruamel.yaml') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_one_content_is_one_calendar(tmp_path: Path) -> None:
    text = f"{HEAD}off:\n{an_entry('2026-07-16')}"

    one = load_calendar(overrides=a_file(tmp_path, text))
    again = load_calendar(overrides=a_file(tmp_path, text))

    assert one is again
    assert one.version != load_calendar().version
    assert load_calendar() is load_calendar()


def test_corrections_take_a_day_off_and_give_one_back(tmp_path: Path) -> None:
    text = f"{HEAD}off:\n{an_entry('2027-02-11')}work:\n{an_entry('2027-02-04')}"

    calendar = load_calendar(overrides=a_file(tmp_path, text))

    assert calendar.why_off(date(2027, 2, 11)) == "Nghỉ riêng"
    assert calendar.is_working(date(2027, 2, 4))
    assert not load_calendar().is_working(date(2027, 2, 4))


def test_a_correction_may_confirm_what_the_table_says(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"{HEAD}off:\n{an_entry('2027-02-06')}{an_entry('2027-02-08')}")

    table = load_table(overrides=path)

    assert table.days[date(2027, 2, 8)].certainty == "read"


def test_a_worked_saturday_may_be_off_after_all(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"{HEAD}off:\n{an_entry('2026-08-22')}")

    assert not load_calendar(overrides=path).is_working(date(2026, 8, 22))


@pytest.mark.parametrize(
    ("body", "findings"),
    [
        pytest.param(
            f"off:\n{an_entry('2027-07-16')}work:\n{an_entry('2027-07-16')}",
            [("calendar-twice", 5), ("calendar-works-already", 5)],
            id="off and worked",
        ),
        pytest.param(
            f"off:\n{an_entry('2027-07-16')}{an_entry('2027-07-16')}",
            [("calendar-twice", 4)],
            id="listed twice",
        ),
        pytest.param(
            f"work:\n{an_entry('2027-07-16')}", [("calendar-works-already", 3)], id="a Friday"
        ),
        pytest.param(
            f"off:\n{an_entry('2027-07-17')}", [("calendar-off-already", 3)], id="a Saturday"
        ),
        pytest.param(
            f"off:\n{an_entry('2028-01-03')}", [("calendar-outside", 3)], id="not covered"
        ),
        pytest.param(
            f"covers: {{from: 2029, to: 2029}}\noff:\n{an_entry('2029-01-01')}",
            [("calendar-gap", 2)],
            id="a gap",
        ),
        pytest.param("covers: {from: 2028}\n", [("calendar-key-missing", 2)], id="half a cover"),
        pytest.param("covers: {from: 2028, to: 27}\n", [("calendar-value", 2)], id="no year"),
        pytest.param("covers: {from: 2029, to: 2028}\n", [("calendar-value", 2)], id="backwards"),
        pytest.param("covers: 2028\n", [("calendar-value", 2)], id="cover of another form"),
        pytest.param("zone: Asia/Tokyo\n", [("calendar-key", 2)], id="a key not for operators"),
        pytest.param("off: 2027-07-16\n", [("calendar-value", 2)], id="no list"),
        pytest.param("off:\n  - 2027-07-16\n", [("calendar-value", 3)], id="no mapping"),
        pytest.param(
            f"off:\n{an_entry('16/07/2027')}{an_entry('2027-W28-5')}{an_entry('20270716')}",
            [("calendar-value", 3), ("calendar-value", 4), ("calendar-value", 5)],
            id="dates of other forms",
        ),
        pytest.param(f"off:\n{an_entry('2027-02-30')}", [("calendar-value", 3)], id="no such date"),
        pytest.param(
            f"off:\n{an_entry('2027-07-16', 'sure')}", [("calendar-value", 3)], id="certainty"
        ),
        pytest.param(
            "off:\n  - {date: 2027-07-16}\n", [("calendar-key-missing", 3)] * 3, id="bare date"
        ),
        pytest.param(
            "off:\n  - {date: 2027-07-16, name: {vi: '', en: x}, ground: [], certainty: read}\n",
            [("calendar-value", 3)] * 2,
            id="empty name, ground of another form",
        ),
        pytest.param(
            "off:\n  - {date: {}, name: x, ground: y, certainty: {}}\n",
            [("calendar-value", 3)] * 3,
            id="other forms everywhere",
        ),
    ],
)
def test_corrections_that_contradict_or_are_malformed_are_refused_with_their_lines(
    tmp_path: Path, body: str, findings: list[tuple[str, int]]
) -> None:
    before = load_calendar().version

    assert sorted(refused(a_file(tmp_path, HEAD + body)), key=str) == sorted(findings, key=str)
    assert load_calendar().version == before


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_finding_shows_all_the_values_its_sentence_speaks_of(
    tmp_path: Path, lang: str
) -> None:
    bodies = [
        f"zone: x\noff:\n  - {{date: 2027-07-16}}\n{an_entry('16/07/2027')}",
        f"covers: {{from: 2030, to: 2030}}\noff:\n{an_entry('2027-07-17')}{an_entry('2029-01-01')}"
        f"work:\n{an_entry('2027-07-16')}{an_entry('2027-07-16')}",
    ]

    for body in [*(HEAD + body for body in bodies), "calendar: other\n"]:
        with pytest.raises(DefinitionError) as caught:
            load_calendar(overrides=a_file(tmp_path, body))
        for why in caught.value.reasons:
            template = WORDING[why.code][lang == "en"]
            names = {name for _, name, _, _ in Formatter().parse(template) if name}
            assert names <= why.fields.keys()
            assert "own.yaml:" in why.text(lang)


def test_a_date_listed_twice_names_both_lines(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"{HEAD}off:\n{an_entry('2027-07-16')}work:\n{an_entry('2027-07-16')}")

    with pytest.raises(DefinitionError) as caught:
        load_calendar(overrides=path)

    assert "own.yaml:5: 2027-07-16 is listed at own.yaml:3 as well" in caught.value.text("en")
    assert "own.yaml:5: Ngày 2027-07-16 đã được khai báo ở own.yaml:3" in caught.value.text("vi")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("calendar: other\n", "calendar-other"),
        ("off: []\n", "calendar-key-missing"),
        ("- a list\n", "calendar-value"),
        ("just text\n", "calendar-value"),
        ("", "yaml-empty"),
        ("calendar: [\n", "yaml-broken"),
        ("calendar: {a: b}\n", "calendar-other"),
        (f"{HEAD}{HEAD}", "yaml-duplicate-key"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str, code: str) -> None:
    assert [found for found, _ in refused(a_file(tmp_path, text))] == [code]


def test_the_files_of_a_folder_are_taken_together(tmp_path: Path) -> None:
    a_file(tmp_path, f"{HEAD}off:\n{an_entry('2026-07-16')}", "a.yaml")
    a_file(tmp_path, f"{HEAD}off:\n{an_entry('2026-07-17')}", "b.yaml")
    a_file(tmp_path, "not: a calendar", "notes.txt")

    calendar = load_calendar(overrides=tmp_path)

    assert calendar.skipped(date(2026, 7, 15), date(2026, 7, 17)) == ("Nghỉ riêng",)
    assert calendar.add(date(2026, 7, 15), 1) == date(2026, 7, 20)


def test_two_files_with_one_date_name_each_other(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        a_file(tmp_path, f"{HEAD}off:\n{an_entry('2026-07-16')}", name)

    with pytest.raises(DefinitionError, match=r"b\.yaml:3: 2026-07-16 is listed at a\.yaml:3"):
        load_calendar(overrides=tmp_path)


def test_a_drafted_year_is_covered_and_assumed(tmp_path: Path) -> None:
    a_file(tmp_path, draft_year(2029), "2029.yaml")
    a_file(tmp_path, draft_year(2028), "2028.yaml")

    table = load_table(overrides=tmp_path)
    calendar = load_calendar(overrides=tmp_path)

    assert (table.first_on, table.last_on) == (date(2018, 1, 1), date(2029, 12, 31))
    assert calendar.add(date(2027, 12, 31), 1) == date(2028, 1, 4)
    assert calendar.why_off(date(2028, 4, 30)) == "Ngày Chiến thắng"
    assert {day.certainty for on, day in table.days.items() if on.year > 2027} == {"assumed"}


def test_an_unknown_calendar_names_the_known_ones() -> None:
    with pytest.raises(Unknown, match="Use one of: vn-civil-service"):
        load_calendar("vn/../secret")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unknown, match="No such file"):
        load_calendar(overrides=tmp_path / "none.yaml")
