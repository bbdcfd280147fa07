"""What the web chat accepts as settings, and what it says of the rest."""

import pytest

from bot.settings import SettingError, Settings, WebSettings
from tests.fronts.web.serving import TOKEN


def test_without_settings_it_listens_on_loopback_for_its_owner() -> None:
    assert WebSettings.read({}) == WebSettings(host="127.0.0.1", port=8080, token=None, public_url=None)


def test_empty_values_count_as_unset() -> None:
    assert Settings({"WEB_HOST": "", "WEB_PORT": " ", "WEB_TOKEN": "", "PUBLIC_URL": ""}).web == WebSettings()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.9", "::1"])
def test_loopback_needs_no_token(host: str) -> None:
    assert WebSettings.read({"WEB_HOST": host}).token is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "pictures.example.org"])
def test_beyond_loopback_a_token_is_demanded(host: str) -> None:
    with pytest.raises(SettingError) as refused:
        WebSettings.read({"WEB_HOST": host})
    assert refused.value.key == "WEB_TOKEN"
    assert "127.0.0.1" in refused.value.fix
    assert WebSettings.read({"WEB_HOST": host, "WEB_TOKEN": TOKEN}).host == host


@pytest.mark.parametrize("port", ["eighty", "-1", "65536", "8080.5", "²"])
def test_a_port_that_is_none_is_refused_by_name(port: str) -> None:
    with pytest.raises(SettingError, match=r"WEB_PORT: .* is not a port"):
        WebSettings.read({"WEB_PORT": port})


@pytest.mark.parametrize("url", ["pictures.example.org", "ftp://example.org", "https://", "http://a:b@c", "http://a:x"])
def test_a_public_url_that_is_none_is_refused_by_name(url: str) -> None:
    with pytest.raises(SettingError, match="PUBLIC_URL"):
        WebSettings.read({"PUBLIC_URL": url})


def test_the_public_url_keeps_its_port_and_loses_its_slash() -> None:
    assert WebSettings.read({"PUBLIC_URL": "https://example.org:444/"}).public_url == "https://example.org:444"


@pytest.mark.parametrize("token", ["secret", "fifteen letters", "a" * 40, "abab" * 10])
def test_a_token_that_is_easy_to_guess_is_refused(token: str) -> None:
    with pytest.raises(SettingError, match="WEB_TOKEN: it is too easy to guess"):
        WebSettings.read({"WEB_TOKEN": token})


def test_trusted_proxies_are_addresses_and_networks() -> None:
    trusted = WebSettings.read({"TRUSTED_PROXIES": "127.0.0.1, 10.1.2.3/8,, ::1"}).trusted_proxies
    assert [str(network) for network in trusted] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.0/33", "*", "10.0.0.1;10.0.0.2"])
def test_a_trusted_proxy_that_is_no_address_is_refused_by_name(text: str) -> None:
    with pytest.raises(SettingError, match=r"TRUSTED_PROXIES: .* is no address or network"):
        WebSettings.read({"TRUSTED_PROXIES": text})
