"""The status report: built once, then written in the format asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from ceasefire.clock import last_instant, to_local
from ceasefire.collecting import uncollected
from ceasefire.columnar import parquet
from ceasefire.errors import ReportError, path_named, quoted
from ceasefire.record.json.saving import saving
from ceasefire.reporting.building import ANNEXES, build
from ceasefire.reporting.exports.columns import refuse_table, to_arrow
from ceasefire.reporting.exports.diagrams import MECHANISM, to_mermaid
from ceasefire.reporting.exports.events import to_events
from ceasefire.reporting.exports.geojson import to_geojson
from ceasefire.reporting.exports.provenance import to_prov
from ceasefire.reporting.formats.calendar import to_ical
from ceasefire.reporting.formats.comma_separated import to_csv
from ceasefire.reporting.formats.data_file import to_json
from ceasefire.reporting.formats.fragment import html_fragment
from ceasefire.reporting.formats.markdown import to_markdown
from ceasefire.reporting.formats.terminal.page_one import to_terminal
from ceasefire.reporting.formats.workbook import to_xlsx
from ceasefire.reporting.material.made import material
from ceasefire.reporting.material.material import Wanted
from ceasefire.reporting.output import encodable, output
from ceasefire.reporting.sheets import NAMES, sheets

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping
    from datetime import date

    from arro3.core import Table

    from ceasefire.assessment import Assessment
    from ceasefire.clock import Moment
    from ceasefire.reporting.document import Document
    from ceasefire.reporting.formats.cells import Sheet
    from ceasefire.reporting.material.material import Material

    When = str | date | Moment

#: Longer texts that a caller gives would leave no room on page one.
_LONGEST: Final = 200


@frozen(kw_only=True, slots=False)
class StatusReport:
    """A report for one audience, as a document and as the lists it was written from."""

    document: Document
    #: What it was written from, with the names and the time zone of its agreements.
    material: Material = field(repr=False)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The output object as this audience may see it (docs/rules/result.md)."""
        return output(self.material, self.document)

    def __repr__(self) -> str:
        """Return a line that says of what it is, for whom, and as of when."""
        asked = self.material.data.asked
        named = ", ".join(asked.agreements)
        return f"<Report on {named} for {self.material.audience}, as of {asked.as_of}>"

    def to_markdown(self, *, brief: bool = False) -> str:
        """Return the report as Markdown; without its annexes where it is to be brief."""
        return to_markdown(self.document, brief=brief or self.material.wanted.annexes == ())

    def to_html(self) -> str:
        """Return the report as one self-contained HTML page.

        Raises `MissingExtra` where the packages of the extra `report` are not installed.
        """
        from ceasefire.reporting.formats.html import to_html

        with uncollected():
            return to_html(self.document)

    def _repr_html_(self) -> str:
        """Return title, audience and opening, for notebooks; the whole is a page of its own."""
        return html_fragment(self.document)

    def to_pdf(self) -> bytes:
        """Return the report as a PDF of A4 sheets, with what `to_json` gives attached as report.json.

        It conforms to PDF/UA-1 and PDF/A-3a. The claims one by one, the reasons and the problems
        in the data are left to the attachment, unless the report was asked for annexes by letter.
        Raises `MissingExtra` where typst, the package of the extra `pdf`, is not installed.
        """
        from ceasefire.reporting.formats.pdf.writing import to_pdf

        made = to_local(self.material.as_of, "UTC")
        return to_pdf(self.document, self.to_json(), made, whole=self.material.wanted.annexes is not None)

    def to_terminal(self, width: int = 80, *, whole: bool = False) -> str:
        """Return what page one says as at most 40 lines for a terminal of `width` columns.

        With `whole` nothing of it is left out, and the body follows. Nothing in it steers a terminal.
        """
        return to_terminal(self.document, width, whole=whole)

    def to_json(self) -> str:
        """Return the lists the report was written from, as JSON: the audience's, and nothing else."""
        return to_json(encodable(self.material, self.document))

    def to_xlsx(self) -> bytes:
        """Return the tables of the report as a workbook, a sheet each.

        Raises `MissingExtra` where the package of the extra `xlsx` is not installed.
        """
        return to_xlsx(self._sheets, self.document.title)

    def to_csv(self, name: str, *, hxl: bool = False) -> str:
        """Return one table of the report as CSV; with `hxl` its second row holds tags of HXL.

        Raises `ReportError` for a table there is none of that name.
        """
        refuse_table(name)
        return to_csv(next(sheet for sheet in self._sheets if sheet.name == name), hxl=hxl)

    def to_arrow(self, name: str) -> Table:
        """Return one table of the report, or `acts`, as one of Arrow: instants, days and lists are such.

        Raises `ReportError` for a table there is none of that name, and `MissingExtra` where the package
        of the extra `arrow` is not installed.
        """
        return to_arrow(name, self.material)

    def to_parquet(self, name: str) -> bytes:
        """Return `to_arrow` as a file of Parquet; raises `MissingExtra` without the extra `parquet`."""
        return parquet(self.to_arrow(name))

    def to_geojson(self) -> str:
        """Return the incidents and events as GeoJSON (RFC 7946), a feature each."""
        return to_geojson(self.material)

    def to_events(self, *, hxl: bool = False) -> str:
        """Return the incidents and events as CSV, a row each, its columns named as in ACLED and UCDP GED."""
        return to_events(self.material, hxl=hxl)

    def to_prov(self) -> str:
        """Return what was derived from what as PROV-JSON: records, evidence, corrections, the assessment."""
        return to_prov(self.material)

    def to_mermaid(self, of: str = MECHANISM) -> str:
        """Return a diagram: of `mechanism`, or of the agreement, commitment or claim of that id.

        Raises `ReportError` for what is none of these.
        """
        return to_mermaid(of, self.material)

    def to_ical(self) -> str:
        """Return what falls due after the day of the report as an iCalendar."""
        return to_ical(self.material, self.document.title, self.document.band)

    @cached_property
    def _sheets(self) -> tuple[Sheet, ...]:
        return sheets(self.material)

    def save(self, path: str | os.PathLike[str], *, hxl: bool = False) -> Path:
        """Write the report to a file and return its path; the suffix chooses the format.

        Known are `.md`, `.html`, `.pdf`, `.txt`, `.json`, `.xlsx`, `.ics` and `.csv`; any other
        raises `ReportError`. CSV has a file for each table (`status.csv`: `status-summary.csv`,
        `status-counts.csv` and so on, see `files_of`), with tags of HXL if `hxl`; returned
        is the first. A file is written whole or not at all: an older one of that name stays
        until then, and a link stays one. Raises `UnwritableFile` where one cannot be written.
        """
        target = Path(path_named(path, "written"))
        files = files_of(target)
        suffix = format_of(target)
        if suffix == ".csv":
            contents = tuple(self.to_csv(name, hxl=hxl).encode() for name in NAMES)
        else:
            contents = (_WRITERS[suffix](self),)
        for file, content in zip(files, contents, strict=True):
            with saving(file) as opened:
                opened.write(content)
        return files[0]


#: How each suffix is written; CSV is a file for each table.
_WRITERS: Final[Mapping[str, Callable[[StatusReport], bytes]]] = {
    ".md": lambda made: made.to_markdown().encode(),
    ".html": lambda made: made.to_html().encode(),
    ".pdf": StatusReport.to_pdf,
    ".txt": lambda made: made.to_terminal().encode(),
    ".json": lambda made: made.to_json().encode(),
    ".xlsx": StatusReport.to_xlsx,
    ".ics": lambda made: made.to_ical().encode(),
}
_ALIASES: Final = {".markdown": ".md", ".htm": ".html"}
#: The suffixes that a report is saved under.
SUFFIXES: Final = (*_WRITERS, ".csv")


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the suffix of the format that a file's name chooses; `ReportError` for any other."""
    name = Path(path)
    suffix = name.suffix.lower()
    found = _ALIASES.get(suffix, suffix)
    if found not in SUFFIXES:
        *most, last = SUFFIXES
        known = f"{', '.join(most)} or {last}"
        raise ReportError(f"{name.name!r} names no format of a report: write a name that ends in {known}")
    return found


def files_of(path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Return the files that a report is written to under a name: one, or of CSV one for each table.

    Raises `ReportError` for a name of no format.
    """
    target = Path(path)
    if format_of(target) != ".csv":
        return (target,)
    return tuple(target.with_name(f"{target.stem}-{name}{target.suffix}") for name in NAMES)


def annexes_of(annexes: object, *, brief: bool = False) -> tuple[str, ...] | None:
    """Return the letters of the annexes asked for, None for those a format has by itself.

    `all`, or letters with commas between; a brief report has none. Raises `ReportError` for
    any other, and for annexes of a brief report.
    """
    if annexes is None:
        return () if brief else None
    if brief:
        raise ReportError("a brief report has no annexes: leave out one of brief and annexes")
    if annexes == "all":
        return tuple(ANNEXES)
    several = annexes.split(",") if isinstance(annexes, str) else ()
    asked = {letter.strip().upper() for letter in several}
    if not asked or not asked <= set(ANNEXES):
        letters = ", ".join(ANNEXES)
        raise ReportError(f"{quoted(annexes)} names no annexes: write all, or some of {letters} as in A,D")
    return tuple(letter for letter in ANNEXES if letter in asked)


def report(  # noqa: PLR0913 – what can be asked of a report
    assessment: Assessment,
    audience: str = "mechanism",
    issued: object = None,
    title: str = "",
    *,
    issuer: str = "",
    brief: bool = False,
    annexes: str | None = None,
    previous: Assessment | When | None = None,
    language: str = "en",
) -> StatusReport:
    """Return the status report of an assessment for an audience: `mechanism`, `public`, or a party's id.

    `issued` is printed if given (an aware instant, or a date in the agreements' time
    zone): a report reads no clock, so that the same assessment gives the same bytes.
    `title` is printed in place of the agreement's, `issuer` beside for whom it is. `brief`
    leaves out the annexes, `annexes` chooses some by their letters (`"A,D"`) or `"all"`.
    It is compared with `previous`, another assessment of the same agreements or the day or
    instant of one; without it, with that of the instant before the period.
    `language` is one of en, fr, ru, ar, tr (docs/reports.md, "Languages").
    Raises `ReportError` for an unknown audience, annex or language, or a text that is none, `Incomparable`
    where `previous` is later or of something else.
    """
    if not hasattr(assessment, "for_audience"):
        how = "ceasefire.assess(agreement, records, as_of=…)"
        raise ReportError(f"{quoted(assessment)} is no assessment: make one with {how}")
    earlier: Any = previous
    if previous is not None and not hasattr(previous, "for_audience"):
        earlier = assessment.at(previous)
    wanted = Wanted(
        audience=audience,
        title=_text(title, "title"),
        issuer=_text(issuer, "issuer"),
        issued=None if issued is None else last_instant(issued, assessment.timezone),
        annexes=annexes_of(annexes, brief=brief),
        previous=earlier,
        language=language,
    )
    with uncollected():
        shown = material(assessment, wanted)
        return StatusReport(document=build(shown), material=shown)


def _text(given: object, what: str) -> str:
    """Return a text that is printed on page one; raises `ReportError` for what is none, or too long."""
    if not isinstance(given, str):
        raise ReportError(f"{quoted(given)} is no {what}: write a text")
    if len(given) > _LONGEST:
        raise ReportError(f"the {what} has {len(given)} characters: write one of at most {_LONGEST}")
    return given.strip()
