"""What the names of columns mean, in the usual dialects."""

from __future__ import annotations

import re

_DATES = (
    "date tanggal tgl tradedate tradingdate tanggalperdagangan datetime tanggalwaktu gmttime "
    "localtime exchangedate observationdate businessdate timestamp opentime time waktu day hari "
    "unix unixtime unixtimestamp epoch dt t"
)
_DATE = _DATES.split()
_STRONG = {
    "Open": "open buka pembukaan openprice openingprice opening hargapembukaan hargabuka dibuka "
    "pxopen o",
    "High": "high tinggi tertinggi highprice hargatertinggi highest dayhigh max maks pxhigh h",
    "Low": "low rendah terendah lowprice hargaterendah lowest daylow min pxlow l",
    "Close": "close tutup penutupan closeprice closingprice closing hargapenutupan hargatutup "
    "ditutup pxlast tradeclose closelast closeclosepriceadjustedforsplits "
    "closingpriceadjustedforsplits c",
    "Adj Close": "adjclose adjustedclose adjcloseprice closeadj closeadjusted adjustedcloseprice "
    "adjustedclosingprice adjclosing closingadjusted adjtutup tutupadj tutupdisesuaikan "
    "tutupyangdisesuaikan adjpenutupan penutupanadj penutupandisesuaikan penutupanyangdisesuaikan "
    "hargapenutupandisesuaikan adjcloseadjustedclosepriceadjustedforsplitsanddividendandor"
    "capitalgaindistributions",
    "Volume": "volume vol volumes v volumetraded tradedvolume tradevolume totaltradequantity "
    "totaltradedquantity totalvolume sharestraded noofshares numberofshares quantity qty tradedqty "
    "tradedquantity volumeperdagangan volumeshares volumesaham kuantitas jumlahsaham pxvolume",
}
_WEAK_CLOSES = (
    "price harga last lastprice lastsale terakhir hargaterakhir ltp lasttradedprice settle "
    "settlement settlementprice value nilai rate kurs kursterakhir navprice nav"
)
_WEAK_CLOSE = _WEAK_CLOSES.split()
_MEANINGS = {name: canonical for canonical, names in _STRONG.items() for name in names.split()}
_CURRENCY = re.compile("^24h|(?:usdt?|idr|eur|inr|rp)$")
_QUOTE_VOLUMES = re.compile("usd|usdt|usdc|busd|eur|idr|inr|quote|value|turnover|nilai|rp$")


_LONGEST = 200
"""No known name is longer, and nobody waits for a long one to be taken apart."""


def plain(name: str) -> str:
    """A name without case, marks and numbering: "5. adjusted close" is adjustedclose."""
    words = re.sub(r"^\s*[0-9]+\s*[.:)]\s*", "", name[:_LONGEST].lower())
    words = re.sub(r"\((?!.*\().{0,12}\)\s*$", "", words) or words
    return re.sub(r"[\W_]+", "", words)


def date_rank(name: str) -> int | None:
    """How early a name of a column of dates is chosen before others; None where it is no such."""
    known = plain(name)
    return _DATE.index(known) if known in _DATE else None


def is_time(name: str) -> bool:
    """Whether a column of that name may hold times of day that belong to a column of dates."""
    return plain(name) in {"time", "waktu", "jam", "pukul", "hour"}


def meaning(name: str) -> str | None:
    """The canonical column that ``name`` stands for beyond doubt, or None.

    A currency behind it does not matter, but for a volume, where it says that it counts money.
    """
    known = plain(name)
    price = _MEANINGS.get(_CURRENCY.sub("", known))
    return _MEANINGS.get(known) or (price if price != "Volume" else None)


def may_be_close(name: str) -> bool:
    """Whether ``name`` stands for the close where no other column does."""
    return plain(name) in _WEAK_CLOSE


def may_be_volume(name: str) -> bool:
    """Whether ``name`` stands for the volume where no other column does.

    "Volume BTC" counts what was traded, "Volume USD" what was paid for it.
    """
    known = plain(name)
    shares = known.startswith("volume") and not _QUOTE_VOLUMES.search(known)
    return shares or known in {"tickvol", "tickvolume"}


def is_recognized(name: str) -> bool:
    """Whether ``name`` is one of the names of price tables."""
    return date_rank(name) is not None or meaning(name) is not None or may_be_close(name)
