"""Words on a terminal or in a pipe: the same bytes whatever the locale, and nothing that steers the terminal.

What a file or a record says is data. A control character or a sign that turns
the direction of writing is shown as its code, such as [U+202E]; in JSON it is
written as its escape, which reads back the same.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from ceasefire.visible import columns, json_safe, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

#: What the program returns: all well, problems found in what people wrote, a wrong call.
WELL: Final = 0
PROBLEMS: Final = 1
WRONG_USE: Final = 2
#: Rows after which a line is written of how many are done.
_NOW_AND_THEN: Final = 50_000


def speak_utf8() -> None:
    """Write UTF-8 and bare line feeds, whatever the locale or the system's code page says.

    A lone surrogate (a file name that is no text) is shown as its escape.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def say(line: str = "") -> None:
    """Print one line, made visible."""
    click.echo(visible(line))


def say_as_is(text: str) -> None:
    """Print a text whose maker has already made it visible, such as a report."""
    click.echo(text, nl=bool(text) and not text.endswith("\n"))


def complain(line: str) -> None:
    """Print one line on stderr, made visible."""
    with unheard():
        click.echo(visible(line), err=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Say something on stderr; where that takes nothing, nobody can be told, and all else goes on."""
    try:
        yield
    except OSError:
        hush(sys.stderr)


def hush(stream: TextIO) -> None:
    """Keep Python from trying again, as it shuts down, to write what a stream did not take."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def progress(step: str) -> None:
    """Say on stderr what is being done, if somebody sits there to read it."""
    if _is_terminal(sys.stderr):
        complain(f"ceasefire: {step} …")


@contextmanager
def counting(step: str) -> Iterator[Callable[[int], None]]:
    """Show on stderr how many rows of a long step are done, if somebody sits there to read it.

    With rich (extra `terminal`) on one line that is wiped out at the end, without it in a line now and then.
    """
    if not _is_terminal(sys.stderr):
        yield lambda _: None
        return
    try:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    except ImportError:
        yield lambda rows: None if rows % _NOW_AND_THEN else progress(f"{step}: {rows} rows")
        return
    said = TextColumn("{task.description}: {task.completed:,.0f} rows", markup=False)
    console = Console(file=sys.stderr, force_terminal=True, markup=False)
    with Progress(SpinnerColumn(), said, TimeElapsedColumn(), console=console, transient=True) as shown:
        task = shown.add_task(visible(step), total=None)
        yield lambda rows: shown.update(task, completed=rows)


def attended() -> bool:
    """Tell whether somebody sits there who can answer a question."""
    return _is_terminal(sys.stdin)


def columns_of_screen() -> int | None:
    """Return how many columns the terminal has that somebody reads on; None where nobody does."""
    return shutil.get_terminal_size().columns if _is_terminal(sys.stdout) else None


def json_text(value: Any) -> str:
    """Return a value as JSON for people and programs: indented, in plain letters, ending the line."""
    return json_safe(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows under their headings as text in columns; an empty cell is a dash."""
    cells = [tuple(heading), *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(columns(row[n]) for row in cells) for n in range(len(heading))]
    lines = [
        "  ".join(_filled(text, width) for text, width in zip(row, widths, strict=True)) for row in cells
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _filled(text: str, width: int) -> str:
    """Return a text with blanks behind it, up to a width; what is out of sight takes no place."""
    return text + " " * (width - columns(text))


def _is_terminal(stream: TextIO | None) -> bool:
    """Tell whether somebody sits there; a stream that the program was started without is None."""
    return stream is not None and stream.isatty()


def _cell(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return visible(str(value))
