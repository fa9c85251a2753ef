"""An honest no: what of the question the documents do not hold, and what could be asked instead."""

from collections.abc import Sequence

from qa.store.store import Store
from qa.types import Hit, Query, Refusal, RefusalReason


def missing_words(query: Query, store: Store) -> list[str]:
    """Return the places, bodies and content words of a question that no passage holds, synonyms counted in."""
    asked = [*query.places, *query.organisations, *query.words]
    forms = {word: (word, *query.synonyms.get(word, ())) for word in asked}
    counts = store.passage_counts([form for group in forms.values() for form in group])
    return [word for word in forms if not any(counts.get(form, 0) for form in forms[word])]


def refusal_for(query: Query, hits: Sequence[Hit], store: Store) -> Refusal:
    """Say why there is no answer."""
    missing = missing_words(query, store)
    titles = tuple(dict.fromkeys(store.article(hit.passage.article_id).title for hit in hits[:3]))
    suggestions = tuple(f"看看《{title}》里写了什么" for title in titles if title)
    if not hits:
        return Refusal(RefusalReason.NO_MATCH, "文档中没有找到与这个问题有关的内容。换一种说法，或先添加有关的文档。")
    if missing:
        words = "、".join(f"“{word}”" for word in missing[:4])
        return Refusal(
            RefusalReason.NO_MATCH, f"文档中没有提到{words}，所以不作回答。下面是最接近的段落。", suggestions
        )
    message = "文档中有相近的内容，但没有能确定的答案，所以不作回答。请看下面最接近的段落。"
    return Refusal(RefusalReason.LOW_CONFIDENCE, message, suggestions)
