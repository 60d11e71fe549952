"""The command line as processes of the operating system."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def thidua(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("THIDUA")}
    return subprocess.run(
        [sys.executable, "-m", "thidua", *words],
        cwd=folder, env={**env, **more}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_database_is_a_file_in_the_working_folder(tmp_path: Path) -> None:
    made = thidua(tmp_path, "db", "init")
    status = thidua(tmp_path, "db", "status", "--json")

    assert (made.returncode, made.stderr) == (0, "")
    assert json.loads(status.stdout)["state"] == "present"
    assert (tmp_path / "thidua.db").is_file()


def test_refusal_ends_the_process_with_its_code(tmp_path: Path) -> None:
    thidua(tmp_path, "db", "init")

    told = thidua(tmp_path, "dossiers", "show", "X", THIDUA_LANG="en")

    assert (told.returncode, told.stdout) == (4, "")
    assert told.stderr == ("There is no dossier X. See `thidua dossiers list`. [unknown-dossier]\n")


def test_output_that_is_cut_off_is_no_error(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "thidua", "provinces", "list", "--json", "--on", "2018-01-01"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    process.wait()

    assert "Traceback" not in process.stderr.read()
    process.stderr.close()


def test_output_that_goes_to_no_terminal_has_no_colour(tmp_path: Path) -> None:
    thidua(tmp_path, "db", "init")
    thidua(tmp_path, "provinces", "import", "--kind", "x", "--name", "{province}")

    told = thidua(tmp_path, "units", "list", "--on", "2018-06-11")

    assert told.stdout.count("\n") == 65
    assert "\x1b" not in told.stdout + told.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="it has no terminals of this kind")
@pytest.mark.parametrize(("said", "state"), [("y", "appraisal"), ("n", "proposed")])
def test_many_are_asked_about_on_a_terminal(proposed: Any, said: str, state: str) -> None:
    proposed.ok("dossiers", "hold", "HS-2", "--note", "x")
    proposed.desk.close()

    code, shown = on_a_terminal(
        proposed, said, "dossiers", "act", "accept", "--campaign", "dh-2018"
    )

    assert (code, said == "y") in ((1, True), (0, False))
    assert "Đã đề nghị  Đang thẩm định" in shown
    assert "\x1b[1mHồ sơ" in shown
    assert "HS-2 Đỗ Thị Hường" in shown
    assert "Thực hiện với 2 hồ sơ?" in shown
    assert proposed.states()["HS-1"] == state


def on_a_terminal(terminal: Any, said: str, *words: str) -> tuple[int, str]:
    """The exit code of a command that sees a terminal, and all that it showed there."""
    import pty

    ours, theirs = pty.openpty()
    env = {**os.environ, **terminal.environment(), "TERM": "xterm", "COLUMNS": "200"}
    process = subprocess.Popen(
        [sys.executable, "-m", "thidua", *words, "--now", terminal.now],
        stdin=theirs, stdout=theirs, stderr=theirs, env=env, close_fds=True,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, f"{said}\n".encode())
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # Linux's way to say that nobody is left at the other end
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return process.wait(), shown.decode()


@pytest.mark.parametrize("module", ["thidua", "thidua.cli"])
def test_console_script_is_the_same_program(tmp_path: Path, module: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"import {module}, thidua.cli; thidua.cli.main()"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == 2
    assert told.stdout.startswith("Cách dùng: thidua ")
