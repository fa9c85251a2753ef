"""Whether a given answer is right: leniently about units, spaces and punctuation, strictly about figures."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from qa.evaluation.gold import EXPLAIN, SHORT, Given, GoldAnswer

_EDGES = "，。、；：:;,.!?！？“”\"'‘’()（）《》<>·- "
_SCALES = {"万亿": 10**12, "万": 10**4, "亿": 10**8, "千": 10**3, "百": 10**2}
_FIGURE = re.compile(r"^(?:共|约|近|达|累计|总计|超过|为)*(\d+(?:\.\d+)?)(万亿|亿|万|千|百)?(?:余|多)?(.*)$")
_LOOSE_UNIT = re.compile(r"[(（].*?[)）]|^(人民币)|元$|余|多")
_CLAUSES = re.compile(r"[，。；、,;]")

SHORT_SLACK = 6
"""Characters that a short answer may have around the gold text."""
LONG_SLACK = 12
"""The same for other answers, or as many as the gold text has, whichever is more."""
PART = 0.7
"""Share of a gold text that will do where it is no figure, and of a gold explanation's clauses."""
OVERLAP = 0.8
"""Character F1 from which an explanation or list item counts as the gold one."""
SEEN = 400
"""Characters of an answer and of its sentence that are looked at."""


def squeeze(text: str) -> str:
    """Return the normal form for comparison: NFKC, lower case, no white space, no punctuation at the edges."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower()).strip(_EDGES)


def leading_figure(text: str) -> tuple[float, str] | None:
    """Read a figure such as 396.6万元 as (3966000.0, "元"); None where the text does not begin with one."""
    match = _FIGURE.match(squeeze(text))
    return (round(float(match[1]) * _SCALES.get(match[2], 1), 6), match[3]) if match else None


def same_unit(a: str, b: str) -> bool:
    """Compare two units; a missing one fits any, and the first character decides."""
    if not a or not b:
        return True
    a, b = _LOOSE_UNIT.sub("", a), _LOOSE_UNIT.sub("", b)
    return a == b or a[:1] == b[:1]


def overlap(given: str, gold: str) -> float:
    """F1 over the characters of both as bags, 0..1."""
    a, b = Counter(squeeze(given)), Counter(squeeze(gold))
    common = sum((a & b).values())
    if not common:
        return 0.0
    precision, recall = common / sum(a.values()), common / sum(b.values())
    return 2 * precision * recall / (precision + recall)


def within(part: str, whole: str) -> bool:
    """Tell whether a part stands in a whole, and no figure of it is head or tail of a longer one."""
    if not part:
        return False
    before = r"(?<![\d.])" if part[0].isdigit() else ""
    behind = r"(?![\d.])" if part[-1].isdigit() else ""
    return re.search(before + re.escape(part) + behind, whole) is not None


def matches(given: str, forms: Iterable[str], kind: str) -> bool:
    """Tell whether an answer is one of the gold forms, by the rules of the question's type."""
    text = squeeze(given)
    return any(_is_form(given, text, form, kind) for form in forms)


def _is_form(given: str, text: str, form: str, kind: str) -> bool:
    gold = squeeze(form)
    if not gold or not text:
        return False
    slack = SHORT_SLACK if kind in SHORT else max(LONG_SLACK, len(gold))
    if text == gold or (within(gold, text) and len(text) <= len(gold) + slack):
        return True
    if text in gold and len(text) >= PART * len(gold) and kind not in {"amount", "count", "date"}:
        return True
    if kind in {"amount", "count"}:
        return _same_figure(given, form)
    return kind in {EXPLAIN, "list"} and overlap(given, form) >= OVERLAP


def _same_figure(given: str, form: str) -> bool:
    a, b = leading_figure(given), leading_figure(form)
    return a is not None and b is not None and a[0] == b[0] and same_unit(a[1], b[1])


def is_cited(given: Given, answer: GoldAnswer) -> bool:
    """Tell whether the citation covers a gold line of the right file, give or take one."""
    if given.file.rsplit("/", 1)[-1] != answer.file:
        return False
    return any(given.line_start - 1 <= line <= (given.line_end or given.line_start) + 1 for line in answer.lines)


def is_item(given: Given, type_: str, answer: GoldAnswer) -> bool:
    """Tell whether an answer is one of several; a list item may stand in a little more text, not in a paragraph."""
    kind = "list" if type_ == "list" else "amount"
    if matches(given.text, answer.forms, kind):
        return True
    gold, text = squeeze(answer.text), squeeze(given.text)
    return kind == "list" and within(gold, text) and len(text) <= max(2.5 * len(gold), len(gold) + 15)


def explains(given: Given, answer: GoldAnswer) -> bool:
    """Tell whether an answer or its sentence holds the gold explanation, or most of its clauses."""
    seen = squeeze(given.text[:SEEN]) + "|" + squeeze(given.sentence[:SEEN])
    if within(squeeze(answer.text), seen):
        return True
    clauses = [clause for clause in map(squeeze, _CLAUSES.split(answer.text)) if clause]
    return bool(clauses) and sum(clause in seen for clause in clauses) >= PART * len(clauses)
