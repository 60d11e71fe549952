"""The key that signs checkpoints: closed to others, replaced, lost, checked by openssl."""

import shutil
import subprocess
from pathlib import Path

import pytest

from thidua.keys import MARK, SIGNING, KeyFolder
from thidua.signing import is_signed
from thidua.workflow.errors import Misuse

TEXT = "thidua/4be1f0c96d2a8c7713b09e5fd2a86644\n12045\nnzp3\n"
SPKI = bytes.fromhex("302a300506032b6570032100")
"""What stands before an Ed25519 public key in the form openssl reads (RFC 8410)."""


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def test_no_folder_or_key_signs_nothing_and_makes_none(folder: KeyFolder) -> None:
    assert (folder.sign(TEXT), folder.signing_key()) == (None, None)
    assert not folder.root.exists()

    folder.make()  # a ballot's key is none that signs

    assert (folder.sign(TEXT), folder.signing_key()) == (None, None)


def test_only_the_owner_may_read_it(folder: KeyFolder) -> None:
    folder.new_signing_key()

    assert folder.root.stat().st_mode & 0o777 == 0o700
    assert (folder.root / SIGNING).stat().st_mode & 0o777 == 0o600
    assert {each.name for each in folder.root.iterdir()} == {MARK, SIGNING}
    assert folder.made() == {}  # no sweep of spent keys comes near it


def test_new_key_signs_and_the_old_one_still_proves_what_it_signed(folder: KeyFolder) -> None:
    old = folder.new_signing_key()
    before = folder.sign(TEXT)
    new = folder.new_signing_key()
    after = folder.sign(TEXT)

    assert before is not None
    assert after is not None
    assert (before.public, after.public, folder.signing_key()) == (old, new, new)
    assert old != new
    assert is_signed(old, before.signature, TEXT)
    assert is_signed(new, after.signature, TEXT)
    assert not is_signed(new, before.signature, TEXT)
    assert not is_signed(old, before.signature, TEXT + " ")


def test_what_a_crash_left_is_no_hindrance(folder: KeyFolder) -> None:
    first = folder.new_signing_key()
    (folder.root / f"{SIGNING}.new").write_text("half")

    assert folder.signing_key() == first
    assert folder.new_signing_key() == folder.signing_key() != first


def test_lost_key_proves_what_it_signed_and_is_followed_by_another(folder: KeyFolder) -> None:
    public = folder.new_signing_key()
    signed = folder.sign(TEXT)
    (folder.root / SIGNING).unlink()

    assert folder.sign(TEXT) is None
    assert signed is not None
    assert is_signed(public, signed.signature, TEXT)
    assert folder.new_signing_key() != public


@pytest.mark.parametrize("ask", [KeyFolder.signing_key, KeyFolder.new_signing_key])
def test_folder_open_to_others_or_not_the_one_that_was_marked(folder: KeyFolder, ask) -> None:
    folder.new_signing_key()
    folder.root.chmod(0o750)
    with pytest.raises(Misuse, match="chmod 700"):
        ask(folder)

    folder.root.chmod(0o700)
    (folder.root / MARK).unlink()
    with pytest.raises(Misuse, match="cannot be read"):
        ask(folder)


def test_openssl_agrees(folder: KeyFolder, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    public, signed = folder.new_signing_key(), folder.sign(TEXT)
    assert signed is not None
    for name, content in (("key", SPKI + bytes.fromhex(public)), ("text", TEXT.encode()),
                          ("signature", bytes.fromhex(signed.signature))):  # fmt: skip
        (tmp_path / name).write_bytes(content)
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key",
               "-rawin", "-in", "text", "-sigfile", "signature"]  # fmt: skip

    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "text").write_text(TEXT + "x")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1
