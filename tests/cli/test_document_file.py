"""Documents taken out of the store at the command line: by whom, and whether they are whole."""

from typing import Any

import pytest

NOTE = ("--note", "Gửi quyết định tặng thưởng năm trước")
BACGIANG = {"as_": "user:bg"}


def taken(terminal: Any, kind: str = "report", *more: str, **who: Any) -> Any:
    file = str(terminal.folder / "ra.txt")
    return terminal.run("dossiers", "document", "HS-1", kind, "--to", file, *more, **who)


def attached(terminal: Any, text: str) -> None:
    terminal.write("moi.txt", text)
    terminal.ok("dossiers", "attach", "HS-1", "report", "moi.txt")


@pytest.mark.parametrize("who", ["user:bg", "stp-ben-tre", "user:tham", None])
def test_who_has_to_do_with_the_dossier_gets_its_papers(consulted: Any, who: str | None) -> None:
    attached(consulted, "bản mới")
    consulted.who = who or consulted.who

    assert taken(consulted).code == 0

    file = consulted.folder / "ra.txt"
    assert file.read_text(encoding="utf-8") == "bản mới"
    assert file.stat().st_mode & 0o077 == 0
    assert taken(consulted).reasons == ["export-there"]


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_one_larger_than_the_office_takes_is_refused(consulted: Any, more: tuple[str]) -> None:
    with (consulted.folder / "lon.pdf").open("wb") as file:
        file.truncate(1_000_001)
    before = sorted((consulted.folder / "thidua-files").rglob("*"))

    told = consulted.run("dossiers", "attach", "HS-1", "report", "lon.pdf", *more,
                         THIDUA_DOCUMENT_MB="1")  # fmt: skip

    assert (told.code, told.reasons) == (1, ["document-too-large"])
    assert "Tệp lon.pdf có 2 MB, lớn hơn mức 1 MB" in told.err
    assert sorted((consulted.folder / "thidua-files").rglob("*")) == before


def test_an_older_version_on_request(consulted: Any) -> None:
    attached(consulted, "bản mới")

    told = taken(consulted, "report", "--version", "1", "--json").json

    old = (consulted.folder / "paper.txt").read_bytes()
    assert (told["version"], told["size"]) == (1, len(old))
    assert (consulted.folder / "ra.txt").read_bytes() == old


@pytest.mark.parametrize("who", ["user:la", "stp-24", ""])
def test_others_do_not(consulted: Any, who: str) -> None:
    consulted.who = who or None

    assert taken(consulted).reasons == ["document-not-yours"]
    assert not (consulted.folder / "ra.txt").exists()


def test_who_stepped_back_does_not(council: Any) -> None:
    council.who = "user:m1"
    assert taken(council).code == 0
    (council.folder / "ra.txt").unlink()

    council.ok("dossiers", "recuse", "HS-1")

    assert taken(council).reasons == ["document-not-yours"]


def test_what_came_with_words_goes_to_who_reads_these(consulted: Any) -> None:
    consulted.who = "user:bg"
    consulted.ok("dossiers", "inform", "HS-1", *NOTE, "--file", "paper.txt", "--seat",
                 "stp-bac-giang")  # fmt: skip
    kind = consulted.json("dossiers", "show", "HS-1")["documents"][0]["kind"]
    assert kind.startswith("enclosed:")

    consulted.who = "stp-ben-tre"
    assert taken(consulted, kind).reasons == ["unknown-document"]
    consulted.who = "user:bg"
    assert taken(consulted, kind).code == 0


def test_bytes_that_were_changed_are_not_given_out(consulted: Any) -> None:
    attached(consulted, "bản mới")
    (row,) = [d for d in consulted.json("dossiers", "show", "HS-1")["documents"]
              if (d["kind"], d["version"]) == ("report", 2)]  # fmt: skip
    kept = consulted.folder / "thidua-files" / row["sha256"][:2] / row["sha256"]
    kept.write_text("bản khác", encoding="utf-8")
    assert taken(consulted).reasons == ["file-changed"]

    kept.unlink()
    assert taken(consulted).reasons == ["unknown-file"]
    assert taken(consulted, "minutes").reasons == ["unknown-document"]
