"""The tables of an assessment as frames: the same cells, with types that do not hang on what is in them."""

import sys

import pytest

import ceasefire as cf
import pen
from ceasefire.assessment.result.lists import LISTS

TABLES = (*LISTS, "due", "changes", "key_figures")


def asked(name, status):
    """Return what a table is asked with: what changed, since the day before."""
    return {"since": status.at("2020-01-15")} if name == "changes" else {}


@pytest.fixture(scope="module", params=["some", "none"])
def status(request):
    """Return an assessment of claims, counts, answers and deadlines, and one of nothing at all."""
    records = [
        pen.incident(1, occurred="2020-01-10", act="attack.shelling", accused=["blue"], killed=2),
        pen.finding(1, severity="minor"),
        pen.tally(2, period="2020-01-20", count=9, unit="cases"),
        pen.response(2, "blue", to="red/1", step="inquiry", addressee="red", due="2020-01-25"),
    ]
    truce = pen.truce("stop", pen.commitment("map", due="2020-02-10"))
    return cf.assess(truce, records if request.param == "some" else [], as_of="2020-01-31")


@pytest.mark.parametrize("name", TABLES)
def test_a_frame_holds_the_cells_of_the_table(name, status):
    """What is absent stays missing, in columns of numbers too; no number becomes a fraction."""
    table = status.table(name, **asked(name, status))
    shown = [{k: v if v is None or isinstance(v, int) else str(v) for k, v in row.items()} for row in table]
    assert status.to_polars(name, **asked(name, status)).to_dicts() == shown
    frame = status.to_pandas(name, **asked(name, status)).astype(object)
    assert frame.where(frame.notna(), None).to_dict("records") == shown


@pytest.mark.parametrize("name", TABLES)
def test_a_frame_without_rows_has_the_columns_of_one_with_rows(name, status):
    """So a script reads a quiet month as it reads another."""
    empty = cf.assess(pen.truce("stop"), [], as_of="2020-01-31")
    some, none = (dict(one.to_polars(name, **asked(name, one)).schema) for one in (status, empty))
    assert some == none
    kinds = [dict(one.to_pandas(name, **asked(name, one)).dtypes) for one in (status, empty)]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_frame_without_its_package_names_the_extra(package, status, monkeypatch):
    """Nothing else needs it."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(cf.MissingExtra, match=rf"ceasefire\[{package}\]"):
        getattr(status, f"to_{package}")("claims")
