"""Files that go with what somebody writes: rows of the dossier under the event's number."""

from collections.abc import Iterable

from thidua.workflow.dossier import Document
from thidua.workflow.draft import Draft
from thidua.workflow.paper import Enclosure

ENCLOSED = "enclosed:"
"""Before the number of the event, in the kind of a document that came with one."""


def enclose(draft: Draft, files: Iterable[Enclosure]) -> None:
    """Keep the files with the event being written; what they are called stays private."""
    for number, file in enumerate(files, 1):
        row = Document(
            draft.dossier.id, f"{ENCLOSED}{draft.n}", number, file.sha256, file.size, file.type,
            file.name,
        )  # fmt: skip
        draft.documents.append(row)
        draft.fact.setdefault("enclosed", []).append([file.sha256, file.size, file.type])
        draft.kept[f"enclosed.{number}"] = file.name
