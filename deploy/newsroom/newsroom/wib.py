"""Dates as the Indonesian press prints them, in WIB (Asia/Jakarta)."""

from datetime import datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def in_wib(moment: datetime) -> datetime:
    """The same moment with the WIB zone; ``moment`` must be aware."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime cannot be placed in WIB")
    return moment.astimezone(WIB)


def long_date(moment: datetime) -> str:
    """``Selasa, 24 November 2026 09:15 WIB``."""
    local = in_wib(moment)
    return f"{DAYS[local.weekday()]}, {local.day} {MONTHS[local.month - 1]} {local.year} {local:%H:%M} WIB"


def short_date(moment: datetime) -> str:
    """``24 November 2026``."""
    local = in_wib(moment)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def numeric_date(moment: datetime) -> str:
    """``24/11/2026, 09:15 WIB``."""
    return f"{in_wib(moment):%d/%m/%Y, %H:%M} WIB"


def iso(moment: datetime) -> str:
    """ISO 8601 with the +07:00 offset, to the second."""
    return in_wib(moment).replace(microsecond=0).isoformat()


def rfc822(moment: datetime) -> str:
    """``Tue, 24 Nov 2026 09:15:00 +0700``, independent of the process locale."""
    local = in_wib(moment)
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[local.weekday()]
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[local.month - 1]
    return f"{day}, {local:%d} {month} {local:%Y %H:%M:%S} +0700"
