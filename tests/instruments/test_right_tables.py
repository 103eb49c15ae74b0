"""A table that is right is read at once, and a table with mistakes is told in full: two ways, one answer."""

import tomllib

from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.instruments.catalogue import acts_file, agreement_file, agreements, register_file, registers
from ceasefire.instruments.files.flaws import flaws_of, structured
from ceasefire.instruments.files.right import read_right
from ceasefire.instruments.files.shape import TABLES, Head, RegisterHead
from ceasefire.instruments.values import local_times_in
from ceasefire.testing import agreement_tables

#: What one may write by mistake, or where one will do for a list.
SLIPS = st.sampled_from(
    [True, 3, 0, "", "x", "none", "2017-05", "2017-05-00", "P6M", [], ["x"], [3], {}, {"text": "x"}, {"event": "x"}, {"at": "2017-05-04"}]
)  # fmt: skip


def tables(file):
    """Return every table of a file with its class: its head, and those in double brackets."""
    head = {name: value for name, value in file.items() if name not in (*TABLES, "ceasefire")}
    yield Head if "in_force" in head or "adopted" in head else RegisterHead, head
    for name, cls in TABLES.items():
        yield from ((cls, table) for table in file.get(name, ()))


def both(raw, cls):
    """Return what each way makes of a table."""
    with local_times_in("Asia/Damascus"):
        flaws = flaws_of(raw, cls, ())
        return read_right(raw, cls), None if flaws else structured(raw, cls)


def test_tables_that_ship_are_read_alike():
    """Every table of the catalogue, of the registers and of the acts is right, and has one value."""
    files = [
        acts_file(),
        *(agreement_file(one) for one in agreements()),
        *(register_file(one, acts_file()) for one in registers()),
    ]
    for file in files:
        for cls, raw in tables(tomllib.loads(file.read_text(encoding="utf-8"))):
            quick, careful = both({key: one for key, one in raw.items() if "." not in key}, cls)
            assert quick == careful


@given(st.data())
def test_tables_with_slips_are_read_alike(data):
    """Whatever is changed in a table, it is right by both ways, with one value, or by none."""
    cls, raw = data.draw(st.sampled_from([*tables(data.draw(agreement_tables()))]))
    slips = data.draw(
        st.dictionaries(
            st.sampled_from([*(a.name for a in fields(cls)), "note", "from", "as"]), SLIPS, max_size=3
        )
    )
    quick, careful = both({**raw, **slips}, cls)
    assert quick == careful
