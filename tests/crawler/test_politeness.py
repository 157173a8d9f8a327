"""Politeness: a crawler that lies about itself or comes back too soon is shut out, and rightly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.politeness import conditional, retry_after, user_agent

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 7200 ", timedelta(hours=2)),
        ("0", timedelta(minutes=1)),
        ("99999999999999999999", timedelta(days=7)),
        ("Thu, 01 Jan 2026 15:00:00 GMT", timedelta(hours=3)),
        ("Thu, 01 Jan 2015 15:00:00 GMT", timedelta(minutes=1)),
        ("Thu, 01 Jan 2026 15:00:00 -0000", timedelta(hours=1)),
        ("soon", timedelta(hours=1)),
        ("", timedelta(hours=1)),
        (None, timedelta(hours=1)),
    ],
)
def test_we_come_back_when_we_are_told_within_reason(value: str | None, wait: timedelta) -> None:
    assert retry_after(value, NOW) == NOW + wait


def test_the_name_says_who_is_asking_or_that_nobody_does() -> None:
    assert user_agent("desk@paper.example") == "Tahaluf/0.1 (news archive for research; desk@paper.example)"
    assert "no contact given" in user_agent("  ")


def test_only_known_validators_are_sent() -> None:
    assert conditional('W/"1"', None) == {"If-None-Match": 'W/"1"'}
    assert conditional(None, None) == {}
