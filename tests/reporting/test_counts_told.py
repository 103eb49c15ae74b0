"""What a publication says beside its figure is said beside it: at least, since when, of whom, through whom."""

import tomllib
from pathlib import Path

import pytest

import ceasefire as cf
from ceasefire.instruments import agreement
from ceasefire.record import from_json

SCENARIOS = Path(__file__).parents[1] / "scenarios" / "rulings_in_aggregate.toml"
SINCE = {"period": {"from": "2002-02-23", "to": "2005-12-31"}, "cumulative": True}


@pytest.fixture(scope="module")
def truce(tmp_path_factory):
    """Return the agreement of the scenarios: one mission, whose word decides."""
    path = tmp_path_factory.mktemp("truce") / "cfa.toml"
    path.write_text(tomllib.loads(SCENARIOS.read_text(encoding="utf-8"))["agreement"], encoding="utf-8")
    return agreement(path)


def tally(by, number=1, **fields):
    """Return a public count."""
    written = {"recorded": "2006-02-26T12:00:00Z", "release": "public"}
    return from_json({"kind": "tally", "by": by, "id": f"{by}/{number}"} | written | fields)


def told(truce, *records, audience="mechanism"):
    """Return the report as Markdown, and its lists."""
    made = cf.report(cf.assess(truce, records, as_of="2006-03-01"), audience=audience)
    return made.to_markdown(), made.data


RULED = tally(
    "mission",
    **SINCE,
    count=2500,
    at_least=True,
    accused=["tigers"],
    ruled=True,
    act="civilians",
    unit="violations",
)
ACCUSING = tally("government", period="2005-12-31", count=27, at_least=True, act="attack", accused=["tigers"],
                 text="The Tigers again", pending=4, killed={"best": 3})  # fmt: skip


def test_rulings_in_aggregate_are_counted_beside_breaches_and_never_as_such(truce):
    """Page one and its key figures say the same: no act is told, so none is counted; the ruling stands beside."""
    text, _ = told(truce, RULED)
    assert "**One ruling finds breaches in aggregate.**" in text
    assert "- Breaches established: **none recorded** · one ruling in aggregate" in text


def test_a_ruling_in_aggregate_is_told_with_its_figure_and_since_when(truce):
    """On the row, with whose ruling it is; among the claims; and among the counts."""
    text, data = told(truce, RULED)
    assert "ruled in aggregate: at least 2,500 (by The monitoring mission)" in text
    assert ", since 23 February 2002" in text
    assert "Ruled in aggregate to be breaches: ≥ 2,500 of “violations”" in text
    assert "since 23 February 2002, up to 31 December 2005 | **at least 2,500**" in text
    row = next(r for r in data["commitments"] if r["compliance"] == "breached")
    assert row["ruled"] == [{"record": "mission/1", "count": 2500, "at_least": True}]


@pytest.mark.parametrize("audience", ["mechanism", "public"])
def test_counts_of_different_things_are_never_set_beside_each_other(truce, audience):
    """Those of somebody's acts, of all acts, and since a first day: three tables, and no difference between them."""
    several = [
        ACCUSING,
        tally("tigers", period="2005-12-31", count=2, act="attack"),
        tally("mission", **SINCE, count=900, act="attack"),
    ]
    text, _ = told(truce, *several, audience=audience)
    assert text.count("**Published counts of ") == 3
    assert "states 25 more" not in text
    assert "at least 27" in text


def test_whom_a_count_accuses_is_told_as_alleged_and_to_the_public_not_at_all(truce):
    """Nor does the public read its words: nobody has determined anything of it."""
    text, _ = told(truce, ACCUSING)
    assert "attack, of The Tigers (alleged)" in text.lower() or "of The Tigers (alleged)" in text
    assert "4 pending; killed: 3" in text
    assert "The Tigers again" in text
    text, data = told(truce, ACCUSING, audience="public")
    assert "of those whom they name (alleged; not released)" in text
    assert "The Tigers again" not in text
    assert [t["accused"] for t in data["tallies"]] == [[]]
    rows = {r["owed_by"]: r["compliance"] for r in data["commitments"] if r["commitment"] == "cfa/fire"}
    assert rows["tigers"] == rows["government"] is None


def test_once_a_ruling_stands_the_public_is_told_whose_acts_they_were(truce):
    """As of a single act: the determination names them."""
    text, data = told(truce, RULED, audience="public")
    assert "ruled in aggregate: at least 2,500" in text
    assert [t["accused"] for t in data["tallies"]] == [["tigers"]]


def test_who_published_a_count_and_what_was_inferred_is_told(truce):
    """The figure is that of one side, in the publication of another; and two of its parts are nobody's."""
    relayed = {"said_by": "tigers", "through": "government", "evidence": [{"title": "Bulletin"}]}
    parts = {"by_zone": {"north": 1, "east": 1}, "read": ["north"]}
    text, _ = told(truce, tally("desk", period="2005-12-31", count=2, act="attack", **relayed, **parts))
    assert "The counts of The Tigers were published by The government, not by The Tigers itself." in text
    assert "The counts of The Tigers are as relayed by desk." in text
    assert "The east 1, The north 1‡" in text


def test_what_is_published_without_a_count_is_told(truce):
    """So many are pending; so many were killed."""
    text, _ = told(truce, tally("mission", **{**SINCE, "cumulative": False}, pending=946))
    assert "The monitoring mission, without a count: 946 pending" in text
    text, _ = told(truce, tally("mission", period="2005-12-31", killed={"low": 2}))
    assert "killed: ≥ 2" in text


def test_why_tells_a_ruling_in_a_sentence(truce):
    """And of a count, whom it names."""
    status = cf.assess(truce, [RULED, ACCUSING], as_of="2006-03-01")
    assert (
        "a ruling in aggregate on at least 2,500 acts of 23 February 2002 to 31 December 2005 reported by "
        "The monitoring mission, is established and attributed to The Tigers (determination of: The monitoring "
        "mission). They count as breaches here"
    ) in status.why("civilians", "tigers")
    assert "Named: The Tigers (alleged)" in status.why("fire", "tigers")
    assert "names somebody can stand on no row but" in status.why("fire", None, "government/1")
    assert "It does not count here" in status.why("civilians", "government", "mission/1")


def test_tables_are_flat(truce):
    """A ruling is its record and its figure; people killed are three columns."""
    status = cf.assess(truce, [RULED, ACCUSING], as_of="2006-03-01")
    assert "mission/1: at least 2500" in {row["ruled"] for row in status.table("commitments")}
    (row,) = (r for r in status.table("tallies") if r["record"] == "government/1")
    assert (row["killed_low"], row["killed_best"], row["killed_high"], row["injured_best"]) == (
        None,
        3,
        None,
        None,
    )
    assert row["accused"] == "tigers"


def test_no_side_is_told_alone_where_several_published_counts(truce):
    """Of different things, too many for page one: the sides are named, and no figure of one of them alone."""
    several = [
        tally(
            by,
            n,
            period=f"2005-12-{n:02}",
            count=n,
            act=f"civilians.{sort}{n}",
            unit=f"cases of sort {sort}{n}",
        )
        for by, sort in (("government", "a"), ("tigers", "b"))
        for n in range(1, 16)
    ]
    brief = told(truce, *several)[0].split("## Key figures")[0]
    (line,) = [line for line in brief.splitlines() if "kinds of counts" in line]
    assert " states " not in line
    assert "30 kinds of counts are stated by The government and The Tigers" in line
