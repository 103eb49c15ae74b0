"""The code on pages, found and run: what stands in a block runs as a reader would run it, top to bottom.

| block | what is done with it |
|---|---|
| `python` | runs, in one namespace a page |
| `console` | each `$ ceasefire …` runs in this process, and prints what stands under it |
| `sh`, or indented by four and a command | each runs, and returns 0; `make …` is a target of the Makefile |
| any with `title="NAME"` | is a file of that name, a later block of the same name goes on with it |
| `text` under code | is what that printed |
| `toml`, `jsonl`, `csv` | can be read |

`…` in what is printed stands for anything, on a line of its own for any lines. A block under a line
`*Not run by the tests: why.*` is not run.
"""

import contextlib
import csv
import io
import json
import re
import shlex
import textwrap
import tomllib
from pathlib import Path

from attrs import frozen
from click.testing import CliRunner

from ceasefire.cli import main

ROOT = Path(__file__).parents[1]
_MARK = re.compile(r"^\*Not run by the tests: (.+)\.\*$")
_FENCE = re.compile(r"^```(\w*)(?: title=\"([^\"]+)\")?$")
_COMMAND = re.compile(r"(\.venv/bin/)?(ceasefire|make|python|pip|HYPOTHESIS_PROFILE=\w+)\s")
#: What a block may be that nothing is done with.
INERT = {"text", "mermaid", ""}


@frozen(kw_only=True)
class Block:
    """One block of code on a page: its language, the file it is, and why it is not run."""

    line: int
    language: str
    title: str | None
    text: str
    why: str | None


def blocks(text):
    """Return the blocks of a page, fenced or indented, in their order."""
    found, lines, number, said = [], text.splitlines(), 0, ""
    while number < len(lines):
        begins, line = number, lines[number]
        fence = _FENCE.match(line)
        if fence or (line.startswith("    ") and not said):
            content, number = _content(lines, number, fenced=bool(fence))
            language, title = (fence[1], fence[2]) if fence else (_guessed(content), None)
            mark = _MARK.match(_before(lines, begins))
            found.append(
                Block(line=begins + 1, language=language, title=title, text=content, why=mark and mark[1])
            )
        number += 1
        said = line.strip()
    return found


def _content(lines, number, *, fenced):
    """Return what stands in the block that begins on a line, and the number of its last line."""
    last = number + 1
    if fenced:
        while lines[last] != "```":
            last += 1
        return "\n".join(lines[number + 1 : last]), last
    while last < len(lines) and (lines[last].startswith("    ") or not lines[last].strip()):
        last += 1
    return textwrap.dedent("\n".join(lines[number:last])).rstrip(), last - 1


def _guessed(content):
    return "sh" if _COMMAND.match(content) else ""


def _before(lines, number):
    """Return the last line before a block that is not blank."""
    return next((line for line in reversed(lines[:number]) if line.strip()), "")


def run(page, folder):
    """Run the blocks of a page, with the current folder as theirs; return those that were run."""
    names, printed, files, done = {"__name__": "example"}, None, {}, []
    for block in blocks(page.read_text(encoding="utf-8")):
        where = f"{page.name}, line {block.line}"
        if block.language == "text" and printed is not None:
            assert alike(block.text, printed), f"{where}: it prints\n{printed}"
        printed = None
        if block.why is not None or block.language in INERT:
            continue
        if block.title:
            files[block.title] = files.get(block.title, "") + block.text + "\n"
            (folder / block.title).write_text(files[block.title], encoding="utf-8")
        elif block.language == "python":
            printed = _python(block.text, names, where)
        elif block.language in {"sh", "console"}:
            printed = _commands(block, folder, where)
        else:
            READABLE[block.language](block.text)
        done.append(block)
    return done


def alike(shown, printed):
    """Return whether something prints what is shown, where `…` stands for anything."""
    pattern = "\n".join(re.escape(line.rstrip()) for line in shown.strip().splitlines())
    pattern = re.sub(r"(?m)^…(?:\n|\Z)", r"(?:.*\n)*?", pattern).replace("…", ".*")
    lines = "\n".join(line.rstrip() for line in printed.strip().splitlines())
    return re.fullmatch(pattern, lines + "\n") or re.fullmatch(pattern, lines)


def _python(code, names, where):
    """Run a script in the namespace of its page, and return what it printed."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, where, "exec"), names)  # noqa: S102 - our own page
    return out.getvalue()


def _commands(block, folder, where):
    """Run the commands of a block, and return what the last one printed."""
    shown, printed = block.text.replace("\\\n", " "), ""
    if block.language == "sh":
        for line in shown.splitlines():
            code, printed = _command(line, folder)
            assert code == 0, f"{where}: {line} returns {code}\n{printed}"
        return printed
    for part in re.split(r"(?m)^\$ ", shown)[1:]:
        line, _, output = part.partition("\n")
        _, printed = _command(line, folder)
        assert alike(output, printed), f"{where}: {line} prints\n{printed}"
    return printed


def _command(line, folder):
    """Run one command in this process, and return its code and what it printed."""
    words = shlex.split(line, comments=True)
    if not words:
        return 0, ""
    program, *words = words
    if program == "make":
        targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
        return int(words[0] not in targets), ""
    assert program in {"ceasefire", ".venv/bin/ceasefire"}, f"{line}: not run, and nothing says so"
    words, into = (words[: words.index(">")], words[-1]) if ">" in words else (words, None)
    done = CliRunner().invoke(main, words)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    if into is not None and not (folder / into).exists():  # else the page's reader has gone through it
        (folder / into).write_text(done.stdout, encoding="utf-8")
    return done.exit_code, done.stderr if into else done.output


def _is_table(text):
    lengths = {len(row) for row in csv.reader(io.StringIO(text))}
    assert len(lengths) == 1, "rows of different lengths"


READABLE = {
    "toml": tomllib.loads,
    "csv": _is_table,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
}
