"""The journal exported at the command line, and judged by the verifier that needs only Python."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from thidua.evidence import thidua_verify

VERIFIER = Path(thidua_verify.__file__)


@pytest.fixture
def exported(proposed):
    file = proposed.folder / "export.jsonl"
    proposed.ok("journal", "export", str(file))
    return file


def judged(*words):
    """What the verifier says, alone in a process that can import nothing else."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIER), *map(str, words)],
        check=False,
        capture_output=True,
        text=True,
    )


def test_the_verifier_alone_agrees(exported):
    told = judged(exported)

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("KHỚP / HOLDS: ")


def test_an_export_holds_no_name_unless_asked(proposed, exported):
    everything = proposed.folder / "values.jsonl"
    proposed.ok("journal", "export", str(everything), "--values")

    assert "Nguyễn Văn Ấn" not in exported.read_text(encoding="utf-8")
    assert "Nguyễn Văn Ấn" in everything.read_text(encoding="utf-8")
    assert judged(everything).returncode == 0


def test_an_honest_journal_holds_whatever_was_erased_of_it_later(consulted):
    paper = ("--paper-number", "7", "--paper-symbol", "QĐ-BTP", "--paper-date", "10/06/2018")
    parts = [word for part in ("fields", "documents", "notes") for word in ("--part", part)]
    consulted.ok("dossiers", "redact", "HS-1", *parts, "--basis", "ordered", *paper, "--yes")
    file = consulted.folder / "export.jsonl"
    consulted.ok("journal", "export", str(file))

    told = judged(file)

    assert (told.returncode, told.stdout.startswith("KHỚP / HOLDS: ")) == (0, True), told.stdout


def test_a_value_that_was_changed_is_told(proposed):
    file = proposed.folder / "values.jsonl"
    proposed.ok("journal", "export", str(file), "--values")
    file.write_text(file.read_text(encoding="utf-8").replace("Nguyễn Văn Ấn", "Nguyễn Văn Ấm"))

    told = judged(file)

    assert told.returncode == 1
    assert "HS-1 #1: mục không khớp mã băm, cam kết" in told.stdout


def test_a_dossier_is_judged_whatever_its_stream_is_called(exported):
    text = exported.read_text(encoding="utf-8")
    exported.write_text(text.replace('"of":"dossier"', '"of":"dossieq"'), encoding="utf-8")

    told = judged(exported)

    assert told.returncode == 1
    assert "HS-1 #1: không được làm việc này từ trạng thái ấy" in told.stdout


def test_an_export_of_one_dossier_leaves_the_others_out(proposed):
    file = proposed.folder / "one.jsonl"
    proposed.ok("journal", "export", str(file), "--dossier", "HS-2")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    streams = [line["id"] for line in lines if line["is"] == "stream"]
    assert streams == ["tt-1", "HS-2"]
    assert judged(file).returncode == 0


def test_an_export_never_goes_over_another(proposed, exported):
    before = exported.read_bytes()

    told = proposed.run("journal", "export", str(exported), "--json")

    assert told.code != 0
    assert exported.read_bytes() == before


def test_what_is_no_export_is_not_readable(tmp_path):
    (tmp_path / "a.txt").write_text("no export")

    assert judged(tmp_path / "a.txt").returncode == 2
    assert judged(tmp_path / "nowhere").returncode == 2


def test_a_checkpoint_that_is_not_understood_is_not_passed_over(exported):
    assert judged(exported, "--checkpoint=1:5f0c").returncode == 2
    assert judged(exported, "1:5f0c").returncode == 2
    assert judged(exported, "--anchor", "1:5f0c").returncode == 1


@pytest.mark.parametrize("line", [[], {"is": "procedure", "hash": "", "text": None}])
def test_lines_that_are_none_are_not_readable(tmp_path, line):
    (tmp_path / "a.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")

    told = judged(tmp_path / "a.jsonl")

    assert (told.returncode, "Traceback" in told.stderr) == (2, False)


def test_an_event_without_an_act_is_told(exported):
    body = '{"n":1,"prev":"","stream":"HS-9","v":1}'
    digest = hashlib.sha256(b"\x03" + body.encode()).hexdigest()
    made_up = [{"is": "stream", "of": "dossier", "id": "HS-9", "count": 1, "head": digest},
               {"is": "event", "n": 1, "body": body, "hash": digest, "leaf": None}]  # fmt: skip
    with exported.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in made_up)

    told = judged(exported)

    assert (told.returncode, told.stderr) == (1, "")
    assert "HS-9 #0: mục không khớp mã băm" in told.stdout


def test_the_verifier_is_one_file_of_the_standard_library():
    text = VERIFIER.read_text(encoding="utf-8")

    assert text.count("\n") < 350
    assert "thidua." not in text.replace("thidua_verify", "")


@pytest.mark.parametrize("given", ["1:0000", "99:5f0c"])
def test_a_checkpoint_of_another_journal_is_told(proposed, given):
    proposed.ok("journal", "checkpoint")
    file = proposed.folder / "export.jsonl"
    proposed.ok("journal", "export", str(file))

    told = judged(file, "--checkpoint", given)

    assert told.returncode == 1
    assert "gốc đã công bố" in told.stdout


def test_a_leaf_that_was_changed_is_told(proposed):
    proposed.ok("journal", "checkpoint")
    file = proposed.folder / "export.jsonl"
    proposed.ok("journal", "export", str(file), "--dossier", "HS-1")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    leaves = next(line["hashes"] for line in lines if line["is"] == "leaves")
    leaves[-1] = "00" * 32
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    assert "[tree]" in judged(file).stdout


def test_what_a_checkpoint_does_not_cover_is_counted(proposed):
    """What came later, and a history made up in no leaf, beside all leaves of the true one."""
    proposed.ok("journal", "checkpoint", "--to", str(proposed.folder / "kept.txt"))
    proposed.ok("dossiers", "classify", "HS-1", "secret", "--paper-number", "9")
    proposed.ok("journal", "checkpoint")
    file = proposed.folder / "export.jsonl"
    proposed.ok("journal", "export", str(file), "--dossier", "HS-1")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    events = [line for line in lines if line["is"] == "event"]
    before = judged(file, "--checkpoint", proposed.folder / "kept.txt")
    for line in events:
        line["leaf"] = None
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    after = judged(file, "--checkpoint", proposed.folder / "kept.txt")

    assert f"; {len(events) - 1} có trong điểm kiểm tra" in before.stdout
    assert "; 0 có trong điểm kiểm tra" in after.stdout
