"""Files that are no text, told by how they begin, so that a refusal can say what they seem to be."""

_MAGIC = (
    (b"%PDF", "PDF 文档"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文档（.doc、.xls 或 .ppt）"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"II*\0", "TIFF 图片"),
    (b"MM\0*", "TIFF 图片"),
    (b"\x7fELF", "可执行程序"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"Rar!", "RAR 压缩包"),
    (b"BZh", "bzip2 压缩包"),
    (b"\xfd7zXZ", "xz 压缩包"),
    (b"SQLite format 3\0", "SQLite 数据库"),
    (b"ID3", "音频"),
    (b"OggS", "音频"),
)
_OFFICE = ((b"word/", "Word 文档（.docx）"), (b"xl/", "Excel 表格（.xlsx）"), (b"ppt/", "PowerPoint 演示文稿（.pptx）"))
_WITH_NUL = ((b"MZ", "Windows 程序"), (b"BM", "BMP 图片"), (b"RIFF", "音频、视频或 WebP 图片"))


def binary_kind(data: bytes) -> str | None:
    """Name what a file seems to be, in Chinese, if it begins like a known binary format; None otherwise."""
    if data.startswith(b"PK\x03\x04"):
        return next((name for part, name in _OFFICE if part in data), "ZIP 压缩包")
    if data[4:8] == b"ftyp":
        return "视频"
    known = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if known or b"\0" not in data[:512]:
        return known
    return next((name for magic, name in _WITH_NUL if data.startswith(magic)), None)
