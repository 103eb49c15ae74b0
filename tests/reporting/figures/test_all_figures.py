"""What holds of every figure: it is a drawing and nothing else, the same everywhere, in every direction."""

import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from drawings import NASTY, every_figure, read

from ceasefire.reporting.figures import SCREEN, Medium
from ceasefire.reporting.figures.markup import element, written
from ceasefire.reporting.figures.medium import ROLES

PAPER = Medium(width=500)
MEDIA = {
    "screen": SCREEN,
    "screen from the right": Medium(rtl=True),
    "paper": PAPER,
    "paper from the right": Medium(width=500, rtl=True),
}
ELEMENTS = {"all", "svg", "g", "a", "rect", "line", "path", "circle", "text", "title", "ul", "li", "span"}
CSS = (resources.files("ceasefire.reporting") / "templates" / "figures.css").read_text(encoding="utf-8")
NAMES = sorted(every_figure())


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("text", NASTY)
def test_whatever_a_text_holds_it_stays_text(text, medium):
    """Only elements and attributes of ours come out, and no attribute that runs or loads anything."""
    for figure in every_figure(text, anchor=text, on=MEDIA[medium]).values():
        for one in read(figure).iter():
            assert one.tag in ELEMENTS
            assert not [
                name for name, _ in one.items() if name.startswith("on") or name in ("style", "src", "id")
            ]
            assert one.get("href", "#").startswith("#")
            assert "url(" not in "".join(
                v for k, v in one.items() if k not in ("aria-label", "title", "href")
            )


def test_a_text_is_printed_as_it_was_written():
    """Escaped, not changed: a reader sees the brackets that somebody wrote."""
    drawn = read(every_figure("<b>&amp;</b>")["strips"])
    assert "<b>&amp;</b>" in ["".join(one.itertext()) for one in drawn.iter("text")]


def test_what_cannot_be_seen_is_shown_as_its_code():
    """A text that would turn what follows round does not."""
    assert "[U+202E]" in every_figure("\u202egnirts")["track"]


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_has_no_ids_so_none_can_clash(name):
    """Several figures stand on a page, the same one twice if need be."""
    assert " id=" not in every_figure()[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_keeps_its_text_size(name):
    """Across, a drawing on a screen is in per cent and not scaled; only the map and the squares are."""
    figure = read(every_figure()[name])
    drawing = figure[0]
    if name not in ("map", "squares"):
        assert drawing.get("width") == "100%"
        assert drawing.get("height").isdigit()
        assert drawing.get("viewBox") is None


@pytest.mark.parametrize("name", ["strips", "weeks", "stems", "track", "map"])
def test_a_figure_is_a_group_with_a_label_in_words(name):
    """Who cannot see it hears what it shows; the links are inside."""
    drawing = read(every_figure("in words")[name])[0]
    assert (drawing.get("role"), drawing.get("aria-label")) == ("group", "in words")
    assert drawing.findall(".//a[@href='#r-1']")


def test_every_link_has_a_name():
    """A link that a screen reader cannot name is none."""
    for figure in every_figure("named").values():
        assert all(one.get("aria-label") == "named" for one in read(figure).iter("a") if len(one) > 0)


def test_what_leads_nowhere_is_no_link():
    """Without an anchor a mark keeps its name and is no link."""
    for figure in every_figure("named", anchor="").values():
        assert not list(read(figure).iter("a"))


def test_on_a_screen_colours_are_in_the_style_sheet_only():
    """Light, dark and print follow, as the drawing names roles and no colour."""
    for figure in every_figure().values():
        assert not re.search(r'(fill|stroke)="|#[0-9a-f]{6}', figure)
        used = {name for one in read(figure).iter() for name in one.get("class", "").split()}
        assert used <= ROLES.keys() | {"fig", "fig-map", "fig-icon", "fig-squares", "glyph"}


@pytest.mark.parametrize("role", ROLES)
def test_the_style_sheet_knows_every_role(role):
    """A role without a rule would be black, or nothing."""
    assert re.search(rf"\.{role}\b[^{{}}]*\{{", CSS)


def test_the_style_sheet_has_every_colour_in_light_in_the_dark_and_in_print():
    """Three lists of the same variables, and every variable used is one of them."""
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    names = [sorted(re.findall(r"(--fig-[a-z0-9]+):", block)) for block in blocks]
    assert len(names) == 3
    assert names[0] == names[1] == names[2]
    assert set(re.findall(r"var\((--fig-[a-z0-9]+)\)", CSS)) == set(names[0])


def channels(colour):
    """Return red, green and blue."""
    full = colour if len(colour) == 7 else "#" + "".join(2 * c for c in colour[1:])
    return tuple(int(full[n : n + 2], 16) for n in (1, 3, 5))


def light(colour):
    """Return the relative luminance (WCAG 2.2)."""
    parts = [c / 255 for c in channels(colour)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    """Return the contrast of two colours (WCAG 2.2)."""
    a, b = sorted((light(one), light(other)))
    return (b + 0.05) / (a + 0.05)


def test_words_and_marks_can_be_told_from_the_page():
    """Text has a contrast of 4.5, what is drawn of 3, on the page and on the shaded period."""
    for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL):
        colour = dict(re.findall(r"--fig-([a-z0-9]+): (#[0-9a-f]+)", block))
        for ground in ("paper", "soft"):
            assert contrast(colour["ink"], colour[ground]) >= 4.5
            assert contrast(colour["muted"], colour[ground]) >= 4.5
            for drawn in ("side1", "side2", "side3", "mark", "focus"):
                assert contrast(colour[drawn], colour[ground]) >= 3


def test_no_side_is_red_or_green():
    """Neither alarm nor approval: no side's colour is mostly red, or mostly green."""
    for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL):
        for colour in re.findall(r"--fig-side\d: (#[0-9a-f]{6})", block):
            red, green, blue = channels(colour)
            assert not (green > red and green > blue)
            assert red < 2 * green or blue > green


@pytest.mark.parametrize("name", NAMES)
def test_on_paper_a_figure_needs_no_style_sheet_and_leads_nowhere(name):
    """Literal colours, a width in points, a drawing that stands by itself."""
    figure = every_figure(on=PAPER)[name]
    drawing = read(figure)
    assert figure.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="500pt"')
    assert drawing[0].get("viewBox")
    for one in drawing.iter():
        assert one.tag != "a"
        assert one.get("class") is None
        assert "%" not in "".join(one.attrib.values())
        assert "var(" not in "".join(one.attrib.values())


@pytest.mark.parametrize("medium", MEDIA)
def test_numbers_are_short_decimals(medium):
    """No float is printed: at most two digits after the point, and no exponent."""
    for figure in every_figure(on=MEDIA[medium]).values():
        assert not re.search(r"\d\.\d{3}|\de[-+]?\d|nan|inf\b", re.sub(r'd="[^"]*"', "", figure))


ASKED = """
import sys
sys.path.insert(0, {here!r})
from hashlib import sha256
from drawings import every_figure
from ceasefire.reporting.figures import Medium
drawn = [f for on in (Medium(), Medium(rtl=True), Medium(width=400)) for f in every_figure(on=on).values()]
print(sha256("".join(drawn).encode()).hexdigest())
assert "jinja2" not in sys.modules and "markupsafe" not in sys.modules
"""


def test_the_same_values_are_the_same_bytes_in_another_process_time_zone_and_language():
    """Nothing depends on the order of a set, on the clock, on the laptop; and no extra is needed."""
    answers = set()
    for seed, zone, language in (
        ("0", "UTC", "C"),
        ("1", "Asia/Damascus", "tr_TR.UTF-8"),
        ("2", "Pacific/Apia", "ar"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", ASKED.format(here=str(Path(__file__).parent))],
            capture_output=True,
            text=True,
            check=False,
            env={
                "PYTHONPATH": str(Path(__file__).parents[3] / "src"),
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "LC_ALL": language,
                "PATH": "",
            },
            timeout=120,
        )
        assert not done.stderr
        answers.add(done.stdout)
    assert len(answers) == 1


def test_a_template_leaves_a_figure_as_it_is():
    """Markup says so itself, by the method templates ask for."""
    figure = every_figure()["track"]
    assert figure.__html__() == figure


@pytest.mark.parametrize("name", ["a b", "x>", "on click=", "", "é"])
def test_no_element_or_attribute_has_a_name_that_breaks_out(name):
    """Names are ours; a wrong one is a mistake of ours, told at once."""
    with pytest.raises(ValueError, match="is no name"):
        element(name)
    with pytest.raises(ValueError, match="is no name"):
        element("text", **{name: "1"})


def test_elements_and_texts_are_written_in_order():
    """What holds nothing is closed as HTML and XML both read it."""
    assert written(element("g", element("rect", x=1), "a<b", element("title"), x=None)) == (
        '<g><rect x="1"/>a&lt;b<title></title></g>'
    )
