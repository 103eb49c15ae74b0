"""The data file is JSON as anybody would write it, with a line for each value."""

import json

from ceasefire.reporting.formats.data_file import to_json

ODD = {"a": 'é "\\/\n\t\x01', "–": [], "nested": {"b": [[], {}, None, True, -3, 10**14]}, "": "\U0001f600"}


def test_a_data_file_has_the_bytes_of_pythons_own_writer():
    """Where every sign can be seen, nothing is written otherwise."""
    assert to_json(ODD) == json.dumps(ODD, ensure_ascii=False, indent=2) + "\n"


def test_what_cannot_be_seen_is_escaped_and_read_again_as_it_was():
    """Half of a pair of surrogates, too, which has no bytes of its own."""
    hidden = {"turned": "a\u202eb", "erased": "\x7f", "half": "\ud800"}
    text = to_json(hidden)
    assert text.isascii()
    assert json.loads(text) == hidden
