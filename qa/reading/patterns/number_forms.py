"""How numbers are written, as parts of the expression that finds figures: 3万5千, 三分之二, 1小时30分钟, 3元5角."""

HAN_DIGITS = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_HAN = rf"(?:[{HAN_DIGITS}]+|半|数[十百千万亿]+|上[百千万]+|几[十百千万]+)"
MIXED = (  # 1亿2000万, 3万5千, 12万3000, but neither 3万5 nor 1亿8千, whose last unit is left out
    rf"(?<!\.)(?=[\d,]{{1,15}}[亿万千]零?\d)(?:{ARABIC}亿零?)?(?:(?:{ARABIC}千)?{ARABIC}[百千]?[多余]?万零?)?"
    rf"(?:(?<!亿){ARABIC}千零?)?(?:{ARABIC}百零?)?(?:{ARABIC})?(?<![亿万千百]\d)(?<!零)"
)
SPACED = r"\d{1,3}(?: \d{3}){1,3}[万亿]?(?![ \d万亿])"
"""Thousands parted by a blank (GB/T 15835): 3 000; only where a unit follows, as two cells of a row look alike."""
NUMBER = rf"(?:{MIXED}|(?:{ARABIC}|{_HAN})(?:多|余|来)?(?:万亿|[十百千万亿])*)(?:多|余|来|几)?"
BEFORE = r"(?:唯一(?=一)|不超过|不低于|不少于|不得超过|不得低于|不得少于|大约|将近|超过|至少|最多|约|近|超|逾)?"
BEHIND = r"(?:多|余)?(?:见方|左右|上下|以上|以下|以内|之内|内(?=[^容部需外涵在地]|$))?"
TO = rf"(?:以上|以下)?(?:至|到|[-~—–―]{{1,2}})|以上(?=[\d{HAN_DIGITS}])(?![\d{HAN_DIGITS}]+分之)"
MANY = "数以[十百千万亿]+计|[数上][十百千]?[万亿](?![一元])"
PER = "/[人户年月天次亩]"
_PROPER = "|".join(f"{top}/{bottom}" for bottom in range(2, 11) for top in range(1, bottom))
_SLASH_SHARE = (  # 2/3 may be a date or a page too: a share only where the words beside it say so
    r"(?=[1-9]/)(?<![/.])(?:(?:(?<=[占为约近超过逾足到])|(?<=至少)|(?<=占比)|(?<=[少多低高大小]于))"
    rf"(?:{_PROPER})(?![\d/.年月日号])|(?:{_PROPER})(?=以上|以下|左右|多数|的))"
)
_HALF = rf"过?半数|(?<![{HAN_DIGITS}])一半(?![天路])"
FRACTION = rf"(?:[{HAN_DIGITS}]+|\d+)分之(?:[{HAN_DIGITS}]+(?:点[{HAN_DIGITS}]+)?|\d+(?:\.\d+)?)|{_SLASH_SHARE}|{_HALF}"
AND_HALF = (  # 三米半, 两年半, 四成三
    r"(?:(?<=[年天周岁月米里吨斤亩寸尺倍成块时])半(?![数价夜天日月年径岛岁场壁程导工载生拉夏个小分截句])"
    r"|(?<=成)[一二三四五六七八九](?=[,。;、:!?)\n]|[以左的]|$))?"
)
_TWICE = rf"(?:\d{{1,4}}|[{HAN_DIGITS}]{{1,4}})"
LASTING = (  # 3分48秒62, 1小时30分钟, 2年零6个月
    rf"(?:(?:\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})年零?{_TWICE}个月|{_TWICE}个?小时零?{_TWICE}分(?:钟)?(?:{_TWICE}秒)?"
    rf"|{_TWICE}分(?:钟)?零?{_TWICE}秒(?:\d+|钟)?|\d{{1,2}}秒\d{{2}}(?!\d))"
)
COINS = rf"(?:{MIXED}|{ARABIC}|[{HAN_DIGITS}]+)[元块圆][\d{HAN_DIGITS}][角毛](?:[\d{HAN_DIGITS}]分)?钱?"
NOT_BEFORE = rf"(?:(?<![第\d.a-z{HAN_DIGITS}])(?!(?<=队)伍)|(?<=队伍))"  # 伍 is a digit too, but not there
