"""No sentence of a report stands in the code: each is a pattern of the vocabulary.

A language is made up here in which every letter of a pattern is another one, and an
agreement and records in which every word of theirs is, too. What is still English in the
report is a word that no translation could reach.
"""

import re
from html import unescape
from importlib import resources
from pathlib import Path

import pytest

import ceasefire as cf
from ceasefire.exchange.bulletins import read_bulletins
from ceasefire.reporting.material import made
from ceasefire.reporting.words.plurals import PLURALS
from ceasefire.reporting.words.vocabulary import Vocabulary, vocabulary

VALLEY = Path(__file__).parents[2] / "examples" / "valley"
#: Fields of files and records that hold words for people, which are not ours.
WORDS_OF_OTHERS = (
    "title",
    "short",
    "name",
    "summary",
    "text",
    "note",
    "unit",
    "clause",
    "owed_to",
    "standard",
    "except_when",
)
#: What is the same in every language: units, names of files, a city that names a time zone.
OF_THE_MACHINE = {"utc", "sha", "tzdata", "acts", "vienna", "europe", "asia"}
THREE = ("syria-ceasefire-2016", "syria-astana-2017-01-24", "syria-de-escalation-2017")
#: Words that a bulletin may hold as well, and that a sentence of ours could leave behind.
OUR_OWN = {"at", "least", "to", "and", "by", "the", "is", "not", "recorded", "day", "days", "until", "since"}
_OTHER = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абвгдежзийклмнопрстуфхцчшщАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩ",
)


def other(pattern):
    """Return a pattern with each letter of its words another one; its slots as they are."""
    if isinstance(pattern, dict):
        return {name: other(one) for name, one in pattern.items()}
    return "".join(
        piece if piece.startswith("{") else piece.translate(_OTHER)
        for piece in re.split(r"(\{\w+\})", pattern)
    )


@pytest.fixture(name="made_up")
def _made_up(monkeypatch):
    english = vocabulary("en")
    patterns = {key: other(pattern) for key, pattern in english.patterns.items()}
    made_up = Vocabulary("zz", patterns)
    monkeypatch.setitem(PLURALS, "zz", PLURALS["en"])
    monkeypatch.setattr(made, "vocabulary", lambda _: made_up)


def without_words(text):
    """Return a file or records in which the words of others are in other letters."""
    fields = "|".join(WORDS_OF_OTHERS)
    named = re.sub(
        rf'(\b(?:{fields})"?\s*[=:]\s*)("(?:[^"\\]|\\.)*")', lambda m: m[1] + m[2].translate(_OTHER), text
    )
    # No id has a blank: what has one is a text, wherever it stands.
    return re.sub(r'"(?:[^"\\\n]|\\.)*"', lambda m: m[0].translate(_OTHER) if " " in m[0] else m[0], named)


def reported(tmp_path, audience, as_of, since):
    for name in ("accord.toml", "records.jsonl"):
        (tmp_path / name).write_text(without_words((VALLEY / name).read_text("utf-8")), "utf-8")
    agreement = cf.agreement(tmp_path / "accord.toml")
    records = cf.read_records(tmp_path / "records.jsonl")
    return cf.report(cf.assess([agreement], records, as_of=as_of, since=since), audience=audience)


def without_bulletins(text):
    """Return a page without what bulletins are called and what stands in quotation marks."""
    return re.sub(r"“[^”]*”|\[[^\]]*\]\(http[^)]*\)|<a [^>]*noopener[^>]*>[^<]*</a>", " ", text)


def english_left(text, known):
    """Return the words in Latin letters that are neither ids of the files nor of the machine."""
    text = re.sub(r"<(code|style|svg) .*?</\1>|<style>.*?</style>|`[^`]*`", " ", text, flags=re.DOTALL)
    spoken = " ".join(re.findall(r'(?:aria-label|data-l|title)="([^"]*)"', text))
    text = unescape(re.sub(r"<[^>]*>", " ", text) + " " + spoken)
    words = {
        word.lower() for word in re.findall(r"[A-Za-z]{2,}", re.sub(r"https?://\S+|\(#[^)]*\)", " ", text))
    }
    return sorted(words - OF_THE_MACHINE - known)


def ids_of(text):
    return {word.lower() for one in re.findall(r'"([a-z0-9./-]+)"', text) for word in re.split(r"\W", one)}


@pytest.mark.parametrize("audience", ["mechanism", "public"])
@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize(("as_of", "since"), [("2031-03-28", "2031-03-20"), ("2031-03-28", None)])
def test_no_word_of_a_report_stands_outside_the_vocabulary(made_up, tmp_path, audience, form, as_of, since):
    made = reported(tmp_path, audience, as_of, since)
    text = made.to_html() if form == "html" else made.to_markdown()
    ids = " ".join((tmp_path / name).read_text("utf-8") for name in ("accord.toml", "records.jsonl"))
    assert english_left(text, ids_of(ids)) == []


@pytest.mark.parametrize("form", ["html", "md"])
def test_no_word_of_a_report_on_counts_stands_outside_the_vocabulary(made_up, tmp_path, form):
    """Of the Syrian report, all but the words of its bulletins."""
    instruments = resources.files("ceasefire") / "instruments"
    files = [
        *(instruments / "registers" / f"{name}.toml" for name in ("syria", "syria-reporting")),
        *(instruments / "catalogue" / f"{n}.toml" for n in THREE),
    ]
    for file in files:
        (tmp_path / file.name).write_text(without_words(file.read_text("utf-8")), "utf-8")
    agreements = [cf.agreement(tmp_path / f"{name}.toml") for name in THREE]
    bulletins = resources.files("ceasefire") / "data" / "bulletins" / "syria_bulletins_2016_2018.csv"
    asked = {"as_of": "2017-05-14", "since": "2017-05-06", "relays": True}
    made = cf.report(cf.assess(agreements, read_bulletins(bulletins), **asked))
    known = set(re.findall(r"[a-z]+", bulletins.read_text("utf-8").lower()))
    known = {word for word in known if word not in OUR_OWN} | {"cases", "of", "firing", "bulletin", "analyst"}
    known |= ids_of(" ".join((tmp_path / file.name).read_text("utf-8") for file in files))
    text = made.to_html() if form == "html" else made.to_markdown()
    assert english_left(without_bulletins(text), known) == []
