"""One letter with an accent can be typed in two ways: names that differ in that only are one name."""

from unicodedata import normalize

import pytest

import ceasefire as cf
import pen


@pytest.fixture(params=["NFC", "NFD"])
def pact(request):
    """An agreement on a valley, its places typed in either way."""
    valley = {"id": "valley", "name": normalize(request.param, "Đồng Văn")}
    plain = {"id": "plain", "aliases": [normalize(request.param, "Ḥamāh Plain")]}
    return pen.truce(pen.commitment("stop", zones=["valley"]), zone=[valley, plain])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.filterwarnings("ignore")
def test_a_place_is_found_however_its_accents_are_typed(pact, form):
    """By name and by alias; a place that resolves to no zone would be a problem."""
    said = [
        pen.incident(n, place={"name": normalize(form, name)})
        for n, name in enumerate(["Đồng Văn", "ḤAMĀH plain"], start=1)
    ]
    status = cf.assess(pact, said, as_of="2020-02-10")
    assert not status.table("problems")
    assert [claim["under"] for claim in status.table("claims")] == ["truce/stop", ""]
