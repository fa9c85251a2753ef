"""The parts that can be left out, to see what each is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from qa.bootstrap import Variant
from qa.retrieval.fusion import Weights
from qa.types import Query


@dataclass(frozen=True, slots=True)
class Without:
    """One line of the ablation.

    Attributes:
        reader: overrides the setting of that name where not empty.
    """

    variant: Variant = field(default_factory=Variant)
    reader: str = ""


def _without_synonyms(query: Query) -> Query:
    return replace(query, synonyms={})


def _without_subjects(query: Query) -> Query:
    return replace(query, places=(), organisations=(), years=())


_WHOLE = Weights()
_WORDS = frozenset({f"cover_{part}" for part in ("clause", "segment", "sentence", "window", "passage")})

_AGAIN = frozenset({"again", "again_relevance", "again_span", "best_again_relevance", "best_again_span"})

ABLATIONS: Mapping[str, Without] = {
    "全部": Without(),
    "不用神经阅读器（reader=rules）": Without(reader="rules"),
    "不用向量检索": Without(Variant(weights=replace(_WHOLE, dense=0.0))),
    "不用词语检索": Without(Variant(weights=replace(_WHOLE, lexical=0.0, coverage=0.0))),
    "检索不看文章的地方、单位、年份": Without(Variant(weights=replace(_WHOLE, metadata=0.0))),
    "不理解问题里的地方、单位、年份": Without(Variant(understood=_without_subjects)),
    "不用同义词": Without(Variant(understood=_without_synonyms)),
    "排序不看规则的总分": Without(Variant(ignored=frozenset({"reader"}))),
    "排序不看问题的词离得多近": Without(Variant(ignored=_WORDS | {"proximity", "grams"})),
    "排序不看动词、单位、类名": Without(Variant(ignored=frozenset({"verb", "unit", "noun", "kind"}))),
    "排序和拒答不看第二遍读的": Without(Variant(ignored=_AGAIN)),
    "排序不看段落的名次和得分": Without(
        Variant(ignored=frozenset({"hit_score", "hit_gap", "hit_rank", "hit_dense", "hit_coverage", "hit_lexical"}))
    ),
}
