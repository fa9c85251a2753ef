"""What a clause must say to answer: what follows upon a wrong, what a word that is asked about means."""

import re
from collections.abc import Callable, Sequence

from qa.answering.terms import plain
from qa.types import LONG_KINDS, Candidate, Query

_HOW = "(?:怎么|咋|如何|怎样)(?:样)?(?:来|去)?"
_WHAT = "(?:什么|啥|哪些)(?:样的)?"
_PUNISHED = "处罚|惩处|惩罚|追究|追责|罚"
_PUNISHMENT_ASKED = re.compile(rf"{_HOW}(?:{_PUNISHED})|{_WHAT}(?:处罚|惩罚|处分)")
_PENALTY_ASKED = re.compile(rf"{_HOW}(?:处理|处置|{_PUNISHED})|{_WHAT}(?:处罚|惩罚|处分|责任|后果|下场)|下场")
_FORBIDS = re.compile("不得|禁止|严禁|不准|不许|不允许")
_FORBIDS_ALL = re.compile(rf"任何[^,，。;；]{{1,24}}(?:{_FORBIDS.pattern})")
_BIDS = re.compile("应当?|须|可以|由|予以|要|先|再")
_SANCTION = re.compile(
    "罚|责令|责成|处分|警告|没收|吊销|追究|赔偿|责任|拘留|取消|追回|通报|撤销|开除|辞退|记过|[暂停中]止|停[发业产工职赛]|暂停"
    "|退[还回赔]|判[处刑]|解除|整改|批评|训诫|扣|降[级薪职]|禁赛|资格|不予|评[优先选]|补缴|滞纳金|移送|曝光|黑名单"
)
_MEANING_ASKED = re.compile(
    '[”"’」》]?(?:到底|究竟|具体)?'
    "(?:是怎么一?回事|(?:是|指的是|是指|指)(?:什么|啥)(?:意思)?|(?:什么|啥)意思|算(?:什么|啥))[?？呢啊]?$"
)
_DEFINED = re.compile(
    '所称的?[“"‘「《]?(?P<term>[^,，。;；:“”"‘’「」《》]{2,20})[”"’」》]?[,，]?(?:是指|指的?是|指(?![导挥定标]))'
)


def penalty_test(query: Query) -> Callable[[Candidate], bool] | None:
    """Return the test for a question about what follows upon a wrong: that it is forbidden does not say so.

    Where it is asked how it is punished, a sanction must stand in the sentence. What is forbidden and bidden at once
    (不得使用,应当销毁) may say how something is dealt with; what nobody may do at all does not.
    """
    if query.kinds[0] not in LONG_KINDS or not _PENALTY_ASKED.search(query.text):
        return None
    punished = _PUNISHMENT_ASKED.search(query.text) is not None

    def test(candidate: Candidate) -> bool:
        if _SANCTION.search(_sentence(candidate)):
            return True
        text = plain(candidate.text)
        forbids = _FORBIDS.search(text) is not None and _BIDS.search(text) is None
        return not punished and not forbids and _FORBIDS_ALL.search(text) is None

    return test


def defining(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that define the word asked about (所称…，是指) where there are any; else all of them.

    The longest of the defined words that stand right before 是什么 is the one asked about.
    """
    asked = _MEANING_ASKED.search(plain(query.text))
    if asked is None or query.kinds[0] not in LONG_KINDS:
        return list(candidates)
    before = plain(query.text)[: asked.start()]
    terms = {id(one): _defined(one, before) for one in candidates}
    best = max(terms.values(), key=len, default="")
    return [one for one in candidates if terms[id(one)] == best]


def _defined(candidate: Candidate, before: str) -> str:
    """Return the word with which a question's beginning ends that a candidate's sentence defines, "" where none."""
    found = (hit["term"] for hit in _DEFINED.finditer(_sentence(candidate)))
    return max((term for term in found if before.endswith(term)), key=len, default="")


def _sentence(candidate: Candidate) -> str:
    return plain(candidate.hit.passage.text[candidate.sentence.start : candidate.sentence.end])
