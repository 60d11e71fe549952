"""Bodies that somebody who holds the database wrote anew, chained and hashed as they should be."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from thidua.evidence import thidua_verify
from thidua.evidence.export import export
from thidua.testing.moves import Moves
from thidua.testing.office import Office

Body = dict[str, Any]


@pytest.fixture(scope="module")
def lines() -> list[Body]:
    """The export of a dossier that was asked about and voted on."""
    with Office(Path(__file__).parent / "asks.yaml") as office:
        dossier = office.propose()
        for act in ("consult", "opinions:agreed", "vote", "vote:for"):
            next(move for move in Moves(office, dossier) if move.act == act).do()
        return [json.loads(line) for line in export(office.db, office.wf)]


def _answered(body: Body) -> bool:
    return _said(body, "outcome", "closed")


def _by_another_rule(body: Body) -> bool:
    return _said(body, "round", "circle")


def _said(body: Body, name: str, value: str) -> bool:
    body[name] = value
    return True


def _off_the_roll(body: Body) -> bool:
    voters = [task[0] for task in body.get("opened", ()) if task[1] == "vote"]
    gone = [[n, "cancelled", "recused", None, None, None, body["n"], None] for n in voters[1:]]
    body["tasks"] = [*body.get("tasks", ()), *gone]
    return bool(gone)


@pytest.mark.parametrize(("act", "forge", "code"), [
    ("close_round", _answered, "round"),
    ("close_round", _by_another_rule, "round"),
    ("fire", _off_the_roll, "seat"),
])  # fmt: skip
def test_a_body_written_anew_is_found(
    lines: list[Body], tmp_path: Path, act: str, forge: Callable[[Body], bool], code: str
) -> None:
    forged = [*_forged(lines, act, forge)]
    events = zip(forged, lines, strict=True)
    n = next(new["n"] for new, old in events if new["is"] == "event" and new != old)

    assert _faults(lines, tmp_path) == []
    assert (n, code) in _faults(forged, tmp_path)


def _faults(lines: list[Body], folder: Path) -> list[tuple[int, str]]:
    file = folder / "export.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return [(n, code) for _, n, code in thidua_verify.judged(str(file)).faults]


def _forged(lines: list[Body], act: str, forge: Callable[[Body], bool]) -> Iterator[Body]:
    """The first event of an act changed, in the stream it is of, and all after it chained anew."""
    done, head = False, dict[str, Any]()
    for line in map(dict, lines):
        if line["is"] == "stream":
            head, line["head"] = line, ""
        elif line["is"] == "event":
            body = {**json.loads(line["body"]), "prev": head["head"]}
            if body["act"] == act and not done:
                done = forge(body)
            text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            digest = hashlib.sha256(b"\x03" + text.encode()).hexdigest()
            head["head"] = digest
            line |= {"body": text, "hash": digest}
        yield line
