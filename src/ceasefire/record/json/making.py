"""Frozen records of values that are known to be in order, made without the `__init__` of their class.

That one calls a converter for each field, and puts each value past the class, which is frozen. Here a
function is compiled for each set of fields, as attrs compiles one for each class: it fills an object of the
same layout whose fields can be put in, which then becomes one of the class.

Who calls it has converted the values; tests/record/test_plain.py holds that what is made equals what
`__init__` makes, field by field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def unfrozen(cls: type) -> type:
    """Return a class whose objects are laid out as those of a frozen one, and can become of that class.

    Raises `TypeError` of a class without slots of its own.
    """
    here = {
        "__slots__": cls.__dict__["__slots__"],
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,  # else the interpreter looks up both each time
    }
    made = type(f"Unfrozen{cls.__name__}", cls.__bases__, here)
    probe: Any = object.__new__(made)
    probe.__class__ = cls  # where the layouts differ this tells at once
    return made


def maker(
    cls: type,
    fields: Sequence[tuple[str | None, Callable[[Any], Any] | None]],
    defaults: Mapping[str, Any],
    more: Sequence[str],
) -> Callable[..., Any]:
    """Return a function that makes an object of a frozen class.

    It takes the values of `fields` in their order, each of which is read as it says there (None: kept as it
    is; a value without a field is passed over), and then those of the fields `more` one by one, kept as they
    are; the defaults are put into all others. The function raises what reading a value raises.
    """
    names: dict[str, Any] = {}
    lines = ["".join(f"_{place}, " for place in range(len(fields))) + "= _values"]
    for place, (name, read) in enumerate(fields):
        if name is None:
            continue
        names[f"_read_{place}"] = read
        value = f"_{place}" if read is None else f"_read_{place}(_{place})"
        lines.append(f"_made.{name} = {value}")
    for place, (name, default) in enumerate(defaults.items()):
        names[f"_default_{place}"] = default
        lines.append(f"_made.{name} = _default_{place}")
    return _compiled(cls, lines, more, names)


def copier(cls: type, staying: Sequence[str], more: Sequence[str]) -> Callable[..., Any]:
    """Return a function that makes an object of a frozen class like another one.

    It takes that one, of which the fields `staying` are kept, and then the values of the fields `more` one by
    one; there are no other fields.
    """
    return _compiled(cls, [f"_made.{name} = _values.{name}" for name in staying], more, {})


def _compiled(cls: type, lines: list[str], more: Sequence[str], names: dict[str, Any]) -> Callable[..., Any]:
    names |= {"_cls": cls, "_new": object.__new__, "_unfrozen": unfrozen(cls)}
    lines = ["_made = _new(_unfrozen)", *lines, *(f"_made.{name} = {name}" for name in more)]
    lines += ["_made.__class__ = _cls", "return _made"]
    source = f"def make({', '.join(['_values', *more])}):\n    " + "\n    ".join(lines)
    exec(source, names)  # noqa: S102 - the names are those of fields of our own classes
    made: Callable[..., Any] = names["make"]
    return made
