"""How much words look like names that people have, in whatever script.

It tells the right encoding of a text from wrong ones: in a wrong one, a letter becomes a sign, a
letter of another script or language, or a capital inside a word.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

# The letters beyond ASCII of languages that are written in Latin script.
_LATIN_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "áéíóúüñ",  # Spanish
        "áâãàçéêíóôõúü",  # Portuguese
        "àâæçéèêëîïôœùûüÿ",  # French
        "äöüß",  # German
        "àèéìòù",  # Italian
        "æøåéüö",  # Danish and Norwegian
        "åäöéü",  # Swedish and Finnish
        "áéíóúýþæöð",  # Icelandic
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "ąćęłńóśźż",  # Polish
        "áéíóöőúüű",  # Hungarian
        "ăâîșțşţ",  # Romanian
        "čćđšž",  # Croatian, Slovene, Serbian
        "çğıöşüâîİ",  # Turkish
        "ąčęėįšųūž",  # Lithuanian
        "āčēģīķļņšūž",  # Latvian
        "äöõüšž",  # Estonian
        "ëéïöüèê",  # Dutch
        "áéíóú",  # Irish
        "àçéèíïòóúü",  # Catalan
        "çë",  # Albanian
    )
)
_CYRILLIC_ALPHABETS = (
    frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё"),
    frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’"),
    frozenset("абвгдђежзијклљмнњопрстћуфхцчџшѓќѕ"),
    frozenset("абвгдеёжзійклмнопрстуўфхцчшыьэюя'"),
)
# Beginnings of family names that most people of these countries have.
_CHINESE_SURNAMES = frozenset(
    "李王张劉刘陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾"
    "肖萧蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦贾賈夏付方邹"
    "熊白孟秦邱侯江尹薛闫段雷龙龍黎史陶贺毛郝顾顧龚邵万萬覃武钱錢戴严嚴莫孔向常洪欧歐"
)
_JAPANESE_SURNAMES = frozenset(
    "佐鈴高田伊渡山中小加吉松井木林清斎斉藤森池橋石前後近遠青岡福西東北南原三大長村上川本和今坂酒"
    "内金久宮工野島谷柴丸安杉新千市水平武菅服岩横片成荒太関阿黒増桜秋竹五八沢渋"
)
_KOREAN_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국"
)
_COMMON_HAN = frozenset(
    "的一是我在有和人学學习習不中大个個们們这這上来來到时時为為地国國能会會对對以可也工作想要希望"
    "小明文华華伟偉丽麗红紅强強军軍杰傑芳娜敏静靜勇艳磊洋涛濤超霞平刚剛桂玉英美子郎太一二三郎香恵久"
    "姓名导導师師生员員电電话話邮郵箱城市语語言技能名前氏日本年月田中村山川木"
)
_VOWELS = frozenset("aeiouyæøœıаеиоуыэюяёіїєαεηιουω")
# Letters where the languages that have them never write them: Polish has no ń, ś or ź before a
# vowel, Romanian no ă and Hungarian no ő or ű beside one, Danish no æ and Portuguese no õ at the
# end of a word.
_ODD_PLACE = re.compile(
    r"[ńśź][aeiouyóąę]|ă[aeiouăâî]|[aeiou]ă|[őű][aeiouáéíóú]|[aeiouáéíóú][őű]|æ$|õ$|ą[aeou]"
    r"|[^aeiouyáéíóúůýě]č[^aeiouyáéíóúůýěkh]|[lr]ď|ď[^aeiouáéíóúůýěk]"
)
_ODDITY = 0.35
_WORD_SIGNS = "-'’.·"


def rate_words(words: Sequence[str]) -> float:
    """Return how likely words are as names, from 0 to 1: the mean of all, and 0 for none."""
    rated = [_rate_word(word.strip(_WORD_SIGNS)) for word in words]
    return sum(rated) / len(rated) if rated else 0.0


def _rate_word(word: str) -> float:
    letters = [c for c in word if c not in _WORD_SIGNS and not (c.isascii() and c.isdigit())]
    if not all(c.isalpha() or unicodedata.combining(c) or c in "々ー" for c in letters):
        return 0.0
    scripts = {_script_of(c) for c in letters}
    if scripts <= {"han", "hiragana", "katakana"}:
        return _rate_east_asian(word, scripts)
    if scripts == {"hangul"}:
        return _rate_korean(word)
    if len(scripts) != 1:
        return 0.0
    (script,) = scripts
    if script not in ("latin", "cyrillic", "greek") or not _is_cased_as_a_name(word):
        return {"hebrew": 1.0, "arabic": 1.0}.get(script, 0.0)
    return max(0.0, _rate_alphabet(word, script) - _rate_clumsiness(word))


def _script_of(character: str) -> str:
    """Return the script of a letter, in lower case, by its Unicode name."""
    first = unicodedata.name(character, "none").split()[0].lower()
    if first == "cjk" or character == "々":
        return "han"
    return "katakana" if first == "katakana-hiragana" else first


def _is_cased_as_a_name(word: str) -> bool:
    """Whether each part of a word is in small letters, in capitals, or has one capital first."""
    parts = [part for part in re.split(rf"[{re.escape(_WORD_SIGNS)}0-9]", word) if part]
    return all(
        part.islower()
        or part.isupper()
        or (part[0].isupper() and part[1:].islower())
        or re.fullmatch(r"(?:Mc|Mac|De|Di|Le|La|Fitz|Van)[^\W\d_]+", part) is not None
        for part in parts
    )


def _rate_alphabet(word: str, script: str) -> float:
    """Return 1 if a language has all letters of a word, and little if none has."""
    lower = word.lower().replace("i̇", "i")
    if script == "latin":
        special = {c for c in lower if c.isalpha() and not c.isascii()}
        return 1.0 if any(special <= alphabet for alphabet in _LATIN_ALPHABETS) else 0.25
    if script == "cyrillic":
        special = {c for c in lower if c.isalpha()}
        if len(word) > 2 and not any(map(_is_vowel, lower)):
            return 0.3
        return 1.0 if any(special <= alphabet for alphabet in _CYRILLIC_ALPHABETS) else 0.2
    return 0.9


def _rate_clumsiness(word: str) -> float:
    """Return how much speaks against a word because of the order of its vowels and consonants."""
    letters = [c for c in word.lower() if c.isalpha()]
    runs = [(vowel, list(group)) for vowel, group in groupby(letters, key=_is_vowel)]
    malus = _ODDITY * len(_ODD_PLACE.findall(word.lower()))
    for n, (is_vowel, run) in enumerate(runs):
        has_special = any(not c.isascii() for c in run)
        if is_vowel:
            malus += 0.35 if len(run) > 2 and has_special else 0.0
            malus += 0.2 if len(run) == 2 and {"ø", "ì", "ù", "õ"} & set(run) else 0.0
        elif has_special:
            # An r or l can be a syllable of its own: Krč, Vlček.
            length = len(run) - (1 if {"r", "l"} & set(run[1:-1]) and n else 0)
            malus += 0.3 if length > 3 or (length > 2 and n == 0) else 0.0
    if letters and not any(map(_is_vowel, letters)) and len(letters) > 4:
        malus += 0.4
    return malus


def _is_vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0] in _VOWELS


def _rate_east_asian(word: str, scripts: set[str]) -> float:
    if any("HALFWIDTH" in unicodedata.name(c, "") for c in word):
        return 0.1
    if "han" not in scripts:
        return 1.0
    common = sum(
        c in _COMMON_HAN or c in _CHINESE_SURNAMES or c in _JAPANESE_SURNAMES for c in word
    ) / len(word)
    if len(scripts) > 1:
        return 0.6 + 0.4 * common
    is_surname = word[0] in _CHINESE_SURNAMES or word[0] in _JAPANESE_SURNAMES
    if len(word) <= 5:
        return 0.35 + (0.45 if is_surname else 0.0) + 0.2 * common
    return 0.3 + 0.7 * common


def _rate_korean(word: str) -> float:
    if len(word) > 5:
        return 0.6
    return 1.0 if word[0] in _KOREAN_SURNAMES else 0.35
