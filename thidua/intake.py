"""Documents as they come in from files: no larger than the office takes, kept under their hash."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from thidua.files import Files
from thidua.workflow.command import Attach
from thidua.workflow.errors import Refused

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Intake:
    """Where documents are kept (None: nowhere, for a rehearsal); `most` megabytes each."""

    files: Files | None
    most: int

    def document(self, kind: str, path: Path, pages: str | None = None) -> Attach:
        """A file as a document of a kind; its bytes are kept first where there is a store.

        `Refused` ("document-too-large") before it is read.
        """
        size = path.stat().st_size
        if size > self.most * MEGABYTE:
            found = -(-size // MEGABYTE)
            raise Refused.of("document-too-large", file=path.name, size=found, limit=self.most)
        content = path.read_bytes()
        sha256 = self.files.keep(content) if self.files else hashlib.sha256(content).hexdigest()
        kept_as = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return Attach(kind, sha256, len(content), kept_as, path.name, pages)
