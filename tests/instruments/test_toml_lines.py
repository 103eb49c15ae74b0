"""The line of every key, whatever way TOML lets it be written."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.instruments.toml_lines import line_index, line_of, line_of_long_number

TEXT = '''\
# a comment with [brackets] and "quotes
top = 1
"quoted key" = """
[not.a.table]
key = 1 # "
\\""" still inside"""
literal = \'\'\'
[[nor.this]]
\'\'\'
a.b . "c" = { d = 1, "e" = [1, { f = "}]" }] }

[table] # comment
list = [
  "one", # ]
  [ 2,
    3 ],
  { x = 1 },
]

[[many]]
k = 2020-01-01 00:00:00

[[many]]
k = '#'
  [many.inner]
  z = 1
  [[many.deep]]
  z = 1
  [[many.deep]]
  z = 2

[one.two]
k = 1
'''

LINES = {
    ("top",): 2,
    ("quoted key",): 3,
    ("literal",): 7,
    ("a", "b", "c"): 10,
    ("a", "b", "c", "e", 1, "f"): 10,
    ("table",): 12,
    ("table", "list"): 13,
    ("table", "list", 0): 14,
    ("table", "list", 1, 0): 15,
    ("table", "list", 1, 1): 16,
    ("table", "list", 2, "x"): 17,
    ("many", 0): 20,
    ("many", 0, "k"): 21,
    ("many", 1): 23,
    ("many", 1, "k"): 24,
    ("many", 1, "inner", "z"): 26,
    ("many", 1, "deep", 0, "z"): 28,
    ("many", 1, "deep", 1): 29,
    ("many", 1, "deep", 1, "z"): 30,
    ("one", "two", "k"): 33,
}


def test_every_way_of_writing_a_key_has_its_line():
    """Dotted, quoted and inline keys, tables, lists of tables, items of lists over several lines."""
    tomllib.loads(TEXT)
    index = line_index(TEXT)
    assert {path: index.get(path) for path in LINES} == LINES


def test_what_is_absent_has_the_line_of_the_table_around_it():
    """A missing field is told at the header of its table; in the head, on the first line."""
    assert line_of(TEXT, ("many", 1, "nothing")) == 23
    assert line_of(TEXT, ("many", 7, "k")) == 20
    assert line_of(TEXT, ("nothing",)) == 1


@pytest.mark.parametrize("broken", ["= 1\n", "[\n]\n", "b = ]\n", "b = '"])
def test_what_was_reached_of_a_text_that_cannot_be_followed_keeps_its_line(broken):
    """A later version of TOML may allow what this index does not know: it ends, and says what it saw."""
    assert line_index(f"a = 1\n{broken}")["a",] == 1
    assert line_of(f"a = 1\n{broken}", ("z",)) == 1


def _leaves(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _leaves(item, (*path, key))


SCALARS = st.sampled_from(
    ['"a # ]"', "'}'", '"""\n"""', "'''x\n\n'''", "1", "2020-01-01", "true", '"\\""', '""""q"""']
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda v: "[\n" + ",\n".join(v) + " ]")
        | st.lists(inner, max_size=3).map(
            lambda v: "{" + ", ".join(f'k{n}."x y" = {i}' for n, i in enumerate(v)) + "}"
        )
    ),
)


@given(
    values=st.lists(VALUES, max_size=4),
    header=st.sampled_from(["", "[t]\n", "[[t]]\n", "[[t]] # x\n[t.u]\n"]),
)
def test_every_place_of_a_valid_text_is_found(values, header):
    """Whatever tomllib reads, the index knows where it stands, and nothing else."""
    text = header + "".join(f"key{n} = {value}\n" for n, value in enumerate(values))
    index = line_index(text)
    assert index.keys() == {path for path in _leaves(tomllib.loads(text)) if path}
    for number in range(len(values)):
        prefix = {"": (), "[t]\n": ("t",), "[[t]]\n": ("t", 0)}.get(header, ("t", 0, "u"))
        line = index[(*prefix, f"key{number}")]
        assert text.splitlines()[line - 1].startswith(f"key{number} = ")


@pytest.mark.parametrize("digits", ["9" * 101, "+1" + "_0" * 100, "0x" + "f" * 101, "0b" + "1" * 101])
def test_a_number_that_is_too_long_has_its_line(digits):
    """In whatever base: Python would not even show it. Strings and comments hold what they like."""
    beside = f'a = "{digits}" # {digits}\nb = """\n\'{digits}"""\nc = [\'{digits}\', {"7" * 100},\n'
    tomllib.loads(beside + "]")
    assert line_of_long_number(beside + "]") == 0
    assert line_of_long_number(f"{beside}{digits}]\n") == 5
