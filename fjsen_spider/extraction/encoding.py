"""Bytes → text, decided once for a page."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from fjsen_spider.items import Encoding

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_CONTROL = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_ASCII = bytes(range(0x80))
# The bytes of Han characters in UTF-8: `H` begins one, two of `-` follow.
_HAN_BYTES = bytes(ord("H" if 0xE4 <= code <= 0xE9 else "-" if 0x80 <= code <= 0xBF else " ") for code in range(256))
_UTF8_RUN = b"H--" * 6
"""Six Han characters in a row: in a GBK page only a foreign paragraph looks so."""
_SHORT = 4096
"""Bytes under which UTF-8 may have no such run."""
_WIDE = re.compile("[\u0800-\U0010ffff]")
_LOST = "\ufffd"
_SAMPLES, _SAMPLE_BYTES = 4, 256
LOSSY = "encoding-lossy"
MIXED = "encoding-mixed"


def declared(body: bytes, content_type: str | None) -> str | None:
    """Return the charset named by the HTTP header, or else by the page, in lower case."""
    if match := _HEADER.search(content_type or ""):
        return match[1].lower()
    if found := _META.search(body[:_HEAD_BYTES]):
        return (found[1] or found[2]).decode("ascii").lower()
    return None


def decode(body: bytes, content_type: str | None = None) -> tuple[str, Encoding, tuple[str, ...]]:
    """Decode a page as `to_utf8` does; return its text without control characters, the encoding and warnings."""
    source, encoding, warnings = to_utf8(body, content_type)
    return without_control(source).decode(), encoding, warnings


def to_utf8(body: bytes, content_type: str | None = None) -> tuple[bytes, Encoding, tuple[str, ...]]:
    """Bring a page to UTF-8: by its BOM, as strict UTF-8, the declared charset, GB18030, and at last with losses.

    Returns the source, what was declared, used and lost, and warnings. `gb2312` and `gbk` are read as their superset
    GB18030. A valid UTF-8 body wins over any label: the labels are what is wrong.
    """
    label = declared(body, content_type)
    marked = next((codec for bom, codec in _BOMS if body.startswith(bom)), None)
    codec = marked or "utf-8"
    found = _first(body, (codec,))
    if found is None and marked != "utf-16":
        body = without_control(body)
        found = _first(body, (codec,))
    foreign = found is None and _UTF8_RUN in body.translate(_HAN_BYTES)
    text, used = found or _declared_or_lossy(body, label, broken=foreign or len(body) < _SHORT)
    strict = found is not None and marked != "utf-16"
    source = body.removeprefix(codecs.BOM_UTF8) if strict else text.encode("utf-8", "replace")
    lost, warnings = losses(source)
    if used == "gb18030" and foreign:
        warnings += (MIXED,)
    return source, Encoding(declared=label, used=used.removesuffix("-sig"), replacements=lost), warnings


def as_declared(part: bytes, label: str | None) -> tuple[bytes, str] | None:
    """Bring a part of a page to UTF-8 by the declared charset; None where that does not fit it, or not it alone.

    Returns the part and the codec: `utf-8` or `gb18030`. Anything else takes the whole page to tell.
    """
    codec = _codec(label)
    if _first(part, ("utf-8",)):
        return (part, codec) if codec == "utf-8" else None
    if codec != "gb18030" or _UTF8_RUN in part.translate(_HAN_BYTES):
        return None
    found = _first(part, (codec,))
    return (found[0].encode(), codec) if found else None


def losses(source: bytes) -> tuple[int, tuple[str, ...]]:
    """Count the characters that a source in UTF-8 has lost, and warn of them."""
    lost = source.count(_LOST.encode())
    return lost, (LOSSY,) if lost else ()


def without_control(source: bytes) -> bytes:
    """Drop control characters; none of the codecs here but UTF-16 has their bytes inside another character."""
    return source.translate(None, _CONTROL)


def _first(body: bytes, codecs: Iterable[str]) -> tuple[str, str] | None:
    """Decode with the first codec that fits every byte."""
    for codec in codecs:
        try:
            return body.decode(codec), codec
        except UnicodeDecodeError:
            continue
    return None


def _declared_or_lossy(body: bytes, label: str | None, *, broken: bool) -> tuple[str, str]:
    """Decode what is no valid UTF-8: as declared, as GB18030, or with the fewest losses. `broken` UTF-8 it may be."""
    rungs = dict.fromkeys(filter(None, (_codec(label), "gb18030")))
    if broken and _mostly_utf8(body):
        rungs.pop("gb18030", None)  # it fits broken UTF-8 too, as mojibake
    if found := _first(body, rungs):
        return found
    tried = [(body.decode(codec, "replace"), codec) for codec in dict.fromkeys(("utf-8", *rungs, "gb18030"))]
    return min(tried, key=lambda one: one[0].count(_LOST))


def _codec(label: str | None) -> str | None:
    """Return the codec of a label; None for unknown ones and for those of one byte, which fit anything."""
    if label in ("gb2312", "gbk", "gb-2312", "x-gbk", "gb18030", "cp936"):
        return "gb18030"
    try:
        name = codecs.lookup(label or "").name
    except LookupError:
        return None
    return name if name in ("utf-8", "big5", "big5hkscs") else None


def _mostly_utf8(body: bytes) -> bool:
    """Tell a UTF-8 page with some broken bytes from a GBK one, which breaks at nearly every character.

    Decoding a GBK page so takes long; when samples from all over it break, so does the page.
    """
    wide = body.translate(None, _ASCII)
    starts = range(0, len(wide), len(wide) // _SAMPLES + 1)
    return any(map(_breaks_little, (wide[at : at + _SAMPLE_BYTES] for at in starts))) and _breaks_little(body)


def _breaks_little(body: bytes) -> bool:
    text = body.decode("utf-8", "replace")
    lost = text.count(_LOST)
    return 4 * lost <= len(_WIDE.findall(text)) - lost
