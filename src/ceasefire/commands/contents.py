"""The commands of the program: what each is for, and where it stands.

`ceasefire --help` prints this and imports none of them (docs/speed.md, "Importing"); tests/test_cli.py
holds it equal to what the commands say of themselves.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Listed(NamedTuple):
    """A command by its module and its name there, with the first sentence of its help."""

    module: str
    name: str
    says: str


#: By the word that is typed, sorted as they are printed.
CONTENTS: Final = {
    "agreements": Listed("agreements", "list_agreements", "List the agreements of the catalogue."),
    "assess": Listed("assessing", "assess_records", "Work out where each commitment stands, and print it."),
    "check": Listed("agreements", "check_files", "Tell every mistake in agreement and register files."),
    "copy": Listed("journals", "copy", "Copy a journal to a new file, as a backup or for somebody else."),
    "diff": Listed(
        "comparing",
        "compare",
        "Say what stands otherwise than on an earlier day, or than in another journal, and why.",
    ),
    "erase": Listed("journals", "erase", "Remove what a record says from a journal for good."),
    "export": Listed(
        "exporting",
        "export_group",
        "Write what other programs take; each is made for an audience, as a report is.",
    ),
    "form": Listed(
        "importing",
        "write_form",
        "Write a form for incidents under an agreement, for KoboToolbox or ODK (XLSForm).",
    ),
    "import": Listed("importing", "import_group", "Add records to a journal from a file of another format."),
    "key": Listed("keys", "key_group", "Make and show the keys with which a party seals its journal."),
    "list": Listed(
        "listing", "list_defined", "List what agreements define: parties, acts, zones or commitments."
    ),
    "map": Listed(
        "importing",
        "write_mapping",
        "Write a first mapping of a table to the terminal, from its header and the cells seen.",
    ),
    "merge": Listed("journals", "merge", "Add to a journal what others hold: journals, or files of records."),
    "record": Listed("recording", "record", "Write what somebody says to a journal."),
    "report": Listed(
        "assessing",
        "write_report",
        "Write a status report: to a terminal what page one says, to a pipe Markdown, or as --out says.",
    ),
    "seal": Listed("keys", "seal", "Seal a chain as it is now: the author vouches for every record of it."),
    "show": Listed("agreements", "show", "Print an agreement as readable text."),
    "verify": Listed(
        "journals",
        "verify",
        "Check that every record of a journal is as it was written, and that its seals are good.",
    ),
    "why": Listed(
        "assessing", "explain", "Say why a commitment stands as it does, a sentence for each reason."
    ),
}
