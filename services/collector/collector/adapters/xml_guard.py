"""Looks over XML before anything parses it: entities, nesting and the number of elements are bounded."""

from xml.parsers import expat

from collector.domain.reading import UnreadableError

MAX_DEPTH = 100
MAX_ELEMENTS = 1_000_000
_CHUNK = 256 * 1024


def check_xml(body: bytes, *, max_depth: int = MAX_DEPTH, max_elements: int = MAX_ELEMENTS) -> bool:
    """Return whether the bytes are well-formed XML.

    Raises UnreadableError for a document that declares entities, or is deeper or longer than the limits. Malformed
    XML raises nothing: the feed parser can often read it, and defines no entities of its own.
    """
    parser = expat.ParserCreate()
    depth = elements = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > max_depth:
            raise UnreadableError(f"nested deeper than {max_depth} elements")
        if elements > max_elements:
            raise UnreadableError(f"more than {max_elements} elements")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(name: str, *_rest: object) -> None:
        raise UnreadableError(f"declares the entity {name[:40]!r}")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = entity
    parser.UnparsedEntityDeclHandler = entity
    try:
        for offset in range(0, len(body), _CHUNK):
            parser.Parse(body[offset : offset + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        return False
    return True
