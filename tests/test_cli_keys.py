"""`ceasefire key` and `seal`: a private key in a file, its public half for the register, its seal on a chain."""

import re
import sys

import pytest
from click.testing import CliRunner

from ceasefire.cli import main
from ceasefire.instruments import agreement
from ceasefire.journal import Journal, SigningKey
from ceasefire.record import Incident

REGISTER = """
ceasefire = 1
id = "truce"
adopted = 2020-01-01

[[party]]
id = "turkey"

"""


def run(*words, stdin=None):
    """Run a command line in this process."""
    done = CliRunner().invoke(main, [str(word) for word in words], input=stdin)
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done


@pytest.fixture
def path(tmp_path):
    """Return where a key may be written."""
    return tmp_path / "turkey.pem"


@pytest.fixture
def somebody_is_here(monkeypatch):
    """A terminal with somebody before it, who answers with what `stdin` holds."""
    monkeypatch.setattr("ceasefire.commands.keys.attended", lambda: True)


def test_what_it_prints_is_the_table_of_a_register(path, tmp_path):
    """Pasted as it stands it is read, and names the key in the file."""
    done = run("key", "new", path, "--party", "turkey")
    assert done.exit_code == 0
    file = tmp_path / "truce.toml"
    file.write_text(REGISTER + done.stdout, encoding="utf-8")
    (key,) = agreement(file).keys
    assert (key.party, key.key) == ("turkey", SigningKey.read(path).public)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(key.from_).replace("+00:00", "Z"))


def test_the_private_key_is_not_printed(path):
    """Neither on the one stream nor on the other, by `new` or by `show`."""
    secrets = [done.output for done in (run("key", "new", path), run("key", "show", path))]
    inside = path.read_text(encoding="ascii").splitlines()[1]
    assert inside
    assert not [text for text in secrets if inside in text]


def test_without_a_party_the_table_says_what_is_missing(path):
    """A table that is pasted without it is refused by the reader, with its line."""
    assert 'party = "" # whose key it is' in run("key", "new", path).stdout


def test_a_party_is_an_id(path):
    """A name with blanks is none, and no key is made."""
    done = run("key", "new", path, "--party", "The Turkish side")
    assert done.exit_code == 2
    assert "is no id of a party" in done.stderr
    assert not path.exists()


def test_a_key_is_never_written_over(path):
    """The second call is refused, and the first key is still there."""
    run("key", "new", path)
    before = path.read_bytes()
    done = run("key", "new", path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is there already" in done.stderr
    assert path.read_bytes() == before


def test_show_prints_the_public_half(path):
    """The same text as `new` printed, and the same fingerprint."""
    made, shown = run("key", "new", path), run("key", "show", path)
    assert shown.exit_code == 0
    key, fingerprint = shown.stdout.splitlines()
    assert key in made.stdout.splitlines()
    assert fingerprint.removeprefix("# to compare by telephone: ") in made.stderr
    assert not shown.stderr


def test_a_key_that_others_can_read_is_told(path):
    """As ssh does, in a sentence, and the key is shown all the same."""
    run("key", "new", path)
    path.chmod(0o644)
    done = run("key", "show", path)
    assert done.exit_code == 0
    assert "can be read by others" in done.stderr


@pytest.mark.usefixtures("somebody_is_here")
def test_a_passphrase_is_asked_for_where_somebody_can_answer(path):
    """Twice when it is made, once when the key is opened; a wrong one opens nothing."""
    made = run("key", "new", path, "--passphrase", stdin="open sesame\nopen sesame\n")
    assert made.exit_code == 0
    assert "sesame" not in made.output
    assert run("key", "show", path, stdin="open sesame\n").exit_code == 0
    done = run("key", "show", path, stdin="shut sesame\n")
    assert done.exit_code == 2
    assert "another passphrase" in done.stderr


def test_a_passphrase_may_come_from_a_file(path, tmp_path):
    """Its first line, for scripts; without it and without a terminal it is a wrong call."""
    secret = tmp_path / "secret"
    secret.write_text("open sesame\nnot this\n", encoding="utf-8")
    assert run("key", "new", path, "--passphrase-file", secret).exit_code == 0
    assert SigningKey.read(path, "open sesame")
    assert run("key", "show", path, "--passphrase-file", secret).exit_code == 0
    done = run("key", "show", path)
    assert done.exit_code == 2
    assert "--passphrase-file" in done.stderr


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe"])
def test_a_passphrase_file_that_holds_none_is_told(path, tmp_path, content):
    """Missing, empty, or no text: a key locked with nothing would be no locked key."""
    secret = tmp_path / "secret"
    if content is not None:
        secret.write_bytes(content)
    done = run("key", "new", path, "--passphrase-file", secret)
    assert done.exit_code == 2
    assert str(secret) in done.stderr
    assert not path.exists()


def test_without_the_extra_it_says_which(path, monkeypatch):
    """One sentence, and no traceback."""
    monkeypatch.setitem(sys.modules, "cryptography", None)
    done = run("key", "new", path)
    assert done.exit_code == 2
    assert "pip install 'ceasefire[signing]'" in done.stderr


@pytest.fixture
def sides(path, tmp_path):
    """Return a journal of the Turkish side, and an agreement whose register declares its key."""
    truce = tmp_path / "truce.toml"
    truce.write_text(REGISTER + run("key", "new", path, "--party", "turkey").stdout, encoding="utf-8")
    database = tmp_path / "turkey.of-the-test"
    with Journal.open(database, author="turkey") as journal:
        journal.record(Incident(occurred="2020-01-01", act="attack"))
    return database, truce


def test_a_chain_is_sealed_and_the_seal_is_shown(sides, path):
    """`seal` makes it, `verify` shows it with the key that the register declares."""
    database, truce = sides
    done = run("seal", database, "--by", "turkey", "--key", path, "--agreement", truce)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("turkey sealed turkey/1 and all before it on ")
    verified = run("verify", database, "--agreement", truce)
    assert verified.exit_code == 0
    assert done.stdout in verified.stdout
    assert "whose key that is was not looked at" in run("verify", database).stdout


def test_a_key_that_is_not_the_authors_seals_nothing(sides, tmp_path):
    """A problem in what people wrote: told, and nothing is written."""
    database, truce = sides
    other = tmp_path / "other.pem"
    run("key", "new", other)
    done = run("seal", database, "--by", "turkey", "--key", other, "--agreement", truce)
    assert done.exit_code == 1
    assert "no agreement given declares the key" in done.stderr
    assert run("seal", database, "--by", "turkey", "--key", other).exit_code == 0
    done = run("verify", database, "--agreement", truce)
    assert done.exit_code == 1
    assert "the seal of turkey/1 does not count" in done.stdout


def test_only_what_is_there_is_sealed(sides, path):
    """No journal, no records of that author, no key: each is a wrong call with its sentence."""
    database, _ = sides
    for words, said in (
        (("none.db", "--by", "turkey", "--key", path), "there is no journal"),
        ((database, "--by", "russia", "--key", path), "there is nothing to seal"),
        ((database, "--by", "turkey", "--key", database), "holds no private key"),
    ):
        done = run("seal", *words)
        assert done.exit_code == 2
        assert said in done.stderr


def test_without_the_extra_the_rest_can_be_verified(sides, path, monkeypatch):
    """A seal that nobody can check is not called good; told so, `verify` looks at the chain alone."""
    database, _ = sides
    run("seal", database, "--by", "turkey", "--key", path)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    done = run("verify", database)
    assert done.exit_code == 2
    assert "ceasefire[signing]" in done.stderr
    done = run("verify", database, "--without-seals")
    assert done.exit_code == 0
    assert "sealed" not in done.stdout


def test_what_came_by_merge_is_sealed_once_it_is_adopted(tmp_path, path):
    """Somebody else's file brings a record in one's own name: it is named, and needs `--adopt`."""
    SigningKey.new().write(path)
    mine, other, db = (tmp_path / name for name in ("mine.db", "other.db", "given.jsonl"))
    with Journal.open(mine, author="turkey") as journal:
        journal.record(Incident(occurred="2020-03-14", act="attack"))
        journal.copy(other)
    with Journal.open(other, author="turkey") as journal:
        journal.record(Incident(occurred="2020-03-15", act="attack"))
        journal.copy(db)
    merged = run("merge", mine, db, "--author", "turkey")
    assert "1 of them in this journal's own name" in merged.stdout
    assert "turkey/2" in merged.stdout
    refused = run("seal", mine, "--by", "turkey", "--key", path)
    assert (refused.exit_code, 'Branch(keep="turkey/1")' in refused.stderr) == (2, True), refused.stderr
    assert run("seal", mine, "--by", "turkey", "--key", path, "--adopt", "turkey/2").exit_code == 0


def test_a_merge_takes_the_chains_that_it_is_asked_for(tmp_path):
    """Whose others there were is told."""
    with Journal.open(tmp_path / "all.db") as journal:
        for by in ("iran", "russia", "turkey"):
            journal.record(Incident(by=by, occurred="2020-03-14", act="attack"))
    done = run("merge", tmp_path / "new.db", tmp_path / "all.db", "--authors", "iran", "--authors", "turkey")
    assert done.exit_code == 0
    assert "left out, of others than --authors: russia" in done.stdout
    with Journal.open(tmp_path / "new.db") as journal:
        assert [record.by for record in journal] == ["iran", "turkey"]
