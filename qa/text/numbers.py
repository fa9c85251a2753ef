"""Figures as they stand in Chinese text: Arabic, with separators and 万/亿, or Chinese numerals."""

import math
import re
import unicodedata

_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("〇零○", "一壹幺", "二贰两貳兩", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_UNITS = (("亿億", 1e8), ("万萬", 1e4), ("千仟", 1e3), ("百佰", 1e2), ("十拾", 1e1))
"""Largest first: what stands before a unit counts that many of it, what stands behind is added."""
_LETTERS = "".join(_DIGITS) + "".join(marks for marks, _ in _UNITS)
_FIGURE = rf"(?:\d[\d,]*(?:\.\d+)?|半|[{_LETTERS}廿卅])"
_VAGUE = "多余餘来來几幾"
_NUMBER = re.compile(
    rf"(?P<sign>[+-]|负)?(?P<body>{_FIGURE}(?:点(?=[{''.join(_DIGITS)}])|[{_VAGUE}](?![人个])|{_FIGURE})*)"
)
_HEAD = re.compile(r"(?:大约|将近|接近|超过|达到|不足|至少|最多|多达|高达|约|近|超|逾|达|共)+")
_ARABIC = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_CHINESE_DECIMAL = re.compile(rf"(?P<whole>.*)点(?P<digits>[{''.join(_DIGITS)}]+)")


def parse_number(text: str) -> float | None:
    """Read a text that is one figure and nothing else; None where it is not.

    Words that only soften a figure are passed over: 约, 近, 超过 … before it, 多, 余, 来, 几 behind or inside it
    ("300多万" is 3000000, "二十余" is 20). Spaces do not matter. A unit of measure does: "5元" is None.
    So is what names no one number: 六七, 三四十, 三五.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    head = _HEAD.match(plain)
    body = plain[head.end() :] if head else plain
    found = _NUMBER.fullmatch(body) or _NUMBER.fullmatch(body.rstrip(_VAGUE))
    if not found:
        return None
    value = _value(found["body"])
    if value is None or not math.isfinite(value):
        return None
    return -value if found["sign"] in {"-", "负"} else value


def _value(body: str) -> float | None:
    """Read a figure without sign and softening head."""
    body = body.replace("廿", "二十").replace("卅", "三十")
    for mark in _VAGUE:
        body = body.replace(mark, "")
    if body and all(char in _DIGITS for char in body):  # read digit by digit: 二〇一七
        return None if _is_vague(body) else float("".join(str(_DIGITS[char]) for char in body))
    return _sum(body)


def _is_vague(digits: str) -> bool:
    """Tell whether two digits side by side mean "about so many": neighbours (六七, 两三), or 三五 and 三两."""
    if len(digits) != 2:
        return False
    low, high = (_DIGITS[char] for char in digits)
    return 0 < low == high - 1 or (low, high) == (3, 5) or digits in ("三两", "叁两")


def _sum(body: str) -> float | None:
    """Read a figure by its largest unit: count × unit + rest."""
    for marks, unit in _UNITS:
        at = max(body.rfind(mark) for mark in marks)
        if at < 0:
            continue
        count = 1.0 if at == 0 else _sum(body[:at])
        rest = _rest(body[at + 1 :], unit)
        return None if count is None or rest is None else count * unit + rest
    return _leaf(body)


def _rest(body: str, unit: float) -> float | None:
    """Read what stands behind a unit; one bare digit counts tenths of it, as in 两万五."""
    if not body:
        return 0.0
    if body == "半":
        return unit / 2
    if len(body) == 1 and unit > 10 and (digit := _leaf(body)) is not None:
        return digit * unit / 10
    stripped = body.lstrip("零〇○")
    value = _sum(stripped) if stripped else None
    return value if value is not None and value < unit else None


def _leaf(body: str) -> float | None:
    """Read a figure without units: Arabic, one Chinese digit, or either with Chinese decimals."""
    if _ARABIC.fullmatch(body):
        return float(body.replace(",", ""))
    if body == "半":
        return 0.5
    if len(body) == 1 and body in _DIGITS:
        return float(_DIGITS[body])
    decimal = _CHINESE_DECIMAL.fullmatch(body)
    if decimal and (whole := _leaf(decimal["whole"])) is not None:
        return float(f"{whole:.0f}." + "".join(str(_DIGITS[char]) for char in decimal["digits"]))
    return None
