"""Public keys as a register holds them: what is a key, and when it signs."""

import pytest
from attrs import evolve

from ceasefire.clock import instant, moment
from ceasefire.errors import ConflictingDefinitions
from ceasefire.instruments import Key
from ceasefire.instruments.keys import Keyring
from ceasefire.instruments.public_keys import fingerprint, is_public_key, key_bytes, key_text, public_key
from ceasefire.instruments.together import together
from ceasefire.instruments.values import Wrong

#: Those of the private keys of 32 zeros, and of 31 zeros and a one.
FIRST = "ed25519:O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik="
SECOND = "ed25519:TLWr9q15+/WrvMr8wmnYXNJlHtS4hbWGnyQa7fCluik="


def at(text):
    """Return an instant in microseconds."""
    return instant(text).us


def ring(*keys, timezone="Asia/Damascus"):
    """Return a keyring of keys given as (party, key, from, until)."""
    return Keyring(
        tuple(
            Key(party=party, key=key, from_=start and moment(start), until=end and moment(end))
            for party, key, start, end in keys
        ),
        timezone,
    )


@pytest.mark.parametrize(
    "height",
    [
        "00" * 32,
        "01" + "00" * 31,
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ff" * 32,
    ],
)
@pytest.mark.parametrize("sign", [0, 0x80])
def test_a_point_by_which_anybody_could_sign_is_no_key(height, sign):
    """The points of small order, and second encodings of a point, are refused with either sign."""
    data = bytearray.fromhex(height)
    data[-1] |= sign
    with pytest.raises(Wrong, match="no key"):
        public_key(key_text(bytes(data)))


def test_a_key_reads_back():
    """Text to bytes and back; the fingerprint is of the bytes."""
    assert key_text(key_bytes(FIRST)) == FIRST == public_key(FIRST)
    assert len(key_bytes(FIRST)) == 32
    assert fingerprint(FIRST) == "139e 3940 e64b 5491 7220 88d9 a0d7 4162"
    assert fingerprint(SECOND) != fingerprint(FIRST)


def test_it_can_be_asked_whether_a_text_is_a_key():
    """Whoever reads a seal asks first, whatever stands there."""
    assert is_public_key(FIRST)
    assert not is_public_key(FIRST[:-2])
    assert not is_public_key(None)


def test_a_private_key_is_never_shown():
    """A message may end in a log; the secret does not."""
    with pytest.raises(Wrong) as told:
        public_key("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI")
    assert "MC4CAQ" not in str(told.value) + told.value.instead


def test_a_key_signs_from_the_day_it_begins_to_the_end_of_its_last_day():
    """Days are those of the agreement's time zone; the key that replaces it takes over at midnight."""
    keys = ring(("red", FIRST, "2020-01-01", "2020-06-30"), ("red", SECOND, "2020-07-01", None))
    for text, first, last in (
        (FIRST, "2019-12-31T22:00:00Z", "2020-06-30T20:59:59.999999Z"),
        (SECOND, "2020-06-30T21:00:00Z", "2999-01-01T00:00:00Z"),
    ):
        assert keys.objection("red", text, at(first)) == ""
        assert keys.objection("red", text, at(last)) == ""
        assert "does not sign for red at" in keys.objection("red", text, at(first) - 1)
    assert keys.objection("red", FIRST, at(last)) == (
        f"the key {FIRST} does not sign for red at 2999-01-01T00:00:00Z: "
        "it signs from 2020-01-01 until 2020-06-30"
    )


def test_an_instant_ends_a_key_at_that_instant():
    """Windows are half-open."""
    keys = ring(("red", FIRST, None, "2020-06-30T12:00:00Z"))
    assert keys.objection("red", FIRST, at("2020-06-30T11:59:59.999999Z")) == ""
    assert keys.objection("red", FIRST, at("2020-06-30T12:00:00Z"))


def test_a_key_signs_for_its_own_party():
    """Nobody's key signs for another, and an unknown key for nobody."""
    keys = ring(("red", FIRST, None, None))
    assert "is declared for red, not for blue-side" in keys.objection("blue-side", FIRST, 0)
    assert "no agreement given declares" in keys.objection("red", SECOND, 0)


def test_who_has_declared_no_key_may_sign_with_one_that_is_not_declared():
    """A party may begin to seal before the register is printed: nothing says that the key is not its own."""
    keys = ring(("red", FIRST, "2020-01-01", None))
    assert keys.objection("blue-side", SECOND, 0) == ""
    assert "no agreement given declares" in keys.objection("red", SECOND, 0)
    assert ring().objection("red", FIRST, 0) == ""


def test_who_has_a_key():
    """From the first instant of its first key on; before, nobody expected a seal."""
    keys = ring(("red", FIRST, "2020-01-01", None))
    assert keys.declared("red")
    assert not keys.declared("blue-side")
    assert keys.declared("red", at("2019-12-31T22:00:00Z"))
    assert not keys.declared("red", at("2019-12-31T21:59:59Z"))


def test_keys_of_agreements_used_together_are_one_ring(load):
    """The same declaration in two files is one; two that differ are refused."""
    north = load()
    world = together([north, evolve(north, id="south-2021", mechanisms=(), commitments=())])
    assert world.keys == Keyring(north.keys, "Asia/Damascus")
    other = evolve(north.keys[0], party="watcher")
    with pytest.raises(ConflictingDefinitions, match=r"the key 'ed25519:.*' is defined in two ways \(party"):
        together([north, evolve(north, id="south-2021", mechanisms=(), commitments=(), keys=(other,))])
