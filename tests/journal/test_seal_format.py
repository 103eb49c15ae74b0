"""The bytes of a seal: what exactly is signed, and the one way in which it is written."""

import json
from base64 import b64encode
from hashlib import sha256

import pytest
from attrs import evolve
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.clock import instant
from ceasefire.errors import BadSeal
from ceasefire.instruments.public_keys import ALGORITHM
from ceasefire.journal import SigningKey
from ceasefire.journal.chain.seal import DOMAIN, from_json, make

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(32))
KEY = SigningKey(PRIVATE)
OTHER = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\1"))
HEAD = sha256(b"a record").digest()
SEAL = make("russia", 17, HEAD, instant("2017-05-15T13:00:00+03:00"), KEY)


def written(seal):
    """Return a seal as a line of a file."""
    return json.dumps(seal.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read(line):
    """Return the seal of a line; whatever is no JSON is no seal either."""
    try:
        return from_json(json.loads(line))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadSeal("no JSON") from error


def test_the_signed_bytes_are_these():
    """Anyone can check a seal with any Ed25519 library: this is what is signed, to the byte."""
    said = (
        '{"at":"2017-05-15T10:00:00Z","author":"russia","format":1,'
        f'"head":"{HEAD.hex()}","key":"ed25519:O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik=","length":17}}'
    )
    assert SEAL.signed_bytes == b"ceasefire: seal of a chain\n" + said.encode()
    PRIVATE.public_key().verify(SEAL.signature, SEAL.signed_bytes)
    assert SEAL.genuine


def test_a_seal_reads_back():
    """From its JSON, equal in all that is signed."""
    assert read(written(SEAL)) == SEAL
    assert SEAL.record == "russia/17"
    assert read(written(make("дума ﷽", 1, HEAD, instant("2017-05-15T10:00:00.000001Z"), KEY))).genuine


def test_the_same_seal_made_twice_is_one():
    """The signature is the same each time, so a journal holds it once."""
    assert make("russia", 17, HEAD, instant("2017-05-15T10:00:00Z"), KEY) == SEAL


@pytest.mark.parametrize(
    "change",
    [
        {"author": "turkey"},
        {"author": "russia "},
        {"length": 16},
        {"length": 18},
        {"head": sha256(b"another record").digest()},
        {"at": SEAL.at + 1},
        {"key": OTHER.public},
        {"signature": OTHER.sign(SEAL.signed_bytes)},
        {"signature": PRIVATE.sign(SEAL.signed_bytes.removeprefix(DOMAIN))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_seal_of_anything_else_is_not_genuine(change):
    """Another author, length, head, time or key, another's signature, or one without the line in front."""
    assert not evolve(SEAL, **change).genuine


def test_any_single_bit_changed_is_refused():
    """Wherever a bit of a seal flips – in a name, a digit, a sign, a quote – nothing takes it for one."""
    before = written(SEAL)
    for bit in range(len(before) * 8):
        line = bytearray(before)
        line[bit // 8] ^= 1 << bit % 8
        try:
            seal = read(bytes(line))
        except BadSeal:
            continue
        assert seal != SEAL, line
        assert not seal.genuine, line


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.none()
            | st.booleans()
            | st.integers()
            | st.text()
            | st.sampled_from([17, 1, "2017-05-15T10:00:00Z", HEAD.hex(), KEY.public])
            | st.lists(st.text(), max_size=2)
            for name in (*SEAL.to_json(), "x")
        },
    )
)
def test_nothing_odd_is_a_seal(said):
    """Whatever stands in its fields, it is refused with a sentence or it is no seal of this key."""
    try:
        seal = from_json(SEAL.to_json() | said)
    except BadSeal as refused:
        assert str(refused)  # noqa: PT017 - either outcome is right, each with its own condition
    else:
        assert seal == SEAL or not seal.genuine


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"format": True},
        {"length": 0},
        {"length": True},
        {"length": "17"},
        {"length": 2**60},
        {"author": ""},
        {"author": None},
        {"author": " russia"},
        {"author": 3},
        {"head": HEAD.hex().upper()},
        {"head": HEAD.hex()[:-2]},
        {"head": " ".join((HEAD.hex()[:32], HEAD.hex()[32:]))},
        {"at": "2017-05-15T13:00:00+03:00"},
        {"at": "2017-05-15T10:00:00"},
        {"at": "2017-05-15"},
        {"at": 0},
        {"key": KEY.public.removeprefix(ALGORITHM)},
        {"key": "ed25519:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
        {"signature": b64encode(SEAL.signature).decode() + "\n"},
        {"signature": b64encode(SEAL.signature[:-1]).decode()},
        {"signature": None},
        {"received": "2017-05-15T10:00:00Z"},
    ],
    ids=str,
)
def test_there_is_one_way_to_write_a_seal(change):
    """Another spelling would let one seal be held twice, and hide what was changed."""
    with pytest.raises(BadSeal):
        from_json(SEAL.to_json() | change)
    assert from_json(SEAL.to_json()) == SEAL


@pytest.mark.parametrize("value", [None, 3, "seal", [], {}, [SEAL.to_json()]])
def test_what_is_no_object_is_no_seal(value):
    """With the names of its fields."""
    with pytest.raises(BadSeal, match="at, author, format, head, key, length, signature"):
        from_json(value)
