"""Text as OCR leaves it: Han, figures, mixed punctuation, stray spaces, odd characters."""

from hypothesis import strategies as st

_HAN = st.sampled_from("工会职工发放万元市总的是一二三十百千张三画畫龍臺灣門國第〇")
_PUNCTUATION = st.sampled_from("。！？；，、：“”‘’「」『』（）《》【】…—·.!?;,:\"'()[]%-+～①⑳㎡½")
_SPACE = st.sampled_from(" \t\n\r\x0b\x0c\x85\u00a0\u3000\u2028")
_PLAIN = st.sampled_from("0123456789abcXYZＡｚ０９．％")

ocr_text = st.lists(st.one_of(_HAN, _HAN, _HAN, _PUNCTUATION, _SPACE, _PLAIN, st.characters()), max_size=120).map(
    "".join
)
"""Any code point may turn up, lone surrogates included."""
