"""What the small faults are, and where none is put."""

import ast

import pytest

from figures.evidence.mutants import count, mutant


@pytest.mark.parametrize(
    ("body", "spoilt"),
    [
        ("return a < b", {"return a <= b", "return None"}),
        ("return a and (not b)", {"return a or not b", "return a and b", "return None"}),
        ("x = a + 1", {"x = a - 1", "x = a + 2"}),
        ("x = True", {"x = False"}),
        ("x = a if b else 'a'", {"x = a if not b else 'a'"}),
        ("if a:\n    raise b", {"if not a:\n    raise b", "if a:\n    pass"}),
        ("a(b)", {"pass"}),
        ("return", set()),
        ("return None", set()),
        ("x = a / b", set()),
    ],
)
def test_every_fault_of_a_line(body, spoilt):
    source = ast.unparse(ast.parse("def f(a, b):\n" + _within(body)))

    found = {mutant(source, number).source for number in range(count(source))}

    assert found == {"def f(a, b):\n" + _within(each) + "\n" for each in spoilt}


def test_a_nested_function_has_its_faults_once():
    source = "def f():\n    def g():\n        return 1\n    return g"

    assert count(source) == 3
    assert [mutant(source, number).line for number in range(3)] == [4, 3, 3]


def test_names_types_and_tables_have_none():
    assert count("LIMIT = 1 + 1\n\nclass A:\n    n: int = 1 < 2\n") == 0


def _within(body):
    return "".join(f"    {line}\n" for line in body.splitlines()).rstrip("\n")
