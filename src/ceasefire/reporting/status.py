"""The status report: built once, then written in the format asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from ceasefire.clock import iso, last_instant, to_local
from ceasefire.errors import ReportError, path_named, quoted
from ceasefire.record.json.saving import saving
from ceasefire.reporting.building import build
from ceasefire.reporting.formats.fragment import html_fragment
from ceasefire.reporting.formats.markdown import to_markdown
from ceasefire.reporting.formats.terminal import to_terminal
from ceasefire.reporting.material.material import Wanted, material
from ceasefire.visible import json_safe

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from ceasefire.assessment.result.assessment import Assessment
    from ceasefire.reporting.document import Document
    from ceasefire.reporting.material.material import Material


@frozen(kw_only=True)
class StatusReport:
    """A report for one audience, as a document and as the lists it was written from."""

    document: Document
    #: The output object as this audience may see it (docs/rules/result.md).
    data: dict[str, Any] = field(repr=False)
    #: What it was written from, with the names and the time zone of its agreements.
    material: Material = field(repr=False)

    def __repr__(self) -> str:
        """Return a line that says of what it is, for whom, and as of when."""
        asked = self.data["asked"]
        named = ", ".join(asked["agreements"])
        return f"<Report on {named} for {self.material.audience}, as of {asked['as_of']}>"

    def to_markdown(self, *, brief: bool = False) -> str:
        """Return the report as Markdown; without its annexes where it is to be brief."""
        return to_markdown(self.document, brief=brief)

    def to_html(self) -> str:
        """Return the report as one self-contained HTML page.

        Raises `MissingExtra` where the packages of the extra `report` are not installed.
        """
        from ceasefire.reporting.formats.html import to_html

        return to_html(self.document)

    def _repr_html_(self) -> str:
        """Return title, audience and opening, for notebooks; the whole is a page of its own."""
        return html_fragment(self.document)

    def to_pdf(self, *, annexes: str = "") -> bytes:
        """Return the report as a PDF of A4 sheets, with what `to_json` gives attached as report.json.

        It conforms to PDF/UA-1 and PDF/A-3a. The claims one by one, the reasons and the problems
        in the data are left to the attachment, unless `annexes` is "all".
        Raises `MissingExtra` where typst, the package of the extra `pdf`, is not installed, and
        `ReportError` for other annexes.
        """
        from ceasefire.reporting.formats.pdf import to_pdf

        if annexes not in ("", "all"):
            raise ReportError(f"{quoted(annexes)} names no annexes: write annexes='all', or leave it out")
        made = to_local(self.material.as_of, "UTC")
        return to_pdf(self.document, self.to_json(), made, whole=annexes == "all")

    def to_terminal(self, width: int = 80, *, whole: bool = False) -> str:
        """Return what page one says as at most 40 lines for a terminal of `width` columns.

        With `whole` nothing of it is left out, and the body follows. Nothing in it steers a terminal.
        """
        return to_terminal(self.document, width, whole=whole)

    def to_json(self) -> str:
        """Return the lists the report was written from, as JSON: the audience's, and nothing else."""
        return json_safe(json.dumps(self.data, ensure_ascii=False, indent=2)) + "\n"

    def save(self, path: str | os.PathLike[str], *, annexes: str = "") -> Path:
        """Write the report to a file and return its path; the suffix chooses the format.

        `.md`, `.html`, `.pdf`, `.txt` and `.json` are known; any other raises `ReportError`.
        The file is written whole or not at all: an older one of that name stays until then,
        and a link stays one. `annexes` is for a PDF (`to_pdf`): other formats have all of
        them. Raises `UnwritableFile` where it cannot be written.
        """
        target = Path(path_named(path, "written"))
        content = WRITERS[format_of(target)](self, annexes)
        with saving(target) as file:
            file.write(content)
        return target


def _text(write: Callable[[StatusReport], str]) -> Callable[[StatusReport, str], bytes]:
    return lambda made, _: write(made).encode("utf-8")


#: What writes a file, by how its name ends, with the annexes asked for.
WRITERS: Final[Mapping[str, Callable[[StatusReport, str], bytes]]] = {
    ".md": _text(StatusReport.to_markdown),
    ".markdown": _text(StatusReport.to_markdown),
    ".html": _text(StatusReport.to_html),
    ".htm": _text(StatusReport.to_html),
    ".pdf": lambda made, annexes: made.to_pdf(annexes=annexes),
    ".txt": _text(StatusReport.to_terminal),
    ".json": _text(StatusReport.to_json),
}
#: Endings that are told to nobody who has not thought of them.
_SAME_AS: Final = (".markdown", ".htm")


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the ending of a file's name that chooses a format; `ReportError` where it chooses none."""
    name = Path(path)
    suffix = name.suffix.lower()
    if suffix not in WRITERS:
        *known, last = (ending for ending in WRITERS if ending not in _SAME_AS)
        endings = f"{', '.join(known)} or {last}"
        raise ReportError(f"{name.name!r} names no format of a report: write a name that ends in {endings}")
    return suffix


def report(
    assessment: Assessment, audience: str = "mechanism", issued: object = None, title: str = ""
) -> StatusReport:
    """Return the status report of an assessment for an audience, `mechanism` or `public`.

    `issued` is printed if given (an aware instant, or a date in the agreements' time
    zone): a report reads no clock, so that the same assessment gives the same bytes.
    `title` is printed in place of the agreement's.
    Raises `ReportError` for an unknown audience.
    """
    if not hasattr(assessment, "for_audience"):
        how = "ceasefire.assess(agreement, records, as_of=…)"
        raise ReportError(f"{quoted(assessment)} is no assessment: make one with {how}")
    moment = None if issued is None else last_instant(issued, assessment.timezone)
    shown = material(assessment, Wanted(audience=audience, title=title, issued=moment))
    data = shown.data.to_dict() | {"not_released": shown.not_released}
    if moment is not None:
        data["issued"] = iso(moment)
    return StatusReport(document=build(shown), data=data, material=shown)
