import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.numbers import parse_number
from tests.text.strategies import ocr_text

DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


def below_ten_thousand(number: int) -> str:
    """Write 1..9999 in Chinese, zeros inside joined to one 零."""
    parts = ""
    gap = False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            parts += ("零" if gap and parts else "") + DIGITS[digit] + mark
            gap = False
        else:
            gap = True
    return parts


def chinese(number: int) -> str:
    """Write 0..10**12 - 1 in Chinese."""
    if number == 0:
        return "零"
    text = ""
    for unit, mark in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, unit)
        if group:
            text += ("零" if text and group < 1000 else "") + below_ten_thousand(group) + mark
    return text


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals(number: int) -> None:
    assert parse_number(chinese(number)) == number
    assert parse_number(chinese(number).translate(FORMAL)) == number


@given(st.integers(0, 10**12), st.integers(0, 4))
def test_arabic_figures(number: int, places: int) -> None:
    text = f"{number / 10**places:.{places}f}"
    assert parse_number(text) == pytest.approx(float(text))
    assert parse_number(f"{number:,}") == number


@given(st.integers(1, 10**7), st.sampled_from([("万", 1e4), ("亿", 1e8), ("千", 1e3), ("百万", 1e6), ("万亿", 1e12)]))
def test_arabic_figures_with_units(number: int, unit: tuple[str, float]) -> None:
    mark, factor = unit
    assert parse_number(f"{number / 100:.2f}{mark}") == pytest.approx(number / 100 * factor)
    assert parse_number(f"{number / 100:.2f} {mark}余") == pytest.approx(number / 100 * factor)


@given(
    st.integers(10, 10**12 - 1), st.sampled_from(["约", "近", "超过", "逾", "不足"]), st.sampled_from(["余", "多", ""])
)
def test_words_that_soften_a_figure_do_not_change_it(number: int, head: str, tail: str) -> None:
    assert parse_number(f"{head}{number}{tail}") == number


@given(ocr_text)
def test_any_text_gives_a_finite_number_or_none(text: str) -> None:
    value = parse_number(text)
    assert value is None or abs(value) < float("inf")


@given(st.text("一二三十百千万亿零半点0123456789.,多余几", max_size=30))
def test_any_heap_of_numerals_gives_a_number_or_none(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三千", 3000),
        ("贰佰", 200),
        ("二十余", 20),
        ("十几", 10),
        ("300多万", 3_000_000),
        ("30余万", 300_000),
        ("百余", 100),
        ("1,234.5", 1234.5),
        ("1.2亿", 120_000_000),
        ("3亿2000万", 320_000_000),
        ("二〇一七", 2017),
        ("一二三", 123),
        ("一五", 15),
        ("八五", 85),
        ("〇一", 1),
        ("两千零一十七", 2017),
        ("两万五", 25_000),
        ("一百二", 120),
        ("一百零二", 102),
        ("一百二十万零五百", 1_200_500),
        ("三点一四", 3.14),
        ("七十六点五四", 76.54),
        ("一点五万", 15_000),
        ("廿五", 25),
        ("一万半", 15_000),
        ("１２３", 123),
        ("123.4 万", 1_234_000),
        ("-5", -5),
        ("负三", -3),
        ("萬", 10_000),
    ],
)
def test_examples(text: str, number: float) -> None:
    assert parse_number(text) == pytest.approx(number)


@pytest.mark.parametrize(
    "text", ["", " ", "5元", "一人", ".", ",", "1,23", "1.2.3", "多", "约", "工会", "点", "三点", "9" * 400]
)
def test_what_is_no_figure(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text", ["六七", "两三", "一两", "三五", "三两", "八九", "三四十", "两三百", "十七八", "约五六"]
)
def test_two_digits_that_mean_about_so_many_are_no_exact_number(text: str) -> None:
    assert parse_number(text) is None
