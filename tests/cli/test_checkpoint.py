"""A checkpoint made, kept and held against the journal at the command line."""

import re
import sqlite3
from contextlib import closing

import pytest


def test_checkpoint_kept_in_a_file_still_agrees(proposed):
    file = proposed.folder / "kept.txt"
    told = proposed.ok("journal", "checkpoint", "--to", str(file), "--lang", "vi")
    assert "mục nhật ký" in told.out
    assert "Chưa có chữ ký" in told.out

    made = proposed.json("journal", "checkpoint")
    paper = f"{made['size']}:{made['short']}"

    for kept in (str(file), paper):
        assert proposed.ok("journal", "verify", "--against", kept).code == 0


@pytest.mark.parametrize(("option", "code"), [("--against", "bad-anchor"), ("--key", "bad-key")])
def test_what_is_no_checkpoint_or_key(proposed, option, code):
    assert proposed.run("journal", "verify", option, "12:zz").reasons == [code]


def test_entry_changed_after_the_checkpoint(proposed):
    made = proposed.json("journal", "checkpoint")
    with closing(sqlite3.connect(proposed.folder / "thidua.db")) as db:
        db.execute("DROP TRIGGER td_event_kept")
        turned = "substr(hash, 2) || substr(hash, 1, 1)"  # another text, whatever its digits are
        db.execute(f"UPDATE td_event SET hash = {turned} WHERE leaf = 2")
        db.commit()

    kept = f"{made['size']}:{made['short']}"
    told = proposed.run("journal", "verify", "--against", kept, "--json")

    texts = {each["code"]: each["text"] for each in told.json["problems"]}
    assert told.code == 1
    assert {"checkpoint-differs", "anchor-differs"} <= texts.keys()
    assert re.search(r"lập lúc \d\d giờ \d\d, .+, ngày \d\d/\d", texts["checkpoint-differs"])


def test_key_needs_a_folder_of_its_own(proposed):
    assert proposed.run("journal", "key").reasons == ["signing-needs-keys"]


def test_paper_carries_a_checkpoint_that_the_journal_agrees_with(proposed):
    paper = proposed.json("papers", "extract", "HS-1")

    tree = paper["values"]["tree"]
    kept = f"{tree['size']}:{tree['root']}"
    assert f"{tree['size']} mục: {tree['root']}" in paper["text"]
    assert proposed.ok("journal", "verify", "--against", kept).code == 0


def test_keys_made_one_after_the_other_prove_their_checkpoints(proposed, tmp_path_factory):
    keys = {"THIDUA_KEYS": str(tmp_path_factory.mktemp("apart") / "keys")}
    none = proposed.run("journal", "key", **keys)
    old = proposed.ok("journal", "key", "--new", **keys).out.strip()
    kept = proposed.folder / "kept.txt"
    early = proposed.ok("journal", "checkpoint", **keys).out
    proposed.ok("dossiers", "hold", "HS-1", "--note", "x")  # what was there is kept unsigned
    proposed.ok("journal", "checkpoint", "--to", str(kept), **keys)
    new = proposed.ok("journal", "key", "--new", **keys).out.strip()

    def verified(*given):
        options = [word for key in given for word in ("--key", key)]
        told = proposed.run("journal", "verify", "--against", str(kept), *options, "--json")
        return {each["code"] for each in told.json["problems"]}

    assert none.code == 1
    assert "lập trước khi có khóa ký" in early
    assert proposed.ok("journal", "key", **keys).out.strip() == new != old
    assert verified(old) == verified(old, new) == set()
    assert "checkpoint-forged" in verified(new)


def test_saved_mail_compares_and_one_with_another_root_does_not(proposed):
    proposed.ok("journal", "checkpoint")
    proposed.now = "2018-06-12T08:05"
    proposed.ok("mails", "send", THIDUA_CHECKPOINT_TO="kept@elsewhere.example")
    (mail,) = (proposed.folder / "thidua-mails").glob("*.eml")

    assert proposed.ok("journal", "verify", "--against", str(mail)).code == 0

    other = proposed.folder / "other.eml"
    other.write_text("Message-ID: <a@b.example>\n\nthidua/x\n15\n" + "A" * 43 + "=\n")
    told = proposed.run("journal", "verify", "--against", str(other), "--json")
    assert told.code == 1
