"""The public face: every name is there, found when it is asked for, and no other."""

import pickle
import subprocess
import sys

import pytest

import ceasefire as cf

ASKED = """
import sys
import ceasefire as cf

early = {name.split(".")[0] for name in sys.modules} & {"attrs", "attr", "pendulum", "cattrs", "click", "json"}
assert not early, f"import ceasefire brings in {sorted(early)}"
for name in reversed(cf.__all__):  # whatever is asked for first
    found = getattr(cf, name)
    assert found.__module__.startswith("ceasefire."), name
    assert getattr(cf, name) is found and vars(cf)[name] is found, name
assert cf.errors.CeasefireError is cf.CeasefireError and cf.testing.histories
from ceasefire import *
assert assess is cf.assess and agreement is cf.agreement and report is cf.report
heavy = {"pendulum", "cattrs", "click", "jinja2"} & set(sys.modules)
assert not heavy, f"asking for every name brings in {sorted(heavy)}"
"""


def test_every_name_is_there_whichever_is_asked_for_first():
    """Each name of `__all__` is found, once; importing brings in no package, and no name one that only some uses need."""
    subprocess.run([sys.executable, "-c", ASKED], check=True, timeout=60)


def test_names_are_listed_before_they_are_asked_for():
    """`dir` tells every name, whether or not it was asked for."""
    assert set(cf.__all__) <= set(dir(cf))


@pytest.mark.parametrize("name", ["asess", "nothing", "__wrapped__", "_hidden"])
def test_an_unknown_name_is_refused_as_python_does(name):
    """No name is made up: `hasattr` is false, and the error is that of any module."""
    with pytest.raises(AttributeError, match=f"module 'ceasefire' has no attribute '{name}'"):
        getattr(cf, name)


def test_what_is_found_can_be_pickled():
    """A class and a function are pickled by where they stand."""
    for found in (cf.Incident, cf.assess, cf.CeasefireError):
        assert pickle.loads(pickle.dumps(found)) is found  # noqa: S301 - ours
