"""The closed list of codes, each with what it means, and the few words that are said in one way only.

Tests assert codes, never sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.errors import did_you_mean, nearest, quoted
from ceasefire.instruments.values import UNIDENTIFIED
from ceasefire.values import Value
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What an attribution may say instead of naming a party.
NO_PARTY: Final = frozenset({UNIDENTIFIED, "undetermined"})
#: Kinds of what is due of which `due` is the instant at which something ends, and no longer in time.
ENDINGS: Final = frozenset({"term", "notice"})
#: Why a record moved a row, or did not; on `reasons` (docs/rules/result.md, "reasons").
REASONS: Final = {
    "by_date": "the text gives the date",
    "by_decision": "decided by the mechanism",
    "by_notice": "notice by one that may end the agreement alone, and the notice has run",
    "by_performance": "an established performance",
    "self_reported": "an established performance, self-reported: nobody without a part in it could judge",
    "by_event": "an established event",
    "by_condition": "the condition was met or can no longer be met",
    "by_breach": "a breach met the condition",
    "by_finding": "the mechanism decided under what it falls",
    "by_rule": "inside, by act, time, place, bearer and target",
    "by_tally": "a published count above zero, of acts that may fall under it",
    "by_ruling_in_aggregate": "so many acts were found to be breaches, as a total of which no act is told",
    "by_deadline": "the deadline passed",
    "by_period": "a period passed without what was owed in it",
    "by_remedy": "an established remedy, or a repair done in time",
    "never_breached": "a permission or a call on somebody is never breached",
    "outside_act": "the commitment does not cover the act",
    "outside_time": "the act lies before the start or after the end",
    "outside_zone": "the act lies wholly elsewhere",
    "outside_finding": "the mechanism decided that it does not fall under this commitment",
    "suspended": "the commitment was suspended",
    "not_bound": "the one named was not bound when the act occurred",
    "excluded": "the one named stands outside the ceasefire",
    "exempt_target": "every target named is excepted",
    "unclear_act": "the act is stated too coarsely to tell",
    "unclear_time": "the time is stated too coarsely to tell",
    "unclear_place": "the place is stated too coarsely to tell, or not at all",
    "unclear_actor": "the actor is unknown, so that nobody can tell whether it was bound",
    "unclear_exception": "someone found circumstances that the commitment excepts",
    "unclear_membership": "a membership on which it hangs is not settled",
    "attributed_elsewhere": "the act is attributed to others",
    "earlier_wording": "on an earlier wording",
    "superseded": "its author has answered the same question later, or in its own words",
    "judges_itself": "by a member on its own performance, or on that of a side it guarantees",
    "duplicate": "another record counts for the same act",
    "withdrawn": "taken back by its author",
    "refuted": "determined not to have occurred as reported",
    "inconclusive": "determined to be inconclusive",
    "open": "not determined",
    "omission_not_due": "an omission counts only once the deadline or period has passed",
    "omission_done": "what was owed was done in time",
    "too_early": "done before the commitment started",
    "too_late": "done after the end",
    "not_complete": "what was being done is not complete",
    "relay": "a relayed statement, which this assessment does not count as its speaker's",
    "observer": "by an observer or another non-member",
    "fork": "on a forked chain, on no branch that its author keeps",
    "unsealed": "under no seal, and would change what its author has sealed",
    "withheld": "its body is withheld or erased: what it says, and whether it matters here, is not known",
    "no_effect": "changes nothing here",
}


#: What is odd in the data; on `problems`.
PROBLEMS: Final = {
    "unreadable": "a line that could not be read",
    "duplicate_id": "two different records with one id",
    "similar_id": "an id that differs from another one only in leading zeros: two records all the same",
    "unknown_record": "names a record that is not among those known",
    "unknown_id": "names a party, place, act, agreement or commitment that no file defines",
    "unknown_place": "a place that resolves to no zone",
    "foreign": "a correction or withdrawal of someone else's record",
    "not_correctable": "a correction or withdrawal of what cannot be corrected or withdrawn",
    "already_withdrawn": "of a record that was withdrawn before",
    "invalid_correction": "a correction after which the record would be none of its kind",
    "not_a_claim": "a judgement on a record that is no claim",
    "other_kind": "said to report the same act as a record of another kind",
    "out_of_time": "put by a finding under a commitment that was not in effect when it occurred",
    "not_owed": "a performance by one who does not owe the duty",
    "no_acts": "names a commitment that such an act cannot breach",
    "early_effect": "takes effect before it was taken, and counts from then",
    "short_notice": "says that it takes effect before its notice has run, and takes effect then",
    "no_effect": "a decision that changes nothing",
    "remedy_no_effect": "a remedy that makes nothing good",
    "not_a_member": "an objection by one who is no member, or after the end",
    "does_not_add_up": "a published total and its published parts differ",
    "foreign_answer": "answers a record that is no tally",
    "no_period": "a published count or an appraisal of no period that ends: as of no day is it shown",
    "no_evidence": "an external designation without evidence, determined like any other claim",
    "fork": "two records of one author with one number, or a record without effect for that",
    "unsealed": "records of an author with a declared key that no seal covers",
    "bad_seal": "a seal by a key that does not sign for its author at its time",
    "incomplete": "a seal vouches for records that are not among those known",
    "withheld": "a record whose body is withheld or erased",
    "possible_duplicate": "says what another record of its author says, and neither has a key",
    "key_twice": "two records of one author under one key",
    "unknown_author": "by an author whom no agreement given knows",
    "not_yet_occurred": "said to have occurred more than a day after it was recorded",
    "clock_ahead": "dated, or counted as received, later than can be: a clock was ahead",
}


#: The reason of a row on which a number of acts were found to be breaches, none of them by itself.
IN_AGGREGATE: Final = "by_ruling_in_aggregate"
#: The act of a duty not done.
OMISSION: Final = "omission"
#: How what is not there is told: to an audience that may not see all, only that it is not released to it.
#: It is the same whether or not there is more. None: of an assessment that was made for nobody in particular.
_PRESENT: Final = {
    "public": "released to the public",
    "mechanism": "recorded",
    "author": "recorded",
    None: "recorded",
}
#: The same for the edition of a party, whichever it is.
_TO_A_PARTY: Final = "released to this audience"
#: The audiences that are there whatever the agreements.
AUDIENCES: Final = ("mechanism", "public", "author")


class Problem(Value):
    """Something odd in the data, with the record it stands in."""

    record: str | None
    code: str
    what: str


def present(audience: str | None) -> str:
    """Return what a record is that an audience can read of: `recorded`, or `released to the public`."""
    return _PRESENT.get(audience, _TO_A_PARTY)


#: Of more parties so many are named where somebody wrote none of them.
_MOST_NAMED: Final = 20


def no_audience(audience: object, parties: Iterable[str]) -> str:
    """Return what is wrong with an audience that is none, and which there are."""
    several = tuple(parties)
    guess = did_you_mean(nearest(audience, (*AUDIENCES, *several)))
    more = [f"and {len(several) - _MOST_NAMED} more"] if len(several) > _MOST_NAMED else []
    there = ", ".join([*map(visible, several[:_MOST_NAMED]), *more]) or "there is none"
    words = ", ".join(AUDIENCES)
    return f"{quoted(audience)} is no audience{guess}: write {words}, or the id of a party ({there})"


def looked_at(number: int, audience: str | None) -> str:
    """Return the only words there are for a row on which nothing is recorded, or released to an audience."""
    there = present(audience)
    what = "no breach" if there == "recorded" else "no report of a breach"
    return f"{what} {there} ({so_many_records(number)} looked at)"


def so_many_records(number: int) -> str:
    """Return a number of records in words."""
    return f"{number} record" if number == 1 else f"{number} records"
