"""What would go round in a circle: places in places, members of members, conditions on conditions."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from ceasefire.instruments.together import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.errors import Mistake
    from ceasefire.instruments.files.definitions import Definition, Definitions

#: Circles told of one kind; whoever has more begins with these.
_MOST: Final = 20
#: From an id to those it leads to, each with the field that says so and the table where it stands.
_Graph = dict[str, dict[str, tuple[str, "Definition"]]]


def check_circles(known: Definitions) -> Iterator[Mistake]:
    """Yield a mistake for each circle among zones, members, conditions and duties of influence."""
    for graph in (_zones(known), _members(known), *_commitments(known)):
        yield from _circles(graph)


def _zones(known: Definitions) -> _Graph:
    # `a within b` and `b covers a` say the same; so both kinds of circle, and mixed ones, are one graph.
    graph: _Graph = {}
    for name, (document, entry) in known.named["zone"].items():
        if entry.value.within is not None:
            graph.setdefault(name, {}).setdefault(entry.value.within, ("within", (document, entry)))
        for inner in entry.value.covers:
            graph.setdefault(inner, {}).setdefault(name, ("covers", (document, entry)))
    return graph


def _members(known: Definitions) -> _Graph:
    return {
        name: {term.group: ("member_of", (document, entry)) for term in entry.value.member_of}
        for name, (document, entry) in known.named["party"].items()
    }


def _commitments(known: Definitions) -> tuple[_Graph, _Graph]:
    when: _Graph = {}
    ensures: _Graph = {}
    for definition in known.commitments.values():
        commitment = definition[1].value
        for name, other in references(commitment):
            if name.startswith("when"):
                when.setdefault(commitment.name, {})[other] = (name, definition)
            elif name == "ensures":
                ensures.setdefault(commitment.name, {})[other] = (name, definition)
    return when, ensures


def _circles(graph: _Graph) -> Iterator[Mistake]:
    for _ in range(_MOST):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            # graphlib returns the circle against the direction of the edges, its first node also last.
            circle: list[str] = list(reversed(error.args[1]))
            start = min(range(len(circle) - 1), key=circle.__getitem__)
            circle = [*circle[start:-1], *circle[: start + 1]]
            name, (document, entry) = graph[circle[0]].pop(circle[1])
            shown = " → ".join(circle if len(circle) < 12 else [*circle[:6], "…", *circle[-5:]])  # noqa: PLR2004
            yield document.mistake(
                (*entry.place, *name.split(".")),
                f"{name} runs in a circle: {shown}",
                "take out one of these links",
            )
        else:
            return
