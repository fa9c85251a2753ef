"""Holds the engine for everybody who asks over HTTP: loads it in the background, bounds how many ask at once."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

import anyio.to_thread

from qa.config import Settings
from qa.errors import YoujuError
from qa.types import Article, Document, Filters, FoundPassage, IndexInfo, Passage, Response, Stage

WAITING = 64
"""So many questions may wait for a free thread; further ones are turned away at once."""

WARM_UP = "2016年太原市总工会一共发放了多少万元资金？"
"""Asked once before anybody else asks, so that what is loaded at the first question is there already."""

BREATH = 0.02
"""Seconds after which preparing looks again whether all questions are answered."""

T = TypeVar("T")
Pace = Callable[[Iterable[Passage]], Iterator[Passage]]
"""Hands on passages, each when there is time for it."""
logger = logging.getLogger(__name__)


class Documents(Protocol):
    """What the pages need of the store."""

    def document(self, document_id: str, /) -> Document:
        """Return a document by its id; NotFoundError where there is none."""
        ...

    def articles(self, document_id: str | None = None, /) -> list[Article]:
        """List the articles of a document, or of all."""
        ...


class Answering(Protocol):
    """What the faces need of the engine."""

    @property
    def store(self) -> Documents:
        """The documents behind the answers."""
        ...

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        filters: Filters = ...,
        limit: int = 10,
        explain: bool = False,
        previous: Sequence[str] = ...,
        on_stage: Callable[[Stage], None] | None = None,
    ) -> Response:
        """Answer a question."""
        ...

    def search(self, question: str, *, k: int = 10, filters: Filters = ...) -> tuple[FoundPassage, ...]:
        """Find passages."""
        ...

    def info(self) -> IndexInfo:
        """Say which index is being asked."""
        ...


class Loaded(NamedTuple):
    """An engine, and what works out beforehand what its first questions would wait for."""

    engine: Answering
    prepare: Callable[[Pace], None]
    reload: Callable[[], object] = lambda: None
    """Takes over what has been written to the index since."""


class LoadProgress(NamedTuple):
    """How far the index is that is made before the engine can be loaded; ``share`` is 0..1, None where not known."""

    text: str
    share: float | None


class NotReadyError(YoujuError):
    """The engine is being loaded, or could not be."""


class LoadingStoppedError(YoujuError):
    """The process ends while the engine is still being loaded."""


class BusyError(YoujuError):
    """Too many questions are waiting already."""


class EngineHolder:
    """Gives the engine to those who ask; safe to use from many tasks of one event loop.

    Once the engine is there, it is prepared whenever nobody asks.
    """

    def __init__(self, load: Callable[[], Loaded], threads: int, engine: Answering | None = None) -> None:
        self._load = load
        self._engine = engine
        self.failure = ""
        """What went wrong while the engine was loaded; empty where nothing did."""
        self.first: Callable[[], None] | None = None
        """What has to be done before the engine can be loaded: the first index; in the same thread as loading."""
        self.progress: LoadProgress | None = None
        """Told by ``first`` while it goes on; None before and after."""
        self._loaded: Loaded | None = None
        self.stopping = threading.Event()
        """Set when the process ends: whoever loads gives up at the next chance, with LoadingStoppedError."""
        self._ended = threading.Event()
        if engine is not None:
            self._ended.set()
        self._loading: threading.Thread | None = None
        self._limiter = anyio.CapacityLimiter(threads)

    def start(self) -> None:
        """Begin to load in the background, once; no effect where an engine is there."""
        if self._engine is None and self._loading is None:
            self._loading = threading.Thread(target=self._run, name="load-engine", daemon=True)
            self._loading.start()

    def stop(self, seconds: float = 20) -> None:
        """Make loading give up and wait for it: a thread that is cut off inside a model's code aborts the process."""
        self.stopping.set()
        if self._loading is not None:
            self._loading.join(seconds)

    def wait(self) -> str:
        """Wait until loading has ended, also where it has yet to begin; return what went wrong, or ""."""
        self._ended.wait()
        return self.failure

    def engine(self) -> Answering:
        """Return the engine.

        Raises:
            NotReadyError: it is still being loaded, or could not be.
        """
        if self._engine is None:
            doing = f"{self.progress.text}，" if self.progress is not None else "正在载入索引和模型，"
            raise NotReadyError(self.failure or f"{doing}请稍候再试。")
        return self._engine

    async def run(self, work: Callable[[Answering], T]) -> T:
        """Do work with the engine in a thread, no more than the set number at once.

        Raises:
            NotReadyError: there is no engine yet.
            BusyError: too many are waiting.
        """
        engine = self.engine()
        if self._limiter.statistics().tasks_waiting >= WAITING:
            raise BusyError("同时提问的人太多，请过几秒再试。")
        return await anyio.to_thread.run_sync(work, engine, limiter=self._limiter)

    def refresh(self) -> None:
        """Take over a changed index now, not at the next question, and begin to prepare it."""
        if self._loaded is not None:
            self._loaded.reload()
            # No daemon: one that is cut off inside a model's code at the end of the process would abort it.
            prepare = self._loaded.prepare
            threading.Thread(target=self._prepare, args=(prepare,), name="prepare-engine", daemon=False).start()

    def _run(self) -> None:
        try:
            if self.first is not None:
                self.first()
                self.progress = None
            self._loaded = self._load()
            self._engine = self._loaded.engine
        except LoadingStoppedError:
            logger.info("stopped while loading")
        except YoujuError as error:
            self.failure = str(error)
            logger.info("%s", error)  # whoever asks is told
        except Exception as error:
            self.failure = "载入索引和模型时出了意外的错误，请运行 youju doctor 检查。"
            logger.error("%s", self.failure, exc_info=error)
        else:
            self.refresh()
        finally:
            self._ended.set()

    def _prepare(self, prepare: Callable[[Pace], None]) -> None:
        try:
            prepare(self._paced)
        except Exception as error:  # questions are answered all the same
            logger.warning("cannot prepare the engine, the first questions will take longer", exc_info=error)

    def _paced(self, passages: Iterable[Passage]) -> Iterator[Passage]:
        """Hand on passages while nobody waits for an answer, and none after the process has begun to end."""
        main = threading.main_thread()
        for passage in passages:
            while self._limiter.borrowed_tokens and main.is_alive():
                time.sleep(BREATH)
            if not main.is_alive():
                return
            yield passage


def holder_for(settings: Settings, engine: Answering | None = None) -> EngineHolder:
    """Make the holder of an engine that is there, or of the one that the settings describe."""

    def load() -> Loaded:
        from qa.bootstrap import open_engine  # heavy: the models

        engine = open_engine(settings)
        engine.ask(WARM_UP)

        def prepare(pace: Pace) -> None:
            engine.reload().reader.prepare(pace(engine.store.all_passages()))

        return Loaded(engine, prepare, engine.reload)

    return EngineHolder(load, settings.threads, engine)
