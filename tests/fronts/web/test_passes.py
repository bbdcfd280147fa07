"""The signed cookie."""

from bot.fronts.web.access.session_cookie import PASS_SECONDS, LoginThrottle, is_token, issue, read

NOW = 1_800_000_000.0


def test_a_pass_tells_the_name_it_was_issued_for() -> None:
    assert read(issue("Zoé Ångström 李", "token", NOW), "token", NOW) == "Zoé Ångström 李"


def test_a_pass_ends_with_its_date() -> None:
    value = issue("Ana", "token", NOW)
    assert read(value, "token", NOW + PASS_SECONDS - 1) == "Ana"
    assert read(value, "token", NOW + PASS_SECONDS) is None


def test_a_pass_of_another_token_opens_nothing() -> None:
    assert read(issue("Ana", "old token", NOW), "token", NOW) is None


def test_a_forged_pass_opens_nothing() -> None:
    payload, _, signature = issue("Ana", "token", NOW).partition(".")
    stolen = issue("Bob", "token", NOW).partition(".")[2]
    for value in (
        "",
        ".",
        "x.y.z",
        "é.é",
        f"{payload}.",
        f"{payload}.{stolen}",
        f".{signature}",
        f"{payload}A.{signature}",
    ):
        assert read(value, "token", NOW) is None, value


def test_only_the_very_token_is_the_token() -> None:
    assert is_token("tökén", "tökén")
    assert not any(is_token(given, "tökén") for given in ("", "token", "tökén ", "TÖKÉN"))


def test_guessing_stops_after_a_number_of_strikes_and_may_go_on_later() -> None:
    strikes = LoginThrottle(most=2, seconds=60)
    strikes.add(NOW)
    assert not strikes.out(NOW)
    strikes.add(NOW + 1)
    assert strikes.out(NOW + 59)
    assert not strikes.out(NOW + 60.5)
