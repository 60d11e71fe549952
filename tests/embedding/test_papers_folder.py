"""The folder of papers: nothing acknowledged hangs on a name that is not on the disk."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from thidua import files
from thidua.files import Folder


def test_every_name_above_a_paper_is_flushed(tmp_path, monkeypatch):
    flushed, fsync = [], os.fsync

    def remember(handle):
        flushed.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        fsync(handle)

    monkeypatch.setattr(files.os, "fsync", remember)
    folder = Folder(tmp_path / "office" / "papers")
    kept = folder.path(folder.keep(b"one"))

    content = [path for path in flushed if path.startswith(f"{kept}.")]
    assert len(content) == 1
    assert {*flushed} - {*content} == {str(each) for each in [*kept.parents][:4]}
    assert flushed[-2:] == [str(kept.parent), str(folder.root)]


def test_paper_that_is_here_is_flushed_again(tmp_path, monkeypatch):
    folder = Folder(tmp_path)
    kept = folder.path(folder.keep(b"one"))
    flushed = []
    monkeypatch.setattr(files, "flush_folder", flushed.append)

    folder.keep(b"one")

    assert flushed == [kept.parent, tmp_path]


def test_threads_keep_the_same_paper(tmp_path):
    folder = Folder(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        kept = {*threads.map(folder.keep, [b"the same" * 1000] * 64)}

    (sha256,) = kept
    assert folder.read(sha256) == b"the same" * 1000
    assert [path.name for path in folder.path(sha256).parent.iterdir()] == [sha256]
