"""The HTML report as a reader meets it: in a real browser, on a laptop, a phone and paper.

Nothing is loaded and nothing runs; the page is never wider than a phone; on paper all
that is folded is open and nothing is cut; every link within it leads somewhere.
"""

import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
from examples import made
from hostile import NASTY, assessed, reported
from published import report, tally

LAPTOP, PHONE = {"width": 1200, "height": 800}, {"width": 360, "height": 740}


def page(name):
    """Return one of the reports to look at: on real counts, on an invented history; each also in Arabic."""
    name, _, language = name.partition("-")
    return made(name, language=language or "en").to_html()


class Visit:
    """A report opened from a file, and everything the page tried to do."""

    def __init__(self, browser, path, html, viewport):
        path.write_text(html, encoding="utf-8")
        self.window = browser.new_page(viewport=viewport, color_scheme="light")
        self.requests, self.messages, self.errors = [], [], []
        self.window.on("request", lambda request: self.requests.append(request.url))
        self.window.on("console", lambda message: self.messages.append(message.text))
        self.window.on("pageerror", lambda error: self.errors.append(str(error)))
        self.address = path.as_uri()
        self.window.goto(self.address)

    def ask(self, script):
        """Return what a script of the test, not of the page, finds in it."""
        return self.window.evaluate(script)


@pytest.fixture
def visit(browser, tmp_path):
    """Open a page and close it after the test."""
    opened = []

    def go(html, viewport=LAPTOP):
        opened.append(Visit(browser, tmp_path / f"report-{len(opened)}.html", html, viewport))
        return opened[-1]

    yield go
    for each in opened:
        each.window.close()


@pytest.fixture(params=["syria", "valley", "syria-ar", "valley-ar"])
def html(request):
    """Each of the two reports, and each from right to left."""
    return page(request.param)


def test_nothing_is_loaded_and_nothing_runs(visit, html):
    """The file itself is the only request; there is no script, no message, no error."""
    seen = visit(html)
    assert seen.requests == [seen.address]
    assert (seen.messages, seen.errors) == ([], [])
    assert seen.ask("document.querySelectorAll('script, iframe, object, embed, link, img, form').length") == 0
    assert (
        seen.ask(
            "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"
        )
        == 0
    )


@pytest.fixture
def listener():
    """A server on this machine alone, and the paths that anybody asked it for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        running = threading.Thread(target=server.serve_forever, daemon=True)
        running.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        running.join()


@pytest.mark.parametrize("policy", [True, False])
def test_the_content_policy_loads_nothing_even_if_markup_slipped_in(visit, listener, policy):
    """Scripts, pictures, styles and frames put into the page are refused by the page itself; else they would load."""
    address, asked = listener
    slipped = (
        "<script>window.ran = true</script>"
        f"<img src='{address}/picture.png' onerror='window.ran = true'>"
        f"<link rel='stylesheet' href='{address}/style.css'>"
        f"<iframe src='{address}/frame'></iframe>"
        f"<p style='background: url({address}/background.png)'>x</p>"
        "<a id='trap' href='javascript:window.ran = true'>x</a>"
    )
    html = page("valley").replace("</main>", f"{slipped}</main>")
    if not policy:
        html = html.replace('http-equiv="Content-Security-Policy"', 'name="none"')
    seen = visit(html)
    seen.window.locator("#trap").click()
    # The page has loaded with all it asked for; what the click began is done once the queue has turned.
    seen.ask("new Promise(done => setTimeout(() => setTimeout(done)))")
    assert seen.ask("window.ran === true") is not policy
    if policy:
        assert asked == []
    else:
        assert {"/picture.png", "/style.css", "/frame", "/background.png"} <= set(asked)


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_page_itself_never_scrolls_sideways(visit, html, viewport):
    """Nothing sticks out but tables and charts, and those only inside their own box, folded parts too."""
    seen = visit(html, viewport)
    seen.ask("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert seen.ask("document.documentElement.scrollWidth") <= viewport["width"]
    outside = seen.ask(
        """[...document.querySelectorAll('body *')].filter(e => {
            const box = e.getBoundingClientRect();
            return box.width > 0 && box.right > innerWidth + 0.5 && !e.closest('.scroll') && !e.closest('.skip');
        }).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert outside == []


def test_a_wide_table_can_be_reached_by_keyboard(visit, html):
    """Each box that scrolls takes the focus and says what it holds."""
    seen = visit(html, PHONE)
    boxes = seen.ask(
        "[...document.querySelectorAll('.scroll')].map(e => [e.tabIndex, e.getAttribute('role'), e.getAttribute('aria-label')])"
    )
    assert boxes
    for index, role, label in boxes:
        assert (index, role) == (0, "group")
        assert label


def test_on_paper_all_that_is_folded_is_open_and_nothing_is_cut(visit, html):
    """In print every folded part is shown, no box scrolls, and no cell is wider than the page."""
    seen = visit(html)
    seen.window.emulate_media(media="print")
    seen.window.set_viewport_size({"width": 680, "height": 960})  # 180 mm between the margins of A4
    hidden = seen.ask(
        """[...document.querySelectorAll('details > *:not(summary)')].filter(e => {
            const box = e.getBoundingClientRect();
            return box.height === 0 || !e.checkVisibility({contentVisibilityAuto: true});
        }).length"""
    )
    assert hidden == 0
    cut = seen.ask(
        """[...document.querySelectorAll('.scroll, table, td, th, dd, p, li, svg')].filter(e => {
            const box = e.getBoundingClientRect();
            return box.right > innerWidth + 0.5 || (e.scrollWidth > e.clientWidth + 1
                && getComputedStyle(e).overflowX !== 'visible');
        }).map(e => e.outerHTML.slice(0, 160))"""
    )
    assert cut == []


def test_every_link_within_the_page_leads_somewhere(visit, html):
    """References to records, and the list of contents; no id stands twice."""
    seen = visit(html)
    broken = seen.ask(
        """[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1))
            .filter(id => document.getElementById(id) === null)"""
    )
    assert broken == []
    assert seen.ask("document.querySelectorAll('a.r').length") > 0
    twice = seen.ask(
        """(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
            return ids.filter((id, n) => ids.indexOf(id) !== n); })()"""
    )
    assert twice == []


def test_a_reference_leads_to_its_record(visit):
    """Following a figure to its record shows the record, highlighted, in two steps at most."""
    seen = visit(page("syria"))
    reference = seen.window.locator("#brief a.r").first
    target = reference.get_attribute("href")[1:]
    reference.click()
    assert seen.window.locator(f"[id='{target}']").is_visible()
    assert seen.ask("document.querySelectorAll(':target').length") == 1


def test_links_to_the_outside_are_plain_and_tell_nobody_where_they_came_from(visit, html):
    """Only http and https, without a referrer."""
    seen = visit(html)
    outside = seen.ask("[...document.querySelectorAll('a:not([href^=\"#\"])')].map(a => [a.protocol, a.rel])")
    for protocol, relation in outside:
        assert protocol in ("http:", "https:")
        assert "noreferrer" in relation
    assert seen.ask("document.querySelector('meta[name=referrer]').content") == "no-referrer"


def test_every_drawing_says_what_it_shows_or_is_decoration(visit, html):
    """A label in words, or hidden from those who hear the page; marks are links with names."""
    seen = visit(html)
    drawings = seen.ask(
        """[...document.querySelectorAll('svg')].filter(s => !s.closest('svg svg') && !s.matches('.glyph'))
            .map(s => [s.getAttribute('role'), s.getAttribute('aria-label'), s.getAttribute('aria-hidden')])"""
    )
    assert drawings
    assert all(label or hidden == "true" for _, label, hidden in drawings)
    assert seen.ask("[...document.querySelectorAll('svg a')].every(a => a.getAttribute('aria-label'))")


#: Sheets of A4 that a report may have: of its body, and in all.
SHEETS = {"syria": (3, 9), "valley": (2, 4)}


def sheets(seen, path):
    """Return the text of each printed sheet."""
    seen.window.pdf(path=path, prefer_css_page_size=True, print_background=True)
    told = subprocess.run([PDFTOTEXT, "-layout", path, "-"], capture_output=True, check=True, text=True)
    return [sheet for sheet in told.stdout.split("\f") if sheet.strip()]


PDFTOTEXT = shutil.which("pdftotext")
needs_pdftotext = pytest.mark.skipif(
    PDFTOTEXT is None, reason="there is no pdftotext here: apt-get install poppler-utils"
)


@needs_pdftotext
@pytest.mark.parametrize("name", ["syria", "valley"])
def test_a_printed_report_keeps_to_its_sheets(visit, tmp_path, name):
    """Page one on one, the body and all within their budget; each has the audience and its number."""
    seen = visit(page(name))
    told = sheets(seen, tmp_path / "report.pdf")
    first = next(n for n, sheet in enumerate(told) if "A · Published counts" in sheet)
    body, whole = SHEETS[name]
    assert first - 1 <= body
    assert len(told) <= whole
    for number, sheet in enumerate(told, 1):
        assert "For the mechanism – not for publication" in sheet
        assert re.search(rf"\b{number} ?/ ?{len(told)}\b", sheet)


@needs_pdftotext
@pytest.mark.parametrize("several", [0, 1, 3, 5, 31])
def test_page_one_is_one_sheet(visit, tmp_path, several):
    """With no count, with one ledger, three, five, and a count a day: the body begins on the second."""
    sides = ("russia", "turkey", "iran", "side-a", "side-b")
    if several == 31:
        days = [tally(n, f"2017-05-{n:02d}", n) for n in range(1, 15)]
        made_ = report(*days, since="2017-05-01")
    else:
        made_ = report(*(tally(n, "2017-05-13", n, side=sides[n - 1]) for n in range(1, several + 1)))
    seen = visit(made_.to_html())
    told = sheets(seen, tmp_path / "report.pdf")
    assert "In brief" in told[0]
    assert "What changed" in told[1]


def test_headings_come_in_order_and_tables_have_theirs(visit, html):
    """One h1; no level is left out; every table has a caption and headings that say what they head."""
    seen = visit(html)
    levels = seen.ask(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => Number(h.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert seen.ask(
        "[...document.querySelectorAll('table')].every(t => t.caption.textContent.trim().length > 0)"
    )
    assert seen.ask("[...document.querySelectorAll('th')].every(h => h.scope)")
    rtl = seen.ask("document.documentElement.dir") == "rtl"
    assert seen.ask("document.documentElement.lang") == ("ar" if rtl else "en")


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_hostile_text_is_only_text(visit, viewport):
    """Every known trick in every text at once: nothing runs or loads, no element is made, nothing sticks out."""
    hostile = visit(reported(" ".join(NASTY), "javascript:alert(1)").to_html(), viewport)
    plain = visit(reported("", "javascript:alert(1)", plain=True).to_html(), viewport)
    tags = "[...new Set([...document.querySelectorAll('*')].map(e => e.tagName))].sort()"
    assert set(hostile.ask(tags)) <= set(plain.ask(tags))
    assert (hostile.messages, hostile.errors) == ([], [])
    assert hostile.requests == [hostile.address]
    hostile.ask("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert hostile.ask("document.documentElement.scrollWidth") <= viewport["width"]
    assert hostile.ask("document.body.innerText.includes('<script>alert(1)</script>')")
    # What is set apart has isolates of ours around it, each closed again; none of theirs is there.
    assert hostile.ask("!/[\\u202a-\\u202e\\u2066\\u2067]/.test(document.body.textContent)")
    number = "[...document.body.textContent.matchAll(/{}/g)].length"
    assert hostile.ask(number.format("\\u2068")) == hostile.ask(number.format("\\u2069"))


def test_a_notebook_page_shows_both_views_and_runs_nothing(visit):
    """An assessment and a report as cells of somebody else's page, with every trick in their texts."""
    trick = (" ".join(NASTY), "javascript:alert(1)")
    cells = "".join(f"<div class='cell'>{view(*trick)._repr_html_()}</div>" for view in (assessed, reported))
    seen = visit(f"<!DOCTYPE html><meta charset='utf-8'><title>Notebook</title><body>{cells}</body>")
    assert (seen.requests, seen.messages, seen.errors) == ([seen.address], [], [])
    assert seen.ask("document.querySelectorAll('.cell').length") == 2
    assert seen.ask("document.querySelectorAll('script, img, a, style, iframe').length") == 0
    assert seen.ask("document.querySelectorAll('.cell table caption').length") == 1
    assert seen.ask("document.body.innerText.includes('<script>alert(1)</script>')")
