"""What columns are called, by their role and by language; names are compared by ``names.plain``."""

from __future__ import annotations

DATES = """
date; trade date; trading date; trade day; datetime; date time; date/time; dtyyyymmdd; yyyymmdd;
per date; quote date; price date; pricing date; as of date; business date; exchange date;
observation date; datadate; caldt; value date; valuation date; session date; settlement date;
mkt date; ref date; reporting date; effective date; nav date; gmt time; utc time; utc; local time;
time utc; timestamp; time stamp; trade timestamp; ts; ts event; bar time; candle time; open time;
time open; start time; begin; start; period; period start; time; day; days; month; week; quarter;
year; unix; unix time; unix timestamp; epoch; epoch time; dt; t; d; snapped at; time period;
tanggal; tgl; tanggal perdagangan; tanggal perdagangan terakhir; tanggal waktu; waktu; hari;
bulan; tarikh; datum; datum uhrzeit; datum zeit; zeit; zeitpunkt; handelstag; tag; stichtag;
kursdatum; monat; date de cotation; date de bourse; jour; date cotation; horodatage; fecha; dia;
fecha hora; fecha de negociacion; fecha contable; data; data pregao; data do pregao; dia pregao;
data negocio; data ref; data ora; giorno; datum tijd; dag; handelsdag; tid; handelsdatum; dato;
pvm; paivamaara; paiva; data sesji; data notowania; dzien; datum obchodu; den; datum cas;
datum a cas; datum idopont; nap; data sedintei; ziua; tarih; zaman; gun; islem tarihi; дата;
дата торгов; дата время; дата и время; день; время; tradedate; ημερομηνια; ημ/νια; תאריך; تاريخ;
التاريخ; تاریخ; วันที่; วันเดือนปี; ngay; ngay giao dich; thoi gian; 日付; 日付け; 日時; 年月日;
取引日; 基準日; 日期; 交易日期; 交易日; 时间; 時間; 成交日期; 年月; 日; 時刻; 时刻; 净值日期;
날짜; 일자; 일시; 거래일; 거래일자; 체결일; 기준일; dates; dat
"""
"""The earlier of two is taken for the dates."""

TIMES = """
time; trade time; hour; waktu; jam; pukul; masa; uhrzeit; zeit; heure; hora; ora; tijd; tid;
klokke; klo; godzina; czas; cas; idopont; saat; время; ωρα; שעה; الوقت; ساعت; เวลา; gio; 時刻;
時間; 时间; 시간; 체결시간; 시각
"""

OPEN = """
open; open price; opening price; opening; opened; opn; o; px open; first; first price; open px;
price open; day open; openingsprijs; openp; open value; open rate; opening rate; openprc; buka;
pembukaan; harga pembukaan; harga buka; dibuka; eröffnung; eröffn; eröffnungskurs; erster;
eroeffnung; eroeffnungskurs; anfang; anfangskurs; startkurs; ouverture; ouv; cours ouverture;
cours d'ouverture; premier cours; apertura; precio apertura; precio de apertura; prezzo apertura;
aper; abertura; abert; preco abertura; preco de abertura; preabe; openen; openingskoers; öppn;
öppning; öppningskurs; öppningspris; öppen; åben; åbning; åbningskurs; åpning; åpningskurs; åpen;
åpningspris; avaus; avauskurssi; otwarcie; otwarc; kurs otwarcia; cena otwarcia; otevření;
otevírací; otevírací cena; otvorenie; nyitó; nyitóár; nyitóárfolyam; deschidere; pret deschidere;
açılış; açılış fiyatı; acilis; открытие; откр; цена открытия; відкриття; άνοιγμα; τιμή ανοίγματος;
פתיחה; שער פתיחה; الافتتاح; افتتاح; الفتح; فتح; اولین; ราคาเปิด; เปิด; mở cửa; mở; giá mở cửa;
lần mở; 始値; 始; 寄付; 寄り付き; 开盘; 开盘价; 開盤; 開盤價; 開市; 開市價; 开盘价格; 今开;
今开盘; 开盘点位; 开盘指数; 開盤指數; 시가; 시작가; 시가지수; öppn kurs; öppn.pris; öppna; 오픈;
開; 开; eröffnungspreis; cours d'ouv; prix d'ouverture; kurs otw; offnung; erster kurs;
erster preis
"""

HIGH = """
high; high price; highest; highest price; day high; days high; hi; h; max; max price; maximum;
px high; price high; high px; daily high; high value; high rate; maks; highprc; tinggi; tertinggi;
harga tertinggi; hoch; hochkurs; tageshoch; tageshöchst; höchst; höchstkurs; höchster; höchstwert;
hoechst; hoechstkurs; plus haut; + haut; haut; cours plus haut; max jour; maximo; máximo; máx;
precio máximo; precio maximo; alto; más alto; máxima; maxima; preco maximo; preço máximo; premax;
massimo; prezzo massimo; max giornaliero; hoog; hoogste; hoogste koers; dagkoers hoog; högst;
högsta; hög; högstakurs; högsta kurs; högsta pris; høj; højeste; højeste kurs; høy; høyeste;
høyeste kurs; ylin; ylin kurssi; korkein; najwyższy; najwyższa; kurs max; cena maksymalna;
maksimum; nejvyšší; nejvyšší cena; max cena; legmagasabb; napi max; maxim; pret maxim; yüksek;
en yüksek; gün içi en yüksek; yuksek; максимум; макс; максимальная цена; высокая; наибольшая;
высшая; максимальна; μέγιστο; υψηλό; υψηλότερη; ανώτερη; ανώτατη; גבוה; גבוה יומי; שער גבוה;
الأعلى; أعلى; اعلى; الاعلى; بیشترین; สูงสุด; ราคาสูงสุด; สูง; cao; cao nhất; giá cao nhất; 高値;
高; 最高; 最高价; 最高價; 最高价格; 最高点位; 最高指数; 最高指數; 고가; 최고가; 고가지수;
hög kurs; hoch kurs; 最高値; 高点; 고; hoechster; tageshoch kurs; haut du jour; prix haut
"""

LOW = """
low; low price; lowest; lowest price; day low; days low; lo; l; min; min price; minimum; px low;
price low; low px; daily low; low value; low rate; lowprc; rendah; terendah; harga terendah; tief;
tiefkurs; tagestief; tiefst; tiefstkurs; tiefster; tiefstwert; plus bas; + bas; bas;
cours plus bas; mínimo; minimo; mín; precio mínimo; precio minimo; bajo; más bajo; mínima; minima;
preco minimo; preço mínimo; premin; prezzo minimo; laag; laagste; laagste koers; lägst; lägsta;
låg; lägstakurs; lägsta kurs; lägsta pris; lav; laveste; laveste kurs; alin; alin kurssi; matalin;
najniższy; najniższa; kurs min; cena minimalna; nejnižší; nejnižší cena; min cena; legalacsonyabb;
napi min; minim; pret minim; düşük; en düşük; gün içi en düşük; dusuk; минимум; мин;
минимальная цена; низкая; наименьшая; низшая; мінімальна; ελάχιστο; χαμηλό; χαμηλότερη; κατώτερη;
κατώτατη; נמוך; נמוך יומי; שער נמוך; الأدنى; أدنى; ادنى; الادنى; الأقل; کمترین; ต่ำสุด;
ราคาต่ำสุด; ต่ำ; thấp; thấp nhất; giá thấp nhất; 安値; 安; 最低; 最低价; 最低價; 最低价格;
最低点位; 最低指数; 最低指數; 저가; 최저가; 저가지수; låg kurs; 低; 低值; 最安値; 저;
tiefster kurs; bas du jour; prix bas
"""

CLOSE = """
close; close price; closing price; closing; closed; c; cls; px last; price close; close px;
close value; close rate; trade close; close last; close/last;
close close price adjusted for splits; closing value; closing price adjusted for splits;
session close; closing index; closing rate; closeprc; tutup; penutupan; harga penutupan;
harga tutup; ditutup; schluss; schlusskurs; schlußkurs; schlusspreis; schlusswert; clôture; clôt;
cours de clôture; cours clôture; cierre; cierre ajustado por splits; precio cierre;
precio de cierre; fechamento; fech; preco fechamento; preço de fechamento; preult; chiusura;
prezzo chiusura; prezzo di chiusura; slot; slotkoers; slotprijs; sluiting; stängning; stängn;
stängningskurs; stängn kurs; stängningspris; slutkurs; slutpris; stängningskurs justerad; luk;
lukkekurs; lukket; slutt; sluttkurs; lukk; lukking; påätös; päätös; päätöskurssi; zamknięcie;
zamkniecie; zamk; kurs zamknięcia; cena zamknięcia; zavírací; zavírací cena; závěr;
závěrečný kurz; uzavření; kurz; záró; záróár; záróárfolyam; închidere; inchidere; pret inchidere;
kapanış; kapanış fiyatı; kapanis; закрытие; закр; цена закрытия; цена закр; закриття; κλείσιμο;
τιμή κλεισίματος; סגירה; שער נעילה; נעילה; الإغلاق; إغلاق; الاغلاق; اغلاق; سعر الإغلاق; پایانی;
قیمت پایانی;
ราคาปิด; ปิด; đóng cửa; đóng; giá đóng cửa; 終値; 終; 引値; 收盘; 收盘价; 收盤; 收盤價; 收市;
收市價; 收盘价格; 收盘点位; 收盘指数; 收盤指數; 종가; 마감가; 종가지수; close price rs;
stängnings kurs; 収; 收; 종; schluss kurs; prix de clôture; prix clôture; dernier clôture;
cloture; fechamento do dia
"""

ADJUSTED = """
adj close; adjusted close; adj close price; close adj; close adjusted; adjusted close price;
adjusted closing price; adj closing; closing adjusted; adjusted; adjusted price; adj;
adjclose price; price adj; adj last; adjusted last; adj tutup; tutup adj; tutup disesuaikan;
tutup yang disesuaikan; adj penutupan; penutupan adj; penutupan disesuaikan;
penutupan yang disesuaikan; harga penutupan disesuaikan; schluss adj; adj schluss;
bereinigter schlusskurs; schlusskurs bereinigt; angepasster schlusskurs; clôture ajustée;
clôture ajust; cours ajusté; cierre ajustado; cierre ajust; fechamento ajustado; fech ajustado;
chiusura rettificata; chiusura aggiustata; slotkoers aangepast; aangepaste slotkoers;
justerad stängning; justerad stängningskurs; justert sluttkurs; justeret lukkekurs;
düzeltilmiş kapanış; скорректированное закрытие; скорр закрытие; 調整後終値; 修正後終値;
调整后收盘价; 复权收盘价; 復權收盤價; 后复权价; 前复权价; 수정종가; 수정주가;
adj close adjusted close price adjusted for splits and dividend and or capital gain distributions
"""

SHARES = """
volume; vol; volumes; v; volume traded; traded volume; trade volume; trading volume; total volume;
tot vol; share volume; total trade quantity; total traded quantity; traded quantity; traded qty;
total traded qty; tottrdqty; ttl trd qnty; shares traded; no of shares; no of shares traded;
number of shares; shares volume; quantity; qty; volume shares; volume of shares; volume units;
units; daily traded units; traded shares; total shares; px volume; day volume; daily volume;
deal volume; volum; volume perdagangan; volume saham; kuantitas; jumlah saham; volumen; stück;
stücke; stuecke; stueck; anzahl; gehandelte stücke; umsatz stück; umsatz in stück; volumen stück;
volumen in stück; stückumsatz; volume échangé; volumes échangés; titres échangés;
nombre de titres; nb titres; titres; quantité; volumen negociado; títulos; titulos negociados;
acciones; cantidad; volume negociado; quantidade; quantidade negociada; quatot; quantità;
volume contratti; pezzi; volumi; aantal; omzet stuks; volym; antal; antal aktier; total volym;
omsättning antal; volumen antal; antall; omsatt antall; volyymi; vaihto kpl; wolumen; wol; objem;
objem ks; mnozství; forgalom db; forgalom darab; volum actiuni; hacim; hacim adet; hac; miktar;
adet; lot; işlem miktarı; işlem hacmi adet; объем; объём; объем торгов; кол-во; количество;
объем шт; объём шт; об'єм; обсяг; όγκος; όγκος συναλλαγών; τεμάχια; נפח; כמות; الحجم; حجم; الكمية;
كمية التداول; حجم التداول; تعداد; ปริมาณ; ปริมาณหุ้น; ปริมาณการซื้อขาย; khối lượng; kl;
khối lượng giao dịch; kl giao dịch; 出来高; 売買高; 出来高 株; 成交量; 成交股數; 成交股数;
成交数量; 成交數量; 总手; 总量; 交易量; 成交量 股; 成交量 手; 成交量 万股; 成交總股數; 거래량;
거래량 주; 누적거래량; 체결량; volume from; volumefrom; tick vol; tick volume; tickvol;
base volume; volume base; tickqty
"""
"""What counts shares, contracts or coins, in the order of how surely it does."""

PIECES = """
stück; stücke; stuecke; stueck; anzahl; gehandelte stücke; umsatz stück; umsatz in stück;
volumen stück; stückumsatz; shares traded; no of shares; number of shares; total traded quantity;
total trade quantity; traded shares; traded quantity; daily traded units; titres; titres échangés;
nombre de titres; títulos; titulos negociados; acciones; quantidade; quantidade negociada;
quantità; pezzi; aantal; antal; antal aktier; antall; miktar; adet; lot; кол-во; количество;
成交股數; 成交股数; 成交数量; volume shares; quantity; qty; kuantitas; jumlah saham
"""
"""Those of ``SHARES`` beside which "volume" says what was paid."""

PIECE_UNITS = """
shares; units; pcs; st; stk; stck; stück; titres; títulos; acciones; ações; pezzi; titoli; stuks;
antal; antall; kpl; szt; ks; db; darab; adet; lot; шт; 株; 股; 手; 주
"""
"""What in brackets behind a turnover says that it counts shares: Forgalom (db)."""

MONEY = """
turnover; total turnover; value; value traded; traded value; trade value; total value;
total traded value; total trade value; tottrdval; amount; amt; trading money; trading amount;
deal amount; deal value; notional; quote volume; quote asset volume; volume quote; turnover value;
dollar volume; net turnover; turnover rs; turnover lacs; turnover inr; volume value; money;
trading turnover; volume currency; volume usd; volume money; nilai; nilai transaksi;
nilai perdagangan; umsatz; umsatz in eur; umsatz eur; gesamtumsatz; umsatz euro; geldumsatz;
kursumsatz; volumen in eur; volumen eur; volumen in euro; capitaux; capitaux échangés;
volume capitaux; montant; efectivo; importe; volumen efectivo; monto; volume financeiro;
vol financeiro; volfin; voltot; volume total r; valor; controvalore; controvalore contratti;
omzet; omzet eur; omsättning; oms; omsætning; omsetning; vaihto; vaihto eur; vaihto euro; obrót;
obroty; wartość obrotu; wolumen obrotu pln; obrat; objem kč; objem czk; forgalom; forgalom ft;
rulaj; valoare; işlem hacmi; hacim tl; ciro; tutar; оборот; объем руб; объём руб; объем в рублях;
объем торгов руб; сумма; стоимость; αξία; αξία συναλλαγών; τζίρος; מחזור; שווי; القيمة;
قيمة التداول; ارزش; มูลค่า; มูลค่าการซื้อขาย; giá trị; giá trị giao dịch; gtgd; 売買代金; 成交额;
成交額; 成交金额; 成交金額; 成交额 元; 成交额 万元; 总金额; 金额; 金額; 交易额; 거래대금;
거래대금 원; 누적거래대금; volume to; volumeto
"""
"""What counts money: never the volume."""

WEAK_CLOSES = """
preis; prc; prccd; adjprc; price; last; last price; last sale; last trade; last traded price; ltp;
last px; harga; terakhir; harga terakhir; settle; settlement; settlement price; settle price;
sett price; daily settlement price; value; rate; exchange rate; fx rate; spot; spot price;
spot rate; mid; mid price; mid rate; fix; fixing; reference rate; ecb rate; nav; navprice;
nav price; nav per share; nav per unit; net asset value; unit price; bid price close; quote;
index value; index level; level; total return index; price index; index close;
total returns index; net total return index; gross total return index; tri; unit value; nilai;
nilai tukar; kurs; kurs terakhir; kurs eur; letzter; letzter kurs; letzter preis; zuletzt;
aktuell; rücknahmepreis; cours; dernier; prix; valeur; valeur liquidative; vl; taux; último;
último precio; ultimo; precio; cotización; cotizacion; valor; valor liquidativo; valor cuota;
cotação; cotacao; preço; preco; preço último; valor da cota; ultimo prezzo; prezzo;
prezzo ufficiale; quotazione; valore quota; laatste; laatst; laatste koers; koers; prijs; senaste;
senast; pris; kurs senast; siste; siste kurs; seneste; sidste; viimeisin; viimeinen; kurssi;
hinta; ostatni; ostatnio; kurs ostatni; cena; notowanie; wartość; poslední; cena kč; hodnota;
utolsó; utolsó ár; árfolyam; ár; ultimul; ultimul pret; pret; curs; son; son fiyat; fiyat; şimdi;
değer; kur; цена; последняя; последняя цена; курс; значение; котировка; ціна; остання; τελευταία;
τιμή; τελευταία τιμή; שער; אחרון; שער אחרון; السعر; الأخير; آخر; آخرین; قیمت; ล่าสุด; ราคาล่าสุด;
ราคา; lần cuối; giá; giá hiện tại; 現在値; 株価; 価格; 値; 基準価額; 基準価格; 价格; 價格; 最新价;
最新價; 最新; 现价; 單位淨值; 单位净值; 净值; 收盤淨值; 현재가; 가격; 기준가; 기준가격; 지수;
환율; 매매기준율; dernier cours
"""

NEVER_CLOSE = """
prev; previous; prev close; previous close; previous closing price; last close previous;
yesterday; prevclose; pre close; preclose; sebelumnya; penutupan sebelumnya; vortag; vortageskurs;
schlusskurs vortag; veille; clôture veille; anterior; cierre anterior; fechamento anterior;
precedente; chiusura precedente; vorige; vorige slotkoers; föregående; forrige; poprzedni;
kurs odniesienia; předchozí; önceki kapanış; önceki; предыдущая; предыдущее закрытие; 前日終値;
前终値; 前收; 前收盘; 前收盘价; 昨收; 昨收盘; 昨日收盤; 전일종가; 전일가; vwap; weighted price;
weighted average; wap; average; average price; avg; avg price; mean; mid average; mean price;
median price; durchschnitt; durchschnittskurs; genomsnittspris; cours moyen; precio medio;
preço médio; premed; prezzo medio; gemiddelde; gjennomsnitt; keskikurssi; kurs średni; ortalama;
ağırlıklı ortalama; средневзвешенная; average value; 均价; 均價; 加权平均; 가중평균; bid; ask;
offer; bid price; ask price; geld; brief; achat; vente; compra; venta; denaro; lettera; bied;
laat; köp; sälj; alış; satış; покупка; продажа; 买价; 卖价; best bid; best ask; strike;
strike price; open interest; openint; open int; market cap; market capitalization; marketcap;
supply; eps; pe; p/e; pb; beta; yield; dividend yield; spread; first trade; settlement change;
net change; change; chg; ticks; trades; number of trades; no of trades; no. of trades;
trade count; transactions; count; 成交筆數; 成交笔数; 换手率; 振幅; 涨跌额; 涨跌幅; 漲跌價差;
漲跌; 漲跌幅; 总市值; 流通市值; 量比; 市盈率; 涨跌; 前日比; 変化率; 前日比率; 대비; 등락률;
전일비; 변동; 등락
"""
"""Prices and figures that are not a day's last price, so that they are never taken for it
beside another column that may be."""

YEARS = """
year; yyyy; yr; jahr; annee; ano; año; anno; jaar; år; vuosi; rok; év; yıl; год; tahun; 年; 년;
年度
"""

MONTHS = """
month; mm; mon; monat; mois; mes; mês; mese; maand; månad; måned; miesiąc; měsíc; hónap; ay;
месяц; bulan; 月; 월
"""

DAYS = """
day; dd; tag; jour; dia; día; giorno; dag; dzień; den; nap; gün; день; hari; tanggal; 日; 일
"""
"""Three columns that are a date together."""

SECURITIES = """
symbol; ticker; tic; tick; stock; stock code; stock symbol; stock id; share; share name;
share code; security; security code; security name; security id; secid; instrument; instrument id;
isin; isin code; cusip; sedol; ric; figi; permno; gvkey; code; kode; kode saham; nama saham;
nama perusahaan; saham; name; company; company name; asset; asset id; coin; coin name; pair;
currency pair; crypto; cryptocurrency; contract; contract name; expiry; expiry date; expiration;
maturity; series; seri; sec; sc code; sc name; scrip; scrip code; scrip name; paper; fund;
fund name; fund code; scheme; scheme code; scheme name; index name; product id; underlying;
option type; futures; root; ts code; stock name; act symbol; entity; wertpapier; aktie;
name des wertpapiers; wkn; kürzel; valeur mobilière; titre; libellé; valor; nemotécnico; emisora;
especie; accion; acción; papel; codneg; ativo; codigo; código; titolo; codice; nome; fonds;
aandeel; naam; värdepapper; instrumentnamn; namn; verdipapir; aksje; navn; osake; nimi; nazwa;
spółka; papír; részvény; název; simbol; hisse; hisse kodu; sembol; kod; инструмент; тикер; код;
название; бумага; σύμβολο; μετοχή; סימול; שם; الرمز; السهم; الشركة; نماد; หลักทรัพย์; ชื่อย่อ; mã;
mã ck; mã cp; 銘柄; 銘柄コード; 銘柄名; コード; 股票代码; 股票代號; 股票名称; 证券代码; 證券代號;
证券名称; 證券名稱; 证券简称; 股票简称; 代码; 代碼; 名称; 名稱; 合约; 合约代码; 종목; 종목명;
종목코드; 티커
"""
"""What names the share that a row is of."""

CURRENCIES = """
usd; usdt; usdc; busd; eur; gbp; gbx; jpy; cny; rmb; cnh; hkd; twd; ntd; krw; inr; idr; sgd; myr;
thb; vnd; php; aud; nzd; cad; chf; sek; nok; dkk; pln; czk; huf; ron; try; tl; rub; uah; ils; zar;
brl; mxn; clp; ars; cop; pen; sar; aed; irr; ngn; rs; rp; rm; lacs; lakhs; lakh; crore; crores;
cr; dollar; dollars; euro; euros; rupees; currency; quote; value; money; cash; turnover; nilai;
kc; ft; zl; kr; руб; млн руб; тыс руб; 元; 万元; 億元; 亿元; 千元; 百万元; 円; 千円; 百万円; 원;
천원; 백만원; 억원; บาท; 000 baht; in eur; in euro; in usd
"""
"""Behind the name of a volume these say that it counts money."""
