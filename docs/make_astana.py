"""Write the records of the Astana process that ship, from the facts and what each says as a record.

`facts.csv` is what was found, with addresses; `records.toml` says what each fact is in the language of
records, or why it is none. `make docs` runs this; a test holds `records.jsonl` equal to what it would write.
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from ceasefire.clock import iso, last_instant
from ceasefire.record.json.canonical import canonical_record
from ceasefire.record.json.wire import from_json, to_json

if TYPE_CHECKING:
    from ceasefire.record import Record

DATA: Final = Path(__file__).parents[1] / "src" / "ceasefire" / "data" / "astana"
#: Whose chain the records are: that of whoever compiled them, as with the bulletins.
AUTHOR: Final = "analyst"
#: Addresses that ask for a second source before anybody publishes by them.
WEAK: Final = (
    "nef2.com", "eaworldview.com", "wiki", "worldreportnow.com", "ww2facts.net", "freshsyria.net",
    "zero-ready.com",
)  # fmt: skip
MARK: Final = " (weak source: a second one is wanted)"
#: Whose word on the act of another is a position that counts; of all others each tells what it says itself.
GUARANTORS: Final = ("iran", "russia", "turkey")
#: The kinds of record, each with its first field and, of a response, its step.
KINDS: Final = {
    "event": ("event", "name"), "incident": ("incident", "act"), "performance": ("performance", "commitment"),
    "note": ("response", "to"), "inquiry": ("response", "to"), "reply": ("response", "to"),
    "finding": ("finding", "on"), "membership": ("membership", "actor"), "tally": ("tally", "count"),
}  # fmt: skip
#: Kinds of fact of which those involved took part.
MEETINGS: Final = ("meeting", "summit", "technical")
#: Ids of parties in the facts that are others in the register.
IDS: Final = {"hayat-tahrir-al-sham": "hts", "jabhat-fath-al-sham": "nusra", "isil": "islamic-state"}
#: What an entry says in the words of records, and is taken as it stands.
AS_WRITTEN: Final = (
    "zone", "accused", "against", "performer", "took_part", "group", "role", "owed_by", "outcome",
    "attributed_to", "method", "act", "period", "unit", "basis",
)  # fmt: skip
#: How the facts shorten words that a report writes out.
SHORT: Final = {
    r"E\. Ghouta": "Eastern Ghouta", r"N\. Homs": "Northern Homs", r"S\. Hama": "southern Hama",
    r"N\. Hama": "Northern Hama", "Jan": "January", "Feb": "February", "Aug": "August", "Sept": "September",
    "Oct": "October", "Nov": "November", "Dec": "December", "IS": "ISIL", r"incl\.": "including",
    "UNSC": "Security Council", "MoD": "ministry of defence", "MFA": "foreign ministry",
    "FM": "foreign minister", "SOHR": "the Observatory", "NLF": "National Liberation Front",
}  # fmt: skip
_ADDRESS: Final = re.compile(r"https?://[^\s;,]+")


@cache
def facts() -> dict[str, dict[str, str]]:
    """Return the facts by id, in the order of the file."""
    with (DATA / "facts.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@cache
def entries() -> tuple[dict[str, str], dict[str, Any]]:
    """Return the short names of agreements, and what each fact is as records."""
    with (DATA / "records.toml").open("rb") as file:
        read = tomllib.load(file)
    return read["short"], read["facts"]


def records() -> list[Record]:
    """Return the records, in the order of the facts."""
    _, said = entries()
    if unsaid := set(facts()) ^ set(said):
        raise ValueError(f"each fact has one entry: {', '.join(sorted(unsaid))}")
    return [from_json(made) for name in facts() if not isinstance(said[name], str) for made in _of(name)]


def _of(name: str) -> list[dict[str, Any]]:
    """Return the records of one fact: one for each entry and each who says it."""
    made: list[dict[str, Any]] = []
    for entry in entries()[1][name]:
        first = len(made)
        for speaker in entry["by"]:
            given = _record(name, entry, speaker)
            given["id"] = given["key"] = name if not made else f"{name}-{len(made) + 1}"
            again = len(made) > first and given["kind"] not in ("response", "finding")
            if again and speaker in GUARANTORS:
                given = _agreeing(given, made[first])
            elif given["kind"] in ("incident", "performance") and (again or entry.get("same")):
                given["same_as"] = made[first]["id"] if again else name
            made.append(given)
    return made


def _agreeing(given: dict[str, Any], claim: dict[str, Any]) -> dict[str, Any]:
    """Return what a guarantor says alike as its position on the claim: that it took place."""
    envelope = ("by", "said_by", "id", "key", "release", "recorded", "evidence")
    kept = {field: given[field] for field in envelope}
    return {"kind": "finding", "on": claim["id"], "outcome": "confirmed"} | kept


def _record(name: str, entry: dict[str, Any], speaker: str) -> dict[str, Any]:
    """Return one record as an object: what its entry says, and the rest from the row of the fact."""
    fact = facts()[name]
    word = next(word for word in KINDS if word in entry)
    kind, field = KINDS[word]
    given: dict[str, Any] = {
        "kind": kind, "by": AUTHOR, "said_by": speaker, "release": "public", field: _full(entry[word]),
        "recorded": _end_of(entry.get("written") or fact["date_until"] or fact["date"]),
        "evidence": _evidence(facts()[entry.get("source", name)], entry.get("read")),
    }  # fmt: skip
    if kind not in ("finding", "tally"):
        given["occurred"] = entry.get("occurred") or _occurred(fact, lasting=kind != "response")
    if kind != "finding" or "says" in entry:
        given["text"] = _written_out(entry.get("says", fact["what"]))
    if kind == "response":
        given["step"] = word
    given |= {name_: entry[name_] for name_ in AS_WRITTEN if name_ in entry}
    if word == "event" and fact["kind"] in MEETINGS and "took_part" not in entry:
        given["took_part"] = [IDS.get(one, one) for one in fact["actors"].split(";")]
    if kind == "event" and fact["place"]:
        given["place"] = {"name": fact["place"].replace(";", ", ")}
    if kind == "incident":
        given |= _place(entry, fact)
        given |= {harm: _toll(entry[harm], fact) for harm in ("killed", "injured") if harm in entry}
    return given


def _written_out(text: str) -> str:
    """Return a text of the facts without their abbreviations."""
    for short, long in SHORT.items():
        text = re.sub(rf"\b{short}(?=\W)", long, text)
    return re.sub(r"(?<=\d)-(?=\d+ [A-Z])", "–", text)


def _full(value: Any) -> Any:
    """Return the full name of a commitment that is named by the short name of its agreement."""
    if not isinstance(value, str) or "/" not in value:
        return value
    agreement, _, commitment = value.partition("/")
    return f"{entries()[0][agreement]}/{commitment}"


def _place(entry: dict[str, Any], fact: dict[str, str]) -> dict[str, Any]:
    """Return the name of the place within the zone of an act, where it has one of its own."""
    name = entry.get("place", fact["place"].partition(",")[0])
    name = name.replace(";", ", ")
    return {"place": {"name": name}} if name and name.lower() != entry["zone"] else {}


def _toll(asked: Any, fact: dict[str, str]) -> dict[str, int]:
    """Return an estimate: as it is written, or the published minimum, best figure and maximum of the fact."""
    if isinstance(asked, dict):
        return asked
    low, best, high = (fact[f"figure_{part}"] for part in ("low", "best", "high"))
    if re.search(r"\((at least|over)\)", fact["unit"]) and not low:
        low, best = best, ""
    stated = {"low": low, "best": best, "high": high}
    return {part: int(figure) for part, figure in stated.items() if figure}


def _occurred(fact: dict[str, str], *, lasting: bool) -> Any:
    """Return when it was, as exactly as it was stated; what is said of something is said at its end."""
    if not fact["date_until"]:
        return fact["date"]
    return {"from": fact["date"], "to": fact["date_until"]} if lasting else fact["date_until"]


def _end_of(day: str) -> str:
    """Return the end of a day in Damascus, or of a month where no day is known: when it had been said."""
    return iso(last_instant(day, "Asia/Damascus"))


def _evidence(fact: dict[str, str], read: str | None) -> list[dict[str, str]]:
    """Return where a fact was read, then the further addresses of its note, the weak ones marked.

    Of them only `read`, if given: where the first tells what was found later.
    """
    found = {fact["source_url"]: fact["source_title"]}
    for address in _ADDRESS.findall(fact["note"]):
        url = address.rstrip(").")
        found.setdefault(url, urlsplit(url).hostname or url)
    return [
        {"title": title + MARK * weak(url), "url": url} for url, title in found.items() if read in (None, url)
    ]


def weak(url: str) -> bool:
    """Tell whether an address asks for a second source: an aggregator, a forum, a partisan outlet, a wiki."""
    return any(name in url for name in WEAK)


def written() -> bytes:
    """Return the file of records, one canonical object a line."""
    return b"".join(canonical_record(to_json(record)) + b"\n" for record in records())


def main() -> None:
    """Write the file where it would change."""
    path, made = DATA / "records.jsonl", written()
    if not path.exists() or path.read_bytes() != made:
        path.write_bytes(made)
        sys.stdout.write(f"{path.name}: {len(made.splitlines())} records\n")


if __name__ == "__main__":
    main()
