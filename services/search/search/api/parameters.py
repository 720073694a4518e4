"""The parameters of the filters, as the OpenAPI description and `/docs` show them, in Indonesian.

They are read in the domain, all at once. `x-allowed` tells the meaning of each value of a closed set.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Query

from search.domain.bodies import FACETS
from search.domain.filters import Sort
from search.domain.stats import GroupBy, Interval

_MANY = "Beberapa nilai: ulangi parameter atau pisahkan dengan koma; cukup salah satu yang cocok."
_TONES = {
    "positive": "positif",
    "neutral": "netral",
    "negative": "negatif",
    "needs_reading": "perlu dibaca: terlalu meragukan untuk dihitung sebagai salah satunya",
}
_YES_NO = {"true": "hanya yang begitu", "false": "hanya yang tidak"}
_ORIGINS = {"own": "rilis OPD sendiri", "pickup": "kutipan rilis oleh media", "earned": "liputan media"}
_JURISDICTIONS = {
    "kabupaten_kota": "kabupaten atau kota",
    "vertical": "instansi pusat di daerah",
    "elsewhere": "di luar Jawa Timur",
}
_BAKORWIL = {f"bakorwil-{seat}": "" for seat in ("madiun", "bojonegoro", "malang", "pamekasan", "jember")}
_SORTS = {
    Sort.NEWEST: "terbaru dulu (bawaan)",
    Sort.OLDEST: "terlama dulu",
    Sort.RELEVANCE: "paling cocok dengan q",
    Sort.SEVERITY: "keparahan tertinggi dulu",
}
_GROUPS = {
    GroupBy.NONE: "semua jadi satu (bawaan), nada berita",
    GroupBy.OPD: "nada terhadap tiap OPD",
    GroupBy.UNIT: "nada terhadap tiap rumah sakit dan unit lain",
    GroupBy.REGION: "nada berita per kabupaten/kota",
    GroupBy.BAKORWIL: "nada berita per Bakorwil",
    GroupBy.OUTLET: "nada berita per media (100 teratas)",
    GroupBy.CATEGORY: "nada berita per kategori (60 teratas)",
}
_INTERVALS = {
    Interval.HOUR: "per jam",
    Interval.DAY: "per hari",
    Interval.WEEK: "per pekan, mulai Senin",
    Interval.MONTH: "per bulan",
}


def _p(description: str, *examples: str, allowed: Mapping[Any, str] | None = None, **more: Any) -> Any:
    shown: Any = {f"e{number}": {"value": example} for number, example in enumerate(examples)}
    extra = {"x-allowed": {str(value): meaning for value, meaning in allowed.items()}} if allowed else None
    return Query(description=description, openapi_examples=shown or None, json_schema_extra=extra, **more)


def filter_parameters(
    *,
    q: Annotated[
        str | None,
        _p(
            'Kata yang dicari. DAN ATAU TANPA (atau AND OR NOT), tanda kurung, "frasa", "kata berdekatan"~5, awal '
            "kata*, dan bidang:nilai dengan judul, isi, penulis, media, opd, unit, daerah, bakorwil, kategori, nada, "
            "sentimen, usulan, asal, wewenang, cerita, perlu_dibaca, dikoreksi, disunting, hilang, salinan, keparahan, "
            "tanggal. Paling banyak 500 huruf.",
            '"rumah sakit" DAN antre*',
            "judul:banjir TANPA Surabaya",
        ),
    ] = None,
    opd: Annotated[
        list[str] | None,
        _p(f"Id OPD dari /v1/opd. Berita tentang unit di bawahnya ikut terhitung. {_MANY}", "dinkes", "dinkes,bpbd"),
    ] = None,
    unit: Annotated[
        list[str] | None, _p(f"Id rumah sakit, UPT, atau cabang dinas dari /v1/units. {_MANY}", "rsud-soetomo")
    ] = None,
    bakorwil: Annotated[
        list[str] | None, _p(f"Wilayah koordinasi. {_MANY}", "bakorwil-malang", allowed=_BAKORWIL)
    ] = None,
    region: Annotated[
        list[str] | None, _p(f"Id kabupaten/kota dari /v1/regions. {_MANY}", "kab-jember,kab-lumajang")
    ] = None,
    tone: Annotated[
        list[str] | None, _p(f"Nada berita secara keseluruhan. {_MANY}", "negative", allowed=_TONES)
    ] = None,
    sentiment: Annotated[
        list[str] | None,
        _p(
            "Nada terhadap pihak yang disebut. Bersama opd atau unit: nada terhadap OPD atau unit itu sendiri. "
            f"Tanpa keduanya: terhadap siapa pun yang disebut. {_MANY}",
            "negative",
            allowed=_TONES,
        ),
    ] = None,
    outlet: Annotated[list[str] | None, _p(f"Kode media, seperti pada `outlet` tiap berita. {_MANY}", "antara")] = None,
    category: Annotated[list[str] | None, _p(f"Kategori berita. {_MANY}", "kesehatan")] = None,
    from_: Annotated[
        str | None,
        _p("Terbit sejak: tanggal (WIB) atau waktu. Tanpa zona dibaca sebagai WIB.", "2026-11-01", alias="from"),
    ] = None,
    to: Annotated[
        str | None, _p("Terbit sampai. Tanggal mencakup seluruh hari itu; waktu ikut terhitung.", "2026-12-31")
    ] = None,
) -> None:
    """Only the description: the values are taken from the request, so that all mistakes are told at once."""


def learnt_parameters(
    *,
    suggested: Annotated[
        list[str] | None,
        _p(f"Usulan: OPD yang tidak disebut, tetapi urusannya jelas. {_MANY}", "dpu-bina-marga"),
    ] = None,
    origin: Annotated[list[str] | None, _p(f"Asal berita. {_MANY}", "earned", allowed=_ORIGINS)] = None,
    jurisdiction: Annotated[
        list[str] | None,
        _p(f"Menyebut pihak yang bukan wewenang provinsi. {_MANY}", "vertical", allowed=_JURISDICTIONS),
    ] = None,
    story: Annotated[list[str] | None, _p(f"Kode cerita, seperti `story_id` tiap berita. {_MANY}")] = None,
    needs_reading: Annotated[
        str | None,
        _p(
            "Nada berita, atau nada terhadap OPD atau unit, yang masih perlu dibaca orang. Bersama opd atau unit hanya "
            "nada terhadap mereka yang dilihat, selain nada berita.",
            "true",
            allowed=_YES_NO,
        ),
    ] = None,
    corrected: Annotated[str | None, _p("Pernah dibetulkan orang.", "true", allowed=_YES_NO)] = None,
    edited: Annotated[str | None, _p("Diubah medianya setelah terbit.", "true", allowed=_YES_NO)] = None,
    vanished: Annotated[str | None, _p("Halamannya hilang dari situs media.", "true", allowed=_YES_NO)] = None,
    copies: Annotated[
        str | None,
        _p(
            "Dengan hide, dari berita yang isinya hampir sama hanya yang pertama.",
            "hide",
            allowed={"hide": "tanpa salinan", "show": "dengan salinan (bawaan)"},
        ),
    ] = None,
) -> None:
    """Only the description: what is asked of a reading's certainty, and of what was learnt later."""


def article_parameters(
    sort: Annotated[str | None, _p("Urutan hasil.", "severity", allowed=_SORTS)] = None,
    size: Annotated[str | None, _p("Berita per halaman, 1 sampai 200. Bawaan 50.", "10")] = None,
    cursor: Annotated[
        str | None, _p("Nilai `next` dari halaman sebelumnya. Saringan dan urutan harus tetap sama.")
    ] = None,
    facets: Annotated[
        list[str] | None,
        _p("Hitung pula berita per nilai. Pisahkan dengan koma.", "opd,tone", allowed=dict.fromkeys(FACETS, "")),
    ] = None,
) -> None:
    """Only the description, as above."""


def stats_parameters(
    group_by: Annotated[
        str | None,
        _p("Kelompok hitungan. Saringan pada kelompok itu membatasi isinya.", "opd", "region", allowed=_GROUPS),
    ] = None,
    interval: Annotated[
        str | None,
        _p("Selang deret waktu, dalam WIB. Tanpa ini: yang terhalus yang muat.", "week", allowed=_INTERVALS),
    ] = None,
) -> None:
    """Only the description, as above."""


Filters = Depends(filter_parameters)
Learnt = Depends(learnt_parameters)
Articles = Depends(article_parameters)
Stats = Depends(stats_parameters)
