"""One file as it was written: its bytes, its tables as values, and what is wrong in it.

Reading ends here when a file cannot be read at all, with one clear error; what
is merely wrong in it is kept as mistakes, to be told together with the others.
What a table means beside other tables is checked elsewhere.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable  # noqa: TC003 - attrs resolves the annotations
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec.structs import replace

from ceasefire.clock import time_zone
from ceasefire.errors import (
    AgreementError,
    InvalidTime,
    Mistake,
    UnreadableFile,
    did_you_mean,
    nearest,
    reason,
)
from ceasefire.instruments.files.shape import (
    SHARED,
    TABLES,
    Flaw,
    Head,
    RegisterHead,
    field_names,
)
from ceasefire.instruments.files.table import read_table
from ceasefire.instruments.toml_lines import LONGEST_NUMBER, line_of, line_of_long_number
from ceasefire.instruments.toml_lines import Path as Place
from ceasefire.instruments.toml_slips import slips
from ceasefire.patterns import regex
from ceasefire.values import Value

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Kind = Literal["agreement", "register", "acts"]
#: The version of the file format this library reads.
FORMAT: Final = 1
#: Bytes. The longest agreements have some hundred clauses; 5,000 commitments are about 1 MB.
LARGEST: Final = 5 * 1024 * 1024

_TOML_LINE: Final = regex(r"\(at line (\d+), column (\d+)\)")


class Entry(Value, kw_only=True):
    """One table of a file: its place, its value, and which of its fields cannot be relied on."""

    place: Place
    raw: dict[str, Any]
    value: Any
    flawed: frozenset[str] = frozenset()


class Document(Value, kw_only=True):
    """An agreement or a register as far as it can be understood by itself."""

    #: As messages name it.
    file: str
    kind: Kind
    digest: str
    text: str
    #: Its head: the value is a `Head` or a `RegisterHead`.
    head: Entry
    #: Its tables by their names, each in file order.
    tables: dict[str, tuple[Entry, ...]]
    #: In which its dates are read; UTC if it names none.
    timezone: str
    mistakes: tuple[Mistake, ...] = ()

    @property
    def id(self) -> str:
        """The id it gives itself; empty when it gives none that is one."""
        return str(self.head.value.id)

    def mistake(self, place: Place, what: str, instead: str = "") -> Mistake:
        """Return a mistake with the line of the place named, or of the table around it."""
        return Mistake(file=self.file, line=line_of(self.text, place), what=what, instead=instead)

    def where(self, place: Place, reader: Document) -> str:
        """Return where a place stands, as a message about another file, or about this one, says it."""
        line = line_of(self.text, place)
        return f"line {line}" if self is reader else f"{self.file}:{line}"


def read_document(path: Path | Traversable, kind: Kind | None = None) -> Document:
    """Read a file; without `kind`, one that says nothing an agreement says is a register.

    Raises `UnreadableFile` if it is missing, a folder, binary or too large, and
    `AgreementError` with one mistake if it is no UTF-8, no TOML, empty or of another format.
    """
    return _document(str(path), _bytes(path), kind)


def _bytes(path: Path | Traversable) -> bytes:
    try:
        if what := _no_file(path):
            raise UnreadableFile(f"{path} {what}")
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile(f"{str(path)!r:.200} cannot be read: {reason(error)}") from error
    if len(data) > LARGEST:
        size = LARGEST // 1024 // 1024
        raise UnreadableFile(
            f"{path} is larger than {size} MB: an agreement file is text; split it into several"
        )
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(f"{path} is a binary file: an agreement file is text in UTF-8")
    return data


def _no_file(path: Path | Traversable) -> str:
    """Return why a path cannot be opened and read to its end, empty if it can."""
    if path.is_dir():
        return "is a folder: name the file in it"
    if isinstance(path, Path) and not path.exists():
        return "does not exist: write the path of a .toml file"
    return "" if path.is_file() else "is no regular file: write the path of a .toml file"


# Registers and acts are read anew for each agreement that uses them; their text seldom changes.
@lru_cache(maxsize=32)
def _document(file: str, data: bytes, kind: Kind | None) -> Document:
    text = _text(file, data)
    raw = _toml(file, text)
    _check_format(file, text, raw)
    kind = kind or ("agreement" if _speaks_as_agreement(raw) else "register")
    zone, mistakes = _time_zone(file, text, raw)
    cls = Head if kind == "agreement" else RegisterHead
    top = {name: value for name, value in raw.items() if name not in TABLES and name != "ceasefire"}
    if kind == "acts":
        top.setdefault("id", "acts")
    allowed = tuple(TABLES) if kind == "agreement" else SHARED
    value, flaws = read_table(cls, top, (), zone)
    flaws = [_head_flaw(flaw, top, (*field_names(cls), *allowed), kind) for flaw in flaws]
    head = Entry(place=(), raw=top, value=value, flawed=frozenset(flaw.field for flaw in flaws))
    tables: dict[str, tuple[Entry, ...]] = {}
    for name in TABLES:
        if name in raw and name not in allowed:
            flaws.append(
                Flaw((name,), name, f"[[{name}]] stands in a register", "move it to the agreement's own file")
            )
        tables[name], found = _entries(name, raw.get(name, []), zone)
        flaws += found
    made = Document(
        file=file, kind=kind, digest=sha256(data).hexdigest(), text=text, head=head, tables=tables,
        timezone=zone or "UTC",
    )  # fmt: skip
    return replace(made, mistakes=(*mistakes, *(made.mistake(f.path, f.what, f.instead) for f in flaws)))


def _text(file: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _one(file, 1, "the file is in UTF-16", "save it as UTF-8")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _one(file, 1, "the file begins with a byte order mark", "save it as UTF-8 without a mark (BOM)")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _one(
            file,
            line,
            f"the byte 0x{data[error.start]:02x} is no UTF-8: the file has another encoding",
            "save it as UTF-8",
        ) from error


def _toml(file: str, text: str) -> dict[str, Any]:
    if not text.strip():
        raise _one(file, 0, "the file is empty", f"begin it with ceasefire = {FORMAT} and id = …")
    if line := line_of_long_number(text):
        what = f"a number has more than {LONGEST_NUMBER} digits"
        raise _one(file, line, what, "write a shorter one, or put it in quotes")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _one(file, 0, "lists or tables are nested too deep", "write them flat") from error
    except ValueError as error:  # TOMLDecodeError, and dates that Python refuses
        raise AgreementError(_no_toml(file, text, error)) from error


def _no_toml(file: str, text: str, error: ValueError) -> list[Mistake]:
    """Return what makes a text no TOML: what people write so, line by line, and what the parser met first."""
    told = [Mistake(file=file, line=line, what=what, instead=instead) for line, what, instead in slips(text)]
    found = _TOML_LINE.search(str(error))
    line = int(found[1]) if found else (text.count("\n") + 1 if "end of document" in str(error) else 0)
    if any(mistake.line == line for mistake in told):
        return told
    what = _TOML_LINE.sub(lambda at: f"at column {at[2]}", str(error)).replace(
        "(at end of document)", "at the end"
    )
    instead = "mend the line, or the one before it"
    first = Mistake(file=file, line=line, what=f"this is no TOML: {what}", instead=instead)
    return sorted((*told, first), key=lambda mistake: mistake.line)


def _one(file: str, line: int, what: str, instead: str) -> AgreementError:
    return AgreementError([Mistake(file=file, line=line, what=what, instead=instead)])


def _check_format(file: str, text: str, raw: dict[str, Any]) -> None:
    version = raw.get("ceasefire")
    if "ceasefire" not in raw:
        raise _one(
            file, 1, "ceasefire, the version of the format, is missing", f"begin with ceasefire = {FORMAT}"
        )
    if type(version) is not int or version != FORMAT:
        line = line_of(text, ("ceasefire",))
        what = f"ceasefire is {version!r:.40}, a version of the format this library does not read"
        raise _one(file, line, what, f"write ceasefire = {FORMAT}")


def _speaks_as_agreement(raw: dict[str, Any]) -> bool:
    only = (set(field_names(Head)) - set(field_names(RegisterHead))) | (set(TABLES) - set(SHARED))
    return bool(only & raw.keys())


def _time_zone(file: str, text: str, raw: dict[str, Any]) -> tuple[str | None, list[Mistake]]:
    """Return in which time zone the file states local times, and whether there is no such zone."""
    name = raw.get("timezone")
    if not isinstance(name, str):
        return ("UTC" if "timezone" in raw else None), []
    try:
        time_zone(name)
    except InvalidTime:
        line = line_of(text, ("timezone",))
        what = f"timezone is {name!r:.60}, which is no time zone"
        return "UTC", [Mistake(file=file, line=line, what=what, instead="write one like Asia/Damascus")]
    return name, []


def _head_flaw(flaw: Flaw, top: dict[str, Any], known: Iterable[str], kind: Kind) -> Flaw:
    """Return a mistake in the head with what else may be meant: a table, or a field of agreements."""
    if flaw.path != (flaw.field,) or flaw.field not in top or not flaw.what.startswith("unknown field"):
        return flaw
    if kind != "agreement" and flaw.field in field_names(Head):
        return Flaw(
            flaw.path, flaw.field, f"{flaw.field} stands in a register", "move it to the agreement's own file"
        )
    guess = nearest(flaw.field, known)
    instead = (f"write [[{guess}]]" if guess in TABLES else f"write {guess}") if guess else "take it out"
    return Flaw(flaw.path, flaw.field, f"unknown field {flaw.field!r}{did_you_mean(guess)}", instead)


def _entries(name: str, raw: object, zone: str | None) -> tuple[tuple[Entry, ...], list[Flaw]]:
    if isinstance(raw, dict):
        return (), [Flaw((name,), name, f"[{name}] is one table, and several are read", f"write [[{name}]]")]
    if not isinstance(raw, list):
        return (), [Flaw((name,), name, f"{name} is no table", f"write [[{name}]] and its fields below")]
    entries, flaws = [], []
    for number, one in enumerate(raw):
        place = (name, number)
        value, found = read_table(TABLES[name], one, place, zone)
        flaws += found
        if value is not None:
            entries.append(Entry(place=place, raw=one, value=value, flawed=frozenset(f.field for f in found)))
    return tuple(entries), flaws
