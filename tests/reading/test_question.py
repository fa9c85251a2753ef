import pytest

from qa.reading.question import asked_items, asked_noun, asked_person, asked_senses, asked_terms, main_senses


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("试点设在哪个镇", "镇"),
        ("请的是哪家律师事务所", "律师事务所"),
        ("归哪个部门管", "部门"),
        ("在哪所学校举行", "学校"),
        ("哪些企业参加了", "企业"),
        ("唱的是什么歌", "歌"),
        ("什么时候召开", ""),
        ("一共多少人", ""),
        ("比赛 场馆", "场馆"),
    ],
)
def test_the_noun_asked_for(text: str, noun: str) -> None:
    assert asked_noun(text) == noun


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("“五个统一”是哪五个", 5),
        ("三比一创是什么", 4),
        ("具体是哪六项", 6),
        ("123工作思路", 3),
        ("有哪些步骤", None),
        ("发了多少钱", None),
        ("养蜂“十百千万”目标是什么", None),
        ("“百千万”工程具体是什么", None),
    ],
)
def test_the_number_of_items(text: str, items: int | None) -> None:
    assert asked_items(text, asked_terms(text)) == items


def test_the_person_whose_role_is_asked_for() -> None:
    assert asked_person("周建明是什么职务") == "周建明"
    assert asked_person("县总工会的主席是谁") == ""


def test_raising_is_told_from_giving() -> None:
    raised, given = asked_senses("筹了多少钱")[0], asked_senses("发放了多少")[0]
    assert raised == {"raise"}
    assert given == {"give"}


def test_the_verb_nearest_to_the_question_word_rules() -> None:
    assert main_senses("慰问职工都送了什么东西")[0] == {"give"}
