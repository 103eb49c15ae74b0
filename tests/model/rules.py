"""The five rules by which a mechanism decides."""

from collections.abc import Callable


def settled(
    rule: str, members: list[str], says: Callable[[str], bool], differs: Callable[[str], bool]
) -> bool:
    """Whether X is decided: who says X, and (for any and as-reported) who says what stands against it."""
    if rule == "consensus":
        return bool(members) and all(says(m) for m in members)
    if rule == "majority":
        return 2 * sum(says(m) for m in members) > len(members)
    if rule.startswith("member:"):
        return says(rule.removeprefix("member:"))
    return any(says(m) for m in members) and not any(differs(m) for m in members)


def decided_value(rule: str, members: list[str], answers: dict) -> object:
    """The one answer that is decided, or None: two different answers decide nothing under consensus and any."""
    for value in {v for v in answers.values() if v is not None}:
        if settled(
            rule,
            members,
            lambda m, value=value: answers.get(m) == value,
            lambda m, value=value: answers.get(m) not in {None, value},
        ):
            return value
    return None


def decided_outcome(rule: str, members: list[str], answers: dict) -> str | None:
    """confirmed, refuted or inconclusive; under `any` never inconclusive, and only the opposite stands against it."""
    opposite = {"confirmed": "refuted", "refuted": "confirmed"}
    for value in ("confirmed", "refuted", "inconclusive"):
        if rule == "any" and value == "inconclusive":
            continue
        against = {opposite.get(value)} if rule == "any" else {*opposite, "inconclusive"} - {value}
        if settled(
            rule,
            members,
            lambda m, value=value: answers.get(m) == value,
            lambda m, against=against: answers.get(m) in against,
        ):
            return value
    return None


def both_stand(members: list[str], answers: dict) -> bool:
    said = {answers.get(m) for m in members}
    return {"confirmed", "refuted"} <= said
