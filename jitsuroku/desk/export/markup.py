"""XML written with the standard library's builder, with what XML cannot hold made visible."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

# Everything but the characters of XML 1.0; half a character of a broken page is among it.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


def text_of(value: object) -> str:
    """A value as XML holds it: true and false in small letters, lists with semicolons."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "; ".join(map(text_of, value))
    return NOT_XML.sub(REPLACEMENT, f"{value:.10g}" if isinstance(value, float) else str(value))


def add(parent: Element, tag: str, text: object = None, **attributes: object) -> Element:
    """A child with its text and those attributes that have a value; ``for_`` gives the attribute ``for``."""
    named = {name.rstrip("_"): text_of(value) for name, value in attributes.items() if value is not None}
    child = SubElement(parent, tag, named)
    if text is not None:
        child.text = text_of(text)
    return child


def written(root: Element) -> Iterable[bytes]:
    """The document as UTF-8, indented."""
    indent(root)
    yield tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
