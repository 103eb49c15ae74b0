"""The data file of a report: its output object as JSON, in which what nobody could see is escaped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from ceasefire.visible import escapes_in, json_safe

if TYPE_CHECKING:
    from collections.abc import Mapping


def to_json(data: Mapping[str, object]) -> str:
    """Return an output object as JSON with a line for each value (docs/rules/result.md)."""
    try:
        written = msgspec.json.format(msgspec.json.encode(data), indent=2)
    except UnicodeEncodeError:  # half of a pair of surrogates has no bytes, only an escape
        return json_safe(json.dumps(msgspec.to_builtins(data), ensure_ascii=False, indent=2)) + "\n"
    escapes = escapes_in(written)
    text = written.decode()
    return (text.translate(escapes) if escapes else text) + "\n"
