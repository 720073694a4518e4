import pytest
from collector.domain.addresses import Allowed, problem_with, problem_with_url

NOTHING = Allowed()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1",
        "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1",
        "ff02::1",
        "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::10.0.0.1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:c0a8:101::1", "2001:0:5ef5:79fd::f5ff:fffe",
        "bukan-alamat", "",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused(address):
    assert problem_with(address, NOTHING)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "103.10.10.10", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_public_addresses_are_fine(address):
    assert problem_with(address, NOTHING) is None


def test_a_network_may_be_allowed():
    allowed = Allowed.parse(("10.1.0.0/16", "fd00::/8"))
    assert problem_with("10.1.2.3", allowed) is None
    assert problem_with("fd00::5", allowed) is None
    assert problem_with("10.2.0.1", allowed)


def test_a_host_with_port_is_allowed_exactly():
    allowed = Allowed.parse(("127.0.0.1:18080", "Newsroom:80", "[::1]:81"))
    assert allowed.names("127.0.0.1", 18080)
    assert allowed.names("newsroom", 80)
    assert allowed.names("::1", 81)
    assert not allowed.names("127.0.0.1", 18081)


@pytest.mark.parametrize("entry", ["127.0.0.1", "newsroom", "10.0.0.1/8", "x/y", ":80"])
def test_an_entry_that_is_neither_host_and_port_nor_network_is_refused(entry):
    with pytest.raises(ValueError, match=r"."):
        Allowed.parse((entry,))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://contoh.id/", "gopher://contoh.id/", "http://", "https:///x", "http://a:b@contoh.id/",
     "http://contoh.id:0/", "http://contoh.id:99999/", "http://[::1", "data:text/html,x", "contoh.id"],
)  # fmt: skip
def test_urls_that_are_never_tried(url):
    assert problem_with_url(url)


def test_plain_web_urls_are_tried():
    assert problem_with_url("http://contoh.id/a?b=c") is None
    assert problem_with_url("https://contoh.id:8443/") is None
