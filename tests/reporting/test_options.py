"""What can be asked of a report beside the assessment: annexes, what it is compared with, files of tables."""

import re
from pathlib import Path

import pytest
from published import report, tally

import ceasefire as cf
from ceasefire.reporting.sheets import NAMES
from ceasefire.reporting.status import files_of

VALLEY = Path(__file__).parents[2] / "examples" / "valley"


@pytest.fixture(scope="module")
def status():
    """Return the assessment of the invented history."""
    records = cf.read_records(VALLEY / "records.jsonl")
    return cf.assess(cf.agreement(VALLEY / "accord.toml"), records, as_of="2031-03-28", since="2031-03-20")


def annexes(made):
    """Return the letters of the annexes that a report has."""
    return "".join(section.title[0] for section in made.document.annexes)


def test_only_the_annexes_asked_for_are_printed(status):
    """Some by their letters, or none; what is no letter, or asked both ways, is told."""
    assert annexes(cf.report(status, annexes="d,A")) == "AD"
    assert annexes(cf.report(status, brief=True)) == ""
    for wrong in ({"annexes": "Z"}, {"annexes": ""}, {"annexes": "A", "brief": True}):
        with pytest.raises(cf.ReportError, match=r"annexes"):
            cf.report(status, **wrong)


@pytest.mark.parametrize("language", ["en", "fr", "ru", "ar", "tr"])
def test_nothing_sends_a_reader_to_an_annex_that_is_left_out(language):
    """Neither a sentence nor the caption of a figure names an annex of a brief report."""
    counts = [tally(n, f"2017-05-{n:02}", 3) for n in range(1, 14)]
    whole, brief = (report(*counts, language=language, **asked) for asked in ({}, {"brief": True}))
    mentions = re.compile(r"(annex|annexe|приложени[ие]|ek|الملحق) [A-G]\b")
    said = [mentions.findall(re.sub(r"</?a[^>]*>", "", made.to_html())) for made in (whole, brief)]
    assert len(said[0]) >= 2
    assert said[1] == []


def test_a_report_is_compared_with_the_day_that_is_named(status):
    """Its what-changed and its earlier figures are of that day; of a later day nothing has changed yet."""
    assert cf.report(status, previous="2031-03-19").data == cf.report(status).data
    made = cf.report(status, previous="2031-03-10").to_markdown()
    assert "What changed since the report as of 10 March" in made
    with pytest.raises(cf.Incomparable, match=r"later day"):
        cf.report(status, previous="2031-04-10")


def test_tables_as_csv_are_a_file_each(status, tmp_path):
    """The first is returned, and each holds what `to_csv` gives."""
    made = cf.report(status)
    assert made.save(tmp_path / "status.csv") == tmp_path / "status-summary.csv"
    written = {file.name: file.read_text(encoding="utf-8") for file in files_of(tmp_path / "status.csv")}
    assert written == {f"status-{name}.csv": made.to_csv(name) for name in NAMES}


def test_json_has_the_sentences_of_page_one_with_their_records(status):
    """Each id is one that the sentence refers to."""
    told = cf.report(status).data["report"]
    assert told["brief"][0]["records"] == ["alder/3", "birch/5"]
    assert told["brief"][0]["text"].startswith("One breach is established and made good.")
    assert {row["figure"] for row in told["key_figures"]} >= {"breaches", "claims", "deadlines", "access"}
    assert [row["what"] for row in told["changes"]][:1]
    assert told["due"][0]["days"] == 5
