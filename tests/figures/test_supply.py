"""The audit's words, and what counts as a difference between wheels or a reasoned finding."""

import zipfile

import pytest

from figures.evidence.supply import FIGURES
from figures.fault import replaced
from supply import audit, scan, wheel

PACKAGES = {"one": "1.0", "two": "2.0"}


def feed(*known):
    """A feed that knows of those: name, and flaws or None."""
    told = [{"name": n, **({"skip_reason": "?"} if f is None else {"vulns": f})} for n, f in known]
    return replaced(audit, "answer", lambda packages: told)


@pytest.mark.parametrize(
    ("known", "flawed", "unaudited"),
    [
        ([("one", []), ("Two", [])], {}, ()),
        ([("one", []), ("two", [{"id": "X-1"}])], {"two": ("X-1",)}, ()),
        ([("one", []), ("two", None)], {}, ("two",)),
        ([("one", [])], {}, ("two",)),
        ([], {}, ("one", "two")),
    ],
)
def test_audit_counts_what_was_really_audited(known, flawed, unaudited):
    with feed(*known):
        found = audit.audit(PACKAGES)

    assert (found.flawed, found.unaudited) == (flawed, unaudited)
    said = "\n".join(found.lines())
    assert f"audited: {2 - len(unaudited)} of 2 packages" in said
    assert ("not audited" in said) == bool(unaudited)
    assert "passed" not in said


def test_audit_without_any_feed():
    def answer(packages):
        raise audit.Unreachable("no route")

    with replaced(audit, "answer", answer):
        found = audit.audit(PACKAGES)

    assert [*found.lines()][-1] == "not audited: 2 packages (no route)"


def test_figure_of_an_audited_installation_is_good():
    figure = next(f for f in FIGURES if f.name == "audit")
    known = [(name, []) for name in audit.installed()]
    with feed(*known):
        assert figure.line(figure.run(5))[1]
    with feed(*known[:-1]):
        line, good = figure.line(figure.run(len(known)))
    assert not good
    assert f"(not audited: 1 of {len(known)} packages, " in line


def test_finding_with_a_reason(tmp_path):
    bare, reasoned, hushed = (tmp_path / name for name in ("a.py", "b.py", "c.py"))
    line = "import subprocess\nsubprocess.call(input(), shell=True)"
    bare.write_text(line)
    reasoned.write_text(f"{line}  # noqa: S602 -- a word of our own")
    hushed.write_text(f"{line}  # nosec")

    found = scan.scan([bare, reasoned, hushed])

    assert (len(found.findings), len(found.reasoned), found.hushed) == (1, 1, 1)
    assert found.findings[0].startswith(str(bare))


@pytest.mark.parametrize(
    ("content", "year", "mode", "expected"),
    [("x", 1990, 0o644, []), ("y", 1990, 0o644, ["a"]), ("x", 1991, 0o644, ["a"]),
     ("x", 1990, 0o600, ["a"])],
)  # fmt: skip
def test_wheels_differ(tmp_path, content, year, mode, expected):
    def packed(name, content, year, mode):
        entry = zipfile.ZipInfo("a", (year, 1, 1, 0, 0, 0))
        entry.external_attr = mode << 16
        with zipfile.ZipFile(tmp_path / name, "w") as made:
            made.writestr(entry, content)
        return tmp_path / name

    assert (
        wheel.differences(packed("one", "x", 1990, 0o644), packed("two", content, year, mode))
        == expected
    )
