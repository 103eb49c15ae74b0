"""Reports in other languages: the same keys and slots, whole plural classes, careful words, right to left.

No native speaker has reviewed them, and each says so.
"""
# ruff: noqa: RUF001 – Turkish has a letter that looks like another

import re
from importlib import resources
from pathlib import Path

import pytest
from examples import made

import ceasefire as cf
from ceasefire.assessment.codes import PROBLEMS, REASONS
from ceasefire.instruments.languages import LANGUAGES
from ceasefire.reporting.words.plurals import PLURALS
from ceasefire.reporting.words.vocabulary import vocabulary

VALLEY = Path(__file__).parents[2] / "examples" / "valley"
OTHERS = tuple(language for language in PLURALS if language != "en")
EVERY = pytest.mark.parametrize("language", OTHERS)


def forms(pattern):
    return list(pattern.values()) if isinstance(pattern, dict) else [pattern]


def slots(pattern):
    return {slot for one in forms(pattern) for slot in re.findall(r"\{(\w+)\}", one)}


def test_the_languages_of_reports_are_those_that_files_may_name_things_in():
    assert tuple(PLURALS) == LANGUAGES == ("en", "fr", "ru", "ar", "tr")


@EVERY
def test_a_language_has_the_keys_of_english_and_their_slots(language):
    english, other = vocabulary("en").patterns, vocabulary(language).patterns
    extra = {key for key in other if key not in english}
    assert set(english) <= set(other)
    assert all(key.startswith("month_levantine.") for key in extra)
    for key, pattern in english.items():
        assert slots(other[key]) | {"n"} == slots(pattern) | {"n"}, key
        assert slots(other[key]) == slots(pattern) or isinstance(pattern, dict), key
        assert isinstance(other[key], dict) == isinstance(pattern, dict), key
        assert "n" not in slots(pattern) or "n" in slots(other[key]), key


@pytest.mark.parametrize("language", PLURALS)
def test_what_is_counted_has_a_pattern_for_every_plural_class(language):
    for key, pattern in vocabulary(language).patterns.items():
        if isinstance(pattern, dict):
            assert set(pattern) == set(PLURALS[language].classes), key


@pytest.mark.parametrize(
    ("language", "classes"),
    [
        ("en", {0: "other", 1: "one", 2: "other", 21: "other"}),
        ("fr", {0: "one", 1: "one", 2: "other", 1_000_000: "many"}),
        (
            "ru",
            {
                0: "many",
                1: "one",
                2: "few",
                5: "many",
                11: "many",
                12: "many",
                21: "one",
                24: "few",
                111: "many",
            },
        ),
        (
            "ar",
            {
                0: "zero",
                1: "one",
                2: "two",
                3: "few",
                10: "few",
                11: "many",
                99: "many",
                100: "other",
                103: "few",
            },
        ),
        ("tr", {0: "other", 1: "one", 2: "other"}),
    ],
)
def test_a_number_has_the_plural_class_of_cldr(language, classes):
    assert {n: PLURALS[language].of(n) for n in classes} == classes


def test_the_english_words_for_codes_and_acts_are_those_of_the_lists():
    """What is listed twice is the same: the list is the home of the word."""
    said = vocabulary("en")
    assert {code: said.pattern(f"why.{code}") for code in REASONS} == REASONS
    assert {code: said.pattern(f"problem.{code}") for code in PROBLEMS} | {
        "does_not_add_up": PROBLEMS["does_not_add_up"]
    } == PROBLEMS
    acts = {act.id: act.name for act in cf.agreement("syria-ceasefire-2016").acts}
    listed = {key.removeprefix("acts."): one for key, one in said.patterns.items() if key.startswith("acts.")}
    assert listed.items() <= acts.items()


TERMS = {
    "fr": ("aucun enregistré", "allégué", "à l’examen", "contesté", "établi", "réparé", "en retard", "indique"),
    "ru": (
        "не зафиксировано", "заявлено", "на рассмотрении", "оспаривается", "установлено", "устранено",
        "просрочено", "указывает",
    ),
    "ar": (
        "لم يُسجَّل شيء", "مُدَّعى به", "قيد النظر", "متنازع عليه", "مُثبَت", "جرى تداركه", "متأخر", "تذكر",
    ),
    "tr": (
        "kayıt yok", "iddia edilen", "incelemede", "ihtilaflı", "tespit edildi", "giderildi", "süresi geçti",
        "bildiriyor",
    ),
}  # fmt: skip


@EVERY
def test_the_terms_are_those_agreed_on(language):
    said = vocabulary(language)
    none = said.text("tile.none", present=said.text("present.mechanism"))
    codes = ("alleged", "under_review", "disputed", "established")
    told = [none, *(said.code("determination", code) for code in codes)]
    told += [said.code("compliance", code) for code in ("remedied", "overdue")]
    assert tuple(told) == TERMS[language][:-1]
    assert TERMS[language][-1] in said.text("count.states", side="X", figures="1")


#: What would claim more than is known: that something is kept, proven, or somebody guilty.
FORBIDDEN = {
    "fr": r"respect(é|er)|prouvé|coupable|conforme|en conformité",
    "ru": r"соблюда|соблюд[её]н|доказан|виновн|виноват",
    "ar": r"مُ?حتر[َ]?م|مُ?ثبوت الإدانة|مُ?ذنب|مُ?دان\b|مبرهن|ملتزَم به",
    "tr": r"\buyul|riayet|kanıtlan|suçlu",
}


@EVERY
def test_no_word_claims_more_than_is_known(language):
    for key, pattern in vocabulary(language).patterns.items():
        for one in forms(pattern):
            assert not re.search(FORBIDDEN[language], one, re.IGNORECASE), key


@EVERY
@pytest.mark.parametrize("name", ["syria", "valley"])
def test_a_report_says_that_no_native_speaker_has_reviewed_it(language, name):
    said = vocabulary(language).text("making.unreviewed")
    assert said
    assert said in made(name, language=language).to_markdown().replace("\\", "")


def test_an_english_report_does_not_say_so():
    assert vocabulary("en").text("making.unreviewed") == ""


@EVERY
@pytest.mark.parametrize("form", ["to_html", "to_markdown"])
def test_the_same_report_has_the_same_bytes(language, form):
    first = getattr(made("valley", language=language), form)()
    made.cache_clear()
    assert getattr(made("valley", language=language), form)() == first


@pytest.mark.parametrize("language", ["ru", "ar"])
@pytest.mark.parametrize("audience", ["mechanism", "public"])
def test_every_sentence_is_in_the_language(language, audience):
    """Where letters are others, none of ours is Latin but A to G of the annexes, UTC and the like."""
    text = made("valley", audience, language).to_markdown()
    given = "".join((VALLEY / name).read_text("utf-8") for name in ("accord.toml", "records.jsonl"))
    known = {word.lower() for word in re.findall(r"[A-Za-z]+", given)} - {"nothing", "none", "recorded"}
    text = re.sub(r"`[^`]*`|\]\([^)]*\)", " ", text)
    left = {word.lower() for word in re.findall(r"[A-Za-z]{2,}", text)} - known
    assert left <= {"utc", "tzdata", "sha", "vienna", "europe"}


def test_an_unknown_language_is_told_with_those_there_are():
    with pytest.raises(
        cf.CeasefireError, match=r"there are no reports in the language 'de'.*en, fr, ru, ar, tr"
    ):
        made("valley", language="de")


def test_an_arabic_page_is_laid_out_from_right_to_left():
    page, english = made("syria", language="ar").to_html(), made("syria", language="en").to_html()
    assert '<html lang="ar" dir="rtl">' in page
    figures = re.findall(r"<svg class=.fig[ \"][^>]*>", page)
    assert figures
    assert all("rtl" in one for one in figures if "fig-icon" not in one)
    # A map is never mirrored: its shapes are those of the English page.
    shapes = lambda text: re.findall(r' d="(M[^"]{200,})"', text)  # noqa: E731
    assert shapes(page) == shapes(english)
    assert "\u2068" not in re.sub(r"<svg.*?</svg>|<title>.*?</title>|\"[^\"]*\"", "", page, flags=re.DOTALL)
    assert "[U+" not in page


def test_the_style_knows_no_left_and_right():
    """Logical properties alone, so that a page from right to left needs no style of its own."""
    for name in ("report.css", "figures.css"):
        css = (resources.files("ceasefire.reporting") / "templates" / name).read_text("utf-8")
        found = re.findall(
            r"(?:^|[\s;{])((?:margin|padding|border)-(?:left|right)|left|right|float)\s*:", css
        )
        assert found == []
        assert not re.search(r"text-align:\s*(left|right)", css)


def test_months_are_levantine_where_the_register_asks_for_them():
    assert "14 أيار" in made("syria", language="ar").to_markdown()
    assert "28 مارس" in made("valley", language="ar").to_markdown()


def test_numbers_have_the_separator_of_the_language():
    """12,500 in French would be twelve and a half."""
    assert [vocabulary(language).number(12_500) for language in PLURALS] == [
        "12,500", "12\u202f500", "12\xa0500", "12,500", "12.500",
    ]  # fmt: skip


ACCORD = """
ceasefire = 1
id = "pact"
title = "The pact"
"title.fr" = "Le pacte"
adopted = 2020-01-01
timezone = "Asia/Damascus"
[[party]]
id = "one"
name = "The first of them"
short = "First"
"name.ar" = "الأول"
"short.ru" = "Первый"
[[commitment]]
id = "peace"
title = "No attacks"
summary = "It holds its fire."
"summary.tr" = "Ateş etmez."
owed_by = ["one"]
duty = "refrain"
acts = ["attack"]
"""


def of_file(tmp_path, text, language):
    file = tmp_path / "pact.toml"
    file.write_text(text, "utf-8")
    return cf.report(cf.assess([cf.agreement(file)], [], as_of="2020-02-01"), language=language).to_markdown()


def test_a_name_in_the_language_is_used_and_else_the_one_that_is_written(tmp_path):
    shown = {language: of_file(tmp_path, ACCORD, language) for language in PLURALS}
    assert "Le pacte" in shown["fr"]
    assert "Le pacte" not in shown["en"] + shown["ru"]
    assert "الأول" in shown["ar"]
    assert "First" not in shown["ar"]
    assert "Первый" in shown["ru"]
    assert "First" in shown["en"]
    assert "First" in shown["tr"]
    assert "Ateş etmez" in shown["tr"]
    assert "It holds its fire" in shown["fr"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('"name.xx" = "One"', r"pact\.toml:\d+: name\.xx: no language of reports is called 'xx'"),
        ('"name.ru" = 3', r"pact\.toml:\d+: name\.ru is no text"),
        (
            'name.ru = "One"',
            r"pact\.toml:\d+: name\.ru without quotation marks is a table of TOML.*in quotes",
        ),
        ('"roles.ru" = "One"', r"pact\.toml:\d+: unknown field"),
    ],
)
def test_a_mistake_in_a_name_is_told_with_its_line(tmp_path, line, message):
    with pytest.raises(cf.AgreementError, match=message):
        of_file(tmp_path, ACCORD.replace('"name.ar" = "الأول"', line), "en")


def test_an_arabic_name_in_an_english_page_orders_nothing_beside_it(tmp_path):
    file = tmp_path / "pact.toml"
    file.write_text(ACCORD.replace('short = "First"\n', "").replace("The first of them", "الأول"), "utf-8")
    page = cf.report(cf.assess([cf.agreement(file)], [], as_of="2020-02-01")).to_html()
    assert "<bdi>الأول</bdi>" in page
