"""Questions to begin with, made out of the corpus: each was asked once, and was answered with the right figure."""

import logging
import re
import threading
import time
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Protocol

from qa.api.holder import Answering, EngineHolder
from qa.errors import YoujuError
from qa.ledger.types import Figure, FigurePage
from qa.schema import MIDDLE
from qa.types import AnswerKind
from ui.messages import messages

COUNT = 6
"""Examples that are shown."""
TRIES = 24
"""Questions that are tried out for them."""
ROWS = 2000
"""Figures that are looked through."""
BREATH = 0.05
"""Seconds between two tries, so that people's own questions come first."""
LONGEST = 36
"""Characters of an example."""
_PLAIN = re.compile(r"[\u4e00-\u9fff“”]{2,8}")
_FUNDS = ("金", "款", "资金", "经费", "物资")
"""Things that are money themselves: one asks how much of them, not how much money for them."""
_SPENDING = frozenset("发放 筹集 投入 拨付 募集 下拨 补助".split())
_DOING = frozenset("资助 救助 慰问 帮扶 培训 建立 组建 新建 签订 发展 举办 安置 评选 表彰 创建".split())
"""What a body does with money and with people, so that "…了多少…" makes a sentence."""
logger = logging.getLogger(__name__)


class Ledger(Protocol):
    """A store that keeps figures."""

    def figures(self, *, limit: int) -> FigurePage:
        """Return some of them."""
        ...


class Examples:
    """The examples of the present index; looked for in the background, anew for every generation."""

    def __init__(self, holder: EngineHolder) -> None:
        self._holder = holder
        self._lock = threading.Lock()
        self._generation = -1
        self._found: tuple[str, ...] = ()

    def now(self) -> tuple[str, ...]:
        """Return what is there; where the index has changed, begin to look for others."""
        try:
            engine = self._holder.engine()
            generation = engine.info().generation
        except YoujuError:
            return ()
        with self._lock:
            if generation != self._generation:
                self._generation = generation
                threading.Thread(target=self._look, args=(engine,), name="find-examples", daemon=True).start()
            return self._found

    def _look(self, engine: Answering) -> None:
        try:
            self._found = tuple(find_examples(engine))
        except Exception as error:  # a page without examples is no worse an answerer
            logger.warning("cannot find example questions", exc_info=error)


def find_examples(engine: Answering) -> Iterator[str]:
    """Give at most COUNT questions that the engine answers with the figure that they were made of."""
    given = 0
    for question, text in candidates(engine)[:TRIES]:
        time.sleep(BREATH)
        best = engine.ask(question, limit=1).answers[:1]
        if best and best[0].text == text and best[0].confidence >= MIDDLE:
            yield question
            given += 1
        if given == COUNT:
            return


def candidates(engine: Answering) -> list[tuple[str, str]]:
    """Make questions out of the ledger's figures, each with its answer; those of different bodies first."""
    ledger: Ledger | None = engine.store if hasattr(engine.store, "figures") else None  # type: ignore[assignment]
    if ledger is None:
        return []
    figures = [figure for figure in ledger.figures(limit=ROWS).rows if fits(figure)]
    money = _in_turns(figure for figure in figures if figure.kind is AnswerKind.AMOUNT)
    people = _in_turns(figure for figure in figures if figure.kind is AnswerKind.COUNT)
    mixed = [figure for pair in zip_longest(money, people) for figure in pair if figure is not None]
    asked = {question_of(figure): figure.text for figure in reversed(mixed)}  # the first one of a question stays
    return [(question, text) for question, text in reversed(asked.items()) if len(question) <= LONGEST]


def fits(figure: Figure) -> bool:
    """Tell whether a figure makes a good example: whose it is, what was done and to what are known, in plain words."""
    verbs = {AnswerKind.AMOUNT: _SPENDING, AnswerKind.COUNT: _DOING}.get(figure.kind, frozenset())
    plain = figure.verb in verbs and _PLAIN.fullmatch(figure.what) is not None
    return plain and len(figure.body) >= 4 and not figure.per_head


def question_of(figure: Figure) -> str:
    """Ask for a figure, in Chinese whatever the page speaks: the documents are Chinese."""
    words = messages("zh")
    year = words.text("year", year=figure.year) if figure.year is not None else ""
    if figure.kind is AnswerKind.AMOUNT:
        key = "example_money" if figure.what.endswith(_FUNDS) else "example_money_for"
    else:
        key = "example_count"
    unit = "" if figure.value.unit.startswith("人") else figure.value.unit  # 多少会员, not 多少人会员
    values = {"body": figure.body, "year": year, "verb": figure.verb, "what": figure.what, "unit": unit}
    return words.text(key, **values)


def _in_turns(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Take the first of each body, then the second of each, and so on."""
    by_body: dict[str, list[Figure]] = {}
    for figure in figures:
        by_body.setdefault(figure.body, []).append(figure)
    queues = list(by_body.values())
    for turn in range(max(map(len, queues), default=0)):
        yield from (queue[turn] for queue in queues if turn < len(queue))
