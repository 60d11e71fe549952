"""Frozen contexts: read in a language, refused when they are not what the catalogue says."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from thidua.notifiers.catalogue import TEMPLATES
from thidua.notifiers.item import Item, check, merged, read
from thidua.workflow.errors import Misuse


def _code(item):
    with pytest.raises(Misuse) as caught:
        check(item)
    assert caught.value.text("vi") != caught.value.text("en")
    return caught.value.reasons[0].code


@pytest.mark.parametrize("name", TEMPLATES)
def test_context_survives_json(make_item, name):
    item = make_item(name)

    stored = Item(name, json.loads(json.dumps(dict(item.context))))

    check(stored)
    assert read(stored, lang="vi") == read(item, lang="vi")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_declared_name_is_needed(make_item, name):
    context = make_item(name).context
    for each in context:
        less = {key: value for key, value in context.items() if key != each}
        assert _code(Item(name, less)) == "mail-context-names"


def test_name_not_declared_is_refused(make_item):
    assert _code(make_item("result", nguoi_ky="x")) == "mail-context-names"


def test_unknown_template_is_refused():
    assert _code(Item("khong_co", {})) == "mail-template-unknown"


@pytest.mark.parametrize(
    ("template", "name", "value"),
    [
        ("reminder", "due_on", "09/7/2018"),
        ("reminder", "due_on", None),
        ("reminder", "due_on", 20180709),
        ("reminder", "days_left", "2"),
        ("reminder", "days_left", True),
        ("reminder", "kind", "soon"),
        ("reminder", "task_title", None),
        ("reminder", "task_title", {}),
        ("reminder", "task_title", {"vi": 1}),
        ("reminder", "dossiers", []),
        ("reminder", "dossiers", "HS-001"),
        ("reminder", "dossiers", ["HS-001"]),
        ("vote_opened", "secret", "no"),
        ("catch_up", "stopped_at", "2018-06-29T10:00:00"),
        ("result", "decision", "1684/QĐ-BTP"),
        ("supplement_requested", "defects", "x"),
    ],
)
def test_value_of_another_kind_is_refused(make_item, template, name, value):
    assert _code(make_item(template, **{name: value})) == "mail-context-value"


def test_record_with_other_names_is_refused(make_item):
    assert _code(make_item("reminder", dossiers=[{"candidate": "A"}])) == "mail-context-names"


def test_values_become_dates_and_clean_texts(make_item):
    item = make_item(
        "catch_up",
        task_title={"vi": "cho\ný kiến\x00", "en": "give an opinion"},
        note="một\r\nhai",
        due_on="2018-07-09",
    )

    values = read(item, lang="vi").values

    assert values["task_title"] == "cho ý kiến"
    assert values["note"] == "một\nhai"
    assert values["due_on"] == date(2018, 7, 9)
    assert values["stopped_at"] == datetime(2018, 6, 29, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ({"vi": "hạn", "en": "due"}, "en", "due"),
        ({"vi": "hạn"}, "en", "hạn"),
        ({"fr": "délai"}, "vi", "délai"),
        ("hạn", "en", "hạn"),
    ],
)
def test_text_falls_back_to_a_language_it_has(make_item, text, lang, expected):
    assert read(make_item("result", outcome=text), lang=lang).values["outcome"] == expected


def test_long_prose_is_cut(make_item):
    note = read(make_item("result", note="ă" * 9_000), lang="vi").values["note"]

    assert note == "ă" * 7_999 + "…"


def test_same_matter_about_other_dossiers_is_one(make_item):
    one, two, three = make_item("result").context["dossiers"]
    other = make_item("result", outcome="Khác")
    items = [
        make_item("result", dossiers=[one]),
        other,
        make_item("result", dossiers=[two]),
        make_item("result", dossiers=[two, three]),
    ]

    first, second = merged(items)

    assert first.context["dossiers"] == [one, two, three]
    assert second == other


def test_manual_names_every_template_and_value():
    manual = (Path(__file__).parents[2] / "docs" / "mail.md").read_text(encoding="utf-8")
    names = {name for each in TEMPLATES.values() for name in (each.name, *each.names)}

    assert [each for each in sorted(names) if f"`{each}`" not in manual] == []
