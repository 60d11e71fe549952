"""A dossier's evidence in a folder: it checks out by itself, and is not for everybody."""

import hashlib
import re
import sqlite3
import stat
import subprocess
import sys

import pytest


@pytest.fixture
def folder(proposed):
    proposed.ok("dossiers", "evidence", "HS-1", "--to", str(proposed.folder / "ev"))
    return proposed.folder / "ev"


def test_the_folder_checks_out_by_itself(folder):
    words = [sys.executable, "-I", "-S", "thidua_verify.py", "nhat-ky.jsonl", "--checkpoint",
             "diem-kiem-tra.txt"]  # fmt: skip

    told = subprocess.run(words, check=False, cwd=folder, capture_output=True, text=True)

    assert (told.returncode, told.stderr) == (0, "")
    entries, known = re.findall(r"(\d+) mục/events; (\d+) có trong điểm kiểm tra", told.stdout)[0]
    assert entries == known


def test_sums_are_of_every_file(folder):
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}

    assert set(sums) == found - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_story_names_who_did_what_and_the_documents(folder):
    story = " ".join((folder / "dien-bien.txt").read_text(encoding="utf-8").split())

    assert "Nguyễn Văn Ấn" in story
    assert "Trần Thị Lan" in story
    assert "| Tờ trình | số 12/TTr-" in story
    assert [p.name for p in (folder / "tai-lieu").iterdir()][0][:12] in story


def test_nobody_else_may_enter_it(folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_history_and_story_tell_in_what_capacity_somebody_spoke_or_voted(council):
    officer, council.who = council.who, "user:m1"
    council.ok("votes", "cast", "vote", "for", "HS-1")
    council.who = officer
    council.ok("dossiers", "evidence", "HS-1", "--to", str(council.folder / "ev"))

    history = council.ok("dossiers", "history", "HS-1").out
    story = (council.folder / "ev" / "dien-bien.txt").read_text(encoding="utf-8")

    for told in (history, " ".join(story.replace("|", " ").split())):
        assert "Đặng Văn Ân (Ủy viên" in told
        assert "Hà Văn Bắc (Sở Tư pháp)" in told
        assert "Sở Tư pháp tỉnh Bến Tre (" not in told


def test_history_and_story_tell_how_levels_of_secrecy_came_and_went(proposed):
    paper = ("--paper-number", "9", "--paper-symbol", "TM", "--signer", "Vi Văn Kín")
    given = (("HS-1", "secret"), ("dh-2018", "top_secret"), ("HS-1", "none"))
    for n, (matter, level) in enumerate(given):
        proposed.now = f"2018-06-13T09:0{n}"
        proposed.ok("dossiers", "classify", matter, level, *paper)
    proposed.ok("dossiers", "evidence", "HS-1", "--to", str(proposed.folder / "ev"))

    told = proposed.json("dossiers", "history", "HS-1")
    text = proposed.ok("dossiers", "history", "HS-1").out
    story = (proposed.folder / "ev" / "dien-bien.txt").read_text(encoding="utf-8")

    assert [(each["matter"], each["level"], each["by"]) for each in told["levels"]] == [
        ("HS-1", "secret", "user:lan"), ("dh-2018", "top_secret", "user:lan"),
        ("HS-1", None, "user:lan")]  # fmt: skip
    said = [text.index(word) for word in ("Lập hồ sơ đề nghị", "Tối mật (dh-2018)", "giải mật")]
    assert said == sorted(said)
    assert "Vi Văn Kín" in text
    assert "Ghi độ mật: Tối mật (dh-2018)" in text
    assert "Ghi độ mật: giải mật (HS-1)" in text
    assert all(word in story for word in ("| Độ mật", "Tối mật", "(dh-2018)", "giải mật", "Kín"))
    judge = [sys.executable, "-I", "-S", "thidua_verify.py", "nhat-ky.jsonl"]
    subprocess.run(judge, check=True, cwd=proposed.folder / "ev", capture_output=True)
    exported = (proposed.folder / "ev" / "nhat-ky.jsonl").read_text(encoding="utf-8")
    assert {"level:HS-1", "level:dh-2018"} <= set(exported.split('"'))


@pytest.mark.parametrize(("actor", "levels", "signer"), [
    ("user:lan", 1, True), ("user:ag", 1, False), ("user:bg", 0, False)])  # fmt: skip
def test_levels_are_told_to_whom_the_dossier_concerns(proposed, actor, levels, signer):
    proposed.ok("dossiers", "classify", "HS-1", "secret", "--paper-number", "9", "--signer", "Kín")
    proposed.ok("dossiers", "classify", "HS-1", "none", "--paper-number", "9", "--signer", "Kín")
    proposed.who = actor

    told = proposed.json("dossiers", "history", "HS-1")

    assert len(told["levels"]) == 2 * levels
    assert ("Kín" in str(told["levels"])) == signer


def test_a_document_whose_bytes_are_gone_is_named(proposed):
    kept = list((proposed.folder / "thidua-files").glob("??/*"))
    for each in kept:
        each.unlink()

    proposed.ok("dossiers", "evidence", "HS-1", "--to", str(proposed.folder / "ev"))

    told = (proposed.folder / "ev" / "DOC-TRUOC.txt").read_text(encoding="utf-8")
    assert all(f"Không còn tệp của tài liệu có mã băm {each.name}." in told for each in kept[:1])


def test_versions_and_minutes_are_named_and_minutes_stay_at_the_office(council):
    for name in ("bb.csv", "bc.csv"):
        council.write(name, name)
    council.ok("meetings", "attach", "hop-1", "count", council.folder / "bb.csv")
    council.ok("dossiers", "attach", "HS-1", "report", council.folder / "bc.csv")

    council.ok("dossiers", "evidence", "HS-1", "--to", str(council.folder / "ev"))

    story = " ".join((council.folder / "ev" / "dien-bien.txt").read_text(encoding="utf-8").split())
    papers = [path.read_bytes() for path in (council.folder / "ev" / "tai-lieu").iterdir()]
    assert all(word in story for word in ("Biên bản kiểm", "bb.csv (lưu", "lần 2", "bc.csv"))
    assert (b"bb.csv" in papers, b"bc.csv" in papers) == (False, True)
    assert "Không còn tệp" not in (council.folder / "ev" / "DOC-TRUOC.txt").read_text("utf-8")


def test_there_is_evidence_where_no_checkpoint_can_be_made(proposed):
    with sqlite3.connect(proposed.folder / "thidua.db") as db:
        db.execute("CREATE TRIGGER still BEFORE INSERT ON td_checkpoint"
                   " BEGIN SELECT RAISE(ABORT, 'read only'); END")  # fmt: skip

    told = proposed.ok("dossiers", "evidence", "HS-1", "--to", str(proposed.folder / "ev"))

    assert "Chưa lập được điểm kiểm tra mới" in told.err
    assert not (proposed.folder / "ev" / "diem-kiem-tra.txt").exists()


def test_who_may_not_see_all_gets_nothing(proposed):
    told = proposed.run(
        "dossiers", "evidence", "HS-1", "--to", str(proposed.folder / "ev"), "--as", "user:ag"
    )

    assert told.code != 0
    assert not (proposed.folder / "ev").exists()


@pytest.mark.parametrize(("lang", "name"), [("vi", "ho-so-chung-cu-"), ("en", "evidence-")])
def test_a_folder_is_named_after_the_dossier(proposed, monkeypatch, lang, name):
    monkeypatch.chdir(proposed.folder)
    proposed.lang = lang

    proposed.ok("dossiers", "evidence", "HS-1")
    again = proposed.run("dossiers", "evidence", "HS-1")

    assert (proposed.folder / f"{name}HS-1" / "SHA256SUMS").is_file()
    assert again.reasons == ["export-there"]
