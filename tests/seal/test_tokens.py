"""Tests search tokens of telephone numbers, identity numbers and summaries."""

import pytest

from casework.seal import tokens
from casework.seal.keys import WrappingKey

KEY = WrappingKey(bytes(32)).derived("tokens", "530828")


@pytest.mark.parametrize(
    "written",
    [
        "13987654321",
        "139 8765 4321",
        "139-8765-4321",
        "+86 139 8765 4321",
        "0086-13987654321",
        "8613987654321",
        "(+86)13987654321",
        "１３９８７６５４３２１",
        "13987654321转8001",
    ],
)
def test_a_mobile_number_has_one_form_however_it_is_written(written):
    assert tokens.phone(written) == "13987654321"


@pytest.mark.parametrize("written", ["0879-7221234", "(0879) 7221234", "+86 879 7221234", "+86 0879 7221234"])
def test_a_landline_number_has_one_form_however_it_is_written(written):
    assert tokens.phone(written) == "08797221234"


def test_foreign_numbers_keep_their_country_code():
    assert tokens.phone("+44 20 7946 0958") == tokens.phone("0044 20 79460958") == "+442079460958"


@pytest.mark.parametrize("written", ["", "无", "不详", "00000000000", "11111111111", "110"])
def test_a_text_that_is_no_telephone_number_has_no_token(written):
    assert tokens.phone(written) == ""
    assert tokens.of_person(KEY, {"phone": written}) == ()


def test_old_and_new_identity_numbers_of_one_person_are_equal():
    assert tokens.identity("11010519491231002x") == "11010519491231002X"
    assert tokens.identity("１１０１０５ １９４９１２３１ ００２ｘ") == "11010519491231002X"
    assert tokens.identity("110105491231002") == tokens.identity("110105 19491231 002X")


def test_spaces_and_punctuation_do_not_change_a_summarys_token():
    assert tokens.words("村口路灯不亮。") == tokens.words(" 村口 路灯，不亮! ") == "村口路灯不亮"
    assert tokens.words("Street  Light OUT") == tokens.words("street-light, out")


@pytest.mark.parametrize("text", ["", "。。。", " ", "路"])
def test_a_summary_without_words_has_no_token(text):
    assert tokens.of_text(KEY, text) == ()


def test_a_person_has_a_token_for_each_number_given():
    both = tokens.of_person(KEY, {"full_name": "李扎", "phone": "13987654321", "identity_number": "11010519491231002X"})

    assert len(set(both)) == 2
    assert tokens.of_person(KEY, {"full_name": "李扎"}) == ()


def test_tokens_differ_from_log_to_log():
    other = WrappingKey(bytes(32)).derived("tokens", "us-boston")

    assert tokens.of_text(KEY, "路灯不亮") != tokens.of_text(other, "路灯不亮")
    assert tokens.of_person(KEY, {"phone": "13987654321"}) != tokens.of_person(other, {"phone": "13987654321"})


def test_a_phone_and_a_text_of_the_same_digits_have_different_tokens():
    assert tokens.of_text(KEY, "13987654321") != tokens.of_person(KEY, {"phone": "13987654321"})


def test_tokens_equal_those_of_the_first_version():
    """Stored for as long as the blob: another form of token would find nothing that was written before."""
    key = WrappingKey(bytes(range(32))).derived("tokens", "530828")

    assert tokens.of_person(key, {"phone": "139 8765 4321", "identity_number": "11010519491231002X"}) == (
        "9f62ca77394c1556f46cf1e53dac9b05",
        "c5413cdea394b9594191d3a1e3191cc2",
    )
    assert tokens.of_text(key, "村口路灯不亮。") == ("90563efffe7439babd187c119bc9655f",)
