"""Values are erased with the proof kept: not in a row any more, and everything still verifies."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select, text

from thidua import (
    Attach,
    By,
    Fire,
    Folder,
    Paper,
    Redact,
    Refused,
    ThiduaError,
    erasures,
    sqlite_engine,
)
from thidua.definitions.days import Day
from thidua.erasure import scrub
from thidua.evidence import thidua_verify
from thidua.evidence.export import export
from thidua.storage import listing, listing_papers, listing_registers
from thidua.storage.erasing import OF_NOTICE, Words
from thidua.verify import verify

ORDER = Paper(number="7", symbol="QĐ-BTP", signed_on=date(2018, 6, 8), signer="Phạm Văn Kín")
EVERYTHING = ("candidate", "fields", "notes", "documents", "signers")
OFFICER = By("officer")
LATER = datetime(2045, 1, 3, 2, tzinfo=UTC)


@pytest.fixture
def undone(archive):
    """A connection whose changes do not outlive the test."""
    with archive.engine.connect() as db:
        yield db
        db.rollback()


def redact(archive, db, dossier, parts=EVERYTHING, basis="ordered", **terms):
    given = {"ground": ORDER, "note": "theo yêu cầu", **terms}
    now = given.pop("now", archive.now)
    return archive.wf.erasure.redact(
        db, dossier, Redact(parts, basis, **given), by=OFFICER, now=now
    )


def held(archive, db):
    """Everything that all tables hold, as one text."""
    rows = [tuple(row) for t in archive.wf.tables.all() for row in db.execute(select(t))]
    return json.dumps(rows, ensure_ascii=False, default=str)


def test_nothing_erased_is_left_in_any_row_and_all_verifies(archive, undone):
    words = ("Nguyễn Văn Ấn h1", "Nguyễn Văn Ẩn", "xuất sắc", "vẫn chưa", "report.txt", "Bé")
    before = held(archive, undone)
    assert [word for word in words if word not in before] == []

    for dossier in archive.lives:
        redact(archive, undone, dossier)

    after = held(archive, undone)
    # The submission's own signer is not a dossier's value.
    assert [word for word in words if word in after and word != "Bé"] == []
    assert verify(undone, archive.wf) == []


PAPERS = {"s1": "Trần Thị Bé", "q1": "Lê Văn Cả", "q2": "Lê Văn Cả"}


def erase_signer(archive, db, key, basis="ordered", by=OFFICER, parts=("signers",)):
    unsigned = replace(ORDER, signer=None)
    return archive.wf.erasure.redact_register(db, key, basis, by=by, ground=unsigned,
                                              parts=parts, now=archive.now)  # fmt: skip


def test_who_signed_is_erased_and_all_verifies(archive, undone, tmp_path):
    before = held(archive, undone)
    for key in PAPERS:
        erase_signer(archive, undone, key)
    redact(archive, undone, "h1", ("signers",))
    file = tmp_path / "export.jsonl"
    file.write_text("".join(export(undone, archive.wf)), encoding="utf-8")

    after = held(archive, undone)
    assert [(name in before, name in after) for name in PAPERS.values()] == [(True, False)] * 3
    assert '"number":"15"' in after.replace("\\", "")
    assert verify(undone, archive.wf) == []
    assert thidua_verify.judged(str(file)).faults == []


def test_a_signer_put_back_is_seen(archive, undone):
    query = text("SELECT body FROM td_event_private WHERE stream = 's1' AND n = 1")
    kept = undone.execute(query).scalar_one()
    erase_signer(archive, undone, "s1")

    put = "UPDATE td_event_private SET body = :body WHERE stream = 's1' AND n = 1"
    undone.execute(text(put), {"body": kept})

    assert {each.code for each in verify(undone, archive.wf)} == {
        "private-unfounded", "row-differs",
    }  # fmt: skip


@pytest.mark.parametrize(("key", "terms", "code"), [
    ("k1", {}, "nothing-to-erase"), ("s1", {"basis": "period_ended"}, "retention-assumed"),
    ("s1", {"basis": "whim"}, "unknown-basis"), ("s1", {"by": By("teller")}, "not-allowed"),
    ("k1", {"parts": ("fields",)}, "unknown-part"),
    ("q9", {}, "unknown-register"),
])  # fmt: skip
def test_signers_that_stay(archive, undone, key, terms, code):
    before = held(archive, undone)

    with pytest.raises(ThiduaError) as told:
        erase_signer(archive, undone, key, **terms)

    assert told.value.reasons[0].code == code
    assert held(archive, undone) == before


def test_who_signed_is_erased_again_after_a_restore(archive, undone):
    savepoint = undone.begin_nested()
    erase_signer(archive, undone, "s1")
    kept = [each for each in erasures.done(undone, archive.wf.tables) if each.stream == "s1"]
    savepoint.rollback()

    for left in (kept, []):
        assert erasures.undone(undone, archive.wf.tables, kept) == left
        for each in left:
            erasures.again(archive.wf, undone, each, by=OFFICER, now=archive.now)

    assert verify(undone, archive.wf) == []


REGISTERS = {
    "k1": ("title", "notes", "documents"), "q3": ("title", "notes"), "s1": ("documents", "signers"),
    "hd": ("title", "signers"), "level:h2": ("signers",), "directory": ("notes",),
    "calendar:vn-civil-service": ("notes",),
}  # fmt: skip
WORDS = ("Phiên 1", "Xét “Giải Mai”", "mẹ ốm", "bệnh án.txt", "về hưu vì ốm", "Hội đồng ông Sáu",
         "Vi Thị Mùi", "Đơn của Bảy", "cháu ông Chín", "lời bà Mười")  # fmt: skip


@pytest.fixture
def spoken(archive, undone):
    """Registers in which free text stands everywhere that it can."""
    wf, terms = archive.wf, {"by": OFFICER, "now": archive.now}
    wf.councils.form(undone, "Hội đồng ông Sáu", "member", date(2018, 1, 1), council_id="hd",
                     ground=replace(ORDER, signer="Vi Thị Mùi"), **terms)  # fmt: skip
    seat = min(wf.meetings.seats(undone, "k1"))
    wf.meetings.attend(undone, "k1", {seat: "excused"}, excuses={seat: "mẹ ốm"}, by=OFFICER,
                       now=datetime(2018, 7, 21, tzinfo=UTC))  # fmt: skip
    wf.meetings.attach(undone, "k1", replace(archive.paper("minutes", b"giay kham"),
                                             name="bệnh án.txt"), **terms)  # fmt: skip
    key = wf.decisions.draft(undone, "Xét “Giải Mai”", {"h3": "grant"}, **terms)
    wf.decisions.strike(undone, key, ["h3"], note="về hưu vì ốm", **terms)
    lent = wf.substitutions.add(undone, "m1", "m2", date(2018, 7, 1), None, ground="Đơn của Bảy",
                                **terms)  # fmt: skip
    person = insert(wf.tables.person).values(id="m9", name="Lý Ân", lang="vi")
    wf.directory.enter(undone, "people", lambda db: db.execute(person), ground="lời bà Mười",
                       **terms)  # fmt: skip
    wf.classification.give(undone, "h2", "secret", ground=replace(ORDER, signer="Vi Thị Mùi"),
                           **terms)  # fmt: skip
    day = Day(date(2018, 8, 10), "off", "Nghỉ", "Off", "lệnh", "read")
    wf.calendars.correct(undone, [day], ground="cháu ông Chín", **terms)
    return {**REGISTERS, key: ("title", "notes"), lent.id: ("notes",)}


def test_free_text_of_registers_is_erased_and_all_verifies(archive, undone, spoken, tmp_path):
    before = held(archive, undone).replace('\\"', '"')
    for key, parts in spoken.items():
        erase_signer(archive, undone, key, parts=parts)
    file = tmp_path / "export.jsonl"
    file.write_text("".join(export(undone, archive.wf)), encoding="utf-8")

    after = held(archive, undone)
    assert [(word in before, word in after) for word in WORDS] == [(True, False)] * len(WORDS)
    assert verify(undone, archive.wf) == []
    assert thidua_verify.judged(str(file)).faults == []


def test_an_erased_title_is_marked_wherever_it_is_shown(archive, undone, spoken):
    for key in ("k1", "q3", "hd"):
        erase_signer(archive, undone, key, parts=("title",))
    t = archive.wf.tables

    told = [listing_registers.meeting(undone, t, "k1"), listing_papers.meeting(undone, t, "k1"),
            listing_registers.decision(undone, t, "q3"), *listing_registers.councils(undone, t),
            *listing.parts(undone, t, "h3")["decisions"]]  # fmt: skip

    assert {row["title"] for row in told if row["id"] in ("k1", "q3", "hd")} == {"(đã xóa)"}


def test_a_title_put_back_is_seen_and_an_erased_file_is_not_missed(
    archive, undone, spoken, tmp_path, monkeypatch
):
    query = text("SELECT body FROM td_event_private WHERE stream = 'k1' AND n = 1")
    kept = undone.execute(query).scalar_one()
    for key, parts in spoken.items():
        erase_signer(archive, undone, key, parts=parts)
    put = "UPDATE td_event_private SET body = :body WHERE stream = 'k1' AND n = 1"
    undone.execute(text(put), {"body": kept})
    monkeypatch.setattr(archive.wf, "files", Folder(tmp_path))

    found = {(each.stream, each.code) for each in verify(undone, archive.wf)}
    assert found >= {("k1", "private-unfounded"), ("k1", "row-differs"), ("h1", "file-missing")}
    assert ("k1", "file-missing") not in found


def test_titles_are_erased_again_after_a_restore(archive, undone, spoken):
    savepoint = undone.begin_nested()
    for key, parts in spoken.items():
        erase_signer(archive, undone, key, parts=parts)
    kept = erasures.done(undone, archive.wf.tables)
    savepoint.rollback()

    for each in erasures.undone(undone, archive.wf.tables, kept):
        erasures.again(archive.wf, undone, each, by=OFFICER, now=archive.now)

    assert [word for word in WORDS if word in held(archive, undone)] == []
    assert erasures.undone(undone, archive.wf.tables, kept) == []
    assert verify(undone, archive.wf) == []


def test_one_field_is_erased_and_the_others_stay(archive, undone):
    redact(archive, undone, "h3", ("field.merit",))

    dossier = archive.wf.tables.dossier.c
    fields = undone.execute(select(dossier.fields).where(dossier.id == "h3")).scalar_one()
    assert json.loads(fields) == {"merit": "", "score": "9.5"}
    assert verify(undone, archive.wf) == []


def test_the_event_names_what_went_and_why_but_never_tells(archive, undone):
    asked = redact(archive, undone, "h2", ("candidate",))

    event = archive.wf.tables.event
    body = undone.execute(select(event.c.body).where(
        event.c.stream == "h2", event.c.n == asked.done.n)).scalar_one()  # fmt: skip
    said = json.loads(body)
    assert (said["act"], said["by"], said["basis"], said["parts"], said["paper"]["number"]) == (
        "redact", "officer", "ordered", ["candidate"], "7")  # fmt: skip
    assert said["erased"] == [[1, "candidate.name"], [1, "candidate.person"]]
    assert "Nguyễn" not in body


def test_what_was_put_back_shows(archive, undone):
    p = archive.wf.tables.event_private
    mine = (p.c.stream == "h2") & (p.c.n == 1)
    kept = undone.execute(select(p.c.body).where(mine)).scalar_one()
    redact(archive, undone, "h2", ("candidate",))
    undone.execute(p.update().where(mine).values(body=kept))

    assert {each.code for each in verify(undone, archive.wf)} >= {"private-unfounded"}


def test_an_act_after_an_erasure_goes_on_from_it(archive, undone):
    redact(archive, undone, "h3", ("documents",))
    sha256 = archive.wf.files.keep(b"moi")
    archive.wf.act(undone, "h3", Attach("report", sha256, 3, "text/plain", "mới.txt"), by=OFFICER,
                   now=archive.now)  # fmt: skip
    archive.wf.act(undone, "h3", Fire("accept"), by=OFFICER, now=archive.now)

    assert verify(undone, archive.wf) == []


@pytest.mark.parametrize(
    ("parts", "terms", "codes"),
    [
        (("candidate",), {"ground": None}, ["ground-missing"]),
        (("choice",), {}, ["unknown-part", "nothing-to-erase"]),
        (("candidate",), {"basis": "because"}, ["unknown-basis"]),
    ],
)
def test_refusals(archive, undone, parts, terms, codes):
    with pytest.raises(Refused) as refused:
        redact(archive, undone, "h2", parts, **terms)

    assert [each.code for each in refused.value.reasons] == codes


def test_a_second_erasure_finds_nothing(archive, undone):
    redact(archive, undone, "h2", ("candidate",))

    with pytest.raises(Refused) as refused:
        redact(archive, undone, "h2", ("candidate",))

    assert refused.value.reasons[0].code == "nothing-to-erase"


def test_within_the_period_a_request_is_refused_and_that_is_journalled(archive, undone):
    before = redact(archive, undone, "h2", ("candidate",), basis="request")
    confirm(archive, undone, 20)
    within = redact(archive, undone, "h2", ("candidate",), basis="request")
    past = redact(archive, undone, "h2", ("candidate",), basis="request", now=LATER)

    told = [[r.code for r in each.refused.reasons] for each in (before, within)]
    assert told == [["retention-assumed"], ["kept-until"]]
    assert past.refused is None
    event = archive.wf.tables.event
    bodies = undone.execute(select(event.c.body).where(event.c.stream == "h2").order_by(event.c.n))
    said = [json.loads(body) for body in bodies.scalars()][-3:]
    assert [(b["act"], b.get("until")) for b in said] == [
        ("refuse_erasure", None), ("refuse_erasure", "2038-12-31"), ("redact", None)]  # fmt: skip
    assert verify(undone, archive.wf) == []


def confirm(archive, db, years):
    archive.wf.erasure.confirm(db, "ministry", years, by=OFFICER, ground=ORDER, now=archive.now)


def test_what_is_past_its_period(archive, undone):
    def past(now):
        return [each.dossier_id for each in archive.wf.erasure.past(undone, now)]

    assert past(LATER) == []
    confirm(archive, undone, 20)
    assert (past(archive.now), past(LATER)) == ([], ["h1", "h2"])  # h3 is under way
    redact(archive, undone, "h1", basis="period_ended", now=LATER)
    assert past(LATER) == ["h2"]
    confirm(archive, undone, None)
    assert past(LATER) == []
    assert verify(undone, archive.wf) == []


def test_the_database_files_hold_nothing_of_it(lite, tmp_path):
    copy = tmp_path / "copy.db"
    with closing(lite.engine.raw_connection()) as raw:
        raw.driver_connection.execute(f"VACUUM INTO '{copy}'")
    engine = sqlite_engine(f"sqlite:///{copy}")
    here = replace(lite, engine=engine)
    with engine.begin() as db:
        redact(here, db, "h1")
    scrub(engine, lite.wf.tables)

    found = [f.name for f in tmp_path.iterdir() if "Nguyễn Văn Ẩn".encode() in f.read_bytes()]
    assert found == []
    engine.dispose()


def test_what_a_notice_is_sent_by_is_left_as_it_is():
    words = Words(["bac-giang", "report"], keys=OF_NOTICE)
    told = {"asked": "department@stp-bac-giang", "items": ["report"], "note": "hỏi bac-giang"}

    assert words.without(told) == {**told, "note": "hỏi (đã xóa)"}
