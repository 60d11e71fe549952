"""The layout of the house: links, packages, budgets, and what no file may hold."""

import io
import re
import statistics
import subprocess
import tokenize
from collections import Counter
from pathlib import Path

import pytest

LONGEST_FILE, LONGEST_FUNCTION, USUAL_FUNCTION, MEDIAN_FUNCTION = 350, 60, 30, 8
EMPTY_NOUNS = {"base", "common", "helper", "helpers", "manager", "misc", "types", "util", "utils"}

REGISTRY = re.compile(
    "|".join(["py" + r"pi\.org", "python" + "hosted", "registry" + r"\.npmjs", "deb" + r"\.debian"])
    + r"|https?://\S+/simple\b",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.$}-])/(?:work|farm|root|home|Users|tmp)/[\w.-]+")
LOCKS = re.compile(r"(^|/)(uv\.lock|pylock.*\.toml|poetry\.lock|package-lock\.json)$")

EXEMPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no\s*cover)", re.IGNORECASE)
REASONED = re.compile(
    r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* -- \S"
    r"|# type: ignore\[[\w, -]+\]  # \S"
    r"|# pragma: no cover -- \S"
)


@pytest.mark.parametrize("room", ["workflow", "definitions", "notifiers", "storage"])
def test_room_is_linked(house, room):
    """A checkout without symbolic links runs, but checks nothing of the four rooms."""
    listed = subprocess.run(
        ["git", "ls-files", "-s", f"thidua/{room}"],
        check=True,
        cwd=house.root,
        capture_output=True,
        text=True,
    )
    mend = "git config core.symlinks true && git checkout -- thidua"

    assert (house.root / "thidua" / room).resolve() == house.root / room, mend
    assert listed.stdout.startswith("120000 "), f"commit thidua/{room} as a link: ln -s ../{room}"


def test_packages_equal_the_disk(house):
    listed = house.project["tool"]["setuptools"]["packages"]
    found = {_package(path, house) for path in house.modules if path.name == "__init__.py"}

    assert len(listed) == len(set(listed))
    assert set(listed) == found, (
        "in pyproject.toml, [tool.setuptools] packages:"
        f" add {sorted(found - set(listed))}, remove {sorted(set(listed) - found)}"
    )


def test_every_folder_of_modules_is_a_package(house):
    folders = {path.parent for path in house.modules}

    assert [f for f in folders if f / "__init__.py" not in house.modules] == []


def test_data_is_packed(house):
    data = {path for path in house.product if path not in house.modules}
    packed = {
        found.relative_to(house.root)
        for package, patterns in house.project["tool"]["setuptools"]["package-data"].items()
        for pattern in patterns
        for found in _folder(package, house).glob(pattern)
    }

    missing = sorted(map(str, data - packed))
    assert missing == [], "add a pattern in pyproject.toml, [tool.setuptools.package-data]"
    assert not [p for p in packed if "__pycache__" in p.parts], "a pattern packs compiled files"


def test_files_are_short(house):
    lines = {path: house.text(path).count("\n") for path in house.files if path.suffix == ".py"}

    assert {str(path): n for path, n in lines.items() if n > LONGEST_FILE} == {}


def test_functions_are_short(house):
    sizes = dict(house.functions())

    assert {name: n for name, n in sizes.items() if n > LONGEST_FUNCTION} == {}
    assert statistics.median(sizes.values()) <= MEDIAN_FUNCTION
    assert statistics.quantiles(sizes.values(), n=20)[18] <= USUAL_FUNCTION


def test_modules_are_named_by_a_noun(house):
    assert [str(path) for path in house.modules if path.stem in EMPTY_NOUNS] == []


def test_modules_say_what_they_are_for(house):
    assert [str(p) for p in house.modules if not house.text(p).startswith('"""')] == []


def test_test_files_have_names_of_their_own(house):
    names = Counter(p.name for p in house.files if p.match("tests/**/test_*.py"))

    assert [name for name, n in names.items() if n > 1] == []
    assert [str(p) for p in house.files if p.match("tests/**/__init__.py")] == []


def test_no_file_names_a_registry_or_a_machine(house):
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in house.texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if REGISTRY.search(line) or MACHINE.search(line)
    ]

    assert found == []


def test_no_lock_file_is_tracked(house):
    assert [str(path) for path in house.files if LOCKS.search(path.as_posix())] == []


def test_exemptions_have_a_code_and_a_reason(house):
    bare = [
        f"{place}: {comment}"
        for place, comment in _comments(house)
        if EXEMPTION.search(comment) and not REASONED.search(comment)
    ]

    assert bare == [], "write '# noqa: CODE -- why' or '# type: ignore[code]  # why'"


def test_no_work_is_left_in_comments(house):
    left = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")

    assert [place for place, comment in _comments(house) if left.search(comment)] == []


def test_constraints_are_exact_and_whole(house):
    listed = [line for line in house.text(Path("constraints.txt")).splitlines() if line[:1] != "#"]
    project = house.project["project"]
    wanted = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]

    assert [line for line in listed if not re.match(r"[\w.-]+==[\w.]+( ; [^:@]+)?$", line)] == []
    assert {_name(each) for each in wanted} <= {_name(line) for line in listed}


def test_direct_dependencies_are_few(house):
    assert len(house.project["project"]["dependencies"]) <= 12


def _package(init, house):
    inside = init.parent.parts
    return ".".join(inside if inside[0] == "thidua" else ("thidua", *inside))


def _folder(package, house):
    _, _, inside = package.partition(".")
    room = inside.split(".")[0]
    return house.root.joinpath(*([] if room in house.rooms else ["thidua"]), *inside.split("."))


def _comments(house):
    for path in (p for p in house.files if p.suffix == ".py"):
        for token in tokenize.generate_tokens(io.StringIO(house.text(path)).readline):
            if token.type == tokenize.COMMENT:
                yield f"{path}:{token.start[0]}", token.string


def _name(requirement):
    return (
        re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace(".", "-").replace("_", "-")
    )
