"""Encodings: real names come back from each, and a guess is said."""

# ruff: noqa: RUF001 - letters of other languages are meant

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import read_corpus
from rnnstudio.core.names.reading.list_encoding import decode
from rnnstudio.core.names.report import ReadOptions

NAMES = {
    "Russian": (
        "Александр Мария Иван Ольга Дмитрий Наталья Сергей Татьяна Алексей Елена",
        "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic",
    ),
    "Russian in small letters": (
        "александр мария иван ольга дмитрий наталья сергей татьяна юрий",
        "cp1251 koi8_r iso8859_5 cp866",
    ),
    "Ukrainian": (
        "Олександр Марія Іван Ольга Дмитро Наталія Сергій Євген Їжакевич",
        "cp1251 koi8_u iso8859_5",
    ),
    "Bulgarian": ("Георги Иванка Димитър Елена Цветан Йорданка Стоян", "cp1251 iso8859_5"),
    "Serbian": ("Милош Јована Ђорђе Љубица Драган Његош Џон", "cp1251 iso8859_5"),
    "Greek": (
        "Γιώργος Μαρία Δημήτρης Ελένη Κωνσταντίνος Άννα Νίκος",
        "cp1253 iso8859_7 cp737 mac_greek",
    ),
    "Hebrew": ("משה שרה דוד רחל יצחק רבקה אברהם לאה יוסף", "cp1255 iso8859_8 cp862"),
    "Arabic": ("محمد فاطمة علي عائشة حسن زينب يوسف مريم خالد", "cp1256 iso8859_6"),
    "Thai": ("สมชาย สมหญิง วิชัย มาลี ประเสริฐ สุดา อนันต์", "cp874 tis_620"),
    "Polish": (
        "Łukasz Małgorzata Paweł Śląski Żaneta Józef Grażyna Wałęsa",
        "cp1250 iso8859_2 cp852",
    ),
    "Czech": ("Jiří Tomáš Kateřina Zdeněk Růžena Šárka Žofie Vojtěch", "cp1250 iso8859_2 cp852"),
    "Hungarian": ("László Erzsébet Győző Ágnes Ödön Gergő Tünde Szűcs", "cp1250 iso8859_2"),
    "Croatian": ("Marković Đorđević Šarić Žana Čedomir Krešimir", "cp1250 iso8859_2"),
    "Turkish": ("Ayşe Oğuz Gülşah İbrahim Çağlar Işık Yıldız Şükrü", "cp1254 iso8859_9 cp857"),
    "Lithuanian": ("Jūratė Žygimantas Šarūnas Kęstutis Rūta Eglė", "cp1257 iso8859_13"),
    "Latvian": ("Jānis Līga Kārlis Zigurds Ģirts Ņina Šķēle Jēkabs", "cp1257 iso8859_13"),
    "Swedish": ("Åsa Örjan Björn Göran Märta Åke", "cp1252 latin_1 cp850 mac_roman"),
    "French": ("Zoé Élodie François Hélène Chloé Jérôme Anaïs Noël", "cp1252 latin_1 mac_roman"),
    "German": ("Jürgen Bärbel Großmann Müller Köhler Jäger", "cp1252 cp850 mac_roman"),
    "Icelandic": ("Þór Guðrún Ásdís Sigurður Björk Ólafur Ægir", "cp1252"),
    "Chinese": (
        "王小明 李娜 张伟 王芳 刘洋 陈静 杨帆 赵磊 黄丽 周杰",
        "gbk gb2312 gb18030 hz utf_16_le utf_16_be utf_32_le utf_32_be utf_16 utf_32 utf_8_sig",
    ),
    "Chinese of Taiwan": ("陳怡君 林志豪 黃雅婷 張淑芬 李建宏 王美玲 吳家豪", "big5 cp950"),
    "Korean": ("김민준 이서연 박지훈 최수빈 정예은 강도윤 조하은 윤시우", "euc_kr cp949 johab"),
    "Japanese": (
        "田中太郎 佐藤花子 鈴木一郎 高橋美咲 渡辺健 伊藤さくら 山本翔太",
        "cp932 shift_jis euc_jp iso2022_jp",
    ),
    "kana": ("さくら はると ゆい そうた パトリック ケンタ", "cp932 euc_jp iso2022_jp"),
    "English": ("Emma Olivia Ava", "ascii utf_16_le utf_16_be utf_32_le utf_32_be"),
}
CASES = [(language, codec) for language, (_, codecs) in NAMES.items() for codec in codecs.split()]


@pytest.mark.parametrize(("language", "codec"), CASES)
def test_that_names_come_back_from_each_encoding(language: str, codec: str) -> None:
    text = "\n".join(NAMES[language][0].split()) + "\n"
    decoded = decode(text.encode(codec), "names.txt")
    assert unicodedata.normalize("NFC", decoded.text) == text
    if decoded.other:
        assert decoded.encoding != decoded.other


def test_that_vietnamese_with_marks_behind_its_letters_comes_back() -> None:
    # Windows-1258 has the letters with a circumflex or a horn, and the marks of tone by themselves.
    data = "Nguyê\u0303n\nTrâ\u0300n\nPha\u0323m\nHoa\u0300ng\nĐă\u0323ng\nĐô\u0303\n".encode(
        "cp1258"
    )
    text = unicodedata.normalize("NFC", decode(data, "names.txt").text)
    assert text.split() == ["Nguyễn", "Trần", "Phạm", "Hoàng", "Đặng", "Đỗ"]


@pytest.mark.parametrize(("codec", "label"), [("cp1252", "Windows-1252"), ("gbk", "GBK")])
def test_that_a_guess_is_said_with_what_it_might_be_taken_for(
    tmp_path: Path, codec: str, label: str
) -> None:
    path, language = tmp_path / "names.txt", "Swedish" if codec == "cp1252" else "Chinese"
    path.write_bytes("\n".join(NAMES[language][0].split()).encode(codec))
    report = read_corpus(path).report
    assert report is not None
    assert f"lines of {label}." in report.sentences()[0]
    assert f"by its letters it is {label}, not " in report.sentences()[1]


@pytest.mark.parametrize("asked", ["windows-1251", "cp1251", "Windows-1251", "CP1251"])
def test_that_another_encoding_can_be_asked_for(tmp_path: Path, asked: str) -> None:
    path = tmp_path / "names.txt"
    path.write_bytes("Åsa\nÖrjan\n".encode("cp1252"))
    corpus = read_corpus(path, ReadOptions(encoding=asked))
    assert corpus.names == ("еsa", "цrjan")
    assert corpus.report is not None
    assert corpus.report.sentences()[0].endswith("of Windows-1251.")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("klingon", "There is no encoding 'klingon'; choose one such as UTF-8"),
        ("base64", "There is no encoding 'base64'"),
        ("utf-8", "names.txt is not text in utf-8; choose another encoding"),
        ("shift_jis", "names.txt is not text in shift_jis"),
    ],
)
def test_that_an_encoding_that_does_not_fit_is_refused(asked: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        decode(b"\xc5sa\n\xd6rjan\n\xff\n", "names.txt", asked)


def test_that_two_files_of_different_encodings_put_together_are_refused() -> None:
    data = "Åsa\nÖrjan\n".encode() + "Märta\n".encode("cp1252")
    with pytest.raises(UserError, match=r"names.txt, line 3: this is not UTF-8, while other lines"):
        decode(data, "names.txt")


def test_that_bytes_of_no_writing_are_not_guessed() -> None:
    noise = random.Random(0).randbytes(400).translate(None, bytes(range(32)))
    with pytest.raises(UserError, match="its encoding was not recognised; save it as UTF-8, or"):
        decode(noise, "names.txt")
