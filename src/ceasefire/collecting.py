"""Python's collector of garbage in circles, held off while very many objects are made.

Records, and what is found of them, are many small objects that never point at each
other in circles. The collector walks all of them again and again to find that out:
of a large history that is a quarter of the time, and what makes a record dearer among
a million than among ten thousand (docs/speed.md). Everything else is given back at
once as ever, by counting who refers to it.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector off; where a program has switched it off itself, leave it so."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
