"""Words around and between the rows of a table: missing numbers, sums below it, payments."""

from __future__ import annotations

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.vocabulary.fold import fold

_MISSING = (
    "|-|--|---|----|- -|.|..|...|n/a|na|n.a.|n.a|n/d|nd|n.d.|n.d|n/v|n.v.|k.a.|k. a.|s/d|"
    "s.d.|nan|null|(null)|\\n|none|nil|nat|<na>|<null>|missing|no data|not available|"
    "no trade|?|b.d.|н/д|нд|б/д|n/k|kein handel|停牌|無|无|休市|거래정지|#n/a|#na|#n/a n/a|#value!|"
    "#ref!|#div/0!|#div/9!|#div/0|#div/9|#name?|#num!|#null!|#error|#error!|#calc!|"
    "#spill!|#getting_data|#n/a field not applicable|#n/a invalid security|"
    "#n/a requesting data...|#wert!|#nv|#bezug!|#zahl!|#valeur!|#n/d|#¡valor!|#valore!|"
    "#n/disp|#n/m|#н/д|#знач!|@na|@n/a"
)
MISSING = frozenset(fold(mark) for mark in _MISSING.split("|"))
"""How files write that there is no number, folded; signs # alone mean it too."""

_SUMMARY = (
    "total totals sum sums subtotal average averages avg mean median max maximum min minimum "
    "count highest lowest high: low: change difference source sources note notes disclaimer "
    "copyright records rows stdev std variance jumlah rata rata-rata tertinggi terendah "
    "sumber catatan perubahan selisih summe gesamt mittelwert durchschnitt quelle hinweis "
    "anzahl somme moyenne source total: suma total: promedio media fuente nota soma média "
    "fonte somma totale totaal gemiddelde bron summa medel källa razem średnia źródło итого "
    "сумма среднее источник toplam ortalama kaynak 合計 合计 平均 注 注釈 出典 資料 数据来源 "
    "资料来源 總計 总计 합계 평균 출처"
)
SUMMARY = frozenset(fold(word).strip(":") for word in _SUMMARY.split())
"""First words of lines below a table that are not rows."""

_EVENTS = (
    "dividen split spin bonus utdelning udbytte utbytte dywidenda temett дивиденд сплит "
    "配当 分割 分红 派息 送股 배당 분할"
)
EVENTS = frozenset(map(fold, _EVENTS.split()))
"""Parts of words in rows that are about a payment or a split, and hold no prices."""

MARKUP = (
    ("<!doctype", Message("an HTML page")),
    ("<html", Message("an HTML page")),
    ("<head", Message("an HTML page")),
    ("<body", Message("an HTML page")),
    ("<table", Message("a table in HTML")),
    ("<div", Message("an HTML page")),
    ("<script", Message("an HTML page")),
    ("<?xml", Message("an XML document")),
    ("{\\rtf", Message("an RTF document")),
)
"""How texts begin that are not tables of cells."""
