"""The message that goes out: its fixed headers, its parts, the same bytes each time."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from thidua.notifiers.letter import Address, Attachment
from thidua.notifiers.mime import as_bytes, as_message


def _read(letter, at):
    return message_from_bytes(as_bytes(letter, at), policy=policy.default)


def test_fixed_headers_are_there_once(make_letter, at):
    letter = make_letter(headers=(("X-Thidua-Notice", "42"),))

    message = as_message(letter, at)

    assert dict(message.items()) | {"From": "", "To": "", "Reply-To": ""} == {
        "From": "",
        "To": "",
        "Reply-To": "",
        "Subject": letter.subject,
        "Date": "Thu, 05 Jul 2018 08:30:00 +0700",
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": "<thidua.example.org>",
        "X-Thidua-Notice": "42",
        "MIME-Version": "1.0",
        "Content-Type": message["Content-Type"],
    }


def test_text_comes_with_its_html(make_letter, at):
    message = _read(make_letter(), at)

    assert message.get_content_type() == "multipart/alternative"
    assert [each.get_content() for each in message.iter_parts()] == [
        "Kính gửi: Ông Lê Văn Mẫu\r\n",
        "<p>Kính gửi: Ông Lê Văn Mẫu</p>\r\n",
    ]


def test_text_alone_is_one_part(make_letter, at):
    assert _read(make_letter(html=None), at).get_content_type() == "text/plain"


def test_no_reply_to_is_no_header(make_letter, at):
    assert "Reply-To" not in as_message(make_letter(reply_to=None), at)


def test_attachment_keeps_name_and_bytes(make_letter, at):
    name = "Danh sách đề nghị tặng Bằng khen của Bộ trưởng Bộ Tư pháp, đợt tháng 7 năm 2018.csv"
    paper = Attachment(name, "text/csv", "STT;Họ tên\r\n1;Y Bhăm".encode())

    (found,) = _read(make_letter(attachments=(paper,)), at).iter_attachments()

    assert (found.get_filename(), found.get_content_type()) == (name, "text/csv")
    assert found.get_payload(decode=True) == paper.content


def test_same_letter_gives_the_same_bytes(make_letter, at):
    paper = Attachment("a.bin", "application/octet-stream", bytes(range(256)))
    letter = make_letter(attachments=(paper,))

    assert as_bytes(letter, at) == as_bytes(letter, at)


@pytest.mark.parametrize("body", ["a\rb", "a\r\nb", ".\n..\n.", "\x00a\x1a", "x" * 5000, "ă" * 999])
def test_body_is_seven_bits_in_short_lines(make_letter, at, body):
    raw = as_bytes(make_letter(text=body, html=body), at)

    assert raw.isascii()
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 100


def test_body_is_cleared_of_what_no_reader_sees(make_letter, at):
    letter = make_letter(text="một\rhai\x00\x1a\u2028\udc80\tba", html=None)

    assert _read(letter, at).get_content() == "một\r\nhai\tba\r\n"


def test_naive_instant_is_not_guessed(make_letter):
    letter = make_letter(to=(Address("", "a@example.com"),))

    assert as_message(letter, datetime(2018, 7, 5, 1, 30, tzinfo=UTC))["Date"].endswith("+0700")
    with pytest.raises(ValueError, match="aware"):
        as_message(letter, datetime(2018, 7, 5, 1, 30))  # noqa: DTZ001 -- the case itself
