"""What lines of Chinese periodicals, newspapers and statutes look like, as patterns over one line or paragraph."""

import re
from functools import lru_cache

from qa.text.numbers import parse_number

CLOSERS = "”’」』）)》】］]〉"
PAIRS = {"“": "”", "（": "）", "《": "》", "「": "」", "『": "』", "【": "】", "(": ")"}
_STOPS = "。！？!?…；;：:~～｡．"
_COMMAS = "，,、"
_NUMERAL = "零〇一二三四五六七八九十百"

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严"
    "牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴"
    "席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简"
    "娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应"
    "台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺仝印战"
)
"""Commonest family names of one character (《中国姓氏统计》, some four hundred cover over 98% of people)."""

PAGE_NUMBER = re.compile(
    r"[-—–·.\s]*(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?[-—–·.\s]*|[-—–]\s*[IVXivx]{1,5}\s*[-—–]"
)
LATIN_TITLE = re.compile(r"[A-Z][A-Z\s&.'’-]{6,}")
ISSUE = re.compile(
    r"第\s*[\d—–-]+\s*期|总\s*第?\s*\d+\s*期|\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\s*(?:出版|星期|$)|^\s*\d{4}\s*$"
    r"|^[\d—–-]{1,6}$|专刊|简报|主办|主管|承办单位|内部资料|准印证|刊号|国内统一|CN\s*\d"
)
IMPRINT = re.compile(
    r"(?:^|\s)(?:主\s*编|副\s*主\s*编|执行主编|责任编辑|编\s*辑|编\s*委|编委会|编辑出版|编\s*印|主\s*办|主\s*管|出\s*版|地\s*址|邮\s*编|邮政编码|电\s*话"
    r"|传\s*真|电子邮箱|电子信箱|邮\s*箱|投稿邮箱|网\s*址|E-?mail|印\s*刷|发\s*行|刊\s*号|校\s*对|美术编辑|版式设计|总\s*编\s*辑?|社\s*长)\s*[:：]"
)
CONTENTS_HEAD = re.compile(r"^(?:本期)?目\s*[录錄次](?=\s|$|[:：])|^CONTENTS$|^本期(?:要目|导读)$")
_DOTS = ".．·•‥"
_LEADING = rf"{_DOTS}…\s"
LEADERS = re.compile(
    rf"(?<![{_LEADING}。])(?:[{_LEADING}]*+。)*+(?=[{_LEADING}]*?(?:…|[{_DOTS}]{{3}}))[{_LEADING}]++"
    r"\(?(?P<page>\d{1,3})\)?\s*$"
)
"""A run of dots and spaces, with the page number behind it; linear in the run, however long that is."""
PAGE_FIRST = re.compile(r"^[-•●·*\s]*(?P<page>\d{1,3})(?:\s+|[、.．]\s*)(?P<title>[^\d\s].*)$")
PAGE_LAST = re.compile(r"^(?P<title>.*[^\d\s.．·…(（])[\s(（/]+(?P<page>\d{1,3})[)）]?\s*$")

LABEL = re.compile(
    r"^[（(]?(?:单\s*位|联系人|联系电话|联系方式|咨询电话|投稿|来稿|时\s*间|地\s*点|备\s*注|地\s*址|电\s*话|邮\s*编|邮\s*箱|电子邮箱|传\s*真|网\s*址|E-?mail|编辑部|开户|账\s*号)\s*[:：]"
)
APPENDIX = re.compile(rf"^附\s*(?:录|件|则|表|注)?\s*(?:\d|[{_NUMERAL}])?\s*[:：]?$")
SUBTITLE = re.compile(r"^(?:[—–―─-]{2}|——|—)\s*\S")
STAR = re.compile(r"^(?:[★☆◆◇▶►※]|[■●○□](?!本报|本刊|通讯员|记者|\S{2,4}(?:\s|$)))\s*(?=\S)")
LEVELS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"^第[{_NUMERAL}\d]+[编篇部](?:分)?(?=\s|$)"), 2),
    (re.compile(rf"^第[{_NUMERAL}\d]+章"), 2),
    (re.compile(rf"^第[{_NUMERAL}\d]+节"), 3),
    (re.compile(rf"^[{_NUMERAL}]{{1,3}}\s*[、．.]"), 3),
    (re.compile(rf"^[（(][{_NUMERAL}]{{1,3}}[)）]"), 4),
    (re.compile(r"^\d{1,2}\s*(?:[、．]|\.(?!\d))"), 5),
    (re.compile(r"^[（(]\d{1,2}[)）]"), 6),
    (re.compile(r"^[①-⑳]"), 6),
)
_ORDINAL = re.compile(rf"第?[（(]?(?P<number>[{_NUMERAL}]+|\d+|[①-⑳])")
UNDER_TITLE = re.compile(
    r"(?:【问】|\[问\]|(?:问|Q)\s?\d{0,2}\s?[:：])|(?:\d{1,2}\s*[-—–~～至、]\s*)?(?:\d{1,2}|十[一二]?|[一二三四五六七八九])\s*月(?:份)?$"
)
"""Lines that stand under a title and are never part of one: questions, the months of a chronicle."""
ARTICLE_OF_LAW = re.compile(rf"^第[{_NUMERAL}\d]+条(?:之[{_NUMERAL}])?(?=\s|　|$)")

DATE = (
    r"(?:\d{4}|[一二][九〇○零OＯ\d一二三四五六七八九]{3})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?"
)
DATELINE = re.compile(
    rf"^[（(]?\s*(?:\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|{DATE}|[\d一二三四五六七八九十]{{1,3}}月[\d一二三四五六七八九十]{{1,3}}日)\s*[)）]?$"
)
OCCASION = re.compile(rf"^[（(]\s*{DATE}[^（()）。]{{1,30}}[)）]$")
"""When a speech was held, with the place or how it was written down, in brackets."""
ENACTED = re.compile(
    rf"^[（(]?\s*{DATE}\s*\S.{{0,160}}(?:通过|公布|修订|修正|批准|发布|施行|执行|印发|决定)[^。]{{0,20}}$"
)
REFERENCE_NUMBER = re.compile(r"^\S{1,12}[〔\[【(（]\s*(?:19|20)\d\d\s*[〕\]】)）]\s*第?\s*\d+\s*号$")
BYLINE = re.compile(
    r"^[□■●○◇◆]\s*\S|^[（(]?\s*(?:文稿|文字|文|图|图片|摄影|摄|作者|来源|原标题|供稿|撰稿|整理|编辑|责任编辑|责编|编校|校对|审核|监制|记者|通讯员|本报记者"
    r"|本报通讯员)\s*[:：/]|^[（(]?(?:本报|本刊|本网)?(?:见习|特约|实习)?(?:记者|通讯员)\s*\S{2,}[^。，]{0,40}$|^\S{2,4}\s+\S{0,12}(?:记者|通讯员)\s+\S{2,4}(?:\s+\S{2,4})*$"
)
WRITERS = re.compile(r"^[（(]?(?:文稿|文字|文|供稿|撰稿|作者|编辑|责任编辑|来源)\s*[:：/]")
NAMES_ONLY = re.compile(r"^[\u4e00-\u9fff]\s{0,2}[\u4e00-\u9fff]{1,2}(?:\s+[\u4e00-\u9fff]{2,4}){0,3}$")
OFFICE_HOLDER = re.compile(
    r"^\S.{0,30}(?:主席|书记|主任|委员|常委|代表|经理|教授|研究员|总裁|董事|[部局厅处科股司省州市县区镇乡村院校社会所站厂队组事]长)"
    r"\s+(?P<name>[\u4e00-\u9fff](?:\s{0,2}[\u4e00-\u9fff]){1,3})$"
)
"""An office and the name of who holds it, apart from each other: the line of a speaker or author."""
SIGNATURE = re.compile(r"^[（(](?!\d|单\s*位\s*[:：])[^（()）。]{2,30}[)）]$")
AUTHOR_NOTE = re.compile(
    r"^[（(]\s*(?:作者|执笔|本文|摘自|原载|转自)[^。]{0,200}[)）]。?$|^(?:摘自|选自|转自|原载)[《“].{1,40}$"
)
INLINE_SIGNATURE = re.compile(r"[。！？”][（(](?P<name>[^（()）。]{2,24})[)）]$")
BODY_SIGNATURE = re.compile(
    r"^[\u4e00-\u9fff（）()·]{2,24}(?:总工会|工会|工会委员会|委员会|办公室|办公厅|人民政府|联合会|公司|集团|局|部|厅|院|处|中心|编辑部|党组)$"
)
CAPTION = re.compile(
    r"图[为:：]|[（(]?(?:前排|后排|后|前)?[左右](?:起|[一二三四五六七八1-8])|[（(](?:中|左|右)[)）]|(?:摄影|供图|摄|资料图片|资料图|图片来源[:：].*|摄影报道)[)）]?$"
    r"|^[△▲▼▽↑↓]|^[（(](?:资料)?图片?[)）]$|摄影[:：]"
)
CREDIT = re.compile(r"(?:摄影|供图|摄|摄影报道)[)）]?$")
EVENT = re.compile(
    r"(?:大会|仪式|现场|活动|比赛|大赛|竞赛|演讲赛|合影|座谈会|会议|调研|慰问|演出|节目|展览|签约|揭牌|授旗|授牌|颁奖|宣誓|培训班?|讲座|游园|运动会|联欢会|文艺汇演|留影|一角"
    r"|场景|剪影|情景|表彰|参观|走访|比武|扶贫|建设|农民工)$"
)
DIGEST = re.compile(r"快讯|简讯|短讯|要闻|短波|短播|集锦|一览|速览|速递|播报|摘编|信息荟萃|动态|联播")
NEWS_OPENING = re.compile(
    r"^.{0,24}(?:日前|近日|近期|今天|昨天|昨日|今晨|今晚|今年|去年|目前|最新|消息|获悉|了解到|数据显示|介绍说?|宣布|发布"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}\s*日)"
)
SLOGAN = re.compile(
    r"^(?:热烈)?(?:祝贺|庆祝|纪念|喜迎|献礼|欢庆|恭贺|隆重纪念|学习贯彻|深入学习)|^(?:特别报道|专题|专版|专刊|特刊|本版|本期)\S{0,8}$"
)

OPENING = re.compile(
    r"(?:近年来|近日|近期|日前|今年|去年|前年|明年|目前|当前|如今|据了解|据悉|据介绍|据统计|此外|同时|与此同时|其次|首先|另外|最后|其中|总之|因此|然而|但是?|可是"
    r"|不过|如果|虽然|尽管|由于|因为|所以|对此|于是|随后|接下来|下一步|下步|截至|截止|多年来|长期以来|一直以来|[一二三四五六七八九十]{1,2}是"
    r"|[一二三四五六七八九十]要|第[一二三四五六七八九十]|\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}\s*年|会议(?:指出|强调|要求|认为)|会上"
    r"|活动(?:中|现场)|调研(?:中|期间)|这是|这种|本报|新华社|为(?:深入|进一步|认真|切实|贯彻|扎实|全面|积极|充分))"
)
SPEAKER = re.compile(r"(?:(?!的)[\u4e00-\u9fff]){2,12}(?:表示|指出|强调|认为|说|介绍|要求|告诉\S{2,6})[,，:：]")
PREPOSITION = re.compile(r"(?:这些|每年|通过|为了|根据|按照|随着|针对|围绕|记者|据)")
"""Words that open many paragraphs, and that a sentence may well go on with."""
GOES_ON = re.compile(r"[的地得着过们等及和与或并且而且以及性化是，、；：？！）)”》」』】…·%％]")
ENDS_NOWHERE = frozenset(
    "的 地 得 和 与 及 或 并 而 在 对 将 把 被 从 向 于 以 为 让 等 并且 以及 或者 通过 根据 按照 关于 由于".split()
)
"""Words that end neither a sentence nor a title."""
_UNITS = frozenset("年月日时分万亿元个名人家户多余项次条件份份期届岁天届米吨亩台套辆所座处场")
FRAGMENT_FREE = frozenset("在为以对从把将各我他她它这那当如据按随经由让使被向就并要不有是该本全")
"""Single words that open clauses and paragraphs; any other single word at the start of a paragraph is a fragment."""


_ASIDE = re.compile(r"(?<=.)[（(][^（()）]{1,40}[)）]$")


def is_han(char: str) -> bool:
    """Tell whether a character is a Han character."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇"


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Keep letters, figures and Han characters only, for comparing titles."""
    return "".join(char for char in text if char.isalnum())


def unclosed(text: str) -> str:
    """Return the closing character of the innermost quotation or bracket that a text leaves open, or ""."""
    waiting: list[str] = []
    for char in text:
        if char in PAIRS:
            waiting.append(PAIRS[char])
        elif waiting and char == waiting[-1]:
            waiting.pop()
        elif char in "）)" and waiting and waiting[-1] in "）)":
            waiting.pop()
    return waiting[-1] if waiting else ""


def closes_first(text: str) -> str:
    """Return the closing character that a text holds before anything of its kind was opened, or ""."""
    depth = dict.fromkeys("”）》」』】)", 0)
    for char in text:
        if char in PAIRS:
            depth[PAIRS[char]] += 1
        elif char in depth:
            depth[char] -= 1
            if depth[char] < 0:
                return char
    return ""


def is_open(text: str) -> bool:
    """Tell whether a text ends in the middle of a sentence: no full stop, colon or semicolon at its end."""
    text = text.rstrip()
    while text and not text[-1].isprintable():
        text = text[:-1].rstrip()
    text = _ASIDE.sub("", text)
    inner = text.rstrip(CLOSERS + " 　")
    if not inner:
        return False
    if unclosed(text) and inner == text.rstrip():
        return inner[-1] not in "。！？!?"
    if inner[-1] == "." and len(inner) > 1 and not inner[-2].isdigit():
        return False
    return inner[-1] not in _STOPS


def ends_on_comma(text: str) -> bool:
    """Tell whether a text breaks off behind a comma."""
    return text.rstrip()[-1:] in tuple(_COMMAS)


def splits_figure(before: str, after: str) -> bool:
    """Tell whether a gap stands between a figure and its other digits or its unit."""
    return before[-1:].isdigit() and (after[0].isdigit() or after[0] in _UNITS or after[0] in ".．%％")


_TITLES = re.compile(r"《[^《》]*》")


def is_prose(text: str) -> bool:
    """Tell running text from a title, name or label."""
    body = _TITLES.sub("《》", text).rstrip(CLOSERS)
    inner = body[:-1] if body else ""
    commas = sum(inner.count(comma) for comma in "，,")
    if any(stop in body for stop in "。；;") or ends_on_comma(text):
        return True
    return (commas >= 2 and len(body) > 30) or len(body) >= 60 or (commas >= 1 and len(body) >= 45)


def marker_level(text: str) -> int:
    """Return the level 2..6 of the numbering that a line starts with, or 0."""
    for pattern, level in LEVELS:
        if pattern.match(text):
            return level
    return 0


def ordinal(text: str) -> int:
    """Return the number of the numbering that a line starts with (三、… is 3), or 0."""
    found = _ORDINAL.match(text)
    return int(parse_number(found["number"]) or 0) if found else 0


def is_marked(text: str) -> bool:
    """Tell whether a line starts like a numbered paragraph, list item or starred note."""
    return bool(marker_level(text) or ARTICLE_OF_LAW.match(text) or STAR.match(text) or SUBTITLE.match(text))


def is_person(text: str) -> bool:
    """Tell whether a line is one to four personal names and nothing else."""
    if not NAMES_ONLY.match(text):
        return False
    plain = re.sub(r"^(.)\s+(?=.{1,2}(?:\s|$))", r"\1", text)
    return all(2 <= len(name) <= 4 and name[0] in SURNAMES for name in plain.split()) and (
        len(plain.split()) > 1 or len(plain) <= 3
    )
