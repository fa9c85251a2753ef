"""Bytes to text: which encoding it is, decided by what comes out, not by what the file claims."""

import codecs
import re
from dataclasses import dataclass
from functools import cache

from qa.errors import EncodingError
from qa.ingest.binary import binary_kind

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
"""Mark, name to report, codec for what follows; UTF-32 LE stands before UTF-16 LE, whose mark it begins with."""
_CANDIDATES = ("utf-8", "gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be")
"""Without a mark; at equal quality the first wins."""
_SAMPLE = 100_000
"""Bytes that are enough to tell encodings apart; a multiple of 4, so that no UTF-16 unit is cut."""
_ENOUGH = 0.7
"""Least share of usual characters. Chinese text in the right encoding has above .95, in a wrong one below .6."""
_BAD = "\ufffd"
_DAMAGE = re.compile(f"{_BAD}+")
"""One bad byte takes the rest of its character along, so runs are counted, not marks."""
_ISO_2022 = re.compile(rb"\x1b\$(?:[@AB]|\)[AEG])")
"""What switches to a two-byte set in ISO-2022-JP, -KR and -CN (RFC 1468, 1557, 1922): ASCII bytes that only look so."""
_SAVE_AS = "请确认它是文本，并另存为 UTF-8 编码后再试"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text.

    Attributes:
        text: every character as decoded, line ends included, the byte order mark aside.
        encoding: Python's name: "utf-8", "utf-8-sig", "gb18030", "big5", "big5hkscs", "utf-16-le", …
        warnings: in words for the administrator.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Find out the encoding of a text file's bytes and decode them.

    What cannot be decoded, once in a hundred characters at most, is replaced by U+FFFD, with a warning.

    Raises:
        EncodingError: the bytes are some other kind of file, or no text in any encoding that we know.
    """
    if kind := binary_kind(data):
        raise EncodingError(f"这不是文本文件，而像是{kind}，请先转换为 .txt 或 .md 文本")
    if _ISO_2022.search(data[:_SAMPLE]):
        raise EncodingError(f"这是 ISO-2022 编码的文本，{_SAVE_AS}")
    for mark, name, codec in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :], codec, name)
    if b"\0" not in data and (text := _strict(data, "utf-8")) is not None:
        return _accept(text, "utf-8", 0)
    codec, quality = max(((codec, _quality(data, codec)) for codec in _CANDIDATES), key=lambda pair: pair[1])
    if quality < _ENOUGH:
        raise EncodingError(f"认不出这个文件的编码，{_SAVE_AS}")
    return _checked(data, codec, codec)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _checked(data: bytes, codec: str, name: str) -> Decoded:
    """Decode with the codec that was found, replacing what few bytes do not fit."""
    text = _strict(data, codec)
    if text is not None:
        return _accept(text, name, 0)
    text = data.decode(codec, "replace")
    return _accept(text, name, len(_DAMAGE.findall(text)))


def _accept(text: str, name: str, replaced: int) -> Decoded:
    """Let a text through unless too much of it is damaged."""
    allowed = 1 + len(text) // 100
    controls = sum(map(text.count, _controls()))
    if replaced > allowed:
        raise EncodingError(f"按 {name} 编码读取时有 {replaced} 处无法解码，文件可能已损坏，{_SAVE_AS}")
    if controls > allowed:
        raise EncodingError(f"文件里有 {controls} 个控制字符，像是二进制数据，{_SAVE_AS}")
    warnings = []
    if replaced:
        warnings.append(f"按 {name} 编码读取时有 {replaced} 处无法解码，已用“{_BAD}”代替")
    if controls:
        warnings.append(f"文件里有 {controls} 个控制字符")
    return Decoded(text, name, tuple(warnings))


@cache
def _controls() -> tuple[str, ...]:
    """List the control characters that no text has: C0 without white space and escape, and DEL."""
    return tuple(chr(code) for code in (*range(0x20), 0x7F) if not chr(code).isspace() and code != 0x1B)


def _quality(data: bytes, codec: str) -> float:
    """Share of usual characters in what a codec makes of the data's beginning, 0..1.

    What cannot be decoded counts five times as much as an unusual character.
    """
    width = 2 if codec.startswith("utf-16") else 1
    if len(data) % width and len(data) <= _SAMPLE:
        return 0.0
    text = codecs.getincrementaldecoder(codec)("replace").decode(data[:_SAMPLE], final=len(data) <= _SAMPLE)
    visible = "".join(text.split())
    bad = visible.count(_BAD)
    usual = _usual()
    good = sum(1 for char in visible if char in usual)
    return good / (len(visible) + 4 * bad) if visible else 0.0


@cache
def _usual() -> frozenset[str]:
    """Characters that Chinese text is made of.

    ASCII, the punctuation of GB 2312 rows 1 and 3, and the first planes of GB 2312 (3,755 characters in rows 16–55)
    and Big5 (5,401 from A440 on): both standards put their frequent characters there.
    """
    simplified = (bytes((row + 0xA0, cell + 0xA0)) for row in (1, 3, *range(16, 56)) for cell in range(1, 95))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = (bytes((lead, trail)) for lead in range(0xA4, 0xC7) for trail in trails)
    known = {char for pair in simplified if (char := _strict(pair, "gb2312"))}
    known |= {char for pair in traditional if (char := _strict(pair, "big5"))}
    return frozenset(known | {chr(code) for code in range(0x21, 0x7F)} | set("“”‘’—…·〇①②③④⑤⑥⑦⑧⑨⑩"))
