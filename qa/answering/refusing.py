"""An honest no: what of the question the documents do not hold, and what could be asked instead."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa.answering.lacking import Lack, find_lack, thing_of, typed_place
from qa.answering.suggesting import BestAnswers, suggestions
from qa.dialogue.smalltalk import asks_nothing
from qa.dialogue.stages import KIND_NAMES
from qa.retrieval.known import Known
from qa.store.store import Store
from qa.types import FIGURE_KINDS, LONG_KINDS, AnswerKind, Filters, Hit, Part, Query, Refusal, RefusalReason

_NOTHING_ASKED = "没看出要查什么，请写明要查的事，例如“金秋助学发放了多少资金？”。"
_SMALLTALK = "这里只回答已收录文档里写明的事，请写明要查的事，例如“金秋助学发放了多少资金？”。"
_NOTHING_FOUND = "文档中没有找到与这个问题有关的内容。换一种说法，或先添加有关的文档。"
_WHOLE = LONG_KINDS | {AnswerKind.WORK}
_MOST_NAMED = 4
_MESSAGES: Mapping[Part, str] = {
    "future": "问的是还没有发生的事，文档中没有写明有关的计划或安排",
    "place": "文档中没有{named}的{thing}{data}",
    "place_thing": "文档中没有{named}的{thing}{data}",
    "year": "文档中没有{place}{named}的{thing}{data}",
    "year_thing": "文档中没有{place}{named}的{thing}{data}",
    "ordinal": "文档中没有{place}{named}的{thing}{data}",
    "alternative": "相近的段落里没有{place}{named}的{thing}{data}",
    "term": "文档中提到了{named}，但没有说明它指什么",
    "words": "文档中没有提到{named}",
    "everything": "已收录的文档与这个问题无关，没有提到{named}",
}


def refusal_for(query: Query, hits: Sequence[Hit], store: Store, known: Known, best_answers: BestAnswers) -> Refusal:
    """Say why there is no answer.

    Args:
        query: that has none.
        hits: its passages.
        known: the vocabulary of the documents.
        best_answers: asks other questions; suggestions are checked by it.
    """
    if not hits:
        return Refusal(RefusalReason.NO_MATCH, _nothing_within(query.filters) or _NOTHING_FOUND)
    if asks_nothing(query):
        lack, refusal = None, Refusal(RefusalReason.OUT_OF_SCOPE, _NOTHING_ASKED if query.names_nothing else _SMALLTALK)
    else:
        lack = find_lack(query, hits, store)
        refusal = _unsure(query) if lack is None else _named(query, lack)
    return replace(refusal, suggestions=suggestions(query, lack, hits, store, known, best_answers))


def _nothing_within(filters: Filters) -> str:
    """Say that limits leave nothing to search, "" where there are none."""
    limits = {"文件": filters.files, "篇章": filters.articles, "地方": filters.places, "年份": map(str, filters.years)}
    named = "，".join(f"{name} {values}" for name, given in limits.items() if (values := "、".join(given)))
    return f"限定的范围（{named}）里没有可查的内容。请检查写得对不对，或去掉限定再问。" if named else ""


def _named(query: Query, lack: Lack) -> Refusal:
    """Name the part that the documents lack, and what they have in its stead."""
    place, thing = typed_place(query), thing_of(query)
    for name in lack.named:
        thing = thing.replace(name, "")
    named = lack.named[:_MOST_NAMED]
    message = _MESSAGES[lack.part].format(
        named="、".join(f"“{word}”" for word in named),
        place=f"“{place}”" if place and place not in lack.named else "",
        thing=thing,
        data="数据" if query.kinds[0] in FIGURE_KINDS else "信息",
    )
    there = f"（有的是{'、'.join(lack.there)}）" if lack.there else ""
    reason = RefusalReason.OUT_OF_SCOPE if lack.part == "everything" else RefusalReason.NO_MATCH
    message = f"{message}{there}，所以不作回答。下面是最接近的段落。"
    return Refusal(reason, message, part=lack.part, named=named, there=lack.there)


def _unsure(query: Query) -> Refusal:
    """Say what is not stated where all parts of the question are there."""
    near = tuple(part for part in (typed_place(query), thing_of(query)) if part)
    about = "、".join(f"“{part}”" for part in near)
    kind = KIND_NAMES[query.kinds[0]]
    stated = "能确定的答案" if query.kinds[0] in _WHOLE else f"能确定为答案的{kind}"
    message = f"文档中有与{about}相近的内容，但没有{stated}，所以不作回答。请看下面最接近的段落。"
    return Refusal(RefusalReason.LOW_CONFIDENCE, message if about else message.replace("与相近", "相近"), named=near)
