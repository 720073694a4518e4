"""How strongly a headline blames or tells of harm: words with a weight, words that take it back, all their forms.

The list serves one comparison: two headlines of one article. It does not judge an article; the classifier does.
"""

import re
from dataclasses import dataclass
from functools import cache

_HARM: dict[float, str] = {
    3.0: "korupsi suap pungli gratifikasi tewas tersangka tipu bohong bobrok skandal perkosa cabul aniaya keroyok "
    "bunuh racun gelapkan mafia pecat tangkap tahan gerebek selewengan seleweng rampas telantar terlantar",
    2.0: "gagal lalai abai rusak ambruk ambrol amblas kacau amburadul semrawut mangkrak parah buruk bocor protes "
    "kecam gugat tolak geram marah murka desak tuntut usir bongkar jebol lumpuh kolaps krisis darurat kritis luka "
    "tabrak kritik bentrok ricuh cemar langgar salah diskriminasi hajar sesat ancam cacat busuk kumuh sesak gusur "
    "fatal dosa sindir derita kecewa",
    1.0: "keluh sorot lambat telat macet antre kurang mahal sulit langka retak sendat tunda masalah molor korban "
    "sentil minim rugi banjir longsor kesal resah cemas tunggak gangguan ganggu kendala henti mogok pertanyakan "
    "bingung",
}
"""Roots. 3: crime, death, deceit. 2: failure, damage, anger. 1: complaint, shortage, delay."""

_HARM_WORDS = {
    **dict.fromkeys(("ott", "mati", "maling"), 3.0),
    **dict.fromkeys(("terbakar", "kebakaran", "ilegal", "kandas", "bodong"), 2.0),
    **dict.fromkeys(("oknum", "hilang"), 1.0),
}
"""Words whose root means something else, or that take no affixes."""
_MILD = frozenset({
    "ketahanan", "pertahanan", "bertahan", "kurangi", "dikurangi", "mengurangi", "berkurang",
    "pengurangan", "mematikan", "dimatikan",
})  # fmt: skip
"""Forms of these roots that tell of no harm."""

_EASING: dict[float, str] = {
    1.0: "duga klaim konon dikabarkan bantah klarifikasi luruskan perbaiki benahi atasi tangani pulih pulihkan bantu "
    "ganti janji evaluasi tindaklanjuti percepat jelaskan terang normal lancar aman optimal imbau",
}
"""Roots that hedge, explain or mend."""

_PHRASES = {
    "minta maaf": 1.0,
    "perbaikan": 1.0,
    "penanganan": 1.0,
    "belum terbukti": 1.0,
    "tidak terbukti": 1.5,
    "membangun kembali": 1.0,
}
_NEGATIONS = frozenset({
    "tidak", "tak", "bukan", "tanpa", "nihil", "nol", "bebas", "cegah", "mencegah", "pencegahan", "anti", "antisipasi",
    "hindari", "berantas", "lawan",
})  # fmt: skip
_NEGATED_AHEAD = 2
_DEMANDS = frozenset({"tuntut", "menuntut", "dituntut", "desak", "mendesak", "didesak", "harus", "diminta", "meminta"})
"""An apology that is demanded eases nothing."""
_WORD = re.compile(r"\w+")
_PREFIXES = ("", "di", "ter", "ber", "ke", "se", "memper", "diper", "keter")
_SUFFIXES = ("", "kan", "i", "an", "nya", "kannya", "annya")
_NASAL = {
    **dict.fromkeys("p", ("m", 1)), **dict.fromkeys("t", ("n", 1)), **dict.fromkeys("k", ("ng", 1)),
    **dict.fromkeys("s", ("ny", 1)), **dict.fromkeys("bfv", ("m", 0)), **dict.fromkeys("dcjz", ("n", 0)),
    **dict.fromkeys("ghaiueo", ("ng", 0)), **dict.fromkeys("lrwymn", ("", 0)),
}  # fmt: skip
"""What me- and pe- do to a first letter: the nasal that they end in, and how many letters of the root they swallow."""


@dataclass(frozen=True)
class Strength:
    """How strong a headline is, with the words that make it so and those that take it back."""

    score: float
    harm: tuple[str, ...]
    easing: tuple[str, ...]


def forms(root: str) -> set[str]:
    """Return the words that prefixes and suffixes make of a root: rusak, dirusak, merusak, kerusakannya, perusakan."""
    nasal, swallowed = _NASAL[root[0]]
    starts = [prefix + root for prefix in _PREFIXES]
    starts += [f"{first}{nasal}{root[swallowed:]}" for first in ("me", "pe")]
    return {start + suffix for start in starts for suffix in _SUFFIXES}


@cache
def _weights(kind: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for weight, roots in sorted((_HARM if kind == "harm" else _EASING).items()):
        found |= {form: weight for root in roots.split() for form in forms(root) if form not in _MILD}
    return found | (_HARM_WORDS if kind == "harm" else {})


def is_weighty(word: str) -> bool:
    """Whether a word carries blame, harm or its opposite, so that a change of one letter may change the meaning."""
    lower = word.lower()
    return lower in _weights("harm") or lower in _weights("easing") or lower in _NEGATIONS


def strength_of(headline: str) -> Strength:
    """Return how strongly a headline blames: its two heaviest words, less what eases; never below 0.

    A harm word right behind a negation ("tanpa korban") does not count.
    """
    lower = headline.lower()
    words = _WORD.findall(lower)
    harm: list[tuple[float, str]] = []
    demanded = any(word in _DEMANDS for word in words)
    easing = [(weight, phrase) for phrase, weight in _PHRASES.items() if phrase in lower and not demanded]
    for place, word in enumerate(words):
        negated = any(before in _NEGATIONS for before in words[max(0, place - _NEGATED_AHEAD) : place])
        if word in _weights("harm") and not negated:
            harm.append((_weights("harm")[word], word))
        elif word in _weights("easing") and not negated:
            easing.append((_weights("easing")[word], word))
    if headline.rstrip().endswith("?"):
        easing.append((0.5, "?"))
    heaviest = sorted((weight for weight, _ in harm), reverse=True)[:2]
    raised = sum(weight if place == 0 else weight / 2 for place, weight in enumerate(heaviest))
    eased = min(2.0, sum(weight for weight, _ in easing))
    return Strength(max(0.0, raised - eased), _words(harm), _words(easing))


def _words(weighed: list[tuple[float, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for _, word in weighed))
