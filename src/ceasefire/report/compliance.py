"""How a commitment is kept, in words: what is established, what is alleged by whom, or why nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.report import wording
from ceasefire.report.document import words
from ceasefire.report.material import counted
from ceasefire.report.names import listed

if TYPE_CHECKING:
    from ceasefire.agreement.terms import Commitment
    from ceasefire.report.audience import Item
    from ceasefire.report.document import Words
    from ceasefire.report.material import Material


def compliance(commitment: Commitment, row: Item, why: list[Item], material: Material) -> Words:
    """Return the words for the compliance of a row; never a bare name of a state."""
    code = row["compliance"]
    if code is None:
        return (_nothing(commitment, row, material),)
    tail = _stays(row) if code != "none_recorded" else ()
    if code == "breached":
        return words(wording.mark(code, "breach established"), _by_whom(why, material), *tail)
    if code == "overdue":
        return words(
            wording.mark(code, "overdue"), ": the deadline passed with no performance established", *tail
        )
    if code == "disputed":
        return words(wording.mark(code, "disputed"), _open(row), *tail)
    if code == "alleged":
        return words(wording.mark(code, "alleged"), _alleged(row, why, material), *tail)
    if code == "remedied":
        return words(wording.mark(code, "made good"), *tail)
    if code == "none_recorded":
        records = {r["record"] for r in why if r["record"] is not None}
        return (wording.looked_at(len(records)),)
    return (wording.plain(code),)


def _nothing(commitment: Commitment, row: Item, material: Material) -> str:
    """Return why a row has no compliance."""
    if reason := not_yet(row, material):
        return reason
    if commitment.duty == "permit":
        return "a permission: it can be used, not breached"
    if commitment.hortatory:
        return "a call: it binds nobody, so it is never breached or overdue"
    if row["phase"] == "pending":
        return "not yet started: nothing is owed"
    if row["phase"] in ("lapsed", "released"):
        return "never started: nothing was owed"
    if material.audience == "public" and row["owed_by"] is not None:
        return "no breach established; allegations are not shown by name to the public"
    return "not assessed; see the problems in the data"


def not_yet(row: Item, material: Material) -> str:
    """Return the sentence for a row that hangs on a rule this version does not apply; empty if it does not."""
    for problem in material.rows("problems"):
        if problem["code"] == "not_yet" and row["commitment"] in (problem["record"], *_words_of(problem)):
            return "not assessed: it hangs on a rule that this version does not apply yet; see the problems in the data"
    return ""


def _words_of(problem: Item) -> list[str]:
    return [word.strip("'\"“”‘’.,:;()") for word in (problem["what"] or "").split()]


def _by_whom(why: list[Item], material: Material) -> str:
    """Return which mechanism determined the breaches of a row."""
    records = {r["record"] for r in why if r["effect"] == "breach"}
    mechanisms = {
        c["mechanism"]: None for c in material.rows("claims") if c["record"] in records and c["mechanism"]
    }
    if not mechanisms:
        return ""
    return f" (determination of the {listed(material.names.mechanism(m) for m in mechanisms)})"


def _alleged(row: Item, why: list[Item], material: Material) -> str:
    records = [r["record"] for r in why if r["effect"] == "alleged" and r["record"] is not None]
    claims = {c["record"]: c for c in material.rows("claims")}
    accusers = dict.fromkeys(
        material.names.party(claims[r]["said_by"] or claims[r]["by"]) for r in records if r in claims
    )
    tallies = [r for r in records if r not in claims]
    said = [f" by {listed(accusers)}"] if accusers else []
    if tallies:
        said.append(f"{' and' if said else ''} by {counted(len(tallies), 'published count')} above zero")
    return (
        f"{''.join(said) if not tallies or accusers else ' ' + said[0].strip()}, not determined{_open(row)}"
    )


def _open(row: Item) -> str:
    return f" ({counted(row['open'], 'claim')} open)" if row["open"] else ""


def _stays(row: Item) -> Words:
    """Return what is counted beside the first word: breaches, and whether one is going on."""
    said = []
    if row["breaches"]:
        said.append(counted(row["breaches"], "breach", "breaches"))
    if row["ongoing"]:
        said.append("going on")
    return (f"; {', '.join(said)}",) if said else ()
