"""The report as a PDF: sheets to hand over, with the data attached, for readers of screens and for archives."""

import io
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from examples import made, status
from hostile import NASTY, history, reported
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_structure import Structure, findings
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, ContentStream, NameObject, NumberObject, TextStringObject

import ceasefire as cf
from ceasefire.errors import MissingExtra
from ceasefire.record import from_json
from ceasefire.reporting.figures import Medium
from ceasefire.reporting.figures.markup import written
from ceasefire.reporting.formats.pdf.fonts import printable
from ceasefire.testing import read as agreed

A4 = (595, 842)
#: The height of what stands below the text of a sheet, in points.
FOOT = 42
#: What a text would have to be to do something in typst: each must stand on the page as it is.
TRICKS = (
    '#read("/etc/passwd")',
    "#{ panic(1) }",
    '#import "@preview/x:0.1.0"',
    "$ x^2 $",
    "*b* _i_ `raw` = h",
    "@r-ant.1 <r-ant.1>",
    "\\u{202e} \\#",
    "// c",
    "/* ",
    "#pagebreak()",
    "]",
)


@cache
def read(name, audience="mechanism", language="en"):
    """Return the PDF of an example, as it is read."""
    return PdfReader(io.BytesIO(made(name, audience, language).to_pdf()))


def root(name, audience="mechanism", language="en"):
    """Return the catalogue of the PDF of an example."""
    return read(name, audience, language).trailer["/Root"]


def sheets(reader):
    """Return the text of each sheet, on one line."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


# What is on the sheets


@pytest.mark.parametrize(("name", "most"), [("syria", 9), ("valley", 4)])
def test_page_one_is_one_sheet_and_annexes_begin_another(name, most):
    """The opening is on the first sheet of A4, the body begins the second, annex A one of its own."""
    told = sheets(read(name))
    assert len(told) <= most
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in read(name).pages} == {A4}
    assert "In brief" in told[0]
    assert "What changed since" not in told[0]
    assert told[1].startswith("What changed since")
    assert sum(sheet.startswith("A · Published counts") for sheet in told) == 1


def test_page_one_says_what_the_report_says():
    """Who may read it, of what, the bullets, the key figures: as in every other format."""
    first = sheets(read("valley"))[0]
    assert first.startswith(
        "For the mechanism – not for publication Status report, 35 records until 28 March"
    )
    assert (
        "One breach is established and made good. Shelling, 11 March, 22:30, River Brigade (attributed"
        in first
    )
    assert "Breaches established 1, made good" in first


def test_each_sheet_says_for_whom_it_is_and_which_of_how_many():
    """A sheet that lies alone is not mistaken for another."""
    for audience, band in (
        ("mechanism", "For the mechanism – not for publication"),
        ("public", "For the public"),
    ):
        told = sheets(read("valley", audience))
        for number, sheet in enumerate(told, 1):
            assert re.search(rf"{band}.{{0,60}} {number} ?/ ?{len(told)}$", sheet), sheet[-200:]


def test_claims_reasons_and_problems_are_printed_on_request():
    """Annexes A to D are printed, and that others are not; with those asked for, that the data are attached."""
    printed = {}
    for annexes in (None, "all", "A,E"):
        report = cf.report(status("valley"), annexes=annexes)
        printed[annexes] = sheets(PdfReader(io.BytesIO(report.to_pdf())))
    letters = {asked: re.findall(r"\b([A-G]) · ", " ".join(told)) for asked, told in printed.items()}
    assert letters == {None: list("ABCD"), "all": list("ABCDEFG"), "A,E": list("AE")}
    assert "problems in the data are not printed" in printed[None][-1]
    for asked in ("all", "A,E"):
        assert "attached to this file as report.json" in printed[asked][-1]
        assert "not printed" not in printed[asked][-1]


def test_a_brief_report_has_no_annexes_on_paper_either():
    """It ends with the body; the data are attached all the same."""
    reader = PdfReader(io.BytesIO(cf.report(status("valley"), brief=True).to_pdf()))
    assert not re.findall(r"\b[A-G] · ", " ".join(sheets(reader)))
    assert reader.attachments.keys() == {"report.json"}


def test_more_than_is_printed_is_told_in_one_line():
    """Of 43 cases 40 have a card; the line says how many more there are, and that the data have them."""
    tables, _ = history("", "https://example.org/", plain=True)
    common = {"kind": "incident", "by": "ant", "recorded": "2017-03-30T10:00:00Z", "act": "attack.shelling"}
    records = [
        from_json(
            common
            | {
                "id": f"ant/{n}",
                "occurred": f"2017-03-{n % 20 + 1:02}",
                "zone": "plain",
                "accused": ["north"],
            }
        )
        for n in range(1, 44)
    ]
    status = cf.assess(agreed(tables), records, as_of="2017-03-31", since="2017-03-01")
    told = " ".join(sheets(PdfReader(io.BytesIO(cf.report(status).to_pdf()))))
    assert "3 more stand in the table claims of the data file." in told


# In other languages


def at_foot(end, page):
    """Return how far from the left the pieces at the foot of a sheet begin that end so, in points."""
    found = []

    def look(piece, matrix, at, *_):
        if piece.strip().endswith(end) and matrix[5] + at[5] < FOOT:
            found.append(matrix[4] + at[4])

    page.extract_text(visitor_text=look)
    return found


@pytest.mark.parametrize("language", ["fr", "ru", "ar", "tr"])
def test_the_sheets_of_every_language_conform(language):
    """Its code stands in the file for those who hear it; page one is one sheet, and tags are as they must be."""
    reader = read("valley", language=language)
    assert root("valley", language=language)["/Lang"] == language
    assert findings(reader) == []
    assert len(reader.pages) <= 5
    told = " ".join(sheets(reader))
    assert "[U+" not in told


def test_arabic_sheets_are_laid_out_from_right_to_left():
    """The number of the sheet stands at the left; what a drawing says is one text, whatever is written in it."""
    middle = A4[0] / 2
    for language, left in (("en", False), ("ar", True)):
        reader = read("valley", language=language)
        (at,) = at_foot(str(len(reader.pages)), reader.pages[0])
        assert (at < middle) is left
    words = "6 أيار: \u2068\u200ememorandum\u2069 – نافذ"
    drawn = written(Medium(width=500, rtl=True).text(0, 0, words))
    assert ">\u2067" in drawn
    assert "\u2069</text>" in drawn
    assert "\u2067" not in written(Medium(rtl=True).text(0, 0, words))


# What is in the file


def test_the_data_are_attached_and_equal_the_json():
    """Whoever gets the sheets has the figures as a program reads them, marked as the data they are made from."""
    for audience in ("mechanism", "public"):
        report = made("valley", audience)
        reader = PdfReader(io.BytesIO(report.to_pdf()))
        assert reader.attachments == {"report.json": [report.to_json().encode()]}
        (file,) = reader.trailer["/Root"]["/AF"]
        assert file["/AFRelationship"] == "/Data"
        assert json.loads(reader.attachments["report.json"][0]) == report.data


def test_the_metadata_say_what_it_is_and_which_standards_it_meets():
    """Title, audience and language for readers and archives; the instant is the report's, not that of making."""
    reader = read("valley")
    assert reader.metadata.title == made("valley").document.title
    assert reader.metadata.subject.startswith("For the mechanism – not for publication")
    assert reader.metadata.creation_date.isoformat() == "2031-03-28T22:59:59+00:00"
    assert root("valley")["/Lang"] == "en"
    declared = root("valley")["/Metadata"].get_data().decode()
    for part in ("pdfuaid:part>1<", "pdfaid:part>3<", "pdfaid:conformance>A<"):
        assert part in declared


def test_headings_are_an_outline_and_links_lead_within_the_file():
    """Each section is a bookmark; a record in brackets leads to where it is told; addresses are of the web."""
    reader = read("syria")
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles[:3] == ["In brief", "Key figures", "What falls due"]
    assert titles[-1] == "D · How this report was made"
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", ())]
    within = [link for link in links if "/Dest" in link]
    out = [str(link["/A"]["/URI"]) for link in links if "/A" in link]
    assert len(within) > 20
    assert out
    assert all(address.startswith(("http://", "https://")) for address in out)


def test_each_figure_says_in_words_what_it_shows():
    """Those who cannot see the strips, the tracks, the squares and the maps hear the same figures."""
    told = [str(e["/Alt"]) for kind, _, e in Structure(root("syria")).elements if kind == "Figure"]
    assert any("6 May" in words and "15" in words for words in told)
    assert any("Damascus" in words for words in told)
    assert len(told) >= 8


def test_a_name_stands_beside_its_determination_in_every_alternative_text():
    """An accused is named with the word that says what is known of it, or not at all."""
    words = "alleged|attributed|disputed|established|in the view of|under review"
    for audience in ("mechanism", "public"):
        for kind, _, element in Structure(root("valley", audience)).elements:
            said = str(element.get("/Alt", ""))
            if kind == "Figure" and "River Brigade" in said:
                assert re.search(f"{words}|made good", said), said


# Conformance: a strict reader of tags, and that it is strict


@pytest.mark.parametrize("name", ["valley", "syria"])
@pytest.mark.parametrize("audience", ["mechanism", "public"])
def test_the_tags_conform(name, audience):
    """What a program can see of PDF/UA-1: the compiler holds the file to it, and a reader of our own does."""
    assert findings(read(name, audience)) == []


def broken(change):
    """Return a copy of an example in which something was spoilt."""
    writer = PdfWriter(clone_from=io.BytesIO(made("valley").to_pdf()))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return PdfReader(out)


def of_kind(writer, kind):
    """Return the first element of a kind in a file."""
    return next(element for found, _, element in Structure(writer.root_object).elements if found == kind)


def without_tags(writer):
    """Take the marks off the content of the first sheet, so that it is painted outside any."""
    page = writer.pages[0]
    content = ContentStream(page.get_contents(), writer)
    content.operations = [one for one in content.operations if one[1] not in (b"BDC", b"BMC", b"EMC")]
    page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 – pypdf has no other way


SPOILT = {
    "Figure without alternative text": lambda w: of_kind(w, "Figure").pop("/Alt"),
    "TH without scope": lambda w: of_kind(w, "TH").pop("/A"),
    "the file is not marked as tagged": lambda w: w.root_object["/MarkInfo"].update(
        {NameObject("/Marked"): BooleanObject(False)}
    ),
    "no language": lambda w: w.root_object.pop("/Lang"),
    "the title is not displayed": lambda w: w.root_object.pop("/ViewerPreferences"),
    "no title in the metadata": lambda w: w.root_object.pop("/Metadata"),
    "no outline": lambda w: w.root_object.pop("/Outlines"),
    "no structure tree": lambda w: w.root_object.pop("/StructTreeRoot"),
    "Tj outside marked content": without_tags,
    "a link without a description": lambda w: w.pages[0]["/Annots"][0].get_object().pop("/Contents"),
    "a page with annotations whose order is not that of the structure": lambda w: w.pages[0].pop("/Tabs"),
    "the first heading is H4": lambda w: of_kind(w, "H1").update({NameObject("/S"): NameObject("/H4")}),
    "Nonsense is no standard type, and not mapped to one": lambda w: of_kind(w, "L").update(
        {NameObject("/S"): NameObject("/Nonsense")}
    ),
    "P stands in TR": lambda w: of_kind(w, "TD").update({NameObject("/S"): NameObject("/P")}),
    "pieces of content that no element holds": lambda w: of_kind(w, "Figure").pop("/K"),
    "pieces that elements hold and no page has": lambda w: of_kind(w, "Figure").update(
        {NameObject("/K"): NumberObject(9999)}
    ),
    "Figure with blanks": lambda w: of_kind(w, "Figure").update({NameObject("/Alt"): TextStringObject(" ")}),
}


@pytest.mark.parametrize("what", SPOILT)
def test_the_reader_of_tags_finds_what_is_spoilt(what):
    """A check that nothing fails proves nothing: each kind of damage is found, and named."""
    wanted = "Figure without alternative text" if what == "Figure with blanks" else what
    assert any(wanted in sentence for sentence in findings(broken(SPOILT[what])))


# What others wrote


@pytest.mark.parametrize("trick", [*TRICKS, " ".join(NASTY)])
def test_a_text_stands_on_the_sheet_and_does_nothing(trick):
    """What would be code in typst is a text like any other; the file conforms, and has no link but the one given."""
    reader = PdfReader(
        io.BytesIO(reported(trick, "https://example.org/", audience="mechanism", annexes="all").to_pdf())
    )
    told = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert "root:x:0:0" not in told
    if printable(trick).isascii():
        assert "".join(printable(trick).split()) in told
    assert reader.attachments.keys() == {"report.json"}
    assert "/OpenAction" not in reader.trailer["/Root"]
    assert "/JavaScript" not in reader.trailer["/Root"]["/Names"]
    links = {
        str(a.get_object()["/A"]["/URI"])
        for p in reader.pages
        for a in p.get("/Annots", ())
        if "/A" in a.get_object()
    }
    assert links <= {"https://example.org/"}


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
@settings(max_examples=10)
def test_any_text_can_be_printed(text):
    """Of any script there is: what no font has a sign for is shown as its code, and the standard is met."""
    reader = PdfReader(io.BytesIO(reported(text, "https://example.org/", audience="mechanism").to_pdf()))
    assert len(reader.pages) >= 2


def test_scripts_of_the_region_are_printed_and_others_as_codes():
    """Arabic, Persian, Cyrillic, Turkish and Kurdish have letters; a Chinese sign is shown as its code."""
    for text in (
        "لجنة الهدنة",
        "می\u200cشود",
        "Сирия, Україна",
        "Türkiye ışğ",
        "Rojavayê",
        "Ḥimṣ",
        "→ ≤",
    ):
        assert printable(text) == text
    assert printable("中 e\u0301 \u4e2d\u0301") == "[U+4E2D] e\u0301 [U+4E2D][U+0301]"


# Same bytes

SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from hashlib import sha256
from examples import made
for name, audience in (("syria", "mechanism"), ("valley", "public")):
    print(sha256(made(name, audience).to_pdf()).hexdigest())
"""
PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "tr_TR.UTF-8"},
)


def test_processes_that_differ_in_everything_make_the_same_bytes():
    """Hash seed, time zone, language and clock leave no trace in the file."""
    source = Path(cf.__file__).parents[1]

    def told(place):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, Path(__file__).parent],
            env=os.environ | {"PYTHONPATH": str(source)} | place,
            capture_output=True, check=True, timeout=240,
        )  # fmt: skip
        return done.stdout

    first, second = map(told, PLACES)
    assert first == second
    assert first.count(b"\n") == 2


def test_the_public_edition_does_not_know_what_is_not_released():
    """Without the records above the public, its file has the same bytes: sheets, alternative texts, data."""
    records = cf.read_records(Path(__file__).parents[2] / "examples" / "valley" / "records.jsonl")
    accord = cf.agreement(Path(__file__).parents[2] / "examples" / "valley" / "accord.toml")
    asked = {"as_of": "2031-03-28", "since": "2031-03-20"}
    public = [record for record in records if record.release == "public"]
    assert len(public) < len(records)
    files = [
        cf.report(cf.assess(accord, some, **asked), audience="public").to_pdf() for some in (records, public)
    ]
    assert files[0] == files[1]


# Calls


def test_without_typst_the_extra_is_named(monkeypatch):
    """A PDF needs the extra; the other formats need nothing of it."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtra, match=r"ceasefire\[pdf\]"):
        made("valley").to_pdf()


def test_a_name_that_ends_in_pdf_is_one(tmp_path):
    """The suffix chooses the format, and a file is what the call gives."""
    assert made("valley").save(tmp_path / "a.PDF").read_bytes() == made("valley").to_pdf()
