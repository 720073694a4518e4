"""Near-copies and stories against what is known: the sample newsroom, constructed edits of real news, labelled events.

Prints the figures, the floors and the worst pairs; fails below a floor.
"""

import json
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest
from newsroom.edition import Edition
from newsroom.loader import load_articles
from newsroom.schedule import Pace
from search.stories.adapters.word_table import word_weights
from search.stories.domain.assembly import assemble, components
from search.stories.domain.decisions import Constraints
from search.stories.domain.likeness import STORY_WINDOW, Comparable, Kind, Likeness, overlap
from search.stories.domain.member import Bond, Member
from search.stories.domain.signature import signature_of
from search.stories.domain.wording import dates_in
from search.stories.word_counting import table_of

from tests.builders.edited_articles import EDITS, Text
from tests.builders.story_pairs import bonds_of

pytestmark = pytest.mark.quality

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
LABELS = Path(__file__).parent / "stories_labelled.tsv"
FLOOR_COPIES_F1 = 0.97
FLOOR_STORY_PRECISION = 0.97
FLOOR_STORY_RECALL = 0.80
EDITED_ARTICLES = 250
FORMS = ("jadwal kapal feri", "jadwal keberangkatan", "rute mikrotrans", "prediksi cuaca", "prakiraan cuaca")
DATE_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%m/%d/%Y %H:%M", "%m/%d/%Y")


@dataclass
class Figures:
    """Pairs that were found and should be, were found and should not, should be and were not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    worst: list[tuple[float, str]] = field(default_factory=list)

    def note(self, *, found: bool, true: bool, score: float, what: str) -> None:
        self.right += found and true
        self.wrong += found and not true
        self.missed += true and not found
        if found != true:
            self.worst.append((score, f"{'missed' if true else 'wrong'} {score:.2f} {what}"))

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def show(self, name: str, floor: float) -> None:
        print(
            f"{name}: pair F1 {self.f1:.4f} (precision {self.precision:.4f}, recall {self.recall:.4f}), floor {floor}"
        )
        print(f"  {self.right} right, {self.wrong} wrong, {self.missed} missed")
        for _, line in sorted(self.worst)[:12]:
            print(f"  {line}")


def comparable(title: str, text: str, outlet: str, at: datetime) -> Comparable:
    return Comparable(signature_of(title, text, word_weights()), outlet, at)


def is_copy(found: Likeness | None) -> bool:
    return found is not None and found.kind is Kind.COPY


def newsroom() -> tuple[dict[str, Comparable], dict[str, str]]:
    """Return the sample newsroom's articles, and for each the original that it repeats or is."""
    articles = load_articles()
    edition = Edition(articles, Pace(NOW))
    found, original = {}, {}
    for one in articles:
        version = one.versions[0]
        text = "\n\n".join(block.text for block in version.counted())
        found[one.slug] = comparable(version.title, text, one.matter.outlet, edition.published_at(one))
        original[one.slug] = one.matter.copy_of or one.slug
    return found, original


def test_near_copies_of_the_sample_newsroom_are_found() -> None:
    articles, original = newsroom()
    bonds, figures = bonds_of(articles), Figures()
    for one, other in combinations(sorted(articles), 2):
        score = overlap(articles[one].signature, articles[other].signature).containment
        figures.note(
            found=is_copy(bonds.get((one, other))),
            true=original[one] == original[other],
            score=score,
            what=f"{one} {other}",
        )
    figures.show("near-copies of the sample newsroom", FLOOR_COPIES_F1)
    assert figures.f1 >= FLOOR_COPIES_F1


def test_stories_of_the_sample_newsroom_are_its_copies_and_two_events_told_twice() -> None:
    articles, original = newsroom()
    told_twice = {
        "kebakaran-arjuno-tahura-padam": "arjuno",
        "kebakaran-arjuno-tahura-terlambat": "arjuno",
        "dermaga-kalianget-menyambut-ambulans-laut": "rilis-ambulans-laut-sumenep",
    }
    event = original | told_twice
    figures = story_figures(articles, event)
    figures.show("stories of the sample newsroom", FLOOR_STORY_PRECISION)
    assert figures.f1 >= FLOOR_STORY_PRECISION


def real_articles(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "news" / "articles.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_constructed_edits_of_real_articles_are_found_and_forms_filled_in_anew_are_not(shared_data: Path) -> None:
    rng = random.Random(20261125)
    rows = real_articles(shared_data)
    long = [row for row in rows if len(row["text"].split()) >= 90 and row["text"].count("\n\n") >= 3]
    chosen = rng.sample([row for row in long if not is_form(row)], EDITED_ARTICLES)
    originals = {row["id"]: comparable(row["title"], row["text"], "pertama", NOW) for row in chosen}
    among = {pair for pair, found in bonds_of(originals).items() if is_copy(found)}
    articles, edits = dict(originals), {}
    for row in chosen:
        for kind, edit in EDITS.items():
            pool = [Text(other["title"], other["text"]) for other in rng.sample(long, 6)]
            made = edit(Text(row["title"], row["text"]), rng, pool)
            name = f"{row['id']} ~ {kind}"
            edits[name] = row["id"]
            articles[name] = comparable(made.title, made.text, "kedua", NOW + timedelta(hours=6))
    figures, by_kind = Figures(), Counter[str]()
    bonds = bonds_of(articles)
    for name, original in edits.items():
        pair = (min(name, original), max(name, original))
        found = is_copy(bonds.get(pair))
        by_kind[name.split(" ~ ")[1]] += not found
        score = overlap(articles[name].signature, articles[original].signature).containment
        figures.note(found=found, true=True, score=score, what=name)
    for (one, other), found in bonds.items():
        heads = (edits.get(one, one), edits.get(other, other))
        # Where the originals are copies already, as some real ones are, their edits may be too.
        if heads[0] == heads[1] or (min(heads), max(heads)) in among or not is_copy(found):
            continue
        if one in originals or other in originals:
            figures.note(found=True, true=False, score=found.similarity, what=f"{one} {other}")
    note_forms(rows, figures)
    figures.show("constructed edits, and forms filled in anew", FLOOR_COPIES_F1)
    print(f"  missed by kind of edit: {dict(by_kind.most_common(6))}")
    assert figures.f1 >= FLOOR_COPIES_F1


def test_the_table_of_words_is_what_counting_gives(shared_data: Path) -> None:
    made = table_of((row["title"], row["text"]) for row in real_articles(shared_data))
    assert (files("search.stories") / "data" / "words.tsv").read_text(encoding="utf-8") == made


def is_form(row: dict[str, str]) -> bool:
    return row["title"].lower().startswith(FORMS)


def note_forms(rows: list[dict[str, str]], figures: Figures) -> None:
    """Note schedules, routes and forecasts: the next day's is no copy, however alike the words are."""
    forms = {row["id"]: row for row in rows if is_form(row)}
    # An outlet each, so that the stricter threshold within one outlet does not help.
    articles = {
        name: comparable(row["title"], row["text"], f"media {place}", moment_of(row["date"]) or NOW)
        for place, (name, row) in enumerate(forms.items())
    }
    for (one, other), found in bonds_of(articles).items():
        same_day = dates_in(forms[one]["title"]) & dates_in(forms[other]["title"])
        if not same_day and is_copy(found):
            what = f"{forms[one]['title'][:60]} | {forms[other]['title'][:60]}"
            figures.note(found=True, true=False, score=found.similarity, what=what)


def moment_of(date: str) -> datetime | None:
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(date, form).replace(tzinfo=UTC)
        except ValueError:
            continue  # Another of the forms in which the data gives dates.
    return None


def test_events_of_real_news_become_stories(shared_data: Path) -> None:
    labelled = dict(reversed(line.split("\t")) for line in LABELS.read_text(encoding="utf-8").splitlines()[1:])
    articles = {
        row["id"]: comparable(row["title"], row["text"], row["outlet"], at)
        for row in real_articles(shared_data)
        if (at := moment_of(row["date"])) is not None
    }
    figures = story_figures(articles, labelled)
    figures.show(f"{len(set(labelled.values()))} labelled events", FLOOR_STORY_RECALL)
    assert figures.precision >= FLOOR_STORY_PRECISION
    assert figures.recall >= FLOOR_STORY_RECALL


def story_figures(articles: dict[str, Comparable], event: dict[str, str]) -> Figures:
    """Group all articles and compare with the events of those that are labelled, as far as a story's window goes."""
    near: defaultdict[str, dict[str, Bond]] = defaultdict(dict)
    for (one, other), found in bonds_of(articles).items():
        near[one][other] = near[other][one] = Bond.of(found)
    members = {name: member(name, one, near[name]) for name, one in articles.items()}
    groups = [group for part in components(members, Constraints()) for group in assemble(part, Constraints())]
    story = {name: place for place, group in enumerate(groups) for name in group}
    figures = Figures()
    for one, other in combinations(sorted(name for name in event if name in articles), 2):
        apart = abs(articles[one].published_at - articles[other].published_at)
        same = event[one] == event[other]
        if not same or apart <= STORY_WINDOW:
            what = f"{event[one]} {one} | {event[other]} {other}"
            figures.note(found=story[one] == story[other], true=same, score=0.0, what=what)
    return figures


def member(name: str, one: Comparable, bonds: dict[str, Bond]) -> Member:
    blank = Member(
        article_id=name,
        version=1,
        month="2026.11",
        title="",
        url="",
        outlet=one.outlet,
        outlet_name="",
        tier=None,
        own_of=None,
        published_at=one.published_at,
        first_seen_at=one.published_at,
        tone="neutral",
        opd=(),
        unit=(),
        signature=one.signature,
    )
    return replace(blank, bonds=bonds)
