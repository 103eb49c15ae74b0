"""An agreement with every field of the format, and ways to load it changed."""

import pytest

from ceasefire.errors import AgreementError
from ceasefire.instruments import agreement

EVERY_FIELD = """\
ceasefire = 1
id = "north-2020"
title = "Ceasefire in the North"
short = "North 2020"
uses = "north"
adopted = 2020-01-31
in_force = 2020-02-01T00:00:00
timezone = "Asia/Damascus"
months = "levantine"
duration = "P6M"
renewal = "tacit"
suspension = "runs"
termination = { by = ["red"], notice = "P14D" }
supplements = ["older-2019"]
amends = ["older-2018"]
replaces = ["older-2017"]
excluded = ["role:designated", "raiders"]
summary = "Both sides stop."
note = ["A model text.", { text = "It broke down in 2021.", known_from = 2021-01-02 }]
sources = ["text"]
codes = { pax = "1", un = ["S/1", "S/2"] }
unverified = true

[[effective]]
basis = "announced"
at = "2020-02"
by = "red"
note = "Red counts from the month."

[[source]]
id = "text"
title = "The text"
symbol = "N/2020/1"
url = "https://example.org/text"
language = "en"
date = 2020-01-31
licence = "public domain"

[[party]]
id = "raiders"
name = "Raiders"
short = "Rs"
aliases = ["The Raiders"]
roles = ["militia", { role = "designated", from = 2019-01-01, until = 2021-01-01, by = "UNSC" }]
member_of = ["blue-side", { group = "red", from = 2020-05-01T12:00:00+02:00 }]

[[standing]]
party = "red"
as = "signatory"
from = 2020-01-31
until = "2030-01"

[[zone]]
id = "north"
name = "The North"
short = "N"
outline = ["SY-ID", "SY-HL"]
aliases = "Upper land"
within = "land"
covers = ["valley"]
covers_part = ["hills"]

[[mechanism]]
id = "joint-committee"
name = "Joint Committee"
members = ["red", "blue-side"]
observers = ["watcher"]
rule = "consensus"
rules = { performance = "majority", event = "member:red" }
from = 2020-02-01
until = 2020-12-31
silence = "P3D"
offices = [{ party = "red", office = "chair", from = 2020-02-01, until = 2020-08-01 }]

[[mechanism]]
id = "older-committee"
members = "red"
rule = "as-reported"
oversees = "older-2019"

[[act]]
id = "attack.catapult"
name = "Catapult"
description = "Stones."
aliases = ["trebuchet"]
codes = { acled = "None" }

[[key]]
party = "red"
key = "ed25519:O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik="
from = 2020-01-01
until = 2021-01-01

[[commitment]]
id = "no-attacks"
title = "No attacks"
short = "Quiet"
summary = "Nobody attacks."
clause = "1"
owed_by = ["red", "blue-side"]
owed_to = ["the people"]
bearer = "implied"
duty = "refrain"
force = "political"
acts = ["attack", "attack.catapult"]
zones = ["north"]
except_zones = ["hills"]
except_against = ["role:militia", "raiders"]
except_when = "self-defence"
starts = 2020-02-02
until = { at = 2020-06-30, note = "or later" }
survives = ["suspension", "end"]
replaces = ["older-2017/no-attacks"]

[[commitment]]
id = "withdraw"
summary = "Guns go."
owed_by = ["red"]
duty = "achieve"
due = { at = 2020-03-01, note = "The annex has February." }
jointly = true
preemptive = true
restates = ["no-attacks"]

[[commitment]]
id = "return"
summary = "After the guns, the people."
owed_by = "blue-side"
duty = "achieve"
within = "P2W"
after = "active"
when = { fulfilled = "withdraw", until = 2020-05-01, note = "If at all." }

[[commitment]]
id = "compensate"
summary = "Who attacks, pays."
owed_by = ["red", "blue-side"]
duty = "achieve"
within = "PT72H"
when = { breach_of = "no-attacks", repairs = true }

[[commitment]]
id = "meet"
summary = "They meet."
owed_by = ["red", "blue-side"]
duty = "recur"
every = "P1M"
count = 2

[[commitment]]
id = "report"
summary = "They report to each meeting."
owed_by = ["red"]
duty = "recur"
every = { event = "meeting" }

[[commitment]]
id = "patrol"
summary = "Red may patrol once."
owed_by = ["red"]
duty = "permit"
once = true
when = { event = "round" }

[[commitment]]
id = "influence"
summary = "Red sees to it."
owed_by = ["red"]
duty = "maintain"
ensures = ["no-attacks", "older-2019/quiet"]
standard = "best-efforts"

[[commitment]]
id = "call"
summary = "All states are called on."
duty = "maintain"
force = "hortatory"
addressed_to = ["watcher"]

[[commitment]]
id = "thanks"
summary = "Thanks."
duty = "declare"
"""

REGISTER = """\
ceasefire = 1
id = "north"

[[party]]
id = "red"
guarantees = ["blue-side"]
roles = ["guarantor"]

[[party]]
id = "blue-side"
roles = ["umbrella"]

[[party]]
id = "watcher"

[[zone]]
id = "land"

[[zone]]
id = "valley"

[[zone]]
id = "hills"
"""


@pytest.fixture
def every_field():
    return EVERY_FIELD


@pytest.fixture
def register():
    return REGISTER


@pytest.fixture
def load(tmp_path):
    """Return a loader of a text, with its register beside it."""

    def load(text=EVERY_FIELD, register=REGISTER):
        (tmp_path / "north.toml").write_text(register, encoding="utf-8")
        file = tmp_path / "agreement.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return agreement(file)

    return load


@pytest.fixture
def mistakes(load):
    """Return a teller of the mistakes in a text: pairs of line and sentence."""

    def told(text=EVERY_FIELD, register=REGISTER):
        try:
            load(text, register)
        except AgreementError as error:
            return error.mistakes
        return ()

    return told
