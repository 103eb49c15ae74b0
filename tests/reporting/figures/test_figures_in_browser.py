"""Figures in a real browser: as wide as a phone, text of one size, colours of light and dark, no id, no request."""

from importlib import resources

import pytest
from drawings import every_figure

from ceasefire.reporting.figures import Medium

CSS = (resources.files("ceasefire.reporting") / "templates" / "figures.css").read_text(encoding="utf-8")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
LONG = "Government of the Uplands, of the Lower Valley and of all that lies between them, " * 2


def page(*, rtl=False, text=LONG):
    """Return a page with every figure on it twice."""
    figures = "".join(every_figure(text, on=Medium(rtl=rtl)).values())
    return (
        f'<!DOCTYPE html><html lang="en" dir="{"rtl" if rtl else "ltr"}"><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>x</title>'
        f"<style>body{{margin:16px;background:var(--fig-paper)}}{CSS}</style><main>{figures}{figures}</main>"
        '<p id="r-1">the record</p>'
    )


@pytest.fixture
def shown(browser):
    """Show a page, and hold what the browser had to say of it against it."""
    said = []

    def show(markup, width, scheme="light"):
        tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: said.append(request.url))
        tab.set_content(markup)
        return tab

    yield show
    assert not said


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_page_of_figures_scrolls_sideways(width, rtl, shown):
    """On a phone, a tablet, a desk; with names of 160 characters; in both directions."""
    tab = shown(page(rtl=rtl), width)
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    outside = tab.evaluate(
        "width => [...document.querySelectorAll('svg text')].map(t => [t.getBoundingClientRect(), t.textContent])"
        ".filter(([b]) => b.left < 0 || b.right > width).map(([b, t]) => t)",
        width,
    )
    assert not outside


def test_text_keeps_its_size_from_phone_to_desk(shown):
    """11 pixels wherever a figure is not scaled, which only the map is, and hardly."""
    for width in (390, 1280):
        tab = shown(page(text="A"), width)
        heights = tab.evaluate(
            "[...document.querySelectorAll('svg:not(.fig-map) > text')].map(t => t.getBoundingClientRect().height)"
        )
        assert heights
        assert all(11 <= height <= 16 for height in heights)


def test_colours_follow_light_and_dark(shown):
    """A bar is the side's blue of the scheme."""
    found = []
    for scheme in ("light", "dark"):
        tab = shown(page(), 390, scheme)
        found.append(tab.evaluate("getComputedStyle(document.querySelector('.fig .side1')).fill"))
    assert found == ["rgb(31, 90, 138)", "rgb(125, 180, 224)"]


def test_marks_are_reached_with_the_keyboard_alone(shown):
    """Each link takes the focus, and leads to its record."""
    tab = shown(page(text="A"), 768)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#r-1"
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_from_right_to_left_names_stand_at_the_right_edge(shown):
    """The name of a side begins where its line of writing begins."""
    tab = shown(page(rtl=True, text="A"), 768)
    right = tab.evaluate("document.querySelector('.fig text.halo').getBoundingClientRect().right")
    assert right > 768 - 16 - 2
