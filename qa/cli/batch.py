"""youju batch IN OUT: many questions in, one record each out, in the same order."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from qa.cli import options
from qa.cli.console import err
from qa.cli.options import ConfigFile, DataDir, Debug, Explain, Sets
from qa.errors import QuestionError, UsageError, os_reason
from qa.types import Refusal, RefusalReason, Response

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.schema import ResponseJson

BATCH_HELP = """回答一个文件里的所有问题。

IN 每行一个 JSON：{"id": "1", "question": "…"}；追问可以加 "previous": ["上一个问题", …]，最早的在前；其余字段不管。
OUT 每行一个回答，id 相同，格式与接口相同。
IN 里有写错的行时指出是第几行，不开始回答；中断时不留下写了一半的 OUT。

例：
  youju batch questions.jsonl answers.jsonl
"""
SHOWN_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A question of a batch, with its own id as it was written and the questions before it."""

    id: str | int
    question: str
    previous: tuple[str, ...] = ()


def batch(
    source: Annotated[Path, typer.Argument(metavar="IN", help="问题，JSONL")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="回答，JSONL")],
    explain: Explain = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=50, help="每个问题最多给几个答案")] = 10,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Answer a file of questions."""
    from rich.progress import track

    from qa.schema import dumps

    settings = options.load_quietly(data_dir, config, sets)
    rows = read_rows(source)
    with replacing(target) as file:
        with err().status("载入索引和模型…"):
            from qa.bootstrap import open_engine  # heavy: the models

            engine = open_engine(settings)
        answered = 0
        for row in track(rows, "回答", console=err(), transient=True):
            record = answer_row(engine, row, limit, explain)
            answered += record["answered"]
            file.write(f"{dumps(record | {'id': row.id})}\n")
    err().print(
        Text(f"{len(rows)} 个问题：{answered} 个有答案，{len(rows) - answered} 个没有；写到 {target}。", "green")
    )
    return 0


def answer_row(engine: "Engine", row: Row, limit: int, explain: bool) -> "ResponseJson":
    """Answer one question; one that cannot be asked is answered with a refusal, so that every row has its record."""
    from qa.schema import response_json

    try:
        response = engine.ask(row.question, id=str(row.id), limit=limit, explain=explain, previous=row.previous)
    except QuestionError as error:
        response = Response(
            id=str(row.id),
            question=row.question,
            resolved_question=row.question,
            answers=(),
            passages=(),
            refusal=Refusal(RefusalReason.BAD_QUESTION, str(error)),
            notices=(),
            timing_ms={},
            index=engine.info(),
        )
    return response_json(response, explain)


def read_rows(path: Path) -> list[Row]:
    """Read all questions.

    Raises:
        UsageError: the file cannot be read, or a line is not what it should be.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise UsageError(f"读不了 {path}：{os_reason(error)}。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} 不是 UTF-8 编码，请另存为 UTF-8。") from error
    rows: list[Row] = []
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = read_row(line)
        if isinstance(row, Row):
            rows.append(row)
        else:
            faults.append(f"第 {number} 行{row}")
    if faults:
        more = f"，等 {len(faults)} 处" if len(faults) > SHOWN_FAULTS else ""
        raise UsageError(
            f"{path} 有写错的行：{'；'.join(faults[:SHOWN_FAULTS])}{more}。改好后再运行，这次没有开始回答。"
        )
    if not rows:
        raise UsageError(f'{path} 里没有问题，每行应是 {{"id": "1", "question": "…"}}。')
    return rows


def read_row(line: str) -> Row | str:
    """Read one line; return what is wrong with it where it is wrong."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return "不是 JSON"
    if not isinstance(value, dict):
        return "不是 JSON 对象"
    id_, question = value.get("id"), value.get("question")
    if not isinstance(id_, str | int) or isinstance(id_, bool):
        return "缺少 id，或它不是文字、整数"
    if not isinstance(question, str):
        return "缺少 question，或它不是文字"
    previous = value.get("previous", [])
    if not isinstance(previous, list) or not all(isinstance(turn, str) for turn in previous):
        return "的 previous 不是一列文字"
    return Row(id_, question, tuple(previous))


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """Write a file that takes its place only when all is written; a device or pipe is written directly.

    Raises:
        UsageError: it cannot be written there.
    """
    if path.is_dir():
        raise UsageError(f"{path} 是文件夹，请给出要写的文件名。")
    if not path.parent.is_dir():
        raise UsageError(f"写不了 {path}：没有文件夹 {path.parent}，请先建好它。")
    if path.exists() and not path.is_file():
        with _opened(path) as file:
            yield file
        return
    place = Path(os.path.realpath(path))  # what a link such as /dev/stdout leads to; the link itself stays
    try:
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    except OSError as error:
        raise UsageError(f"写不了 {path}：{os_reason(error)}。") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            yield file
        os.chmod(name, _mode(place))
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _opened(path: Path) -> IO[str]:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"写不了 {path}：{os_reason(error)}。") from error


def _mode(path: Path) -> int:
    """Keep the mode of a file that is replaced; give a new one what the umask leaves."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
