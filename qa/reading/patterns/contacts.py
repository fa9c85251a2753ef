"""Telephone numbers, e-mail addresses, postal codes and postal addresses."""

import re

from qa.reading.found import Found
from qa.types import AnswerKind

_EMAIL = re.compile(r"[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_PHONE = re.compile(
    r"(?<![\d.])(?:(?:\(0\d{2,3}\) ?|0\d{2,3} ?[-—]? ?)?[2-9]\d{6,7}(?:-\d{1,5})?|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4})"
    r"(?![\d.%‰元人户家名万亿个年月日平公吨])"
)
_HOTLINE = re.compile(
    r"(?:热线|电话|拨打|专线)[^\d。;\n]{0,8}(?P<number>\d{3,6})(?![\d)]| ?[-—] ?\d)"
    r"|(?<!\d)(?P<short>1\d{4}|9\d{4}|1\d{2})(?=”?[^,。;\d]{0,6}热线)"
)
_POSTCODE = re.compile(r"(?:邮编|邮政编码|邮码)[:\s]*(?P<code>\d{6})(?!\d)")
_ADDRESS = re.compile(
    r"(?<!网)(?<!邮箱)(?:地址|地点|住址|所在地)[:]\s*(?P<place>[^\n。;:]{4,50}?)(?=[\n。;]|邮编|电话|$)"
)


def find_contacts(text: str) -> list[Found]:
    """Find PHONE, EMAIL and ADDRESS ranges of a text in normal form; a postal code is an ADDRESS marked "postcode"."""
    found = [Found(*hit.span(), AnswerKind.EMAIL) for hit in _EMAIL.finditer(text)]
    found += [Found(*hit.span(), AnswerKind.PHONE) for hit in _PHONE.finditer(text)]
    for hit in _HOTLINE.finditer(text):
        found.append(Found(*hit.span("number" if hit["number"] else "short"), AnswerKind.PHONE))
    found += [
        Found(*hit.span("code"), AnswerKind.ADDRESS, marks=frozenset({"postcode"})) for hit in _POSTCODE.finditer(text)
    ]
    return found + [Found(*hit.span("place"), AnswerKind.ADDRESS) for hit in _ADDRESS.finditer(text)]
