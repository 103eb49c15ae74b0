"""The ways to read an assessment: a row, a claim, the reasons in sentences, a list, the whole; for an audience."""

import copy

import pytest
from attrs import evolve

import pen
from ceasefire.assessment import assess
from ceasefire.assessment.result.view import view_of
from ceasefire.errors import UnknownRow
from ceasefire.record import Correction, Finding, Incident, Response, Tally, Withdrawal

PARTIES = [{"id": "red", "name": "The Reds"}, {"id": "blue", "name": "Blue & Sons"}]
BOTH = {"owed_by": ["red", "blue"]}


def truce(name):
    """Return an agreement of two, in two commitments, with signs in its names that HTML has a use for."""
    stop = pen.commitment("stop", title="Stop <all> fire", clause="1 <a>", **BOTH)
    together = pen.commitment(f"map-{name}", duty="achieve", jointly=True, due="2020-03-01", **BOTH)
    return pen.truce(stop, together, id=name, title=f"The <truce> of {name}", party=PARTIES)


@pytest.fixture(scope="module")
def north():
    """Return an agreement of two."""
    return truce("north")


@pytest.fixture(scope="module")
def both(north):
    """Return two agreements whose commitments against fire have one short name."""
    return [north, truce("south")]


def act(by="red", number=1, accused="blue", **more):
    """Return an incident of 8 January."""
    return pen.incident(
        number,
        by,
        recorded=f"2020-01-{8 + number:02d}T00:00:00Z",
        occurred="2020-01-08",
        accused=accused,
        **more,
    )


def confirmed(by, number, on):
    """Return an author's finding that it was so, and blue."""
    recorded = f"2020-01-{8 + number:02d}T00:00:00Z"
    return pen.finding(number, on, by=by, recorded=recorded, attributed_to="blue")


HISTORY = (act(), act("blue", 1, "red"), confirmed("red", 2, "blue/1"), confirmed("blue", 2, "red/1"))


@pytest.fixture
def status(north):
    """Return the assessment of two incidents, each found by the other side to have been."""
    return assess(north, HISTORY, as_of="2020-02-01")


# Rows and claims


def test_a_row_is_found_by_names_or_by_what_bears_them(status, north):
    """A commitment, its full or its short name; a party or its id."""
    commitment, red = north.commitments[0], next(p for p in north.parties if p.id == "red")
    row = status["north/stop", "red"]
    assert (row.commitment, row.owed_by) == ("north/stop", "red")
    assert status["stop", "red"] == status[commitment, red] == status[commitment, "red"] == row
    assert status["stop", None].owed_by is None
    assert status["map-north", "red+blue"].phase == "active"


def test_a_row_can_be_had_with_all_it_rests_on(status):
    """The same row, as an object."""
    row = status.row("stop", "blue")
    assert (row.commitment, row.owed_by) == ("north/stop", "blue")
    assert [incident.claim.id for incident in row.incident_effects] == ["blue/1", "red/1"]
    assert status.row("stop", "red").owed_by == "red"


def test_a_key_that_a_row_does_not_have_is_told_with_those_it_has(status):
    """As an attribute: what there is is named."""
    with pytest.raises(AttributeError, match="no 'colour' in this row: it has commitment, owed_by, phase"):
        status["stop", "red"].colour  # noqa: B018 - the access is what fails


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (("stopp", "red"), "no commitment 'stopp' – did you mean 'stop'?"),
        (("north/stopp", "red"), "no commitment 'north/stopp' – did you mean 'north/stop'?"),
        (
            ("stop", "green"),
            "no row of 'green' under north/stop: it has those of red, blue, nobody in particular (None)",
        ),
        (("map-north", None), "no row of None under north/map-north: it has those of red+blue"),
        (["stop", "red"], "['stop', 'red'] is no row: write status[commitment, owed_by], or None for nobody"),
    ],
)
def test_a_row_that_is_none_is_told_in_one_sentence(status, key, said):
    """With what was meant, or what there is."""
    with pytest.raises(UnknownRow) as caught:
        status[key]
    assert str(caught.value) == said


def test_a_short_name_of_several_agreements_is_none(both):
    """Each of those it may mean is named."""
    with pytest.raises(UnknownRow) as caught:
        assess(both, [], as_of="2020-02-01")["stop", "red"]
    assert str(caught.value) == "'stop' is a commitment of several agreements: write north/stop or south/stop"


def test_a_claim_is_found_by_its_id_or_by_its_record(both):
    """In the first agreement that judges it, unless one is named."""
    status = assess(both, HISTORY, as_of="2020-02-01")
    assert status.claim("red/1") == status.claim(HISTORY[0]) == status.claim("red/1", "north")
    assert status.claim("red/1").agreement == "north"
    assert status.claim("red/1", "south").agreement == "south"
    assert status.claim("blue/1").record == "blue/1"
    status.claim("red/1")["determination"] = "mine"
    assert status.claim("red/1").determination == "established"


@pytest.mark.parametrize("name", ["red/11", act(number=11)])
def test_a_claim_that_is_none_is_told_with_the_nearest(status, name):
    """An id that was mistyped, a record that is not in this assessment."""
    with pytest.raises(UnknownRow) as caught:
        status.claim(name)
    assert str(caught.value) == "no claim 'red/11' in this assessment – did you mean 'red/1'?"


# The reasons in sentences


def test_the_reasons_of_a_row_are_lines_and_those_of_a_record_are_among_them(status):
    """First what the row is, then why; of one record only what concerns it, named by its id or itself."""
    lines = status.why("stop", "blue").splitlines()
    assert lines[0].startswith("“Stop <all> fire” (clause 1 <a>), Blue & Sons: active")
    assert "a breach is established" in lines[0]
    of_one = status.why("stop", "blue", "red/1").splitlines()
    assert of_one == [line for line in lines if line.startswith("red/1")] != []
    assert status.why("stop", "blue", HISTORY[0]).splitlines() == of_one
    assert "The Reds" in status.why("stop", "red").splitlines()[0]
    assert len(lines) > len(of_one)


# Lists


def test_a_list_as_a_table_has_no_lists_in_its_cells(status):
    """They are joined by semicolons, as tables want them; what a reader changes changes nothing here."""
    table = status.table("claims")
    whole = status.to_dict()["claims"]
    for flat, full in zip(table, whole, strict=True):
        joined = {k: ";".join(v) if isinstance(v, list) else v for k, v in full.items()}
        assert {k: v for k, v in flat.items() if k in full} == joined
        assert any(isinstance(value, list) for value in full.values())
    table[0]["record"] = "mine"
    assert status.table("claims")[0]["record"] == "blue/1"


def test_a_list_of_several_is_joined_by_semicolons(north):
    """Who has still to answer what."""
    (row,) = assess(north, HISTORY[:1], as_of="2020-02-01").table("claims")
    assert row["awaiting"] == "red: severity;blue: outcome;blue: attributed_to;blue: severity"


def test_the_table_of_claims_tells_what_was_said_beside_what_was_made_of_it(north):
    """Act, place, accused, text, and the local days: of the public's, no name that is not determined."""
    said = {"text": "By night.", "place": {"name": "the mill"}, "release": "public"}
    claims = [act(**said), act(number=2, accused="red", **said)]
    claims[0] = evolve(claims[0], occurred="2020-01-08T22:30:00-02:00")
    finds = [
        pen.finding(9, "red/2", by=by, recorded="2020-01-10T00:00:00Z", attributed_to="red", release="public")
        for by in ("red", "blue")
    ]
    status = assess(north, [*claims, *finds], as_of="2020-02-01")
    keys = ("act", "place", "accused", "text", "from_date", "until_date")
    rows = {row["record"]: [row[key] for key in keys] for row in status.table("claims")}
    assert rows["red/1"] == ["attack", "the mill", "blue", "By night.", "2020-01-09", "2020-01-09"]
    public = status.for_audience("public").table("claims")
    rows = {row["record"]: [row[key] for key in keys] for row in public}
    assert rows["red/1"] == ["attack", None, "", None, "2020-01-09", "2020-01-09"]
    assert rows["red/2"][1:4] == ["the mill", "red", "By night."]
    assert not {"act", "text", "accused"} & status.to_dict()["claims"][0].keys()


def test_a_ruling_in_aggregate_names_nobody_to_the_public_before_it_stands(north):
    """It is treated as a single act is: its accused, its text and answers to it wait for the determination."""
    said = {"by": "red", "recorded": "2020-01-10T00:00:00Z", "release": "public", "text": "The Blues did it."}
    ruling = {"count": 3, "act": "attack", "accused": "blue", "ruled": True, "period": "2020-01-09"}
    given = [
        Tally(id="red/1", **said, **ruling),
        Response(id="red/2", to="red/1", step="remedy", occurred="2020-01-12", **said),
    ]
    stands = pen.finding(1, "red/1", recorded="2020-01-13T00:00:00Z", release="public")
    for more, shown in (((), ("", None)), ((stands,), ("blue", "The Blues did it."))):
        public = assess(north, [*given, *more], as_of="2020-02-01").for_audience("public").table("claims")
        rows = {row["record"]: (row["accused"], row["text"]) for row in public}
        assert rows["red/1"] == shown
        assert rows["red/2"] == ("", shown[1])


def test_a_list_that_is_none_is_told_with_the_nearest(status):
    """Lists have closed names."""
    with pytest.raises(UnknownRow, match=r"^no list 'claim' – did you mean 'claims'\?$"):
        status.table("claim")


def test_the_whole_is_a_copy(status):
    """To do with as one likes: the assessment stays what it is."""
    whole = status.to_dict()
    kept = copy.deepcopy(whole)
    for rows in whole.values():
        if isinstance(rows, list):
            for row in rows:
                for value in row.values():
                    if isinstance(value, list):
                        value.append("mine")
                row.clear()
    assert status.to_dict() == kept


def test_an_assessment_is_told_in_a_line(both, status):
    """What was assessed, as of when, and how many rows it has."""
    assert repr(status) == "<Assessment of north as of 2020-02-01T23:59:59.999999Z: 4 rows>"
    assert repr(assess(both, [], as_of="2020-02-01")) == (
        "<Assessment of north, south as of 2020-02-01T23:59:59.999999Z: 8 rows>"
    )


# In a notebook

STOP = '<tr><th scope="row">1 &lt;a&gt;: Stop &lt;all&gt; fire</th>'
SHOWN = (
    "<table><caption>The &lt;truce&gt; of north, as of end of 1 February 2020 (2020-02-01T23:59:59Z)</caption>"
    '<thead><tr><th scope="col">Commitment</th><th scope="col">Owed by</th><th scope="col">Phase</th>'
    '<th scope="col">How it is kept</th><th scope="col">Due</th></tr></thead><tbody>'
    f"{STOP}<td>The Reds</td><td>active</td><td>a breach is alleged, and not settled</td><td>–</td></tr>"
    f"{STOP}<td>Blue &amp; Sons</td><td>active</td><td>a breach is established</td><td>–</td></tr>"
    f"{STOP}<td>nobody in particular</td><td>active</td><td>no breach recorded (4 records looked at)</td>"
    "<td>–</td></tr>"
    '<tr><th scope="row">map-north</th><td>The Reds and Blue &amp; Sons</td><td>active</td>'
    "<td>no breach recorded (4 records looked at)</td><td>end of 1 March 2020 (2020-03-01T23:59:59Z)</td></tr>"
    "</tbody></table>"
    "<p>Open claims: 1</p><ul><li>Attack: blue/1, an incident of 8 January 2020 reported by Blue &amp; Sons, is "
    "established. Named: The Reds (alleged; the act is established, by whom is not decided); Blue &amp; Sons "
    "(alleged; the act is established, by whom is not decided).</li></ul>"
)


def test_a_notebook_shows_the_rows_in_words_and_every_text_as_text(status):
    """Names, not ids; who owes what jointly; what nobody in particular did; until when; clause and title."""
    assert status._repr_html_() == SHOWN


@pytest.mark.parametrize(("number", "more"), [(100, ""), (104, "<p>4 more rows.</p>")])
def test_a_notebook_shows_a_hundred_rows_and_says_how_many_it_leaves_out(number, more):
    """None where it has room for just as many as there are."""
    owed = [pen.commitment("map") | {"id": f"map-{n}"} for n in range(number)]
    shown = assess(pen.truce(*owed), [], as_of="2020-02-01")._repr_html_()
    assert shown.count("<tr>") == 1 + 100
    assert shown.endswith(f"</tbody></table>{more}<p>No open claim is recorded.</p>")


def test_a_notebook_of_several_agreements_names_each(both):
    """In the order in which they were given."""
    shown = assess(both, HISTORY, as_of="2020-02-01")._repr_html_()
    assert "<caption>The &lt;truce&gt; of north, The &lt;truce&gt; of south, as of" in shown


# For an audience


class Kept(list):
    """Records as a journal has them: with the head of a chain, and as a file: with a line that is none."""

    mistakes = ("line 3 is no record",)

    @staticmethod
    def heads():
        """Return the newest hash of red's chain."""
        return {"red": "0f" * 32}

    @staticmethod
    def seals(*_known_at):
        """Return no seals: red has no key."""
        return ()

    @staticmethod
    def mark():
        """Return that it is filled no further than now."""
        return 0

    @staticmethod
    def arrived(*_since):
        """Return that all is to be read anew."""
        return

    @staticmethod
    def ahead():
        """Return that no clock was ahead."""
        return ()


LEVELS = Kept([act(release="public"), act(number=2, release="author"), confirmed("blue", 1, "red/2")])


@pytest.mark.parametrize("audience", ["author", "mechanism", "public"])
def test_what_an_audience_gets_is_made_from_what_it_may_see_alone(north, audience):
    """As if there were nothing else; the public without heads and without the lines that nobody could read."""
    seen = {"author": (0, 1, 2), "mechanism": (0, 2), "public": (0,)}[audience]
    status = assess(north, LEVELS, as_of="2020-02-01")
    given = status.for_audience(audience)
    wanted = [LEVELS[n] for n in seen]
    alone = assess(north, wanted if audience == "public" else Kept(wanted), as_of="2020-02-01")
    assert given.to_dict() | {"audience": None} == alone.to_dict() | {"audience": None}
    assert view_of(given).asked.told.heads == (() if audience == "public" else (("red", "0f" * 32),))
    assert view_of(given).asked.mistakes == (() if audience == "public" else Kept.mistakes)
    assert given.audience == given.to_dict()["audience"] == audience
    assert (given is status) is (audience == "author")


def test_only_the_public_gets_no_heads_and_no_broken_lines(north):
    """Where it may see every record, that is all it does not get."""
    public = Kept([act(release="public")])
    status = assess(north, public, as_of="2020-02-01")
    given = status.for_audience("public")
    assert (view_of(given).asked.told.heads, view_of(given).asked.mistakes) == ((), ())
    assert view_of(given).asked.records == view_of(status).asked.records
    plain = assess(north, list(public), as_of="2020-02-01")
    shown = plain.for_audience("public")
    assert view_of(shown).whole is view_of(plain).whole, "nothing is found again"
    assert "no report of a breach released to the public (1 record looked at)" in shown._repr_html_()
    assert "no breach recorded (1 record looked at)" in plain._repr_html_()
    assert (
        view_of(shown.at("2020-02-02")).shown_to == view_of(shown.for_audience("public")).shown_to == "public"
    )


def test_a_notebook_of_many_open_claims_says_how_many_it_leaves_out(north):
    """As of the rows; and the public is not told who is named for them."""
    acts = [pen.incident(n, accused="blue", release="public") for n in range(1, 102)]
    status = assess(north, acts, as_of="2020-02-01")
    shown = status._repr_html_()
    assert shown.count("<li>") == 100
    assert "<p>1 more open claims.</p>" in shown
    assert "Named: Blue &amp; Sons (alleged). Still to answer: Blue &amp; Sons." in shown
    public = status.for_audience("public")._repr_html_()
    assert "Named" not in public
    assert "No answer released to the public of: Blue &amp; Sons." in public


def test_what_was_open_on_the_day_of_knowledge_and_is_now_is_shown(north):
    """A record opened later shows not as of before; the day of knowledge is that of the assessment."""
    hidden = act()
    opening = pen.correction(
        2, recorded="2020-01-20T00:00:00Z", of="red/1", set={"release": "public"}, release="public"
    )
    now, then = (
        assess(north, [hidden, opening], as_of="2020-02-01", known_at=day) for day in (None, "2020-01-15")
    )
    assert [c["record"] for c in now.for_audience("public").to_dict()["claims"]] == ["red/1"]
    assert then.for_audience("public").to_dict()["claims"] == []


def test_a_correction_on_a_forked_chain_opens_nothing_to_the_public(north):
    """Whichever of the two histories it stands in."""
    opening = {"recorded": "2020-01-20T00:00:00Z", "of": "red/1", "set": {"release": "public"}}
    fork = [
        Correction(by="red", id=f"red/2@00000000000{n}", release="public", **opening | {"text": n})
        for n in "ab"
    ]
    status = assess(north, [act(), *fork], as_of="2020-02-01")
    assert status.for_audience("public").to_dict()["claims"] == []


def test_an_audience_that_is_none_is_told(status):
    """There are three, and each party."""
    there = r"write mechanism, public, author, or the id of a party \(red, blue\)$"
    with pytest.raises(UnknownRow, match=f"^'press' is no audience: {there}"):
        status.for_audience("press")


def test_what_was_taken_back_is_told_with_the_record_that_did_so(north):
    """By the id of each; what takes back what is not there is none of them."""
    gone = Withdrawal(by="red", id="red/2", recorded="2020-01-20T00:00:00Z", of="red/1")
    astray = Withdrawal(by="blue", id="blue/1", recorded="2020-01-20T00:00:00Z", of="blue/9")
    status = assess(north, [act(), gone, astray], as_of="2020-02-01")
    assert status.withdrawn == {"red/1"}
    assert status.withdrawals == {"red/1": gone}


def test_of_two_relayed_words_without_times_the_finding_is_the_later():
    """Whoever judges a report has it before: red, relayed, first names blue and then says that it did not happen."""
    truce = pen.truce("stop", rule="any")
    heard = {"by": "watch", "said_by": "red", "evidence": [{"title": "radio"}]}
    act = Incident(id="watch/1", occurred="2020-05-01", act="attack", accused=("blue",), **heard)
    no = Finding(id="watch/2", on="watch/1", outcome="refuted", **heard)
    status = assess(truce, [no, act], as_of="2020-06-01", relays=True)
    outcome = [row for row in status.table("positions") if row["question"] == "outcome"]
    assert [(row["answer"], row["finding"]) for row in outcome] == [("refuted", "watch/2")]
