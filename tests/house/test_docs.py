"""The documentation keeps its word: examples run, links lead somewhere, nothing is left out.

A block that begins ```` ```python example ```` is run; those of one page share their names.
"""

import re
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy.engine import Engine

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
EXAMPLE = re.compile(r"^```python example\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
WITH_EXAMPLES = [page for page in PAGES if EXAMPLE.search(page.read_text(encoding="utf-8"))]


def _name(page):
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=_name)
def test_examples_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    names = {"__name__": "example"}

    for block in EXAMPLE.finditer(text):
        before = text[: block.start(1)].count("\n")  # so that a traceback names the page's line
        exec(compile("\n" * before + block.group(1), str(page), "exec"), names)
    for each in names.values():
        if isinstance(each, Engine):
            each.dispose()  # Python 3.13 warns of connections that nobody closed


def test_readme_has_an_example():
    assert ROOT / "README.md" in WITH_EXAMPLES


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page):
    found = LINK.findall(_prose(page))
    local = [unquote(link.split("#")[0]) for link in found if "://" not in link]

    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_commands_of_make_exist(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`|&& )make ([a-z]+)", page.read_text(), re.MULTILINE))

    assert named - targets == set()


def test_error_classes_are_documented(house):
    for path in house.modules:
        if path.stem != "__main__":
            import_module(_module(path))
    codes = {each.code for each in _family(import_module("thidua").ThiduaError)}
    headings = re.findall(r"^#+ `([\w-]+)`", (ROOT / "docs/errors.md").read_text(), re.MULTILINE)

    assert sorted(headings) == sorted(codes)


def test_dependencies_are_documented(house):
    project = house.project["project"]
    extras = project["optional-dependencies"]
    wanted = {re.split(r"[^\w.-]", each)[0] for each in project["dependencies"]} | {*extras}
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")

    assert {each for each in wanted if f"`{each}`" not in page} == set()


def test_decisions_are_numbered_and_whole():
    pages = sorted((ROOT / "docs/adr").glob("*.md"))

    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        parts = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences", "Alternatives"], page.name


def _prose(page):
    return re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def _module(path):
    parts = path.with_suffix("").parts
    name = ".".join(parts if parts[0] == "thidua" else ("thidua", *parts))
    return name.removesuffix(".__init__")


def _family(error):
    return {error}.union(*(_family(each) for each in error.__subclasses__()))
