"""A dossier's evidence in a folder: it checks out by itself, and is not for everybody."""

import hashlib
import subprocess
import sys

import pytest


@pytest.fixture
def folder(proposed):
    proposed.ok("journal", "checkpoint")
    proposed.ok("dossiers", "evidence", "HS-1", "--to", str(proposed.folder / "ev"))
    return proposed.folder / "ev"


def test_the_folder_checks_out_by_itself(folder):
    words = [sys.executable, "-I", "-S", "thidua_verify.py", "nhat-ky.jsonl", "--checkpoint",
             "diem-kiem-tra.txt"]  # fmt: skip

    told = subprocess.run(words, check=False, cwd=folder, capture_output=True, text=True)

    assert (told.returncode, told.stderr) == (0, "")


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
    assert [p.name for p in (folder / "tai-lieu").iterdir()][0][:12] in story


def test_a_document_whose_bytes_are_gone_is_named(proposed):
    kept = list((proposed.folder / "thidua-files").glob("??/*"))
    for each in kept:
        each.unlink()

    proposed.ok("dossiers", "evidence", "HS-1", "--to", str(proposed.folder / "ev"))

    told = (proposed.folder / "ev" / "DOC-TRUOC.txt").read_text(encoding="utf-8")
    assert all(f"Không còn tệp của tài liệu có mã băm {each.name}." in told for each in kept[:1])


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
