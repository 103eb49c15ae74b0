"""Names in other languages in a file: which keys they have, and what is told of a slip."""

FILE = """
ceasefire = 1
id = "truce"
adopted = 2020-01-01

[[party]]
id = "red"
name = "Red"
{}
"""


def test_a_name_in_another_language_is_read(load):
    """The key is quoted, as TOML would take the point for a table."""
    made = load(FILE.format('"name.ar" = "الأحمر"'))
    assert made.parties[0].name == "Red"


def test_a_language_that_no_report_has_and_a_name_that_is_no_text_are_told_at_once(mistakes):
    """With the line, and what to write instead."""
    told = [str(one) for one in mistakes(FILE.format('"name.xx" = "Rood"\n"name.ru" = 3'))]
    assert len(told) == 2
    assert "no language of reports is called 'xx'" in told[0]
    assert "is no text" in told[1]


def test_a_key_without_quotation_marks_is_told_by_its_line(mistakes):
    """What TOML says of it helps nobody."""
    (told,) = mistakes(FILE.format('name.ar = "x"'))
    assert "in quotes" in str(told)
