"""The checkout as the tests of the house see it."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("workflow", "definitions", "notifiers", "storage")


@dataclass(frozen=True)
class House:
    """The files of the project: tracked and new ones, ignored ones left out."""

    root: Path
    rooms: tuple[str, ...] = ROOMS

    @cached_property
    def files(self) -> list[Path]:
        """All files, links left out; by path from the root."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=self.root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\0")
        paths = (Path(name) for name in sorted(set(listed)) if name)
        return [p for p in paths if (self.root / p).is_file() and not (self.root / p).is_symlink()]

    @cached_property
    def product(self) -> list[Path]:
        """What is shipped: the files of `thidua/` and of the four rooms."""
        return [path for path in self.files if path.parts[0] in ("thidua", *self.rooms)]

    @cached_property
    def modules(self) -> list[Path]:
        """The shipped modules; migration scripts are data of Alembic."""
        return [p for p in self.product if p.suffix == ".py" and "migrations" not in p.parts]

    @cached_property
    def project(self) -> dict[str, Any]:
        """What pyproject.toml says."""
        return tomllib.loads(self.text(Path("pyproject.toml")))

    def text(self, path: Path) -> str:
        """The text of one file."""
        return (self.root / path).read_text(encoding="utf-8")

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every file that is text, with its text."""
        for path in self.files:
            content = (self.root / path).read_bytes()
            if b"\0" not in content:
                yield path, content.decode("utf-8", "replace")

    def functions(self) -> Iterator[tuple[str, int]]:
        """Every function of the shipped modules with its lines, decorators and docstring too."""
        for path in self.modules:
            for node in ast.walk(ast.parse(self.text(path))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
                    yield f"{path}:{node.lineno} {node.name}", (node.end_lineno or 0) - first + 1


@pytest.fixture(scope="session")
def house() -> House:
    """The checkout these tests stand in."""
    if not (ROOT / ".git").exists():
        pytest.skip("the house is checked in a git checkout")
    return House(ROOT)
