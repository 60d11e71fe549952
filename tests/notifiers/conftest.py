"""Letters, contexts and a mail server for the tests of this folder."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from thidua.notifiers.item import Item
from thidua.notifiers.letter import Address, Letter, stable_message_id
from thidua.notifiers.render import Addressee, Office

AT = datetime(2018, 7, 5, 1, 30, tzinfo=UTC)

DOSSIERS = [
    {
        "id": f"HS-{number:03d}",
        "candidate": candidate,
        "award": {"vi": "Bằng khen của Bộ trưởng", "en": "Minister's certificate of merit"},
        "unit": {"vi": unit, "en": None or unit},
    }
    for number, (candidate, unit) in enumerate(
        [
            ("Nguyễn Thị Hồng Ánh", "Sở Tư pháp tỉnh An Giang"),
            ("Phòng Hành chính và Bổ trợ tư pháp", "Sở Tư pháp tỉnh An Giang"),
            ("Y Bhăm Niê", "Sở Tư pháp tỉnh Đắk Lắk"),
        ],
        start=1,
    )
]

MATTER: dict[str, object] = {
    "matter_title": {"vi": "Lấy ý kiến Sở Tư pháp, đợt tháng 7/2018", "en": "Opinions, July 2018"},
    "procedure_title": {
        "vi": "Bằng khen của Bộ trưởng Bộ Tư pháp",
        "en": "Minister's certificate of merit",
    },
    "unit": {"vi": "Sở Tư pháp tỉnh An Giang", "en": "An Giang Department of Justice"},
    "seat_title": None,
    "dossiers": DOSSIERS,
    "note": None,
}
DUE: dict[str, object] = {
    "due_on": "2018-07-09",
    "days_left": 2,
    "as_of_on": "2018-07-05",
    "due_note": None,
    "answer_how": {
        "vi": "Trả lời thư này, ghi “Đồng ý tất cả” hoặc “Đồng ý tất cả, trừ số …” kèm lý do.",
        "en": "Answer this mail: “Agree to all” or “Agree to all except no. …”, with reasons.",
    },
}
OWN: dict[str, dict[str, object]] = {
    "opinion_requested": {
        **DUE,
        "question": {
            "vi": "Đề nghị cho ý kiến về việc chấp hành chủ trương, chính sách, pháp luật và thành "
            "tích của các cá nhân, tập thể có tên trong danh sách.",
            "en": "Your opinion on the compliance and the merits of those listed.",
        },
        "silence": "continue",
    },
    "vote_opened": {
        **DUE,
        "question": None,
        "meeting_title": {"vi": "Phiên họp Hội đồng lần thứ hai", "en": "Second council meeting"},
        "meeting_on": "2018-07-13",
        "secret": True,
    },
    "result": {
        "outcome": {"vi": "Được tặng Bằng khen", "en": "Awarded"},
        "decision": {
            "symbol": "1684/QĐ-BTP",
            "signed_on": "2018-07-12",
            "signer": "Nguyễn Văn Mẫu",
            "capacity": "KT. BỘ TRƯỞNG, THỨ TRƯỞNG",
        },
    },
    "not_awarded": {
        "outcome": {"vi": "Hội đồng không thông qua", "en": "Not passed by the council"},
        "decided_on": "2018-07-13",
        "next_step": {"vi": "Có thể đề nghị lại trong đợt sau.", "en": "You may propose again."},
    },
    "misrouted": {
        "right_place": {"vi": "Sở Nội vụ tỉnh An Giang", "en": "Department of Home Affairs"},
        "returned_on": "2018-07-05",
    },
    "reminder": {
        **DUE,
        "kind": "before",
        "task_title": {"vi": "cho ý kiến", "en": "give an opinion"},
        "silence": "continue",
    },
    "catch_up": {
        **DUE,
        "task_title": {"vi": "cho ý kiến", "en": "give an opinion"},
        "stopped_at": "2018-06-29T10:00:00+00:00",
        "resumed_at": "2018-07-05T01:00:00+00:00",
        "skipped": [
            {
                "title": {"vi": "5 ngày làm việc trước hạn", "en": "5 working days before"},
                "on": "2018-07-02",
            },
        ],
    },
    "escalation": {
        **DUE,
        "task_title": {"vi": "cho ý kiến", "en": "give an opinion"},
        "asked": {"vi": "Sở Tư pháp tỉnh An Giang", "en": "An Giang Department of Justice"},
        "asked_on": "2018-06-27",
        "escalated_to": "superior",
        "released_by": "Trần Thị Mẫu",
        "released_on": "2018-07-05",
    },
    "disagreement_answered": {
        "opinion": {"vi": "Thành tích năm 2017 chưa rõ.", "en": "The merit of 2017 is unclear."},
        "answer": {
            "vi": "Đã đối chiếu quyết định công nhận sáng kiến số 12/QĐ-STP.",
            "en": "Checked against the initiative decision 12/QĐ-STP.",
        },
        "answered_by": "Vụ Thi đua - Khen thưởng",
        "answered_on": "2018-07-12",
    },
    "supplement_requested": {
        **DUE,
        "defects": [
            {"vi": "Thiếu giấy chứng nhận sáng kiến.", "en": "Initiative certificate missing."},
            {"vi": "Biên bản xét thiếu chữ ký.", "en": "Minutes of review unsigned."},
        ],
    },
}

OFFICE = Office(
    name={
        "vi": "Hội đồng Thi đua - Khen thưởng Bộ Tư pháp",
        "en": "Emulation and Commendation Council",
    },
    parent={"vi": "Bộ Tư pháp", "en": "Ministry of Justice"},
    contact={
        "vi": "Vụ Thi đua - Khen thưởng, điện thoại 024 0000 0000",
        "en": "Standing body, telephone 024 0000 0000",
    },
    mailbox="tdkt@example.org",
)
PERSON = Addressee("Lê Văn Mẫu", {"vi": "Sở Tư pháp tỉnh An Giang", "en": "An Giang DoJ"})


def item_of(template: str, **changes: object) -> Item:
    """A notice of the template with plausible values, some of them changed."""
    return Item(template, {**MATTER, **OWN[template], **changes})


def letter_of(**changes: object) -> Letter:
    """A letter that can be sent, some parts changed."""
    parts: dict[str, object] = {
        "message_id": stable_message_id("task 1 rung 2", domain="example.org"),
        "sender": Address("Hội đồng Thi đua - Khen thưởng", "tdkt@example.org"),
        "to": (Address("Lê Văn Mẫu", "mau@example.com"),),
        "reply_to": Address("Chuyên viên trực", "truc@example.org"),
        "subject": "Đề nghị cho ý kiến đối với 3 hồ sơ",
        "text": "Kính gửi: Ông Lê Văn Mẫu\n",
        "html": "<p>Kính gửi: Ông Lê Văn Mẫu</p>\n",
    }
    return Letter(**{**parts, **changes})  # type: ignore[arg-type]  # parts by name


@pytest.fixture
def make_item() -> Callable[..., Item]:
    return item_of


@pytest.fixture
def make_letter() -> Callable[..., Letter]:
    return letter_of
