"""The bulletins of the two sides: what they state is kept, what they do not state is not made up."""

import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from attrs import evolve

import ceasefire
from ceasefire.clock import instant, moment, occurrence
from ceasefire.errors import RecordError, UnreadableFile
from ceasefire.exchange.bulletins import add_tallies, import_bulletins, read_bulletins
from ceasefire.instruments import agreement
from ceasefire.journal import Journal
from ceasefire.record import Correction, Tally, Withdrawal, read_records, write_records
from ceasefire.testing import read

SHIPPED = Path(ceasefire.__file__).parent / "data" / "bulletins" / "syria_bulletins_2016_2018.csv"
HEADER = "date,period_days,source_of_count,province,count,confirmed_by_russia,url,note"


@pytest.fixture(scope="module")
def shipped():
    """The tallies of the bulletins that come with the library."""
    return read_bulletins(SHIPPED)


@pytest.fixture
def csv(tmp_path):
    """Write rows under the header and return the path."""

    def write(*rows, header=HEADER, encoding="utf-8"):
        path = tmp_path / "bulletins.csv"
        path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
        return path

    return write


def one(tallies, day, side):
    """Return the count of a side in the bulletin of a day."""
    return next(t for t in tallies if t.id == f"bulletin-{day}-{side}")


def answer(tallies, day):
    """Return what Russia answered to the Turkish count of a day, or None."""
    name = f"bulletin-{day}-turkey-answered-by-russia"
    return next((t for t in tallies if t.id == name), None)


# The known figures of the shipped file


def test_the_shipped_file_has_45_bulletins(shipped):
    """44 of one day and one of a week; nothing in them is left out."""
    assert shipped.mistakes == ()
    assert len({tally.period for tally in shipped}) == 45
    spans = [
        tally.period
        for tally in shipped
        if tally.period == occurrence({"from": "2017-03-10", "to": "2017-03-16"})
    ]
    assert len(spans) == 3
    assert Counter((t.speaker, t.answers is None) for t in shipped) == {
        ("russia", True): 45,
        ("turkey", True): 44,
        ("russia", False): 15,
    }


def test_the_stated_totals_are_those_published(shipped):
    """Each side apart: 430 and 420. They are for checking an import, and never added to each other."""
    totals = Counter()
    for tally in shipped:
        totals[tally.speaker] += tally.count or 0
    assert totals == {"russia": 430, "turkey": 420}


def test_22_january_2017(shipped):
    """Russia counts 2, Turkey 12, of which Russia confirms 3; six of the twelve are located."""
    assert one(shipped, "2017-01-22", "russia").count == 2
    turkish = one(shipped, "2017-01-22", "turkey")
    assert (turkish.count, turkish.by_zone) == (12, (("aleppo", 6),))
    assert answer(shipped, "2017-01-22").confirmed == 3
    assert answer(shipped, "2017-01-22").answers == turkish.id


@pytest.mark.parametrize(("day", "stated", "parts"), [("2017-01-12", 15, 13), ("2017-03-16", 82, 93)])
def test_a_total_that_differs_from_its_parts_is_kept_and_said(shipped, day, stated, parts):
    """Neither figure is repaired, and the text says both."""
    turkish = one(shipped, day, "turkey")
    assert turkish.count == stated
    assert sum(count for _, count in turkish.by_zone) == parts
    assert f"stated total {stated}, stated parts come to {parts}" in turkish.text


def test_30_august_2018(shipped):
    """27 against 2 for one day: two tallies, side by side."""
    counts = [one(shipped, "2018-08-30", side).count for side in ("russia", "turkey")]
    assert counts == [27, 2]


def test_where_total_and_parts_agree_nothing_is_remarked(shipped):
    """Only four bulletins have a total that differs from its parts."""
    differing = [tally.id for tally in shipped if tally.text and "stated parts come to" in tally.text]
    assert differing == [
        f"bulletin-{day}-turkey" for day in ("2017-01-12", "2017-01-22", "2017-03-16", "2017-05-06")
    ]


def test_zero_absent_and_not_confirmed_are_three_values(shipped):
    """A count of none, no count at all, and none confirmed."""
    assert one(shipped, "2017-01-23", "turkey").count == 0
    assert not any(tally.speaker == "turkey" and tally.period == moment("2016-12-31") for tally in shipped)
    assert answer(shipped, "2017-03-16").confirmed == 0
    assert answer(shipped, "2017-01-12") is None


def test_each_tally_says_whose_it_is_and_where_it_was_read(shipped):
    """Relayed by the analyst, with the address; act and unit are what these bulletins count."""
    for tally in shipped:
        assert isinstance(tally, Tally)
        assert (tally.by, tally.relay) == ("analyst", True)
        assert tally.evidence[0].url.startswith("http")
        assert (tally.act, tally.unit) == ("attack.opening-fire", "cases of firing")
        assert tally.not_confirmed is None


def test_all_places_are_zones_of_the_register(shipped):
    """The spellings of the file are names or aliases of zones."""
    zones = {zone.id for zone in agreement("syria-ceasefire-2016").zones}
    assert {zone for tally in shipped for zone, _ in tally.by_zone} <= zones


def test_a_bulletin_is_dated_by_its_publication(shipped):
    """By default recorded at the end of that day; another instant may be given."""
    assert one(shipped, "2017-01-22", "turkey").recorded == instant("2017-01-22T23:59:59Z")
    given = read_bulletins(SHIPPED, by="russia", recorded="2026-01-01T00:00:00Z")
    assert {tally.recorded for tally in given} == {instant("2026-01-01T00:00:00Z")}
    assert not one(given, "2017-01-22", "russia").relay
    assert one(given, "2017-01-22", "turkey").relay


def test_the_tallies_are_records_like_others(shipped, tmp_path):
    """Written to a record file and read again they are the same."""
    path = tmp_path / "records.jsonl"
    write_records(path, shipped)
    assert read_records(path) == shipped


# Files of others


def test_spellings_are_resolved_by_the_aliases_of_the_register(csv):
    """Whatever apostrophe or case a bulletin uses."""
    path = csv(
        "2017-06-01,1,Russia,,4,,http://x/1,",
        "2017-06-01,1,Russia,Ladhiqiyah,1,,http://x/1,",
        "2017-06-01,1,Russia,Dera\u2019a,2,,http://x/1,",
        "2017-06-01,1,RUSSIA,AL-QUNEITRA,1,,http://x/1,",
    )
    (tally,) = read_bulletins(path)
    assert tally.by_zone == (("daraa", 2), ("latakia", 1), ("quneitra", 1))


def test_an_unknown_place_is_kept_by_its_name_and_told(csv):
    """Nothing published is thrown away, and nothing is guessed."""
    path = csv("2017-06-01,1,russia,,4,,http://x/1,", "2017-06-01,1,russia,Aleppoo,4,,http://x/1,")
    found = read_bulletins(path)
    assert found[0].by_zone == (("Aleppoo", 4),)
    assert [(m.line, "did you mean 'aleppo'" in m.what) for m in found.mistakes] == [(3, True)]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("spelling", ["\u1e24am\u0101h", "\u1e25am\u0101h", " \u1e24AM\u0100H "])
def test_an_accent_may_be_typed_in_two_ways(csv, form, spelling):
    """As one character, or as a letter and its accent, as files from a Mac have it: it is the same place."""
    (tally,) = read_bulletins(
        csv(unicodedata.normalize(form, f"2017-06-01,1,russia,{spelling},4,,http://x/1,"))
    )
    assert tally.by_zone == (("hama", 4),)


def test_an_unknown_place_is_the_same_however_its_accents_are_typed(csv):
    """It is kept by its name, once."""
    rows = [
        unicodedata.normalize(form, "2017-06-01,1,russia,\u1e24ab\u0101b,4,,http://x/1,")
        for form in ("NFC", "NFD")
    ]
    found = read_bulletins(csv(*rows))
    assert found[0].by_zone == (("\u1e24ab\u0101b", 4),)


def test_a_name_of_several_zones_is_told_and_kept(csv):
    """Nobody guesses which of two is meant."""
    places = "".join(f'[[zone]]\nid = "{name}"\naliases = ["The Hill"]\n' for name in ("east", "west"))
    register = read(
        tomllib.loads(f'ceasefire = 1\nid = "pact"\nadopted = 2020-01-01\n[[party]]\nid = "russia"\n{places}')
    )
    found = read_bulletins(csv("2017-06-01,1,russia,the hill,4,,http://x/1,"), register=register)
    assert found[0].by_zone == (("the hill", 4),)
    assert ["may mean east or west: write which" in mistake.what for mistake in found.mistakes] == [True]


def test_parts_without_a_total_stay_parts(csv):
    """No total is made up by adding."""
    path = csv("2017-06-01,1,russia,Hama,3,,http://x/1,", "2017-06-01,1,russia,Homs,,,http://x/1,")
    (tally,) = read_bulletins(path)
    assert (tally.count, tally.by_zone) == (None, (("hama", 3),))
    assert tally.text == "named without a count: Homs"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("2017-02-30,1,russia,,4,,http://x/1,", "no date that exists"),
        ("1.6.2017,1,russia,,4,,http://x/1,", "write one like 2017-01-22"),
        ("2017-06-01,0,russia,,4,,http://x/1,", "no number of days"),
        ("2017-06-01,one,russia,,4,,http://x/1,", "no number of days"),
        ("2017-06-01,1,rusia,,4,,http://x/1,", "did you mean 'russia'"),
        ("2017-06-01,1,russia,,four,,http://x/1,", "is no count"),
        ("2017-06-01,1,russia,,-4,,http://x/1,", "is no count"),
        ("2017-06-01,1,russia,,4.0,,http://x/1,", "is no count"),
        ("2017-06-01,1,russia,,\u0664,,http://x/1,", "is no count"),
        ("2017-06-01,1,russia,,,,http://x/1,", "states no count"),
        ("2017-06-01,1,russia,,4,,,", "url is blank"),
        ("2017-06-01,1,russia,,4,1,http://x/1,", "Russia itself"),
        ("2017-06-01,1,turkey,,4,x,http://x/1,", "is no count"),
        ("2017-06-01,1,russia,,4,,http://x/1", "7 cells where the header has 8"),
        ('2017-06-01,1,russia,,4,,http://x/1,"open', "close every quote"),
        ("2017-06-01,1,russia,,4,,http://x/1,\0", "NUL"),
        ("2017-06-02,1,turkey,,6,,http://x/2,", "stated twice, 5 and 6"),
    ],
)
def test_an_odd_row_is_told_with_its_line_and_the_rest_is_kept(csv, row, sentence):
    """File, line and sentence; the rows around it give their tallies."""
    path = csv("2017-06-02,1,turkey,,5,,http://x/2,", row, "2017-06-03,1,turkey,,6,,http://x/3,")
    found = read_bulletins(path)
    assert {("bulletin-2017-06-02-turkey", 5), ("bulletin-2017-06-03-turkey", 6)} <= {
        (t.id, t.count) for t in found
    }
    assert [mistake.line for mistake in found.mistakes] == [3]
    assert str(found.mistakes[0]).startswith(f"{path}:3: ")
    assert sentence in found.mistakes[0].what


def test_two_counts_for_one_place_are_told(csv):
    """Two spellings of one province with two figures: the first is kept."""
    found = read_bulletins(
        csv(
            "2017-06-01,1,russia,Latakia,1,,http://x/1,",
            "2017-06-01,1,russia,Lattakia,2,,http://x/1,",
            "2017-06-01,1,russia,Latakia,1,,http://x/1,",
        )
    )
    assert found[0].by_zone == (("latakia", 1),)
    assert ["two counts" in mistake.what for mistake in found.mistakes] == [True]


def test_a_line_that_is_no_utf_8_is_told(tmp_path):
    """A row in another encoding costs that row only."""
    path = tmp_path / "bulletins.csv"
    row = "2017-06-0{},1,russia,,4,,http://x/1,{}\n"
    path.write_bytes(
        b"\xef\xbb\xbf"
        + HEADER.encode()
        + b"\r\n"
        + row.format(1, "\u00e9").encode("latin-1")
        + row.format(2, "").encode()
    )
    found = read_bulletins(path)
    assert [tally.id for tally in found] == ["bulletin-2017-06-02-russia"]
    assert ["not UTF-8" in mistake.what for mistake in found.mistakes] == [True]


def test_two_bulletins_of_one_day_have_two_ids(csv):
    """Two addresses are two bulletins."""
    found = read_bulletins(csv("2017-06-01,1,russia,,4,,http://x/1,", "2017-06-01,1,russia,,5,,http://x/2,"))
    assert [tally.id for tally in found] == ["bulletin-2017-06-01-russia", "bulletin-2017-06-01-russia-2"]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (
            "date;count",
            r"bulletins\.csv:1: the header has no column 'period_days'.*\(name the columns in the first line: ",
        ),
        (HEADER.replace("province", "provinz"), "did you mean 'provinz'"),
        ("", "there is no header"),
    ],
)
def test_a_file_without_the_columns_is_one_error(csv, header, sentence):
    """The sentence says which column is missing."""
    with pytest.raises(RecordError, match=sentence):
        read_bulletins(csv(header=header))


def test_no_file_is_one_error(tmp_path):
    """A folder and a missing file likewise."""
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(UnreadableFile, match="cannot be read"):
            read_bulletins(path)


# Into a journal


@pytest.fixture
def journal():
    """A journal of an analyst, with the ceasefire of December 2016."""
    return Journal.in_memory("analyst", agreement("syria-ceasefire-2016"))


def test_the_same_file_twice_adds_nothing(journal):
    """The import is idempotent, and answers point at the ids of the journal."""
    assert import_bulletins(SHIPPED, journal) == 104
    heads = journal.heads()
    assert import_bulletins(SHIPPED, journal) == 0
    assert journal.heads() == heads
    for tally in journal:
        if tally.answers is not None:
            assert journal.get(tally.answers).period == tally.period
            assert journal.get(tally.answers).speaker == "turkey"


def test_a_journal_received_them_when_they_were_imported(journal):
    """What this journal could have said in 2017 does not contain them."""
    import_bulletins(SHIPPED, journal)
    assert journal.known_at("2018-12-31") == ()


def test_a_file_that_grew_adds_what_is_new(journal, csv):
    """Also an answer to a count held already, which points at it."""
    count = "2017-06-01,1,turkey,,4,{},http://x/1,"
    assert import_bulletins(csv(count.format("")), journal) == 1
    assert import_bulletins(csv(count.format("2"), "2017-06-02,1,turkey,,0,,http://x/2,"), journal) == 2
    (answered,) = (tally for tally in journal if tally.answers)
    assert (answered.answers, answered.confirmed) == ("analyst/1", 2)


def test_a_changed_figure_becomes_a_correction(journal, csv):
    """A file with a figure set right corrects the record; a third import adds nothing."""
    assert import_bulletins(csv("2017-06-01,1,turkey,,4,0,http://x/1,note"), journal) == 2
    changed = csv("2017-06-01,1,turkey,,5,0,http://x/1,")
    assert import_bulletins(changed, journal) == 1
    correction = list(journal)[-1]
    assert isinstance(correction, Correction)
    assert (correction.of, dict(correction.set), correction.unset) == ("analyst/1", {"count": 5}, ("text",))
    assert import_bulletins(changed, journal) == 0


def test_a_withdrawn_tally_is_not_imported_again(journal, csv):
    """Who took it back did so on purpose."""
    path = csv("2017-06-01,1,turkey,,4,,http://x/1,")
    import_bulletins(path, journal)
    journal.record(Withdrawal(of="analyst/1"))
    assert import_bulletins(path, journal) == 0
    assert import_bulletins(csv("2017-06-01,1,turkey,,5,,http://x/1,"), journal) == 0


def test_a_journal_of_a_side_imports_in_its_own_name(csv):
    """The author is the journal's; without one it is an analyst."""
    path = csv("2017-06-01,1,turkey,,4,1,http://x/1,")
    for author, expected in (("russia", "russia"), (None, "analyst")):
        own = Journal.in_memory(author)
        assert import_bulletins(path, own) == 2
        assert {tally.by for tally in own} == {expected}
        assert import_bulletins(path, own) == 0


def test_only_tallies_are_added(journal):
    """Other records of a file are not the business of this import."""
    assert add_tallies([Withdrawal(of="x", by="analyst")], journal) == 0
    assert len(journal) == 0


def test_the_publications_are_all_of_one_side_and_each_count_of_the_other_says_so():
    """What stands under Turkey was published by Russia; its own counts and its answers are its own."""
    read = read_bulletins(SHIPPED)
    assert {(tally.said_by, tally.through) for tally in read} == {("russia", None), ("turkey", "russia")}


def test_parts_that_nobody_stated_are_marked():
    """Three totals were split evenly over the provinces named: their notes say so, and no other part is marked."""
    inferred = {(tally.own_id, tally.read) for tally in read_bulletins(SHIPPED) if tally.read}
    assert inferred == {
        ("bulletin-2017-05-13-turkey", ("daraa", "idlib", "homs")),
        ("bulletin-2017-09-05-turkey", ("aleppo", "hama")),
        ("bulletin-2017-10-25-turkey", ("hama", "damascus")),
    }


@pytest.mark.parametrize(
    ("total", "note", "inferred"),
    [("2", "so one each", ("homs", "hama")), ("3", "so one each", ()), ("2", "one in each", ())],
)
def test_a_split_is_inferred_only_where_the_note_and_the_figures_say_so(csv, total, note, inferred):
    """As many places as cases, one each, and a note."""
    rows = [f"2017-06-01,1,turkey,,{total},,http://x/1,{note}"]
    rows += [f"2017-06-01,1,turkey,{name},1,,http://x/1," for name in ("Homs", "Hama")]
    (tally,) = read_bulletins(csv(*rows))
    assert tally.read == inferred


def test_what_an_earlier_version_imported_is_corrected_once_and_not_added_again(journal):
    """It could not say through whom a count was published, nor which parts were inferred."""
    known = [evolve(tally, through=None, read=()) for tally in read_bulletins(SHIPPED)]
    assert add_tallies(known, journal) == len(known) == 104
    # 44 counts of the Turkish side were published by the Russian one.
    assert import_bulletins(SHIPPED, journal) == 44
    corrections = [record for record in journal if isinstance(record, Correction)]
    assert {name for one in corrections for name in one.set} == {"through", "read"}
    assert import_bulletins(SHIPPED, journal) == 0
    assert sum(isinstance(record, Tally) for record in journal) == 104


def test_counts_of_two_sides_acts_in_one_publication_are_two(journal):
    """A ruling and the complaints, and whose they are of, make counts different."""
    said = {
        "by": "analyst",
        "period": "2002-12-31",
        "act": "civilians",
        "evidence": {"url": "http://x/1"},
        "count": 5,
    }
    several = [
        Tally(id="a", accused="turkey", **said),
        Tally(id="b", accused="russia", **said),
        Tally(id="c", accused="turkey", ruled=True, **said),
    ]
    assert add_tallies(several, journal) == 3
    assert add_tallies(several, journal) == 0
