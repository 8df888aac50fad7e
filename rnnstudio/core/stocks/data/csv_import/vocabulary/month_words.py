"""Names of months, days of the week and halves of the day."""

from __future__ import annotations

from rnnstudio.core.stocks.data.csv_import.vocabulary.fold import fold

_MONTHS = {
    "English": "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|"
    "sep sept september|oct october|nov november|dec december",
    "Indonesian": "jan januari|feb februari peb pebruari|mar maret mrt|apr april|mei|jun juni|"
    "jul juli|agu ags agt agust agustus|sep september|okt oktober|nov nop november nopember|"
    "des desember",
    "German": "jan jän januar jänner|feb februar|mär mar mrz märz maerz|apr april|mai|jun juni|"
    "jul juli|aug august|sep sept september|okt oktober|nov november|dez dezember",
    "French": "janv jan janvier|févr fév fev février|mars mar|avr avril|mai|juin|juil juillet|"
    "août aou|sept sep septembre|oct octobre|nov novembre|déc dec décembre",
    "Spanish": "ene enero|feb febrero|mar marzo|abr abril|may mayo|jun junio|jul julio|"
    "ago agosto|sep sept set septiembre setiembre|oct octubre|nov noviembre|dic diciembre",
    "Portuguese": "jan janeiro|fev fevereiro|mar março|abr abril|mai maio|jun junho|jul julho|"
    "ago agosto|set setembro|out outubro|nov novembro|dez dezembro",
    "Italian": "gen gennaio|feb febbraio|mar marzo|apr aprile|mag maggio|giu giugno|lug luglio|"
    "ago agosto|set sett settembre|ott ottobre|nov novembre|dic dicembre",
    "Dutch": "jan januari|feb februari|mrt maart|apr april|mei|jun juni|jul juli|aug augustus|"
    "sep sept september|okt oktober|nov november|dec december",
    "Swedish": "jan januari|feb februari|mar mars|apr april|maj|jun juni|jul juli|aug augusti|"
    "sep sept september|okt oktober|nov november|dec december",
    "Danish": "jan januar|feb februar|mar marts|apr april|maj|jun juni|jul juli|aug august|"
    "sep sept september|okt oktober|nov november|dec december",
    "Norwegian": "jan januar|feb februar|mar mars|apr april|mai|jun juni|jul juli|aug august|"
    "sep sept september|okt oktober|nov november|des desember",
    "Finnish": "tammi tammikuu tammikuuta|helmi helmikuu helmikuuta|maalis maaliskuu maaliskuuta|"
    "huhti huhtikuu huhtikuuta|touko toukokuu toukokuuta|kesä kesäkuu kesäkuuta|"
    "heinä heinäkuu heinäkuuta|elo elokuu elokuuta|syys syyskuu syyskuuta|loka lokakuu lokakuuta|"
    "marras marraskuu marraskuuta|joulu joulukuu joulukuuta",
    "Polish": "sty styczeń stycznia|lut luty lutego|mar marzec marca|kwi kwiecień kwietnia|"
    "maj maja|cze czerwiec czerwca|lip lipiec lipca|sie sierpień sierpnia|"
    "wrz wrzesień września|paź październik października|lis listopad listopada|"
    "gru grudzień grudnia",
    "Czech": "led leden ledna|úno únor února|bře březen března|dub duben dubna|"
    "kvě květen května|červen června čvn|červenec července čvc|srp srpen srpna|zář září|"
    "říj říjen října|lis listopad listopadu|pro prosinec prosince",
    "Hungarian": "jan január|febr február|márc március|ápr április|máj május|jún június|"
    "júl július|aug augusztus|szept szeptember|okt október|nov november|dec december",
    "Romanian": "ian ianuarie|feb februarie|mar martie|apr aprilie|mai|iun iunie|iul iulie|"
    "aug august|sep sept septembrie|oct octombrie|noi noiembrie|dec decembrie",
    "Turkish": "oca ocak|şub şubat|mar mart|nis nisan|may mayıs|haz haziran|tem temmuz|"
    "ağu ağustos|eyl eylül|eki ekim|kas kasım|ara aralık",
    "Russian": "янв январь января|фев февр февраль февраля|мар март марта|апр апрель апреля|"
    "май мая|июн июнь июня|июл июль июля|авг август августа|сен сент сентябрь сентября|"
    "окт октябрь октября|ноя нояб ноябрь ноября|дек декабрь декабря",
    "Ukrainian": "січ січень січня|лют лютий лютого|бер березень березня|кві квітень квітня|"
    "тра травень травня|чер червень червня|лип липень липня|сер серпень серпня|"
    "вер вересень вересня|жов жовтень жовтня|лис листопад листопада|гру грудень грудня",
    "Greek": "ιαν ιανουάριος ιανουαρίου|φεβ φεβρουάριος φεβρουαρίου|μαρ μάρτιος μαρτίου|"
    "απρ απρίλιος απριλίου|μάι μαΐ μάιος μαΐου|ιουν ιούν ιούνιος ιουνίου|"
    "ιουλ ιούλ ιούλιος ιουλίου|αυγ αύγ αύγουστος αυγούστου|σεπ σεπτέμβριος σεπτεμβρίου|"
    "οκτ οκτώβριος οκτωβρίου|νοε νοέ νοέμβριος νοεμβρίου|δεκ δεκέμβριος δεκεμβρίου",
    "Thai": "ม.ค มกราคม|ก.พ กุมภาพันธ์|มี.ค มีนาคม|เม.ย เมษายน|พ.ค พฤษภาคม|มิ.ย มิถุนายน|"
    "ก.ค กรกฎาคม|ส.ค สิงหาคม|ก.ย กันยายน|ต.ค ตุลาคม|พ.ย พฤศจิกายน|ธ.ค ธันวาคม",
    "Malay": "jan januari|feb februari|mac|apr april|mei|jun|jul julai|ogos ogo|sep september|"
    "okt oktober|nov november|dis disember",
    "Arabic": "يناير|فبراير|مارس|أبريل ابريل|مايو|يونيو|يوليو|أغسطس اغسطس|سبتمبر|أكتوبر اكتوبر|"
    "نوفمبر|ديسمبر",
    "Hebrew": "ינואר ינו|פברואר פבר|מרץ|אפריל אפר|מאי|יוני|יולי|אוגוסט אוג|ספטמבר ספט|אוקטובר אוק|"
    "נובמבר נוב|דצמבר דצמ",
}
MONTHS = {
    fold(name): number
    for months in _MONTHS.values()
    for number, names in enumerate(months.split("|"), 1)
    for name in names.split()
}
"""The number of every name of a month, folded and without a last point."""

_WEEKDAYS = (
    "monday mon tuesday tues tue wednesday wed thursday thurs thur thu friday fri saturday sat "
    "sunday sun senin sen selasa sel rabu rab kamis kam jumat jum'at jum sabtu sab minggu min "
    "montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so "
    "lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim "
    "lunes martes miércoles mié jueves jue viernes vie sábado sáb domingo dom "
    "segunda seg terça ter quarta qua quinta qui sexta sex segunda-feira terça-feira quarta-feira "
    "quinta-feira sexta-feira lunedì martedì mercoledì giovedì gio venerdì sabato domenica "
    "maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo "
    "måndag mån tisdag tis onsdag ons torsdag tors fredag fre lördag lör söndag sön "
    "mandag man tirsdag tir torsdag tor lørdag lør søndag "
    "poniedziałek pon wtorek wt środa śr czwartek czw piątek pt sobota sob niedziela nd "
    "понедельник пн вторник вт среда ср четверг чт пятница пт суббота сб воскресенье вс "
    "pazartesi pzt salı sal çarşamba çar perşembe per cuma cum cumartesi cmt pazar paz "
    "月 火 水 木 金 土 日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 "
    "周一 周二 周三 周四 周五 周六 周日 星期一 星期二 星期三 星期四 星期五 星期六 星期日 "
    "월 화 수 목 금 토 일 월요일 화요일 수요일 목요일 금요일 토요일 일요일"
)
WEEKDAYS = frozenset(map(fold, _WEEKDAYS.split()))

_PARTICLES = "de del d' of г г. р r e den der le el dne год"
PARTICLES = frozenset(map(fold, _PARTICLES.split()))
"""What may stand between the parts of a date: 5 de enero de 2024, 5 января 2024 г."""

_MORNING, _AFTERNOON = "am a.m a.m. 上午 午前 오전 öö fm", "pm p.m p.m. 下午 午後 오후 ös em"
MORNING = frozenset((*map(fold, _MORNING.split()), "a. m."))
AFTERNOON = frozenset((*map(fold, _AFTERNOON.split()), "p. m."))
"""The halves of the day in front of or behind an hour of twelve."""

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "R": 2018, "H": 1988}
"""The year before the first of each era of Japan and Taiwan."""
