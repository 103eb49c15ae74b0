"""The library against the plain model, for `make mutants`: drawn and modelled once, assessed for every mutant.

Not collected by `make test`, where Hypothesis draws anew (test_held_against_the_library.py).
The questions are the same in every run: nothing here is random.
"""

from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from model.test_held_against_the_library import answer_alike, modelled, questions

HANDFULS, EACH = 8, 75


@cache
def asked():
    """Return questions, each with the model's answer."""
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
        found.append((question, modelled(question)))

    draw()
    return found


@pytest.fixture(autouse=True)
def _drawn_before():
    """Draw outside the test, which is timed to know how long a mutant may take."""
    asked()


@pytest.mark.parametrize("handful", range(HANDFULS))
def test_the_library_and_the_model_answer_alike(handful):
    """On the questions of one handful, both give the same rows and claims."""
    for question, wanted in asked()[handful::HANDFULS]:
        answer_alike(question, wanted)
