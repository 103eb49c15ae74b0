"""A form to fill in, made from an agreement: an XLSForm, as KoboToolbox and ODK take it (docs/imports.md).

It asks for one incident. Acts, places, parties and commitments are choices by their ids, with their
names as labels; `import kobo` reads what it comes back with.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from ceasefire.instruments.languages import LANGUAGES
from ceasefire.instruments.terms import Commitment
from ceasefire.instruments.together import some_agreement
from ceasefire.packaged import folder_of
from ceasefire.record.choices import ALLOWED
from ceasefire.spreadsheet import workbook
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ceasefire.instruments.terms import Act, Agreement, Party, Zone

#: Languages as form designers name them: the label and the code of BCP 47.
_LABELS: Final = {"en": "English (en)", "fr": "Français (fr)", "ru": "Русский (ru)", "ar": "العربية (ar)",
                  "tr": "Türkçe (tr)"}  # fmt: skip
#: Characters of the title of a form, and of its id.
_LONGEST: Final = 100


@frozen
class Question:
    """One question of a form."""

    #: As the form names it, and the field of an incident that it says.
    name: str
    field: str
    type: str
    #: By language.
    labels: Mapping[str, str]
    required: bool = False

    @property
    def several(self) -> bool:
        """Whether it takes several answers, which an export parts by blanks."""
        return self.type.startswith("select_multiple")


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions of a form, in order; data/forms/incident.toml has them."""
    return tuple(
        Question(
            name=one["name"],
            field=one["field"],
            type=one["type"],
            labels=one["label"],
            required=one.get("required", False),
        )
        for one in _file()["question"]
    )


@cache
def _file() -> dict[str, Any]:
    found = folder_of("ceasefire") / "data" / "forms" / "incident.toml"
    return tomllib.loads(found.read_text(encoding="utf-8"))


def form(agreement: Agreement) -> bytes:
    """Return the XLSForm of an agreement, as the bytes of a workbook; the same bytes every time.

    Raises `UnknownAgreement` for what is no agreement, and `MissingExtra` without the extra `xlsx`.
    """
    some_agreement(agreement)

    def fill(book: Any) -> None:
        for name, rows in (
            ("survey", _survey()),
            ("choices", _choices(agreement)),
            ("settings", _settings(agreement)),
        ):
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(at, column, visible(cell))

    return workbook(agreement.title, "a form", fill)


def _heads() -> list[str]:
    return [f"label::{_LABELS[language]}" for language in LANGUAGES]


def _survey() -> Iterator[list[str]]:
    yield ["type", "name", *_heads(), "required"]
    yield ["start", "start", *[""] * len(LANGUAGES), ""]
    for one in questions():
        labels = [one.labels[language] for language in LANGUAGES]
        yield [one.type, one.name, *labels, "yes" if one.required else ""]


def _choices(agreement: Agreement) -> Iterator[list[str]]:
    yield ["list_name", "name", *_heads()]
    named: tuple[tuple[str, str, Act | Zone | Party | Commitment], ...] = (
        *(("acts", act.id, act) for act in agreement.acts),
        *(("zones", zone.id, zone) for zone in agreement.zones),
        *(("parties", party.id, party) for party in agreement.parties),
        *(("commitments", commitment.name, commitment) for commitment in agreement.commitments),
    )
    for name, one, called in named:
        plain = called.title if isinstance(called, Commitment) else called.name
        yield [name, one, *(called.in_language(tag, "name", "title") or plain or one for tag in LANGUAGES)]
    for release in ALLOWED:
        yield ["releases", release, *(_file()["release"][release][tag] for tag in LANGUAGES)]


def _settings(agreement: Agreement) -> Iterator[list[str]]:
    yield ["form_title", "form_id", "version", "default_language"]
    named = re.sub(r"[^A-Za-z0-9_-]", "_", agreement.id)[:_LONGEST]
    yield [
        agreement.title[:_LONGEST],
        f"{named}-incident",
        dict(agreement.digests)[agreement.id][:12],
        _LABELS["en"],
    ]
