"""docs/notebook.ipynb runs as it stands, and prints what stands in it."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


def printed(cell):
    """Return what a cell printed and what it came to, as text; not the words of other programs on stderr."""
    outputs = cell.get("outputs", ())
    return "".join(
        output["text"] if output["output_type"] == "stream" else output["data"]["text/plain"] + "\n"
        for output in outputs
        if output.get("name") != "stderr"
    )


def test_the_notebook_prints_what_it_shows():
    """Each cell in turn, in a kernel of its own; an error in one is told with its words."""
    written = nbformat.read(NOTEBOOK, as_version=4)
    shown = [printed(cell) for cell in written.cells]
    nbformat.validate(written)
    run = NotebookClient(nbformat.from_dict(written), timeout=None, kernel_name="python3").execute()
    assert [printed(cell) for cell in run.cells] == shown
    assert sum(map(bool, shown)) > 8
