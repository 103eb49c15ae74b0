"""No file, however broken, ends in anything but an agreement or an error of this library."""

import tomllib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.errors import CeasefireError
from ceasefire.instruments import agreement, as_text, check

ANYWHERE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

#: Values of every type TOML has, and of every form the format knows.
VALUES = st.sampled_from(
    r"""
1|-1|0|1.5|nan|inf|true|9223372036854775808|""|"x"|"P1D"|"PT0S"|"P9999Y"|"2020-02"|"2020-13"|"2020-02-30T00:00"
"0000-01-01"|2020-01-01|0001-01-01|9999-12-31|2020-03-27T00:30:00|9999-12-31T23:59:59|0001-01-01T00:00:00
0001-01-01T00:00:00+14:00|2020-01-01T00:00:00Z|12:00:00|[]|[[]]|[1, 'a']|["red", "red"]|{}|{ at = 2020-01-01 }
{ event = "x" }|{ at = "x", b = 1 }|"role:"|"role:x"|"member:"|"north-2020/"|"/"|"by-decision"|"Asia/Damascus"
"../x"|"\u0000"|"\u202e"|"red"|"raiders"
"no-attacks"|"withdraw"|"north"|"refrain"|"achieve"|"2020-01-01T00:00"
""".strip()
    .replace("\n", "|")
    .split("|")
)
KEYS = st.sampled_from(
    """
    id duty due until within after when every count once starts acts zones ensures owed_by addressed_to force
    roles member_of covers members rule rules oversees from timezone in_force adopted codes sources uses x
    """.split()
)
TABLES = st.sampled_from("party zone act mechanism source standing effective key commitment id".split())


def _survives(load, text):
    try:
        made = load(text)
    except CeasefireError as error:
        assert str(error)  # noqa: PT017 - whether one is raised is left open; that it says something is not
    else:
        assert as_text(made).strip()


@ANYWHERE
@given(data=st.data())
def test_a_value_of_any_type_may_stand_anywhere(load, every_field, data):
    """Each line of the example may have any key and any value."""
    lines = every_field.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.integers(1, len(lines) - 1))
        key, equals, _ = lines[number].partition(" = ")
        if equals:
            key = data.draw(st.one_of(st.just(key), st.just(key), KEYS))
            lines[number] = f"{key} = {data.draw(VALUES)}"
        else:
            lines[number] = data.draw(
                st.sampled_from(["", "[party]", "[[party]]", "[[x]]", "[a.b]", "[[commitment]]"])
            )
    _survives(load, "\n".join(lines) + "\n")


@ANYWHERE
@given(data=st.data())
def test_lines_may_be_lost_and_doubled(load, every_field, register, data):
    """A file torn in any way, and its register, is told or read."""
    text, other = (_torn(data, source) for source in (every_field, register))
    try:
        load(text, other)
    except CeasefireError as error:
        assert str(error)  # noqa: PT017


def _torn(data, text):
    lines = text.splitlines(keepends=True)
    start = data.draw(st.integers(0, len(lines)))
    end = data.draw(st.integers(start, min(len(lines), start + 8)))
    return "".join(lines[:start] + data.draw(st.sampled_from([[], lines[start:end] * 2])) + lines[end:])


@ANYWHERE
@given(
    at=st.integers(0, 3000),
    junk=st.one_of(st.binary(max_size=5), st.text(max_size=5).map(lambda t: t.encode("utf-8", "replace"))),
)
def test_bytes_may_be_anything(load, every_field, at, junk):
    """A few bytes anywhere are told or read."""
    raw = every_field.encode()
    _survives(load, raw[:at] + junk + raw[at + len(junk) :])


def _toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {_toml(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return value


TREES = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
)


@ANYWHERE
@given(tables=st.dictionaries(TABLES, TREES))
def test_tables_may_hold_anything(tmp_path, tables):
    """Any tree of values under any table is told or read, by loading as by checking."""
    text = "ceasefire = 1\n" + "".join(f"{name} = {_toml(tree)}\n" for name, tree in tables.items())
    tomllib.loads(text)
    file = tmp_path / "tree.toml"
    file.write_text(text, encoding="utf-8")
    wrong, _ = check(file)
    assert all(mistake.line >= 1 and mistake.what for mistake in wrong)
    try:
        agreement(file)
    except CeasefireError as error:
        assert str(error)  # noqa: PT017
