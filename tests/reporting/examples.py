"""The two examples that ship: the bulletins on Syria of May 2017, and the invented valley."""

from functools import cache
from importlib import resources
from pathlib import Path

import ceasefire as cf
from ceasefire.exchange.bulletins import read_bulletins

BULLETINS = resources.files("ceasefire") / "data" / "bulletins" / "syria_bulletins_2016_2018.csv"
THREE = ("syria-ceasefire-2016", "syria-astana-2017-01-24", "syria-de-escalation-2017")
VALLEY = Path(__file__).parents[2] / "examples" / "valley"


@cache
def bulletins():
    """Return the records that a journal has once it has taken the bulletins over."""
    with cf.Journal.in_memory(author="analyst") as journal:
        journal.extend(read_bulletins(BULLETINS))
        return tuple(journal)


@cache
def status(name):
    """Return the assessment of an example."""
    if name == "syria":
        asked = {"as_of": "2017-05-14", "since": "2017-05-06", "relays": True}
        return cf.assess([cf.agreement(n) for n in THREE], bulletins(), **asked)
    records = cf.read_records(VALLEY / "records.jsonl")
    return cf.assess(cf.agreement(VALLEY / "accord.toml"), records, as_of="2031-03-28", since="2031-03-20")


@cache
def made(name, audience="mechanism"):
    """Return the report on an example."""
    return cf.report(status(name), audience=audience)
