"""The order of Vietnamese words and names."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from thidua.collation import folded, name_key, word_key

WORDS = [
    "ba", "bà", "bả", "bã", "bá", "bạ", "bă", "bằ", "bâ", "bấ", "ca", "da", "đa", "đá", "ê", "ô",
    "ơ", "xa", "ya",
]  # fmt: skip
NAMES = [
    "Y Bhăm Ân", "Nguyễn Văn Ấn", "Đặng Thị Bình", "Vũ Bình", "Trần Đức", "Đỗ Thị Hường",
    "Đỗ Văn Hường", "Lê Văn Thẩm", "Đào Thị Út", "Vừ A Ưng",
]  # fmt: skip

vietnamese = st.text(alphabet="aăâbdđeêioôơuưy àảãáạằấđĐÊỆ", max_size=12)


def test_words_are_in_the_order_of_a_dictionary() -> None:
    assert sorted(set(WORDS), key=word_key) == WORDS


def test_letters_are_compared_before_tones() -> None:
    assert sorted(["má ba", "mà bạ", "mạ be"], key=word_key) == ["mà bạ", "má ba", "mạ be"]


def test_names_are_sorted_by_given_name_then_family() -> None:
    assert sorted(set(NAMES), key=name_key) == NAMES


def test_name_of_one_word_and_of_none_has_a_place() -> None:
    assert name_key("Ân")[0] == word_key("Ân")
    assert sorted(["B", "", "A"], key=name_key) == ["", "A", "B"]


@given(vietnamese)
def test_key_does_not_see_how_letters_are_composed(text: str) -> None:
    assert word_key(unicodedata.normalize("NFD", text)) == word_key(text)


@given(vietnamese)
def test_case_does_not_matter(text: str) -> None:
    assert word_key(text.upper()) == word_key(text.lower())


def test_folded_text_has_no_marks() -> None:
    assert folded("Đỗ Thị HƯỜNG") == "do thi huong"
