"""`ceasefire list`: the ids that agreements define, which records name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from ceasefire.commands.tables import FORMATS
from ceasefire.commands.terminal import WELL, say_as_is
from ceasefire.instruments import agreement
from ceasefire.instruments.files.reading import standard_acts
from ceasefire.instruments.together import together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.instruments.together import Together


#: What can be listed, with its columns: fields of an agreement file.
_COLUMNS: Final = {
    "parties": ("id", "name", "aliases", "roles"),
    "acts": ("id", "name"),
    "zones": ("id", "name", "within", "aliases"),
    "commitments": ("name", "clause", "duty", "owed_by", "title"),
}


@click.command("list")
@click.argument("what", metavar="WHAT", type=click.Choice(list(_COLUMNS)))
@click.argument("agreements", nargs=-1, metavar="[AGREEMENT…]")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How."
)
def list_defined(*, what: str, agreements: tuple[str, ...], form: str) -> int:
    """List what agreements define: parties, acts, zones or commitments.

    WHAT is one of these words. Their ids are what records name. Acts without an agreement are those of the
    standard list.
    """
    if not agreements and what != "acts":
        raise click.UsageError(f"{what} are those of an agreement: write one, such as {what} truce.toml")
    several: Iterable[Any] = standard_acts()
    if agreements:
        several = _defined(together([agreement(name) for name in agreements]))[what]
    rows = [{name: _plain(getattr(one, name)) for name in _COLUMNS[what]} for one in several]
    say_as_is(FORMATS[form](_COLUMNS[what], rows))
    return WELL


def _defined(world: Together) -> dict[str, Iterable[Any]]:
    return {
        "parties": world.parties.values(),
        "acts": world.acts.values(),
        "zones": world.zones.values(),
        "commitments": world.commitments.values(),
    }


def _plain(value: object) -> Any:
    """Return a value of an agreement as a cell has it: of a role its name, blank for what is not said."""
    if isinstance(value, tuple):
        return [str(getattr(item, "role", item)) for item in value]
    return value or None
