"""An honest no: what of the question the documents do not hold, and what could be asked instead."""

from collections.abc import Sequence

from qa.store.store import Store
from qa.text.words import search_words
from qa.types import Hit, Query, Refusal, RefusalReason


def missing_words(query: Query, store: Store) -> list[str]:
    """Return what no passage holds of a question's places (in none of their forms) and content words (nor a synonym).

    What is cut into several words is missing only where one of these is: it stands nowhere then, however it is cut.
    """
    words = [word for word in query.words if word not in query.numbers]  # 第九期 may stand there as 第9期
    groups = {word: (word, *query.synonyms.get(word, ())) for word in words}
    typed = next((place for place in query.places if place in query.text), "")
    if typed:
        groups = {typed: query.places} | groups
    tokens = {form: search_words(form) for forms in groups.values() for form in forms}
    counts = store.passage_counts({token for cut in tokens.values() for token in cut})
    return [
        word
        for word, forms in groups.items()
        if not any(all(counts.get(token, 0) for token in tokens[form]) for form in forms)
    ]


def refusal_for(query: Query, hits: Sequence[Hit], store: Store) -> Refusal:
    """Say why there is no answer."""
    if query.names_nothing:
        message = "没看出要查什么，请写明要查的事，例如“金秋助学发放了多少资金？”。"
        return Refusal(RefusalReason.OUT_OF_SCOPE, message)
    if not hits:
        return Refusal(RefusalReason.NO_MATCH, "文档中没有找到与这个问题有关的内容。换一种说法，或先添加有关的文档。")
    missing = missing_words(query, store)
    if missing:
        words = "、".join(f"“{word}”" for word in missing[:4])
        return Refusal(RefusalReason.NO_MATCH, f"文档中没有提到{words}，所以不作回答。下面是最接近的段落。")
    titles = dict.fromkeys(store.article(hit.passage.article_id).title for hit in hits[:3])
    suggestions = tuple(f"看看《{title}》里写了什么" for title in titles if title)
    message = "文档中有相近的内容，但没有能确定的答案，所以不作回答。请看下面最接近的段落。"
    return Refusal(RefusalReason.LOW_CONFIDENCE, message, suggestions)
