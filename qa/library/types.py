"""The nouns of the library."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Staged:
    """An uploaded file that does not count yet.

    Attributes:
        id: 16 hex digits.
        name: as it will be called in the index.
        size: bytes.
    """

    id: str
    name: str
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class ArticlePreview:
    """An article as it was recognised.

    Attributes:
        headings: its headings in their order, each with its level, 1..6.
        years: in digits; places in normal form, the likeliest first.
    """

    title: str
    organisation: str
    places: tuple[str, ...]
    years: tuple[str, ...]
    headings: tuple[tuple[int, str], ...]
    passages: int
    reprint: bool


@dataclass(frozen=True, slots=True)
class AsidePreview:
    """A block that is listed but not searched.

    Attributes:
        kind: "contents", "furniture" or "reprint".
        text: its beginning.
    """

    kind: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What was recognised in a file, before it counts.

    Attributes:
        opening: the first characters as they were decoded, to see at a glance whether the encoding is right.
        aside_total: how many blocks were set aside; ``aside`` holds the first of them.
    """

    file: str
    title: str
    encoding: str
    size: int
    characters: int
    sha256: str
    warnings: tuple[str, ...]
    opening: str
    articles: tuple[ArticlePreview, ...]
    passages: int
    aside: tuple[AsidePreview, ...]
    aside_total: int

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Undo to_json()."""
        articles = tuple(
            ArticlePreview(
                title=item["title"],
                organisation=item["organisation"],
                places=tuple(item["places"]),
                years=tuple(item["years"]),
                headings=tuple((int(level), str(text)) for level, text in item["headings"]),
                passages=item["passages"],
                reprint=item["reprint"],
            )
            for item in value["articles"]
        )
        aside = tuple(AsidePreview(**item) for item in value["aside"])
        return cls(**value | {"articles": articles, "aside": aside, "warnings": tuple(value["warnings"])})


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """A change of the index, done in the background, one after the other.

    Attributes:
        number: from 1, in the order in which they were asked for.
        kind: "add", "remove", "update" or "rebuild".
        names: files it is about; empty for all.
        fraction: 0..1, how much of it is done.
        left: seconds, by the speed so far; None as long as nothing tells.
        message: what came of it, in words; while it runs, the file at hand.
    """

    number: int
    kind: str
    names: tuple[str, ...]
    asked_at: datetime
    state: JobState = JobState.WAITING
    fraction: float = 0.0
    left: float | None = None
    message: str = ""

    def now(self, **changes: Any) -> "Job":  # noqa: ANN401 – any of the fields
        """Return it with some fields changed."""
        return replace(self, **changes)

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED)
