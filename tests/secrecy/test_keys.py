"""The folder of keys: apart, closed to others, never mistaken for lost when it is not there."""

from pathlib import Path

import pytest

from thidua import sealing
from thidua.keys import MARK, KeyFolder, KeyLost, check_apart
from thidua.workflow.errors import Misuse


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def test_only_the_owner_may_look(folder: KeyFolder) -> None:
    key = folder.make()

    assert folder.root.stat().st_mode & 0o777 == 0o700
    assert (folder.root / f"{key.id}.key").stat().st_mode & 0o777 == 0o600
    assert set(folder.made()) == {key.id}


def test_an_empty_folder_has_no_keys_to_destroy(folder: KeyFolder) -> None:
    folder.root.mkdir(mode=0o700)

    assert folder.made() == {}
    folder.make()
    assert len(folder.made()) == 1


def test_a_key_opens_what_was_sealed_for_it(folder: KeyFolder) -> None:
    key = folder.make()
    slips = [sealing.seal(key.public, "b", choice) for choice in ("for", "abstain")]

    assert folder.open(key.id, "b", slips) == ["for", "abstain"]
    assert len({len(slip) for slip in slips}) == 1
    with pytest.raises(sealing.NotOpened):
        folder.open(key.id, "another ballot", slips)
    with pytest.raises(sealing.NotOpened):
        folder.open(folder.make().id, "b", slips)


def test_nothing_sealed_is_told_from_another(folder: KeyFolder) -> None:
    key = folder.make()

    assert sealing.seal(key.public, "b", "for") != sealing.seal(key.public, "b", "for")


def test_a_destroyed_key_is_lost(folder: KeyFolder) -> None:
    key = folder.make()
    folder.destroy(key.id)
    folder.destroy(key.id)

    assert not folder.has(key.id)
    with pytest.raises(KeyLost):
        folder.open(key.id, "b", [])


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 32, MARK])
def test_a_row_names_no_other_file(folder: KeyFolder, name: str) -> None:
    folder.make()

    with pytest.raises(KeyLost):
        folder.open(name, "b", [])


def test_a_folder_that_is_not_mounted_is_not_a_lost_key(folder: KeyFolder) -> None:
    key = folder.make()
    away = folder.root.rename(folder.root.with_name("away"))
    folder.root.mkdir(mode=0o700)

    with pytest.raises(Misuse, match="cannot be read"):
        folder.open(key.id, "b", [])
    with pytest.raises(Misuse):
        folder.has(key.id)
    folder.root.rmdir()
    with pytest.raises(Misuse):
        folder.open(key.id, "b", [])
    away.rename(folder.root)
    assert folder.has(key.id)


def test_a_folder_that_others_may_enter_is_refused(folder: KeyFolder) -> None:
    folder.make()
    folder.root.chmod(0o750)

    with pytest.raises(Misuse, match="chmod 700"):
        folder.make()


def test_a_folder_that_is_backed_up_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "link").symlink_to(data)

    for inside in (data, data / "keys", tmp_path / "link" / "keys", data / ".." / "data" / "k"):
        with pytest.raises(Misuse, match="backed up"):
            check_apart(inside, [data])
    check_apart(tmp_path / "keys", [data])


def test_a_choice_that_is_too_long_is_no_slip(folder: KeyFolder) -> None:
    with pytest.raises(ValueError, match="at most 8"):
        sealing.seal(folder.make().public, "b", "against it")
