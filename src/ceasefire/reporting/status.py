"""The status report: built once, then written in the format asked for."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from ceasefire.clock import iso, last_instant
from ceasefire.errors import ReportError, path_named, quoted
from ceasefire.record.json.saving import saving
from ceasefire.reporting.building import build
from ceasefire.reporting.formats.fragment import html_fragment
from ceasefire.reporting.formats.markdown import to_markdown
from ceasefire.reporting.material.material import Wanted, material
from ceasefire.visible import json_safe

if TYPE_CHECKING:
    import os

    from ceasefire.assessment.result.assessment import Assessment
    from ceasefire.reporting.document import Document
    from ceasefire.reporting.material.material import Material


_FORMATS: Final = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".json": "json"}


@frozen(kw_only=True, slots=False)
class StatusReport:
    """A report for one audience, as a document and as the lists it was written from."""

    document: Document
    #: What it was written from, with the names and the time zone of its agreements.
    material: Material = field(repr=False)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The output object as this audience may see it (docs/rules/result.md)."""
        found = self.material.data.to_dict() | {"not_released": self.material.not_released}
        if self.material.issued is not None:
            found["issued"] = iso(self.material.issued)
        return found

    def __repr__(self) -> str:
        """Return a line that says of what it is, for whom, and as of when."""
        asked = self.material.data.asked
        named = ", ".join(asked.agreements)
        return f"<Report on {named} for {self.material.audience}, as of {asked.as_of}>"

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

    def to_json(self) -> str:
        """Return the lists the report was written from, as JSON: the audience's, and nothing else."""
        return json_safe(json.dumps(self.data, ensure_ascii=False, indent=2)) + "\n"

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the report to a file and return its path; the suffix chooses the format.

        `.md`, `.html` and `.json` are known; any other raises `ReportError`. The file
        is written whole or not at all: an older one of that name stays until then, and
        a link stays one. Raises `UnwritableFile` where it cannot be written.
        """
        target = Path(path_named(path, "written"))
        write = {"md": self.to_markdown, "html": self.to_html, "json": self.to_json}[format_of(target)]
        content = write().encode("utf-8")
        with saving(target) as file:
            file.write(content)
        return target


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the format that a file's name chooses: md, html or json; `ReportError` for any other."""
    name = Path(path)
    found = _FORMATS.get(name.suffix.lower())
    if found is None:
        raise ReportError(
            f"{name.name!r} names no format of a report: write a name that ends in .md, .html or .json"
        )
    return found


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
    return StatusReport(document=build(shown), material=shown)
