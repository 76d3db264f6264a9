"""Reads XML without document types, so that no entity and no other file can be smuggled in."""

from dataclasses import dataclass, field
from xml.parsers import expat

from tagwerk.exchange.reading.limits import Unreadable

DEEPEST, MOST_NODES = 20, 200_000


@dataclass(slots=True)
class Node:
    """An element: its name without a namespace, its attributes, its children, and its text up to its first child."""

    tag: str
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Give all text that stands directly in the element."""
        return "".join(self.pieces).strip()

    def all(self, tag: str) -> list["Node"]:
        """Give the children of a name."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Node | None":
        """Give the first child of a name."""
        return next((child for child in self.children if child.tag == tag), None)

    def said(self, tag: str) -> str:
        """Give the text of the first child of a name; empty when there is none."""
        child = self.first(tag)
        return child.text if child else ""

    def get(self, name: str) -> str:
        """Give an attribute; empty when there is none."""
        return self.attributes.get(name, "")


class _Builder:
    """Hears the parser and builds the tree; raises `Unreadable` on what has no place in a programme."""

    def __init__(self) -> None:
        self.open = [Node("", {})]
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) > DEEPEST or self.count > MOST_NODES:
            raise Unreadable("too_deep")
        node = Node(tag.rpartition(":")[2], attributes)
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, _tag: str) -> None:
        self.open.pop()

    def text(self, piece: str) -> None:
        self.open[-1].pieces.append(piece)

    def refuse(self, *_told: object) -> None:
        """Stop at a document type: only it can declare entities, or name other files."""
        raise Unreadable("doctype")


def tree(data: bytes) -> Node:
    """Give the outermost element; raises `Unreadable`."""
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = builder.refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no names
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise Unreadable("xml", str(fault)) from fault
    return builder.open[0].children[0]
