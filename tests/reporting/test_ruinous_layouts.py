"""Input that ruins layouts: many ledgers, none, long periods, long names, another script, many incidents.

On phone, laptop and paper, in light and dark, from left and from right, no page sticks out of its
window and no text of a drawing out of its drawing. Where CEASEFIRE_PICTURES names a folder, each is
kept there as a picture to look at: what is ugly but fits, no test can tell.
"""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from published import report, tally

import ceasefire as cf
import pen

PHONE, LAPTOP, PAPER = ({"width": w, "height": h} for w, h in ((390, 844), (1280, 900), (680, 960)))
#: Points of a page that a picture shows.
TALLEST = 3_000
#: How each is looked at: the window, the colours asked for, and the language.
LOOKS = {
    "phone": (PHONE, {"color_scheme": "light"}, "en"),
    "laptop-dark": (LAPTOP, {"color_scheme": "dark"}, "en"),
    "right-to-left": (PHONE, {"color_scheme": "light"}, "ar"),
    "paper": (PAPER, {"color_scheme": "light", "media": "print"}, "en"),
}
LONG = "Zone of the upper valley and of all villages along the river between the two bridges"
TRUCE = f"""
ceasefire = 1
id = "truce"
title = "{"Agreement on the cessation of hostilities, its supervision and its annexes, " * 3}"
adopted = 2017-05-01
in_force = 2017-05-01
timezone = "UTC"

[[party]]
id = "red"
name = "{"Front for the Liberation of the Northern and Eastern Provinces " * 3}"
[[party]]
id = "blue"
name = "لواء أنصار الحق في ريف دمشق الغربي والمناطق المجاورة له"

[[mechanism]]
id = "committee"
name = "{"Joint committee for supervision, verification and coordination " * 3}"
members = ["red", "blue"]

[[zone]]
id = "upper"
name = "{LONG * 2}"

[[commitment]]
id = "quiet"
title = "{"Nobody attacks, moves forces or builds positions " * 4}"
summary = "Nobody attacks."
duty = "refrain"
owed_by = ["red", "blue"]
acts = ["attack"]
"""


def days(several, **more):
    """Return a count for each of so many days before 14 May 2017."""
    last = date(2017, 5, 13)
    return [tally(n, (last - timedelta(days=n)).isoformat(), n % 40, **more) for n in range(several)]


def long_names(folder):
    """Return a report in which everything has a name of some 200 characters, one of them in Arabic."""
    file = folder / "truce.toml"
    file.write_text(TRUCE, encoding="utf-8")
    several = [
        pen.incident(n, by="blue", accused="red", zone="upper", occurred=f"2017-05-{n:02}T10:00:00Z")
        for n in (2, 3)
    ]
    return cf.assess(cf.agreement(file), several, as_of="2017-05-14", since="2017-05-01")


def counts(*records, since="2017-05-06"):
    """Return the report on counts as what makes it in a language."""
    return lambda language: report(*records, since=since, language=language)


SIDES = ("russia", "turkey", "iran")
IDLIB = {"idlib-area": 3, "north-homs-area": 0}
CASES = {
    "no-records": counts(),
    "three-ledgers": counts(*(r for i, s in enumerate(SIDES) for r in days(9, side=s, by=f"desk-{i}"))),
    "only-zeros": counts(*(tally(n, f"2017-05-{n:02}", 0) for n in range(6, 14))),
    "parts-only": counts(*(tally(n, f"2017-05-{n:02}", None, parts=IDLIB) for n in range(6, 14))),
    "a-week": counts(tally(1, {"from": "2017-05-06", "to": "2017-05-12"}, 83)),
    "31-days": counts(*days(31), since="2017-04-13"),
    "365-days": counts(*days(365), since="2016-05-14"),
    "large-numbers": counts(*(tally(n, f"2017-05-{n:02}", 10**9 + n) for n in range(6, 14))),
}


@pytest.fixture(scope="module")
def looked(browser):
    """Return what opens a page in a look, and returns its window."""
    opened = {}

    def go(look):
        size, emulated, _ = LOOKS[look]
        if look not in opened:
            opened[look] = browser.new_page(viewport=size)
            opened[look].emulate_media(**emulated)
        return opened[look]

    yield go
    for each in opened.values():
        each.close()


def sticking_out(window):
    """Return what is wider than the window, and the texts of drawings that reach over their edge."""
    return window.evaluate(
        """() => {
            document.querySelectorAll('details').forEach(d => { d.open = true });
            // A letter such as J reaches a little to the left of where it stands.
            const room = 2, wide = [...document.querySelectorAll('body *')].filter(e => {
                const box = e.getBoundingClientRect();
                return box.width > 0 && (box.right > innerWidth + room || box.left < -room)
                    && !e.closest('.scroll') && !e.closest('.skip');
            });
            const cut = [...document.querySelectorAll('svg text')].filter(e => {
                const box = e.getBoundingClientRect(), edge = e.closest('svg').getBoundingClientRect();
                return box.width > 0 && (box.right > edge.right + room || box.left < edge.left - room);
            });
            return [...wide, ...cut].map(e => e.outerHTML.slice(0, 120));
        }"""
    )


def kept(window, name):
    """Keep a picture of a page where that is asked for."""
    folder = os.environ.get("CEASEFIRE_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        height = min(window.evaluate("document.documentElement.scrollHeight"), TALLEST)
        clip = {"x": 0, "y": 0, "width": window.viewport_size["width"], "height": height}
        window.screenshot(path=Path(folder) / f"{name}.png", full_page=True, clip=clip)


@pytest.mark.parametrize("case", [*CASES, "long-names", "many-incidents"])
def test_no_input_ruins_the_layout(looked, tmp_path, case):
    """In every look, all that the page shows lies within the window and within its drawing."""
    made = {language: _page(case, language, tmp_path) for language in ("en", "ar")}
    found = {}
    for look, (_, _, language) in LOOKS.items():
        window = looked(look)
        window.set_content(made[language])
        kept(window, f"{case}-{look}")
        found[look] = sticking_out(window)
    assert {look: out for look, out in found.items() if out} == {}


def _page(case, language, folder):
    if case == "long-names":
        return cf.report(long_names(folder), language=language).to_html()
    if case == "many-incidents":
        several = [pen.incident(n, by="blue", accused="red") for n in range(1, 61)]
        status = cf.assess(pen.truce("stop"), several, as_of="2020-12-31")
        return cf.report(status, language=language).to_html()
    return CASES[case](language).to_html()
