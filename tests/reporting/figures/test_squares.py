"""Squares: a whole agreement in a line, a square a commitment."""

from drawings import read, those

from ceasefire.reporting.figures import Medium, Square, square, squares

FILLINGS = ("nothing", "counted", "due", "alleged", "disputed", "breached", "made-good", "no-status")


def given(*fillings):
    return tuple(
        Square(filling=one, anchor=f"c-{n}", label=f"{n} Hostilities cease: {one}")
        for n, one in enumerate(fillings)
    )


def test_a_square_a_commitment_in_the_order_of_the_text():
    """A list of links, each with a name that says clause, title and where it stands."""
    root = read(squares("The accord", given(*FILLINGS)))
    assert root[0].get("aria-label") == "The accord"
    items = root[0].findall("li/a")
    assert [one.get("href") for one in items] == [f"#c-{n}" for n in range(8)]
    assert items[1].get("aria-label") == items[1].get("title") == "1 Hostilities cease: counted"


def test_fillings_differ_without_colour():
    """Seven fillings and the empty square: no two are drawn alike."""
    drawn = {square(one) for one in FILLINGS}
    assert len(drawn) == len(FILLINGS)
    shapes = {
        str([(one.tag, one.get("d"), "dotted" in one.get("class", "")) for one in read(markup)[0]])
        for markup in drawn
    }
    assert len(shapes) == len(FILLINGS)


def test_one_without_a_place_to_lead_to_is_named_all_the_same():
    """No link, and still an image with a name."""
    root = read(squares("x", (Square(filling="due", label="2 Maps: due"),)))
    (one,) = root.iter("span")
    assert (one.get("role"), one.get("aria-label")) == ("img", "2 Maps: due")


def test_on_paper_they_are_one_drawing_in_rows():
    """As many in a row as the paper is wide."""
    narrow = read(squares("x", given(*FILLINGS), on=Medium(width=63)))
    wide = read(squares("x", given(*FILLINGS), on=Medium(width=630)))
    assert len(narrow[0]) == len(wide[0]) == 8
    rows = [[one.get("transform").split()[1] for one in root[0]] for root in (narrow, wide)]
    assert [len(set(row)) for row in rows] == [2, 1]


def test_an_agreement_without_commitments_has_an_empty_list():
    """Nothing breaks."""
    assert not list(read(squares("x", ())).iter("li"))
    assert not those(read(squares("x", (), on=Medium(width=100))), "path")
