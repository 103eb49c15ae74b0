"""The report on a terminal: a glance, on forty lines of eighty columns, and nothing that steers it."""

import unicodedata

import pytest
from click.testing import CliRunner
from examples import VALLEY, made
from hostile import NASTY, history, reported

import ceasefire as cf
from ceasefire.cli import main
from ceasefire.commands import terminal
from ceasefire.record import from_json
from ceasefire.reporting.formats.terminal.lines import room, wrapped
from ceasefire.reporting.words.plurals import PLURALS
from ceasefire.testing import read


@pytest.mark.parametrize("name", ["syria", "valley"])
@pytest.mark.parametrize("audience", ["mechanism", "public"])
@pytest.mark.parametrize("language", PLURALS)
def test_a_glance_fits_a_terminal(name, audience, language):
    """At most forty lines of eighty columns, the title and the audience first; what is isolated is so on its line."""
    lines = made(name, audience, language).to_terminal().splitlines()
    assert len(lines) <= 40
    assert max(map(room, lines)) <= 80
    assert made(name, audience, language).document.title in lines[0]
    assert made(name, audience, language).document.band in " ".join(lines[:2])
    assert [line for line in lines if line.count("\u2068") != line.count("\u2069")] == []


def test_counts_stand_as_figures_by_day():
    """A line a side and a column a day; a dot where no count is recorded, a bar before the period."""
    lines = made("syria").to_terminal().splitlines()
    head = next(n for n, line in enumerate(lines) if line.strip().startswith("27 28 29 30"))
    assert lines[head : head + 3] == [
        "              27 28 29 30  1  2  3  4  5│  6  7  8  9 10 11 12 13 14",
        "Russia states  ·  ·  ·  · 12 14  · 16  ·│ 15 18  ·  ·  ·  ·  ·  8  4",
        "Turkey states  ·  ·  ·  ·  9  9  ·  7  ·│ 11 15  ·  ·  ·  ·  ·  3  2",
    ]


def test_what_is_left_out_is_said_and_all_of_it_is_to_be_had():
    """Rows beyond the fortieth line are a number; the whole report has them, and the body."""
    short, whole = made("valley").to_terminal(), made("valley").to_terminal(whole=True)
    assert "… +1" in short
    assert "4 Lists of detainees – Government" not in short
    assert "4 Lists of detainees – Government" in whole
    assert "What could not be seen" in whole
    assert "…" not in whole.partition("Cases")[0]


def test_what_has_no_room_is_a_line_here_too():
    """Of 43 cases 40 are told on a terminal, and that the data file has the others, as in Markdown."""
    tables, _ = history("", "https://example.org/", plain=True)
    said = {"kind": "incident", "by": "ant", "recorded": "2017-03-30T10:00:00Z", "act": "attack.shelling"}
    said |= {"zone": "plain", "accused": ["north"], "occurred": "2017-03-20"}
    records = [from_json(said | {"id": f"ant/{n}"}) for n in range(1, 44)]
    status = cf.assess(read(tables), records, as_of="2017-03-31", since="2017-03-01")
    told = cf.report(status).to_terminal(whole=True)
    assert told.count("■ ") == 40
    assert "3 more stand in the table claims of the data file." in told


@pytest.mark.parametrize("width", [10, 40, 60, 200])
def test_lines_are_as_wide_as_the_terminal(width):
    """At any width nothing is cut: words wrap, and figures that have no room stand in words."""
    lines = made("syria").to_terminal(width, whole=True).splitlines()
    assert max(map(room, lines)) <= max(width, 40)
    assert all(figure in " ".join(lines) for figure in ("15", "18"))


@pytest.mark.parametrize("hostile", [*NASTY, "\x1b]0;title\x07\x9b31m", "广西" * 60])
def test_a_text_steers_no_terminal(hostile):
    """No control character, no turn of the direction of writing, no line of its own, no wider line."""
    told = reported(hostile, "https://example.org/", audience="mechanism").to_terminal(whole=True)
    unseen = {c for c in told if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert unseen <= set("\n\u200c\u200d\u200e\u200f\u2068\u2069")
    assert max(map(room, told.splitlines())) <= 80


def test_signs_take_the_columns_that_they_take():
    """A sign of East Asia takes two columns, a mark none; a word longer than a line is broken."""
    assert [room(text) for text in ("abc", "广西", "e\u0301", "\u2068ab\u200f\u2069")] == [3, 4, 1, 2]
    assert wrapped("ab " + "x" * 12, 6, rest="  ") == ["ab", "  xxxx", "  xxxx", "  xxxx"]


def test_a_name_in_the_other_direction_is_isolated_on_each_of_its_lines():
    """What is opened on a line is closed on it, so that it orders nothing on the next."""
    told = wrapped("في \u2068\u200eone two\u2069 هنا", 8, first="● ", rest="  ")
    assert told == ["● في \u2068\u200eone\u2069", "  \u2068\u200etwo\u2069", "  هنا"]


@pytest.mark.parametrize(("columns", "first"), [(None, "*For the mechanism"), (80, "Accord on a ceasefire")])
def test_a_terminal_gets_the_glance_and_a_pipe_gets_markdown(monkeypatch, columns, first):
    """The program asks where its words go."""
    monkeypatch.setattr("ceasefire.commands.assessing.columns_of_screen", lambda: columns)
    asked = [str(VALLEY / "accord.toml"), "--records", str(VALLEY / "records.jsonl"), "--as-of", "2031-03-28"]
    done = CliRunner().invoke(main, ["report", *asked, "--since", "2031-03-20"])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(first)


@pytest.mark.parametrize(("attended", "found"), [(False, None), (True, 100)])
def test_only_a_terminal_has_columns(monkeypatch, attended, found):
    """A pipe has none to ask for."""
    monkeypatch.setattr(terminal, "_is_terminal", lambda _: attended)
    monkeypatch.setenv("COLUMNS", "100")
    assert terminal.columns_of_screen() == found
