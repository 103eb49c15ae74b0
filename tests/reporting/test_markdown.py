"""Markdown in which nothing that others wrote is markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.reporting.document import (
    Bullets,
    Code,
    Column,
    Document,
    Frame,
    Item,
    Link,
    Paragraph,
    Ref,
    Row,
    Said,
    Section,
    Strong,
    Table,
)
from ceasefire.reporting.formats.markdown import escaped, to_markdown

FRAME = Frame(language="en", skip="Skip", audience="For whom", contents="Contents", foot="Foot")


def document(*blocks, title="Title"):
    section = Section(id="one", title="Section", blocks=blocks)
    head = {"title": title, "line": ("Line",), "band": "Band", "made_from": "One record", "frame": FRAME}
    return Document(**head, front=(), body=(section,), annexes=())


def body(*blocks):
    """Return the lines of the one section."""
    return to_markdown(document(*blocks)).split("## Section\n\n", 1)[1].split("\n\n---")[0].rstrip("\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("`rm`", r"\`rm\`"),
        ("[x](y)", r"\[x\](y)"),
        ("![x](y)", r"\!\[x\](y)"),
        ("<script>", "&lt;script&gt;"),
        ("&lt;", "&amp;lt;"),
        ("*a* _b_ ~c~", r"\*a\* \_b\_ \~c\~"),
        ("a\\b", r"a\\b"),
        ("$x$", r"\$x\$"),
        ("me@example.org", r"me\@example.org"),
        ("\u202eabc", r"\[U+202E\]abc"),
    ],
)
def test_markup_in_a_text_is_escaped(text, shown):
    """Every character that means something in Markdown or HTML is written so that it means itself."""
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("1. item", "1&#46; item"),
        ("12) item", "12&#41; item"),
        ("> quote", "&gt; quote"),
        ("---", r"\---"),
        ("===", r"\=\=\="),
        ("```", r"\`\`\`"),
        ("    code", "code"),
        ("2 days", "2 days"),
    ],
)
def test_a_text_at_the_start_of_a_line_starts_nothing(text, shown):
    """No heading, list, quotation, rule or code begins with what somebody wrote."""
    assert body(Paragraph((Said(text),))) == shown
    assert body(Bullets(items=(Item(words=(Said(text),)),))) == f"- {shown}"


def test_bare_addresses_in_a_text_are_no_links():
    """Readers of GitHub's dialect would make a link of an address or www; here they find none to make."""
    assert escaped("see https://evil.example, WWW.evil.example") == (
        "see https&#58;//evil.example, WWW&#46;evil.example"
    )


def test_a_link_is_written_only_for_a_web_address():
    """Anything but http and https is printed as text, with its title."""
    assert (
        body(Paragraph((Link("https://example.org/a(b)", "T | t"),)))
        == r"[T \| t](https://example.org/a%28b%29)"
    )
    assert body(Paragraph((Link("javascript:alert(1)", "T"),))) == "T (javascript:alert(1))"


def test_a_line_break_in_a_cell_does_not_end_the_row():
    """A table keeps its rows and columns whatever the cells say."""
    table = Table(
        caption="C",
        columns=(Column("A"), Column("B", "end")),
        rows=(Row(cells=(("x\n|y|",), (Code("p|q`r"),))),),
    )
    lines = body(table).splitlines()
    assert lines == ["| A | B |", "| --- | ---: |", r"| x \|y\| | `` p\|q`r `` |"]


def test_a_reference_is_the_id_in_brackets():
    """A reference cannot become a link to somewhere else."""
    assert body(Paragraph((Ref("russia/17"), " and ", Strong("more")))) == r"\[russia/17\] and **more**"


@given(st.text())
def test_no_text_adds_a_line_or_a_tag(text):
    """Whatever a title, a cell and a paragraph say, the document keeps its lines and has no tag."""
    table = Table(caption=text, columns=(Column(text),), rows=(Row(cells=((Said(text),),)),))
    empty = Table(caption="x", columns=(Column("x"),), rows=(Row(cells=(("x",),)),))
    written = to_markdown(document(Paragraph((Said(text),)), table, title=text))
    plain = to_markdown(document(Paragraph(("x",)), empty, title="x"))
    assert written.count("\n") == plain.count("\n")
    assert "<" not in written
