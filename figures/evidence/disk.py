"""A disk below a server that fails while it is told to: the other end of `disk.c`."""

import mmap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from figures.evidence.shim import built

FULL, BROKEN, LOG_FULL, LOG_BROKEN = b"f", b"b", b"F", b"B"
"""How it fails; `disk.c` says what each does."""


@dataclass(frozen=True, slots=True)
class Disk:
    """The library and the byte that the server's processes look at before each call."""

    library: Path
    switch: Path
    byte: mmap.mmap

    @property
    def environment(self) -> Mapping[str, str]:
        """What a server below which it lies is started in."""
        return {"LD_PRELOAD": str(self.library), "THIDUA_DISK_SWITCH": str(self.switch)}

    def fail(self, how: bytes) -> None:
        """From now on, until `mend`."""
        self.byte[:1] = how

    def mend(self) -> None:
        """All is well again."""
        self.byte[:1] = b"\0"


@contextmanager
def failing() -> Iterator[Disk]:
    """One that is well so far; `Unavailable` says why there is none."""
    with TemporaryDirectory(prefix="thidua-disk-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server may be somebody else's
        library, switch = built("disk", folder), folder / "switch"
        switch.write_bytes(b"\0")
        with switch.open("r+b") as file, mmap.mmap(file.fileno(), 1) as byte:
            yield Disk(library, switch, byte)
