import pytest

from qa.reading.reader import TypedReader
from qa.types import AnswerKind, Candidate
from tests.reading.makers import hit, query

A, C, L, E = AnswerKind.AMOUNT, AnswerKind.COUNT, AnswerKind.LIST, AnswerKind.EXPLAIN
FUNDS = "在“金秋助学”活动中,全县共筹集资金68.4万元,发放61.2万元,资助学生152人。其中县总向40名学生发放12万元。"


def best(candidates: list[Candidate]) -> Candidate:
    return max(candidates, key=lambda one: one.score)


@pytest.mark.parametrize(
    ("text", "words", "kinds", "units", "answer"),
    [
        ("全县金秋助学筹集了多少资金", ("金秋助学", "筹集", "资金"), (A,), (), "68.4万元"),
        ("全县金秋助学发放了多少资金", ("金秋助学", "发放", "资金"), (A,), (), "61.2万元"),
        ("金秋助学资助了多少学生", ("金秋助学", "资助", "学生"), (C,), ("人",), "152人"),
    ],
)
def test_the_verb_tells_the_figures_apart(
    text: str, words: tuple[str, ...], kinds: tuple[AnswerKind, ...], units: tuple[str, ...], answer: str
) -> None:
    found = TypedReader().read(query(text, *words, kinds=kinds, units=units), [hit(FUNDS)])
    assert best(found).text == answer


def test_coordinated_figures_are_aligned_with_their_labels() -> None:
    text = "城镇、农村、边远地区参保人数分别为300人、200人、100人。"
    found = TypedReader().read(query("农村参保多少人", "农村", "参保", kinds=(C,), units=("人",)), [hit(text)])
    assert best(found).text == "200人"


def test_a_remark_in_brackets_does_not_break_a_row() -> None:
    text = "按一、二、三等奖分别给予50万元(人民币，下同)、25万元、10万元的奖励。"
    found = TypedReader().read(query("三等奖奖励多少", "奖励", kinds=(AnswerKind.AMOUNT,)), [hit(text)])
    assert [one.features["aligned"] for one in found if one.kind is AnswerKind.AMOUNT] == [0.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("text", "aligned"),
    [
        ("多少人参加了养老保险", [1.0, 0.0, 0.0]),
        ("多少人参加了失业保险", [0.0, 1.0, 0.0]),
        ("多少人参加了工伤保险", [0.0, 0.0, 1.0]),
        ("失业、工伤保险一共有多少人参加", [0.5, 0.5, 0.5]),
        ("工伤和失业保险一共有多少人参加", [0.5, 0.5, 0.5]),
        ("保险有多少人参加", [0.5, 0.5, 0.5]),
    ],
)
@pytest.mark.parametrize("before", ["", "全市", "截至年底"])
def test_a_row_is_aligned_by_the_one_label_that_the_question_names(
    text: str, aligned: list[float], before: str
) -> None:
    passage = before + "养老、失业、工伤保险参保人数分别为300人、200人、100人。"
    found = TypedReader().read(query(text, "失业保险", "工伤保险", kinds=(C,), units=("人",)), [hit(passage)])
    assert [one.features["aligned"] for one in found if one.kind is C] == aligned


def test_a_label_within_another_is_not_what_is_named() -> None:
    passage = "职工、农民工、女职工分别为300人、200人、100人。"
    found = TypedReader().read(query("女职工有多少人", "女职工", kinds=(C,), units=("人",)), [hit(passage)])
    assert [one.features["aligned"] for one in found if one.kind is C] == [0.0, 0.0, 1.0]


def test_the_second_of_a_ranking() -> None:
    text = "钳工项目前三名分别为张建国、王海燕、刘志强。"
    found = TypedReader().read(query("钳工项目第二名是谁", "钳工", "项目", kinds=(AnswerKind.PERSON,)), [hit(text)])
    assert best(found).text == "王海燕"


def test_an_increase_is_not_the_whole() -> None:
    text = "全省参保人数达到480万人,同比增长6.5%,比上年增加29万人。"
    asked = query("参保人数比上年增加了多少", "参保", "人数", "增加", kinds=(C,), units=("人",))
    assert best(TypedReader().read(asked, [hit(text)])).text == "29万人"


def test_the_noun_asked_for_chooses_among_names() -> None:
    text = "县总工会联合河北正平律师事务所,深入东郊工业园区开展法律体检活动。"
    asked = query("做法律体检的是哪家律师事务所", "法律体检", "律师事务所", kinds=(AnswerKind.ORGANISATION,))
    assert best(TypedReader().read(asked, [hit(text)])).text == "河北正平律师事务所"


def test_the_role_of_the_person_asked_about() -> None:
    text = "市总工会主席周建明、县总工会主席吴丽华出席。"
    asked = query("吴丽华是什么职务", "吴丽华", kinds=(AnswerKind.ROLE,))
    assert best(TypedReader().read(asked, [hit(text)])).text == "县总工会主席"


def test_a_list_with_as_many_items_as_its_name_says() -> None:
    text = "坚持服务、维权、帮扶并重,开展“四送”活动(送岗位、送清凉、送学费、送温暖)。"
    found = TypedReader().read(query("“四送”是什么", "四送", kinds=(L,), many=True), [hit(text)])
    group = best(found).features["group"]
    items = [one for one in found if one.kind is L and one.features["group"] == group]
    assert [one.text for one in sorted(items, key=lambda one: one.features["item"])] == [
        "送岗位",
        "送清凉",
        "送学费",
        "送温暖",
    ]
    assert {one.features["group_size"] for one in items} == {4.0}


@pytest.mark.parametrize(
    "text",
    [
        "驿站提供热水饭菜、书报杂志等服务,对象有环卫工人、快递员等群体。",
        "驿站提供热水饭菜、书报杂志等服务,受到表扬的有李建国、王海燕、刘志强三人。",
    ],
)
def test_people_are_asked_for_and_no_things(text: str) -> None:
    found = TypedReader().read(query("驿站服务哪些人", "驿站", "服务", kinds=(L,), many=True), [hit(text)])
    nouns = {one.text: one.features["noun"] for one in found if one.kind is L}
    people = {"环卫工人", "快递员", "李建国", "王海燕", "刘志强"} & nouns.keys()
    assert len(people) > 1
    assert all(nouns[item] == 1.0 for item in people)
    assert all(noun == 0.0 for item, noun in nouns.items() if item not in people)


def test_the_sentence_that_gives_the_reason() -> None:
    text = "活动办了三年。今年改送电脑,因为调研发现缺少学习设备成了最大的困难。大家都很满意。"
    found = TypedReader().read(query("今年为什么改送电脑", "今年", "送", "电脑", kinds=(E,)), [hit(text)])
    assert best(found).text == "今年改送电脑,因为调研发现缺少学习设备成了最大的困难。"


@pytest.mark.parametrize("asked", ["为什么推广工间操", "凭啥推广工间操"])
def test_what_something_is_good_for_is_its_reason(asked: str) -> None:
    told = hit("推广工间操是保护职工颈椎的重要举措。工间操推广了三年。")
    found = TypedReader().read(query(asked, "推广", "工间操", kinds=(E,)), [told])
    cues = {one.text: one.features["cue"] for one in found}
    assert cues["推广工间操是保护职工颈椎的重要举措。"] == 1.0
    assert cues["工间操推广了三年。"] == 0.0


def test_another_place_is_a_conflict() -> None:
    text = "保定市发放助学金20万元。廊坊市发放助学金35万元。"
    asked = query("廊坊市发放多少助学金", "发放", "助学金", kinds=(A,), places=("廊坊市",))
    found = {one.text: one for one in TypedReader().read(asked, [hit(text)])}
    assert best(list(found.values())).text == "35万元"
    assert found["20万元"].features["place_conflict"] == 1.0
    assert found["35万元"].features["place_conflict"] == 0.0


def test_only_asked_kinds_and_their_kin_come_back() -> None:
    found = TypedReader().read(query("有多少钱", "钱", kinds=(AnswerKind.EMAIL,)), [hit(FUNDS)])
    assert found == []


def test_weights_of_words_can_be_handed_in() -> None:
    text = "走访慰问企业12家。走访慰问学校34家。"
    asked = query("慰问多少家", "慰问", "学校", kinds=(C,), units=("家",))
    weighed = TypedReader(idf=lambda word: 5.0 if word == "学校" else 0.1).read(asked, [hit(text)])
    assert best(weighed).text == "34家"


def test_reading_twice_gives_the_same_and_keeps_views() -> None:
    reader, asked = TypedReader(), query("资助了多少学生", "资助", "学生", kinds=(C, A, E))
    first = reader.read(asked, [hit(FUNDS)])
    assert reader.read(asked, [hit(FUNDS)]) == first
    changed = reader.read(asked, [hit(FUNDS.replace("152人", "153人"))])
    assert "153人" in [one.text for one in changed]


def test_preparing_changes_no_answer_and_stops_at_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.reading.reader.KEPT", 2)
    passages = [hit(FUNDS.replace("152人", f"{number}人")).passage for number in range(150, 154)]
    reader, asked = TypedReader(), query("资助了多少学生", "资助", "学生", kinds=(C, A, E))
    left = iter(passages)
    reader.prepare(left)
    assert list(left) == passages[2:]
    for passage in passages:
        assert reader.read(asked, [hit(passage.text)]) == TypedReader().read(asked, [hit(passage.text)])


def test_raw_text_is_cited_with_its_spaces() -> None:
    found = TypedReader().read(query("发了多少钱", "发", "钱", kinds=(A,)), [hit("共发放补助 84.7 万元。")])
    assert [one.text for one in found] == ["84.7 万元"]
