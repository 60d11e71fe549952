"""Help: every command has one in both languages, and none of it loads a heavy library."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from thidua.cli.manual import COMMANDS, EXAMPLES
from thidua.cli.option import Said
from thidua.cli.root import HOMES, root

HEAVY = ("sqlalchemy", "alembic", "pydantic", "jinja2", "ruamel", "apscheduler", "holidays")
WATCH = """
import json, sys
from thidua.cli import run
code = run(sys.argv[1:])
print(json.dumps([code, sorted({name.split(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


def commands(group: click.Group = root, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command, groups among them."""
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


EVERY = sorted(commands())


def command_of(words: tuple[str, ...]) -> click.Command:
    found: Any = root
    for word in words:
        found = found.get_command(click.Context(found), word)
    assert isinstance(found, click.Command)
    return found


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_command_says_what_it_does(words: tuple[str, ...], lang: str) -> None:
    told = CliRunner().invoke(root, [*words, "--help", "--lang", lang])

    assert told.exit_code == 0
    text = COMMANDS[" ".join(words)][("vi", "en").index(lang)]
    assert " ".join(text.split()) in " ".join(told.output.split())
    assert {"vi": "Cách dùng: ", "en": "Usage: "}[lang] in told.output
    assert max(map(len, told.output.splitlines())) <= 80
    assert lang == "en" or not {"[OPTIONS]", "[required]"} & set(told.output.split())


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_option_says_what_it_is_in_both_languages(words: tuple[str, ...]) -> None:
    options = [p for p in command_of(words).params if isinstance(p, click.Option)]

    assert all(isinstance(option, Said) for option in options)
    for option in options:
        assert isinstance(option, Said)
        assert all(option.said)
        assert option.said[0] != option.said[1]


def test_manual_has_no_page_of_a_command_that_is_not() -> None:
    known = {"", *map(" ".join, EVERY)}

    assert sorted({*COMMANDS, *EXAMPLES} - known) == []


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_command_stands_in_the_documentation(words: tuple[str, ...]) -> None:
    page = (Path(__file__).parents[2] / "docs/cli.md").read_text(encoding="utf-8")
    noun, *verb = words
    rows = [line for line in page.splitlines() if line.startswith("| `")]

    assert any(
        re.search(rf"`{noun}( [a-z-]+)?`", r) and (not verb or f"{verb[0]}`" in r) for r in rows
    )


def test_language_may_come_last_or_from_the_environment() -> None:
    def help_of(*words: str, **env: str) -> str:
        return CliRunner().invoke(root, [*words], env=env).output

    assert help_of("db", "--help", "--lang", "en") == help_of("--lang", "en", "db", "--help")
    assert help_of("db", "--help", THIDUA_LANG="en").startswith("Usage: thidua db")
    assert help_of("db", "--help").startswith("Cách dùng: thidua db")


def test_program_without_a_word_shows_its_help() -> None:
    told = CliRunner().invoke(root, [])

    assert told.exit_code == 2
    assert all(noun in told.output for noun in HOMES)


def test_help_loads_no_heavy_library() -> None:
    for words in ((), ("--help",), ("dossiers", "act", "--help"), ("decisions", "--help")):
        told = subprocess.run(
            [sys.executable, "-c", WATCH, *words], capture_output=True, text=True, check=True
        )
        _, loaded = json.loads(told.stderr.splitlines()[-1])

        assert set(HEAVY) & set(loaded) == set(), words


def test_every_noun_is_helped_without_a_heavy_library() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _LOOP, json.dumps(EVERY)], capture_output=True, text=True, check=True
    )

    assert set(HEAVY) & set(json.loads(told.stderr.splitlines()[-1])) == set()


_LOOP = """
import json, sys
from thidua.cli import run
for words in json.loads(sys.argv[1]):
    run([*words, "--help"])
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def test_version_is_told_without_a_database(office):
    told = office.run("--version")

    assert (told.code, told.out) == (0, "thidua 0.1.0\n")
