"""Where files are found: the catalogue by its ids, registers by their names.

A register is looked for beside the file that uses it, then among those shipped,
so that anyone may bring a corrected register without changing the library.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ceasefire.agreement.terms import ID
from ceasefire.errors import UnknownAgreement, did_you_mean, nearest, quoted

_SHIPPED: Final = Path(__file__).parent
#: The acts every file may name.
ACTS: Final = _SHIPPED / "acts.toml"


def agreements() -> tuple[str, ...]:
    """Return the ids of the agreements in the catalogue, sorted."""
    return _names(_SHIPPED / "catalogue")


def agreement_file(id_or_path: object) -> Path:
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
        return _SHIPPED / "catalogue" / f"{id_or_path}.toml"
    path = Path(id_or_path)
    if id_or_path.endswith(".toml") or len(path.parts) > 1 or _exists(path):
        return path
    raise UnknownAgreement(
        f"no agreement {id_or_path!r:.80} is in the catalogue, and no file has that name"
        f"{did_you_mean(nearest(id_or_path, known)) or ': it has ' + ', '.join(known)}"
    )


def register_file(name: str, user: Path) -> Path | None:
    """Return the file of a register that the file `user` uses, or None.

    A file is not its own register: an agreement in `syria.toml` may use the one shipped.
    """
    if not ID.fullmatch(name):  # a name is never a path: "../x" finds nothing
        return None
    beside, shipped = user.parent / f"{name}.toml", _SHIPPED / "registers" / f"{name}.toml"
    places = (shipped, beside) if beside.name == user.name else (beside, shipped)
    return next((place for place in places if _exists(place)), None)


def registers() -> tuple[str, ...]:
    """Return the names of the registers shipped, sorted."""
    return _names(_SHIPPED / "registers")


def _names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name longer than the system allows, or with a null character
        return False
