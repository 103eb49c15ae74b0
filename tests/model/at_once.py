"""The library against the plain model, for `make mutants`: drawn and modelled once, assessed for every mutant.

Not collected by `make test`, where Hypothesis draws anew (test_held_against_the_library.py,
properties/test_again.py). The questions are the same in every run: nothing here is random.
"""

import os
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from ceasefire.assessment import assess
from ceasefire.testing import read
from model.test_held_against_the_library import answer_alike, modelled, questions

#: Few questions kill most mutants in little time; the survivors may be asked more of them.
HANDFULS, EACH = 8, int(os.environ.get("CEASEFIRE_MUTANT_QUESTIONS") or 120) // 8


@cache
def asked():
    """Return questions, each with its agreements as read and the model's answer."""
    found = []

    @settings(
        max_examples=HANDFULS * EACH,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(questions())
    def draw(question):
        found.append((question, tuple(map(read, question[0])), modelled(question)))

    draw()
    return found


@pytest.fixture(autouse=True)
def _drawn_before():
    """Draw outside the test, which is timed to know how long a mutant may take."""
    asked()


@pytest.mark.parametrize("handful", range(HANDFULS))
def test_the_library_and_the_model_answer_alike(handful):
    """On the questions of one handful, both give the same rows and claims."""
    for question, _, wanted in asked()[handful::HANDFULS]:
        answer_alike(question, wanted)


@pytest.mark.parametrize("handful", range(HANDFULS))
def test_another_day_and_records_more_say_what_assessing_anew_says(handful):
    """Records that come in two parts, and days that come one after the other, give what all at once give."""
    for (_, said, known), agreements, _ in asked()[handful :: 4 * HANDFULS]:
        fresh = assess(agreements, said, **known)
        first = assess(agreements, said[: len(said) // 2], **known)
        whole = first.plus(*said[len(said) // 2 :])
        assert whole.to_dict() == fresh.to_dict()
        for day in ("2017-04-05", "2017-04-20"):
            whole = whole.at(day)
            assert whole.to_dict() == assess(agreements, said, **(known | {"as_of": day})).to_dict()
        assert whole.at(known["as_of"]).to_dict() == fresh.to_dict()
