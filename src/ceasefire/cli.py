"""The program `ceasefire`: a thin door to the library.

It returns 0 when all is well, 1 when it found problems in what people wrote (a
mistake in a file, a line that is no record, a journal that does not verify), and
2 when it was called wrongly. Whatever is wrong is told in a sentence on stderr; a
traceback is a fault of this program.

A command is imported when it is called; so is what telling a mistake needs.
"""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from ceasefire.commands.contents import CONTENTS
from ceasefire.commands.terminal import PROBLEMS, WRONG_USE, complain, hush, say, speak_utf8, unheard

if TYPE_CHECKING:
    from collections.abc import Sequence

#: As shells give it for a program that was interrupted, and for one whose reader went away.
_INTERRUPTED: Final = 130
_UNREAD: Final = 141


class Program(click.Group):
    """A group of commands that ends with a number and a sentence, never with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the words of all commands, sorted."""
        del ctx
        return list(CONTENTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a word, imported now."""
        del ctx
        listed = CONTENTS.get(cmd_name)
        if listed is None:
            return None
        command: click.Command = getattr(import_module(f"ceasefire.commands.{listed.module}"), listed.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command is for, as click does, without importing it."""
        del ctx
        room = formatter.width - 6 - max(map(len, CONTENTS))
        with formatter.section("Commands"):
            told = {word: click.Command(word, help=one.says) for word, one in CONTENTS.items()}
            formatter.write_dl([(word, one.get_short_help_str(room)) for word, one in told.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run a command line (default: that of this process) and leave with its exit code."""
        del complete_var, standalone_mode, extra  # click's own switches: there is one way to leave
        if sys.stdout is None:  # told before any work: whoever asks again asks for the whole of it
            complain("there is nowhere to write to: the standard output is closed")
            sys.exit(WRONG_USE)
        speak_utf8()
        sys.exit(self._outcome(list(sys.argv[1:] if args is None else args), prog_name or "ceasefire"))

    def _outcome(self, arguments: list[str], name: str) -> int:
        """Return the exit code, with what is wrong told on stderr."""
        try:
            with self.make_context(name, arguments) as context:
                outcome: int = self.invoke(context)
            sys.stdout.flush()  # a full disk or a closed pipe shows here, not while Python shuts down
        except click.exceptions.Exit as leaving:
            return leaving.exit_code
        except click.ClickException as error:
            with unheard():
                error.show()
            return WRONG_USE
        except (KeyboardInterrupt, click.Abort):
            complain("interrupted")
            return _INTERRUPTED
        except Exception as error:  # noqa: BLE001 - whoever types a command is no programmer
            return _told(error)
        return outcome


def _told(error: Exception) -> int:
    """Say what is wrong; return whether it lies in what people wrote, in the call, or in the output."""
    from ceasefire import errors

    if isinstance(error, errors.CeasefireError):
        for line in str(error).splitlines():
            complain(line)
        # Agreements that read dates in different time zones are a wrong call: each of them is right.
        in_files = (
            errors.AgreementError,
            errors.BadSeal,
            errors.ConflictingDefinitions,
            errors.DamagedJournal,
            errors.RecordError,
        )
        wrong_call = not isinstance(error, in_files) or isinstance(error, errors.DifferentTimeZones)
        return WRONG_USE if wrong_call else PROBLEMS
    return _unwritten(error) if isinstance(error, OSError) and _on_output(error) else _at_fault(error)


def _at_fault(error: Exception) -> int:
    """Say that this program is at fault, and where: what a bug report needs, without a traceback."""
    import traceback
    from pathlib import Path

    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    complain(f"this is a fault of ceasefire, not of its user: {type(error).__name__} at {place}: {error}")
    return WRONG_USE


def _on_output(error: OSError) -> bool:
    """Tell whether the output itself failed: files have errors of their own, with their names."""
    return error.filename is None and error.errno in (
        errno.EPIPE,
        errno.EINVAL,
        errno.ENOSPC,
        errno.EIO,
        errno.EBADF,
    )


def _unwritten(error: OSError) -> int:
    """Say why the output could not be written, and keep Python from trying again as it shuts down."""
    hush(sys.stdout)
    if error.errno in (errno.EPIPE, errno.EINVAL):  # Windows says EINVAL; `ceasefire … | head` is no mistake
        return _UNREAD
    complain(f"the output cannot be written: {error.strerror}")
    return WRONG_USE


def _version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    """Print the version and leave."""
    del parameter
    if not wanted or context.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        say(f"ceasefire {version('ceasefire')}")
    except PackageNotFoundError:
        say("ceasefire, run from its source: no version is installed")
    context.exit()


@click.group(
    cls=Program,
    name="ceasefire",
    # the width is fixed, so that help has the same lines on every terminal
    context_settings={"help_option_names": ["-h", "--help"], "terminal_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
def main() -> None:
    """Keep the ledger of peace agreements.

    What was promised, what is said to have happened, who says so, and what that adds
    up to on a given day. A time T is an instant (2017-05-14T10:00:00+03:00) or a date
    (2017-05-14).
    """


if __name__ == "__main__":
    main()
