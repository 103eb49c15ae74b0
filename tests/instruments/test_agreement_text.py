"""An agreement as text: everything a file says, nothing that a terminal would obey."""

import pytest

from ceasefire.errors import UnknownAgreement
from ceasefire.instruments import agreement, agreements, as_text


def test_all_that_a_commitment_says_can_be_read(load):
    """Each term of the example stands in the text in words."""
    text = as_text(load())
    for words in (
        "Ceasefire in the North\n======================",
        "id:          north-2020",
        "short:       North 2020",
        "terminated:  by red alone, on notice of P14D",
        "A model text.",
        "It broke down in 2021. (known from 2021-01-02)",
        "in force:    2020-02-01T00:00:00+02:00",
        "duration:    P6M, renewal tacit",
        "suspended:   deadlines run",
        "codes:       pax 1, un S/1, un S/2",
        "unverified:  yes",
        "2020-02 (announced, by red)",
        "red: signatory from 2020-01-31 until 2030-01",
        "Joint Committee [joint-committee] from 2020-02-01 until 2020-12-31",
        "Members: red, blue-side. Rule: consensus.",
        "Rules for single kinds of claim: event member:red, performance majority.",
        "Silence of P3D is consent to a decision.",
        "1 No attacks [no-attacks]",
        "Political, to refrain; owed by red (signatory from 2020-01-31 until 2030-01), blue-side; bearer implied.",
        "Breached by: attack, attack.catapult.",
        "Not in: hills.",
        "Not when: self-defence.",
        "Starts 2020-02-02.",
        "Until 2020-06-30 (or later).",
        "Replaces: older-2017/no-attacks.",
        "Binding, to achieve; owed by red (signatory from 2020-01-31 until 2030-01), one debt of all; bearer stated.",
        "Due 2020-03-01 (The annex has February).",
        "Done before it begins, it counts too.",
        "Restates: no-attacks.",
        "Due P2W after this became active.",
        "On north-2020/withdraw being fulfilled, until 2020-05-01.",
        "On a breach of north-2020/no-attacks, which it repairs.",
        "Every P1M, 2 times.",
        "Every meeting, once.",
        "Exercised once, it ends.",
        "On the event round.",
        "Ensures: older-2019/quiet.",
        "Standard: best-efforts.",
        "Hortatory, to maintain.",
        "Calls on: watcher.",
        "Binding, declared.",
        "Also: The Raiders.",
        "Also: trebuchet.",
        "Raiders [raiders] In short: Rs.",
        "The North [north] In short: N.",
        "1 No attacks [no-attacks] In short: Quiet.",
        "Outline: SY-ID, SY-HL.",
        "Offices: red chair from 2020-02-01 until 2020-08-01.",
        "Roles: militia, designated from 2019-01-01 until 2021-01-01 by UNSC.",
        "Member of: blue-side, red from 2020-05-01T12:00:00+02:00.",
        "Guarantees: blue-side.",
        "Covers in part: hills.",
        "Catapult [attack.catapult]",
        "Stones.",
        "red: ed25519:O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik= from 2020-01-01 until 2021-01-01",
        "Said on the telephone: 139e 3940 e64b 5491 7220 88d9 a0d7 4162.",
        "older-committee [older-committee]",
        "Oversees: older-2019.",
        "[text] The text",
        "north: sha256 ",
    ):
        assert words in text or words in " ".join(text.split())


def test_all_that_stands_in_the_file_can_be_read_and_of_a_register_what_it_names(load, every_field, register):
    """A table nothing refers to is printed from the file; from a register it would be noise."""
    unused = (
        '\n[[party]]\nid = "{0}-party"\nnote = "{0} is a party."\n'
        '\n[[zone]]\nid = "{0}-zone"\nnote = "{0} is a place."\n'
        '\n[[source]]\nid = "{0}-source"\nnote = "{0} is a source."\n'
        '\n[[act]]\nid = "{0}-act"\nnote = "{0} is an act."\n'
    )
    text = as_text(load(every_field + unused.format("own"), register + unused.format("shared")))
    for kind in ("a party", "a place", "a source", "an act"):
        assert f"Note: own is {kind}." in text
    assert "shared-" not in text


def test_what_nobody_read_in_a_source_says_so(load, every_field):
    """A table completed from general knowledge is marked, with sources or without."""
    text = as_text(load(every_field + '\n[[party]]\nid = "elders"\nunverified = true\n'))
    assert "  elders [elders]\n    Unverified.\n" in text
    assert "(unverified)" not in text


def test_it_is_the_same_text_each_time(load):
    """The text depends on the files alone."""
    assert as_text(load()) == as_text(load())


@pytest.mark.parametrize("name", agreements())
def test_every_agreement_of_the_catalogue_is_shown_whole(name):
    """Each commitment stands in the text with its summary, whatever the line breaks."""
    made = agreement(name)
    text = " ".join(as_text(made).split())
    for commitment in made.commitments:
        assert f"[{commitment.id}]" in text
        assert " ".join(commitment.summary.split()) in text
    assert max(map(len, as_text(made).splitlines())) < 200


def test_signs_that_steer_a_terminal_are_shown_as_codes(load, every_field):
    """An escape sequence or a reversed name is printed as what it is; Persian joiners stay."""
    evil = every_field.replace('title = "No attacks"', 'title = "No\\u001b[31m \\u202eattacks \\u200cx"')
    text = as_text(load(evil))
    assert "No[U+001B][31m [U+202E]attacks \u200cx" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("given", ["syria-ceasefire-2016", None, 3])
def test_what_was_not_read_has_no_text(given):
    """An id names an agreement, and is none: the error says how it is read."""
    with pytest.raises(UnknownAgreement, match=r"read it first, with ceasefire\.agreement\(id or path\)"):
        as_text(given)
