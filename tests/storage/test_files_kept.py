"""Bytes are kept whole or not at all."""

import os

import pytest

from thidua import Failed
from thidua.files import Folder


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_our_error_and_leaves_nothing(tmp_path, monkeypatch, step):
    folder = Folder(tmp_path / "files")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as planted:
        planted.setattr(os, step, full)
        with pytest.raises(Failed) as caught:
            folder.keep(b"minutes")

    assert caught.value.reasons[0].code == "file-not-kept"
    assert [*(tmp_path / "files").glob("??/*")] == []
    assert folder.read(folder.keep(b"minutes")) == b"minutes"


@pytest.mark.parametrize("there", [b"", b"minu", b"another"], ids=["empty", "cut off", "exchanged"])
def test_what_is_kept_again_is_whole_again(tmp_path, there):
    folder = Folder(tmp_path)
    path = folder.path(folder.keep(b"minutes"))
    path.write_bytes(there)

    assert folder.read(folder.keep(b"minutes")) == b"minutes"
