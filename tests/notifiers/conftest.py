"""Letters, contexts and a mail server for the tests of this folder."""

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from thidua.notifiers.item import Item
from thidua.notifiers.letter import Address, Letter, stable_message_id
from thidua.notifiers.render import Addressee, Office, Rendered, render

AT = datetime(2018, 7, 5, 1, 30, tzinfo=UTC)

DOSSIERS = [
    {
        "id": f"HS-{number:03d}",
        "candidate": candidate,
        "award": {"vi": "Bằng khen của Bộ trưởng", "en": "Minister's certificate of merit"},
        "unit": unit,
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
DECISION = {
    "symbol": "1684/QĐ-BTP",
    "signed_on": "2018-07-12",
    "signer": "Nguyễn Văn Mẫu",
    "capacity": "KT. BỘ TRƯỞNG, THỨ TRƯỞNG",
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
        "decision": DECISION,
    },
    "not_awarded": {
        "outcome": {"vi": "Hội đồng không thông qua", "en": "Not passed by the council"},
        "decided_on": "2018-07-13",
        "next_step": {"vi": "Có thể đề nghị lại trong đợt sau.", "en": "You may propose again."},
    },
    "reference": {},
    "misrouted": {
        "right_place": {"vi": "Sở Nội vụ tỉnh An Giang", "en": "Department of Home Affairs"},
        "returned_on": "2018-07-05",
    },
    "withdrawn": {"withdrawn_on": "2018-07-05"},
    "revoked": {"revoked_on": "2018-07-05", "decision": DECISION},
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
    "due_moved": {
        **DUE,
        "was_on": "2018-07-06",
        "task_title": {"vi": "cho ý kiến", "en": "give an opinion"},
        "why": {
            "vi": "Lịch làm việc thay đổi (ngày 06/7/2018). Căn cứ: Công văn số 99/VPCP-KGVX.",
            "en": "The working calendar has changed (6 July 2018). Ground: Letter 99/VPCP-KGVX.",
        },
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
    "exchange": {
        "kind": "question",
        "task_title": {"vi": "đơn vị hỏi lại", "en": "a unit asks back"},
        "asked": {"vi": "Sở Tư pháp tỉnh An Giang", "en": "An Giang Department of Justice"},
        "by": "Trần Thị Mẫu",
        "enclosed": "mẫu số 1.docx",
    },
    "opinion_received": {
        "asked": {"vi": "Sở Tư pháp tỉnh An Giang", "en": "An Giang Department of Justice"},
        "disagrees": True,
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


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def write() -> Callable[..., Rendered]:
    """`render` for one office and one person; every argument can be changed."""
    return partial(render, lang="vi", person=PERSON, office=OFFICE)


class Postman:
    """What the mail server answers at each stage, and what it took.

    An answer is a reply line, or "drop" to cut the connection without one.
    """

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.taken: list[Envelope] = []
        self.connections = 0

    def _say(self, server: Any, stage: str) -> str:
        answer = self.answers.get(stage, "250 OK")
        if answer == "drop":
            server.transport.abort()
        return answer

    async def handle_EHLO(  # aiosmtpd's names and arguments
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        if "ehlo" in self.answers:
            return [self._say(server, "ehlo")]
        return responses

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self._say(server, "mail")

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self._say(server, address if address in self.answers else "rcpt")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_NOOP(self, server: Any, session: Any, envelope: Any, arg: str) -> str:
        return self._say(server, "noop")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self._say(server, "data")
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def serve(postman: Postman, free_port: int) -> Iterator[Callable[..., int]]:
    """Start a real mail server, one a test, with the postman behind it; gives its port."""
    running: list[Controller] = []

    def start(**options: Any) -> int:
        server = Controller(postman, hostname="127.0.0.1", port=free_port, **options)
        server.start()
        running.append(server)
        return int(server.port)

    yield start
    for server in running:
        server.stop()


class Script:
    """A mail server that says its lines whatever it hears, and keeps the bytes it heard.

    Each line answers one chunk from the client, the first is the greeting. At the end of the lines
    it goes on listening when `patient`, else it hangs up.
    """

    def __init__(self, lines: list[bytes], *, patient: bool) -> None:
        self.heard = b""
        self._lines, self._patient = lines, patient
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = Thread(target=self._talk, daemon=True)
        self._thread.start()

    def _talk(self) -> None:
        talk, _ = self._socket.accept()
        with talk:
            for line in self._lines:
                talk.sendall(line)
                self._listen(talk)
            while self._patient and self._listen(talk):
                pass

    def _listen(self, talk: socket.socket) -> bytes:
        try:
            chunk = talk.recv(1_000_000)
        except OSError:
            chunk = b""
        self.heard += chunk
        return chunk

    def stop(self) -> None:
        self._socket.close()
        self._thread.join(5)


@pytest.fixture
def scripted() -> Iterator[Callable[..., Script]]:
    """Start a `Script` with these lines."""
    running: list[Script] = []

    def start(*lines: bytes, patient: bool = False) -> Script:
        running.append(Script(list(lines), patient=patient))
        return running[-1]

    yield start
    for script in running:
        script.stop()
