"""At the command line: values erased on a ground, periods confirmed, what is past them."""

import json
import os
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from zipfile import ZipFile

from thidua.bootstrap import post
from thidua.outbox import make
from thidua.settings import from_environment

PAPER = ("--paper-number", "7", "--paper-symbol", "QĐ-BTP", "--paper-date", "10/06/2018")
REDACT = ("dossiers", "redact", "HS-1", "--part", "candidate", "--part", "fields", "--yes", *PAPER)


def files_with(terminal: Any, words: str) -> list[str]:
    """The files of the office's folder, lists aside, in which the words are found."""
    terminal.desk.close()
    files = [f for f in terminal.folder.iterdir() if f.is_file() and f.suffix != ".csv"]
    return [f.name for f in files if words.encode() in f.read_bytes()]


def test_erased_for_good_and_still_in_order(consulted: Any) -> None:
    name = consulted.json("dossiers", "show", "HS-1")["dossier"]["candidate_name"]
    consulted.ok("run", "--once")
    assert files_with(consulted, name) != []

    asked = consulted.run(*(word for word in REDACT if word != "--yes"), "--basis", "ordered")
    assert (asked.reasons, "như trên" in asked.err) == (["erase-yes"], False)
    told = consulted.ok(*REDACT, "--basis", "ordered").out

    assert "HS-1: đã xóa (candidate, fields)" in told
    assert "HS-1: (đã xóa)" in consulted.ok("dossiers", "show", "HS-1").out
    listed = {each["id"]: each["candidate_name"]
              for each in consulted.json("dossiers", "list")["dossiers"]}  # fmt: skip
    assert listed["HS-1"] == "(đã xóa)"
    assert name not in "".join(
        consulted.ok(*words).out
        for words in (("dossiers", "show", "HS-1"), ("dossiers", "history", "HS-1"),
                      ("dossiers", "list"), ("inbox",), ("paper-list",))
    )  # fmt: skip
    assert "Xóa dữ liệu cá nhân" in consulted.ok("dossiers", "history", "HS-1").out
    verified = consulted.ok("journal", "verify", "--dossier", "HS-1").out
    assert "HS-1 #1: đã xóa theo mục" in verified
    assert files_with(consulted, name) == []


def test_a_request_within_the_period_is_refused_and_recorded(consulted: Any) -> None:
    told = consulted.run(*REDACT, "--basis", "request")

    assert (told.code, "retention-assumed" in told.err) == (1, True)
    assert "không chấp nhận xóa" in told.out
    shown = consulted.ok("dossiers", "history", "HS-1").out
    assert "Không chấp nhận xóa dữ liệu" in shown


def test_who_may_not_erase_learns_nothing_and_leaves_nothing(consulted: Any) -> None:
    before = consulted.digest()
    consulted.who = "user:bg"

    told = consulted.run(*REDACT, "--basis", "request")

    assert told.reasons == ["not-allowed"]
    assert consulted.digest() == before


def test_periods_are_confirmed_and_what_is_past_them_is_erased(proposed: Any) -> None:
    for dossier, unit in (("HS-1", "ag"), ("HS-2", "ag")):
        proposed.ok("dossiers", "withdraw", dossier, "--note", "xin rút", *PAPER,
                    as_=f"user:{unit}")  # fmt: skip
    proposed.ok("retention", "confirm", "ministry", "--years", "20", *PAPER)
    assert proposed.json("retention", "list")["past"] == []
    proposed.now = "2039-01-02T09:00"

    over = proposed.json("retention", "list")
    shown = proposed.run("retention", "erase", *PAPER)
    refused = proposed.run("retention", "erase", "--yes")
    told = proposed.json("retention", "erase", "--yes", *PAPER)

    assert [each["dossier"] for each in over["past"]] == ["HS-1", "HS-2"]
    assert refused.reasons == ["ground-missing"]
    assert "2 hồ sơ (HS-1, HS-2)" in refused.err
    assert (shown.reasons, "HS-1" in shown.out) == (["say-yes"], True)
    assert told["dossiers"] == ["HS-1", "HS-2"]
    assert proposed.json("retention", "list")["past"] == []
    assert proposed.ok("journal", "verify").code == 0


def test_everything_held_about_a_person(consulted: Any) -> None:
    consulted.ok("rounds", "answer", "opinions", "agree", "--seat", "stp-bac-giang",
                 "--note", "đồng ý, chimchiec", *PAPER, as_="user:bg")  # fmt: skip
    folder = consulted.folder / "xuat"

    told = consulted.json("people", "export", "user:bg", "--to", str(folder))

    data = json.loads((folder / "du-lieu.json").read_text(encoding="utf-8"))
    page = (folder / "du-lieu.html").read_text(encoding="utf-8")
    assert data["directory"]["person"][0]["name"] == "Hà Văn Bắc"
    assert {each["body"]["act"] for each in data["acts"]} == {"answer"}
    assert ("chimchiec" in page, "Hà Văn Bắc" in page, told["acts"]) == (True, True, 3)
    assert (folder / "du-lieu.json").stat().st_mode & 0o077 == 0


def test_it_is_for_the_person_and_who_may_erase(consulted: Any) -> None:
    consulted.who = "user:bg"
    folder = consulted.folder / "xuat"

    other = consulted.run("people", "export", "user:lan", "--to", str(folder))
    own = consulted.run("people", "export", "user:bg", "--to", str(folder))

    assert (other.reasons, own.code) == (["not-allowed"], 0)


def test_a_person_is_erased_from_the_lists_and_the_id_stays(consulted: Any) -> None:
    people = consulted.folder / "nguoi.csv"
    people.write_text(
        "id,name,lang,mailbox,phone,account,from_on\n"
        "user:xua,Trịnh Thị Xưa,vi,xua@example.org,0912000111,xua,2018-01-01\n"
        "user:nay,Đỗ Văn Nay,vi,nay@example.org,0912000222,nay,2018-01-01\n",
        encoding="utf-8",
    )
    consulted.ok("people", "import", str(people))
    words = ("Trịnh Thị Xưa", "xua@example.org", "0912000111")
    assert all(files_with(consulted, word) for word in words)
    redact = ("people", "redact", "user:xua", "--basis", "request", "--yes")

    assert consulted.run(*redact).reasons == ["ground-missing"]
    held = consulted.run("people", "redact", "user:lan", "--basis", "request", "--yes", *PAPER)
    assert "thidua people hand-over user:lan." in held.err
    told = consulted.ok(*redact, *PAPER).out

    assert "user:xua: đã xóa tên" in told
    assert not any(files_with(consulted, word) for word in words)
    listed = consulted.ok("people", "list").out
    history = consulted.ok("directory", "history").out
    assert "(đã xóa)" in listed
    assert "Đỗ Văn Nay" in history
    assert "xóa dữ liệu của user:xua" in history
    consulted.ok("journal", "verify")
    consulted.ok("people", "export", "user:xua", "--to", str(consulted.folder / "xua"))
    held = json.loads((consulted.folder / "xua" / "du-lieu.json").read_text(encoding="utf-8"))
    assert held["erased"][0]["ground"] == "7/QĐ-BTP"
    consulted.ok("people", "import", str(people))
    assert "user:xua" in consulted.run("doctor").out


def test_a_file_that_could_not_be_written_anew_says_why(
    consulted: Any, tmp_path_factory: Any
) -> None:
    keys = tmp_path_factory.mktemp("khoa")
    (keys / "thidua-keys").touch()
    keys.chmod(0o755)

    told = consulted.ok(*REDACT, "--basis", "ordered", THIDUA_KEYS=str(keys))

    assert f"chmod 700 {keys}" in told.err


def test_files_of_erased_documents_go_unless_another_dossier_has_them(consulted: Any) -> None:
    stored = consulted.folder / "thidua-files"
    for name, dossiers in (("chung", ("HS-1", "HS-2")), ("rieng", ("HS-1",))):
        (consulted.folder / f"{name}.csv").write_text(f"báo cáo {name}", encoding="utf-8")
        for dossier in dossiers:
            consulted.ok("dossiers", "attach", dossier, "report", consulted.folder / f"{name}.csv")
    hashes = {name: sha256((consulted.folder / f"{name}.csv").read_bytes()).hexdigest()
              for name in ("chung", "rieng")}  # fmt: skip
    paths = {name: next(stored.rglob(each)) for name, each in hashes.items()}

    told = consulted.ok("dossiers", "redact", "HS-1", "--part", "documents", "--yes", *PAPER,
                        "--basis", "ordered")  # fmt: skip

    assert "db sweep-files" in told.err
    assert all(path.exists() for path in paths.values())
    for version in ((), ("--version", "1")):
        refused = consulted.run("dossiers", "document", "HS-1", "report", "--to", "x.csv", *version)
        assert refused.reasons == ["document-erased"]
    consulted.ok("dossiers", "document", "HS-2", "report", "--to", str(consulted.folder / "x.csv"))
    consulted.ok("dossiers", "evidence", "HS-1", "--to", str(consulted.folder / "ev"))
    assert not {*hashes.values()} & {each.name for each in (consulted.folder / "ev").rglob("*")}
    for path in paths.values():
        os.utime(path, (0, 0))
    consulted.ok("db", "scrub")
    assert (paths["chung"].exists(), paths["rieng"].exists()) == (True, False)
    consulted.ok("journal", "verify")
    consulted.ok("db", "backup", str(consulted.folder / "sau.zip"))
    with ZipFile(consulted.folder / "sau.zip") as archive:
        assert f"files/{hashes['chung']}" in archive.namelist()
    paths["chung"].unlink()
    assert "HS-2" in consulted.run("journal", "verify").err


def test_who_signed_a_submission_is_erased(proposed: Any) -> None:
    (key,) = (each["id"] for each in proposed.json("submissions", "list")["submissions"][:1])
    signer = proposed.json("submissions", "show", key)["paper"]["signer"]

    asked = proposed.run("submissions", "redact", key, "--basis", "ordered", *PAPER)
    told = proposed.ok("submissions", "redact", key, "--basis", "ordered", "--yes", *PAPER)

    assert (asked.reasons, f"{key}: đã xóa (signers)" in told.out) == (["erase-yes"], True)
    assert signer not in proposed.ok("submissions", "show", key).out
    assert proposed.ok("journal", "verify").code == 0


def test_titles_are_erased_by_the_command_of_their_register(consulted: Any) -> None:
    consulted.ok("meetings", "add", "Phiên xét ông Bảy Ngọ", "2018-07-20", "--id", "p1")
    consulted.ok("council", "form", "Hội đồng bà Tám Mùi", "2018-01-01", "--id", "hd")
    erase = ("--part", "title", "--basis", "ordered", "--yes", *PAPER)

    for noun, key, word in (("meetings", "p1", "Bảy Ngọ"), ("council", "hd", "Tám Mùi")):
        told = consulted.ok(noun, "redact", key, *erase)

        assert f"{key}: đã xóa (title)" in told.out
        assert files_with(consulted, word) == []
    assert "(đã xóa)" in consulted.ok("meetings", "show", "p1").out
    assert "(đã xóa)" in consulted.ok("council", "terms").out
    assert consulted.run("meetings", "redact", "p9", *erase).reasons == ["unknown-register"]
    assert consulted.ok("journal", "verify").code == 0


def letters_made(terminal: Any) -> None:
    """What is to be told becomes mails that wait to be sent."""
    settings, now = from_environment(terminal.environment()), datetime(2018, 6, 13, 2, tzinfo=UTC)
    place = terminal.desk.ready(settings)
    with post(settings) as how:
        place.write(lambda db: make(db, place.wf, how, now))


def test_erased_words_stay_in_mailboxes_and_seats(consulted: Any) -> None:
    for value in ("bacgiang", "bac-giang"):
        consulted.ok("dossiers", "correct", "HS-1", f"prior_awards={value}", "--note", "ghi nhầm")
    letters_made(consulted)

    consulted.ok("dossiers", "redact", "HS-1", "--part", "fields", "--yes", *PAPER,
                 "--basis", "ordered")  # fmt: skip

    consulted.ok("run", "--once")
    for dossier in ("HS-1", "HS-2"):
        consulted.ok("dossiers", "evidence", dossier, "--to", str(consulted.folder / dossier))
    mails = {each["mailbox"]: each["status"] for each in consulted.json("mails", "list")["mails"]}
    assert mails["stp@bacgiang.example"] == "sent"
