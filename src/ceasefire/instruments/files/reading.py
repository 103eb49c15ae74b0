"""Reading an agreement file: the file and its registers, checked as one, as an `Agreement`.

All mistakes are told together, in whichever file they stand. Reading is by
steps: each file by itself (`document`), their tables as one set of definitions
(`definitions`), then what they mean (`references`, `circles`, `duties`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import AgreementError, Mistake, UnreadableFile, did_you_mean, nearest, path_named
from ceasefire.instruments.catalogue import acts_file, agreement_file, place_of, register_file, registers
from ceasefire.instruments.files.circles import check_circles
from ceasefire.instruments.files.declared_keys import check_keys
from ceasefire.instruments.files.definitions import NAMED, define
from ceasefire.instruments.files.document import Document, read_document
from ceasefire.instruments.files.duties import check_duties
from ceasefire.instruments.files.references import check_ids, check_references
from ceasefire.instruments.files.warnings import second_looks
from ceasefire.instruments.oversight import rivals
from ceasefire.instruments.terms import ID, Agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable

    from ceasefire.instruments.files.definitions import Definitions
    from ceasefire.instruments.files.document import Entry, Kind
    from ceasefire.instruments.terms import Act, Months


def agreement(id_or_path: str | Path) -> Agreement:
    """Return the agreement of a catalogue id, or in the file of that path.

    Raises `UnknownAgreement` for an id that is neither, `UnreadableFile` for a file
    that cannot be read, and `AgreementError` with all mistakes in it and its registers.
    """
    made, mistakes, warnings = _read(agreement_file(id_or_path), "agreement")
    if mistakes:
        raise AgreementError(mistakes)
    return _agreement(made, warnings)


def check(path: str | Path) -> tuple[tuple[Mistake, ...], tuple[Mistake, ...]]:
    """Return the mistakes in an agreement or register file, and what deserves a second look.

    A file with nothing that only an agreement says is checked as a register.
    Raises `UnreadableFile` for a file that cannot be read at all.
    """
    file = Path(path_named(path, "read"))
    try:
        _, mistakes, warnings = _read(
            file,
            "acts" if file.name == acts_file().name and place_of(file) == place_of(acts_file()) else None,
        )
    except AgreementError as error:
        return error.mistakes, ()
    return mistakes, warnings


def standard_acts() -> tuple[Act, ...]:
    """Return the acts that every agreement knows, with their codes elsewhere."""
    known, _ = define([read_document(acts_file(), "acts")])
    return known.values("act")


def _read(
    path: Path | Traversable, kind: Kind | None
) -> tuple[Definitions, tuple[Mistake, ...], tuple[Mistake, ...]]:
    main = read_document(path, kind)
    documents, mistakes = _with_registers(main, path)
    for document in documents:
        mistakes += document.mistakes
    known, contradictions = define(documents)
    mistakes += contradictions
    mistakes += check_ids(known)
    mistakes += check_references(known)
    mistakes += check_circles(known)
    mistakes += check_keys(known)
    mistakes += _terms(known)
    mistakes += _rivals(known)
    if known.main.kind == "agreement":
        mistakes += _head(known.main)
        mistakes += check_duties(known, _agreement(known, ()))
    warnings = second_looks(known)
    order = {document.file: number for number, document in enumerate(documents)}
    by_place = lambda m: (order.get(m.file, len(order)), m.line)  # noqa: E731
    return known, tuple(sorted(dict.fromkeys(mistakes), key=by_place)), tuple(sorted(warnings, key=by_place))


def _with_registers(main: Document, path: Path | Traversable) -> tuple[list[Document], list[Mistake]]:
    """Return the file, the registers it uses in the order of use, and the standard acts."""
    mistakes: list[Mistake] = []
    found = {place_of(path): main}
    waiting = [(main, path)]
    while waiting:
        user, where = waiting.pop(0)
        for number, name in enumerate(user.head.value.uses):
            file = register_file(name, where)
            if (
                file is not None
                and place_of(file) in found
                and not (user is main and place_of(file) == place_of(path))
            ):
                continue  # used already; a register that leads back to the file adds nothing
            register, wrong = _register(name, file, user, ("uses", number))
            mistakes += wrong
            if file is not None and register is not None:
                found[place_of(file)] = register
                waiting.append((register, file))
    if main.kind == "acts":
        return [main], mistakes
    return [*found.values(), read_document(acts_file(), "acts")], mistakes


def _register(
    name: str, file: Path | Traversable | None, user: Document, place: tuple[str, int]
) -> tuple[Document | None, list[Mistake]]:
    """Return a register, None where it cannot be used, and what is wrong with it as a whole."""
    if file is None:
        guess = did_you_mean(nearest(name, registers()))
        what = f"no register {name!r:.60} is here or among those shipped{guess}"
        instead = (
            f"put {name}.toml beside this file" if ID.fullmatch(name) else "use a to z, 0 to 9 and hyphens"
        )
        return None, [user.mistake(place, what, instead)]
    try:
        register = read_document(file, "register")
    except AgreementError as error:
        return None, list(error.mistakes)
    except UnreadableFile as error:
        what = f"the register {name!r:.60} cannot be read: {error}"
        return None, [user.mistake(place, what, "mend the file")]
    if register.text == user.text:
        return None, [user.mistake(place, "uses names the file itself", "take it out")]
    if register.id != name and "id" not in register.head.flawed:
        what = f"the register {name!r} gives itself the id {register.id!r:.60}"
        return register, [register.mistake(("id",), what, f'write id = "{name}", or rename the file')]
    return register, []


def _head(main: Document) -> Iterator[Mistake]:
    head = main.head.value
    if head.in_force is None and head.adopted is None and not main.head.flawed & {"in_force", "adopted"}:
        yield main.mistake(
            (), "neither adopted nor in_force is given", "write adopted = and a date, or in_force ="
        )


def _terms(known: Definitions) -> Iterator[Mistake]:
    """Yield whatever ends before it begins."""
    for document in known.documents:
        for kind in ("mechanism", "standing", "key", "party"):
            for entry in document.tables[kind]:
                spans: list[tuple[Any, Any]] = [] if kind == "party" else [(entry.value, ())]
                spans += [
                    (t, (n, i))
                    for n in ("roles", "member_of", "offices")
                    for i, t in enumerate(getattr(entry.value, n, ()))
                ]
                for value, where in spans:
                    yield from _term(document, entry, value, where)


def _term(document: Document, entry: Entry, value: Any, where: tuple[str | int, ...]) -> Iterator[Mistake]:
    if value.from_ is None or value.until is None:
        return
    if value.until.bounds(document.timezone)[1] < value.from_.bounds(document.timezone)[0]:
        place = (*entry.place, *where, "until")
        yield document.mistake(
            place, f"until is {value.until}, before from ({value.from_})", "write a later moment"
        )


def _rivals(known: Definitions) -> Iterator[Mistake]:
    where = known.named["mechanism"]
    for overseen, first, second in rivals(known.values("mechanism"), known.main.timezone):
        document, entry = where[second.id]
        other, at = where[first.id]
        there = f"{other.file}:{other.mistake(at.place, '').line}"
        yield document.mistake(
            entry.place,
            f"the mechanism {second.id!r} oversees {overseen!r} at one time with {first.id!r} ({there})",
            "let one end (until) when the other begins (from)",
        )


def _months(known: Definitions) -> Months:
    """Return which names of the months a file asks for: itself, else the first of its registers that does."""
    asked: list[Months] = [document.head.value.months for document in known.documents]
    return next((one for one in asked if one != "usual"), "usual")


#: The fields of an agreement that are those of the head of its file.
_OF_THE_HEAD: Final = (
    "summary", "sources", "unverified", "codes", "id", "title", "short", "translations", "uses", "adopted",
    "duration", "renewal", "suspension", "termination", "supplements", "amends", "replaces", "excluded",
)  # fmt: skip


def _agreement(known: Definitions, warnings: Iterable[Mistake]) -> Agreement:
    main = known.main
    head = main.head.value
    by_decision = head.in_force == "by-decision"
    in_force = None if by_decision else (head.in_force if head.in_force is not None else head.adopted)
    return Agreement(
        **{name: getattr(head, name) for name in _OF_THE_HEAD},
        note=head.notes,
        in_force=in_force,
        by_decision=by_decision,
        timezone=main.timezone,
        months=_months(known),
        effective=tuple(e.value for e in main.tables["effective"]),
        standing=tuple(e.value for e in main.tables["standing"]),
        commitments=tuple(e.value for e in main.tables["commitment"]),
        source_list=known.values("source"),
        parties=known.values("party"),
        zones=known.values("zone"),
        acts=known.values("act"),
        mechanisms=known.values("mechanism"),
        keys=tuple(dict.fromkeys(e.value for _, e in known.everywhere("key"))),
        roles=known.roles,
        own=frozenset((kind, entry.value.id) for kind in NAMED for entry in main.tables[kind]),
        digests=tuple((d.id, d.digest) for d in known.documents),
        path=main.file,
        warnings=tuple(str(w) for w in warnings),
    )
