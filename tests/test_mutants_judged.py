"""What `make mutants` makes of a run: it fails on every survivor that nobody explained, and on no run at all."""

import importlib.util
import re
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SURVIVOR = ("determination.rules.decides", "return a > b", "return a >= b")


@pytest.fixture
def mutants(monkeypatch):
    """Return the script, for which every mutant changes the same."""
    spec = importlib.util.spec_from_file_location("mutants_script", ROOT / ".ci" / "mutants.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "described", lambda _: SURVIVOR)
    return script


def states(killed, survived=0, by_the_clock=0, untried=0):
    """Return the states of so many mutants."""
    words = (
        ["killed"] * killed + ["survived"] * survived + ["timeout"] * by_the_clock + ["not checked"] * untried
    )
    return {
        f"ceasefire.assessment.determination.rules.x_decides__mutmut_{n}": word
        for n, word in enumerate(words, 1)
    }


def test_all_killed_is_right(mutants, capsys):
    """Nothing is wrong where every mutant is killed."""
    assert mutants.judged(states(100), Counter()) == []
    assert "| determination.rules | 100 | 100 | 0 |" in capsys.readouterr().out


def test_stopped_by_the_clock_on_the_wall_is_not_killed(mutants):
    """On a busy machine any test may take long: only one that failed has noticed something."""
    (told,) = mutants.judged(states(99, by_the_clock=1), Counter())
    assert "timeout" in told


def test_a_run_without_mutants_fails(mutants):
    """Where nothing was changed, nothing was tested."""
    assert mutants.judged({}, Counter()) == ["there are no mutants: nothing was tested"]


def test_a_survivor_that_nobody_explained_fails(mutants):
    """It is told with what the list would have to say."""
    (told,) = mutants.judged(states(99, survived=1), Counter())
    assert "rules.x_decides__mutmut_100: survived" in told
    assert "now = 'return a >= b'" in told


def test_a_survivor_on_the_list_passes_as_often_as_it_is_listed(mutants):
    """Of two that read alike, one explained is not both explained."""
    assert mutants.judged(states(99, survived=1), Counter([SURVIVOR])) == []
    assert len(mutants.judged(states(98, survived=2), Counter([SURVIVOR]))) == 1


def test_a_mutant_never_tried_is_none_that_was_killed(mutants):
    """A run that was cut off proves nothing about what it did not reach."""
    (told,) = mutants.judged(states(99, untried=1), Counter())
    assert "not checked" in told


def test_too_few_killed_fails_though_all_be_explained(mutants):
    """Explanations are for the few: 95 of a hundred must be killed, 94 will not do."""
    assert mutants.judged(states(95, survived=5), Counter({SURVIVOR: 5})) == []
    (told,) = mutants.judged(states(94, survived=6), Counter({SURVIVOR: 6}))
    assert told == "less than 95 % of the mutants are killed"


def test_an_explanation_of_what_is_killed_by_now_fails(mutants):
    """The list must not grow old; modules that were not tried are no matter."""
    (told,) = mutants.judged(states(100), Counter([SURVIVOR]))
    assert told.startswith("listed, but killed or gone: determination.rules.decides")
    assert mutants.judged(states(100), Counter([("scope.scope.other", "a", "b")])) == []


def test_the_list_names_functions_that_there_are_and_gives_reasons():
    """Every entry has a function of the assessment, the line as it is there, and a reason in a sentence."""
    listed = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))["equivalent"]
    for entry in listed:
        *rooms, function = entry["function"].split(".")
        rooms = [part for part in rooms if part.lstrip("_").islower()]  # a method stands in a class
        path = ROOT.joinpath("src/ceasefire/assessment", *rooms).with_suffix(".py")
        source = path.read_text(encoding="utf-8")
        assert f"def {function}(" in source, entry
        assert " ".join(entry["was"].split()) in " ".join(source.split()), entry
        assert entry["was"] != entry["now"], entry
        assert entry["why"].endswith("."), entry


def test_the_page_names_modules_that_there_are():
    """Its figures are of modules by the names that they have now, and so are its examples."""
    page = (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([a-z_., ]+) \| \d", page, re.MULTILINE)
    examples = re.findall(r'ONLY="?([a-z_. ]+)"?|--again ([a-z_.]+)', page)
    named = re.findall(r"[a-z_.]+", " ".join([*cells, *chain.from_iterable(examples)]))
    assert len(named) > 40
    folder = ROOT / "src" / "ceasefire" / "assessment"
    assert not [name for name in named if not folder.joinpath(*name.split(".")).with_suffix(".py").exists()]
