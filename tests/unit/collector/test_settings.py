import pytest
from collector.settings import CollectorSettings, NoContactError
from pydantic import ValidationError


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    import os

    for name in [name for name in os.environ if name.startswith("PANTAU_")]:
        monkeypatch.delenv(name)


def test_the_user_agent_says_who_asks_and_whom_to_ask():
    settings = CollectorSettings(collector_contact="humas@contoh.go.id")
    assert settings.user_agent == "PantauJatim/0.1 (+humas@contoh.go.id)"


def test_no_outlet_is_asked_by_somebody_without_a_contact():
    own = CollectorSettings(collector_allowed_private="127.0.0.1:18080")
    own.require_contact(["http://127.0.0.1:18080/feed/"])
    with pytest.raises(NoContactError, match=r"PANTAU_COLLECTOR_CONTACT is not set: media\.contoh"):
        own.require_contact(["http://127.0.0.1:18080/feed/", "https://media.contoh/rss"])
    CollectorSettings(collector_contact="humas@contoh.go.id").require_contact(["https://media.contoh/rss"])


def test_nothing_private_is_allowed_unless_it_is_named():
    assert CollectorSettings().allowed.hosts == frozenset()
    settings = CollectorSettings(collector_allowed_private="127.0.0.1:18080, [::1]:18081,10.0.0.0/8")
    assert settings.quick_hosts == {"127.0.0.1:18080", "[::1]:18081"}
    assert len(settings.allowed.networks) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"collector_allowed_private": "localhost"}, {"collector_contact": "a\nb: c"}, {"collector_items_per_poll": 0},
     {"collector_text_chars": 10**9}],
)  # fmt: skip
def test_a_wrong_value_is_refused_at_the_start(wrong):
    with pytest.raises(ValidationError):
        CollectorSettings(**wrong)


def test_every_setting_is_read_from_its_variable(monkeypatch):
    monkeypatch.setenv("PANTAU_COLLECTOR_PAGE_BYTES", "12345")
    monkeypatch.setenv("PANTAU_COLLECTOR_REVISIT_MIN_S", "15")
    settings = CollectorSettings()
    assert settings.collector_page_bytes == 12_345
    assert settings.revisit_policy.for_url("https://contoh.id/a").min_s == 15
    assert settings.item_terms.max_new == settings.collector_items_per_poll
    assert settings.poll_terms.jitter == settings.collector_poll_jitter
    assert settings.robots_terms.wait_s == settings.collector_robots_wait_s
    assert settings.text_terms.max_text_chars == settings.collector_text_chars


def test_hosts_of_our_own_are_looked_at_again_sooner():
    policy = CollectorSettings(collector_allowed_private="127.0.0.1:18080").revisit_policy
    assert policy.for_url("http://127.0.0.1:18080/a").min_s == 20
    assert policy.for_url("http://127.0.0.1:18081/a").min_s == 600
    assert policy.for_url("http://127.0.0.1:18080/a").horizon_s == policy.usual.horizon_s
