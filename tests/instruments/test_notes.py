"""Notes know the future only from a day on: in the files that are shipped, and in what a report prints."""

import re
from datetime import date

import pytest
from attrs import evolve

import ceasefire as cf
from ceasefire.times_in_words import MONTHS

MONTH = "|".join(MONTHS)
_DATE = re.compile(rf"(?:(\d{{1,2}}) )?({MONTH}) (\d{{4}})|\b(20\d\d)\b")
#: Notes that name a later day and tell nothing that came later: what the text itself says, or may mean.
OF_THE_TEXT = {
    ("syria-astana-2017-01-24", "8 February 2017"): "the round that the text names",
    ("syria-de-escalation-2017", "6 May"): "the hour of entry into force",
    ("syria-de-escalation-2017", "18 May 2017"): "the deadline in the text, reckoned",
    ("unscr-2254", "18 June 2016"): "the end of the six months in the text, reckoned",
    ("unscr-2254", "18 June 2017"): "the end of the eighteen months in the text, reckoned",
    ("unscr-2254", "18 January 2016"): "the end of the month in the text, reckoned",
    ("unscr-2254", "16 February 2016"): "the end of the 60 days in the text, reckoned",
    ("unscr-2254", "January 2016"): "the target in the text",
    ("syria-ceasefire-2016", "16 January 2017"): "a day that the annexes are reported to have",
    ("syria-ceasefire-2016", "23 January 2017"): "a day that the annexes are reported to have",
    ("syria-ceasefire-2016", "January 2017"): "a day that the annexes are reported to have",
    ("syria-ceasefire-2016", "31 December 2016"): "a day that the annexes are reported to have",
    ("syria-moscow-2020", "12 March 2020"): "the deadline in the text, reckoned",
    ("syria-sochi-2019", "29 October 2019"): "the deadline in the text, reckoned",
    ("syria-cessation-2016-02", "27 February 2016"): "the hour at which the text lets the cessation begin",
}


def dates_in(text):
    """Return what a text names of days, months and years, each with its first day."""
    found = []
    for day, month, year, alone in _DATE.findall(text):
        first = date(int(year), MONTHS.index(month) + 1, int(day or 1)) if month else date(int(alone), 1, 1)
        found.append((" ".join(part for part in (day, month, year, alone) if part), first))
    return found


def noted(agreement):
    """Return the tables of an agreement that a report prints notes of."""
    overseers = [m for m in agreement.mechanisms if agreement.id in m.oversees]
    return (agreement, *agreement.effective, *agreement.standing, *overseers, *agreement.commitments)


@pytest.mark.parametrize("name", cf.agreements())
def test_what_came_after_the_text_is_known_from_a_day_on(name):
    """A note without a day names no day after the adoption, unless the text itself has it."""
    agreement = cf.agreement(name)
    adopted = date(agreement.adopted.year, agreement.adopted.month, agreement.adopted.day)
    later = [
        (stated, note.text)
        for table in noted(agreement)
        for note in table.notes
        for stated, first in dates_in(note.text)
        if note.known_from is None and first > adopted and (name, stated) not in OF_THE_TEXT
    ]
    assert not later


def test_no_note_tells_what_came_after_the_day_it_is_known_from():
    """A day in a note is no later than the one from which it is known."""
    for name in cf.agreements():
        agreement = cf.agreement(name)
        for table in (*noted(agreement), *agreement.parties, *agreement.zones, *agreement.mechanisms):
            for note in table.notes:
                if note.known_from is not None:
                    known = date(note.known_from.year, note.known_from.month, note.known_from.day)
                    assert [s for s, first in dates_in(note.text) if first > known] == [], note.text


def text_of(agreement, **asked):
    """Return what a report on an agreement, and on those it refers to, says, on one line."""
    others = [cf.agreement("syria-ceasefire-2016")] if "2017-01-24" in agreement.id else []
    report = cf.report(cf.assess([agreement, *others], [], **asked))
    return " ".join(re.sub(r"[\\*_]", "", report.to_markdown()).split())


@pytest.mark.parametrize("name", cf.agreements())
def test_a_report_does_not_print_what_was_not_known_by_its_day(name):
    """As of the day of adoption no later note is printed; long after that, all are, each with its day."""
    agreement = cf.agreement(name)
    dated = {note.text for table in noted(agreement) for note in table.notes if note.known_from is not None}
    adopted = str(agreement.adopted)
    early, late = text_of(agreement, as_of=adopted), text_of(agreement, as_of="2030-01-01")
    known_then = text_of(agreement, as_of="2030-01-01", known_at=adopted)
    for text in dated:
        first = next(n for t in noted(agreement) for n in t.notes if n.text == text).known_from
        assert (text in early) == (text in known_then) == (str(first) <= adopted), text
        assert f"{text} (known from " in late, text


def test_a_note_is_printed_from_its_day_on():
    """The maps of 4 June 2017 were not ready: so a report of that day does not say, and one of the next does."""
    memo = cf.agreement("syria-de-escalation-2017")
    for day, told in (("2017-06-04", False), ("2017-06-05", True)):
        text = text_of(memo, as_of=day)
        assert ("The maps were not ready on 4 June." in text) == told
    both = text_of(memo, as_of="2017-12-31")
    assert "agreed in Ankara on 8 September 2017. (known from 8 September)" in both


def test_who_ends_it_alone_and_who_chairs_are_printed(tmp_path):
    """A report names them; an office has no effect beyond that."""
    path = tmp_path / "pact.toml"
    path.write_text(
        'ceasefire = 1\nid = "pact"\nadopted = 2020-01-01\n'
        'termination = { by = ["one", "two"], notice = "P14D" }\n'
        '[[party]]\nid = "one"\nname = "First"\n[[party]]\nid = "two"\nname = "Second"\n'
        '[[mechanism]]\nid = "m"\nmembers = ["one", "two"]\n'
        'offices = [{ party = "two", office = "chair", from = 2020-02-01 }]\n'
    )
    text = text_of(cf.agreement(path), as_of="2020-03-01")
    assert "may be ended by First or Second alone, on notice of 14 days" in text
    assert "; chair: Second from 1 February" in text


def test_a_script_may_write_a_note_as_a_text_or_with_its_day():
    """As a file may: one text, one note, or several; what is read back as `note` was known from the start."""
    later = cf.Note(text="Later.", known_from=None)
    assert cf.Party(id="a", note="At once.").notes == (cf.Note(text="At once."),)
    assert cf.Party(id="a", note=later).notes == (later,)
    assert cf.Party(id="a", note="").notes == cf.Party(id="a").notes == ()
    dated = evolve(later, known_from=cf.agreement("syria-moscow-2020").adopted)
    assert cf.Party(id="a", note=[later, dated]).note == "Later."
