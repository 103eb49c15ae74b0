"""What the records add up to on a given day, and why: a pure function.

What stands here is the face of the assessment: whoever writes reports asks it, the typed
rows of `result.entries` and the closed lists of `codes`, and nothing behind them.
"""

from ceasefire.assessment.knowledge.seals import Sealed
from ceasefire.assessment.lifecycle.agreements import AgreementLife
from ceasefire.assessment.lifecycle.effects import Effect
from ceasefire.assessment.result.assessment import Assessment, assess
from ceasefire.assessment.result.changes import Change
from ceasefire.assessment.result.key_figures import KeyFigure
from ceasefire.assessment.result.reasons import Reason

__all__ = ["AgreementLife", "Assessment", "Change", "Effect", "KeyFigure", "Reason", "Sealed", "assess"]
