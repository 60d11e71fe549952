"""Signatures of checkpoints by public keys: of the database, and of what was kept of it."""

import json
import sqlite3
from contextlib import closing

import pytest


@pytest.fixture
def signed(proposed, tmp_path_factory):
    """A checkpoint without a signature, one by a key, one by the key after it; both keys."""
    folder = {"THIDUA_KEYS": str(tmp_path_factory.mktemp("apart") / "keys")}
    proposed.ok("journal", "checkpoint", **folder)
    keys = []
    for n in range(2):
        keys.append(proposed.ok("journal", "key", "--new", **folder).out.strip())
        proposed.ok("dossiers", "hold" if n == 0 else "release", "HS-1", "--note", "x")
        proposed.ok(
            "journal", "checkpoint", "--to", str(proposed.folder / f"kept-{n}.txt"), **folder
        )
    return proposed, keys, folder


def verdicts(terminal, *words, **more):
    told = terminal.run("journal", "signatures", *words, "--json", **more)
    return told.code, [each["verdict"] for each in told.json["checkpoints"]]


def by(*keys):
    return [word for key in keys for word in ("--key", key)]


def forge(terminal, root):
    """The newest checkpoint tells of another root."""
    with closing(sqlite3.connect(terminal.folder / "thidua.db")) as db:
        db.execute("DROP TRIGGER td_checkpoint_kept")
        newest = "WHERE size = (SELECT max(size) FROM td_checkpoint)"
        db.execute(f"UPDATE td_checkpoint SET root = '{root}' {newest}")
        db.commit()


def test_after_a_change_of_keys_both_are_needed(signed):
    terminal, (old, new), _ = signed

    assert verdicts(terminal, *by(old, new)) == (0, ["unsigned", "valid", "valid"])
    assert verdicts(terminal, *by(new)) == (1, ["unsigned", "other-key", "valid"])


def test_keys_may_stand_in_a_file(signed):
    terminal, keys, _ = signed
    terminal.write("keys.pub", "\n".join(keys) + "\n")

    assert verdicts(terminal, *by("keys.pub"))[0] == 0
    assert terminal.ok("journal", "verify", *by("keys.pub")).code == 0
    terminal.write("none.pub", "\n")
    assert terminal.run("journal", "signatures", *by("none.pub")).reasons == ["bad-key"]


def test_without_a_key_given_it_is_the_machines_own(signed):
    terminal, _, folder = signed

    assert verdicts(terminal, **folder) == (1, ["unsigned", "other-key", "valid"])
    assert "khóa trên chính máy này" in terminal.run("journal", "signatures", **folder).out
    terminal.desk.close()
    assert terminal.run("journal", "signatures").reasons == ["signatures-need-key"]


@pytest.mark.parametrize("root", ["ab" * 32, "none at all"])
def test_forged_root_is_seen(signed, root):
    terminal, keys, _ = signed
    forge(terminal, root)

    told = terminal.run("journal", "signatures", *by(*keys))

    assert (told.code, verdicts(terminal, *by(*keys))[1][-1]) == (1, "forged")
    assert "SAI" in told.out
    assert "bị làm giả" in told.err


def test_signature_taken_away_is_seen(signed):
    terminal, keys, _ = signed
    note = (terminal.folder / "kept-1.txt").read_text(encoding="utf-8")
    terminal.write("bare.txt", note.partition("\n\n")[0] + "\n")

    assert verdicts(terminal, "bare.txt", *by(*keys)) == (1, ["unsigned"])


def test_what_was_kept_needs_no_database(signed):
    terminal, keys, _ = signed
    terminal.ok("journal", "export", str(terminal.folder / "all.jsonl"))
    terminal.ok("dossiers", "evidence", "HS-1", "--to", str(terminal.folder / "ev"))
    mail = (terminal.folder / "kept-0.txt").read_text(encoding="utf-8")
    terminal.write(
        "mail.eml", f"Message-ID: <a@b.example>\nContent-Type: text/plain; charset=utf-8\n\n{mail}"
    )
    terminal.database = f"sqlite:///{terminal.folder / 'none' / 'none.db'}"

    for source in ("kept-0.txt", "mail.eml"):
        assert verdicts(terminal, source, *by(*keys)) == (0, ["valid"])
    for source in ("all.jsonl", str(terminal.folder / "ev")):
        assert verdicts(terminal, source, *by(*keys)) == (0, ["unsigned", "valid", "valid"])
    assert verdicts(terminal, str(terminal.folder), *by(*keys))[0] == 0


def test_two_roots_over_the_same_entries_are_seen(signed):
    terminal, keys, _ = signed
    (terminal.folder / "two").mkdir()
    terminal.ok("journal", "export", str(terminal.folder / "two" / "all.jsonl"))
    note = (terminal.folder / "kept-1.txt").read_text(encoding="utf-8").split("\n")
    note[2] = "A" * 43 + "="
    (terminal.folder / "two" / "other.txt").write_text("\n".join(note[:3]) + "\n")

    told = terminal.run("journal", "signatures", str(terminal.folder / "two"), *by(*keys))

    assert told.code == 1
    assert f"cùng {note[1]} mục đầu" in told.err


def test_export_changed_on_the_way_is_seen(signed):
    terminal, keys, _ = signed
    terminal.ok("journal", "export", str(terminal.folder / "all.jsonl"))
    text = (terminal.folder / "all.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    first = next(each for each in lines if each.get("leaf") == 0)
    first["hash"] = "0" * 64  # so it is the journal of somebody else
    terminal.write("other.jsonl", "".join(json.dumps(each) + "\n" for each in lines))

    code, found = verdicts(terminal, "other.jsonl", *by(*keys))

    assert (code, "valid" in found) == (1, False)


@pytest.mark.parametrize("text", ["", "{}\n", "no note", '{"is":"header"}\n'])
def test_what_holds_no_checkpoint(proposed, text):
    key = "thidua/x+0465c4c1+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    for name in ("x.txt", "x.jsonl"):
        told = proposed.run("journal", "signatures", proposed.write(name, text), "--key", key)
        assert told.reasons == ["no-checkpoint"]
