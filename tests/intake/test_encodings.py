"""CSV files in whatever encoding Excel wrote them: taken where it is sure, else asked for."""

import random

import pytest

from peerloom.intake.encodings import decode_sheet
from sheet_program import NewProgram

# Names of many countries in the encodings of their spreadsheet programs.
SURE = {
    "cp1250": "Name,Role\nŽofie Dvořáková,mentor\nPřemysl Šťastný,mentee\n",
    "cp1251": "Имя,Роль\nАнна Иванова,mentor\nПётр Смирнов,mentee\n",
    "shift_jis": "Name,Role\n山田太郎,mentor\n佐藤花子,mentee\n鈴木一郎,mentee\n",
    "gb18030": "Name,Role\n李明,mentor\n王小红,mentee\n张伟,mentee\n",
    "cp949": "Name,Role\n김민수,mentor\n이영희,mentee\n박서준,mentee\n",
    "cp1252": "Name,Role\nJosé Müller,mentor\nFrançois Lefèvre,mentee\n",
    "big5": "Name,Role\n陳大文,mentor\n林美麗,mentee\n",
    "cp1253": "Name,Role\nΓιώργος Παπαδόπουλος,mentor\nΕλένη Νικολάου,mentee\n",
    "cp1256": "Name,Role\nمحمد علي,mentor\nفاطمة حسن,mentee\n",
    "cp1257": "Name,Role\nJānis Bērziņš,mentor\nRūta Žukauskaitė,mentee\n",
    "koi8_r": "Name,Role\nАнна Иванова,mentor\nПётр Смирнов,mentee\n",
}
ALL = {
    **SURE,
    "cp1250 Poland": "Name,Role\nŁukasz Wójcik,mentor\nGrażyna Zając,mentee\n",
    "cp1250 Hungary": "Name,Role\nGábor Szűcs,mentor\nJenő Tóth,mentee\n",
    "cp1250 Croatia": "Name,Role\nMarko Jurić,mentor\nŽeljko Đurić,mentee\n",
    "cp1252 Denmark": "Name,Role\nSøren Jørgensen,mentor\nKåre Næss,mentee\n",
    "cp1252 Spain": "Name,Role\nPeña Ruiz,mentor\nÁngela Ibáñez,mentee\n",
    "cp1252 quotes": "Name,Role,Goal\nAnn O’Brien,mentor,“learn” – more\n",
    "cp1254 Turkey": "Name,Role\nAyşe Yılmaz,mentor\nİbrahim Çağlar,mentee\n",
    "cp1255 Israel": "Name,Role\nדנה לוי,mentor\nיוסי כהן,mentee\n",
    "mac_roman": "Name,Role\nJosé Müller,mentor\nFrançois Lefèvre,mentee\n",
    "cp850": "Name,Role\nJosé Müller,mentor\nFrançois Lefèvre,mentee\n",
    "euc_kr": "이름,역할\n김민수,멘토\n이영희,멘티\n",
}


@pytest.mark.parametrize("encoding", SURE)
def test_names_tell_the_encoding(encoding: str) -> None:
    decoded = decode_sheet(SURE[encoding].encode(encoding))
    assert decoded.text == SURE[encoding]
    assert decoded.candidates == ()


@pytest.mark.parametrize("what", ALL)
def test_what_is_not_sure_is_never_taken_wrongly(what: str) -> None:
    data = ALL[what].encode(what.split(maxsplit=1)[0])
    decoded = decode_sheet(data)
    assert decoded.candidates or decoded.text == ALL[what]
    if decoded.candidates:
        texts = {data.decode(candidate.encoding) for candidate in decoded.candidates}
        assert ALL[what] in texts


# Names by the encoding of their country's spreadsheet programs and their language.
NAMES = {
    ("cp1250", "Czech"): (
        "Žofie Dvořáková",
        "Přemysl Šťastný",
        "Jan Novák",
        "Petr Černý",
        "Jiří Růžička",
        "Lukáš Kučera",
        "Tomáš Němec",
        "Eva Malá",
        "Zdeněk Kříž",
        "Anežka Horáková",
        "Václav Beneš",
        "Kateřina Pokorná",
    ),
    ("cp1250", "Polish"): (
        "Łukasz Wójcik",
        "Małgorzata Dąbrowska",
        "Grażyna Zając",
        "Paweł Kamiński",
        "Agnieszka Woźniak",
        "Michał Jabłoński",
        "Stanisław Król",
        "Żaneta Pawłowska",
        "Zofia Kaczmarek",
        "Przemysław Górski",
    ),
    ("cp1250", "Hungarian"): (
        "Gábor Szűcs",
        "Erzsébet Nagy",
        "László Kövér",
        "Jenő Tóth",
        "Zsófia Szabó",
        "Ödön Fülöp",
        "István Kelemen",
        "Réka Erdős",
        "Dániel Gőz",
        "Éva Balogh",
    ),
    ("cp1250", "Croatian"): (
        "Marko Jurić",
        "Željko Đurić",
        "Iva Horvat",
        "Ana Kovačić",
        "Šime Babić",
        "Luka Marić",
        "Zoran Petrović",
        "Nataša Žužić",
    ),
    ("cp1251", "Russian"): (
        "Анна Иванова",
        "Пётр Смирнов",
        "Ольга Кузнецова",
        "Дмитрий Соколов",
        "Елена Попова",
        "Юлия Щербакова",
        "Сергей Жуков",
    ),
    ("cp932", "Japanese"): (
        "山田太郎",
        "佐藤花子",
        "鈴木一郎",
        "高橋美咲",
        "田中健",
        "渡辺真理子",
        "伊藤翔",
        "中村さくら",
        "小林 大輔",
        "加藤 ユキ",
    ),
    ("gb18030", "Chinese"): (
        "李明",
        "王小红",
        "张伟",
        "刘洋",
        "陈静",
        "杨丽",
        "赵磊",
        "黄勇",
        "周芳",
        "吴敏",
        "徐娜",
        "欧阳修",
    ),
    ("cp949", "Korean"): (
        "김민수",
        "이영희",
        "박서준",
        "최지우",
        "정해인",
        "강하늘",
        "조인성",
        "윤아름",
        "장미란",
        "임수정",
    ),
    ("cp1252", "French"): (
        "François Lefèvre",
        "Hélène Dupré",
        "Zoë Noël",
        "Anaïs Bézier",
        "Jérôme Côté",
        "Chloé Garçon",
        "Loïc Pâquet",
        "Éric Hébert",
    ),
    ("cp1252", "German"): (
        "Jörg Groß",
        "Björn Schäfer",
        "Käthe Müller",
        "Günther Weiß",
        "Ärzte Süß",
        "Sören Kühn",
        "Jürgen Böhm",
    ),
    ("cp1252", "Spanish"): (
        "José Muñoz",
        "Ángela Ibáñez",
        "Iñaki Peña",
        "María Núñez",
        "Raúl Gómez",
        "Lucía Fernández",
        "Sofía Argüello",
    ),
    ("cp1252", "Portuguese"): (
        "João Conceição",
        "Inês Magalhães",
        "Antônio Simões",
        "Luís Guimarães",
        "Mônica Araújo",
        "Fátima Galvão",
    ),
    ("cp1252", "Nordic"): (
        "Søren Jørgensen",
        "Kåre Næss",
        "Ane Østergård",
        "Björn Åkesson",
        "Märta Sjöström",
        "Bjørn Ødegård",
        "Sigríður Þórsdóttir",
        "Väinö Mäkelä",
    ),
    ("mac_roman", "French"): (
        "François Lefèvre",
        "Hélène Dupré",
        "Zoë Noël",
        "José Muñoz",
        "Jörg Groß",
    ),
    ("cp1254", "Turkish"): (
        "Ayşe Yılmaz",
        "İbrahim Çağlar",
        "Şükrü Öztürk",
        "Gülşah Doğan",
        "Işıl Kılıç",
    ),
    ("big5", "Taiwanese"): (
        "陳大文",
        "林美麗",
        "黃志明",
        "張雅婷",
        "李淑芬",
    ),
}
# Languages of whose names hardly any selection can be read in another encoding as well.
CLEAR = {"Czech", "Polish", "Japanese", "Chinese", "Korean", "French", "German", "Spanish"}
CLEAR |= {"Portuguese"}


@pytest.mark.parametrize("case", NAMES, ids=" ".join)
def test_no_selection_of_names_is_taken_wrongly(case: tuple[str, str]) -> None:
    encoding, language = case
    chance = random.Random(language)
    sure = 0
    for _ in range(20):
        picked = chance.sample(NAMES[case], chance.randint(2, len(NAMES[case])))
        picked += chance.sample(["Ann Smith", "Bo Jones", "Cy Lee"], chance.randint(0, 3))
        chance.shuffle(picked)
        text = "Full name,I want to be\n" + "".join(f"{name},Mentor\n" for name in picked)
        data = text.encode(encoding)
        decoded = decode_sheet(data)
        texts = {data.decode(c.encoding) for c in decoded.candidates} or {decoded.text}
        assert text in texts
        sure += not decoded.candidates
    assert sure >= 16 or language not in CLEAR


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("what", ALL)
def test_unicode_is_always_sure(encoding: str, what: str) -> None:
    decoded = decode_sheet(ALL[what].encode(encoding))
    assert (decoded.text, decoded.candidates) == (ALL[what], ())


@pytest.mark.parametrize("what", ["cp1252", "cp1250", "cp1251", "shift_jis", "cp1252 quotes"])
def test_a_text_that_was_encoded_twice_is_read_as_it_was(what: str) -> None:
    twice = ALL[what].encode().decode("latin-1").encode()
    assert decode_sheet(twice).text == ALL[what]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_latin_letters(encoding: str) -> None:
    decoded = decode_sheet(ALL["cp1250"].encode(encoding))
    assert (decoded.text, decoded.candidates) == (ALL["cp1250"], ())


def test_an_encoding_that_is_not_sure_is_asked_for_with_names(program: NewProgram) -> None:
    sheet = "Full name,I want to be\nGábor Szűcs,Mentor\nJenő Tóth,Mentee\n"
    before = program.files()
    ran = program.import_sheet(sheet.encode("cp1250"), "--accept")
    assert (ran.code, ran.out) == (1, "nothing was imported\n")
    assert "'Gábor', 'Szűcs', 'Jenő' in Windows-1250, Central Europe: --encoding cp1250" in ran.err
    assert "'Gábor', 'Szûcs', 'Jenõ' in Windows-1252, Western Europe: --encoding cp1252" in ran.err
    assert program.files() == before
    ran = program.import_sheet(sheet.encode("cp1250"), "--encoding", "cp1250")
    assert ran.out == "2 people: 2 new\n"
    assert program.people()["gabor-szucs"]["name"] == "Gábor Szűcs"
    again = program.import_sheet(sheet.encode("cp1250"))
    assert again.out == "2 people: 2 unchanged\n"


def test_a_wrong_encoding_is_refused(program: NewProgram) -> None:
    sheet = "Full name,I want to be\nJosé Example,Mentor\n".encode("cp1252")
    ran = program.import_sheet(sheet, "--encoding", "utf-8")
    assert "the file cannot be read as UTF-8: see line 2" in ran.err
    assert program.import_sheet(sheet, "--encoding", "klingon").code == 2
