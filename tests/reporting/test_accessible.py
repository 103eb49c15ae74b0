"""A report for those who hear it, enlarge it or go through it by keyboard: all rules of axe-core, no violation.

On a desktop, a phone, in the dark, from right to left, for the public; with every annex and without.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from examples import made

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SEEN = {
    "desktop": ("syria", {}, DESKTOP, "light"),
    "phone": ("valley", {}, PHONE, "light"),
    "dark": ("syria", {}, DESKTOP, "dark"),
    "dark on a phone": ("valley", {}, PHONE, "dark"),
    "right to left": ("syria", {"language": "ar"}, DESKTOP, "light"),
    "right to left in the dark": ("valley", {"language": "ar"}, PHONE, "dark"),
    "for the public": ("valley", {"audience": "public"}, DESKTOP, "light"),
}


def violations(window):
    """Return what breaks a rule of axe-core, of whichever set the rule is, with where it stands."""
    # A page has no scripts of its own and forbids them; the checker's is the browser's.
    found = Axe().run(window, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], one["help"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.parametrize("seen", SEEN)
def test_no_rule_of_the_checker_is_broken(browser, tmp_path, seen):
    """Whoever reads with a screen reader, in large print or in the dark misses nothing."""
    name, asked, viewport, scheme = SEEN[seen]
    path = tmp_path / "report.html"
    path.write_text(made(name, **asked).to_html(), encoding="utf-8")
    window = browser.new_page(viewport=viewport, color_scheme=scheme)
    window.goto(path.as_uri())
    # What is folded is a part of the page: its text is checked, too.
    window.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert violations(window) == []
    window.close()


def test_the_checker_finds_what_is_wrong(browser, tmp_path):
    """A picture without a text, a pale word, two headings of the first level: each is told."""
    path = tmp_path / "report.html"
    wrong = '<p style="color:#bbb;background:#fff">pale</p><svg role="img" width="9" height="9"></svg><h6>deep</h6>'
    path.write_text(made("valley").to_html().replace("</main>", f"{wrong}</main>"), encoding="utf-8")
    window = browser.new_page(viewport=DESKTOP, color_scheme="light")
    window.goto(path.as_uri())
    assert {"color-contrast", "svg-img-alt", "heading-order"} <= {rule for rule, _, _ in violations(window)}
    window.close()


def test_every_link_and_fold_is_reached_by_keyboard(browser, tmp_path):
    """Pressing Tab goes through the page from top to bottom, once, and what has the focus is seen to have it."""
    path = tmp_path / "report.html"
    path.write_text(made("valley").to_html(), encoding="utf-8")
    window = browser.new_page(viewport=DESKTOP, color_scheme="light")
    window.goto(path.as_uri())
    there = window.evaluate(
        "[...document.querySelectorAll('a[href], summary')].filter(e => e.checkVisibility()).length"
    )
    tops, ringed = [], []
    for _ in range(there):
        window.keyboard.press("Tab")
        top, ring = window.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return [e.getBoundingClientRect().top + scrollY, s.outlineStyle != 'none' && s.outlineWidth != '0px'] })()"
        )
        tops.append(top)
        ringed.append(ring)
    assert len(set(tops)) > 1
    assert all(ringed)
    assert window.evaluate("document.activeElement.tagName") in ("A", "SUMMARY"), "none was passed twice"
    window.close()
