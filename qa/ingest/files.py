"""Which files there are to take in: folders walked, hidden and unsupported files aside, always in the same order."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.errors import DocumentError, os_reason
from qa.ingest.formats import FORMATS, is_supported


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to take in.

    Attributes:
        path: absolute, spelled as ``absolute`` does.
        name: as shown and cited: relative to the folder that was given, with forward slashes, always encodable.
    """

    path: Path
    name: str


@dataclass(slots=True)
class Walk:
    """What a walk over files and folders found.

    Attributes:
        files: supported files by name; no file twice, no name twice.
        unsupported: the other ones, by name; hidden files are not even listed.
        warnings: folders that could not be read, in words for the administrator.
    """

    files: list[SourceFile] = field(default_factory=list)
    unsupported: list[SourceFile] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def absolute(path: Path | str) -> Path:
    """Spell a path in the one way that sources are stored and compared in: absolute and without "..".

    What follows a link by "..", and so would become another file, is spelled without the link.
    """
    plain = os.path.abspath(path)
    if ".." in Path(path).parts and (real := os.path.realpath(path)) != os.path.realpath(plain):
        return Path(real)
    return Path(plain)


def find_files(paths: Sequence[Path]) -> list[SourceFile]:
    """Find the files to take in, sorted by name.

    Raises:
        DocumentError: a path does not exist or is no file or folder, a file that was named itself is of an
            unsupported kind, or there is nothing to take in.
    """
    found = walk(paths)
    if not found.files:
        raise nothing_found(paths, found)
    return found.files


def walk(paths: Sequence[Path]) -> Walk:
    """Find files as ``find_files`` does and tell what was left out, too; nothing to take in is no error here."""
    found = Walk()
    seen: set[Path] = set()
    for path in paths:
        for source in _under(path, found.warnings):
            real = source.path.resolve()
            if real not in seen:
                seen.add(real)
                (found.files if is_supported(source.path.name) else found.unsupported).append(source)
    found.files = sorted(_distinct(found.files), key=lambda source: source.name)
    found.unsupported.sort(key=lambda source: source.name)
    return found


def nothing_found(paths: Sequence[Path], found: Walk) -> DocumentError:
    """Make the error for a walk that found nothing to take in."""
    where = "、".join(f"“{_shown(str(path))}”" for path in paths)
    reason = "".join(f"（{warning}）" for warning in found.warnings)
    return DocumentError(f"{where or '给出的路径'}里没有可收录的文档{reason}，请放入 {'、'.join(FORMATS)} 文件后再试")


def _under(path: Path, warnings: list[str]) -> Iterator[SourceFile]:
    """Yield the file itself, or all files of a folder."""
    shown = _shown(str(path))
    try:
        is_folder, is_file = path.is_dir(), path.is_file()
    except OSError as error:
        raise DocumentError(f"无法访问“{shown}”：{os_reason(error)}，请检查路径和权限") from error
    if is_folder:
        yield from _in_folder(absolute(path), warnings)
    elif not is_file:
        problem = "既不是文件也不是文件夹" if path.exists() else "不存在"
        raise DocumentError(f"“{shown}”{problem}，请检查路径")
    elif not is_supported(path.name):
        raise DocumentError(f"不支持“{shown}”这种文件，目前可收录 {'、'.join(FORMATS)}，请先转换为文本")
    else:
        yield SourceFile(absolute(path), _shown(path.name))


def _in_folder(root: Path, warnings: list[str]) -> Iterator[SourceFile]:
    """Yield the files below a folder; links are followed, each real folder is entered once."""
    entered = {root.resolve()}

    def note(error: OSError) -> None:
        warnings.append(f"无法读取文件夹“{_shown(str(error.filename))}”：{os_reason(error)}")

    for folder, below, files in os.walk(root, followlinks=True, onerror=note):
        here = Path(folder)
        below[:] = sorted(name for name in below if not name.startswith(".") and _enter(here / name, entered))
        for name in sorted(files):
            path = here / name
            if not name.startswith(".") and path.is_file():
                yield SourceFile(path, _shown(path.relative_to(root).as_posix()))


def _enter(folder: Path, entered: set[Path]) -> bool:
    """Note a folder as entered; False if it was before."""
    real = folder.resolve()
    if real in entered:
        return False
    entered.add(real)
    return True


def _distinct(files: list[SourceFile]) -> Iterator[SourceFile]:
    """Give files of several folders that share a name names of their own."""
    taken: set[str] = set()
    for source in files:
        names = (source.name, _shown(f"{source.path.parent.name}/{source.path.name}"), _shown(source.path.as_posix()))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        yield SourceFile(source.path, name)


def _shown(name: str) -> str:
    """Make a file name printable: names that are not UTF-8 are read as GB 18030, what remains is replaced."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
