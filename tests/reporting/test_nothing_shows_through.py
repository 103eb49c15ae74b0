"""Nothing shows through: what an audience may not see makes no difference to its report.

Every format is written from the document and the lists of a report and from nothing
else, so that two reports with the same document and lists have the same bytes; those
for other programs (docs/exports.md) read the records themselves, and are looked at one by one.
"""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pdf_structure import Structure
from pypdf import PdfReader

import ceasefire as cf
import pen
from ceasefire.assessment.result.changes import as_entry
from ceasefire.commands.summary import summary
from ceasefire.record import Correction, Erasure, Evidence, Incident, Withdrawal, from_json, to_json
from ceasefire.reporting.formats.pdf.blocks import set_document
from ceasefire.reporting.formats.pdf.printed import for_paper
from ceasefire.reporting.sheets import NAMES
from ceasefire.testing import History, agreement_tables, histories, read

#: The releases that each audience may see.
AUDIENCES = {
    "author": {"author", "mechanism", "public"},
    "mechanism": {"mechanism", "public"},
    "public": {"public"},
}
#: A party, which sees all that it wrote itself.
PARTY = "ant"
AS_OF = "2017-04-30"
#: The earlier day with which changes and key figures are told.
BEFORE = "2017-04-02"


def may_see(audience, record, release=None):
    """Tell whether an audience may see a record, or a part of it that has a release of its own."""
    if audience in AUDIENCES:
        return (release or record.release) in AUDIENCES[audience]
    return record.by == audience or (release or record.release) in AUDIENCES["mechanism"]


# Records that are not released


@st.composite
def released_histories(draw):
    """Histories in which each record has a release and texts of its own that can be told in a report."""
    history = draw(histories(most=6))
    releases = st.sampled_from(("public", "public", "mechanism", "author"))
    records = tuple(
        evolve(
            record,
            release=draw(releases),
            text=f"words{n}words",
            evidence=(Evidence(title=f"proof{n}proof", release=draw(st.none() | releases)),),
        )
        for n, record in enumerate(history.records)
    )
    return evolve(history, records=records)


def hidden(records, audience):
    """Return the records above an audience, with what their authors wrote to change or take them back."""
    above = {r.id for r in records if not may_see(audience, r)}
    for _ in range(2):
        amending = (r for r in records if isinstance(r, Correction | Withdrawal | Erasure))
        by = {r.id: r.by for r in records}
        above |= {r.id for r in amending if r.of in above and by[r.of] == r.by}
    return [r for r in records if r.id in above]


#: Two in five of the examples that the profile asks for: each of them writes reports.
DEAR = settings(max_examples=max(20, settings().max_examples * 2 // 5))


def written(history, audience, **asked):
    """Return a report on a history for an audience."""
    return cf.report(history.assess(AS_OF, relays=True, since="2017-03-30", **asked), audience=audience)


@given(history=released_histories(), audience=st.sampled_from(("public", "mechanism", PARTY)))
@DEAR
def test_a_report_is_that_of_the_history_without_what_is_not_released(history, audience):
    """Whether or not there is a record that the audience may not see, document and lists are the same."""
    above = hidden(history.records, audience)
    assume(above)
    without = evolve(history, records=tuple(r for r in history.records if r not in above))
    one, two = written(history, audience), written(without, audience)
    assert one.data == two.data
    assert one.document == two.document
    assert exported(one) == exported(two)


@given(history=released_histories(), audience=st.sampled_from(("public", "mechanism", "author", PARTY)))
@DEAR
def test_no_word_of_a_hidden_record_is_in_any_format(history, audience):
    """Neither text nor evidence, nor the id unless a record of this audience points at it."""
    made = written(history, audience)
    above = {r.id for r in hidden(history.records, audience)}
    texts = (
        made.to_markdown(),
        made.to_json(),
        made.to_terminal(whole=True),
        typeset(made),
        str(made.document),
        *exported(made).values(),
    )
    seen = [r for r in history.records if r.id not in above]
    pointed = {getattr(r, name, None) for r in seen for name in ("on", "to", "of", "same_as", "answers")}
    for n, record in enumerate(history.records):
        (proof,) = record.evidence
        if record.id in above:
            assert not any(f"words{n}words" in text for text in texts)
        if record.id in above or not may_see(audience, record, proof.release or "public"):
            assert not any(f"proof{n}proof" in text for text in texts)
        if record.id in above and (audience == "public" or record.id not in pointed):
            assert not any(f'"{record.id}"' in text or rf"[{record.id}\]" in text for text in texts)


#: What no public edition says: of what is not there, nothing more is known than that it is not released.
NEVER_PUBLIC = (
    "is recorded",
    "are recorded",
    "recorded:",
    "recorded.",
    "none recorded",
    "no breach recorded",
    "no answer recorded",
    "othing recorded",
    "nothing is recorded",
    "othing to determine",
    "till to answer",
    "by nobody so far",
    "established none",
    "refuted none",
    "published no count",
    "no side published",
    "states no count",
    "no case is open",
    "no performance established",
    "no breach established",
    "none published",
    "published no",
    "difference",
)


#: The editions of which nothing else may be told than that it is not released to them.
EDITIONS = st.sampled_from(("public", PARTY))


def cells_of(book):
    """Return every text of a workbook as a text: its parts are packed."""
    with ZipFile(BytesIO(book)) as packed:
        return "\n".join(packed.read(name).decode() for name in sorted(packed.namelist()))


def exported(made):
    """Return what other programs are given of a report beside its tables."""
    material = made.material
    several = (*material.names.agreements, *material.names.commitments, *material.claims)
    return {
        "GeoJSON": made.to_geojson(),
        "PROV": made.to_prov(),
        "events": made.to_events(hxl=True),
        "Mermaid": "\n".join(map(made.to_mermaid, ("mechanism", *several))),
    }


def typeset(made):
    """Return every text that a PDF is set from, those that only readers of screens hear too, as one."""
    return json.dumps(set_document(for_paper(made.document, whole=True)), ensure_ascii=False)


def read_in_pdf(file):
    """Return every text that a PDF is read in: sheets, alternatives, bookmarks, metadata, what is attached."""
    reader = PdfReader(BytesIO(file))
    told = [" ".join(page.extract_text().split()) for page in reader.pages]
    told += [str(e.get("/Alt", "")) for _, _, e in Structure(reader.trailer["/Root"]).elements]
    told += [entry.title for entry in reader.outline if not isinstance(entry, list)]
    told += map(str, (reader.metadata or {}).values())
    told.append(reader.trailer["/Root"]["/Metadata"].get_data().decode())
    told += [one.decode() for several in reader.attachments.values() for one in several]
    return "\n".join(told)


def texts_of(status, audience="public"):
    """Return every text that an edition of an assessment is read in."""
    made = cf.report(status, audience=audience)
    shown = status.for_audience(audience)
    why = (shown.why(row["commitment"], row["owed_by"]) for row in shown.table("commitments"))
    return {
        "Markdown": made.to_markdown(),
        "JSON": made.to_json(),
        "HTML": made.to_html(),
        "PDF": typeset(made),
        "terminal": made.to_terminal(whole=True),
        "XLSX": cells_of(made.to_xlsx()),
        "CSV": "".join(made.to_csv(name, hxl=True) for name in NAMES),
        "iCalendar": made.to_ical(),
        "notebook's report": made._repr_html_(),
        "notebook": shown._repr_html_(),
        "summary": "\n".join(summary(made.material)),
        "reasons": "\n".join(why),
        "claims": json.dumps(shown.table("claims")),
        "due": json.dumps(shown.coming),
        "tables": json.dumps([shown.table("due"), shown.table("key_figures", since=shown.at(BEFORE))]),
        "changes": json.dumps([as_entry(one) for one in shown.changes(shown.at(BEFORE))]),
        "Arrow": "\n".join(str(pa.table(made.to_arrow(name)).to_pylist()) for name in NAMES),
        **exported(made),
    }


@given(
    history=released_histories(), since=st.sampled_from((None, "2017-03-30", "2017-04-06")), audience=EDITIONS
)
@settings(max_examples=25)
def test_each_text_is_that_of_the_history_without_what_is_not_released(history, since, audience):
    """Byte by byte, for the public and for a party, whatever it is read in: report, tables, notebook, summary, reasons, claims, what is due."""
    above = hidden(history.records, audience)
    without = evolve(history, records=tuple(r for r in history.records if r not in above))
    one, two = (texts_of(h.assess(AS_OF, relays=True, since=since), audience) for h in (history, without))
    assert one == two


@given(
    history=released_histories(), since=st.sampled_from((None, "2017-03-30", "2017-04-06")), audience=EDITIONS
)
@settings(max_examples=25)
def test_no_text_says_more_than_that_something_is_not_released(history, since, audience):
    """Neither where all is released nor where something is not: the words are the same."""
    for name, text in texts_of(history.assess(AS_OF, relays=True, since=since), audience).items():
        said = [words for words in NEVER_PUBLIC if words in text.casefold()]
        assert not said, f"{name}: {said}"


@pytest.mark.parametrize("since", [None, "2031-03-20"])
@pytest.mark.parametrize("records", ["all", "none"])
@pytest.mark.parametrize("audience", ["public", "cedar"])
def test_an_edition_of_the_examples_says_no_more_either(since, records, audience):
    """Of the invented valley, with its counts, answers, cases and deadlines, and of nothing at all."""
    agreement = cf.agreement("examples/valley/accord.toml")
    given = cf.read_records("examples/valley/records.jsonl") if records == "all" else []
    for as_of in ("2031-03-15", "2031-03-28", "2031-10-01"):
        if since is not None and as_of < since:
            continue
        texts = texts_of(cf.assess(agreement, given, as_of=as_of, since=since), audience)
        for name, text in texts.items():
            said = [words for words in NEVER_PUBLIC if words in text.casefold()]
            assert not said, f"{name}: {said}"


def test_no_word_above_the_public_edition_is_in_any_format():
    """Neither the words of a record nor its id, on sheets and in what is attached to them too; the mechanism's has each."""
    agreement = cf.agreement("examples/valley/accord.toml")
    records = list(cf.read_records("examples/valley/records.jsonl"))
    status = cf.assess(agreement, records, as_of="2031-03-28", since="2031-03-20")
    texts = texts_of(status)
    texts["PDF as read"] = read_in_pdf(cf.report(status, audience="public", annexes="all").to_pdf())
    mechanism = read_in_pdf(cf.report(status, annexes="all").to_pdf())
    above = hidden(records, "public")
    assert len(above) == 7
    for record in above:
        named = re.compile(rf"(?<![\w/]){re.escape(record.id)}(?!\d)")
        assert named.search(mechanism), record.id
        for name, text in texts.items():
            assert not named.search(text), f"{name}: {record.id}"
            assert record.text is None or record.text not in text, f"{name}: {record.text}"


@given(history=released_histories())
def test_a_public_report_is_not_made_from_chains_that_the_public_cannot_check(history):
    """The head of a chain vouches for records that the public may not see, so it is no part of its report."""
    assert written(history, "public").data["made_from"]["heads"] == {}


# Names that nobody has determined

#: Who may be accused in the small world: sides, groups within them, and a guarantor.
SUSPECTS = (("south",), ("north",), ("reds",), ("ant",), ("north", "south"), ("reds", "north"))


class Suspicions:
    """Two histories, all public, that differ in whom one incident accuses."""

    def __init__(self, history, fields, accused, findings):
        self.accused = accused
        added = [{"kind": "incident"} | fields | {"accused": list(one)} for one in accused]
        answers = [from_json(finding) for finding in findings]
        self.histories = [
            evolve(history, records=(*history.records, from_json(incident), *answers)) for incident in added
        ]
        self.lines = [*map(to_json, history.records), *added, *findings]

    def __repr__(self):
        """Return what a reader needs of a counterexample: the records, the incident twice."""
        return "\n".join(json.dumps(line, default=str) for line in self.lines)


SUSPECT = "ant/77"


@st.composite
def suspicions(draw):
    """A history, and in it an incident of which one member accuses one or another; others may answer."""
    history = draw(histories(most=4))
    history = evolve(history, records=tuple(evolve(r, release="public") for r in history.records))
    others = [r.id for r in history.records if isinstance(r, Incident)]
    written = {"recorded": "2017-04-06T12:00:00Z", "release": "public"}
    fields = written | {
        "by": "ant",
        "id": SUSPECT,
        "occurred": draw(st.sampled_from(("2017-03-30T12:00:00Z", "2017-03-31", "2017-04"))),
        "act": draw(st.sampled_from(("attack.shelling", "attack", "access.aid-blocked"))),
        "zone": draw(st.sampled_from(("plain", "town", "river", "hills"))),
        "text": "words",
    }
    if others and draw(st.integers(0, 3)) == 3:
        fields["same_as"] = draw(st.sampled_from(others))
    findings = []
    for number in range(draw(st.integers(0, 2))):
        said = draw(
            st.sampled_from(({"outcome": "confirmed"}, {"outcome": "refuted"}, {"severity": "minor"}))
        )
        if draw(st.booleans()):
            said = said | {"attributed_to": list(draw(st.sampled_from((*SUSPECTS, ("unidentified",)))))}
        by = draw(st.sampled_from(("bee", "south", "reds")))
        findings.append(
            written | said | {"kind": "finding", "by": by, "id": f"{by}/8{number}", "on": SUSPECT}
        )
    accused = draw(st.lists(st.sampled_from(SUSPECTS), min_size=2, max_size=2, unique=True))
    return Suspicions(history, fields, accused, findings)


@st.composite
def suspicions_of_counts(draw):
    """A history, and in it a published count that accuses one or another, perhaps a ruling that nobody agreed to."""
    suspected = draw(suspicions())
    _, *lines = [line for line in suspected.lines if line["id"] == SUSPECT or line.get("on") == SUSPECT]
    (fields,) = (line for line in lines if line["id"] == SUSPECT)
    ruled = draw(st.booleans())
    counted = {name: fields[name] for name in ("recorded", "release", "by", "id", "act", "zone", "text")}
    counted |= {"kind": "tally", "period": "2017-03-30", "count": 3, "ruled": ruled, "unit": "cases"}
    counted |= draw(st.sampled_from(({}, {"by_zone": {"town": 2}}, {"against": ["reds"]}, {"act": "attack"})))
    history = evolve(
        suspected.histories[0],
        records=tuple(
            r for r in suspected.histories[0].records if SUSPECT not in (r.id, getattr(r, "on", None))
        ),
    )
    return Suspicions(history, counted, suspected.accused, [line for line in lines if "on" in line and ruled])


@st.composite
def courts(draw):
    """Two agreements with mechanisms of their own that both sides signed, and which both judge attacks."""
    first, second = draw(agreement_tables("accord", 2)), draw(agreement_tables("annex", 2))
    second |= {name: first[name] for name in ("timezone", "party", "zone")}
    for tables, name, usual in ((first, "panel", ["ant", "bee"]), (second, "bench", ["bee", "cat", "owl"])):
        members = draw(st.sampled_from((usual, ["ant", "bee", "cat"])))
        rule = draw(st.sampled_from(("majority", "any", "member:bee", "consensus")))
        tables["mechanism"] = [{"id": name, "members": members, "rule": rule}]
        both = {"id": "both", "title": "Both", "clause": "9", "summary": "Both keep the peace."}
        both |= {"duty": "refrain", "owed_by": ["north", "south"], "acts": ["attack"]}
        tables["commitment"] = [*tables["commitment"], both]
    return read(first), read(second)


DOUBLE = "cat/77"


@st.composite
def suspicions_before_two_courts(draw):
    """An attack of which one member accuses one or another, another report of it, and what members find."""
    agreements = draw(courts())
    written = {"recorded": "2017-04-06T12:00:00Z", "release": "public"}
    act = {"occurred": "2017-03-30T12:00:00Z", "act": "attack.shelling", "zone": "plain", "text": "words"}
    fields = written | act | {"by": draw(st.sampled_from(("ant", "bee", "owl"))), "id": SUSPECT}
    rest, double = [], draw(st.sampled_from((None, "it is the same", "same as it")))
    if double is not None:
        accused = draw(st.sampled_from(((), *SUSPECTS)))
        other = written | act | {"kind": "incident", "by": "cat", "id": DOUBLE, "accused": list(accused)}
        fields, other = (
            (fields, other | {"same_as": SUSPECT})
            if double == "same as it"
            else (fields | {"same_as": DOUBLE}, other)
        )
        rest.append(other)
    outcome = draw(st.sampled_from(("confirmed", "refuted")))
    one = draw(st.sampled_from((*SUSPECTS, ("unidentified",), None)))
    on = DOUBLE if "same_as" in fields else SUSPECT
    # Members mostly agree: else nothing would be decided.
    for by in draw(st.lists(st.sampled_from(("ant", "bee", "cat", "owl")), max_size=4, unique=True)):
        said = {"outcome": outcome} | ({} if one is None else {"attributed_to": list(one)})
        if draw(st.integers(0, 4)) == 4:
            said = draw(
                st.sampled_from(({"outcome": "refuted"}, {"attributed_to": ["reds"]}, {"severity": "minor"}))
            )
        rest.append(written | said | {"kind": "finding", "by": by, "id": f"{by}/88", "on": on})
    if draw(st.integers(0, 3)) == 3:
        rest.append(written | {"kind": "withdrawal", "by": fields["by"], "id": "w/99", "of": SUSPECT})
    accused = draw(st.lists(st.sampled_from(SUSPECTS), min_size=2, max_size=2, unique=True))
    return Suspicions(History(agreements, ()), fields, accused, rest)


def incidents(history):
    """Return what is determined of each incident: which record counts for it, whether, and by whom."""
    found = {}
    for claim in history.assess(AS_OF, relays=True).to_dict()["claims"]:
        if claim["kind"] in ("incident", "tally"):
            by = claim["attributed_to"] if claim["determination"] == "established" else []
            found[claim["record"], claim["agreement"]] = (
                claim["counts_as"],
                claim["determination"],
                tuple(by),
            )
    return found


def told(found, incident, accused):
    """Tell whether a determination may tell who is accused by an incident: it clears, or names, one of them.

    No agreement may leave the act open then, whoever reports it.
    """
    acts = {incident}
    for _ in found:
        acts |= {
            one
            for (record, _), (other, _, _) in found.items()
            if acts & {record, other}
            for one in (record, other)
            if one is not None
        }
    on_act = {key: value for key, value in found.items() if key[0] in acts}
    if any(how not in ("refuted", "duplicate") and not by for _, how, by in on_act.values()):
        return False
    cleared = any(how == "refuted" for (record, _), (_, how, _) in on_act.items() if record == incident)
    named = {"south" if p in ("reds", "reds-cell") else p for _, _, by in on_act.values() for p in by}
    return cleared or bool({"south" if p == "reds" else p for p in accused} & named)


@given(suspected=suspicions() | suspicions_before_two_courts() | suspicions_of_counts())
@DEAR
def test_a_public_report_is_the_same_whoever_is_accused(suspected):
    """As long as nobody is determined to have done it: nothing differs, in document and lists.

    Also where one agreement's mechanism has determined it, and another's has not.
    """
    found = [incidents(history) for history in suspected.histories]
    assume(found[0] == found[1])
    assume(not any(told(found[0], SUSPECT, one) for one in suspected.accused))
    one, other = (
        cf.report(history.assess(AS_OF, relays=True, since="2017-03-30"), audience="public")
        for history in suspected.histories
    )
    assert one.data == other.data
    assert one.document == other.document
    assert exported(one) == exported(other)


# The edition of a party


def of_two_sides():
    """Return an agreement of red and blue, and an incident that each keeps for itself, of which one tells."""
    truce = pen.truce("stop")
    own = pen.incident(
        1, "red", occurred="2020-01-10", act="attack.shelling", release="author", text="of red"
    )
    other = pen.incident(
        1, "blue", occurred="2020-01-11", act="attack.shelling", release="author", text="of blue"
    )
    return truce, own, other


def test_a_party_reads_what_it_keeps_for_itself_and_nothing_that_another_does():
    """Red reads its own claim, blue its own, the mechanism and the public neither."""
    truce, *records = of_two_sides()
    status = cf.assess(truce, records, as_of="2020-01-31")
    seen = {
        who: [claim["record"] for claim in cf.report(status, audience=who).data["claims"]]
        for who in ("red", "blue", "mechanism", "public", "author")
    }
    assert seen == {
        "red": ["red/1"], "blue": ["blue/1"], "mechanism": [], "public": [], "author": ["red/1", "blue/1"],
    }  # fmt: skip


def test_the_edition_of_a_party_holds_no_head_but_its_own(tmp_path):
    """The head of another's chain moves with what that other keeps for itself."""
    truce, own, other = of_two_sides()
    with cf.Journal.open(tmp_path / "blue.db", author="blue", agreements=[truce]) as journal:
        journal.record(evolve(other, id=None, by=None, recorded=None))
    made = []
    with cf.Journal.in_memory(author="red", agreements=[truce]) as journal:
        journal.record(evolve(own, id=None, by=None, recorded=None))
        made.append(cf.report(cf.assess(truce, journal, as_of="2020-01-31"), audience="red"))
        journal.merge(tmp_path / "blue.db")
        made.append(cf.report(cf.assess(truce, journal, as_of="2020-01-31"), audience="red"))
        assert journal.heads().keys() == {"red", "blue"}
    assert made[0].data["made_from"]["heads"].keys() == {"red"}
    assert made[0].to_json() == made[1].to_json()
    assert made[0].to_markdown() == made[1].to_markdown()


def test_an_audience_that_is_none_is_told_with_the_parties_there_are():
    """A slip of the pen in the id of a party is no edition of somebody else's."""
    truce, *records = of_two_sides()
    with pytest.raises(cf.ReportError, match=r"'rad' is no audience.* the id of a party \(.*red"):
        cf.report(cf.assess(truce, records, as_of="2020-01-31"), audience="rad")
