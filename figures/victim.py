"""A process that does one thing and may be killed at any moment: what was heard of it."""

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

LONGEST = 120.0
"""Seconds after which a process that was to live is ended: it hangs."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: exit code (-9: killed), what it said on both streams, its seconds."""

    code: int
    heard: str
    errors: str
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether it did not end by itself."""
        return self.code == -signal.SIGKILL


@dataclass(slots=True)
class Begun:
    """A copy of this process at work; whoever began it waits for it with `ended` or `killed`."""

    pid: int
    read: int
    errors: IO[bytes]

    def ended(self, kill_after: float | None = None) -> Ended:
        """Wait until it ends, or kill it with -9 after so many seconds."""
        with self.errors:
            return _watched(self.pid, self.read, self.errors, kill_after)

    def killed(self) -> Ended:
        """Kill it with -9 now."""
        return self.ended(0.0)


def begun(work: Callable[[], int]) -> Begun:
    """Begin `work` in a copy of this process."""
    read, write = os.pipe()
    errors = tempfile.TemporaryFile()  # noqa: SIM115 -- closed when it has ended
    pid = os.fork()
    if pid == 0:
        os.close(read)
        _live(work, write, errors.fileno())
    os.close(write)
    return Begun(pid, read, errors)


def forked(work: Callable[[], int], kill_after: float | None = None) -> Ended:
    """Run `work` in a copy of this process, killed with -9 after so many seconds."""
    return begun(work).ended(kill_after)


def spawned(
    words: Sequence[str], environment: Mapping[str, str], kill_after: float | None = None
) -> Ended:
    """Run a command in a process of its own from the start, killed with -9 after so long."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 -- words of our own
            words, env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=errors,
        )  # fmt: skip
        assert process.stdout is not None
        read = os.dup(process.stdout.fileno())
        process.stdout.close()
        ended = _watched(process.pid, read, errors, kill_after)
        process.returncode = ended.code  # it is waited for: Popen need not look again
        return ended


def _live(work: Callable[[], int], out: int, errors: int) -> None:
    code = 70
    try:
        os.dup2(out, 1)
        os.dup2(errors, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- a descriptor, until the end
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- likewise
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _watched(pid: int, read: int, errors: IO[bytes], kill_after: float | None) -> Ended:
    began = time.monotonic()
    heard = _heard(pid, read, began + (LONGEST if kill_after is None else kill_after))
    _, status = os.waitpid(pid, 0)
    seconds = time.monotonic() - began
    errors.seek(0)
    said = errors.read().decode("utf-8", "replace")
    return Ended(os.waitstatus_to_exitcode(status), heard.decode("utf-8", "replace"), said, seconds)


def _heard(pid: int, read: int, until: float) -> bytes:
    """All it says until it is gone; at `until` it is killed."""
    heard, killed = b"", False
    while True:
        left = None if killed else max(0.0, until - time.monotonic())
        ready, _, _ = select.select([read], [], [], left)
        if not ready:
            os.kill(pid, signal.SIGKILL)
            killed = True
            continue
        said = os.read(read, 1 << 16)
        if not said:
            os.close(read)
            return heard
        heard += said
