"""Backing up and restoring at the command line."""

import errno
import os
from typing import Any


def test_backup_comes_back_with_all_mail_held(terminal: Any) -> None:
    terminal.settle_in()
    terminal.propose()
    saved = terminal.ok("db", "backup", str(terminal.folder / "b.zip"))
    again = terminal.run("db", "backup", str(terminal.folder / "b.zip"))
    new = ("--database", f"sqlite:///{terminal.folder / 'new' / 'thidua.db'}")
    back = terminal.run("db", "restore", str(terminal.folder / "b.zip"), *new)
    told = terminal.run("db", "restore", str(terminal.folder / "b.zip"), *new)

    assert saved.out.startswith("Đã sao lưu ")
    assert again.reasons == ["backup-exists"]
    assert (back.code, "Nhật ký và các bảng khớp nhau." in back.out) == (0, True)
    assert "Đang giữ toàn bộ thư" in back.err
    assert told.reasons == ["restore-not-empty"]
    assert terminal.json("dossiers", "list", *new)["dossiers"]
    assert "Toàn bộ thư đang giữ" in terminal.run("mails", "send", *new).err
    assert "được khôi phục lúc" in terminal.run("doctor", *new).out
    terminal.ok("mails", "resume", "--drop", *new)
    assert "được khôi phục lúc" not in terminal.run("doctor", *new).out


def test_backup_of_what_is_not_there(terminal: Any) -> None:
    assert terminal.run("db", "backup", str(terminal.folder / "b.zip")).reasons == [
        "unknown-database"
    ]
    assert terminal.run("db", "restore", str(terminal.folder / "b.zip")).reasons == [
        "unknown-backup"
    ]


def test_without_files_is_said(terminal: Any) -> None:
    terminal.settle_in()
    terminal.propose()
    told = terminal.ok("db", "backup", str(terminal.folder / "b.zip"), "--without-files")
    answer = terminal.json("db", "backup", str(terminal.folder / "c.zip"), "--without-files")
    new = ("--database", f"sqlite:///{terminal.folder / 'new' / 'thidua.db'}")
    back = terminal.run("db", "restore", str(terminal.folder / "b.zip"), *new)

    assert "Không kèm tài liệu" in told.err
    assert (answer["with_files"], answer["files"]) == (False, 0)
    assert set(back.reasons) == {"restore-file-missing"}


def test_what_was_erased_after_a_backup_is_erased_again(
    consulted: Any, tmp_path_factory: Any
) -> None:
    apart = tmp_path_factory.mktemp("apart")
    keys = {"THIDUA_KEYS": str(apart / "keys")}
    paper = ("--paper-number", "7", "--paper-date", "10/06/2018", "--yes")
    consulted.ok("db", "backup", str(consulted.folder / "truoc.zip"))
    consulted.desk.close()
    consulted.ok("dossiers", "redact", "HS-1", "--part", "candidate", "--basis", "ordered", *paper,
                 **keys)  # fmt: skip
    kept = apart / "keys" / "erasures.jsonl"
    assert "có 1 lần xóa" in consulted.ok("db", "erasures", "--to", str(kept)).out
    assert len(kept.read_text(encoding="utf-8").splitlines()) == 1
    new = ("--database", f"sqlite:///{consulted.folder / 'new' / 'thidua.db'}")

    back = consulted.run("db", "restore", str(consulted.folder / "truoc.zip"), *new, **keys)

    assert (back.code, "db erase-again" in back.err) == (1, True)
    shown = consulted.json("dossiers", "show", "HS-1", *new)["dossier"]
    assert shown["candidate_name"]
    assert shown["candidate_name"] not in kept.read_text(encoding="utf-8")
    assert "db erase-again" in consulted.run("doctor", *new, **keys).out
    assert consulted.run("mails", "resume", *new, **keys).reasons == ["erasures-first"]
    assert consulted.run("mails", "resume", "--erasures", str(kept), *new).reasons == [
        "erasures-first"
    ]
    assert consulted.run("mails", "resume", "--erasures", "none", *new).reasons == [
        "unknown-erasures"
    ]
    asked = consulted.run("db", "erase-again", *new, **keys)
    assert (asked.reasons, "HS-1" in asked.out) == (["erase-yes"], True)
    again = consulted.ok("db", "erase-again", "--yes", *new, **keys)
    consulted.ok("mails", "resume", *new, **keys)
    assert "Đã xóa lại 1" in again.out
    shown = consulted.json("dossiers", "show", "HS-1", *new)["dossier"]
    assert shown["candidate_name"] == "(đã xóa)"
    assert "Không có gì phải xóa lại" in consulted.ok("db", "erase-again", str(kept), *new).out
    assert "db erase-again" not in consulted.run("doctor", *new, **keys).out
    consulted.ok("journal", "verify", *new)
    assert consulted.run("db", "erase-again", "none.jsonl", *new).reasons == ["unknown-erasures"]


def test_a_full_disk_is_told_and_is_no_fault_of_the_program(
    proposed: Any, monkeypatch: Any
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    told = proposed.run("db", "backup", str(proposed.folder / "day.zip"))

    assert (told.code, told.reasons) == (2, ["file"])
    assert not list(proposed.folder.glob("*.zip*"))
