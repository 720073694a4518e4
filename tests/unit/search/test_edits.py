"""What an outlet's edit is told to be: each kind, what is no edit at all, and that no text takes long."""

import random
import time
from dataclasses import replace

import pytest
from search.domain.blame_words import forms, is_weighty, strength_of
from search.domain.diffing import Change, Step, diff_texts, diff_words, keys_of, paragraphs_of
from search.domain.edits import KIND_WORDS, EditKind, Told, edit_between, is_turn

LEAD = "Pasien RSUD di Gresik mengeluhkan antrean hingga enam jam di poli jantung, Senin pagi."
QUOTE = '"Saya datang subuh, tetapi baru dilayani menjelang sore hari," kata seorang pasien asal Manyar.'
ANSWER = "Direktur rumah sakit menyebut ada 4 dokter yang cuti. Ia berjanji menambah loket pekan depan."
HARD, SOFT = "RSUD Telantarkan Pasien, Antrean Enam Jam", "RSUD Benahi Antrean Pasien"


def told(title=HARD, *paragraphs, tone="negative", score=0.9, model="uji-1"):
    return Told(title, "\n\n".join(paragraphs or (LEAD, QUOTE, ANSWER)), tone, score, model)


def kinds(old, new):
    return [str(kind) for kind in edit_between(old, new).kinds]


class TestTitles:
    """Softer, sharper, or only different."""

    def test_a_headline_without_the_blame_is_softened_with_the_words_that_show_it(self):
        edit = edit_between(told(), told(SOFT))
        assert edit.kinds == (EditKind.TITLE_SOFTENED,)
        assert (edit.title.old_evidence, edit.title.new_evidence) == (("telantarkan",), ("benahi",))
        assert edit.title.old_strength > edit.title.new_strength

    def test_the_other_way_round_it_is_sharpened(self):
        assert kinds(told(SOFT), told()) == ["title_sharpened"]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("Dinas PU Gagal Perbaiki Jalan Rusak di Jember", "Dinas PU Perbaiki Jalan di Jember"),
            ("Kepala Dinas Jadi Tersangka Korupsi Bansos", "Kepala Dinas Dimintai Keterangan soal Bansos"),
            ("Warga Kecam Pungli di Samsat", "Warga Beri Masukan soal Layanan Samsat"),
            ("Proyek Mangkrak, DPRD Desak Dinas Bertanggung Jawab", "DPRD Tinjau Proyek Dinas"),
        ],
    )
    def test_pairs_that_a_reader_calls_softened(self, old, new):
        assert kinds(told(old), told(new)) == ["title_softened"]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("Gubernur Resmikan Jembatan di Lamongan", "Jembatan Lamongan Diresmikan Gubernur Jawa Timur"),
            ("Dinkes Gelar Vaksinasi di Tuban", "Vaksinasi Anak Digelar Dinkes di Tuban"),
            ("Jalan Rusak di Jember Dikeluhkan Warga", "Warga Jember Keluhkan Jalan Rusak"),
            ("Banjir Rendam Dua Desa", "Banjir Rendam Tiga Desa"),
            ("RSUD Tambah Loket", "RSUD Tambah Loket, Antrean Masih Panjang"),
        ],
    )
    def test_pairs_that_only_differ(self, old, new):
        assert kinds(told(old), told(new)) == ["title_changed"]

    def test_a_small_step_in_words_needs_the_tone_to_go_along(self):
        old, new = "Layanan Samsat Dikeluhkan Warga", "Layanan Samsat di Mata Warga"
        assert kinds(told(old), told(new)) == ["title_changed"]
        assert kinds(told(old), told(new, tone="neutral")) == ["title_softened", "tone_changed"]

    def test_words_against_the_tone_decide_nothing(self):
        assert kinds(told(HARD, tone="neutral"), told(SOFT, tone="negative"))[0] == "title_changed"
        assert is_turn(2.0, 0.0)
        assert not is_turn(2.0, -0.5)
        assert not is_turn(0.5, 0.9)

    def test_another_model_s_tone_is_no_evidence(self):
        old, new = "Layanan Samsat Dikeluhkan Warga", "Layanan Samsat di Mata Warga"
        assert kinds(told(old), told(new, tone="positive", model="uji-2")) == ["title_changed"]

    @pytest.mark.parametrize("new", [HARD.upper(), f" {HARD}.", HARD.replace(",", " –"), f"“{HARD}”"])
    def test_typography_is_no_change(self, new):
        assert kinds(told(), told(new)) == ["cosmetic"]

    def test_a_question_mark_is_one(self):
        assert kinds(told("Kepala Dinas Korupsi"), told("Kepala Dinas Korupsi?")) == ["title_changed"]


class TestStrength:
    """How strongly a headline blames."""

    def test_forms_of_a_root(self):
        assert {"rusak", "dirusak", "merusak", "kerusakan", "perusakan"} <= forms("rusak")
        assert {"menolak", "ditolak", "penolakan"} <= forms("tolak")
        assert {"mengecam", "dikecam", "kecaman"} <= forms("kecam")
        assert {"menyuap", "penyuapan"} <= forms("suap")

    @pytest.mark.parametrize("title", ["Gempa Tuban Tanpa Korban", "Kades Tidak Terbukti Korupsi", "Kota Bebas Pungli"])
    def test_what_is_denied_does_not_count(self, title):
        assert strength_of(title).score == 0

    def test_an_apology_eases_unless_it_is_demanded(self):
        assert strength_of("Warung Dibongkar, Satpol PP Minta Maaf").score < strength_of("Warung Dibongkar").score
        demanded = strength_of("Warung Dibongkar, Pemilik Tuntut Minta Maaf")
        assert "minta maaf" not in demanded.easing

    @pytest.mark.parametrize("word", ["otomatis", "Sumatra", "rumah", "dinas", "pasar", "kantor", "kerja", "sehat"])
    def test_everyday_words_weigh_nothing(self, word):
        assert not is_weighty(word)


class TestTexts:
    """Paragraphs and words."""

    def test_a_lost_paragraph_with_its_quote(self):
        edit = edit_between(told(), told(HARD, LEAD, ANSWER))
        assert edit.kinds == (EditKind.PARAGRAPH_REMOVED, EditKind.QUOTE_REMOVED)
        assert edit.quotes_removed == ("Saya datang subuh, tetapi baru dilayani menjelang sore hari,",)
        assert [one.change for one in edit.paragraphs] == [Change.SAME, Change.REMOVED, Change.SAME]
        assert edit.names.removed == ("Manyar",)

    def test_an_added_paragraph(self):
        more = "Dinas Kesehatan mengirim tim ke rumah sakit itu pada Selasa siang."
        assert kinds(told(), told(HARD, LEAD, QUOTE, ANSWER, more)) == ["paragraph_added"]

    def test_a_changed_number_inside_a_paragraph(self):
        edit = edit_between(told(), told(HARD, LEAD, QUOTE, ANSWER.replace("4 dokter", "2 dokter")))
        assert edit.kinds == (EditKind.TEXT_CHANGED,)
        assert (edit.numbers.removed, edit.numbers.added) == (("4",), ("2",))
        (changed,) = [one for one in edit.paragraphs if one.change is Change.CHANGED]
        assert [(w.step, w.text.strip()) for w in changed.words if w.step is not Step.EQUAL] == [
            (Step.REMOVED, "4"),
            (Step.ADDED, "2"),
        ]

    def test_a_word_that_turns_the_meaning_is_no_typing_error(self):
        assert kinds(told(), told(HARD, LEAD, QUOTE, ANSWER.replace("berjanji", "tidak berjanji"))) == ["text_changed"]
        assert kinds(told(HARD, "Korban pergi ke pasar."), told(HARD, "Koran pergi ke pasar.")) == ["text_changed"]
        assert kinds(told(HARD, "Itu laporan yang benar."), told(HARD, "Itu laporan yang besar.")) == ["text_changed"]

    @pytest.mark.parametrize(
        "new",
        [
            told(HARD, LEAD, "Baca juga: Harga cabai naik", QUOTE, ANSWER),
            told(HARD, LEAD, QUOTE, "ADVERTISEMENT", ANSWER, "Editor: Redaksi"),
            told(HARD, f"{LEAD} {QUOTE}", ANSWER),
            told(HARD, f"{LEAD} Baca juga: Harga cabai di pasar naik lagi", QUOTE, ANSWER),
            told(HARD, LEAD, "Dilihat 1.204 kali", QUOTE, "5 jam yang lalu", "Bagikan ke WhatsApp", ANSWER),
            told(HARD, LEAD, f"SCROLL TO CONTINUE WITH CONTENT {QUOTE}", ANSWER),
            told(HARD, f"  {LEAD}", QUOTE.replace('"', "”"), ANSWER.replace(" ", "  ")),
            told(HARD, LEAD, QUOTE, ANSWER.replace("menambah", "menamabh")),
            told(HARD, LEAD, QUOTE, ANSWER.replace("Direktur", "Direkttur")),
            told(HARD, LEAD, QUOTE, ANSWER, "Diperbarui Selasa, 25 November 2026 10.00 WIB"),
        ],
        ids=[
            "related",
            "advertisement",
            "joined",
            "related inside",
            "counters",
            "scroll",
            "spaces",
            "swapped letters",
            "doubled letter",
            "update line",
        ],
    )
    def test_what_is_cosmetic(self, new):
        assert kinds(told(), new) == ["cosmetic"]
        assert kinds(new, told()) == ["cosmetic"]

    def test_what_follows_a_line_of_the_page_is_still_read(self):
        glued = f"ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT {ANSWER}"
        changed = glued.replace("4 dokter", "9 dokter")
        assert kinds(told(HARD, LEAD, QUOTE, glued), told(HARD, LEAD, QUOTE, changed)) == ["text_changed"]
        long = f"Baca juga: Harga cabai naik lagi. {ANSWER} {LEAD}"
        assert "paragraph_removed" in kinds(told(HARD, QUOTE, long), told(HARD, QUOTE))

    def test_a_moved_paragraph_is_neither_lost_nor_new(self):
        edit = edit_between(told(), told(HARD, QUOTE, LEAD, ANSWER))
        assert edit.kinds == (EditKind.TEXT_CHANGED,)
        assert {one.change for one in edit.paragraphs} == {Change.SAME, Change.MOVED}

    @pytest.mark.parametrize(
        "note",
        [
            "Ralat: jumlah dokter yang cuti semula ditulis empat.",
            "Koreksi redaksi: yang benar dua dokter, bukan empat.",
            "Artikel ini telah diperbarui dengan tanggapan rumah sakit pada Selasa siang.",
            "Judul dan isi berita ini telah diubah atas permintaan narasumber.",
            "Hak jawab RSUD dimuat di bawah ini sesuai ketentuan Dewan Pers.",
            "Redaksi mohon maaf atas kekeliruan dalam berita sebelumnya.",
        ],
    )
    def test_a_correction_by_the_newsroom_is_told_with_its_sentence(self, note):
        edit = edit_between(told(), told(HARD, LEAD, QUOTE, ANSWER, note))
        assert EditKind.CORRECTION_NOTE in edit.kinds
        assert edit.notes == (note,)

    def test_a_note_that_was_there_before_is_not_told_again(self):
        note = "Ralat: jumlah dokter yang cuti semula ditulis empat."
        assert kinds(told(HARD, LEAD, note), told(SOFT, LEAD, note)) == ["title_softened"]

    def test_a_changed_tone_is_told_of_an_edit_alone(self):
        assert kinds(told(), told(tone="positive")) == ["cosmetic"]
        assert "tone_changed" in kinds(told(), told(HARD, LEAD, tone="positive"))
        assert "tone_changed" not in kinds(told(), told(HARD, LEAD, tone="positive", score=0.4))

    def test_every_kind_has_its_words(self):
        assert set(KIND_WORDS) == set(EditKind)


class TestAnyText:
    """Whatever the texts are."""

    def test_the_words_of_both_texts_can_be_put_together_again(self):
        rng = random.Random(3)
        words = ["jalan", "rusak", "di", "Jember", "Rp4,2", "miliar", ",", ".", "(BPBD)", "?"]
        for _ in range(300):
            old, new = (" ".join(rng.choices(words, k=rng.randint(0, 30))) for _ in range(2))
            steps = diff_words(old, new)
            assert keys_of("".join(s.text for s in steps if s.step is not Step.ADDED)) == keys_of(old)
            assert keys_of("".join(s.text for s in steps if s.step is not Step.REMOVED)) == keys_of(new)

    def test_every_paragraph_of_both_texts_is_there_once(self):
        rng = random.Random(4)
        pool = [f"Paragraf nomor {n} bercerita tentang hal yang ke-{n} di Jawa Timur." for n in range(12)]
        for _ in range(200):
            old, new = (paragraphs_of("\n\n".join(rng.sample(pool, rng.randint(0, 12)))) for _ in range(2))
            found = diff_texts(old, new).paragraphs
            assert sorted(p.old_number for p in found if p.old_number) == [p.number for p in old]
            assert sorted(p.new_number for p in found if p.new_number) == [p.number for p in new]

    def test_equal_texts_differ_in_nothing(self):
        edit = edit_between(told(), told())
        assert (edit.kinds, edit.title, edit.notes) == ((EditKind.COSMETIC,), None, ())
        assert edit_between(Told("", ""), Told("", "")).kinds == (EditKind.COSMETIC,)

    @pytest.mark.parametrize(
        "make",
        [
            lambda rng: " ".join(rng.choices([f"kata{n}" for n in range(3_000)], k=25_000)),
            lambda rng: "\n\n".join(" ".join(rng.choices([f"kata{n}" for n in range(900)], k=800)) for _ in range(33)),
            lambda rng: "\n\n".join(" ".join(rng.choices([f"kata{n}" for n in range(900)], k=6)) for _ in range(5_000)),
            lambda rng: f"{rng.choice('ab')}\n\n" * 66_000,
            lambda rng: rng.choice("ab") * 200_000,
            lambda rng: rng.choice(".!") * 200_000,
            lambda rng: '"' * 199_999 + rng.choice("ab"),
            lambda rng: f"A{rng.choice('bc')} " * 66_000,
            lambda rng: "Ralat. " * 28_000 + rng.choice("ab"),
            lambda rng: "ikuti berita " * 15_000 + rng.choice("ab"),
        ],
        ids=["one paragraph", "long", "many", "tiny", "one word", "points", "quotes", "names", "notes", "furniture"],
    )
    def test_200_000_characters_take_seconds_at_most(self, make):
        rng = random.Random(5)
        old, new = (Told(HARD, make(rng)[:200_000]) for _ in range(2))
        began_s = time.process_time()
        edit_between(old, new)
        assert time.process_time() - began_s < 8

    def test_beyond_the_limit_paragraphs_are_compared_whole(self):
        rng = random.Random(6)
        long = " ".join(rng.choices([f"kata{n}" for n in range(500)], k=7_000))
        edit = edit_between(told(HARD, long), told(HARD, f"{long} tambahan"))
        assert edit.limited
        (changed,) = edit.paragraphs
        assert (changed.change, changed.words) == (Change.CHANGED, ())
        assert edit.kinds == (EditKind.TEXT_CHANGED,)

    def test_a_revision_without_a_reading_is_compared_by_its_words(self):
        bare = [replace(one, tone="", model="") for one in (told(), told(SOFT))]
        assert kinds(*bare) == ["title_softened"]
