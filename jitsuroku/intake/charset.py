"""Bytes -> text. A page is decoded strictly or refused; replacement characters never come in silently."""

from __future__ import annotations

import re
from collections.abc import Iterator

BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
CANDIDATES = ("euc_jp", "cp932", "gb18030", "big5", "cp949", "cp1251", "koi8_r", "cp1252")
# Names on the web that mean a superset, or that Python does not know (the WHATWG's table of labels).
MEANT = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "x-euc-jp": "euc_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "x-cp1251": "cp1251",
}
HEAD = 4096
SAMPLE = 200_000
READABLE = 0.5
# By so much a declared character set may read less well than another.
LESS = 0.12
# Sets in which half-width kana are written on purpose; in Shift_JIS nearly every byte is one.
HALF_WIDTH = frozenset({"euc_jp", "euc-jp", "iso2022_jp_ext", "utf-8"})
CYRILLIC, CYRILLIC_SMALL = frozenset({"cp1251", "koi8_r", "koi8-r", "windows-1251"}), 0.7
ESCAPES = re.compile(r"\x1b[$(]")
# The characters that Japanese newspapers use most.
COMMON_HAN = frozenset(
    "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争談能無再位置企真流格有疑口過局少放税検藤町常校料沢裁状工建語球営空職証土与急止送援供可役構木割聞身費付施切由説転食比難防補車優夫研収断井何南石足違消境神番規術護展態導鮮備宅害配副算視条幹独警宮究育席輸訪楽起万着乗店述残想線率病農州武声質念待試族象銀域助労例衛然早張映限親額監環験追審商葉義伝働形景落欧担好退準賞訴辺造英被株頭技低毎医復仕去姿味負閣韓渡失移差衆個門写評課末守若脳極種美岡影命含福蔵量望松非撃佐核観察整段横融型白深字答夜製票況音申様財港識注呼渉達"
)


class CharsetError(ValueError):
    """Bytes that no known character set reads as text."""


def decode(data: bytes, told: str | None = None) -> tuple[str, str]:
    """The text and the name of its character set. ``told``: the one that came with the bytes, as in an HTTP header.

    In order: byte-order mark, strict UTF-8, what came with the bytes, the page's own declaration, then every candidate
    that decodes strictly, judged by how well the whole text reads and whether it gives the same bytes again. A
    declaration that does not read is a lie and passed over. Raises CharsetError when nothing fits.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _strict(data, name), name
    # Bytes of ISO-2022-JP are all ASCII, so that they pass for UTF-8; its escape sequence gives it away.
    escaped = ("iso2022_jp_ext",) if b"\x1b$" in data or b"\x1b(I" in data else ()
    for name in (*escaped, "utf-8"):
        text = _try(data, name)
        if text is not None and (name == "utf-8" or _reads(text, name) >= READABLE):
            return text, "iso2022_jp" if name in escaped else name
    if _is_cut_off(data):
        raise CharsetError("UTF-8, cut off in the middle of a character")
    scored = sorted(
        ((_score(data, n, text), -i, n, text) for i, (n, text) in enumerate(_readings(data))), key=lambda s: s[:2]
    )
    for name in _declared(data, told):
        text = _try(data, name)
        # EUC-JP and GB 2312 have the same kana in the same places: what reads far better than what was declared is right.
        if text is not None and _reads(text, name) >= max(READABLE, scored[-1][0] - LESS if scored else 0.0):
            return text, name
    if not scored or scored[-1][0] < READABLE:
        raise CharsetError("no known character set reads these bytes as text")
    return scored[-1][3], scored[-1][2]


def _is_cut_off(data: bytes) -> bool:
    """Whether all but the last bytes are UTF-8 with more than ASCII in it."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return problem.reason == "unexpected end of data" and not data[: problem.start].isascii()
    return False


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError) as problem:
        raise CharsetError(f"the byte-order mark says {name}, but the bytes are not") from problem


def _declared(data: bytes, told: str | None) -> tuple[str, ...]:
    match = DECLARED.search(data[:HEAD])
    names = [told or "", match.group(1).decode("ascii") if match else ""]
    return tuple(dict.fromkeys(MEANT.get(n, n) for n in (name.strip().lower() for name in names) if n))


def _try(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        # ValueError, LookupError: a name that a page made up, or one of Python's own that gives no text.
        return None
    return None if not isinstance(text, str) or "\x00" in text or ESCAPES.search(text) else text


def _readings(data: bytes) -> Iterator[tuple[str, str]]:
    for name in CANDIDATES:
        text = _try(data, name)
        if text is not None:
            yield name, text


def _score(data: bytes, name: str, text: str) -> float:
    """How well a text reads, less the share of bytes that do not come back when it is encoded again."""
    back = text.encode(name, "replace")
    if back == data:
        return _reads(text, name)
    return (
        _reads(text, name)
        * sum(a == b for a, b in zip(back[:SAMPLE], data[:SAMPLE], strict=False))
        / len(data[:SAMPLE])
    )


def _reads(text: str, name: str = "") -> float:
    """How well a decoded text reads, 0 to 1: the share of letters that real pages are made of.

    Kana, common Chinese characters and Cyrillic words read well; half-width kana and rare characters, which wrong
    decodings are full of, do not.
    """
    letters = [c for c in text[:200_000] if not c.isascii() and not c.isspace()]
    if not letters:
        return 1.0 if not re.search(r"[\x00-\x08\x0e-\x1f]", text) else 0.0
    if any("\ue000" <= c <= "\uf8ff" for c in letters) or _too_foreign(letters, text, name):
        return 0.0
    own = 0.9 if name in HALF_WIDTH else 0.0
    return sum(own if "｡" <= c <= "ﾟ" else _weight(c) for c in letters) / len(letters)


def _too_foreign(letters: list[str], text: str, name: str) -> bool:
    """Whether a set of one byte a character, which reads any bytes as something, has read what was none of its own:
    Russian is all but small letters, and a western text mostly ASCII."""
    if name in CYRILLIC:
        return sum("а" <= c <= "ё" for c in letters) < CYRILLIC_SMALL * len(letters)
    return name == "cp1252" and len(letters) > sum(c.isascii() and c.isalpha() for c in text[:SAMPLE])


def _weight(c: str) -> float:
    if "ぁ" <= c <= "ヶ" or c in COMMON_HAN or c in "、。「」・ー（）『』":
        return 1.0
    if "а" <= c <= "я" or c == "ё" or "가" <= c <= "힣":
        return 0.9
    if "一" <= c <= "鿿" or "А" <= c <= "Я" or "！" <= c <= "～":
        return 0.6
    return 0.7 if "À" <= c <= "ÿ" else 0.0
