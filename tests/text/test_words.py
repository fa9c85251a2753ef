import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given

from qa.text.normalise import normalise
from qa.text.words import cut, is_link, is_word, parts_of, search_words, tokens
from tests.text.strategies import ocr_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("发放123.4万元", ["发放", "123.4", "万元"]),
        ("投入 567.8 万元。", ["投入", "567.8", "万元"]),
        ("2017年9月", ["2017", "年", "9", "月"]),
        ("达76.54%，１,０００人", ["达", "76.54%", "1000", "人"]),
        ("金秋助学金", ["金秋助学金"]),
        ("第三屆職代會", ["第三届", "职代会"]),
        ("APP、QQ群和12351热线", ["app", "qq", "群", "和", "12351", "热线"]),
        ("abc-1.0 a@b.cn", ["abc-1.0", "a@b.cn"]),
        ("……！？", []),
        ("", []),
        ("\ud800", []),
    ],
)
def test_cut(text: str, words: list[str]) -> None:
    assert cut(text) == words


@pytest.mark.parametrize(
    ("word", "parts"),
    [("颁奖仪式", ("颁奖", "仪式")), ("火星基地", ("火星", "基地")), ("工会", ()), ("abc", ()), ("", ())],
)
def test_a_long_word_has_parts(word: str, parts: tuple[str, ...]) -> None:
    assert parts_of(word) == parts


def test_search_words_hold_the_words_inside_long_ones() -> None:
    assert {"金秋", "助学", "金秋助学"} <= set(search_words("金秋助学活动"))
    assert {"职工", "代表", "大会"} <= set(search_words("职工代表大会"))


@given(ocr_text)
def test_every_word_is_in_normal_form_without_blanks_and_matched_again(text: str) -> None:
    words = cut(text)
    assert all(word and not any(char.isspace() for char in word) for word in words)
    assert set(words) <= set(search_words(text)) | {word.replace(",", "") for word in words}
    assert cut(normalise(text).text) == words


@given(ocr_text)
def test_tokens_stand_where_they_say(text: str) -> None:
    plain = normalise(text).text
    behind = 0
    for token in tokens(plain):
        assert behind <= token.start < token.end
        assert plain[token.start : token.end] == token.text
        behind = token.end


def test_what_the_dictionary_knows() -> None:
    assert is_word("工会") and is_word("集体合同") and is_word("晋城市")
    assert not is_word("会工")
    assert is_link("召开") and not is_link("工会")


def test_many_threads_get_the_same_words() -> None:
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(cut("全市总工会金秋助学"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [cut("全市总工会金秋助学")] * 8


def test_it_loads_quietly_and_without_a_writable_temporary_folder(tmp_path: Path) -> None:
    code = "from qa.text.words import cut; import sys; sys.stdout.write(' '.join(cut('集体合同签订率')))"
    environment = {**os.environ, "TMPDIR": str(tmp_path / "missing"), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert (done.stdout, done.stderr) == ("集体合同 签订率", "")


def test_jieba_stays_silent(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        cut("工会")
    assert not caplog.records
