"""The rules of the house, held by reading the source: they are what keeps the code worth living in."""

import ast
import re
import subprocess
import sys
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import click
import pytest

from ceasefire.cli import main as command_line

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "ceasefire"
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}

#: Modules that import another of this package within a function, and why: with an extra; where there are
#: mistakes to tell, of a table or a call; where one way of reading an assessment alone needs it.
WHEN_USED = {
    "src/ceasefire/reporting/status.py",
    "src/ceasefire/cli.py",
    "src/ceasefire/assessment/result/assessment.py",
    "src/ceasefire/instruments/files/table.py",
}
#: What every layer may import: each knows nothing of this library.
GROUND = {"lazy_names", "packaged", "patterns", "values"}

#: What each layer may import, itself apart (design: imports point one way).
MAY_IMPORT = {
    "errors": set(),
    "clock": {"errors"},
    "collecting": set(),
    "lazy_names": set(),
    "packaged": set(),
    "patterns": set(),
    "values": set(),
    "columnar": {"errors", "clock"},
    "visible": set(),
    "spreadsheet": {"errors", "visible"},
    "data_sets": set(),
    "times_in_words": {"clock"},
    "instruments": {"errors", "clock", "visible"},
    "record": {"errors", "clock", "collecting", "instruments"},
    "journal": {"errors", "clock", "collecting", "instruments", "record"},
    "assessment": {
        "errors",
        "clock",
        "collecting",
        "columnar",
        "visible",
        "times_in_words",
        "instruments",
        "record",
    },
    "reporting": {
        "errors",
        "spreadsheet",
        "data_sets",
        "clock",
        "collecting",
        "columnar",
        "visible",
        "times_in_words",
        "instruments",
        "record",
        "assessment",
    },
    "exchange": {
        "errors",
        "clock",
        "visible",
        "spreadsheet",
        "data_sets",
        "instruments",
        "record",
        "assessment",
        "journal",
    },
    "analytics": {"errors", "reporting"},
    "testing": {"errors", "clock", "instruments", "record", "assessment", "journal"},
    "commands": {
        "errors",
        "clock",
        "visible",
        "times_in_words",
        "instruments",
        "record",
        "journal",
        "assessment",
        "reporting",
        "exchange",
    },
    "cli": {"errors", "commands"},
    "__main__": {"cli"},
    "__init__": {
        "errors",
        "clock",
        "instruments",
        "record",
        "journal",
        "assessment",
        "reporting",
        "exchange",
    },
}
#: The rooms of a layer from the ground up: each may import those before it, never one after it.
ROOMS = {
    "instruments": [
        "toml_lines",
        "toml_slips",
        "values",
        "languages",
        "public_keys",
        "view",
        "terms",
        "oversight",
        "keys",
        "together",
        "names",
        "act_names",
        "catalogue",
        "outlines",
        "files",
        "text",
    ],
    "journal": ["chain", "stores", "history", "writing", "sharing", "checked", "journal"],
    "assessment": [
        "codes",
        "world",
        "knowledge",
        "determination",
        "lifecycle",
        "scope",
        "obligations",
        "outcome",
        "evaluate",
        "incremental",
        "result",
    ],
    "reporting": [
        "figures",
        "document",
        "reading",
        "words",
        "material",
        "telling",
        "formats",
        "sections",
        "annexes",
        "building",
        "sheets",
        "exports",
        "output",
        "status",
    ],
}
#: Who may read the clock: a journal when it writes, and the command line.
AT_THE_EDGE = {"clock", "journal", "commands", "cli"}
CLOCK_READINGS = {
    "now",
    "today",
    "utcnow",
    "time",
    "time_ns",
    "localtime",
    "gmtime",
    "yesterday",
    "tomorrow",
}
CALENDARS = {"datetime", "date", "pendulum", "DateTime", "Date", "time", "dt"}
NAMES_OF_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "base",
    "models",
    "common",
    "misc",
}


def layer(path):
    """Return the layer a module belongs to: its folder under the package, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    """Yield (module, names, line) of every import in a module, those for types only included."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, (), node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", tuple(alias.name for alias in node.names), node.lineno


def place(path, line):
    """Return `file:line` as a message names it."""
    return f"{path.relative_to(ROOT)}:{line}"


def layers_imported(module, names):
    """Return the layers of this package that one import reaches."""
    head, _, rest = module.partition(".")
    if head != "ceasefire":
        return set()
    return {rest.split(".")[0]} if rest else set(names)


def test_the_layers_are_those_of_the_design():
    """Every module belongs to a layer whose imports are ruled."""
    assert {layer(path) for path in MODULES} <= set(MAY_IMPORT)


def test_imports_point_one_way():
    """No layer imports one above it or beside it, not even for its types."""
    wrong = [
        f"{place(path, line)}: {layer(path)} imports {reached}"
        for path in MODULES
        for module, names, line in imported(path)
        for reached in sorted(layers_imported(module, names))
        if reached not in MAY_IMPORT[layer(path)] | {layer(path)} | GROUND
    ]
    assert not wrong, "\n".join(wrong)


def room(path):
    """Return the room of a layer in which a module stands: a folder, or a module by itself."""
    return path.relative_to(PACKAGE).parts[1].removesuffix(".py")


def modules_imported(path):
    """Yield the module behind each name that a module imports from this package, with its line."""
    for module, names, line in imported(path):
        if module.split(".")[0] == "ceasefire":
            for name in names or ("",):
                whole = f"{module}.{name}".rstrip(".")
                there = PACKAGE.joinpath(*whole.split(".")[1:])
                is_module = there.with_suffix(".py").exists() or (there / "__init__.py").exists()
                yield (whole if is_module else module), line


#: What of the assessment reports may ask.
FACE = {"ceasefire.assessment", "ceasefire.assessment.codes", "ceasefire.assessment.result.entries"}


def test_reports_ask_the_face_of_the_assessment():
    """What lies behind it may be built otherwise, and no report says another word."""
    wrong = [
        f"{place(path, line)}: imports {module}"
        for path in MODULES
        if layer(path) == "reporting"
        for module, line in modules_imported(path)
        if module.startswith("ceasefire.assessment") and module not in FACE
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("layer_name", ROOMS)
def test_within_a_layer_too_imports_point_one_way(layer_name):
    """A room asks those below it, not even for its types one above it."""
    rooms = ROOMS[layer_name]
    inside = [
        path for path in MODULES if layer(path) == layer_name and path != PACKAGE / layer_name / "__init__.py"
    ]
    assert {room(path) for path in inside} == set(rooms), (
        "rooms that the list does not know, or no longer there"
    )
    wrong = [
        f"{place(path, line)}: {room(path)} imports {module}"
        for path in inside
        for module, line in modules_imported(path)
        if module.startswith(f"ceasefire.{layer_name}.")
        and rooms.index(module.split(".")[2]) > rooms.index(room(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_modules_import_each_other_in_a_circle():
    """Not even for their types: what is read in a circle has no beginning."""
    names = {
        path: ".".join(("ceasefire", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for path in MODULES
    }
    graph = {
        names[path]: {module for module, _ in modules_imported(path)} - {"ceasefire", names[path]}
        for path in MODULES
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_imports_stand_at_the_top():
    """An import within a function hides what a module rests on: the modules that have one are listed."""
    wrong = [
        place(path, node.lineno)
        for path, tree in TREES.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("ceasefire")
        and place(path, 0).split(":")[0] not in WHEN_USED
    ]
    assert not wrong, "\n".join(wrong)


def test_a_folder_says_what_it_is_for():
    """The first thing read of a room of the assessment: one page, which names the rules it carries out."""
    folders = [
        path
        for path in MODULES
        if path.name == "__init__.py" and path.parent.parent == PACKAGE / "assessment"
    ]
    wrong = [
        path.parent.name
        for path in folders
        if "docs/rules/" not in (ast.get_docstring(TREES[path]) or "") and path.parent.name != "incremental"
    ]
    assert not wrong


def test_a_folder_is_seen_at_a_glance():
    """A folder with more than sixteen modules has two subjects."""
    counts = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    wrong = [f"{folder.relative_to(ROOT)}: {number}" for folder, number in counts.items() if number > 16]
    assert not wrong, "\n".join(wrong)


def headings(page):
    """Return the headings of a page of the docs."""
    return re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_docs_cited_ship_with_the_project(path):
    """A docstring that cites a page cites one that is there, and a heading on it: no § of what nobody has."""
    text = path.read_text(encoding="utf-8")
    assert "§" not in text
    assert not re.search(r"docs/rules/\w+\.md, [A-Z](?![A-Z])", text), (
        "a heading stands in quotes, and is looked up here"
    )
    for cited, heading in re.findall(r'(docs/[\w/-]+\.md)(?:,\s+"([^"]+)")?', text):
        assert (ROOT / cited).exists(), cited
        assert not heading or " ".join(heading.split()) in headings(ROOT / cited), f"{cited}: {heading}"


def test_imports_are_absolute():
    """A relative import would hide from the rule on directions."""
    wrong = [
        place(path, node.lineno)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not wrong, "\n".join(wrong)


def test_a_module_has_one_subject():
    """A module past 400 lines has two subjects."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    wrong = [f"{path.relative_to(ROOT)}: {n} lines" for path, n in lengths.items() if n > 400]
    assert not wrong, "\n".join(wrong)


def lines_of(function):
    """Return how many lines a function has, its docstring aside."""
    doc = function.body[0] if ast.get_docstring(function) else None
    return function.end_lineno - function.lineno + 1 - (doc.end_lineno - doc.lineno + 1 if doc else 0)


#: The page to read first: the steps of an assessment, in their order, and what each leaves.
LONGER = {"src/ceasefire/assessment/evaluate.py": 50}


def test_a_function_is_read_in_one_look():
    """No function has more than 40 lines, its docstring aside."""
    wrong = [
        f"{place(path, node.lineno)}: {node.name} has {lines_of(node)} lines"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and lines_of(node) > LONGER.get(str(path.relative_to(ROOT)), 40)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_module_is_named_for_its_subject():
    """A name that would fit any module names none."""
    wrong = [str(path.relative_to(ROOT)) for path in MODULES if path.stem.strip("_") in NAMES_OF_NOTHING]
    assert not wrong, "\n".join(wrong)


def test_only_clock_imports_pendulum():
    """There is one door to pendulum, as its traps are many."""
    wrong = [
        place(path, line)
        for path in MODULES
        for module, _, line in imported(path)
        if module.split(".")[0] == "pendulum" and layer(path) != "clock"
    ]
    assert not wrong, "\n".join(wrong)


def reads_the_clock(node):
    """Tell whether an expression reads a clock of the standard library or of pendulum."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in CLOCK_READINGS
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr) in CALENDARS
    )


def test_only_clock_reads_the_clock():
    """An answer that depends on the time of day cannot be made again."""
    wrong = [
        place(path, node.lineno)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if reads_the_clock(node) and layer(path) != "clock"
    ]
    wrong += [
        place(path, line)
        for path in MODULES
        for module, names, line in imported(path)
        if module == "time" and CLOCK_READINGS & set(names)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_test_for_clock_reading_sees_one():
    """The rule above is no rule if `clock.now` itself passes it."""
    assert any(reads_the_clock(node) for node in ast.walk(TREES[PACKAGE / "clock.py"]))


def test_only_the_edges_ask_for_now():
    """`clock.now` is for journals that write and for the command line."""
    wrong = [
        place(path, line)
        for path in MODULES
        for module, names, line in imported(path)
        if module == "ceasefire.clock" and "now" in names and layer(path) not in AT_THE_EDGE
    ]
    wrong += [
        place(path, node.lineno)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "now" and layer(path) not in AT_THE_EDGE
    ]
    assert not wrong, "\n".join(wrong)


def public_names(tree):
    """Return the list that a module's `__all__` holds, or None."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            getattr(target, "id", None) == "__all__" for target in node.targets
        ):
            return ast.literal_eval(node.value)
    return None


def sorted_as_ruff_does(names):
    """Return names in the order SCREAMING, Capitalised, lower case, each alphabetically."""
    return sorted(names, key=lambda n: (0 if n.isupper() else 1 if n[0].isupper() else 2, n))


INITS = [path for path in MODULES if path.name == "__init__.py"]


#: Packages that import all their names at once: users have them with an extra alone, or names are those
#: of their modules, too.
AT_ONCE = {"testing", "figures"}


@pytest.mark.parametrize("path", INITS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_package_offers_explicit_sorted_names_and_holds_nothing_else(path):
    """An `__init__` is a docstring, and an `__all__` of all that it has: for type checkers as imports,
    for programs as a list of names and modules, which says the same (`lazy_names`).
    """
    body = TREES[path].body[1:]
    offered = public_names(TREES[path]) or []
    if not offered or path.parent.name in AT_ONCE:
        brought = [alias.name for node in body[:-1] for alias in node.names]
        assert all(isinstance(node, ast.ImportFrom) for node in body[:-1])
    else:
        checking, finder, (told, made), _ = body[0], body[1], (body[2].body, body[2].orelse), body[3]
        assert [checking.module, finder.module] == ["typing", "ceasefire.lazy_names"]
        assert [ast.unparse(body[2].test), len(made), len(body)] == ["TYPE_CHECKING", 1, 4]
        homes = {node.module: " ".join(alias.name for alias in node.names) for node in told}
        assert ast.literal_eval(made[0].value.args[1]) == homes
        brought = [name for names in homes.values() for name in names.split()]
        modules = {module.stem for module in path.parent.glob("*")}
        assert not modules & {*brought}, "once it is imported, a module stands where its namesake did"
    assert offered == sorted_as_ruff_does(offered)
    assert sorted(offered) == sorted(brought)


def test_nothing_is_compiled_on_import():
    """A pattern is compiled when it is first used: what a script does not use costs it nothing."""
    wrong = [
        place(path, node.lineno)
        for path, tree in TREES.items()
        for statement in tree.body
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"
    ]
    assert not wrong, "\n".join(wrong)


def test_the_package_offers_every_error():
    """A script can catch by name whatever the library raises."""
    classes = {n.name for n in TREES[PACKAGE / "errors.py"].body if isinstance(n, ast.ClassDef)}
    assert classes <= set(public_names(TREES[PACKAGE / "__init__.py"]))


IMPORT_ALL = """
import sys, attrs, cattrs, click, pendulum, tzdata, sqlite3, json, tomllib, importlib.resources, hypothesis

touched = []
def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.", "sqlite3.", "os.system", "os.remove", "os.mkdir")):
        touched.append(event)
    elif event == "open" and isinstance(arguments[0], (str, bytes)):
        name = arguments[0] if isinstance(arguments[0], str) else arguments[0].decode()
        if not name.endswith((".py", ".pyc", ".so", ".pyd")):
            touched.append(name)
sys.addaudithook(watch)

import pkgutil
import ceasefire
early = {"jinja2", "cryptography", "psycopg", "arro3", "ibis", "pyarrow", "hypothesis"} & set(sys.modules) - {"hypothesis"}
assert not early, f"import ceasefire brings in {sorted(early)}"
for module in pkgutil.walk_packages(ceasefire.__path__, "ceasefire."):
    __import__(module.name)
assert not touched, touched
print("nothing touched")
"""


def test_importing_touches_nothing():
    """Importing every module opens no file, no database, no socket, and needs no extra."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_ALL],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(PACKAGE.parent), "PATH": ""},
        timeout=120,
    )
    assert done.stdout == "nothing touched\n", done.stderr


def commands(group, name):
    """Yield every command with its full name."""
    context = click.Context(group)
    for word in group.list_commands(context):
        command, full = group.get_command(context, word), f"{name} {word}"
        if isinstance(command, click.Group):
            yield from commands(command, full)
        else:
            yield full, command


COMMANDS = dict(commands(command_line, "ceasefire"))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented(name):
    """docs/commands.md has a section for each command, which names each of its options."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `([^`]+)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert name in sections, f"no section ## `{name}`"
    options = [option for p in COMMANDS[name].params if isinstance(p, click.Option) for option in p.opts]
    missing = [option for option in options if f"`{option}" not in sections[name]]
    assert not missing, f"{name}: {missing}"


def test_no_command_is_documented_that_does_not_exist():
    """A section of docs/commands.md about a command is about one that there is."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## `(ceasefire [^`]+)`", text, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(path):
    """A module begins with its idea in plain words."""
    assert ast.get_docstring(TREES[path])


def test_no_line_is_left_out_of_the_measure_of_branches_without_a_reason():
    """`make coverage` counts every line; whoever excuses one says why on it, as pyproject.toml does for its patterns."""
    excused = re.compile(r"#\s*pragma:\s*no (?:cover|branch)(?P<why>.*)")
    for path in MODULES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found = excused.search(line)
            assert found is None or len(found["why"].strip(" -–:")) > 10, f"{path.name}:{number}: {line}"
