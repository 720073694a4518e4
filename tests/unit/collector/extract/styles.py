# ruff: noqa: E501 - markup and tables of examples read better unwrapped
"""Hand-written pages in the markup styles of today's outlets; every sentence in them is invented."""

LEAD = (
    "Surabaya - Dinas Kesehatan Provinsi Jawa Timur menambah jam layanan di dua puluh puskesmas mulai pekan depan. "
    "Langkah ini diambil setelah antrean pasien memanjang sejak awal bulan."
)
SECOND = (
    '"Kami tidak ingin warga menunggu sampai siang hanya untuk mendapat nomor antrean," kata Kepala Seksi Pelayanan '
    "Ratna Wibisono di Surabaya, Selasa (24/11/2026)."
)
THIRD = (
    "Menurut Ratna, tambahan jam itu dijalankan bergiliran. Puskesmas di wilayah padat mendapat jatah lebih dulu, "
    "sedangkan wilayah lain menyusul setelah tenaga cadangan selesai dilatih."
)
LAST = "Warga dapat melihat jadwal terbaru di papan pengumuman setiap puskesmas dan di kantor kecamatan."
BODY = (LEAD, SECOND, THIRD, LAST)
TITLE = "Jam Layanan Puskesmas Ditambah, Antrean Pasien Dipangkas"
OTHER = "Ribuan Warga Antre Obat Gratis di Alun-Alun Kota Malang"

DETIK = f"""<!DOCTYPE html><html lang="id-ID"><head><title>{TITLE}</title>
<link rel="canonical" href="https://www.detik.com/jatim/berita/d-8101234/jam-layanan-puskesmas-ditambah-antrean-pasien-dipangkas"/>
<meta property="og:title" content="{TITLE}"/><meta property="og:type" content="article"/>
<meta property="og:image" content="https://akcdn.detik.net.id/api/wm/2026/11/24/puskesmas_169.jpeg?w=700"/>
<meta name="publishdate" content="2026/11/24 14:20:07"/><meta name="dtk:author" content="Sinta Maharani"/>
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{TITLE}",
"datePublished":"2026-11-24T14:20:07+07:00","dateModified":"2026-11-24T15:01:00+07:00",
"author":{{"@type":"Person","name":"Sinta Maharani"}},}}</script></head><body>
<nav><a href="/">Home</a><a href="/jatim">detikJatim</a></nav>
<article class="detail"><div class="detail__header"><div class="page__breadcrumb"><a href="/">detikJatim</a><a href="/b">Berita</a></div>
<h1 class="detail__title">{TITLE}</h1><div class="detail__author">Sinta Maharani - <span>detikJatim</span></div>
<div class="detail__date">Selasa, 24 Nov 2026 14:20 WIB</div></div>
<div class="detail__media"><figure class="detail__media-image"><img src="https://akcdn.detik.net.id/x.jpeg" alt="">
<figcaption class="detail__media-caption">Suasana puskesmas (Foto: Sinta Maharani/detikJatim)</figcaption></figure></div>
<div class="detail__body itp_bodycontent_wrapper"><div class="detail__body-text itp_bodycontent">
<strong>Surabaya</strong> - <p>{LEAD.removeprefix("Surabaya - ")}</p><p>{SECOND}</p>
<div class="staticdetail_container"><p>ADVERTISEMENT</p></div>
<p>SCROLL TO CONTINUE WITH CONTENT</p>
<table class="linksisip"><tbody><tr><td><div class="lihatjg"><strong>Baca juga: </strong>
<a href="https://www.detik.com/jatim/berita/d-8100000/{OTHER.lower().replace(" ", "-")}">{OTHER}</a></div></td></tr></tbody></table>
<p>{THIRD}</p><p><strong>[Gambas:Video 20detik]</strong></p><p>{LAST}</p><p><strong>Simak juga Video: {OTHER}</strong></p>
<p>[Gambas:Video 20detik]</p><br><br><strong>(sma/hil)</strong></div>
<div class="detail__body-tag"><a href="/tag/puskesmas">puskesmas</a></div></div>
<section class="list-content"><h3>Berita Terkait</h3><article><a href="/d-1">{OTHER}</a></article></section></article>
</body></html>"""

KOMPAS = f"""<!DOCTYPE html><html><head><title>{TITLE} Halaman all - Kompas.com</title>
<link rel="canonical" href="https://surabaya.kompas.com/read/2026/11/24/142007178/jam-layanan-puskesmas-ditambah?page=all"/>
<meta property="og:title" content="{TITLE} Halaman all - Kompas.com"/><meta property="og:type" content="article"/>
<meta name="content_PublishedDate" content="2026-11-24 14:20:07"/><meta name="content_author" content="Kontributor Malang, Bayu Saputra"/>
</head><body><ul class="breadcrumb__wrap"><li class="breadcrumb__item"><a href="/">News</a></li>
<li class="breadcrumb__item"><a href="/">Surabaya</a></li></ul>
<h1 class="read__title">{TITLE}</h1><div class="read__time">Kompas.com - 24/11/2026, 14:20 WIB</div>
<div class="credit"><div class="credit-title"><div class="credit-title-name">Bayu Saputra</div></div></div>
<div class="photo"><img src="https://asset.kompas.com/crops/a.jpg"><div class="photo__caption">Loket puskesmas<span>(KOMPAS.COM/BAYU)</span></div></div>
<div class="read__content"><div class="clearfix">
<p><strong>SURABAYA, KOMPAS.com</strong> - {LEAD.removeprefix("Surabaya - ")}</p><p>{SECOND}</p>
<p><strong>Baca juga: <a href="https://surabaya.kompas.com/read/2026/11/20/1/x" class="inner-link-baca-juga">{OTHER}</a></strong></p>
<div class="kompasidRec"></div><p>{THIRD}</p><p>{LAST}</p>
<div class="fb-quote"></div><p>Simak breaking news dan berita pilihan kami langsung di ponselmu. Pilih saluran andalanmu akses berita
Kompas.com WhatsApp Channel : https://www.whatsapp.com/channel/0029</p></div></div>
<div class="paging"><a href="https://surabaya.kompas.com/read/2026/11/24/142007178/jam-layanan-puskesmas-ditambah?page=2">2</a></div>
</body></html>"""

TRIBUN = f"""<!DOCTYPE html><html><head><title>{TITLE} - Surya.co.id</title>
<link rel="canonical" href="https://surabaya.tribunnews.com/2026/11/24/jam-layanan-puskesmas-ditambah-antrean-pasien-dipangkas"/>
<meta property="og:title" content="{TITLE} - Surya.co.id"/><meta property="og:type" content="article"/></head><body>
<div id="breadcrumb"><ul class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/r">Surabaya</a></li></ul></div>
<div id="article"><h1 class="f50 black2 f400 crimson" id="arttitle">{TITLE}</h1>
<div class="mt10"><time class="grey"><span>Tayang: Selasa, 24 November 2026 14:20 WIB</span></time></div>
<div class="grey2 pt10 pb15">Penulis: <a href="/author/1" id="penulis">Dwi Lestari</a> | Editor: <a href="/e">Arif Budi</a></div>
<div class="side-article txt-article multi-fontsize">
<p><strong>SURYA.co.id | SURABAYA</strong> - {LEAD.removeprefix("Surabaya - ")}</p><p>{SECOND}</p>
<p class="baca"><strong>Baca juga: <a href="https://surabaya.tribunnews.com/2026/11/20/x">{OTHER}</a></strong></p>
<p>{THIRD}</p><p>({OTHER})</p><p>{LAST}</p>
<p><em>Artikel ini telah tayang di <strong>Surya.co.id</strong> dengan judul {OTHER}</em></p>
<div class="paging mb20" align="center"><a href="https://surabaya.tribunnews.com/2026/11/24/jam-layanan-puskesmas-ditambah-antrean-pasien-dipangkas?page=2">Halaman
selanjutnya</a><a href="https://surabaya.tribunnews.com/2026/11/24/jam-layanan-puskesmas-ditambah-antrean-pasien-dipangkas?page=all">Halaman 2</a></div>
<p>Ikuti kami di Google News dan saluran WhatsApp</p></div></div></body></html>"""

WORDPRESS = f"""<!DOCTYPE html><html lang="id"><head><title>{TITLE} &#8211; Kabar Timur Raya</title>
<link rel="canonical" href="https://kabartimurraya.co.id/2026/11/jam-layanan-puskesmas-ditambah/"/>
<meta property="og:site_name" content="Kabar Timur Raya"/><meta property="og:title" content="{TITLE} - Kabar Timur Raya"/>
<meta property="article:published_time" content="2026-11-24T07:20:07+00:00"/>
<meta property="article:modified_time" content="2026-11-24T08:01:00+00:00"/><meta property="article:section" content="Kesehatan"/>
<link rel="next" href="https://kabartimurraya.co.id/2026/11/berita-lain-sama-sekali/"/></head><body class="single">
<header><ul class="menu"><li><a href="/">Beranda</a></li></ul></header>
<div class="td-post-header"><h1 class="entry-title">{TITLE}</h1><div class="td-post-author-name">Oleh <a href="/author/w">Wahyu Nugroho</a></div>
<span class="td-post-date"><time class="entry-date updated" datetime="2026-11-24T14:20:07+07:00">24 November 2026</time></span></div>
<div class="td-post-content entry-content"><p>{LEAD}</p><p>{SECOND}</p>
<div class="jp-relatedposts"><h3>Related</h3><p>{OTHER}</p></div>
<p><strong>Baca Juga:&nbsp;</strong> <a href="/2026/11/x/">{OTHER}</a></p><p>{THIRD}</p>
<figure class="wp-block-table"><table><tr><td>Puskesmas</td><td>Jam</td></tr><tr><td>Wonokromo</td><td>07.00</td></tr></table></figure>
<figure class="wp-block-image"><img src="/a.jpg"><figcaption>Petugas loket. (Foto: Istimewa)</figcaption></figure>
<p>{LAST}</p><p>Bagikan ini: Facebook WhatsApp Telegram X</p><div class="sharedaddy"><ul><li>Facebook</li></ul></div>
<p>Editor: Lina Kartika</p></div>
<div id="comments"><h3>Tinggalkan Balasan</h3><p>Komentar panjang dari pembaca yang tidak boleh masuk ke dalam teks berita ini sama sekali.</p></div>
<aside class="sidebar"><h3>Terpopuler</h3><ul><li><a href="/b">{OTHER}</a></li></ul></aside></body></html>"""

BARE = f"""<html><head><title>{TITLE}</title></head><body><div id="atas"><a href="/">Depan</a> <a href="/profil">Profil</a></div>
<div class="kotak"><h2>{TITLE}</h2><span>24 November 2026 | 14.20</span><br>
{LEAD}<br><br>{SECOND}<br><br>{THIRD}<br><br>{LAST}<br></div><div id="bawah">Dinas Komunikasi dan Informatika</div></body></html>"""
