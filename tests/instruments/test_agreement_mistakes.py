"""Every mistake is told: its file and line, what is wrong, and what to write instead."""

import tomllib
from pathlib import Path

import pytest

from ceasefire.errors import AgreementError, UnreadableFile
from ceasefire.instruments import agreement, check

CASES = tomllib.loads((Path(__file__).parent / "mistakes.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["mistake"] for case in CASES])
def test_a_mistake_is_told_once_with_its_line(mistakes, every_field, case):
    """One mistake in the example is one message, on the line where it stands."""
    assert case["change"] in every_field
    text = every_field.replace(case["change"], case["into"], 1)
    told = mistakes(text)
    assert len(told) == 1, [str(m) for m in told]
    assert case["said"] in told[0].what
    assert told[0].file.endswith("agreement.toml")
    assert told[0].instead
    assert case.get("line", "") in text.splitlines()[told[0].line - 1]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_files(mistakes, every_field, register):
    """Misspelt fields, unknown ids and bad dates come together, the register's after the file's."""
    text = (
        every_field.replace('renewal = "tacit"', 'renewal = "tacid"')
        .replace('within = "land"', 'within = "sea"')
        .replace('summary = "Guns go."', 'sumary = "Guns go."')
        .replace(
            'due = { at = 2020-03-01, note = "The annex has February." }', 'due = { at = "x" }\nowed_to = 3'
        )
        .replace('owed_by = "blue-side"', 'owed_by = "green-side"')
    )
    told = mistakes(text, register.replace('guarantees = ["blue-side"]', 'garantees = ["blue-side"]'))
    assert [m.what for m in told] == [
        "renewal is 'tacid', not one of its words – did you mean 'tacit'?",
        "within: unknown zone 'sea'",
        "summary is missing",
        "unknown field 'sumary' – did you mean 'summary'?",
        "at is 'x': no moment",
        "owed_to is 3, no text",
        "owed_by: unknown party 'green-side' – did you mean 'blue-side'?",
        "unknown field 'garantees' – did you mean 'guarantees'?",
    ]
    assert [m.line for m in told[:-1]] == sorted(m.line for m in told[:-1])
    assert told[-1].file.endswith("north.toml")
    assert told[-1].line == 6


@pytest.mark.parametrize("zone", ["3", '"north"', "[1]", "[[]]"])
def test_a_table_is_a_table(mistakes, zone):
    """A value where tables are wanted is told as such."""
    (told,) = mistakes(f'ceasefire = 1\nid = "a"\nadopted = 2020-01-01\nzone = {zone}\n')
    assert "is no table" in told.what
    assert told.line == 4


def test_a_naive_time_needs_a_time_zone(mistakes, every_field):
    """Without a time zone a time of day is no moment, in a file as in a register."""
    told = mistakes(every_field.replace('timezone = "Asia/Damascus"\n', ""))
    assert [m.what for m in told] == [
        "in_force is 2020-02-01T00:00:00, a naive time: no time zone says how to read it"
    ]
    host = '[[party]]\nid = "p"\nroles = { role = "host", from = 2020-01-01T00:00:00 }\n'
    told = mistakes(register='ceasefire = 1\nid = "north"\n' + host)
    assert "naive time" in told[-1].what
    assert told[-1].line == 5


def test_two_definitions_that_differ_are_refused(mistakes, every_field):
    """A party defined otherwise in a register is told with both places, and what differs."""
    text = every_field + '\n[[party]]\nid = "watcher"\nname = "The watcher"\n'
    (told,) = mistakes(text)
    assert told.what.startswith("the party 'watcher' is defined in two ways: its name differ from ")
    assert told.what.endswith("north.toml:13")
    assert told.line == text[: text.index('[[party]]\nid = "watcher"')].count("\n") + 1


def test_a_commitment_that_stands_twice_is_told_whatever_else_is_wrong_in_it(mistakes, every_field):
    """Whoever copies a commitment and misspells a field is told both."""
    told = mistakes(every_field + '\n[[commitment]]\nid = "meet"\nsummary = "x"\nduty = "decalre"\n')
    assert ["stands twice" in m.what or "did you mean 'declare'" in m.what for m in told] == [True, True]


def test_a_definition_that_cannot_be_read_is_not_compared(mistakes, every_field):
    """A second definition with a misspelt field is told for that, not for differing from the first."""
    (told,) = mistakes(every_field + '\n[[party]]\nid = "watcher"\nname = "The watcher"\nalias = "W"\n')
    assert told.what == "unknown field 'alias' – did you mean 'aliases'?"


def test_a_file_whose_id_cannot_be_read_is_told_that_once(mistakes, every_field):
    """What the id would be the beginning of is left alone until there is one."""
    told = mistakes(every_field.replace('id = "north-2020"', "id = 5"))
    assert [m.what for m in told] == ["id is 5, no text"]


def test_of_more_circles_than_anybody_reads_the_first_twenty_are_told(mistakes, every_field):
    """Twenty-five zones that lie within themselves: whoever mends twenty is told the others."""
    zones = "".join(f'\n[[zone]]\nid = "z{n}"\nwithin = "z{n}"\n' for n in range(25))
    told = mistakes(every_field + zones)
    assert [m.what for m in told] == [f"within runs in a circle: z{n} → z{n}" for n in range(20)]


def test_a_file_does_not_use_itself(load, tmp_path):
    """An agreement that names its own file among its registers is told so, on that line."""
    load()
    file = tmp_path / "mine.toml"
    file.write_text('ceasefire = 1\nid = "mine"\nadopted = 2020-01-01\nuses = "mine"\n', encoding="utf-8")
    with pytest.raises(AgreementError, match=r"mine\.toml:4: uses names the file itself"):
        agreement(file)


def test_the_longest_duration_from_the_last_year_is_still_reckoned(mistakes):
    """No duration of a file leads out of the calendar: what begins before its end is told, and no error."""
    text = (
        'ceasefire = 1\nid = "a"\nadopted = 2999-12-31\n[[party]]\nid = "p"\n[[commitment]]\nid = "c"\n'
        'summary = "s"\nduty = "achieve"\nowed_by = "p"\nwithin = "P500Y"\nafter = "adopted"\n'
        "starts = 2999-01-01\n"
    )
    assert mistakes(text) == ()


def test_a_standard_act_means_the_same_everywhere(mistakes, every_field):
    """A file adds acts, and changes none of the standard list."""
    (told,) = mistakes(every_field + '\n[[act]]\nid = "attack.shelling"\nname = "Any gun"\n')
    assert told.what.startswith("the act 'attack.shelling' is defined in two ways")
    assert told.file.endswith("agreement.toml")


def test_a_party_may_not_be_called_what_findings_call_nobody(mistakes, every_field):
    """`unidentified` is an answer, not a party."""
    (told,) = mistakes(every_field + '\n[[party]]\nid = "unidentified"\n')
    assert "is what findings say of an unknown actor" in told.what


MECHANISM = '\n[[mechanism]]\nid = "other"\nmembers = ["red"]\n'


@pytest.mark.parametrize(
    ("term", "refused"),
    [
        ("", True),
        ("from = 2020-12-31", True),
        ("from = 2021-01-01", False),
        ("from = 2020-12-31T23:59:59", True),
        ("from = 2021-01-01T00:00:00", False),
        ("until = 2020-01-31", False),
        ("until = 2020-02-01", True),
        ("until = 2020-02-01T00:00:00", False),
        ('oversees = ["elsewhere"]', False),
        ('oversees = ["elsewhere", "north-2020"]', True),
    ],
)
def test_two_mechanisms_do_not_oversee_one_agreement_at_one_time(mistakes, every_field, term, refused):
    """Terms are half-open in the agreement's time zone; a date begins and ends with its day."""
    told = mistakes(every_field + MECHANISM + term)
    assert len(told) == refused
    if refused:
        assert (
            "the mechanism 'other' oversees 'north-2020' at one time with 'joint-committee'" in told[0].what
        )


def test_three_mechanisms_are_compared_with_each_other_not_only_neighbours(mistakes, every_field):
    """A long term meets a later one behind a short one."""
    text = every_field.replace("from = 2020-02-01\nuntil = 2020-12-31\n", "")
    text += MECHANISM + "from = 2020-03-01\nuntil = 2020-03-31"
    text += MECHANISM.replace("other", "third") + "from = 2020-05-01"
    assert [m.what.split("'")[1] for m in mistakes(text)] == ["other", "third"]


def test_a_register_holds_no_commitments(mistakes, register):
    """What is an agreement's own stands in its file."""
    told = mistakes(register=register + '\n[[commitment]]\nid = "x"\nsummary = "y"\nduty = "declare"\n')
    assert "[[commitment]] stands in a register" in told[0].what
    told = mistakes(register=register.replace('id = "north"\n', 'id = "north"\nadopted = 2020-01-01\n', 1))
    assert [m.what for m in told] == ["adopted stands in a register"]


def test_a_registers_mechanism_says_what_it_oversees(mistakes, register):
    """The default, its own file, would be no agreement."""
    (told,) = mistakes(register=register + '\n[[mechanism]]\nid = "m"\nmembers = "red"\n')
    assert "stands in a register and oversees nothing" in told.what


def test_a_register_has_the_id_it_is_used_by(mistakes, register):
    """A register under another name would not be found by the next reader."""
    (told,) = mistakes(register=register.replace('id = "north"', 'id = "south"', 1))
    assert told.what == "the register 'north' gives itself the id 'south'"


def test_within_adopted_needs_the_day_of_adoption(mistakes):
    """A duration counted from adoption has nothing to count from where none is given."""
    text = (
        'ceasefire = 1\nid = "a"\nin_force = 2020-01-01\n[[party]]\nid = "p"\n[[commitment]]\nid = "c"\n'
        'summary = "s"\nduty = "achieve"\nowed_by = "p"\nwithin = "P1D"\nafter = "adopted"\n'
    )
    (told,) = mistakes(text)
    assert told.what == "after counts from adopted, which the agreement does not give"
    assert told.line == 12


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 0, "the file is empty"),
        (b"  \n\n", 0, "the file is empty"),
        (b"# nothing\n", 1, "ceasefire, the version of the format, is missing"),
        (b'id = "a"\nceasefire = 2\n', 2, "ceasefire is 2, a version"),
        (b"ceasefire = true\n", 1, "ceasefire is True, a version"),
        (b"ceasefire = 1.0\n", 1, "ceasefire is 1.0, a version"),
        (b'ceasefire = 1\nid = "a\n', 2, "this is no TOML"),
        (b"ceasefire = 1\nid = 1\nid = 2\n", 3, "this is no TOML"),
        (b"ceasefire = 1\n[[x", 2, "this is no TOML"),
        (b"ceasefire = 1\nx = " + b"[" * 100_000, 0, "nested too deep"),
        (b"ceasefire = 1\nx = 2020-99-99\n", 2, "this is no TOML"),
        (b"ceasefire = 1\nx = " + b"9" * 5000, 2, "a number has more than 100 digits"),
        (b"ceasefire = 1\nx = [\n-0x" + b"f" * 5000 + b"]", 3, "a number has more than 100 digits"),
        ('ceasefire = 1\nid = "é"\n'.encode("latin-1"), 2, "the byte 0xe9 is no UTF-8"),
        (b"\xef\xbb\xbfceasefire = 1\n", 1, "byte order mark"),
        ("ceasefire = 1\n".encode("utf-16"), 1, "UTF-16"),
    ],
)
def test_a_file_that_is_no_agreement_at_all_gets_one_clear_error(mistakes, data, line, said):
    """Empty, of another version, broken or in another encoding: one mistake, with its line."""
    told = mistakes(data)
    assert len(told) == 1
    assert said in told[0].what
    assert told[0].line == line
    assert told[0].instead


def test_windows_line_ends_are_line_ends(load, every_field):
    """A file saved on Windows reads the same."""
    assert load(every_field.replace("\n", "\r\n")) == load()


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"ceasefire = 1\n\0", "is a binary file"), (b"#" * (10 * 1024 * 1024), "is larger than 5 MB")],
)
def test_a_file_that_cannot_be_read_is_unreadable(load, data, said):
    """Binary or far too large: one error that says which."""
    with pytest.raises(UnreadableFile, match=said):
        load(data)


def test_a_folder_and_a_missing_file_are_unreadable(tmp_path):
    """One error that says what is there instead."""
    with pytest.raises(UnreadableFile, match="is a folder"):
        agreement(tmp_path)
    with pytest.raises(UnreadableFile, match="does not exist"):
        check(tmp_path / "none.toml")


def test_a_file_that_may_not_be_opened_is_unreadable(load, tmp_path, monkeypatch):
    """Where the system refuses, its reason is told."""
    load()

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match=r"agreement\.toml' cannot be read: Permission denied"):
        agreement(tmp_path / "agreement.toml")


def test_a_broken_register_is_told_as_its_own_mistake(mistakes, tmp_path):
    """A register that is no TOML, or a folder, does not hide what is wrong elsewhere."""
    told = mistakes(register="ceasefire = \n")
    assert told[-1].file.endswith("north.toml")
    assert "this is no TOML" in told[-1].what
    (tmp_path / "north.toml").unlink()
    (tmp_path / "north.toml").mkdir()
    with pytest.raises(AgreementError, match="the register 'north' cannot be read"):
        agreement(tmp_path / "agreement.toml")


def test_a_mistake_reads_as_file_line_what_and_remedy(mistakes, every_field):
    """The form of a message is the one compilers use, so that editors can jump to it."""
    (told,) = mistakes(every_field.replace("acts = [", "actz = ["))
    assert (
        str(told).split("agreement.toml:")[1]
        == "105: unknown field 'actz' – did you mean 'acts'? (write acts)"
    )


def test_thousands_of_mistakes_are_all_told(mistakes):
    """However many there are, each is told, the first of them with a suggestion."""
    text = 'ceasefire = 1\nid = "many"\nadopted = 2020-01-01\n' + "".join(
        f'[[commitment]]\nid = "c{n}"\nsummary = "s"\nduty = "declare"\nrestates = "d{n}"\n'
        for n in range(3000)
    )
    told = mistakes(text)
    assert [m.line for m in told] == [8 + 5 * n for n in range(3000)]
    assert "did you mean 'c10'?" in told[10].what
    assert told[-1].what == "restates: unknown commitment 'd2999'"


SLIPS = """\
ceasefire = 1
id = “pact”
title = "He said “no”"  # “fine”
adopted = 13.12.2018
in_force = 3/4/2018
summary = „Text“
note = ‘single’
timezone = "UTC”
[[effective]]
at = 2018-12-00
[[effective]]
at = 31/12/2018
"""


def test_what_word_processors_and_habit_write_is_named_line_by_line(mistakes):
    """Curved quotation marks and dates with the day first are told all at once, each with what to write."""
    assert [(m.line, m.what, m.instead) for m in mistakes(SLIPS)] == [
        (2, "“ ” are no quotation marks of TOML", 'write "pact", with the straight mark on both sides'),
        (4, "13.12.2018 is no date of TOML", "write 2018-12-13, the year first"),
        (5, "3/4/2018 is no date of TOML", "write year, month and day, such as 2018-12-31"),
        (6, "„ “ are no quotation marks of TOML", 'write "Text", with the straight mark on both sides'),
        (7, "‘ ’ are no quotation marks of TOML", 'write "single", with the straight mark on both sides'),
        (8, "” is no quotation mark of TOML", 'write "UTC", with the straight mark on both sides'),
        (10, "2018-12-00 is no date: no day is called 00", 'write the month, "2018-12"'),
        (12, "31/12/2018 is no date of TOML", "write 2018-12-31, the year first"),
    ]


def test_a_mark_that_nothing_closes_is_named_too(mistakes):
    """There is no text to write instead, only the sign."""
    (told, _) = mistakes("ceasefire = 1\nid = “\nadopted = 13.12.2018\n")
    assert told.instead == 'write ", with the straight mark on both sides'


def test_a_slip_does_not_hide_what_else_is_no_toml(mistakes):
    """The mistake that the parser met first is told beside it, in the order of lines."""
    told = mistakes('ceasefire = 1\nid = "pact"\ntitle = [1,\nadopted = 13.12.2018\n')
    assert [m.line for m in told][-1] == 4
    assert any("13.12.2018" in m.what for m in told)
    told = mistakes("ceasefire = 1\nid = pact\nadopted = 13.12.2018\n")
    assert [(m.line, m.what.partition(":")[0]) for m in told] == [
        (2, "this is no TOML"),
        (3, "13.12.2018 is no date of TOML"),
    ]


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('"13.12.2018"', "write 2018-12-13, the year first"),
        ('"2018-12-00"', 'write the month, "2018-12"'),
        ('"12/13/2018"', "write year, month and day, such as 2018-12-31"),
        ('"31.4.2018"', "write year, month and day, such as 2018-12-31"),
        ('"14/15/2018"', "write year, month and day, such as 2018-12-31"),
        ('"0.5.2018"', "write year, month and day, such as 2018-12-31"),
    ],
)
def test_a_date_in_quotes_is_told_how_to_write_too(mistakes, every_field, written, instead):
    """The same slips in a text that TOML accepts."""
    (told,) = mistakes(every_field.replace("adopted = 2020-01-31", f"adopted = {written}"))
    assert told.instead == instead


def test_curved_marks_inside_a_text_are_text(load, every_field):
    """A quotation within a title is nobody's mistake."""
    assert load(every_field.replace('"The text"', '"The “text” of 13.12.2018"')).source_list[0].title == (
        "The “text” of 13.12.2018"
    )


def test_a_register_is_told_to_be_put_only_under_a_name_that_a_file_of_one_can_have(mistakes, every_field):
    """Beside `Syria.toml` the advice to put it there would help nobody."""
    uses = 'uses = "north"'
    (named,) = mistakes(every_field.replace(uses, 'uses = ["north", "south"]', 1))
    assert named.instead == "put south.toml beside this file"
    (other,) = mistakes(every_field.replace(uses, 'uses = ["north", "Syria"]', 1))
    assert other.instead == "use a to z, 0 to 9 and hyphens"
