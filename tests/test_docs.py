"""The pages say what the code does: their generated parts, their examples, their links, and their map."""

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

import ceasefire as cf
from ceasefire.record import KINDS, from_json, judged
from ceasefire.testing import read

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

import enumerated  # noqa: E402 - the scripts stand beside the pages
import make_rules  # noqa: E402
import run_commands  # noqa: E402
import worked  # noqa: E402

PAGES = make_rules.pages()
RULES = sorted((DOCS / "rules").glob("*.md"))
BULLETINS = ROOT / "src" / "ceasefire" / "data" / "bulletins" / "README.md"
ASTANA = ROOT / "src" / "ceasefire" / "data" / "astana" / "README.md"
LINKED = [
    *PAGES,
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    BULLETINS,
    ASTANA,
    *sorted(ROOT.glob("examples/*/README.md")),
]
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def text_of(path):
    """Return what a page says."""
    return path.read_text(encoding="utf-8")


def called(path):
    """Return the name of a page in a test's id."""
    return str(path.relative_to(ROOT))


def prose(path):
    """Return a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text_of(path), flags=re.MULTILINE | re.DOTALL)


def anchors(path):
    """Return the anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(path):
    """Return the relative links of a page, each as the file and the anchor it points at."""
    found = [link for link in _LINK.findall(prose(path)) if not re.match(r"[a-z]+:", link)]
    parts = [link.partition("#") for link in found]
    return [((path.parent / file).resolve() if file else path, anchor) for file, _, anchor in parts]


# ---------------------------------------------------------------- drawn from the code


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_what_is_drawn_from_the_code_is_what_the_code_says(page):
    """Nobody changes a rule without its page: `make docs` writes it anew."""
    made = make_rules.written(text_of(page))
    assert made == text_of(page), f"{called(page)} says something else than the code: run make docs"


def test_every_part_that_can_be_drawn_stands_on_a_page():
    """No table is made for nobody, and every closed list of records and agreements is shown where it matters."""
    orders = [found[1].split() for page in PAGES for found in make_rules.PART.findall(text_of(page))]
    known = {*make_rules.PARTS, *make_rules.BY_ANSWERS, *make_rules.WORKED, *make_rules.RECORDED}
    assert {order[0] for order in orders} == known
    shown = {order[1] for order in orders if order[0] == "kind-fields"}
    assert shown == set(KINDS)


def test_the_result_page_shows_every_list():
    """Each part of the result object has its keys on the page about the result."""
    status = cf.assess(read(worked.base()), [], as_of="2020-03-31").to_dict()
    orders = re.findall(r"<!-- made: keys (\w+) -->", text_of(DOCS / "rules" / "result.md"))
    assert set(orders) == {
        "result",
        *(name for name, part in status.items() if isinstance(part, list | dict)),
    }


def test_a_code_without_words_is_refused():
    """A new rule does not land without a sentence that says what it means."""
    with pytest.raises(ValueError, match=r"no words for \['perhaps'\]"):
        worked.worded(["consensus", "majority", "any", "as-reported", "member:…", "perhaps"], "rule")
    with pytest.raises(ValueError, match=r"words for nothing: \['any'"):
        worked.worded(["consensus"], "rule")


# ---------------------------------------------------------------- P56, as printed


def printed(name, columns):
    """Return a generated table of the claims page: what each row says, by its first cells."""
    [part] = re.findall(
        rf"<!-- made: {name} -->\n(.*?)<!-- /made -->", text_of(DOCS / "rules" / "claims.md"), re.DOTALL
    )
    head, _, *lines = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in part.split("\n") if line
    ]
    return head[columns:], {tuple(line[:columns]): line[columns:] for line in lines}


CONSENSUS = """
ceasefire = 1
id = "pact"
adopted = 2020-01-01
[[party]]
id = "one"
[[party]]
id = "two"
[[party]]
id = "three"
[[party]]
id = "other"
[[mechanism]]
id = "three-guarantors"
members = ["one", "two", "three"]
rule = "consensus"
[[commitment]]
id = "no-attacks"
summary = "No attacks."
duty = "refrain"
owed_by = ["other"]
acts = ["attack"]
"""


def histories():
    """Yield every combination of answers and author with the records that say it."""
    for number, (answers, author) in enumerate(enumerated.combinations()):
        claim = f"claim-{number}"
        told = {"kind": "incident", "by": author or "other", "id": claim, "act": "attack"}
        lines = [told | {"occurred": "2020-02-01", "accused": ["other"]}]
        for member, answer in zip(enumerated.MEMBERS, answers, strict=True):
            if answer:
                said = {"kind": "finding", "by": member, "id": f"{claim}-{member}", "on": claim}
                lines.append(said | {"outcome": answer})
        yield claim, answers, author, [from_json(line) for line in lines]


@pytest.mark.parametrize("rule", [*enumerated.ALIKE, enumerated.ONE])
def test_p56_the_printed_table_is_what_an_assessment_determines(rule):
    """Every rule, answers of three members and author have one determination: the one in the printed table."""
    pact = read(tomllib.loads(CONSENSUS.replace('"consensus"', f'"{rule}"')))
    cases = list(histories())
    assert len(cases) == 256
    status = cf.assess(pact, [record for *_, records in cases for record in records], as_of="2020-03-01")
    found = {claim["record"]: claim["determination"] for claim in status.to_dict()["claims"]}
    if rule == enumerated.ONE:
        (_, rows), row_of, column = printed("determinations-by-one", 2), enumerated.one_decides, 0
    else:
        head, rows = printed("determinations-by-answers", 1)
        row_of, column = enumerated.alike, head.index(f"`{rule}`")
    met = set()
    for claim, answers, author, _ in cases:
        row = row_of(answers, author)
        row = row if rule == enumerated.ONE else (", ".join(row),)
        met.add(row)
        assert rows[row][column].replace(" ", "_") == found[claim], (rule, answers, author)
    assert met == set(rows), "a row of the table that no combination reaches"


# ---------------------------------------------------------------- examples


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_every_record_on_a_page_is_one(page):
    """What stands on a page as an example of records can be read as records."""
    for block in (*worked.blocks(text_of(page), "jsonl"), *worked.blocks(text_of(page), "json")):
        for line in block.splitlines():
            record = from_json(json.loads(line))
            assert record.id, f"an example without an id: {line}"
            assert record.by, f"an example without an author: {line}"


@pytest.mark.parametrize("page", LINKED, ids=called)
def test_records_on_a_page_can_be_pasted_into_a_file(page, tmp_path):
    """Whoever copies an example has a file of records: each line says whose it is and when it was written."""
    for number, block in enumerate(worked.blocks(text_of(page), "jsonl")):
        file = tmp_path / f"{number}.jsonl"
        file.write_text(block, encoding="utf-8")
        found = cf.read_records(file)
        assert not found.mistakes
        assert len(found) == len(block.splitlines())


def test_every_kind_of_record_has_an_example():
    """The page about records shows each kind at least once, and of responses and counts the one that is judged."""
    lines = [
        json.loads(line)
        for block in worked.blocks(text_of(DOCS / "rules" / "records.md"), "jsonl")
        for line in block.splitlines()
    ]
    assert {line["kind"] for line in lines} == set(KINDS)
    assert {line["kind"] for line in lines if judged(from_json(line))} == {
        "incident", "performance", "event", "decision", "membership", "response", "tally",
    }  # fmt: skip


@pytest.mark.parametrize("page", RULES, ids=called)
@pytest.mark.filterwarnings("ignore")  # a small agreement may well lack a deadline, of which loading warns
def test_every_piece_of_an_agreement_on_a_page_fits_the_example(page):
    """What stands on a page as a piece of an agreement file makes, with the rest of the example, a whole one."""
    for block in worked.blocks(text_of(page), "toml"):
        assert read(worked.changed(worked.base(), tomllib.loads(block))).id == "river-truce"


# ---------------------------------------------------------------- the map


@pytest.mark.parametrize("page", LINKED, ids=called)
def test_no_link_leads_nowhere(page):
    """Every relative link of a page points at a file that is there, and at a heading that it has."""
    for file, anchor in links(page):
        assert file.exists(), f"{file.name} is not there"
        assert not anchor or anchor in anchors(file), f"{file.name} has no heading for #{anchor}"


def test_every_page_is_on_the_map():
    """Whoever begins at docs/index.md finds every page."""
    reached, frontier = set(), [DOCS / "index.md"]
    while frontier:
        page = frontier.pop()
        if page not in reached:
            reached.add(page)
            frontier += [file for file, _ in links(page) if file.suffix == ".md" and file.exists()]
    assert set(PAGES) <= reached, set(PAGES) - reached


def test_every_public_name_is_documented():
    """What the package offers is explained on the page about the library."""
    named = set(re.findall(r"`(?:cf\.)?(\w+)[`(]", prose(DOCS / "library.md")))
    assert set(cf.__all__) <= named, set(cf.__all__) - named


def test_the_words_are_neutral():
    """No page about the rules calls anybody what nobody has determined."""
    for page in [*RULES, DOCS / "library.md"]:
        assert not re.findall(r"violators?\b|culprit|perpetrator", text_of(page), re.IGNORECASE), page.name


def test_an_assessment_has_no_attribute_that_the_page_does_not_list():
    """What lies behind it is nobody's to build on: it may change with any version."""
    status = cf.assess(cf.agreement("syria-de-escalation-2017"), [], as_of="2017-05-14")
    members = re.search(
        r"<!-- made: members Assessment -->(.*?)<!-- /made -->", text_of(DOCS / "library.md"), re.DOTALL
    )
    assert members is not None
    listed = re.findall(r"^\| `\.(\w+)", members[1], re.MULTILINE)
    assert sorted(name for name in dir(status) if not name.startswith("_")) == sorted(listed)


# ---------------------------------------------------------------- several command lines in one process


def test_commands_run_one_after_the_other_until_one_does_not_end_well(capsys):
    """`make report` runs its commands in one process: the second here is none, so the third is not run."""
    assert run_commands.run("--version\nlist everything\\\n --json\n--version") == 2
    assert capsys.readouterr().out.splitlines()[-1] == "ceasefire list everything --json"
    assert run_commands.run("--version\n\n") == 0
