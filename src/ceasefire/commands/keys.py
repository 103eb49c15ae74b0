"""`ceasefire key` and `seal`: the keys of a party, and its seal under its chain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ceasefire.clock import SECOND, iso, now
from ceasefire.commands.inputs import journal_at
from ceasefire.commands.terminal import WELL, attended, complain, progress, say
from ceasefire.errors import LockedKey, UnreadableFile, reason
from ceasefire.instruments import agreement
from ceasefire.instruments.public_keys import fingerprint
from ceasefire.instruments.terms import ID
from ceasefire.journal.chain.signing import SigningKey, readable_by_others

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Command = TypeVar("Command", bound=Callable[..., Any])


@click.group("key")
def key_group() -> None:
    """Make and show the keys with which a party seals its journal."""


def passphrase_file(command: Command) -> Command:
    """Add the option that names the file of a passphrase."""
    return click.option(
        "--passphrase-file",
        metavar="FILE",
        help="A file whose first line is the passphrase, for scripts; without it a locked key is asked for.",
    )(command)


@key_group.command("new")
@click.argument("file", metavar="FILE")
@click.option("--party", metavar="ID", help="Whose key it is: the id of the party in the register.")
@click.option("--passphrase", is_flag=True, help="Lock the file with a passphrase, which is asked for.")
@passphrase_file
def new(*, file: str, party: str | None, passphrase: bool, passphrase_file: str | None) -> int:
    """Make a key, and print the table to paste into the register.

    FILE is where the private key goes; one that is there already is left alone.
    """
    if party is not None and not ID.fullmatch(party):
        raise click.BadParameter(f"{party!r} is no id of a party: it is made of a to z, 0 to 9 and hyphens")
    key = SigningKey.new()
    secret = _passphrase(passphrase_file)
    if secret is None and passphrase:
        secret = _asked(twice=True)
    key.write(file, secret)
    say("[[key]]")
    say(f'party = "{party or ""}"' + ("" if party else "  # whose key it is: the id of the party"))
    say(f'key = "{key.public}"')
    say(f"from = {iso(now().us // SECOND * SECOND)}")
    complain(f"{file} holds the private key: keep it secret, and keep a copy in another safe place.")
    complain("The lines above go into the register that all sides use; let them compare, by telephone:")
    complain(fingerprint(key.public))
    return WELL


@key_group.command("show")
@click.argument("file", metavar="FILE")
@passphrase_file
def show_key(*, file: str, passphrase_file: str | None) -> int:
    """Print the public half of a private key, and its fingerprint."""
    key = opened(file, passphrase_file)
    say(f'key = "{key.public}"')
    say(f"# to compare by telephone: {fingerprint(key.public)}")
    return WELL


@click.command("seal")
@click.argument("path", metavar="DB")
@click.option("--by", required=True, metavar="ID", help="Whose chain is sealed: the author's own.")
@click.option("--key", "file", required=True, metavar="FILE", help="The file of the private key.")
@click.option(
    "--agreement",
    "agreements",
    multiple=True,
    metavar="AGREEMENT",
    help="An agreement whose register declares the key; one that does not sign for ID now is refused.",
)
@click.option(
    "--adopt",
    multiple=True,
    metavar="ID",
    help="A record of this chain that came by merge, and that its author did write; one or more.",
)
@passphrase_file
def seal(  # noqa: PLR0913 - the options of the command
    *,
    path: str,
    by: str,
    file: str,
    agreements: tuple[str, ...],
    adopt: tuple[str, ...],
    passphrase_file: str | None,
) -> int:
    """Seal a chain as it is now: the author vouches for every record of it.

    The chain is looked at first, and is not sealed where it does not hold together, or
    where records came by merge that nobody has adopted: somebody else may have written them.
    """
    texts = [agreement(name) for name in agreements]
    key = opened(file, passphrase_file)
    with journal_at(path, read_only=False, author=by, agreements=texts) as journal:
        progress(f"looking at the chain of {by}")
        say(str(journal.seal(key, adopt=adopt)))
    return WELL


def opened(file: str, passphrase_file: str | None) -> SigningKey:
    """Return the key of a file, its passphrase read from another file or asked for where it is needed."""
    secret = _passphrase(passphrase_file)
    try:
        key = SigningKey.read(file, secret)
    except LockedKey:
        if secret is not None:
            raise
        key = SigningKey.read(file, _asked(twice=False))
    if readable_by_others(file):
        complain(f"{file} can be read by others on this computer: let only its owner read it (chmod 600)")
    return key


def _asked(*, twice: bool) -> str:
    """Ask for a passphrase, without showing it, where somebody can answer."""
    if not attended():
        raise click.UsageError("nobody is here to ask for the passphrase: give --passphrase-file FILE")
    secret: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True)
    return secret


def _passphrase(file: str | None) -> str | None:
    if file is None:
        return None
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{file} is no text in UTF-8: its first line is the passphrase") from error
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{file!r:.200} cannot be read: {reason(error)}") from error
    if not lines or not lines[0]:
        raise UnreadableFile(f"{file} is empty: its first line is the passphrase")
    return lines[0]
