"""Radical code points that fonts of pdf files give for ordinary characters (⾸⻚⽼⺠ → 首页老民).

Unicode keeps 214 Kangxi radicals (U+2F00–2FD5), which NFKC maps, and 115 CJK radicals
(U+2E80–2EF3), of which NFKC maps only two. The table below gives for each of those the ordinary
character it is drawn like, from the names in the Unicode character database; radicals drawn like no
character of their own (⺀, ⺌ …) stay as they are.
"""

import unicodedata

_SUPPLEMENT = (
    "⺁厂⺄乙⺅亻⺇几⺈刀⺉刂⺋㔾⺌小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫"
    "⺦丬⺧牛⺨犭⺪疋⺫罒⺬示⺭礻⺮竹⺯糸⺰纟⺱罓⺲罒⺳网⺴冈⺵罔⺶羊⺷羊⺸羋⺹耂⺺聿⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西"
    "⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑长⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马"
    "⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟⺊卜⺆冂⺍小⺗心⺜日⺩王"
)
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_TABLE = _KANGXI | {ord(a): b for a, b in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}
#: compatibility ideographs (U+F900–FAFF) are ordinary characters encoded twice
_COMPATIBILITY = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xF900, 0xFADA)}
_TABLE |= {code: common for code, common in _COMPATIBILITY.items() if ord(common) != code}


def without_radicals(characters: str) -> tuple[str, int]:
    """The text with ordinary characters for radicals, same length, and how many were replaced."""
    count = sum(ord(c) in _TABLE for c in characters if c > "⹿")
    return (characters.translate(_TABLE), count) if count else (characters, 0)
