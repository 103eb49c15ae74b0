"""Where files are found: the catalogue by its ids, registers by their names.

A register is looked for beside the file that uses it, then among those shipped,
so that anyone may bring a corrected register without changing the library. What is
shipped is read as a resource: it may lie in a zip, from which Python imports too.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ceasefire.errors import UnknownAgreement, did_you_mean, nearest, quoted
from ceasefire.instruments.terms import ID
from ceasefire.packaged import folder_of

if TYPE_CHECKING:
    from collections.abc import Container
    from importlib.resources.abc import Traversable

_HERE: Final = "ceasefire.instruments"


def acts_file() -> Path | Traversable:
    """Return the file of the acts that every file may name."""
    return folder_of(_HERE) / "acts.toml"


def agreements() -> tuple[str, ...]:
    """Return the ids of the agreements in the catalogue, sorted."""
    return _names(folder_of(_HERE) / "catalogue")


def agreement_file(id_or_path: object) -> Path | Traversable:
    """Return the file of a catalogue id, or the path itself.

    Raises `UnknownAgreement`, with the nearest id, for a text that is neither.
    """
    if isinstance(id_or_path, Path):
        return id_or_path
    known = agreements()
    if not isinstance(id_or_path, str):
        raise UnknownAgreement(
            f"{quoted(id_or_path)} is no agreement: write the path of a file, or an id of the catalogue, "
            f"which are {', '.join(known)}"
        )
    if id_or_path in known:
        return folder_of(_HERE) / "catalogue" / f"{id_or_path}.toml"
    path = Path(id_or_path)
    if id_or_path.endswith(".toml") or len(path.parts) > 1 or _exists(path):
        return path
    raise UnknownAgreement(
        f"no agreement {quoted(id_or_path)} is in the catalogue, and no file has that name"
        f"{did_you_mean(nearest(id_or_path, known)) or ': it has ' + ', '.join(known)}"
    )


def elsewhere(name: str, given: Container[str]) -> bool:
    """Tell whether a name is of an agreement of the catalogue not given: its id, or a commitment's."""
    agreement = name.partition("/")[0]
    return agreement not in given and agreement in _shipped_ids()


@cache
def _shipped_ids() -> frozenset[str]:
    return frozenset(agreements())


def is_agreement(word: str) -> bool:
    """Tell whether a word names an agreement: one of the catalogue, or a file, there or not."""
    return word in agreements() or word.endswith(".toml") or (_exists(Path(word)) and Path(word).is_file())


def register_file(name: str, user: Path | Traversable) -> Path | Traversable | None:
    """Return the file of a register that the file `user` uses, or None.

    A file is not its own register: an agreement in `syria.toml` may use the one shipped.
    """
    if not ID.fullmatch(name):  # a name is never a path: "../x" finds nothing
        return None
    shipped = folder_of(_HERE) / "registers" / f"{name}.toml"
    if not isinstance(user, Path):  # in a zip: what is shipped uses what is shipped
        return shipped if shipped.is_file() else None
    beside = user.parent / f"{name}.toml"
    places = (shipped, beside) if beside.name == user.name else (beside, shipped)
    return next(
        (place for place in places if (_exists(place) if isinstance(place, Path) else place.is_file())), None
    )


def registers() -> tuple[str, ...]:
    """Return the names of the registers shipped, sorted."""
    return _names(folder_of(_HERE) / "registers")


def place_of(file: Path | Traversable) -> str:
    """Return the one place of a file, by whatever path it is given."""
    return str(file.resolve() if isinstance(file, Path) else file)


def _names(folder: Traversable) -> tuple[str, ...]:
    names = (file.name for file in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name longer than the system allows, or with a null character
        return False
