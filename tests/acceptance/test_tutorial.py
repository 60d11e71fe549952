"""The tutorial is followed to the letter: its files written, its commands and its tests run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from thidua.cli.call import Call
from thidua.cli.root import root

PAGE = Path(__file__).parents[2] / "docs/tutorial.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
VARIABLE = re.compile(r"([A-Z_]+)=(\S+)")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of the reader's own, answered in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THIDUA_LANG", "en")
    for name in ("THIDUA_DATABASE", "THIDUA_OPERATOR", "THIDUA_NOW"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def follow(desk: Path) -> list[str]:
    """Do what every block says, top to bottom; the commands that were given."""
    given = []
    for kind, name, body in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "console":
            given += [run(*each) for each in exchanges(body)]
        elif kind == "sed":
            (desk / name).write_text(edited((desk / "purchase.yaml").read_text("utf-8"), body))
        elif name:
            (desk / name).write_text(body, encoding="utf-8")
    return given


def exchanges(body: str) -> list[tuple[str, list[str]]]:
    """Each command with what is shown of its answer."""
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def run(command: str, shown: list[str]) -> str:
    words, env = shlex.split(command), {}
    while match := VARIABLE.fullmatch(words[0]):
        env[match[1]] = match[2]
        words.pop(0)
    call = Call()
    done = CliRunner(env=env).invoke(root, words[1:], obj=call)
    call.close()
    answer = " ".join(done.output.split())
    for line in shown:
        assert line in answer, (command, done.output)
    refused = command.endswith(("broken.yaml", "M-2 weigh"))
    assert (done.exit_code != 0) == refused, (command, done.output, done.exception)
    return command


def edited(text: str, body: str) -> str:
    for line in body.splitlines():
        _, old, new, _ = line.split("/")
        text, times = re.subn(old, new, text, flags=re.MULTILINE)
        assert times == 1, (line, times)
    return text


def test_tutorial_is_followed_to_its_end(desk: Path) -> None:
    given = follow(desk)

    assert len(given) == 18
    assert given[-1] == "thidua journal verify"
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_purchase.py"]
    done = subprocess.run(tests, cwd=desk, capture_output=True, text=True, check=False)
    assert "2 passed" in done.stdout, done.stdout + done.stderr
