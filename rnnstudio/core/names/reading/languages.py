"""What letters, syllables and signs names are written with, and in which encodings.

Enough to distinguish encodings by whether the text it gives looks like names.
"""

from __future__ import annotations

from dataclasses import dataclass

_LATIN = ("cp1252", "cp850", "mac_roman")
_CENTRAL = ("cp1250", "iso8859_2", "cp852", "mac_latin2")
_CYRILLIC = ("cp1251", "koi8_u", "iso8859_5", "cp866", "mac_cyrillic")


@dataclass(frozen=True)
class Alphabet:
    """The letters of a language beyond ASCII, the most frequent first, and its encodings."""

    letters: str
    encodings: tuple[str, ...]


ALPHABETS = (
    Alphabet("éöäüáåíóøèçñæêôëïãâúîßõàûìòðþýœÿ", _LATIN),  # of several
    Alphabet("áéčíšłóžćńęąśřěýőűżźđůăťşţňúöüäôâî", _CENTRAL),
    Alphabet("éèëêçïôœîàâûùÿüæñ", _LATIN),  # French
    Alphabet("üöäßé", _LATIN),  # German
    Alphabet("öåäéüàèë", _LATIN),  # Swedish, Finnish
    Alphabet("øåæéüöä", _LATIN),  # Danish, Norwegian
    Alphabet("óíáéñúü", _LATIN),  # Spanish
    Alphabet("ãçéáíôóúêâõàü", _LATIN),  # Portuguese
    Alphabet("óáéíúàèò", _LATIN),  # Irish, Italian
    Alphabet("óíáöéðúþýæ", _LATIN),  # Icelandic, Faroese
    Alphabet("łóńęąśćżź", _CENTRAL),  # Polish
    Alphabet("áíéýěšřčžůúťňóď", _CENTRAL),  # Czech
    Alphabet("áíéčšýžúľťóňäôĺŕď", _CENTRAL),  # Slovak
    Alphabet("áéóöüíőúű", _CENTRAL),  # Hungarian
    Alphabet("ćčšžđ", _CENTRAL),  # Croatian, Slovene
    Alphabet("ăşţâîșț", _CENTRAL),  # Romanian
    Alphabet("üışöçğâîû", ("cp1254", "cp857", "mac_turkish")),  # Turkish
    Alphabet("ėšūžąįųčę", ("cp1257", "iso8859_4")),  # Lithuanian
    Alphabet("āīēšņūļžģčķō", ("cp1257", "iso8859_4")),  # Latvian
    Alphabet("õäüöšž", ("cp1257", "cp1252", "iso8859_4")),  # Estonian
    Alphabet(
        "ễồịạầảàánâăđêôơưạảấầẩẫậắằẳẵặẹẻẽềểễếệỉĩíìịọỏõóòốồổỗộớờởỡợụủũúùứừửữựỳỷỹýỵèé", ("cp1258",)
    ),  # Vietnamese
    Alphabet("аиеноврляткмсдгуйьбзшпчфжюхыцэщёъ", _CYRILLIC),  # Russian
    Alphabet("аинорвеклтсмядйіуьгбзхжпшчюєцїфщґ", _CYRILLIC),  # Ukrainian
    Alphabet("аіеноврялткмсдўуйьгбзшпчжюхыцэё", _CYRILLIC),  # Belarusian
    Alphabet("аиенорвткслмдйуяпгзбчцхшжъщьюф", _CYRILLIC),  # Bulgarian
    Alphabet("аиоенрсвтјкмлдућпзбгшцчђњжљхџф", _CYRILLIC),  # Serbian
    Alphabet("ασοιηνρςετλκυπμάίδγθφχέόήύξβώζψϊϋΐΰ", ("cp1253", "iso8859_7", "cp737", "mac_greek")),
    Alphabet("יהאלנרמושעתבדחזגקפצכטםןףךץ", ("cp1255", "iso8859_8", "cp862")),  # Hebrew
    Alphabet(
        "ايملنرودبحسعةفهتقشكجطزصأخغىثضذظئءإؤآگپچژ\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652",
        ("cp1256", "iso8859_6"),
    ),
    Alphabet("านรพวัิมก์สลชยดทีอณศุเญ่าจปหู้ไโแธขตฐขบึรื็คงะซผภฤษฉฟฝฎฏฑฒฬๆฮใฯำฆ๊๋ๅ", ("cp874",)),
)
"""Of languages whose encodings have a byte a letter."""


@dataclass(frozen=True)
class Characters:
    """The frequent characters of names in a language whose encodings take two bytes a character.

    ``known`` is the encoding that has all usual ones, ``most`` how many they are.
    """

    common: str
    known: str
    most: int
    encodings: tuple[str, ...]


_KANA = "".join(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30F7), 0x30FC)))
CHARACTERS = (
    Characters(
        "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余"
        "潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
        "明国华建文平志伟东海强晓生光林小民永杰军波成荣新峰刚家龙德庆斌辉良玉俊立浩天宏子金健一忠洪江福祥中正振勇"
        "春宇海春玲英梅红丽芳敏静兰霞秀燕娟雪慧萍莉琴玲芬凤云莲真环珠翠雅芝香月莺媛艳瑞凡佳嘉琼勤珍贞娜洁淑婷怡"
        "欣悦思雨梦涵诗琪子轩浩然博文宇航泽昊天佑睿晨阳鑫磊超鹏飞凯亮洋帆涛昌盛安宁静大人的之在有是",
        "gb2312",
        6_763,
        ("gb18030",),
    ),
    Characters(
        "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余盧梁趙顏柯翁魏孫戴"
        "范方宋鄧杜傅侯曹薛丁卓馬阮董溫唐藍石蔣古紀姚連馮歐程湯田康姜白汪鄒尤巫鐘涂嚴韓龔袁黎金阿美英玉秀麗淑"
        "惠雅婷怡君佳慧芳雯宜玲娟華琪欣穎萍珍貞蓉如鳳蘭雲月珠明志文建國家豪俊傑宏偉冠宇柏翰承恩子軒品睿詠晴"
        "思妤心悅安中正德福成信義榮輝昌祥龍東海山春生大人天小林永清水木新世賢良雄勝仁智勇進發達銘誠",
        "big5",
        13_053,
        ("cp950",),
    ),
    Characters(
        "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지나엄채원천방공현함변"
        "염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형두감음빈동온호범좌팽승간"
        "상시갈단견당화창후준수영희미숙순자철훈아름별솔람빛찬혁환규욱혜린윤재건율다해보라유세은채리슬기나래효덕종병"
        "광일식만필균근웅운열학직익회행헌란애교춘매정순분례말복점",
        "euc_kr",
        2_350,
        ("cp949", "johab"),
    ),
    Characters(
        _KANA + "田中山本木村高藤佐加伊小林井上松吉野原川石前後岡橋長谷渡辺斎清水阿部池森大島西東北"
        "南内宮三平和金竹近遠安青坂杉今福太千葉丸新関菅久保桜須武市若永古荒浅秋岩黒白土成水早瀬沢浜崎健一二郎男美子"
        "恵香奈由真理愛佳穂花優陽翔蓮大翼樹悠斗颯陸湊葵結菜莉咲凛芽衣陽菜直人正博明浩隆英雄勇茂進学徹誠剛修豊"
        "幸智裕和也哉介助彦次三四五雅文夫昭代江千春夏秋冬月日光知典洋海空音",
        "shift_jis",
        6_879,
        ("cp932", "euc_jp"),
    ),
)
LABELS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16-LE",
    "utf-16-be": "UTF-16-BE",
    "utf-32": "UTF-32",
    "utf-32-le": "UTF-32-LE",
    "utf-32-be": "UTF-32-BE",
    "iso2022_jp": "ISO-2022-JP",
    "iso2022_kr": "ISO-2022-KR",
    "hz": "HZ",
    "johab": "Johab",
    "gb18030": "GBK",
    "cp950": "Big5",
    "cp949": "EUC-KR",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "koi8_u": "KOI8-U",
    "cp874": "Windows-874",
    "mac_roman": "Mac-Roman",
    "mac_cyrillic": "Mac-Cyrillic",
    "mac_greek": "Mac-Greek",
    "mac_turkish": "Mac-Turkish",
    "mac_latin2": "Mac-Latin2",
    **{f"cp{number}": f"Windows-{number}" for number in range(1250, 1259)},
    **{f"cp{number}": f"DOS-{number}" for number in (737, 850, 852, 857, 862, 866)},
    **{f"iso8859_{part}": f"ISO-8859-{part}" for part in (2, 4, 5, 6, 7, 8)},
}
"""How a person knows an encoding, by Python's name of it."""
