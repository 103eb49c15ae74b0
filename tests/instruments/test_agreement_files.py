"""Every field of the format is read and kept; files and registers are found."""

import tomllib
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest

from ceasefire.clock import PartialDate, duration, instant, moment
from ceasefire.errors import AgreementError, UnknownAgreement, UnreadableFile
from ceasefire.instruments import agreement, agreements, as_text, check, terms
from ceasefire.instruments.catalogue import acts_file, is_agreement, place_of, register_file
from ceasefire.instruments.files.shape import TABLES, Head, field_names


def _by_id(values):
    return {value.id: value for value in values}


def test_the_head_is_kept(load):
    """Every field of the head is kept, local times read in the agreement's time zone."""
    made = load()
    assert (made.id, made.title, made.uses) == ("north-2020", "Ceasefire in the North", ("north",))
    assert made.adopted == PartialDate(2020, 1, 31)
    assert made.in_force == instant("2020-02-01T00:00:00+02:00")
    assert str(made.in_force) == "2020-02-01T00:00:00+02:00"
    assert (made.by_decision, made.timezone, made.duration) == (False, "Asia/Damascus", duration("P6M"))
    assert (made.short, made.renewal, made.suspension) == ("North 2020", "tacit", "runs")
    assert made.termination == terms.Termination(by=("red",), notice=duration("P14D"))
    assert made.notes == (
        terms.Note(text="A model text."),
        terms.Note(text="It broke down in 2021.", known_from=PartialDate(2021, 1, 2)),
    )
    assert (made.supplements, made.amends, made.replaces) == (
        ("older-2019",),
        ("older-2018",),
        ("older-2017",),
    )
    assert made.excluded == ("role:designated", "raiders")
    assert (made.summary, made.note, made.sources, made.unverified) == (
        "Both sides stop.",
        "A model text.",
        ("text",),
        True,
    )
    assert made.codes == (("pax", "1"), ("un", "S/1"), ("un", "S/2"))


def test_the_tables_are_kept(load):
    """Every field of every table but the commitments is kept."""
    made = load()
    assert made.effective == (
        terms.Effective(
            basis="announced", at=PartialDate(2020, 2), by="red", note="Red counts from the month."
        ),
    )
    assert made.source_list == (
        terms.Source(
            id="text",
            title="The text",
            symbol="N/2020/1",
            url="https://example.org/text",
            language="en",
            date=PartialDate(2020, 1, 31),
            licence="public domain",
        ),
    )
    assert _by_id(made.parties)["raiders"] == terms.Party(
        id="raiders",
        name="Raiders",
        short="Rs",
        aliases=("The Raiders",),
        roles=(
            terms.RoleTerm(role="militia"),
            terms.RoleTerm(
                role="designated", from_=PartialDate(2019, 1, 1), until=PartialDate(2021, 1, 1), by="UNSC"
            ),
        ),
        member_of=(
            terms.MemberTerm(group="blue-side"),
            terms.MemberTerm(group="red", from_=instant("2020-05-01T12:00:00+02:00")),
        ),
    )
    assert made.standing == (
        terms.Standing(
            party="red", as_="signatory", from_=PartialDate(2020, 1, 31), until=PartialDate(2030, 1)
        ),
    )
    assert _by_id(made.zones)["north"] == terms.Zone(
        id="north",
        name="The North",
        short="N",
        outline=("SY-ID", "SY-HL"),
        aliases=("Upper land",),
        within="land",
        covers=("valley",),
        covers_part=("hills",),
    )
    assert made.mechanisms == (
        terms.Mechanism(
            id="joint-committee",
            name="Joint Committee",
            members=("red", "blue-side"),
            observers=("watcher",),
            rule="consensus",
            rules=(("event", "member:red"), ("performance", "majority")),
            oversees=("north-2020",),
            from_=PartialDate(2020, 2, 1),
            until=PartialDate(2020, 12, 31),
            silence=duration("P3D"),
            offices=(
                terms.Office(
                    party="red", office="chair", from_=PartialDate(2020, 2, 1), until=PartialDate(2020, 8, 1)
                ),
            ),
        ),
        terms.Mechanism(
            id="older-committee",
            name="older-committee",
            members=("red",),
            rule="as-reported",
            oversees=("older-2019",),
        ),
    )
    assert _by_id(made.acts)["attack.catapult"] == terms.Act(
        id="attack.catapult",
        name="Catapult",
        description="Stones.",
        aliases=("trebuchet",),
        codes=(("acled", "None"),),
    )
    assert made.keys == (
        terms.Key(
            party="red",
            key="ed25519:O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik=",
            from_=PartialDate(2020, 1, 1),
            until=PartialDate(2021, 1, 1),
        ),
    )
    assert made.roles == (*terms.ROLES, "militia")


def test_the_commitments_are_kept(load):
    """Every field of a commitment is kept, and references stand in full."""
    made = _by_id(load().commitments)
    assert made["no-attacks"] == terms.Commitment(
        id="no-attacks",
        agreement="north-2020",
        title="No attacks",
        short="Quiet",
        summary="Nobody attacks.",
        clause="1",
        owed_by=("red", "blue-side"),
        owed_to=("the people",),
        bearer="implied",
        duty="refrain",
        force="political",
        acts=("attack", "attack.catapult"),
        zones=("north",),
        except_zones=("hills",),
        except_against=("role:militia", "raiders"),
        except_when="self-defence",
        starts=PartialDate(2020, 2, 2),
        until=PartialDate(2020, 6, 30),
        until_note="or later",
        survives=("suspension", "end"),
        replaces=("older-2017/no-attacks",),
    )
    withdraw = made["withdraw"]
    assert (withdraw.due, withdraw.due_note) == (PartialDate(2020, 3, 1), "The annex has February.")
    assert (withdraw.jointly, withdraw.preemptive, withdraw.restates) == (
        True,
        True,
        ("north-2020/no-attacks",),
    )
    assert made["return"].when == terms.Condition(
        fulfilled="north-2020/withdraw", until=PartialDate(2020, 5, 1), note="If at all."
    )
    assert (made["return"].within, made["return"].after, made["return"].owed_by) == (
        duration("P2W"),
        "active",
        ("blue-side",),
    )
    assert made["compensate"].when == terms.Condition(breach_of="north-2020/no-attacks", repairs=True)
    assert (made["meet"].every, made["meet"].count) == (terms.Recurrence(duration=duration("P1M")), 2)
    assert made["report"].every == terms.Recurrence(event="meeting")
    assert (made["patrol"].once, made["patrol"].when) == (True, terms.Condition(event="round"))
    assert (made["influence"].ensures, made["influence"].standard) == (
        ("north-2020/no-attacks", "older-2019/quiet"),
        "best-efforts",
    )
    assert made["call"].addressed_to == ("watcher",)
    assert made["thanks"].duty == "declare"


def test_the_example_has_every_field(every_field, register):
    """The example used here names each field of the format at least once."""
    tables = tomllib.loads(every_field)
    tables["party"] += tomllib.loads(register)["party"]
    everywhere = set(field_names(terms.Noted))
    for name, cls in TABLES.items():
        written = set().union(*tables[name])
        assert set(field_names(cls)) - everywhere <= written, name
    assert set(field_names(Head)) <= tables.keys()


def test_a_title_or_name_left_out_is_the_id(load):
    """Whoever prints a party, a zone or a commitment always has a name for it."""
    made = load()
    assert _by_id(made.parties)["red"].name == "red"
    assert _by_id(made.zones)["land"].name == "land"
    assert _by_id(made.commitments)["meet"].title == "meet"
    bare = load('ceasefire = 1\nid = "bare"\nadopted = 2020-01-01\n')
    assert bare.title == "bare"


def test_in_force_left_out_is_the_day_of_adoption(load):
    """Without in_force, an agreement is in force from its adoption."""
    made = load('ceasefire = 1\nid = "bare"\nadopted = 2020-01-01\n')
    assert made.in_force == made.adopted == PartialDate(2020, 1, 1)


def test_entry_into_force_by_decision_has_no_moment(load):
    """`by-decision` leaves the moment to a decision."""
    made = load('ceasefire = 1\nid = "bare"\nadopted = 2020-01-01\nin_force = "by-decision"\n')
    assert (made.by_decision, made.in_force, made.adopted) == (True, None, PartialDate(2020, 1, 1))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-02-01", "2020-02-01"),
        ('"2020-02-01"', "2020-02-01"),
        ('"2020-02"', "2020-02"),
        ("2020-02-01T10:00:00+03:00", "2020-02-01T10:00:00+03:00"),
        ("2020-02-01 10:00:00Z", "2020-02-01T10:00:00Z"),
        ('"2020-02-01T10:00Z"', "2020-02-01T10:00:00Z"),
        ("2020-07-01T10:00:00", "2020-07-01T10:00:00+03:00"),
        ('"2020-07-01T10:00"', "2020-07-01T10:00:00+03:00"),
        ("2020-02-01T10:00:00", "2020-02-01T10:00:00+02:00"),
    ],
)
def test_a_moment_is_a_toml_date_or_time_or_its_text(load, written, read):
    """Dates stay dates; local times take the offset that Damascus had on that day."""
    made = load(f'ceasefire = 1\nid = "bare"\ntimezone = "Asia/Damascus"\nin_force = {written}\n')
    assert made.in_force == moment(read)


def test_digests_name_the_file_then_its_registers_then_the_acts(load):
    """What an agreement was read from is told by the SHA-256 of each file."""
    digests = load().digests
    assert [name for name, _ in digests] == ["north-2020", "north", "acts"]
    assert all(len(digest) == 64 for _, digest in digests)


def test_a_register_beside_the_file_goes_before_the_shipped_one(tmp_path):
    """Whoever has a corrected register of the same name uses theirs."""
    (tmp_path / "syria.toml").write_text('ceasefire = 1\nid = "syria"\n[[party]]\nid = "mine"\n')
    file = tmp_path / "a.toml"
    file.write_text('ceasefire = 1\nid = "a"\nadopted = 2020-01-01\nuses = "syria"\n')
    assert [party.id for party in agreement(file).parties] == ["mine"]


def test_a_register_may_use_registers(load, register, tmp_path):
    """What a register uses is there for the file as well, each once, even in a circle."""
    (tmp_path / "more.toml").write_text(
        'ceasefire = 1\nid = "more"\nuses = "north"\n[[party]]\nid = "green"\n'
    )
    made = load(register=register.replace('id = "north"', 'id = "north"\nuses = ["more", "north"]', 1))
    assert "green" in _by_id(made.parties)
    assert [name for name, _ in made.digests] == ["north-2020", "north", "more", "acts"]


def test_equal_definitions_are_one(load, every_field):
    """A party that a file repeats from its register word for word is one party."""
    twice = every_field + '\n[[party]]\nid = "watcher"\nname = "watcher"\n'
    assert [party.id for party in load(twice).parties].count("watcher") == 1


def test_a_file_is_not_its_own_register(tmp_path):
    """An agreement that somebody calls syria.toml uses the shipped register, not itself."""
    path = tmp_path / "syria.toml"
    path.write_text('ceasefire = 1\nid = "mine"\nuses = "syria"\nadopted = 2020-01-01\nexcluded = "nusra"\n')
    assert agreement(path).digests[1][0] == "syria"
    assert "idlib-area" in {zone.id for zone in agreement(path).zones}


def test_what_is_shipped_in_a_zip_uses_the_registers_shipped(tmp_path):
    """There is no folder beside it in which somebody could put one of their own."""
    with ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("catalogue/memo.toml", "")
        packed.writestr("catalogue/own.toml", "")
        file = ZipPath(packed, "catalogue/memo.toml")
        assert place_of(register_file("syria", file)).endswith("syria.toml")
        assert register_file("own", file) is None


def test_a_word_is_an_agreement_if_it_is_an_id_of_the_catalogue_or_a_file(tmp_path):
    """Whether the file is there or not; a folder is none. What else stands on a command line is something else."""
    (tmp_path / "pact").write_text("", encoding="utf-8")
    words = (
        "syria-ceasefire-2016",
        "not-there.toml",
        str(tmp_path / "pact"),
        str(tmp_path),
        "red/1",
        "x" * 5000,
    )
    assert [is_agreement(word) for word in words] == [True, True, True, False, False, False]


def test_an_agreement_is_shown_in_a_line(load):
    """In a notebook and in an error of Python's own: which it is, and not all that stands in it."""
    made = load()
    assert repr(made) == f"<Agreement north-2020: {len(made.commitments)} commitments>"


def test_an_unknown_agreement_gets_the_nearest_of_the_catalogue():
    """A misspelt id is answered with what was probably meant."""
    with pytest.raises(UnknownAgreement, match="did you mean 'syria-de-escalation-2017'"):
        agreement("syria-deescalation-2017")


@pytest.mark.parametrize("wrong", ["", "no-such", 3, None, "a\0b", "x" * 5000])
def test_what_is_no_agreement_is_refused_as_such(wrong):
    """Whatever is neither an id nor a file is an unknown agreement."""
    with pytest.raises((UnknownAgreement, UnreadableFile)):
        agreement(wrong)


@pytest.mark.parametrize("wrong", [None, 3, b"x.toml", "a\0b"])
def test_what_is_no_path_is_not_checked(wrong):
    """Whoever checks a file names it; the error says how."""
    with pytest.raises(UnreadableFile, match=r"cannot be read: .*(give|take) "):
        check(wrong)


def test_a_path_may_be_text_or_a_path(load, tmp_path):
    """A path is told from an id by its suffix or its folder."""
    made = load()
    assert agreement(str(tmp_path / "agreement.toml")) == made


def test_the_catalogue_is_sorted_and_loads():
    """Every id of the catalogue is an agreement of that id."""
    ids = agreements()
    assert ids == tuple(sorted(ids))
    assert [agreement(name).id for name in ids] == list(ids)


def test_check_tells_mistakes_and_warnings(load, every_field, tmp_path):
    """Checking returns what loading would raise, and what deserves a second look."""
    load()
    assert check(tmp_path / "agreement.toml") == ((), ())
    (tmp_path / "agreement.toml").write_text(
        every_field.replace('within = "PT72H"\n', "").replace('"P2W"', '"P2X"')
    )
    wrong, second_looks = check(str(tmp_path / "agreement.toml"))
    assert [mistake.what for mistake in wrong] == ["within is 'P2X', no duration"]
    assert "'compensate' has no deadline" in " ".join(w.what for w in second_looks)


def test_a_register_can_be_checked_by_itself(load, tmp_path):
    """A file without anything only an agreement says is a register, and no agreement."""
    load()
    assert check(tmp_path / "north.toml") == ((), ())
    with pytest.raises(AgreementError, match="neither adopted nor in_force"):
        agreement(tmp_path / "north.toml")


def test_what_is_no_toml_is_checked_to_its_one_mistake(tmp_path):
    """Checking raises nothing for a file that can be read and means nothing."""
    file = tmp_path / "broken.toml"
    file.write_text("ceasefire = ", encoding="utf-8")
    (mistake,), second_looks = check(file)
    assert "this is no TOML" in mistake.what
    assert second_looks == ()


def test_the_standard_acts_can_be_checked_by_themselves():
    """The list that every file may name is a file without mistakes, and needs no other."""
    assert check(acts_file()) == ((), ())


@pytest.mark.parametrize(
    ("in_force", "deadline", "told"),
    [
        ("2017-05-06", "2016-01-01", True),
        ("2017-05-06", "2017-05-05", True),
        ("2017-05-06", "2017-05-06", False),
        ("2017-05-06", "2018-01-01", False),
        ('"by-decision"', "2016-01-01", False),
    ],
)
def test_what_is_over_before_the_entry_into_force_is_worth_a_second_look(tmp_path, in_force, deadline, told):
    """A mistyped year would let the commitment lapse without a word; a decision may still bring it in sooner."""
    path = tmp_path / "truce.toml"
    path.write_text(
        f"""ceasefire = 1
id = "truce"
adopted = 2017-05-04
in_force = {in_force}
timezone = "Asia/Damascus"

[[party]]
id = "red"

[[commitment]]
id = "map"
summary = "Hand over the map."
duty = "achieve"
owed_by = "red"
due = {deadline}
""",
        encoding="utf-8",
    )
    what = f"{path}:15: 'map' is over on {deadline}, before the agreement is in force (2017-05-06)"
    wanted = [f"{what} (write a later moment, if it is one)"] if told else []
    assert list(agreement(path).warnings) == wanted


def test_an_achieve_without_deadline_is_worth_a_second_look(load, every_field):
    """An obligation that can never be overdue loads, with a warning; a hortatory one without."""
    text = every_field.replace('within = "PT72H"\n', "")
    (warning,) = load(text).warnings
    line = text[: text.index('id = "compensate"')].count("\n")
    assert warning.endswith("(write due or within, if the text has one)")
    assert f"agreement.toml:{line}: 'compensate' has no deadline" in warning
    assert (
        load(text.replace('summary = "Who attacks, pays."', 'summary = "x"\nforce = "hortatory"')).warnings
        == ()
    )


def test_a_field_that_says_what_holds_without_it_goes_with_every_duty(load, every_field):
    """`once = false` of a refrain and `after = "active"` without a duration are true, and change nothing."""
    plain = load()
    said = 'jointly = false\ncount = 1\npreemptive = false\nonce = false\nafter = "active"\nensures = []\n'
    assert load(every_field.replace('id = "no-attacks"\n', f'id = "no-attacks"\n{said}')) == plain


def test_a_condition_that_cannot_come_true_is_worth_a_second_look(load, every_field):
    """What is kept up is never fulfilled; a permission and a call on somebody are never breached."""
    duty = 'owed_by = "red"\nsummary = "x"\nduty = '
    more = "".join(
        f'\n[[commitment]]\nid = "{name}"\n{duty}"{kind}"\n'
        for name, kind in (
            ("keep", "maintain"),
            ("may", "permit"),
            ("may-once", 'permit"\nonce = true\nclause = "1'),
            ("go", 'achieve"\nforce = "hortatory'),
        )
    )
    for wait, never in (
        ('fulfilled = "keep"', "waits for 'keep', a maintain, which is never fulfilled"),
        ('fulfilled = "north-2020/may"', "waits for 'may', a permit, which is never fulfilled"),
        ('fulfilled = "may-once"', None),
        ('breach_of = "may"', "waits for 'may', a permit, which is never breached"),
        ('breach_of = "go"', "waits for 'go', which is hortatory and so never breached"),
        ('breach_of = "keep"', None),
    ):
        waiting = f'\n[[commitment]]\nid = "then"\n{duty}"maintain"\nwhen = {{ {wait} }}\n'
        told = load(every_field + more + waiting).warnings
        assert [never in warning for warning in told] == ([] if never is None else [True])


def test_a_call_that_binds_is_worth_a_second_look(load, every_field):
    """Whoever a binding text is addressed to owes it, or is owed it; as a label it is kept."""
    binding = every_field.replace('force = "hortatory"\n', 'owed_by = "red"\n')
    assert binding != every_field
    made = load(binding)
    assert made.commitment("call").addressed_to == ("watcher",)
    assert any("addressed_to says on whom a hortatory text calls" in warning for warning in made.warnings)


def test_what_is_seldom_meant_is_worth_a_second_look(load, every_field, register):
    """A role like a usual one, a renewal of nothing, a mechanism of nobody, an act below none."""
    text = every_field.replace('duration = "P6M"\n', "").replace(
        'members = "red"\nrule = "as-reported"\n', ""
    )
    text = text.replace("[[act]]\n", '[[act]]\nid = "atack.mortar"\n\n[[act]]\n')
    warnings = load(text, register.replace('"guarantor"', '"guarantr"')).warnings
    said = [
        "renewal is 'tacit', and nothing ends that could be renewed",
        "the mechanism 'older-committee' has no members",
        "no act 'atack' stands above 'atack.mortar'",
        "the role 'guarantr' is not among the usual ones – did you mean 'guarantor'?",
    ]
    assert len(warnings) == len(said)
    assert all(words in warning for words, warning in zip(said, warnings, strict=True))


DECLARED = """
[[commitment]]
id = "conviction"
title = "Conviction"
summary = "The sides are convinced that there is no military solution."
clause = "9"
owed_by = ["red", "blue-side"]
duty = "declare"
starts = 2020-03-01
jointly = true
"""


def test_when_a_declaration_starts_and_whose_one_it_is_are_printed_and_warned_of(load, every_field):
    """Nothing is owed by it: neither changes anything, and neither is refused."""
    made = load(every_field + DECLARED)
    told = [warning for warning in made.warnings if "'conviction' is a declare" in warning]
    assert [field in warning for field, warning in zip(("starts", "jointly"), told, strict=True)] == [
        True
    ] * 2
    shown = as_text(made)
    assert "Starts 2020-03-01." in shown
    assert "one debt of all" in shown
