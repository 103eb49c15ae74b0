"""TODO."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire.assessment.evaluate import anew, outcome
from ceasefire.assessment.incremental.knowledge import grown
from ceasefire.assessment.knowledge.forks import chains
from ceasefire.assessment.knowledge.ledger import is_known
from ceasefire.assessment.knowledge.seals import Vouching, sealings
from ceasefire.assessment.outcome import Evaluation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ceasefire.assessment.knowledge.asked import Asked, Told
    from ceasefire.assessment.knowledge.knowledge import Knowledge
    from ceasefire.clock import Moment
    from ceasefire.record import Record

    When = str | date | Moment


def with_more(whole: Evaluation, more: Sequence[Record], told: Told) -> Evaluation:
    """Return an assessment in full of the same records and some more."""
    asked = asked_with(whole, more, told)
    known = grown(whole.outcome.basis, whole.asked, more)
    if known is not None:
        return evaluated_with(whole, known, asked)
    sealed = sealings(asked.vouched.seals, whole.world.keys, asked.known_at)
    several, divided = chains(asked.records, lambda record: is_known(record, asked.known_at), sealed)
    return anew(evolve(asked, records=several, chains=divided), whole.world)


def evaluated_with(whole: Evaluation, known: Knowledge, asked: Asked) -> Evaluation:
    """Return the same of more records, where what was found holds beside what is new."""
    return Evaluation(asked, whole.world, outcome(asked, known, whole.outcome))


def asked_with(whole: Evaluation, more: Sequence[Record], told: Told) -> Asked:
    """Return the call with more records."""
    before = whole.asked
    records = (*before.records, *more)
    vouching = Vouching(records, told.seals, whole.world.keys, before.known_at)
    return evolve(
        before, records=records, heads=told.heads, mark=told.mark, ahead=told.ahead, vouched=vouching
    )
