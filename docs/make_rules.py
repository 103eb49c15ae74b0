"""Write the generated parts of the pages: what stands between `<!-- made: … -->` and `<!-- /made -->`.

Tables and diagrams are drawn from the code's own tables (`drawn.py`, `enumerated.py`),
the results of examples by running them (`worked.py`), what the shipped record says by
assessing it (`recorded.py`), so that the pages cannot say something else than the code
does. `make docs` runs this; a test holds the pages equal to what it would write.
"""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import make_astana
from drawn import PARTS
from enumerated import BY_ANSWERS
from recorded import RECORDED
from worked import WORKED

DOCS = Path(__file__).parent
#: One generated part: its opening line, its order, what it holds, its closing line.
PART = re.compile(r"(<!-- made: (.+?) -->\n)(.*?)(<!-- /made -->)", re.DOTALL)


def pages() -> list[Path]:
    """Return the pages that may have generated parts."""
    return sorted(DOCS.rglob("*.md"))


def written(text: str) -> str:
    """Return the text of a page with every generated part made anew; raises for a part nobody makes."""
    return PART.sub(lambda part: f"{part[1]}\n{_made(part[2], text[: part.start()])}\n\n{part[4]}", text)


def _made(order: str, before: str) -> str:
    """Return one part: the words after `made:` are its name, its arguments and its `key=value`s."""
    name, *words = shlex.split(order)
    arguments = [word for word in words if "=" not in word]
    settings = dict(word.split("=", 1) for word in words if "=" in word)
    if name in WORKED:
        return WORKED[name](before, *arguments, **settings)
    return (PARTS | BY_ANSWERS | RECORDED)[name](*arguments, **settings)


def main() -> int:
    """Write every page that would change, and say which; before them the records that ship."""
    make_astana.main()
    for page in pages():
        text = page.read_text(encoding="utf-8")
        made = written(text)
        if made != text:
            page.write_text(made, encoding="utf-8")
            sys.stdout.write(f"{page.relative_to(DOCS.parent)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
