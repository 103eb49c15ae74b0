"""Takes along, for the site, what pages link to beside docs/, and makes the two pages that are no file.

A hook of mkdocs: a link to a file of the repository outside docs/ leads to a copy of it under
`beside/`; the notebook is shown as a page; `reference.md` has every public name with its whole
docstring. Links are written for the repository, and lead somewhere in both.
"""

from __future__ import annotations

import inspect
import json
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.structure.files import File

import ceasefire as cf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

DOCS: Final = Path(__file__).parent
ROOT: Final = DOCS.parent
BESIDE: Final = "beside/"
_LINK: Final = re.compile(r"(\]\()([^)\s#]+)([^)\s]*\))")
_FENCED: Final = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put pages that the order of the site does not name yet at the end of what is told how to do."""
    named = set(re.findall(r"[\w/-]+\.md", str(config.nav)))
    [how_to] = [part["How to"] for part in config.nav if isinstance(part, dict) and "How to" in part]
    pages = sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))
    how_to += [page for page in pages if page not in named]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made, and every file that a page leads to outside docs/."""
    files.append(File.generated(config, "reference.md", content=reference()))
    files.append(File.generated(config, "notebook.md", content=_notebook(DOCS / "notebook.ipynb")))
    asked = [DOCS / file.src_uri for file in files.documentation_pages() if file.generated_by is None]
    seen: set[Path] = set()
    while asked:
        for target in _outside(asked.pop()):
            if target not in seen:
                seen.add(target)
                uri = BESIDE + target.relative_to(ROOT).as_posix()
                files.append(File.generated(config, uri, abs_src_path=str(target)))
                asked += [target] if target.suffix == ".md" else []
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Let each relative link lead to where its file stands on the site."""
    uri = page.file.src_uri
    origin = ROOT / uri.removeprefix(BESIDE) if uri.startswith(BESIDE) else DOCS / uri

    def moved(link: re.Match[str]) -> str:
        target = _target(origin, link[2])
        if target is None:
            return link[0]
        return f"{link[1]}{posixpath.relpath(_uri(target), posixpath.dirname(uri))}{link[3]}"

    parts = _FENCED.split(markdown)
    return "".join(_drawn(part) if n % 2 else _LINK.sub(moved, part) for n, part in enumerate(parts))


def _drawn(block: str) -> str:
    """Return a diagram of states as a table: what draws diagrams would be fetched from another host."""
    if not block.startswith("```mermaid\nstateDiagram-v2\n"):
        return block
    steps = re.findall(r"^ *(\S+) --> (\S+?)(?:: (.+))?$", block, re.MULTILINE)
    ends = {"[*]": "–"}
    rows = [f"| {ends.get(one, one)} | {label or '–'} | {ends.get(two, two)} |" for one, two, label in steps]
    return "\n".join(["| from | when | to |", "|---|---|---|", *rows])


def reference() -> str:
    """Return every public name with its signature and docstring, as a page."""
    lines = [
        "# Reference",
        "",
        "Every public name, from its docstring; by subject on [library.md](library.md).",
        "",
    ]
    for name in sorted(cf.__all__, key=str.lower):
        thing = getattr(cf, name)
        if inspect.isroutine(thing) or inspect.isclass(thing):
            lines += [f"## `{name}`", "", *_described(name, thing)]
    return "\n".join(lines)


def _described(name: str, thing: Any) -> Iterator[str]:
    """Yield what a name says of itself, and its own methods with their docstrings."""
    if inspect.isroutine(thing):
        yield from ("```python", f"{name}{inspect.signature(thing)}", "```", "")
    yield from (inspect.getdoc(thing) or "", "")
    for method, value in sorted(vars(thing).items()) if inspect.isclass(thing) else ():
        said = inspect.getdoc(value)
        called = isinstance(value, classmethod | staticmethod | property) or inspect.isfunction(value)
        if not method.startswith("_") and called and said:
            yield from (f"**`.{method}`** – {said}", "")


def _notebook(path: Path) -> str:
    """Return a notebook as a page: its text, its code, and what that printed as text."""
    parts = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        for output in cell.get("outputs", ()):
            text = "".join(output.get("text") or output.get("data", {}).get("text/plain", ""))
            if text.strip() and output.get("name") != "stderr":
                parts.append(f"```text\n{text.rstrip()}\n```")
    return "\n\n".join(parts)


def _outside(page: Path) -> Iterator[Path]:
    """Yield the files outside docs/ that a page links to."""
    for part in _FENCED.split(page.read_text(encoding="utf-8"))[::2]:
        for _, link, _ in _LINK.findall(part):
            target = _target(page, link)
            if target is not None and not target.is_relative_to(DOCS):
                yield target


def _target(page: Path, link: str) -> Path | None:
    """Return the file of the repository that a relative link names; None for any other link."""
    if re.match(r"[a-z]+:", link):
        return None
    target = (page.parent / link).resolve()
    return target if target.is_file() and target.is_relative_to(ROOT) else None


def _uri(target: Path) -> str:
    """Return where a file of the repository stands on the site."""
    if target == DOCS / "notebook.ipynb":
        return "notebook.md"
    inside = target.is_relative_to(DOCS)
    return target.relative_to(DOCS).as_posix() if inside else BESIDE + target.relative_to(ROOT).as_posix()
