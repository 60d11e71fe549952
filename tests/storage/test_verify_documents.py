"""Documents' bytes are cut off, exchanged, emptied or taken away: each document is named."""

import pytest
from sqlalchemy import select

from thidua.verify import verify

FIRST, SECOND, OTHER = ("h1", "report", 1), ("h1", "report", 2), ("h3", "report", 1)


@pytest.fixture
def paths(lite):
    """Where each document's bytes lie, put back after the test."""
    table = lite.wf.tables.document
    with lite.engine.connect() as db:
        rows = db.execute(select(table.c.owner, table.c.kind, table.c.version, table.c.sha256))
        found = {(o, k, v): lite.wf.files.path(sha256) for o, k, v, sha256 in rows}
    contents = {path: path.read_bytes() for path in found.values()}
    yield found
    for path, content in contents.items():
        if path.is_dir():
            path.rmdir()
        path.write_bytes(content)


def named(archive, dossier_id=None):
    """Whose document, of which kind and version, and what is wrong with it."""
    with archive.engine.connect() as db:
        problems = verify(db, archive.wf, dossier_id=dossier_id)
    for each in problems:
        kind, version = each.fields["kind"], each.fields["version"]
        assert f"văn bản {kind}, bản thứ {version}" in each.text("vi")
        assert f"document {kind}, version {version}" in each.text("en")
    return [((p.stream, p.fields["kind"], p.fields["version"]), p.code) for p in problems]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "file-changed"),
        (lambda path: path.write_bytes(b""), "file-changed"),
        (lambda path: path.unlink(), "file-missing"),
        (lambda path: (path.unlink(), path.mkdir()), "document-unreadable"),
    ],
    ids=["truncated", "emptied", "missing", "unreadable"],
)
def test_spoilt_document_is_named(lite, paths, spoil, code):
    for at in (("s1", "minutes", 1), FIRST, SECOND, OTHER):
        spoil(paths[at])

    assert sorted(named(lite)) == [
        (at, code) for at in (FIRST, SECOND, OTHER, ("s1", "minutes", 1))
    ]
    assert named(lite, "h3") == [(OTHER, code)]


@pytest.mark.parametrize("one", [SECOND, OTHER], ids=["versions", "dossiers"])
def test_exchanged_documents_are_both_named(lite, paths, one):
    first, other = paths[FIRST].read_bytes(), paths[one].read_bytes()
    paths[FIRST].write_bytes(other)
    paths[one].write_bytes(first)

    assert named(lite) == [(FIRST, "file-changed"), (one, "file-changed")]
