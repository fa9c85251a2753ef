"""One file to one Document: read, decoded, named; what cannot be taken in is refused with a reason."""

import hashlib
import re
from pathlib import Path, PurePosixPath

from qa.errors import DocumentError, EncodingError, os_reason
from qa.ingest.files import SourceFile
from qa.ingest.formats import FORMATS
from qa.types import Document

SIZE_LIMIT = 50 * 1024 * 1024
"""Bytes; a book of ten million characters has about half of that."""
_HEADING = re.compile(r"#{1,6}\s+(?P<title>\S.*)")
_MARKUP = re.compile(r"\*{2,}|`+|^[#>\s]+|#+\s*$")
_TITLE_LINES = 20
"""Non-blank lines in which the title is looked for."""
_TITLE_LONGEST = 40


def read_document(source: SourceFile, limit: int = SIZE_LIMIT) -> Document:
    """Read one file.

    Args:
        source: where it is and what it is called.
        limit: bytes, checked before anything is read.

    Raises:
        DocumentError: the file is missing, unreadable, empty, too big, or of an unsupported kind.
        EncodingError: it is no text.
    """
    suffix = source.path.suffix.lower()
    if suffix not in FORMATS:
        raise DocumentError(f"不支持“{source.name}”这种文件，目前可收录 {'、'.join(FORMATS)}，请先转换为文本")
    data = _read(source, limit)
    try:
        decoded = FORMATS[suffix](data)
    except EncodingError as error:
        raise EncodingError(f"无法收录“{source.name}”：{error}") from error
    if not any(map(str.isalnum, decoded.text)):
        raise DocumentError(f"“{source.name}”里没有文字，未收录")
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=document_id(source.name, digest),
        file=source.name,
        source=str(source.path),
        title=title_of(decoded.text, source.name),
        text=decoded.text,
        encoding=decoded.encoding,
        sha256=digest,
        size=len(data),
        warnings=decoded.warnings,
    )


def document_id(name: str, sha256: str) -> str:
    """Make a document's id, 16 hex digits, from its shown name and its content's hash."""
    return hashlib.sha256(f"{name}\0{sha256}".encode()).hexdigest()[:16]


def _read(source: SourceFile, limit: int) -> bytes:
    path: Path = source.path
    try:
        if not path.is_file():
            problem = "不是普通文件" if path.exists() else "不存在"
            raise DocumentError(f"“{source.name}”{problem}，请检查路径")
        size = path.stat().st_size
        if size > limit:
            raise DocumentError(
                f"“{source.name}”有 {size / 2**20:.1f} MB，超过了 {limit / 2**20:g} MB 的上限，请拆成几个文件再试"
            )
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise DocumentError(f"无法读取“{source.name}”：{os_reason(error)}，请检查文件和权限") from error
    if len(data) > limit:
        raise DocumentError(f"“{source.name}”超过了 {limit / 2**20:g} MB 的上限，请拆成几个文件再试")
    if not data:
        raise DocumentError(f"“{source.name}”是空文件，未收录")
    return data


def title_of(text: str, name: str) -> str:
    """Choose a title: the first heading near the top, else the first short line, else the file name without suffix."""
    lines = [line for line in text[: 200 * _TITLE_LINES].splitlines() if line.strip()][:_TITLE_LINES]
    heading = next((match["title"] for line in lines if (match := _HEADING.match(line.strip()))), "")
    short = next((line for line in lines if _is_short(line)), "")
    for line in (heading, short):
        if title := _MARKUP.sub("", line.strip()).strip():
            return title
    return PurePosixPath(name).stem


def _is_short(line: str) -> bool:
    """Tell whether a line may be a title: short, with Han characters, not ending like a sentence."""
    plain = line.strip()
    han = sum("\u4e00" <= char <= "\u9fff" for char in plain)
    return 2 <= han and len(plain) <= _TITLE_LONGEST and plain[-1] not in "。，,；;：:、"
