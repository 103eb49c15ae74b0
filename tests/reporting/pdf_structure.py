"""A strict reader of tagged PDF: what PDF/UA-1 (ISO 14289-1) asks of a file that a program can see.

It knows nothing of how our files are made. Each finding is a sentence; a file that
conforms gives none.
"""

import re

from pypdf.generic import ContentStream

#: The standard structure types (ISO 32000-1, 14.8.4) that other types must be mapped to.
STANDARD = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 "
    "L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot "
    "Ruby Warichu Figure Formula Form".split()
)
#: Operators that put something on a page (ISO 32000-1, table 51): each must lie in marked content.
PAINTING = frozenset((*b"f F f* S s B B* b b* Tj TJ ' \" Do sh".split(), b"INLINE IMAGE"))
#: What may stand in what; a type that is not named here may hold anything.
CHILDREN = {
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "Caption", "L"},
    "LI": {"Lbl", "LBody"},
}
PARENTS = {
    "Caption": {"Table", "L", "Figure"},
    "TR": {"Table", "THead", "TBody"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
}


class Structure:
    """The structure tree of a file: its elements in the order of reading, and what they hold."""

    def __init__(self, root):
        tree = root.get("/StructTreeRoot") or {}
        self.roles = {key[1:]: value[1:] for key, value in (tree.get("/RoleMap") or {}).items()}
        #: Elements as (type, parent's type, element), pieces of pages as (page, number), and annotations.
        self.elements, self.pieces, self.annotations = [], [], []
        self._walk(tree.get("/K"), "", None)

    def kind(self, element):
        """Return the standard type of an element."""
        name = str(element.get("/S", "/"))[1:]
        return self.roles.get(name, name)

    def _walk(self, node, parent, page):
        node = None if node is None else node.get_object()
        if isinstance(node, list):
            for one in node:
                self._walk(one, parent, page)
        elif isinstance(node, int):
            self.pieces.append((page, int(node)))
        elif node is not None and node.get("/Type") == "/OBJR":
            self.annotations.append((parent, node.raw_get("/Obj").idnum))
        elif node is not None and node.get("/Type") == "/MCR":
            self.pieces.append((node.raw_get("/Pg").idnum, int(node["/MCID"])))
        elif node is not None:
            here = node.raw_get("/Pg").idnum if "/Pg" in node else page
            self.elements.append((self.kind(node), parent, node))
            self._walk(node.get("/K"), self.kind(node), here)


def findings(reader):
    """Return what in a file does not conform, in sentences."""
    tree = Structure(reader.trailer["/Root"])
    return [
        *_catalogue(reader.trailer["/Root"]),
        *_types(tree),
        *_alternatives(tree),
        *_tables(tree),
        *_headings(tree),
        *_annotations(reader, tree),
        *_content(reader, tree),
        *_fonts(reader),
    ]


def _catalogue(root):
    metadata = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    wanted = {
        "the file is not marked as tagged": _true(root.get("/MarkInfo"), "/Marked"),
        "no structure tree": "/StructTreeRoot" in root,
        "no language": root.get("/Lang"),
        "the title is not displayed": _true(root.get("/ViewerPreferences"), "/DisplayDocTitle"),
        "no title in the metadata": re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+<", metadata, re.DOTALL),
        "not declared as PDF/UA-1": re.search(r"pdfuaid:part(>|=['\"])1\b", metadata),
        "no outline": root.get("/Outlines"),
    }
    return [sentence for sentence, met in wanted.items() if not met]


def _true(settings, name):
    """Tell whether a setting is there and true: pypdf's own false is no false of Python."""
    return settings is not None and name in settings and settings[name].value is True


def _types(tree):
    for kind, parent, _ in tree.elements:
        if kind not in STANDARD:
            yield f"{kind} is no standard type, and not mapped to one"
        if parent in CHILDREN and kind not in CHILDREN[parent]:
            yield f"{kind} stands in {parent}"
        if kind in PARENTS and parent not in PARENTS[kind]:
            yield f"{kind} stands in {parent or 'nothing'}"


def _alternatives(tree):
    for kind, _, element in tree.elements:
        if kind in ("Figure", "Formula") and not str(element.get("/Alt", "")).strip():
            yield f"{kind} without alternative text"


def _tables(tree):
    for kind, _, element in tree.elements:
        if kind == "TH" and not _attribute(element, "/Scope"):
            yield "TH without scope"
        if kind == "Table":
            below = Structure.__new__(Structure)
            below.roles, below.elements, below.pieces, below.annotations = tree.roles, [], [], []
            below._walk(element["/K"], "Table", None)  # noqa: SLF001 – its own
            rows = [one for found, _, one in below.elements if found == "TR"]
            widths = {sum(_span(cell) for cell in _kids(row)) for row in rows}
            if len(widths) > 1:
                yield f"a table with rows of {sorted(widths)} cells"
            if not any(found == "TH" for found, *_ in below.elements):
                yield "a table without header cells"


def _kids(element):
    kids = element["/K"].get_object()
    return [one.get_object() for one in (kids if isinstance(kids, list) else [kids])]


def _span(cell):
    return int(_attribute(cell, "/ColSpan") or 1)


def _attribute(element, name):
    given = element["/A"].get_object() if "/A" in element else []
    several = given if isinstance(given, list) else [given]
    return next((one.get_object()[name] for one in several if name in one.get_object()), None)


def _headings(tree):
    before = 0
    for kind, *_ in tree.elements:
        if re.fullmatch("H[1-6]", kind):
            level = int(kind[1])
            if level > before + 1:
                yield f"{kind} follows H{before}" if before else f"the first heading is {kind}"
            before = level


def _annotations(reader, tree):
    known = {number: parent for parent, number in tree.annotations}
    for page in reader.pages:
        several = page.get("/Annots") or []
        if several and page.get("/Tabs") != "/S":
            yield "a page with annotations whose order is not that of the structure"
        for reference in several:
            annotation = reference.get_object()
            if annotation["/Subtype"] == "/Link":
                if known.get(reference.idnum) != "Link":
                    yield "a link that is not in the structure"
                if not annotation.get("/Contents"):
                    yield "a link without a description"


def _content(reader, tree):
    """Yield what is painted outside marked content, and where pieces and elements do not agree."""
    held = [piece for piece in tree.pieces if piece[0] is not None]
    if len(set(held)) < len(held):
        yield "a piece of content that two elements hold"
    marked = set()
    for page in reader.pages:
        stack = []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                stack.append(_meaning(operands, page))
                marked |= {(page.indirect_reference.idnum, one) for one in stack[-1:] if isinstance(one, int)}
            elif operator == b"EMC":
                stack.pop()
            elif operator in PAINTING and all(one is None for one in stack):
                yield f"{operator.decode()} outside marked content"
    if missing := marked - set(held):
        yield f"{len(missing)} pieces of content that no element holds"
    if gone := set(held) - marked:
        yield f"{len(gone)} pieces that elements hold and no page has"


def _meaning(operands, page):
    """Return what marked content is: an artifact, the number of a piece, or None where it is neither."""
    if operands[0] == "/Artifact":
        return "artifact"
    given = operands[1] if len(operands) > 1 else {}
    properties = given if isinstance(given, dict) else page["/Resources"]["/Properties"][given]
    return int(properties["/MCID"]) if "/MCID" in properties else None


def _fonts(reader):
    for page in reader.pages:
        for name, reference in (page["/Resources"].get("/Font") or {}).items():
            font = reference.get_object()
            last = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            descriptor = last.get("/FontDescriptor") or {}
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
                yield f"the font {name} is not embedded"
            if "/ToUnicode" not in font:
                yield f"the font {name} does not say which characters its glyphs are"
