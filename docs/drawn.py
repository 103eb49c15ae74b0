"""Tables and diagrams drawn from the code's own tables, with the plain words of `words.toml` beside them.

A code without words, or words for a code that no longer exists, is refused: a new
rule cannot land without a sentence that says what it means.
"""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import attrs

import ceasefire
from ceasefire.assessment.codes import PROBLEMS, REASONS
from ceasefire.assessment.determination import positions, rules
from ceasefire.assessment.lifecycle import phases, precedence
from ceasefire.assessment.obligations import compliance, incidents
from ceasefire.assessment.result import due, falling_due, key_figures
from ceasefire.assessment.result.reasons import EFFECTS
from ceasefire.assessment.scope import bound, scope, timing
from ceasefire.instruments import terms
from ceasefire.instruments.catalogue import acts_file
from ceasefire.instruments.files import duties
from ceasefire.record import KINDS, Claim, Evidence, Place, Record, Toll, choices, kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: Where a docstring names the page of the rules that it implements.
_SOURCE: Final = re.compile(r" \((?:from )?docs/[^)]*\)")
#: The commitments of one diagram: duties whose tables are equal.
_DIAGRAMS: Final = {
    "achieve": ("achieve",),
    "lasting": ("maintain", "refrain", "recur"),
    "permit": ("permit",),
}


@cache
def _all_words() -> dict[str, Any]:
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)


def words(section: str) -> dict[str, str]:
    """Return the plain words of one section of `words.toml`."""
    found: dict[str, str] = _all_words()[section]
    return found


def worded(codes: Iterable[str], section: str) -> list[tuple[str, str]]:
    """Return codes with their words, refusing codes without and words too many."""
    codes, known = list(codes), words(section)
    if set(codes) != set(known):
        lacking, idle = sorted(set(codes) - set(known)), sorted(set(known) - set(codes))
        raise ValueError(f"words.toml, [{section}]: no words for {lacking}, words for nothing: {idle}")
    return [(code, known[code]) for code in codes]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(*names: str) -> str:
    """Return names as code, with commas between them."""
    return ", ".join(f"`{name}`" for name in names)


def meanings(codes: Iterable[str], section: str, head: str = "word", sense: str = "meaning") -> str:
    """Return a table of codes and what they mean."""
    return table((head, sense), [(code(name), said) for name, said in worded(codes, section)])


# ---------------------------------------------------------------- states


def _diagram(steps: Iterable[tuple[str, str, str]], initial: str, final: frozenset[str]) -> str:
    """Return a state diagram; several triggers between two states are one arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for state, trigger, to in steps:
        arrows.setdefault((state, to), []).append(trigger.replace("_", " "))
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {initial}"]
    lines += [f"    {state} --> {to}: {' / '.join(named)}" for (state, to), named in arrows.items()]
    ends = dict.fromkeys(to for _, to in arrows if to in final)
    return "\n".join([*lines, *(f"    {state} --> [*]" for state in ends), "```"])


def agreement_diagram() -> str:
    """Return the life of an agreement as a diagram."""
    steps = [(state, trigger, to) for (state, trigger), to in phases.AGREEMENT_STEPS.items()]
    return _diagram(steps, "not_in_force", phases.AGREEMENT_FINAL)


def commitment_diagram(which: str) -> str:
    """Return the life of a commitment as a diagram, for the duties that have the same one."""
    tables = [phases.COMMITMENT_STEPS[duty] for duty in _DIAGRAMS[which]]
    if any(other != tables[0] for other in tables):
        raise ValueError(f"the duties {_DIAGRAMS[which]} differ: draw them apart")
    return _diagram([(s, t, to) for (s, t), to in tables[0].items()], "pending", phases.COMMITMENT_FINAL)


def _steps(rows: Iterable[phases.Step], section: str) -> str:
    rows = list(rows)
    known = dict(worded(dict.fromkeys(row.trigger for row in rows), section))
    every = {d for duty in _DIAGRAMS.values() for d in duty} == set(phases.DUTIES)
    if not every:
        raise ValueError("a duty has no diagram")
    shown = [
        (code(*row.states), f"{code(row.trigger)}: {known[row.trigger]}", code(row.to))
        + ((code(*row.duties) if row.duties else "any",) if section == "commitment_trigger" else ())
        for row in rows
    ]
    head = ("from", "what happens", "to")
    return table((*head, "of a") if section == "commitment_trigger" else head, shown)


def agreement_steps() -> str:
    """Return the life of an agreement as a table."""
    return _steps(phases.AGREEMENT, "agreement_trigger")


def commitment_steps() -> str:
    """Return the life of a commitment as a table."""
    return _steps(phases.COMMITMENT, "commitment_trigger")


def order_at_one_instant() -> str:
    """Return the order of what happens at one instant."""
    known = words("agreement_trigger") | words("commitment_trigger") | words("order_only")
    places: dict[int, list[str]] = {}
    for trigger, place in precedence.AT_ONE_INSTANT.items():
        places.setdefault(place, []).append(trigger)
    rows = [(code(*triggers), "; or: ".join(known[t] for t in triggers)) for triggers in places.values()]
    return table(("", "what happens", "that is"), [(str(n), *row) for n, row in enumerate(rows, 1)])


def duty_fields() -> str:
    """Return which fields of a commitment go with which duty."""
    known, fitting = get_args(terms.Duty), duties._FIELDS  # noqa: SLF001 - the one place where it stands
    rows = [(code(name), *("✓" if duty in of else "" for duty in known)) for name, (of, _) in fitting.items()]
    return table(("field", *(code(duty) for duty in known)), rows)


# ---------------------------------------------------------------- codes


def scope_codes(value: str) -> str:
    """Return every code with which an act is inside, unclear or outside, read from the source."""
    wanted = {"inside": "YES", "unclear": "MAYBE", "outside": "NO"}[value]
    found: dict[str, None] = {}
    for module in (scope, bound, timing, incidents):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Scope":
                first, second = node.args
                if getattr(first, "id", "") == wanted:
                    found |= dict.fromkeys(part.value for part in ast.walk(second) if _is_code(part))
    ordered = [name for name in REASONS if name in found]
    return table(("code", "why"), [(code(name), REASONS[name]) for name in ordered])


def acts() -> str:
    """Return the list of acts that every agreement has."""
    with acts_file().open("rb") as file:
        known = tomllib.load(file)["act"]
    schemes = {"acled": "", "acled-part": ", among others"}
    rows = [
        (
            code(act["id"]),
            act["description"],
            ", ".join(act.get("aliases", ())),
            ", ".join(f"{act['codes'][s]}{said}" for s, said in schemes.items() if s in act.get("codes", {})),
        )
        for act in known
    ]
    return table(("act", "meaning", "also called", "in ACLED"), rows)


def _is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in REASONS


def reason_codes(*chosen: str) -> str:
    """Return every code of a reason with its sentence, or only those named."""
    return table(("code", "why"), [(code(name), REASONS[name]) for name in chosen or REASONS])


def problem_codes() -> str:
    """Return every code of a problem with its sentence."""
    return table(("code", "what"), [(code(name), said) for name, said in PROBLEMS.items()])


def effects() -> str:
    """Return every effect a reason may have."""
    triggers = {t for steps in phases.COMMITMENT_STEPS.values() for _, t in steps}
    known = {name: said for name, said in EFFECTS.items() if name in triggers or not _of_agreement(name)}
    return table(("effect", "meaning"), [(code(name), said) for name, said in known.items()])


def _of_agreement(trigger: str) -> bool:
    return any(trigger == t for _, t in phases.AGREEMENT_STEPS)


def literal(name: str) -> str:
    """Return the words of a closed list of records or agreements, with their meaning."""
    of = getattr(choices, name, None) or getattr(terms, name)
    return meanings(get_args(of), name)


# ---------------------------------------------------------------- fields and names


def _forms(cls: type[Any], names: Iterable[str]) -> dict[str, str]:
    by_name = {a.name: a.converter for a in attrs.fields(cls)}
    return {name: _form(by_name[name]) for name in names}


def _form(converter: Any) -> str:
    """Return how a field is written, by the converter that reads it."""
    if converter.__module__ == choices.__name__:
        return "a word"
    if converter.__name__ not in words("written"):
        raise ValueError(f"words.toml, [written]: no words for {converter.__name__!r}")
    return words("written")[converter.__name__]


def kind_fields(kind: str) -> str:
    """Return the own fields of a kind of record."""
    cls = KINDS[kind]
    shared = {a.name for a in attrs.fields(Claim if issubclass(cls, Claim) else Record)}
    forms = _forms(cls, (name for name in kinds.field_names(cls) if name not in shared))
    needed = {several[0] if len(several) == 1 else several for several in cls.required}
    one_of = {name for several in needed if isinstance(several, tuple) for name in several}
    marks = {name: "yes" if name in needed else "one of these" if name in one_of else "" for name in forms}
    rows = [(code(n), forms[n], marks[n], said) for n, said in worded(forms, f"{kind}_field")]
    return table(("field", "written as", "needed", "meaning"), rows)


def envelope_fields() -> str:
    """Return the fields that every record has."""
    names = [name for name in kinds.field_names(Claim) if name != "kind"]
    rows = [(code(n), _forms(Claim, [n])[n], said) for n, said in worded(names, "envelope_field")]
    return table(("field", "written as", "meaning"), rows)


def part_fields(name: str) -> str:
    """Return the fields of a place, an estimate or a piece of evidence."""
    cls = {"place": Place, "estimate": Toll, "evidence": Evidence}[name]
    forms = _forms(cls, (a.name for a in attrs.fields(cls)))
    return table(
        ("field", "written as", "meaning"),
        [(code(n), forms[n], said) for n, said in worded(forms, f"{name}_field")],
    )


def names(which: str) -> str:
    """Return the public names of one sort, each with the first sentence of its docstring."""
    chosen = [n for n in ceasefire.__all__ if _sort(getattr(ceasefire, n)) == which]
    shown = {
        n: f"cf.{n}({', '.join(_arguments(getattr(ceasefire, n)))})" if which == "function" else n
        for n in chosen
    }
    return table(("name", "what it is"), [(code(shown[n]), _first(getattr(ceasefire, n))) for n in chosen])


def members(name: str) -> str:
    """Return what a script may ask of an object of one public class, each with its first sentence."""
    cls = getattr(ceasefire, name)
    # What its own room adds to it is asked for all the same; what is found below is the library's own.
    room = cls.__module__.rpartition(".")[0]
    held = [vars(one) for one in reversed(cls.__mro__) if one.__module__.startswith(room)]
    public = {n: v for one in held for n, v in one.items() if not n.startswith("_") and _asked_for(v)}
    return table(("", "what it is"), [(code(_called(n, v)), _first(v)) for n, v in sorted(public.items())])


def _asked_for(value: Any) -> bool:
    return inspect.isfunction(value) or isinstance(value, property | classmethod | cached_property)


def _called(name: str, value: Any) -> str:
    """Return a name as it is written in a script: with its arguments, if it is called."""
    if isinstance(value, property | cached_property):
        return f".{name}"
    return f".{name}({', '.join(_arguments(getattr(value, '__func__', value))[1:])})"


def _arguments(function: Callable[..., Any]) -> list[str]:
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    given = inspect.signature(function).parameters.values()
    return [f"{stars.get(p.kind, '')}{p.name}{'=…' * (p.default is not p.empty)}" for p in given]


def _sort(value: Any) -> str:
    if not inspect.isclass(value):
        return "function"
    if issubclass(value, Exception) or value is ceasefire.Mistake:
        return "error"
    layer = value.__module__.split(".")[1]
    return layer if layer in ("agreement", "record") else "other"


def _first(value: Any) -> str:
    """Return the first paragraph of a docstring, without what it says to developers."""
    said = " ".join((inspect.getdoc(value) or "").split("\n\n")[0].split())
    return _SOURCE.sub("", said)


def due_kinds() -> str:
    """Return what may be due."""
    return table(("kind", "what is due"), [(code(name), said) for name, said in falling_due.KINDS.items()])


def due_states() -> str:
    """Return how it may stand."""
    return table(("state", "meaning"), [(code(name), said) for name, said in due.STATES.items()])


def figures() -> str:
    """Return the key figures, part by part."""
    return table(
        ("figure", "part", "what it numbers"),
        [
            (code(figure), code(part), said)
            for figure, parts in key_figures.PARTS.items()
            for part, said in parts.items()
        ],
    )


PARTS: Final[dict[str, Callable[..., str]]] = {
    "agreement-diagram": agreement_diagram,
    "agreement-steps": agreement_steps,
    "commitment-diagram": commitment_diagram,
    "commitment-steps": commitment_steps,
    "order-at-one-instant": order_at_one_instant,
    "duty-fields": duty_fields,
    "determinations": lambda: meanings(
        rules.DETERMINATIONS, "determination", "the first that applies", "when"
    ),
    "rules": lambda: meanings((*terms.RULES, "member:…"), "rule", "rule", "a question is decided as X when"),
    "questions": lambda: meanings(positions.QUESTIONS, "question", "question", "asks"),
    "compliance": lambda: meanings(compliance.COMPLIANCE, "compliance", "the first that applies", "when"),
    "acts": acts,
    "scope-codes": scope_codes,
    "reason-codes": reason_codes,
    "problem-codes": problem_codes,
    "effects": effects,
    "words": literal,
    "kind-fields": kind_fields,
    "envelope-fields": envelope_fields,
    "part-fields": part_fields,
    "names": names,
    "members": members,
    "due-kinds": due_kinds,
    "due-states": due_states,
    "key-figures": figures,
}
