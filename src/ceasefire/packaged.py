"""What ships within a package, as files: in a folder, or in a zip, from which Python imports too."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def folder_of(package: str) -> Path | Traversable:
    """Return the folder of a package: a path, unless it lies in a zip.

    The same as `importlib.resources.files`, which imports much that only a zip needs.
    """
    folder = Path(str(import_module(package).__file__)).parent
    if folder.is_dir():
        return folder
    from importlib import resources

    return resources.files(package)
