"""Addresses of other sites: to which host a browser goes, and when that cannot be told."""

import pytest

from peerloom.text.escaping.markdown import link_destination, outside_link
from peerloom.web_addresses import find_host


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://A.Example", "a.example"),
        ("HTTPS://a.example:8443/x y", "a.example"),
        ("https://a.example#@bank.example", "a.example"),
        ("https://a.example?https://bank.example", "a.example"),
        ("https://пример.example/", "xn--e1afmkfd.example"),
        ("https://аpple.example", "xn--pple-43d.example"),
    ],
)
def test_the_host_of_an_address_is_the_one_that_a_browser_asks(address: str, host: str) -> None:
    assert find_host(address) == host


@pytest.mark.parametrize(
    "address",
    [
        *("http://a.example", "//a.example", "mailto:a@a.example", "javascript:alert(1)", "", "a"),
        *("https:a.example", "https:/a.example", "https:///a.example", "https:\\\\a.example"),
        *("https://bank.example@a.example", "https://u:p@a.example", "https://a.example\\@b"),
        *("https://bank.example%2f.a.example", "https://2130706433/", "https://127.0.0.1/"),
        *("https://[::1]/", "https://a..b", "https://a.example.", "https://a\t.example"),
        *("https://fa\u00df.example", "https://\u200ba.example", "https://a\u3002example/"),
        *("\nhttps://a.example", "https://" + "a." * 200 + "example", "https://-a.example"),
    ],
)
def test_no_link_is_made_where_an_address_does_not_show_its_host(address: str) -> None:
    assert find_host(address) is None
    assert link_destination(address) is None
    assert "<a " not in outside_link("a", address)


def test_a_link_to_another_site_shows_its_host_and_recommends_nothing() -> None:
    assert outside_link("A *book*", "https://b.example/x?y=1&z=$2#c") == (
        '<a href="https://b.example/x?y=1&#38;z=&#36;2#c" rel="nofollow ugc noopener">'
        "A &#42;book&#42;</a> (b.example)"
    )


def test_a_refused_address_is_shown_as_text() -> None:
    assert outside_link("A", "http://b.example") == "A (http&#58;//b.example)"
