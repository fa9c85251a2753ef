"""Make qa/text/data/places.tsv out of jionlp's list of administrative divisions.

    python training/text/make_places.py qa/text/data/places.tsv

Source: jionlp (Apache-2.0), dictionary/china_location.zip and china_location_change.txt, which follow the lists of the
Ministry of Civil Affairs. Kept: provinces, prefectures and counties of today, and those renamed since 2002. Added: the
short forms that people use, in three degrees by the tag that they have in jieba's dictionary: clear (a place, or too
long to be anything else), weak (a name of something, or rare), vague (an ordinary word).
"""

import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

LEVELS = ("province", "city", "county")
RARE = 10
"""Occurrences in the corpus behind jieba's dictionary below which a tag is a guess."""
NOT_PLACES = re.compile(
    "直辖|管委会|产业园|工业园|创意园|岛礁|市辖|(?:开发|产业|示范|工业园|聚集|管理|保税|食品|实验|名胜|新站)区$"
)
COMMON_CITIES = frozenset("来宾 日照 大同 安康 白银 阿里 安顺 海北 文山 朝阳 中山 东方 桃园 黄山 红河 怒江".split())
"""Prefectures whose short form is more often something else: guest, sunshine, silver, a mountain …"""
COMMON_COUNTIES = frozenset(
    (
        "平原 天门 商城 江山 甘泉 东海 兴国 龙门 太湖 沿河 滨海 沙河 大城 北流 新河 故城 象山 河口 "
        "东至 大关 无极 江口 湖口 新安 祥云 河曲 西和 临海 江城 三河 三江 长顺 新平 新乐 青龙 黑山 "
        "兴隆 东山 白河 新建 五河 正阳 榆树 江南 河北 中原 共和 东湖 古城 南湖 凤凰 太平 新城 西城 "
        "东城 城西 城东 红旗 温泉 天山 泰山 西湖 路桥 武陵 朝阳 上街 上城 下城 南关 山城 钟楼 城中 "
        "城北 海港 方正 长寿 滨湖 湖滨 木兰 卧龙 向阳 友谊 和平 新华"
    ).split()
)
"""Counties whose short form is an ordinary word, though jieba's dictionary calls it a place."""
SUFFIX = re.compile("(?:特别行政区|自治[区州县旗]|行政委员会|地区|林区|特区|[省市县区州盟旗])$")
PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 "
    "东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 "
    "乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各"
).split()
PEOPLE = re.compile("(?:" + "|".join(sorted(PEOPLES, key=len, reverse=True)) + ")族?$")


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield name, short name, level, province, city of each division, those of today first."""
    folder = resources.files("jionlp") / "dictionary"
    with resources.as_file(folder / "china_location.zip") as path, zipfile.ZipFile(path) as archive:
        yield from rows_of_today(archive.read("china_location.txt").decode("utf-8").splitlines())
    for line in (folder / "china_location_change.txt").read_text("utf-8").splitlines():
        match line.split("=>")[0].split("\t")[2:]:
            case [province, _, city, short]:
                yield city, short, "city", province, city
            case [province, _, city, _, county, short]:
                yield county, short, "county", province, city


def rows_of_today(lines: Sequence[str]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the divisions of a list whose levels are told by tabs."""
    province = city = ""
    for line in lines:
        depth = len(line) - len(line.lstrip("\t"))
        if depth > 2 or not line.strip():
            continue
        name, *rest = line.strip().split("\t")
        province = name if depth == 0 else province
        city = ("", name, city)[depth]
        if is_wanted(name, depth, province):
            parent = "" if NOT_PLACES.search(city) or city == province else city
            yield name, rest[1] if len(rest) > 1 else name, LEVELS[depth], province, parent


def is_wanted(name: str, depth: int, province: str) -> bool:
    """Tell whether a row is a division that people name: no placeholder, no zone, no ward of the three regions."""
    least = {"台湾": 2, "香港": 1, "澳门": 1}.get(province[:2], 3)
    return depth < least and not NOT_PLACES.search(name) and not (depth == 1 and name == province)


def stem(name: str) -> str:
    """Drop suffix and names of peoples: 黄南藏族自治州 → 黄南."""
    bare = SUFFIX.sub("", name)
    if "自治" in name:
        while len(cut := PEOPLE.sub("", bare)) >= 2:
            if cut == bare:
                break
            bare = cut
    return bare


def with_suffix(name: str) -> list[str]:
    """List shortened names that still carry a suffix: 黄南州, 门源县."""
    suffix = {"自治州": "州", "自治县": "县", "自治旗": "旗", "行政委员会": ""}
    for long, short in suffix.items():
        if name.endswith(long) and short:
            return [stem(name) + short]
    return []


def tags() -> dict[str, str]:
    """Map each word of jieba's dictionary to its tag; rare words, whose tags are guesses, to "rare"."""
    lines = (resources.files("jieba") / "dict.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    return {word: tag if tag == "ns" or int(count) >= RARE else "rare" for word, count, tag in rows}


def degree(form: str, name: str, level: str, tag: str) -> int:
    """Rank a short form: 0 clear, 1 weak, 2 vague; a district's is weak at best, as people say the 区."""
    if level == "city" and form in COMMON_CITIES:
        return 1
    if level != "county" or len(form) > 3 or (len(form) == 3 and (tag == "rare" or SUFFIX.search(form))):
        return 0
    if form in COMMON_COUNTIES:
        return 2
    if tag == "ns":
        return 1 if name.endswith("区") else 0
    return 1 if tag in {"rare", "nr", "nrt", "nrfg", "nz", "j", "nt"} else 2


def forms_of(name: str, short: str) -> set[str]:
    """List what people call a place for short."""
    forms = {*with_suffix(name), *(form for form in short.split("/") if form != name), stem(name)} - {name}
    return {form for form in forms if len(form) >= 2 and not re.search("族$", form)}


def main(target: Path) -> None:
    """Write the table."""
    tag_of = tags()
    seen: set[tuple[str, str, str]] = set()
    lines = [
        "# Divisions of China: name, level, province, city, clear short forms, weak ones, vague ones.",
        "# Made by training/text/make_places.py out of jionlp 1.5 (Apache-2.0).",
    ]
    for name, short, level, province, city in rows():
        if (name, province, city) in seen:
            continue
        seen.add((name, province, city))
        ranked: tuple[list[str], ...] = ([], [], [])
        for form in sorted(forms_of(name, short)):
            ranked[degree(form, name, level, tag_of.get(form, "rare"))].append(form)
        lines.append("\t".join((name, level, province, city, *("/".join(forms) for forms in ranked))))
    target.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
