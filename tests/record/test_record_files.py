"""Record files: a bad line never costs a good one."""

import json
import os
from hashlib import sha256

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from record_objects import records as objects

from ceasefire.errors import RecordError, UnreadableFile, UnwritableFile
from ceasefire.record import Incident, RecordList, from_json, read_records, to_json, write_records
from ceasefire.record.json.files import LONGEST_LINE
from ceasefire.record.proof import UNCHAINED, Proof, pieces, unchained_salt

GOOD = {
    "kind": "incident",
    "by": "russia",
    "recorded": "2017-05-14T10:00:00+03:00",
    "occurred": "2017-05-14",
    "act": "attack.shelling",
}


@pytest.fixture
def file(tmp_path):
    """Write lines, given as bytes or as objects, and return the path."""

    def write(*lines, end=b"\n", start=b""):
        path = tmp_path / "records.jsonl"
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        path.write_bytes(start + end.join(raw) + end)
        return path

    return write


def test_a_bad_line_is_told_with_its_number_and_the_good_lines_are_kept(file):
    """Every line that holds no record is a mistake with file, line and sentence."""
    path = file(GOOD, b"{", {**GOOD, "act": 5}, b"", GOOD, {**GOOD, "zone": "idlib"})
    found = read_records(path)
    assert isinstance(found, list)
    assert [record.id for record in found] == ["russia/1", "russia/3", "russia/4"]
    assert [mistake.line for mistake in found.mistakes] == [2, 3]
    assert str(found.mistakes[0]).startswith(f"{path}:2: no JSON")


def test_a_missing_id_is_the_place_among_the_lines_of_that_author(file):
    """Lines of each author are counted apart; those with an id of their own count too."""
    turkish = {**GOOD, "by": "turkey"}
    found = read_records(file(GOOD, turkish, {**GOOD, "id": "own"}, GOOD, turkish))
    assert [record.id for record in found] == ["russia/1", "turkey/1", "own", "russia/3", "turkey/2"]


def test_a_name_that_many_lines_say_is_kept_once(file):
    """Authors, acts and places are few, and records many: they share the words."""
    one, other = read_records(file(GOOD, {**GOOD, "accused": ["russia"]}))
    assert one.act is other.act
    assert one.by is other.by is other.accused[0]


def test_the_identical_record_twice_is_one_record(file):
    """A line repeated with its id is the same record, whenever it was received."""
    line = {**GOOD, "id": "a"}
    found = read_records(file(line, {**line, "received": "2018-01-01T00:00:00Z"}, line))
    assert len(found) == 1
    assert found[0].received is None
    assert found.mistakes == ()


def test_another_record_of_the_same_id_is_a_mistake_and_the_first_is_kept(file):
    """Two records of one name cannot both be pointed at."""
    found = read_records(file({**GOOD, "id": "a"}, {**GOOD, "id": "a", "zone": "idlib"}))
    assert [record.zone for record in found] == [None]
    assert [(mistake.line, "line 1" in mistake.what) for mistake in found.mistakes] == [(2, True)]


@pytest.mark.parametrize("missing", ["by", "recorded"])
def test_in_a_file_author_and_time_of_writing_are_needed(file, missing):
    """A record says who wrote it down, and when."""
    found = read_records(file({name: value for name, value in GOOD.items() if name != missing}, GOOD))
    assert len(found) == 1
    assert f"write {missing}" in found.mistakes[0].what


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_marks_of_other_systems_are_tolerated(file, end):
    """A byte order mark, Windows line ends and blank lines are no mistakes."""
    found = read_records(file(GOOD, b"  ", GOOD, end=end, start=b"\xef\xbb\xbf"))
    assert (len(found), found.mistakes) == (2, ())


def test_a_line_that_is_too_long_is_refused_without_being_loaded(file):
    """A line of more than eight megabytes is a mistake; the lines around it are kept."""
    found = read_records(file(GOOD, b'{"text":"' + b"x" * (3 * LONGEST_LINE) + b'"}', GOOD))
    assert [record.id for record in found] == ["russia/1", "russia/2"]
    assert [(mistake.line, mistake.what[:11]) for mistake in found.mistakes] == [(2, "longer than")]


@pytest.mark.parametrize("over", [0, 1])
def test_no_line_is_written_that_is_too_long_to_be_read(tmp_path, over):
    """A record of just eight megabytes is written and read; one sign more, and there is no file."""
    path = tmp_path / "written.jsonl"
    bare = from_json(GOOD | {"id": "russia/1", "text": ""})
    write_records(path, [bare])
    full = evolve(bare, text="x" * (LONGEST_LINE - path.stat().st_size + over))
    path.unlink()
    if over:
        with pytest.raises(RecordError, match=r"more than 8 MB .* name them in evidence"):
            write_records(path, [bare, full])
        assert list(tmp_path.iterdir()) == []
    else:
        write_records(path, [full])
        assert list(read_records(path)) == [full]


def test_a_last_line_without_an_end_is_a_line(tmp_path):
    """A file cut right after its last record loses nothing."""
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    assert len(read_records(path)) == 1


def test_a_mistake_never_quotes_a_whole_line(file):
    """A sentence about a huge value stays short."""
    found = read_records(file({**GOOD, "act": ["x"] * 100_000}))
    assert len(found.mistakes[0].what) < 400


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (b"SQLite format 3\0", "Journal.open"),
        (b"\xff\xfe{\0", "UTF-16"),
        (b"\x1f\x8b", "unpack"),
        (b"PK\x03\x04", "save it as text"),
    ],
)
def test_a_file_that_is_no_text_is_one_error(file, start, sentence):
    """A database, an archive or a file in UTF-16 is refused as a whole, with what to do."""
    with pytest.raises(UnreadableFile, match=sentence):
        read_records(file(GOOD, start=start))


@pytest.mark.parametrize("name", ["missing.jsonl", ".", "no/such/folder", "nul\0.jsonl"])
def test_no_file_or_a_folder_is_one_error(tmp_path, name):
    """What is no file cannot be read, and the error says so."""
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_records(os.path.join(tmp_path, name))  # noqa: PTH118 - Path would refuse the last one itself


@given(st.lists(objects, max_size=5))
def test_p50_written_records_are_read_again(tmp_path_factory, drawn):
    """Whatever is written is read back, in order and without a mistake."""
    path = tmp_path_factory.mktemp("p50") / "records.jsonl"
    envelope = {"by": "russia", "recorded": "2017-05-14T10:00:00Z"}
    written = [from_json({**obj, **envelope, "id": f"r{n}"}) for n, obj in enumerate(drawn)]
    write_records(path, written)
    found = read_records(path)
    assert found == written
    assert found.mistakes == ()
    assert [to_json(record) for record in found] == [to_json(record) for record in written]


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    """A record that no reader would accept leaves the old file as it was, and no other beside it."""
    path = tmp_path / "records.jsonl"
    good = from_json(GOOD)
    write_records(path, [good])
    before = path.read_bytes()
    with pytest.raises(RecordError, match="says no author"):
        write_records(path, [good, Incident(occurred="2017-05", act="attack")])
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["records.jsonl"]


def test_each_line_is_canonical(tmp_path):
    """The same records give the same bytes, keys in order."""
    path = tmp_path / "records.jsonl"
    write_records(path, [from_json(GOOD)])
    assert path.read_bytes() == (
        b'{"act":"attack.shelling","by":"russia","kind":"incident","occurred":"2017-05-14",'
        b'"recorded":"2017-05-14T10:00:00+03:00"}\n'
    )


def test_records_that_cannot_be_read_are_not_written(tmp_path):
    """Where the records come from a file that is not there, that is the error, and no file is left."""
    lazily = (record for name in ["missing.jsonl"] for record in read_records(tmp_path / name))
    with pytest.raises(UnreadableFile, match=r"missing\.jsonl cannot be read: .*: look at how its path"):
        write_records(tmp_path / "records.jsonl", lazily)
    assert not list(tmp_path.iterdir())


def test_a_folder_without_a_name_cannot_be_written(monkeypatch, tmp_path):
    """Whoever writes to `.` is told so, and finds nothing beside it."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnwritableFile, match=r"^\. cannot be written"):
        write_records(".", [from_json(GOOD)])
    assert not list(tmp_path.iterdir())


def chained(fields, number=1, previous=None, salt=bytes(16)):
    """Return a line as a journal exports it, with its proof."""
    hashed = sha256(pieces(fields, number, previous, salt)[0]).digest()
    proof = Proof(number=number, hash=hashed, previous=previous, salt=salt)
    return {**fields, "id": f"{fields['by']}/{number}", "proof": proof.to_json()}


def test_two_histories_of_one_number_have_ids_of_their_own(file):
    """Each is named by the first digits of its hash; what is written of them again, they are again."""
    path = file(chained(GOOD), chained({**GOOD, "zone": "idlib"}))
    found = read_records(path)
    assert found.mistakes == ()
    assert [record.id.partition("@")[0] for record in found] == ["russia/1", "russia/1"]
    assert all(len(record.id.partition("@")[2]) == 12 for record in found)
    write_records(path, found)
    assert read_records(path) == found


def test_a_line_written_by_hand_does_not_take_the_id_of_one_that_is_proven(file):
    """Whoever adds a line under an id of a journal is told which line has it, wherever the two stand."""
    by_hand = {**GOOD, "id": "russia/1", "zone": "idlib"}
    for lines in ([chained(GOOD), by_hand], [by_hand, chained(GOOD)]):
        found = read_records(file(*lines))
        assert [record.zone for record in found] == [None]
        assert len(found.mistakes) == 1
        assert "the id 'russia/1' names another record" in found.mistakes[0].what


def test_a_handwritten_record_that_its_author_chained_later_is_that_one(file):
    """Merged from a file it has a number and no chain; once the author's own comes, it is no record beside it."""
    without = chained(GOOD, previous=UNCHAINED, salt=bytes(15) + b"\1")
    found = read_records(file(without, chained(GOOD)))
    assert [(record.id, record.proof.chained) for record in found] == [("russia/1", True)]
    assert found.mistakes == ()


def test_a_handwritten_record_that_a_journal_passed_on_keeps_its_name(file):
    """It has a number and no chain, and no other record has that number."""
    without = chained(GOOD, previous=UNCHAINED, salt=unchained_salt(GOOD))
    (record,) = read_records(file(without))
    assert (record.id, record.proof.chained) == ("russia/1", False)


def test_the_seals_of_a_file_are_passed_on_unread(tmp_path, file):
    """They vouch for chains, and are no records: who merges the file looks at them, who copies it keeps them."""
    seal = {"author": "russia", "number": 1, "signature": "…"}
    found = read_records(file(GOOD, {"seal": seal}))
    assert (len(found), found.seals, found.mistakes) == (1, (seal,), ())
    write_records(tmp_path / "copy.jsonl", found)
    assert read_records(tmp_path / "copy.jsonl").seals == (seal,)


def test_a_proof_that_does_not_fit_is_a_mistake_of_its_line(file):
    """The record is not kept: it was changed since."""
    found = read_records(file({**chained(GOOD), "zone": "idlib"}, GOOD))
    assert [record.proof for record in found] == [None]
    assert [mistake.line for mistake in found.mistakes] == [1]


def test_what_was_evolved_is_written_without_its_proof(tmp_path, file):
    """Another record than the proven one: nothing proves it, and it does not say so."""
    (record,) = read_records(file(chained(GOOD)))
    write_records(tmp_path / "again.jsonl", [evolve(record, zone="idlib")])
    assert b"proof" not in (tmp_path / "again.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["", "no/such/folder/x.jsonl"])
def test_where_no_file_can_be_the_error_says_so(tmp_path, name):
    """A folder, or a place without one, cannot be written."""
    with pytest.raises(UnwritableFile, match="cannot be written"):
        write_records(tmp_path / name, [from_json(GOOD)])


@given(st.lists(st.one_of(st.binary(max_size=60), st.just(json.dumps(GOOD).encode())), max_size=8))
def test_no_bytes_bring_a_traceback_or_cost_a_good_line(tmp_path_factory, lines):
    """Whatever stands between them, the good lines are all read."""
    path = tmp_path_factory.mktemp("bytes") / "records.jsonl"
    lines = [line.replace(b"\n", b" ").replace(b"\r", b" ") for line in lines]
    path.write_bytes(b"#\n" + b"\n".join(lines))
    good = sum(line.strip() == json.dumps(GOOD).encode() for line in lines)
    found = read_records(path)
    assert isinstance(found, RecordList)
    assert len(found) == good


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path):
    """`latest.jsonl` leads to the file of the day: that is what is written, whether it is there yet or not."""
    link = tmp_path / "latest.jsonl"
    link.symlink_to("real.jsonl")
    for count in (1, 2):
        write_records(link, [from_json(GOOD)] * count)
        assert link.is_symlink()
        assert len((tmp_path / "real.jsonl").read_bytes().splitlines()) == count


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_file_is_never_replaced_by_one(tmp_path):
    """A pipe or a device stands there for somebody else: no file takes its place, nor that of a folder."""
    pipe, link = tmp_path / "pipe.jsonl", tmp_path / "link.jsonl"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for place in (pipe, link):
        with pytest.raises(UnwritableFile, match=r"pipe\.jsonl cannot be written: it is no regular file"):
            write_records(place, [])
    assert pipe.is_fifo()
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(UnwritableFile, match="it is a folder: name a file in it"):
        write_records(tmp_path / "folder.jsonl", [])
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder.jsonl", "link.jsonl", "pipe.jsonl"]


def test_links_that_lead_to_each_other_are_told(tmp_path):
    """There is no file at the end of them."""
    (tmp_path / "one.jsonl").symlink_to("other.jsonl")
    (tmp_path / "other.jsonl").symlink_to("one.jsonl")
    with pytest.raises(UnwritableFile, match="these links lead to each other"):
        write_records(tmp_path / "one.jsonl", [])


@pytest.mark.parametrize("path", [None, 5, b"x.jsonl", ["x.jsonl"], "a\0b", "a\ud800b"])
def test_what_is_no_path_is_refused_by_a_sentence(path):
    """A wrong call is an error of this library, whatever was given."""
    told = "cannot be {}: (give the path of a file as a text|it holds a character that no path has: take it out)$"
    with pytest.raises(UnreadableFile, match=told.format("read")):
        read_records(path)
    with pytest.raises(UnwritableFile, match=told.format("written")):
        write_records(path, [])


@pytest.mark.parametrize("records", [None, 5, ["turkey/1"], [{"kind": "incident"}]])
def test_what_is_no_record_is_not_written(tmp_path, records):
    """A file is made of records only, and there is none when something else was among them."""
    with pytest.raises(RecordError, match="give records, or a journal"):
        write_records(tmp_path / "records.jsonl", records)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("date,place,what\n" + "2017-05-01,Hama,firing\n" * 300, "looks like a table"),
        ("date;place\n" + "2017-05-01;Hama\n" * 300, "looks like a table"),
        ("<!doctype html>\n" + "<p>A page</p>\n" * 300, "web page"),
        ("Dear all\n" + "as agreed\n" * 300, "no file of records"),
        ('{\n  "kind": "incident",\n  "by": "analyst"\n}\n', "JSON over several lines, or one list"),
        ('[\n  {"kind": "incident"}\n]\n', "JSON over several lines, or one list"),
        ('[{"kind": "incident"}, {"kind": "event"}]\n', "JSON over several lines, or one list"),
    ],
)
def test_a_file_of_another_kind_is_told_once(tmp_path, text, told):
    """Not on each of its lines: one mistake says what it looks like, and what is wanted."""
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    read = read_records(path)
    assert not read
    [mistake] = read.mistakes
    assert str(mistake).startswith(f"{path}:1: ")
    assert told in mistake.what


def test_one_object_makes_a_file_of_records(tmp_path):
    """Then every other line is told by itself: somebody meant each of them."""
    path = tmp_path / "records.jsonl"
    path.write_text("a remark\n" * 20 + json.dumps(GOOD) + "\n", encoding="utf-8")
    read = read_records(path)
    assert len(read) == 1
    assert [mistake.line for mistake in read.mistakes] == list(range(1, 21))


def test_a_device_is_not_read_as_a_file():
    """It may have no end: nothing is read of it."""
    with pytest.raises(UnreadableFile, match="it is a device: name a file"):
        read_records("/dev/zero")
