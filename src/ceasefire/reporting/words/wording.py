"""The words a report uses for the states of the library: neutral, and never more than is known.

"No breach recorded" stands where a lesser report would say "compliant": silence
proves nothing (docs/rules/index.md, "Four rules behind the rules"). Every accused name comes with its
determination.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ceasefire.reporting.document import Mark, Words, words
from ceasefire.reporting.material import statements
from ceasefire.reporting.material.names import listed
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.assessment import AgreementLife
    from ceasefire.assessment.result.entries import AgreementEntry, ClaimEntry, ProblemEntry, ReasonEntry
    from ceasefire.clock import Duration
    from ceasefire.reporting.material.material import Material
    from ceasefire.reporting.material.names import Names

#: Phases of a commitment and states of an agreement.
PHASES: Final = {
    "pending": "not yet started",
    "active": "active",
    "suspended": "suspended",
    "fulfilled": "fulfilled",
    "concluded": "concluded",
    "lapsed": "lapsed",
    "released": "released",
    "not_in_force": "not in force",
    "in_force": "in force",
    "expired": "expired",
    "terminated": "terminated",
    "replaced": "replaced",
}

DETERMINATIONS: Final = {
    "established": "established",
    "refuted": "refuted",
    "disputed": "disputed",
    "inconclusive": "inconclusive",
    "under_review": "under review",
    "alleged": "alleged",
    "withdrawn": "withdrawn by its author",
    "duplicate": "counted under another record",
}

#: Why a finding is shown, and never counted.
SUPERSEDED: Final = {
    "earlier_wording": "on the earlier wording",
    "fork": "on a forked chain",
    "unsealed": "under no seal",
}

#: What each question asks, as a heading.
QUESTIONS: Final = {
    "outcome": "whether it took place",
    "same_as": "which record reports the same act",
    "attributed_to": "by whom",
    "severity": "how gravely",
    "commitments": "under what it falls",
    "ended": "when it ended",
}

#: Duties, as a word beside the force of a commitment.
DUTIES: Final = {
    "achieve": "to be achieved",
    "maintain": "to be kept up",
    "refrain": "to refrain from",
    "recur": "recurring",
    "permit": "a permission",
    "declare": "a declaration",
}

FORCES: Final = {"binding": "binding", "political": "political", "hortatory": "a call"}

STANDINGS: Final = {
    "signatory": "signatory",
    "accepted": "accepted, did not sign",
    "joined": "joined later",
    "named": "named, did not sign",
}

RULES: Final = {
    "consensus": "by consensus",
    "majority": "by majority",
    "any": "by any one member",
    "as-reported": "as reported, unless a member says otherwise",
}

#: What an attribution may say instead of naming a party.
_NOBODY: Final = ("unidentified", "undetermined")
_MONTHS, _MICROSECONDS = 12, 1_000_000
_ELAPSED: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.ASCII)

_TONES: Final[dict[str, Any]] = {
    "established": "breach",
    "breached": "breach",
    "overdue": "breach",
    "refuted": "done",
    "remedied": "done",
    "fulfilled": "done",
    "disputed": "open",
    "alleged": "open",
    "under_review": "open",
}


def plain(code: str | None) -> str:
    """Return a word of a closed list as words."""
    return "–" if code is None else code.replace("_", " ")


def mark(code: str, text: str) -> Mark:
    """Return a word for a state, with the tone of that state."""
    return Mark(text, _TONES.get(code, "plain"))


def phase(code: str) -> Mark:
    """Return the word for a phase or a state."""
    return mark(code if code == "fulfilled" else "", PHASES.get(code, plain(code)))


def again(life: AgreementLife) -> str:
    """Return that an agreement is in its state again, where a suspension of it is over."""
    return " again" if life.moves and life.moves[-1].trigger == "resumed" else ""


def until(row: AgreementEntry, material: Material) -> str | None:
    """Return until when an agreement runs; an end that has come is told as its state."""
    return row.until if material.lives[row.agreement].ended_by is None else None


def determination(code: str) -> Mark:
    """Return the word for a determination."""
    tone = code if code in ("disputed", "alleged", "under_review") else ""
    return mark(tone, DETERMINATIONS.get(code, plain(code)))


def determinations(several: list[ClaimEntry], material: Material) -> Words:
    """Return what is determined of a claim, by agreement where that differs, and that it was taken back."""
    if len({claim.determination for claim in several}) == 1:
        parts = [words(determination(several[0].determination))]
    else:
        parts = [
            words(
                "; " if n else "",
                determination(claim.determination),
                f", under {material.names.agreement(claim.agreement)}",
            )
            for n, claim in enumerate(several)
        ]
    gone = any(statements.taken_back(claim, material) for claim in several)
    told = (word for part in parts for word in part)
    return words(*told, f"; {statements.WITHDRAWN}" if gone else "")


def rule(text: str, names: Names) -> str:
    """Return the rule of a mechanism in words, for what is decided “by consensus” or “as Russia decides”."""
    sort, _, member = text.partition(":")
    return f"as {names.party(member)} decides" if sort == "member" else RULES.get(text, plain(text))


def accused(claim: ClaimEntry, material: Material) -> Words:
    """Return everyone named for an act, each with its determination beside the name.

    `Ahrar al-Sham (alleged by Russia)`, or `(attributed, determination of the
    trilateral mechanism)`. An audience that may not know learns only that.
    """
    if (claim.record, claim.agreement) in material.nameless:
        return ("not released",)
    names = material.names
    settled = claim.determination == "established"
    of_whom = f"determination of the {names.mechanism(claim.mechanism)}"
    decided = [p for p in claim.attributed_to or () if p not in _NOBODY]
    beside = f"attributed, {of_whom}" if settled else "attributed, act not established"
    parts = [f"{names.party(p)} ({beside})" for p in decided]
    if settled and "unidentified" in (claim.attributed_to or ()):
        parts.append(f"unidentified ({of_whom})")
    if material.audience != "public" or claim.determination == "refuted":
        stated = list(getattr(material.record(claim.record), "accused", ()))
        if statements.taken_back(claim, material):
            stated += statements.parties_named(claim, material)
        if material.audience != "public":
            stated += statements.accused_elsewhere(claim, material)
        stated = list(dict.fromkeys(stated))
        parts += [f"{names.party(p)} ({alleged(claim, p, material)})" for p in stated if p not in decided]
    return ("; ".join(parts) or "nobody named",)


def alleged(claim: ClaimEntry, party: str, material: Material) -> str:
    """Return whose allegation against a party it is, and what has become of it."""
    authors = [statements.author(claim)]
    if party not in getattr(material.record(claim.record), "accused", ()):
        authors = statements.accused_elsewhere(claim, material).get(party) or authors
    by = f"alleged by {listed(material.names.party(one) for one in authors)}"
    code = claim.determination
    if code == "alleged":
        return by
    if statements.taken_back(claim, material):
        members = [material.names.party(m) for m in statements.naming(claim, party, material)]
        gone = f"a report {statements.WITHDRAWN}"
        by = f"alleged by {listed(members)} on {gone}" if members else f"named in {gone}"
    if code == "established":
        others = [p for p in claim.attributed_to or () if p != "undetermined"]
        within = [p for p in others if material.names.belongs(p, party)]
        whose = "attributed to a member of it" if within else "attributed otherwise"
        return f"{by}; act established, {whose if others else 'not decided by whom'}"
    if code == "refuted":
        return f"{by}; refuted, determination of the {material.names.mechanism(claim.mechanism)}"
    return f"{by}; {DETERMINATIONS.get(code, plain(code))}"


def why(reason: ReasonEntry) -> str:
    """Return the sentence of a reason without the id of its record, which stands beside it."""
    return _beside(reason.record, reason.why)


def oddity(problem: ProblemEntry) -> str:
    """Return the sentence of a problem without the id of its record, which stands beside it."""
    return _beside(problem.record, problem.what)


def _beside(record: str | None, sentence: str | None) -> str:
    return visible(sentence or "").removeprefix(f"{visible(record or '')}: ")


def late(by: str) -> str:
    """Return how late something was done, from an ISO 8601 duration of days and less, such as P3DT4H."""
    found = _ELAPSED.fullmatch(by)
    if found is None:
        return visible(by)
    parts = zip(found.groups(), ("day", "hour", "minute", "second"), strict=True)
    said = [f"{n} {unit}{'' if n == '1' else 's'}" for n, unit in parts if n is not None]
    return " ".join(said) or "0 seconds"


def lasting(duration: Duration) -> str:
    """Return a calendar duration in words: 6 months."""
    years, months = divmod(duration.months, _MONTHS)
    parts = [(years, "year"), (months, "month"), (duration.days, "day")]
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n]
    if duration.us:
        said.append(late(f"PT{duration.us // _MICROSECONDS}S"))
    return " ".join(said)


def unverified(flag: bool) -> Words:
    """Return the mark of what was not read in a source."""
    return words(" ", Mark("unverified", "open")) if flag else ()
