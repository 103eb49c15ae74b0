"""A public report names nobody as accused whom no determination names (docs/reports.md).

That it is the same whoever is accused is a property: see `test_nothing_shows_through`.
"""

import courts
import pytest
from courts import accord, attack, finds

import ceasefire as cf
from ceasefire.record import from_json

MEMO = "syria-de-escalation-2017"


def said(kind, by, number, **fields):
    """Return a public record."""
    envelope = {"kind": kind, "by": by, "id": f"{by}/{number}", "release": "public"}
    return from_json(envelope | {"recorded": f"2017-05-{13 + number}T12:00:00Z"} | fields)


def alleged(**fields):
    """Return Russia's incident, of which it accuses Ahrar al-Sham."""
    given = {"occurred": "2017-05-13", "act": "attack.shelling", "zone": "idlib", "accused": "ahrar-al-sham"}
    place = {"name": "held by Ahrar al-Sham", "lat": "35.9312", "lon": "36.6317", "precision": 1}
    texts = {
        "text": "Ahrar al-Sham shelled the road",
        "evidence": {"title": "Ahrar al-Sham video", "url": "https://example.org/ahrar"},
    }
    return said("incident", "russia", 1, **given | {"place": place} | texts | fields)


AROUND = (
    said("finding", "turkey", 1, on="russia/1", outcome="refuted", attributed_to="ahrar-al-sham"),
    said("finding", "ahrar-al-sham", 1, on="russia/1", outcome="refuted"),
    said("response", "iran", 1, to="russia/1", step="notification", addressee="ahrar-al-sham", due="2017-05-25"),
    said("response", "ahrar-al-sham", 2, to="russia/1", step="reply", text="It was not us, Ahrar al-Sham."),
    said("response", "ahrar-al-sham", 3, to="iran/1", step="note", text="Ahrar al-Sham objects."),
    said("response", "ahrar-al-sham", 4, to="russia/1", step="remedy", text="Ahrar al-Sham repaired it."),
    said("finding", "turkey", 2, on="ahrar-al-sham/4", outcome="confirmed"),
    said("finding", "turkey", 3, on="russia/1", attributed_to="ahrar-al-shaam"),
    said("correction", "ahrar-al-sham", 5, of="russia/1", set={"zone": "hama"}),
    said("incident", "turkey", 4, occurred="2017-05-12", act="access.aid-blocked", zone="homs",
         accused="ahrar-al-sham", text="Ahrar al-Sham stopped the convoy"),
)  # fmt: skip


def report_on(*records, audience="public"):
    """Return the report on some records in every format, and the lists."""
    status = cf.assess(cf.agreement(MEMO), records, as_of="2017-05-20", since="2017-05-08")
    made = cf.report(status, audience=audience)
    return {"Markdown": made.to_markdown(), "HTML": made.to_html(), "JSON": made.to_json()}, made.data


@pytest.mark.parametrize("form", ["Markdown", "HTML", "JSON"])
def test_the_name_of_an_accused_stands_nowhere_in_a_public_report(form):
    """Not in claims, rows, reasons, positions, cases, responses, problems or denials of access."""
    texts, _ = report_on(alleged(), *AROUND)
    assert "ahrar" not in texts[form].lower()
    assert "ahrar" in report_on(alleged(), *AROUND, audience="mechanism")[0][form].lower()


def test_what_says_nothing_on_who_it_was_stays():
    """The claim, who reports it, that it is disputed, what members answer and what is due are public."""
    texts, data = report_on(alleged(), *AROUND)
    assert [c["record"] for c in data["claims"]] == ["turkey/4", "russia/1"]
    assert [c["determination"] for c in data["claims"]] == ["alleged", "disputed"]
    assert {(p["record"], p["member"], p["answer"]) for p in data["positions"]} == {
        ("russia/1", "russia", "confirmed"),
        ("russia/1", "turkey", "refuted"),
        ("turkey/4", "turkey", "confirmed"),
    }
    assert [r["step"] for r in data["responses"]] == ["notification", "reply", "note", "remedy"]
    assert "Aid blocked, Homs" in texts["Markdown"]
    assert "- Who is named: not released" in texts["Markdown"]
    assert "Allegations are not shown by name to the public" in texts["Markdown"]


@pytest.mark.parametrize("form", ["Markdown", "HTML", "JSON"])
def test_a_public_report_has_no_coordinates(form):
    """Even of an act that is established, and whose culprit is named."""
    records = (
        alleged(text=None, evidence=None),
        *(said("finding", m, 7, on="russia/1", outcome="confirmed", attributed_to="ahrar-al-sham")
          for m in ("iran", "turkey")),
    )  # fmt: skip
    public, data = report_on(*records)
    assert data["claims"][0]["determination"] == "established"
    assert "Ahrar al-Sham" in public["Markdown"]
    assert "35.9312" not in public[form]
    assert "36.6317" not in public[form]
    assert "35.9312, 36.6317 (precision 1" in report_on(*records, audience="mechanism")[0]["Markdown"]


def test_once_it_is_determined_the_name_stands_beside_the_determination():
    """A public report names whom the mechanism has determined, and no other who was accused."""
    records = (
        alleged(accused=["ahrar-al-sham", "faylaq-al-sham"]),
        *(said("finding", m, 7, on="russia/1", outcome="confirmed", attributed_to="ahrar-al-sham")
          for m in ("iran", "turkey")),
    )  # fmt: skip
    texts, _ = report_on(*records)
    named = "Ahrar al-Sham (attributed, determination of the Trilateral mechanism of Iran, Russia and Turkey)"
    assert named in texts["Markdown"]
    assert "faylaq" not in texts["Markdown"].lower() + texts["JSON"].lower()
    assert "shelled the road" not in texts["Markdown"], "the text may speak of the other"


def test_a_refuted_allegation_is_told_with_its_refutation():
    """Who was accused and cleared is named as such."""
    records = (
        alleged(accused="ahrar-al-sham"),
        said("finding", "russia", 7, on="russia/1", outcome="refuted"),
        *(said("finding", m, 7, on="russia/1", outcome="refuted") for m in ("iran", "turkey")),
    )
    text = report_on(*records)[0]["Markdown"]
    assert "Ahrar al-Sham (alleged by Russia; refuted, determination of the Trilateral" in text


@pytest.mark.parametrize("decided", [(), ("iran", "turkey")])
def test_whether_an_answer_came_does_not_show_of_whom_it_was_asked(decided):
    """One group replied: to what it was asked, or to what another was asked. The public reads the same."""
    made, mechanism = [], []
    for addressee in ("faylaq-al-sham", "jaysh-al-islam"):
        records = (
            alleged(),
            *(said("finding", m, 7, on="russia/1", outcome="confirmed", attributed_to="ahrar-al-sham")
              for m in decided),
            said("response", "iran", 1, to="russia/1", step="inquiry", addressee=addressee, due="2017-05-16"),
            said("response", "faylaq-al-sham", 2, to="russia/1", step="reply", text="Here is our answer."),
        )  # fmt: skip
        texts, data = report_on(*records)
        made.append((texts, data))
        assert [(r["step"], r["state"]) for r in data["responses"]] == [("inquiry", None), ("reply", None)]
        assert "Asked for by the end of 16 May: not released." in texts["Markdown"]
        mechanism.append(report_on(*records, audience="mechanism")[1]["responses"][0]["state"])
    assert made[0] == made[1]
    assert mechanism == ["met", "overdue"]


def test_whether_those_who_oversee_answered_is_public():
    """Of an act that is determined, what one guarantor asks of another has a date and an answer."""
    records = (
        alleged(),
        *(said("finding", m, 7, on="russia/1", outcome="confirmed", attributed_to="ahrar-al-sham")
          for m in ("iran", "turkey")),
        said("response", "iran", 1, to="russia/1", step="inquiry", addressee="turkey", due="2017-05-16"),
    )  # fmt: skip
    texts, data = report_on(*records)
    assert [(r["addressee"], r["state"]) for r in data["responses"]] == [("turkey", "overdue")]
    assert (
        "Asked for by the end of 16 May: no answer in the records released to the public."
        in texts["Markdown"]
    )


def test_a_row_made_good_does_not_show_whom_a_new_allegation_accuses():
    """One breach of the opposition is made good; a new allegation against it, or against the government."""
    members = ("iran", "turkey")
    settled = [
        alleged(),
        *(said("finding", m, 7, on="russia/1", outcome="confirmed", attributed_to="ahrar-al-sham") for m in members),
        said("response", "russia", 2, to="russia/1", step="remedy", occurred="2017-05-16"),
        *(said("finding", m, 8, on="russia/2", outcome="confirmed") for m in members),
    ]  # fmt: skip
    made = []
    for accused in ("armed-opposition", "syrian-government"):
        new = said(
            "incident", "turkey", 5, occurred="2017-05-18", act="attack", zone="idlib", accused=accused
        )
        texts, data = report_on(*settled, new)
        made.append((texts["Markdown"], data))
    assert made[0] == made[1]
    assert "one breach established, made good; allegations are not shown by name" in made[0][0]


def test_the_group_of_a_member_in_breach_is_heard():
    """A breach by a member is its group's too: the group is named in its row, and its reply is public."""
    records = (
        alleged(accused="armed-opposition", text="the road was shelled", evidence=None),
        *(said("finding", m, 7, on="russia/1", outcome="confirmed", attributed_to="ahrar-al-sham")
          for m in ("iran", "turkey")),
        said("finding", "russia", 7, on="russia/1", attributed_to="ahrar-al-sham"),
        said("response", "armed-opposition", 5, to="russia/1", step="reply", text="It was not ordered."),
        said("response", "faylaq-al-sham", 5, to="russia/1", step="reply", text="It was not us."),
    )  # fmt: skip
    text = report_on(*records)[0]["Markdown"]
    assert "Opposition groups: reply. “It was not ordered.”" in text
    assert "the road was shelled" in text
    assert "faylaq" not in text.lower()
    assert "not us" not in text


# Several mechanisms, each with a determination of its own

TWO = (accord("acc", rule="majority"), accord("bcc", ("russia", "usa")))


def public(agreements, *given):
    """Return the public report on some records, and its lists."""
    made = courts.report_on(agreements, *given, audience="public")
    return made.to_markdown(), made.data


def test_what_one_mechanism_attributes_does_not_name_whom_another_only_hears_accused():
    """Accord acc lays it to XX; under accord bcc it is alleged, of XX or of YY. The public reads the same."""
    made = [
        public(
            TWO,
            attack("usa", accused=accused, text=f"{accused} did it"),
            *(finds(m, "usa/1", outcome="confirmed", attributed_to="xx") for m in ("iran", "turkey")),
        )
        for accused in ("xx", "yy")
    ]
    assert made[0] == made[1]
    text, data = made[0]
    named = "XX (attributed, determination of the Commission acc), under Accord acc"
    assert f"Who is named: {named}; not released, under Accord bcc" in text
    rows = {(r["commitment"], r["owed_by"]): r["compliance"] for r in data["commitments"]}
    assert rows["acc/no-attacks", "xx"] == "breached"
    assert rows["bcc/no-attacks", "xx"] is rows["bcc/no-attacks", "yy"] is None


def test_a_member_of_two_mechanisms_is_not_heard_on_whom_it_accuses_in_one_of_them():
    """Its view agrees with what accord acc decided, and is open before accord bcc: there it would accuse."""
    both = (accord("acc", rule="majority"), accord("bcc", ("turkey", "usa")))
    given = [
        finds("turkey", "russia/1", outcome="confirmed", attributed_to="xx"),
        finds("iran", "russia/1", outcome="confirmed", attributed_to="xx"),
    ]
    _, data = public(both, attack("russia"), *given)
    named = {(p["mechanism"], p["member"]) for p in data["positions"] if p["question"] == "attributed_to"}
    assert named == {("m-acc", "iran")}


def test_a_refutation_does_not_name_whom_another_mechanism_only_hears_accused():
    """Refuted in accord acc, alleged in bcc: neither row, reason, text nor name of the accused is public."""
    text, data = public(
        TWO,
        attack("usa", accused="xx", text="xx did it"),
        finds("iran", "usa/1", outcome="refuted"),
        finds("turkey", "usa/1", outcome="refuted"),
    )
    assert "alleged* by" not in text
    assert "did it" not in text
    assert "- Who is named: not released" in text
    assert not [r for r in data["reasons"] if r["record"] and r["owed_by"]]


def test_a_refuted_report_does_not_name_whom_another_report_of_the_act_accuses():
    """Russia names nobody, Turkey reports the same act and names YY; all refute it: YY stands nowhere."""
    given = [
        attack("russia", text="a shell fell"),
        attack("turkey", accused="yy", same_as="russia/1"),
        *(finds(m, "russia/1", outcome="refuted") for m in ("russia", "turkey", "iran")),
    ]
    text, data = public(accord("acc"), *given)
    assert not [r for r in data["reasons"] if r["record"] and r["owed_by"]]
    assert data["claims"][0]["under"] == []
    assert "a shell fell" in text
    assert "YY" not in text.split("\n## Cases")[1].split("\n## B · ")[0]


def test_who_is_cleared_keeps_the_reason_of_its_row():
    """A refuted allegation is told with its refutation, in the row and the reasons of the one it accused."""
    given = [
        attack("russia", accused="xx"),
        *(finds(m, "russia/1", outcome="refuted") for m in ("russia", "turkey", "iran")),
    ]
    _, data = public(accord("acc"), *given)
    reasons = [(r["owed_by"], r["code"]) for r in data["reasons"] if r["record"] == "russia/1"]
    assert reasons == [("xx", "refuted")]
