"""The agreements that ship with the library: every file loads, and says what its sources say."""

import csv
import re
import tomllib
from collections import Counter
from importlib import resources

import pytest

import ceasefire as cf
from ceasefire.clock import FOREVER, PartialDate, duration, instant, iso
from ceasefire.instruments.oversight import term
from ceasefire.instruments.together import references, together

HERE = resources.files("ceasefire") / "instruments"
BULLETINS = resources.files("ceasefire") / "data" / "bulletins" / "syria_bulletins_2016_2018.csv"
IDS = (
    "syria-astana-2017-01-24",
    "syria-astana-6-2017",
    "syria-ceasefire-2016",
    "syria-cessation-2016-02",
    "syria-de-escalation-2017",
    "syria-detainees-2017",
    "syria-joint-group-2017",
    "syria-moscow-2020",
    "syria-sochi-2018",
    "syria-sochi-2019",
    "unscr-2254",
)
GUARANTORS = ("iran", "russia", "turkey")
SEVEN = {
    "faylaq-al-sham", "ahrar-al-sham", "jaysh-al-islam", "thuwar-al-sham",
    "jaysh-al-mujahideen", "jaysh-idlib", "jabhat-al-shamiyah",
}  # fmt: skip
#: Spellings met in bulletins, GED, ACLED and on maps, with the zone they mean.
SPELLINGS = {
    "Ladhiqiyah": "latakia", "Lattakia": "latakia", "Latakia": "latakia", "Latakia Governorate": "latakia",
    "Dera'a": "daraa", "Daraa": "daraa", "Dar'a": "daraa", "Dara": "daraa",
    "al-Quneitra": "quneitra", "Quneitra": "quneitra",
    "Suwayda": "as-suwayda", "As-Suwayda": "as-suwayda", "As Sweida": "as-suwayda",
    "Deir ez-Zor": "deir-ez-zor", "Deir ez Zor": "deir-ez-zor",
    "Rif Dimashq": "rif-dimashq", "Rural Damascus": "rif-dimashq",
    "Hama": "hama", "Hamah Governorate": "hama", "Idlib": "idlib", "Idleb": "idlib",
    "Aleppo": "aleppo", "Homs": "homs", "Tartous": "tartus", "Ar Raqqa": "raqqa", "Al Hasakeh": "al-hasakah",
    "Damascus": "damascus", "Damascus Governorate": "damascus-city",
}  # fmt: skip


@pytest.fixture(scope="module")
def memo():
    return cf.agreement("syria-de-escalation-2017")


@pytest.fixture(scope="module")
def truce():
    return cf.agreement("syria-ceasefire-2016")


@pytest.fixture(scope="module")
def astana():
    return cf.agreement("syria-astana-2017-01-24")


def raw(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def zones_by_name(agreement):
    return {n.casefold(): z.id for z in agreement.zones for n in (z.id, z.name, *z.aliases)}


def bulletin_rows():
    with BULLETINS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_catalogue_is_these_eleven():
    """The catalogue lists eleven instruments, and each file is named by its id."""
    assert tuple(sorted(cf.agreements())) == IDS
    names = {path.name for path in (HERE / "catalogue").iterdir() if path.name.endswith(".toml")}
    assert names == {f"{i}.toml" for i in IDS}


@pytest.mark.parametrize("name", IDS)
def test_every_instrument_loads_without_mistakes(name):
    """Every instrument loads, has its id, and reads its dates in Damascus."""
    agreement = cf.agreement(name)
    assert agreement.id == name
    assert agreement.timezone == "Asia/Damascus"
    assert agreement.commitments


@pytest.mark.parametrize("name", IDS)
def test_only_obligations_without_deadline_are_warned_of(name):
    """The only warnings are of obligations whose text sets no deadline."""
    agreement = cf.agreement(name)
    undated = [c for c in agreement.commitments if c.duty == "achieve" and c.due is None and c.within is None]
    assert len(agreement.warnings) <= len(undated)


@pytest.mark.parametrize("name", IDS)
def test_every_source_named_exists_and_every_clause_names_one(name):
    """Every source id is defined, every clause has a source, a clause reference and our summary."""
    agreement = cf.agreement(name)
    known = {s.id for s in agreement.source_list}
    tables = (
        agreement, *agreement.commitments, *agreement.parties, *agreement.zones, *agreement.mechanisms,
        *agreement.standing, *agreement.effective,
    )  # fmt: skip
    assert {s for table in tables for s in table.sources} <= known
    for c in agreement.commitments:
        assert c.sources, c.name
        assert c.clause, c.name
        assert c.summary, c.name


@pytest.mark.parametrize("name", IDS)
def test_what_nobody_read_is_marked_with_a_reason_and_sets_no_deadline(name):
    """An unverified clause says why in a note, and never makes anyone overdue."""
    for c in cf.agreement(name).commitments:
        if c.unverified:
            assert c.note, c.name
            assert c.due is None, c.name
            assert c.within is None, c.name


@pytest.mark.parametrize("name", IDS)
def test_every_promise_says_whose_it_is(name):
    """Whatever is owed has a bearer; a declaration has none, nor has a call, which says whom it calls on."""
    for c in cf.agreement(name).commitments:
        assert bool(c.owed_by) or c.duty == "declare" or (c.hortatory and c.addressed_to), c.name
        assert not (c.owed_by and c.duty == "declare"), c.name


def test_all_instruments_can_be_used_together():
    """No id is defined twice in two ways, and no agreement has two mechanisms at one time."""
    world = together([cf.agreement(name) for name in IDS])
    assert len(world.commitments) == sum(len(a.commitments) for a in world.agreements)


def test_the_files_mention_no_place_on_the_disk_of_whoever_wrote_them():
    """Data and its README name sources by title and address only."""
    folders = (HERE / "catalogue", HERE / "registers", resources.files("ceasefire") / "data" / "bulletins")
    paths = [HERE / "acts.toml", *(path for folder in folders for path in folder.iterdir())]
    for path in paths:
        if path.name.endswith((".toml", ".csv", ".md")):
            words = path.read_text(encoding="utf-8").split()
            assert not [w for w in words if w.strip("`\"'(").startswith(("/work", "../", "/home"))], path.name


# --- acts ---------------------------------------------------------------------


def test_every_parent_of_an_act_is_an_act():
    """The hierarchy of acts has no holes, and no id twice."""
    ids = [a["id"] for a in raw(HERE / "acts.toml")["act"]]
    assert len(ids) == len(set(ids))
    for i in ids:
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", i)
        assert "." not in i or i.rpartition(".")[0] in ids


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        ("attack", "opening-fire shelling air-strike drone ground-assault armed-clash sniper mine-ied"),
        ("attack", "missile chemical"),
        ("territory", "advance seizure"),
        ("movement", "reinforcement heavy-weapons fortification flight"),
        ("civilians", "killing abduction arrest sexual-violence displacement child-recruitment"),
        ("access", "aid-blocked monitor-denied civilian-movement-blocked monitor-endangered"),
        ("provocation", "incitement hostile-propaganda disinformation display massing"),
        ("detention", ""),
        ("infrastructure", ""),
        ("omission", ""),
    ],
)
def test_the_acts_of_the_format_are_there(memo, parent, children):
    """Every act that the format names is there for every agreement."""
    ids = {a.id for a in memo.acts}
    assert {parent, *(f"{parent}.{c}" for c in children.split())} <= ids


def test_an_acled_sub_event_leads_to_one_act(memo):
    """An import of ACLED has one act for a sub-event, never two."""
    codes = Counter(dict(a.codes).get("acled") for a in memo.acts)
    del codes[None]
    assert set(codes.values()) == {1}


# --- the register -------------------------------------------------------------


def test_fourteen_governorates_lie_within_syria(memo):
    """The fourteen governorates have an ISO code, a p-code and the names of UCDP and ACLED."""
    governorates = [z for z in memo.zones if "iso-3166-2" in dict(z.codes)]
    assert len(governorates) == 14
    for z in governorates:
        assert z.within == "syria"
        assert {"pcode", "ucdp", "acled"} <= set(dict(z.codes))
    assert {dict(z.codes)["pcode"] for z in governorates} == {f"SY{n:02d}" for n in range(1, 15)}


@pytest.mark.parametrize(("spelling", "zone"), SPELLINGS.items())
def test_every_spelling_of_a_governorate_resolves(memo, spelling, zone):
    """Bulletins, GED, ACLED and maps spell governorates in their own ways: all lead to one zone."""
    assert zones_by_name(memo)[spelling.casefold()] == zone


def test_no_name_means_two_zones_or_two_parties(memo):
    """A name or alias leads to one zone, and to one party."""
    for tables in (memo.zones, memo.parties):
        meant: dict[str, str] = {}
        for t in tables:
            for n in {x.casefold() for x in (t.id, t.name, *t.aliases)}:
                assert meant.setdefault(n, t.id) == t.id, n


def test_every_province_of_the_bulletins_has_a_zone(memo):
    """Each province named in the bulletins resolves, by its code and by its name, to the same zone."""
    by_code = {dict(z.codes)["bulletin"]: z.id for z in memo.zones if "bulletin" in dict(z.codes)}
    named = {row["province"] for row in bulletin_rows()} - {""}
    assert named <= set(by_code)
    assert all(zones_by_name(memo)[province.casefold()] == by_code[province] for province in named)


def test_damascus_in_a_bulletin_may_be_the_city_or_the_province(memo):
    """The bare name Damascus is kept as coarse as it was published."""
    zones = {z.id: z for z in memo.zones}
    assert set(zones["damascus"].covers) == {"damascus-city", "rif-dimashq"}
    assert "iso-3166-2" not in dict(zones["damascus"].codes)
    assert dict(zones["damascus-city"].codes)["iso-3166-2"] == "SY-DI"


def test_the_four_areas_cover_what_the_text_names(memo):
    """Only Idlib province is named whole; everything else is covered in part."""
    zones = {z.id: z for z in memo.zones}
    assert zones["idlib-area"].covers == ("idlib",)
    assert set(zones["idlib-area"].covers_part) == {"latakia", "hama", "aleppo"}
    assert zones["north-homs-area"].covers_part == ("homs",)
    assert set(zones["south-area"].covers_part) == {"daraa", "quneitra"}
    assert "rif-dimashq" in zones["eastern-ghouta-area"].covers_part
    assert not zones["eastern-ghouta-area"].covers


def test_seven_formations_joined_by_the_russian_list(truce):
    """The seven formations are members of the armed opposition since 29 December 2016."""
    members = {p.id: m for p in truce.parties for m in p.member_of if m.group == "armed-opposition"}
    assert set(members) - {"armed-opposition-delegation"} == SEVEN
    assert {members[i].from_ for i in SEVEN} == {PartialDate(2016, 12, 29)}


def test_listed_groups_are_designated_by_the_security_council(truce):
    """Nusra was listed before any of these instruments; the later body only in 2018."""
    since = {
        p.id: r.from_ for p in truce.parties for r in p.roles if (r.role, r.by) == ("designated", "UNSC")
    }
    assert set(since) == {"islamic-state", "nusra", "hts"}
    assert since["nusra"] == PartialDate(2013, 5, 30)
    assert since["islamic-state"] < PartialDate(2015, 1, 1)
    assert since["hts"] == PartialDate(2018, 6, 5)


def test_the_trilateral_mechanism_follows_the_commission_without_gap_or_overlap(truce):
    """Over the ceasefire of 2016 the commission ends at the instant at which the three begin."""
    terms = {m.id: term(m, truce.timezone) for m in truce.mechanisms if truce.id in m.oversees}
    assert set(terms) == {"russian-turkish-commission", "trilateral"}
    assert iso(terms["russian-turkish-commission"][0]) == "2016-12-29T22:00:00Z"
    assert terms["russian-turkish-commission"][1] == terms["trilateral"][0]
    assert iso(terms["trilateral"][0]) == "2017-01-23T22:00:00Z"
    assert terms["trilateral"][1] == FOREVER


def test_three_guarantors_decide_by_consensus_and_a_note_says_where_the_text_is_silent(memo):
    """The rule of the trilateral mechanism is inferred, and says so."""
    trilateral = next(m for m in memo.mechanisms if m.id == "trilateral")
    assert tuple(sorted(trilateral.members)) == GUARANTORS
    assert trilateral.rule == "consensus"
    assert "silent" in trilateral.notes[0].text
    assert not trilateral.silence
    guaranteed = {p.id: set(p.guarantees) for p in memo.parties if p.guarantees}
    assert guaranteed["turkey"] == {"armed-opposition"}
    assert "syrian-government" in guaranteed["russia"]


# --- the three that the ledger began with -------------------------------------


def test_the_ceasefire_begins_at_midnight_in_damascus(truce):
    """In force at 00:00 on 30 December 2016, winter time, without an end."""
    assert truce.adopted == PartialDate(2016, 12, 29)
    assert iso(truce.in_force.us) == "2016-12-29T22:00:00Z"
    assert truce.duration is None
    assert truce.excluded == ("role:designated",)


def test_the_ceasefire_forbids_attacks_and_seizure_but_for_self_defence(truce):
    """Annex I: no attacks, no territory, force only in proportion and in self-defence."""
    attacks, territory = truce.commitment("no-attacks"), truce.commitment("no-territory")
    assert (attacks.duty, attacks.acts, attacks.clause) == ("refrain", ("attack",), "Annex I, 1")
    assert "self-defence" in attacks.except_when
    assert set(territory.acts) == {"territory.seizure", "territory.advance"}
    assert set(attacks.owed_by) == {"syrian-government", "pro-government-forces", "armed-opposition"}
    assert truce.commitment("propose-sanctions").duty == "permit"
    assert truce.commitment("establish-joint-commission").jointly


def test_each_guarantor_of_2016_owes_influence_and_nothing_else_of_the_sides(truce):
    """A guarantor does not owe the ceasefire itself: it answers for the side it guarantees."""
    for name, guarantor in (("guarantee-government-side", "russia"), ("guarantee-opposition-side", "turkey")):
        c = truce.commitment(name)
        assert c.owed_by == (guarantor,)
        assert set(c.ensures) == {"syria-ceasefire-2016/no-attacks", "syria-ceasefire-2016/no-territory"}
        assert not c.acts


def test_the_statement_of_january_2017_is_the_three_and_no_one_else_signed(astana):
    """Host, envoy and the two Syrian delegations took part and did not sign."""
    standing = {s.party: s.as_ for s in astana.standing}
    assert {p for p, how in standing.items() if how == "signatory"} == set(GUARANTORS)
    assert {p for p, how in standing.items() if how == "named"} == {
        "syrian-government", "armed-opposition", "un-special-envoy", "kazakhstan",
    }  # fmt: skip
    assert all(s.note for s in astana.standing)


def test_the_geneva_round_is_no_deadline(astana):
    """8 February 2017 tells which round is meant; nobody can be late."""
    c = astana.commitment("support-geneva-participation")
    assert c.hortatory
    assert (c.due, c.until, c.within) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "duty", "force"),
    [
        ("establish-mechanism", "achieve", "political"),
        ("full-compliance", "maintain", "political"),
        ("prevent-provocations", "maintain", "political"),
        ("fight-listed-groups", "maintain", "political"),
        ("separate-opposition", "achieve", "political"),
        ("urgency-of-negotiations", "declare", "political"),
        ("astana-platform", "declare", "political"),
        ("call-on-international-community", "maintain", "hortatory"),
        ("thanks", "declare", "political"),
    ],
)
def test_what_was_announced_in_astana_is_kept_clause_by_clause(astana, name, duty, force):
    """Each point of the statement is a clause of its own, as strong as its words."""
    c = astana.commitment(name)
    assert (c.duty, c.force) == (duty, force)


def test_calls_name_whom_they_call_on(astana):
    """A call upon others says upon whom, and nobody owes it."""
    c = astana.commitment("call-on-international-community")
    assert c.addressed_to == ("international-community",)
    assert not c.owed_by


def test_the_memorandum_keeps_every_date_given_for_its_entry_into_force(memo):
    """Text, announcement and practice differ: all are kept, and one is used."""
    assert iso(memo.in_force.us) == "2017-05-05T21:00:00Z"
    given = {(e.basis, str(e.at)[:10], e.by) for e in memo.effective}
    assert given == {
        ("text", "2017-05-05", ""),
        ("announced", "2017-05-06", ""),
        ("announced", "2017-05-04", ""),
        ("observed", "2017-05-01", "russia"),
    }


def test_the_memorandum_lasts_six_months_and_is_renewed_tacitly(memo):
    """In force on 6 May for six months, it ends as 6 November begins, unless it goes on."""
    assert memo.duration == duration("P6M")
    assert memo.duration.after(memo.in_force, memo.timezone) == instant("2017-11-06T00:00:00+02:00")
    assert memo.renewal == "tacit"
    assert "consensus" in memo.note


def test_the_working_group_is_due_two_weeks_after_signature(memo):
    """Two weeks from signature, a date: 18 May 2017; one debt of the three guarantors."""
    c = memo.commitment("form-working-group")
    assert (c.duty, c.after, c.due) == ("achieve", "adopted", None)
    assert c.within.after(memo.adopted, memo.timezone) == PartialDate(2017, 5, 18)
    assert (tuple(sorted(c.owed_by)), c.jointly) == (GUARANTORS, True)


@pytest.mark.parametrize("name", ["complete-maps", "separate-opposition", "submit-maps", "draft-regulations"])
def test_the_maps_are_due_on_the_fourth_of_june(memo, name):
    """The signed text has 4 June 2017; a draft's 27 May is no deadline."""
    assert memo.commitment(name).due == PartialDate(2017, 6, 4)


def test_hostilities_cease_in_four_areas_for_those_who_did_not_sign(memo):
    """The sides are named in the text, and their standing says that they did not sign."""
    c = memo.commitment("cease-hostilities")
    assert (c.duty, c.acts, c.bearer) == ("refrain", ("attack",), "stated")
    assert set(c.zones) == {"idlib-area", "north-homs-area", "eastern-ghouta-area", "south-area"}
    assert c.owed_by == ("syrian-government", "armed-opposition")
    standing = {s.party: s.as_ for s in memo.standing}
    assert standing["syrian-government"] == "accepted"
    assert standing["armed-opposition"] == "named"


def test_the_memorandum_can_be_assessed_alone(memo):
    """It names no commitment of another file, so a script needs nothing else."""
    assert all(other.startswith(f"{memo.id}/") for c in memo.commitments for _, other in references(c))


# --- the later ones -----------------------------------------------------------


@pytest.mark.parametrize(
    ("agreement", "commitment", "due"),
    [
        ("syria-sochi-2018", "withdraw-heavy-weapons", PartialDate(2018, 10, 10)),
        ("syria-sochi-2018", "remove-radical-groups", PartialDate(2018, 10, 15)),
        ("syria-sochi-2018", "restore-transit", PartialDate(2018, 12, 31)),
        ("syria-moscow-2020", "start-joint-patrols", PartialDate(2020, 3, 15)),
        ("syria-astana-6-2017", "next-meeting", PartialDate(2017, 10, 31)),
    ],
)
def test_deadlines_are_those_of_the_texts(agreement, commitment, due):
    """Deadlines stand as the texts have them."""
    assert cf.agreement(agreement).commitment(commitment).due == due


def test_the_corridor_is_to_be_agreed_within_seven_days():
    """Seven days from signature: 12 March 2020."""
    protocol = cf.agreement("syria-moscow-2020")
    c = protocol.commitment("agree-corridor-parameters")
    assert c.within.after(protocol.adopted, protocol.timezone) == PartialDate(2020, 3, 12)


def test_the_truce_of_2020_starts_a_minute_past_midnight():
    """00:01 on 6 March 2020, the time zone assumed to be that of Damascus."""
    protocol = cf.agreement("syria-moscow-2020")
    assert iso(protocol.commitment("cease-military-actions").starts.us) == "2020-03-05T22:01:00Z"
    assert "assumed" in protocol.note


def test_the_window_to_accept_closes_before_the_cessation_begins():
    """Acceptance by noon on 26 February 2016, cessation from the midnight after."""
    cessation = cf.agreement("syria-cessation-2016-02")
    accept = cessation.commitment("accept-terms")
    assert accept.duty == "permit"
    assert iso(accept.until.us) == "2016-02-26T10:00:00Z"
    assert iso(cessation.commitment("no-attacks").starts.us) == "2016-02-26T22:00:00Z"


def test_the_units_are_to_be_out_of_the_border_strip_after_150_hours():
    """150 hours from 12:00 on 23 October 2019 in Damascus, which kept summer time for two days more."""
    memorandum = cf.agreement("syria-sochi-2019")
    [row] = [
        r
        for r in cf.assess(memorandum, [], as_of="2019-10-30").lists.commitments
        if r.commitment.endswith("/remove-ypg")
    ]
    assert (row.due, row.compliance) == ("2019-10-29T15:00:00Z", "overdue")
    assert not memorandum.supplements


def test_the_group_on_detainees_sets_no_day_for_a_release():
    """A task without a number, an interval or a last day: nobody can be late with it, and no release ends it."""
    text = cf.agreement("syria-detainees-2017")
    assert [(c.due, c.within, c.every) for c in text.commitments] == [(None, None, None)] * len(
        text.commitments
    )
    assert text.commitment("organise-releases").duty == "maintain"


def test_the_terms_of_resolution_2254_are_counted_from_adoption_and_make_nobody_late():
    """Six and eighteen months have a contested start: the note says which is assumed; then they lapse."""
    resolution = cf.agreement("unscr-2254")
    for name, due in (
        ("governance-in-six-months", "2016-06-18"),
        ("elections-in-eighteen-months", "2017-06-18"),
    ):
        assert "contested" in resolution.commitment(name).note
        before = cf.assess(resolution, [], as_of=due)[name, "syrian-government"]
        after = cf.assess(resolution, [], as_of="2017-07-01")[name, "syrian-government"]
        assert (before.phase, before.due[:10]) == ("active", due)
        assert (after.phase, after.compliance) == ("lapsed", None)
    assert not any(resolution.id in m.oversees for m in resolution.mechanisms)


# --- the bulletins ------------------------------------------------------------


def test_the_bulletins_have_their_known_figures():
    """45 bulletins, 316 rows, stated totals of 430 and 420."""
    rows = bulletin_rows()
    totals = Counter({"russia": 0, "turkey": 0})
    for row in rows:
        if not row["province"]:
            totals[row["source_of_count"]] += int(row["count"])
    assert len(rows) == 316
    assert len({row["date"] for row in rows}) == 45
    assert totals == {"russia": 430, "turkey": 420}


def test_totals_that_do_not_add_up_are_kept_as_published():
    """Turkey 15 against 13 on 12 January 2017, 82 against 93 in the week of March."""
    sums: Counter[tuple[str, str]] = Counter()
    totals = {}
    for row in bulletin_rows():
        key = (row["date"], row["source_of_count"])
        if row["province"]:
            sums[key] += int(row["count"])
        else:
            totals[key] = int(row["count"])
    assert (totals["2017-01-12", "turkey"], sums["2017-01-12", "turkey"]) == (15, 13)
    assert (totals["2017-03-16", "turkey"], sums["2017-03-16", "turkey"]) == (82, 93)
