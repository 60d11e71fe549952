"""The digest: numbers that add up, the worst first, a rest that is told."""

import random

import pytest

from thidua.notifiers.catalogue import TEMPLATES
from thidua.notifiers.digest import SHOWN, digest
from thidua.notifiers.item import read

ASKING = [name for name, each in TEMPLATES.items() if each.asks]
NAMES = list(TEMPLATES)


@pytest.fixture
def notices(make_item):
    """`how_many` notices of all kinds, each about a dossier of its own, in random order."""

    def make(how_many, *, matters=7, seed=1):
        chance = random.Random(seed)
        items = []
        for number in range(how_many):
            name = chance.choice(NAMES)
            changes = {"matter_title": f"Đợt {chance.randrange(matters) + 1}"}
            changes["dossiers"] = [
                {"id": None, "candidate": f"Tên {number}", "award": None, "unit": None}
            ]
            if name in ASKING:
                changes["days_left"] = chance.randint(-9, 9)
            items.append(make_item(name, **changes))
        return items

    return make


def _read(items):
    return [read(item, lang="vi") for item in items]


@pytest.mark.parametrize("how_many", [2, 11, 200])
def test_numbers_add_up(notices, how_many):
    items = notices(how_many)

    made = digest(_read(items))

    left = [each.context["days_left"] for each in items if each.template in ASKING]
    assert made.total == how_many == made.late + made.today + made.ahead + made.news
    assert made.late == len([days for days in left if days < 0])
    assert made.today == left.count(0)
    assert made.news == how_many - len(left)
    assert sum(len(each.lines) for each in made.groups) + made.hidden == how_many
    assert made.hidden == max(0, how_many - SHOWN)
    assert sum(each.total for each in made.rest) == made.hidden


def test_worst_are_shown_first(notices):
    items = notices(200)
    late = sorted(each.context["days_left"] for each in items if each.template in ASKING)

    made = digest(_read(items))

    shown = [line.days_left for each in made.groups for line in each.lines]
    assert sorted(shown) == late[:SHOWN]
    assert [each.lines[0].days_left for each in made.groups] == sorted(
        each.lines[0].days_left for each in made.groups
    )


def test_group_counts_what_it_does_not_show(notices):
    items = notices(200, matters=1)

    (group,) = digest(_read(items)).groups

    assert group.total == 200
    assert group.late == sum(each.context.get("days_left", 0) < 0 for each in items)
    assert len(group.lines) == SHOWN


def test_news_come_after_what_asks(make_item):
    items = [make_item("result"), make_item("reminder", days_left=9)]

    (group,) = digest(_read(items)).groups

    assert [line.template for line in group.lines] == ["reminder", "result"]


def test_due_without_count_is_ahead(make_item):
    made = digest(_read([make_item("vote_opened", days_left=None), make_item("result")]))

    assert (made.late, made.today, made.ahead, made.news) == (0, 0, 1, 1)


def test_one_way_to_answer_is_said_once(make_item):
    same = digest(_read([make_item("reminder"), make_item("result")]))
    different = digest(_read([make_item("reminder"), make_item("catch_up", answer_how="khác")]))

    assert same.answer_how == same.groups[0].answer_how is not None
    assert different.answer_how is None
