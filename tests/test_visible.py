"""What others wrote, made safe to look at."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.visible import json_safe, safe_address, visible


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\u202e", "[U+202E]"),
        ("\u2066", "[U+2066]"),
        ("\u200b", "[U+200B]"),
        ("\x00", "[U+0000]"),
        ("\x1b", "[U+001B]"),
        ("\x85", "[U+0085]"),
        ("\u2028", "[U+2028]"),
        ("\ufeff", "[U+FEFF]"),
        ("\ufffe", "[U+FFFE]"),
        ("\U000e0041", "[U+E0041]"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_its_code(character, shown):
    """A bidirectional override, a control or a tag character stands as its code."""
    assert visible(f"a{character}b") == f"a{shown}b"


@pytest.mark.parametrize("text", ["حلب", "Алеппо", "می‌خواهم", "Fārs", "İzmir", "İ 1 – “x”"])
def test_scripts_that_people_write_stay_as_they_are(text):
    """Arabic, Cyrillic, Turkish and Persian with its zero-width non-joiner are not touched."""
    assert visible(text) == text


def test_a_text_stands_on_one_line():
    """Line ends and tabs become blanks, so that no text begins a line of a document."""
    assert visible("one\r\ntwo\n\n# three\tfour ") == "one two # three four"


@given(st.text())
def test_nothing_unseen_comes_out(text):
    """Whatever goes in, no control character, override or line separator comes out."""
    shown = visible(text)
    assert not set(shown) & set("\n\r\t\x00\x1b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2028\u2029")
    assert visible(shown) == shown


#: Texts of what Arabic hands type, and of what turns the order of others round.
TURNING = st.text(st.sampled_from("a ق1\u200e\u200f\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u200d"))


@given(TURNING)
def test_a_mark_of_direction_never_stands_outside_an_isolate(text):
    """Isolates are closed and hold no other, and what stands outside them is ordered by no mark."""
    outside = re.sub("\u2068[^\u2066-\u2069\u202a-\u202e]*\u2069", "", visible(text))
    assert not set(outside) & set("\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e")


@given(TURNING, TURNING)
def test_what_is_visible_stays_so_in_a_longer_text(one, other):
    """A name that was made visible stands in a sentence that is made visible as it is."""
    assert visible(f"x {visible(one)} y {visible(other)} z") == re.sub(
        " +", " ", f"x {visible(one)} y {visible(other)} z"
    )


def test_the_marks_that_arabic_hands_type_are_kept_out_of_sight():
    """As they were typed, inside an isolate; in a name of nothing else they are shown."""
    typed = "قصف على \u200fإدلب\u200f (12)"
    assert visible(f" {typed} ") == f"\u2068{typed}\u2069"
    assert visible(f"{typed}\u202e") == f"\u2068{typed}[U+202E]\u2069"
    assert visible("\u200f\u200e") == "[U+200F][U+200E]"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://example.org",
        "https://example.org/a b",
        "https://exam\u202eple.org",
        'https://example.org/"onclick="x',
        "https://user@example.org",
        "http://",
        "https:///path",
        "//example.org",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[",
        "https://example.org/" + "a" * 3000,
        "",
    ],
)
def test_only_plain_web_addresses_become_links(url):
    """Any other scheme, a blank, a quote, an override or a name before the host makes no link."""
    assert safe_address(url) is None


@pytest.mark.parametrize("url", ["https://tass.com/politics/944911", "http://mepoforum.sk/?p=3584&q=(x)"])
def test_web_addresses_are_links(url):
    """An address with http or https is a link as it stands."""
    assert safe_address(url) == url


@given(st.text())
def test_safe_json_is_the_same_json(text):
    """Escaping what cannot be seen does not change what the JSON says."""
    try:
        written = json.dumps({"text": text}, ensure_ascii=False)
        written.encode()
    except UnicodeEncodeError:
        return
    safe = json_safe(written)
    assert json.loads(safe) == {"text": text}
    assert "\u202e" not in safe
