import codecs
import zipfile
from io import BytesIO
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import EncodingError
from qa.ingest.decoding import Decoded, decode

SEEDS = "\n".join(path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt")))
TRADITIONAL = opencc.OpenCC("s2t").convert(SEEDS)
BIG5 = "".join(char for char in TRADITIONAL if char.encode("big5", "ignore"))


def han(text: str) -> int:
    return sum("\u4e00" <= char <= "\u9fff" for char in text)


@st.composite
def slices(draw: st.DrawFn, text: str = SEEDS, least: int = 20) -> str:
    """Draw a part of real text with at least so many Han characters."""
    start = draw(st.integers(0, len(text) - 2000))
    end = start + draw(st.integers(least, 200))
    while han(text[start:end]) < least:
        end += 1
    return text[start:end]


@given(slices(), st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]))
def test_real_text_is_decoded_in_each_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == Decoded(text, encoding)


@given(slices(TRADITIONAL), st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]))
def test_real_traditional_text_is_decoded_in_each_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == Decoded(text, encoding)


@given(slices(BIG5))
def test_real_traditional_text_is_decoded_from_big5(text: str) -> None:
    assert decode(text.encode("big5")) == Decoded(text, "big5")


@given(
    slices(),
    st.sampled_from(
        [
            ("utf-8-sig", codecs.BOM_UTF8, "utf-8"),
            ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
            ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
            ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32-le"),
        ]
    ),
)
def test_a_byte_order_mark_decides_and_is_dropped(text: str, marked: tuple[str, bytes, str]) -> None:
    name, mark, codec = marked
    assert decode(mark + text.encode(codec)) == Decoded(text, name)


@given(slices(least=150), st.sampled_from(["utf-8", "gb18030"]), st.data())
def test_one_bad_byte_in_a_text_is_replaced_with_a_warning(text: str, encoding: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    decoded = decode(text[:at].encode(encoding) + b"\xff" + text[at:].encode(encoding))
    assert decoded.text == f"{text[:at]}\ufffd{text[at:]}"
    assert decoded.encoding == encoding
    assert "1 处无法解码" in decoded.warnings[0]


@given(slices(least=150), st.data())
def test_one_bad_byte_inside_a_utf8_character_costs_that_character(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    at = data.draw(st.integers(0, len(raw)))
    decoded = decode(raw[:at] + b"\xff" + raw[at:])
    assert decoded.encoding == "utf-8" and len(decoded.warnings) == 1
    assert len(decoded.text.replace("\ufffd", "")) >= len(text) - 1


def test_a_text_cut_in_the_middle_of_a_character_is_decoded() -> None:
    decoded = decode("青海工运十一月号，全省工会工作会议在西宁召开".encode()[:-1])
    assert decoded.text == "青海工运十一月号，全省工会工作会议在西宁召\ufffd"
    assert len(decoded.warnings) == 1


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_decoded_or_refused_in_chinese(data: bytes) -> None:
    try:
        decoded = decode(data)
    except EncodingError as error:
        assert any("\u4e00" <= char <= "\u9fff" for char in str(error))
    else:
        assert decoded.text.count("\ufffd") <= 2 + len(decoded.text) // 100


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=100))
def test_plain_ascii_is_utf8(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8")


def test_every_line_end_is_kept() -> None:
    assert decode("一\r\n二\r三\n".encode()).text == "一\r\n二\r三\n"


def test_utf8_in_other_scripts_is_text() -> None:
    for text in ("Été déjà, naïve", "Русский текст", "日本語のテキスト", "한국어", "😀🎉"):
        assert decode(text.encode()) == Decoded(text, "utf-8")


def _zip(name: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "可执行程序"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "旧版 Office"),
        (_zip("word/document.xml"), "Word"),
        (_zip("xl/workbook.xml"), "Excel"),
        (_zip("a.txt"), "ZIP"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\0\0\0\x18ftypmp42", "视频"),
    ],
)
def test_other_kinds_of_files_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(EncodingError, match=kind):
        decode(data)


def test_what_is_no_text_is_refused() -> None:
    noise = bytes((7 * n * n + 3 * n) % 256 for n in range(5000))
    for data in (noise, bytes(1000), "Été naïve à la française, déjà là".encode("latin-1") * 10):
        with pytest.raises(EncodingError, match="UTF-8"):
            decode(data)


def test_text_of_seven_bits_is_not_taken_for_ascii() -> None:
    with pytest.raises(EncodingError, match=r"ISO-2022.*UTF-8"):
        decode("工会".encode("iso2022_jp"))
    assert decode(b"\x1b[31m red \x1b[0m, $B").encoding == "utf-8"  # a terminal's colours


def test_a_stray_control_character_is_reported_and_kept() -> None:
    decoded = decode("青海工运\x00十一月号，全省工会工作会议召开".encode())
    assert decoded.encoding == "utf-8"
    assert "\x00" in decoded.text and "控制字符" in decoded.warnings[0]


def test_a_whole_seed_in_every_encoding() -> None:
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        assert decode(SEEDS.encode(encoding)) == Decoded(SEEDS, encoding)
