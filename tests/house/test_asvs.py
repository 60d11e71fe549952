"""The page against ASVS: every item has its standing, what is said to hold shows what by."""

import re
from collections import Counter

STANDS = {"held", "in part", "host", "pages", "not done"}
ROW = re.compile(r"^\| (\d[\d.x, ]+) \| ([^|]+) \| ([^|]+) \| (.*)\|$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#([^)\s]+))?\)")


def rows(house):
    return ROW.findall(house.text(house.root / "docs/asvs.md"))


def test_what_is_held_is_shown_by_what_there_is(house):
    folder = house.root / "docs"
    for items, _, stands, shown in rows(house):
        links = LINK.findall(shown)
        assert stands in STANDS, items
        assert links or stands not in {"held", "in part"}, items
        for path, anchor in links:
            assert (folder / path).is_file(), (items, path)
            assert not anchor or anchor in headings(house.text(folder / path)), (items, anchor)


def test_the_page_counts_right(house):
    count = Counter(stands for _, _, stands, _ in rows(house))
    told = ", ".join(f"{count[each]} {each}" for each in ("held", "in part", "host", "pages"))

    text = house.text(house.root / "docs/asvs.md")
    assert f"There are {told}, {count['not done']} not done." in text
    assert f"{count.total()} rows" in house.text(house.root / "docs/reliability.md")
    assert count.total() == len(re.findall(r"^\| \d", text, re.MULTILINE))


def headings(text):
    """The anchors of a page, as they are made from its headings."""
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in found}
