"""Lines are numbered as editors number them."""

from hypothesis import given
from hypothesis import strategies as st

from qa.text.lines import line_of, line_starts


def test_lines_count_from_one_by_line_feeds() -> None:
    assert [line_of("一\n二\r\n\n四", offset) for offset in (0, 1, 2, 4, 5, 6)] == [1, 1, 2, 2, 3, 4]


def test_a_line_end_at_the_very_end_begins_no_line() -> None:
    assert line_starts("一\n二\n") == (0, 2)
    assert line_starts("\n") == line_starts("") == (0,)


@given(st.text(alphabet="一\n\r", min_size=1, max_size=40))
def test_the_line_of_a_character_is_one_more_than_the_line_feeds_before_it(text: str) -> None:
    for offset in range(len(text)):
        assert line_of(text, offset) == text.count("\n", 0, offset) + 1
