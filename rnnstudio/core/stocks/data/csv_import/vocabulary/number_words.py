"""What stands beside the digits of a number: currencies, and words for powers of ten."""

from __future__ import annotations

_CURRENCIES = (
    "US$ HK$ NZ$ A$ C$ R$ S$ Rp. Rp Rs. Rs RM kr zł $ € £ ¥ ₹ ₩ ₽ ₺ ฿ ₫ ₱ ₦ ₿ "
    "USD EUR GBP GBp GBX JPY IDR INR SGD MYR AUD CAD CHF CNY HKD KRW THB BRL ZAR NZD USDT BTC "
    "SEK NOK DKK PLN CZK HUF TRY RUB TWD NT$ Kč Ft TL руб. руб ₪ ₴ ₸ "
    "AED ARS BDT BGN CLP COP EGP HRK ILS ISK KWD LKR MXN NGN PEN PHP PKR QAR "
    "RON SAR UAH VND RMB 元 円 원 บาท đ 株 股 手 주"
)
CURRENCIES = tuple(_CURRENCIES.split())
COUNTED = frozenset(("BTC", "₿", "株", "股", "手", "주"))
"""Those of them that a volume counts: coins, shares and lots."""
UNITS = {
    "k": 3,
    "rb": 3,
    "ribu": 3,
    "l": 5,
    "lac": 5,
    "lakh": 5,
    "m": 6,
    "mn": 6,
    "mio": 6,
    "jt": 6,
    "juta": 6,
    "cr": 7,
    "b": 9,
    "bn": 9,
    "mrd": 9,
    "miliar": 9,
    "milyar": 9,
    "t": 12,
    "tn": 12,
    "triliun": 12,
    "trilyun": 12,
    "тыс": 3,
    "млн": 6,
    "млрд": 9,
    "tys": 3,
    "mln": 6,
    "mld": 9,
    "tsd": 3,
    "万": 4,
    "萬": 4,
    "만": 4,
    "百万": 6,
    "百萬": 6,
    "백만": 6,
    "亿": 8,
    "億": 8,
    "억": 8,
}
"""Powers of ten; M is a million, unless the column also says jt (juta): then it is a miliar."""
