"""No file of the product runs what it is given: no eval, exec, pickle, free YAML or shell."""

import ast
from collections.abc import Iterator

import pytest

CALLS = {"eval", "exec", "compile", "__import__"}
MODULES = {"pickle", "cPickle", "dill", "marshal", "shelve", "yaml", "code", "ctypes"}
SHELLS = {("os", "system"), ("os", "popen"), ("subprocess", "getoutput")}
UNSAFE_YAML = {"unsafe", "full"}


def dangers(tree: ast.AST) -> Iterator[str]:
    """What stands in a file that must not."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                yield f"{node.lineno}: {name}()"
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if (owner, attr) in SHELLS:
                yield f"{node.lineno}: {owner}.{attr}"
            case ast.keyword(arg="shell", value=value) if not _is_false(value):
                yield f"{value.lineno}: shell="
            case ast.keyword(arg="typ", value=ast.Constant(value=kind)) if kind in UNSAFE_YAML:
                yield f"{node.value.lineno}: typ={kind}"
            case ast.Import(names=names):
                yield from (f"{node.lineno}: {n.name}" for n in names if _first(n.name) in MODULES)
            case ast.ImportFrom(module=str(module)) if _first(module) in MODULES:
                yield f"{node.lineno}: {module}"


def _first(name: str) -> str:
    return name.partition(".")[0]


def _is_false(value: ast.AST) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def test_product_runs_nothing_it_is_given(house):
    paths = [path for path in house.product if path.suffix == ".py"]

    found = [f"{p}:{each}" for p in paths for each in dangers(ast.parse(house.text(p)))]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "eval(x)", "exec(x)", "compile(x, '', 'exec')", "__import__(x)", "import pickle",
        "from pickle import loads", "import yaml", "subprocess.run(x, shell=True)",
        "run(x, shell=s)", "os.system(x)", "YAML(typ='unsafe')",
    ],
)  # fmt: skip
def test_danger_is_seen(line):
    assert [*dangers(ast.parse(line))]


@pytest.mark.parametrize("line", ["re.compile(x)", "run(x, shell=False)", "from x import exec_"])
def test_harmless_is_left_alone(line):
    assert not [*dangers(ast.parse(line))]
