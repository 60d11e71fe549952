"""Letters as they are read: one template each, a digest for several, both languages."""

import re
from html.parser import HTMLParser

import pytest

from thidua.notifiers.annex import LISTED
from thidua.notifiers.catalogue import TEMPLATES
from thidua.notifiers.headers import is_clean
from thidua.notifiers.render import WIDTH, Addressee
from thidua.workflow.errors import Misuse

ANNEX = {"vi": "CHƯA NÊU Ở TRÊN", "en": "NOT NAMED ABOVE"}
BOTH = pytest.mark.parametrize("lang", ["vi", "en"])


class Words(HTMLParser):
    """The text of a document, and its tags as they open and close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.open = "", [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += f" {data}"


def _squeezed(text: str) -> str:
    return " ".join(text.split())


NAMING = [each for each in TEMPLATES if each != "reference"]


@BOTH
@pytest.mark.parametrize("name", NAMING)
def test_letter_says_the_same_in_text_and_html(make_item, write, name, lang):
    made = write([make_item(name)], lang=lang)

    words = Words(made.html)
    assert words.open == []
    assert is_clean(made.subject)
    html = _squeezed(words.text)
    for said in ("Nguyễn Thị Hồng Ánh", "Y Bhăm Niê", "HS-003", "tdkt@example.org"):
        assert said in _squeezed(made.text)
        assert said in html
    assert "None" not in made.subject + made.text + html
    assert max(map(len, made.text.split("\n"))) <= WIDTH
    assert "\n\n\n" not in made.text


@BOTH
def test_reference_names_numbers_and_nobody(make_item, write, lang):
    made = write([make_item("reference")], lang=lang)

    for said in (made.text, made.html):
        assert "HS-003" in said
        assert "Y Bhăm Niê" not in said
        assert "Bằng khen" not in said


@pytest.mark.parametrize("name", NAMING)
def test_letter_needs_none_of_the_optional_values(make_item, write, name):
    optional = {key: None for key, each in TEMPLATES[name].names.items() if each.optional}
    dossiers = [{"id": None, "candidate": "Y Bhăm Niê", "award": None, "unit": None}]

    made = write([make_item(name, **optional | {"dossiers": dossiers})])

    assert "None" not in made.subject + made.text + made.html
    assert "Y Bhăm Niê" in made.text


def test_request_says_what_until_when_how_and_what_silence_means(make_item, write):
    made = write([make_item("opinion_requested")])

    assert made.subject == (
        "Đề nghị cho ý kiến đối với 3 hồ sơ, hạn 09/7/2018 – Bằng khen của Bộ trưởng Bộ Tư pháp"
    )
    text = _squeezed(made.text)
    assert "Kính gửi: Ông/Bà Lê Văn Mẫu, Sở Tư pháp tỉnh An Giang" in text
    assert "Hạn trả lời: thứ Hai, ngày 09/7/2018 Còn 2 ngày làm việc" in text
    assert "Cách trả lời: Trả lời thư này" in text
    assert "ghi nhận là “không có trả lời” và tiếp tục được xử lý" in text
    assert "không được coi là đồng ý" in text


def test_waiting_round_does_not_say_that_it_goes_on(make_item, write):
    text = _squeezed(write([make_item("opinion_requested", silence="wait")]).text)

    assert "không có trả lời" not in text
    assert "chỉ được xử lý tiếp sau khi nhận được trả lời" in text


@pytest.mark.parametrize(
    ("kind", "days", "subject", "title"),
    [
        ("before", 2, "Còn 2 ngày làm việc: cho ý kiến", "NHẮC VIỆC SẮP ĐẾN HẠN"),
        ("on_day", 0, "Đến hạn hôm nay: cho ý kiến", "NHẮC VIỆC ĐẾN HẠN HÔM NAY"),
        ("after", -3, "Quá hạn 3 ngày làm việc: cho ý kiến", "NHẮC VIỆC ĐÃ QUÁ HẠN"),
    ],
)
def test_reminder_tells_the_working_days(make_item, write, kind, days, subject, title):
    made = write([make_item("reminder", kind=kind, days_left=days)])

    assert made.subject.startswith(subject)
    assert title in made.text


def test_catch_up_names_the_stop_and_what_was_skipped(make_item, write):
    text = _squeezed(write([make_item("catch_up")]).text)

    assert "từ 17 giờ 00, thứ Sáu, ngày 29/6/2018 đến 08 giờ 00, thứ Năm, ngày 05/7/2018" in text
    assert "5 ngày làm việc trước hạn: thứ Hai, ngày 02/7/2018" in text


@pytest.mark.parametrize(
    ("person", "greeting"),
    [
        (Addressee("Y Bhăm Niê"), "Kính gửi: Ông/Bà Y Bhăm Niê"),
        (Addressee(unit="Sở Tư pháp tỉnh An Giang"), "Kính gửi: Sở Tư pháp tỉnh An Giang"),
    ],
)
def test_greeting_fits_the_reader(make_item, write, person, greeting):
    assert greeting in write([make_item("result")], person=person).text.split("\n")


@pytest.mark.parametrize(
    ("to", "whom"), [("superior", "Lãnh đạo Sở X\n\n"), ("officer", "Sở X\n\n")]
)
def test_escalation_does_not_ask_a_unit_to_see_to_itself(make_item, write, to, whom):
    written = write([make_item("escalation", escalated_to=to)], person=Addressee("", "Sở X"))

    assert f"Kính gửi: {whom}" in written.text
    assert f"Kính gửi: <strong>{whom.strip()}</strong>" in written.html


def test_long_list_of_a_reminder_goes_on_at_its_foot(make_item, write):
    many = [
        {"id": None, "candidate": f"Tên {number}", "award": None, "unit": None}
        for number in range(1, 201)
    ]

    reminder = write([make_item("reminder", dossiers=many)], place="lệnh thidua inbox")
    request = write([make_item("opinion_requested", dossiers=many)])

    for body in (reminder.text, _squeezed(Words(reminder.html).text)):
        head, foot = re.split("danh sách 190 hồ sơ chưa nêu ở trên", _squeezed(body), flags=re.I)
        assert "Tên 10" in head
        assert "Tên 11" not in head
        assert "… và 190 hồ sơ khác, danh sách ở cuối thư; xem đầy đủ tại: lệnh thidua" in head
        assert "Hạn 09/7/2018 (còn 2 ngày làm việc): Tên 11; Tên 12; " in foot
        assert "Tên 199; Tên 200." in foot
    assert "200. Tên 200" in request.text
    assert "danh sách" not in request.text.partition("200. Tên 200")[2].lower()


def test_results_of_one_decision_are_one_letter(make_item, write):
    dossiers = make_item("result").context["dossiers"]
    apart = [make_item("result", dossiers=[each]) for each in dossiers]

    assert write(apart) == write([make_item("result")])


@BOTH
@pytest.mark.parametrize("how_many", [2, 11, 200])
def test_digest_fits_a_screen_and_tells_the_rest(make_item, write, how_many, lang):
    items = [
        make_item("reminder", matter_title=f"Đợt {number}", days_left=number - 3)
        for number in range(how_many)
    ]

    made = write(items, lang=lang, place="thidua inbox")

    late = min(3, how_many)
    assert str(how_many) in made.subject
    assert str(late) in made.subject
    above, listed, foot = made.text.partition(ANNEX[lang])
    assert len(above.split("\n")) <= 65
    assert (ANNEX[lang].lower() in made.html.lower()) is bool(listed)
    unnamed = 2 * how_many + max(0, how_many - 10)  # above, each of ten lines names one of three
    assert _squeezed(foot).count("(HS-0") == min(unnamed, LISTED)
    assert (f"… {'và' if lang == 'vi' else 'and'} {unnamed - LISTED} " in foot) is (how_many == 200)
    assert max(map(len, made.text.split("\n"))) <= WIDTH
    assert Words(made.html).open == []
    for body in (made.text, _squeezed(Words(made.html).text)):
        assert (f"{how_many - 10} " in body) is (how_many > 10)
        assert "thidua inbox" in body


def test_digest_of_one_is_its_letter(make_item, write):
    assert write([make_item("reminder")]).subject.startswith("Còn 2 ngày làm việc")


def test_same_input_gives_the_same_letter(make_item, write):
    items = [make_item(name) for name in TEMPLATES]

    assert write(items) == write(items)


@pytest.mark.parametrize(
    ("items", "lang", "code"),
    [([], "vi", "mail-nothing"), (["result"], "fr", "mail-language")],
)
def test_what_cannot_be_written_is_refused(make_item, write, items, lang, code):
    with pytest.raises(Misuse) as caught:
        write([make_item(name) for name in items], lang=lang)

    assert caught.value.reasons[0].code == code
