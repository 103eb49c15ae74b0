"""One letter with an accent can be typed in two ways: names that differ in that only are one name."""

from unicodedata import normalize

import pytest

import ceasefire as cf
import pen

PACT = """
ceasefire = 1
id = "pact"
adopted = 2020-01-01
[[party]]
id = "red"
[[zone]]
id = "valley"
name = "Đồng Văn"
[[zone]]
id = "plain"
aliases = ["Ḥamāh Plain"]
[[mechanism]]
id = "panel"
members = ["red"]
rule = "any"
[[commitment]]
id = "stop"
summary = "Stop."
duty = "refrain"
owed_by = "red"
acts = "attack"
zones = ["valley"]
"""


@pytest.fixture(params=["NFC", "NFD"])
def pact(request, tmp_path):
    """The pact, typed in either way."""
    path = tmp_path / "pact.toml"
    path.write_text(normalize(request.param, PACT), encoding="utf-8")
    return cf.agreement(path)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.filterwarnings("ignore")
def test_a_place_is_found_however_its_accents_are_typed(pact, form):
    """By name and by alias; a place that resolves to no zone would be a problem."""
    said = [
        pen.incident(
            n,
            recorded="2020-02-02T00:00:00Z",
            occurred="2020-02-01",
            accused="red",
            place={"name": normalize(form, name)},
        )
        for n, name in enumerate(["Đồng Văn", "ḤAMĀH plain"], start=1)
    ]
    status = cf.assess(pact, said, as_of="2020-02-10")
    assert not status.table("problems")
    assert [claim["under"] for claim in status.table("claims")] == ["pact/stop", ""]
