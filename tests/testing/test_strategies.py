"""The strategies that ship: legal agreements, histories in which things collide, journals that hold them."""

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import Phase, given, seed, settings

import ceasefire as cf
from ceasefire.assessment.codes import PROBLEMS, REASONS
from ceasefire.assessment.determination.rules import DETERMINATIONS
from ceasefire.assessment.lifecycle.phases import AGREEMENT_STEPS, COMMITMENT_STEPS
from ceasefire.assessment.obligations.compliance import COMPLIANCE
from ceasefire.assessment.result.view import view_of
from ceasefire.record import KINDS
from ceasefire.testing import (
    agreement_sets,
    agreement_tables,
    agreements,
    histories,
    journals,
    moments,
    read,
    records,
    text,
)

#: Codes and rows that no drawn history reaches, each with why.
NOT_REACHED = {
    ("problem", "unreadable"): "a history is made of records, not of lines of a file",
    ("problem", "duplicate_id"): "a history gives each record its own id",
    ("problem", "fork"): "a history has no forked chain; journals that merge have",
    ("problem", "withheld"): "a history withholds no body",
    ("reason", "fork"): "a history has no forked chain",
    ("reason", "unsealed"): "a history has no seals",
    ("reason", "withheld"): "a history withholds no body",
    ("reason", "self_reported"): "every mechanism drawn has a member without a part in what is done",
    ("problem", "bad_seal"): "a history has no seals; journals have",
    ("problem", "unsealed"): "a history has no seals",
    ("problem", "incomplete"): "a history has no seals",
    ("problem", "similar_id"): "a history writes no number with leading zeros",
    ("problem", "unknown_author"): "every author is a party of the small world",
    ("problem", "clock_ahead"): "a history was received by nobody",
    ("problem", "no_period"): "what is counted or graded is of a period that ends",
}


def states():
    """Everything the tables, the lists of words and of codes allow."""
    wanted = {("determination", word) for word in DETERMINATIONS}
    wanted |= {("compliance", word) for word in (*COMPLIANCE, None)}
    wanted |= {("reason", code) for code in REASONS} | {("problem", code) for code in PROBLEMS}
    wanted |= {("kind", kind) for kind in KINDS}
    wanted |= {("agreement", *edge, to) for edge, to in AGREEMENT_STEPS.items()}
    wanted |= {(duty, *edge, to) for duty, table in COMMITMENT_STEPS.items() for edge, to in table.items()}
    wanted |= {("state", to) for to in ("not_in_force", *AGREEMENT_STEPS.values())}
    return wanted


def seen(history, as_of):
    """What one history shows of it."""
    status = history.assess(as_of)
    lists = status.to_dict()
    yield from (("kind", record.kind) for record in history.records)
    yield from (("determination", claim["determination"]) for claim in lists["claims"])
    yield from (("compliance", row["compliance"]) for row in lists["commitments"])
    yield from (("reason", reason["code"]) for reason in lists["reasons"])
    yield from (("problem", problem["code"]) for problem in lists["problems"])
    yield from (("state", agreement["state"]) for agreement in lists["agreements"])
    lives = [("agreement", "not_in_force", life.moves) for life in view_of(status).outcome.lives.values()]
    rows = [
        (view_of(status).world.commitments[r.commitment].duty, "pending", r.moves)
        for r in view_of(status).outcome.rows
    ]
    for of, state, moves in (*lives, *rows):
        for move in moves:
            yield (of, state, move.trigger, move.to)
            state = move.to  # noqa: PLW2901 - from row to row of the table


def test_histories_reach_all_that_the_design_has_words_for():
    """Every determination, compliance, state, row of the tables and code is reached, or is known not to be.

    In a quick run only the words; the rarest rows of the tables take thousands of examples.
    """
    missing = states() - set(NOT_REACHED)
    if settings().max_examples < 1_000:
        missing = {word for word in missing if word[0] in ("determination", "compliance", "kind", "state")}
    for number in range(60):

        @seed(number)
        @settings(max_examples=120, phases=[Phase.generate], database=None)
        @given(history=histories(most=16, commitments=6), as_of=moments())
        def chunk(history, as_of):
            missing.difference_update(seen(history, as_of))

        chunk()
        if not missing:
            break
    assert not missing, sorted(map(str, missing))


def test_what_is_not_reached_is_a_word_of_the_design():
    """The list of what no history reaches names only what there is."""
    assert set(NOT_REACHED) <= states()


@given(tables=agreement_tables())
def test_tables_are_read_as_the_file_they_are_written_as(tables):
    """Drawn tables are legal: they read as an agreement of that id with those commitments."""
    agreement = read(tables)
    assert agreement.id == "accord"
    assert [c.id for c in agreement.commitments] == [row["id"] for row in tables["commitment"]]
    assert text(tables).startswith('ceasefire = 1\nid = "accord"\n')


def test_a_change_that_breaks_a_rule_is_refused_as_in_a_file():
    """Tables can be changed before they are read, and are refused where a file would be."""

    @settings(max_examples=1)
    @given(tables=agreement_tables())
    def refused(tables):
        tables["commitment"][0] |= {"duty": "recur"}
        tables["commitment"][0].pop("every", None)
        with pytest.raises(cf.AgreementError, match="a recur needs every"):
            read(tables)

    refused()


@settings(max_examples=50)
@given(several=agreement_sets())
def test_a_set_can_be_assessed_together(several):
    """One or two agreements fit together, and nothing is said about them yet."""
    status = cf.assess(several, [], as_of="2017-05-01")
    assert [row["agreement"] for row in status.to_dict()["agreements"]] == ["accord", "annex"][: len(several)]


@given(history=histories(), as_of=moments(), since=moments())
def test_nothing_a_history_says_is_an_error(history, as_of, since):
    """However odd the records, an assessment is an answer; only a call can be wrong."""
    try:
        status = history.assess(as_of, since=since)
    except cf.InvalidTime:
        return  # since lay after as_of
    assert len(view_of(status).outcome.known.wordings.by_id) <= len(history.records)


@settings(max_examples=50)
@given(history=histories())
def test_the_records_of_a_history_have_each_an_id_of_its_own(history):
    """Ids are numbered by author, so that the records could be those of journals."""
    names = [record.id for record in history.records]
    assert len(set(names)) == len(names)
    by_author = Counter(record.by for record in history.records)
    assert set(names) == {f"{author}/{n + 1}" for author, count in by_author.items() for n in range(count)}


@settings(max_examples=50)
@given(kept=journals())
def test_a_journal_holds_a_whole_chain_that_can_be_assessed(kept):
    """What a drawn journal holds verifies, and an assessment takes it as it takes a list."""
    assert kept.journal.verify() == ()
    status = cf.assess(kept.agreements, kept.journal, as_of="2017-05-01")
    assert status.to_dict()["made_from"]["records"] == len(kept.journal)


@given(agreement=agreements(), several=records(read({"ceasefire": 1, "id": "bare", "adopted": "2017-03-28"})))
@settings(max_examples=5)
def test_records_can_be_drawn_for_an_agreement_without_commitments(agreement, several):
    """An agreement that promises nothing still has meetings, decisions and memberships."""
    assert not [r for r in several if r.kind in ("performance", "appraisal")]
    assert cf.assess(agreement, several, as_of="2017-05-01").agreements == (agreement,)


WITHOUT_HYPOTHESIS = """
import sys
sys.modules["hypothesis"] = None
import ceasefire
try:
    import ceasefire.testing
except ceasefire.MissingExtra as error:
    print(error)
"""


def test_without_hypothesis_the_missing_extra_is_named():
    """Where Hypothesis is not installed, importing the strategies says which extra brings it."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_HYPOTHESIS], capture_output=True, text=True, check=False, timeout=60
    )
    assert "pip install 'ceasefire[testing]'" in done.stdout, done.stderr
