"""What the records add up to on a given day, and why: a pure function.

What stands here is the face of the assessment: whoever writes reports asks it, the typed
rows of `result.entries` and the closed lists of `codes`, and nothing behind them.
"""

from typing import TYPE_CHECKING

from ceasefire.lazy_names import found_when_asked

if TYPE_CHECKING:
    from ceasefire.assessment.knowledge.seals import Sealed
    from ceasefire.assessment.lifecycle.agreements import AgreementLife
    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.assessment.result.assessment import Assessment, assess
    from ceasefire.assessment.result.changes import Change
    from ceasefire.assessment.result.key_figures import KeyFigure
    from ceasefire.assessment.result.reasons import Reason, reason_entries
else:  # type checkers, which see the names above, refuse whatever is none of them
    __getattr__, __dir__ = found_when_asked(
        __name__,
        {
            "ceasefire.assessment.knowledge.seals": "Sealed",
            "ceasefire.assessment.lifecycle.agreements": "AgreementLife",
            "ceasefire.assessment.lifecycle.effects": "Effect",
            "ceasefire.assessment.result.assessment": "Assessment assess",
            "ceasefire.assessment.result.changes": "Change",
            "ceasefire.assessment.result.key_figures": "KeyFigure",
            "ceasefire.assessment.result.reasons": "Reason reason_entries",
        },
    )

__all__ = [
    "AgreementLife",
    "Assessment",
    "Change",
    "Effect",
    "KeyFigure",
    "Reason",
    "Sealed",
    "assess",
    "reason_entries",
]
