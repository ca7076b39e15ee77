"""Settings that cannot be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from ingest.config.keys import ENVIRONMENT, REGISTRIES
from ingest.config.values import DATED, one_of
from kb.errors import ConfigurationError
from kb.settings import JudgeKind, Settings, is_day


def refuse_nonsense(settings: Settings, origins: Mapping[str, str]) -> None:
    """Refuse bounds, addresses and dates that are none.

    Parameters
    ----------
    origins
        For each setting that was given, the file or variable that it comes from.

    Raises
    ------
    ConfigurationError
        The first that is none.
    """
    for key in ("deadline", "patience", "judge_deadline"):
        if getattr(settings, key) <= 0:
            raise ConfigurationError(
                f"'{key}' must be more than 0", place=origins.get(key, ""), remedy="give seconds, such as 8"
            )
    for key in (key for key in REGISTRIES if key in origins):
        if not _is_address(getattr(settings, key)):
            raise ConfigurationError(f"'{key}' is no web address", place=origins[key], remedy="begin it with https://")
    _refuse_judges(settings, origins)
    if settings.mailto and not re.fullmatch(r"[^@\s]+@[^@\s]+", settings.mailto):
        raise ConfigurationError(
            "'mailto' is no mail address", place=origins.get("mailto", ""), remedy="write it as name@example.org"
        )
    if not is_day(settings.as_of):
        raise ConfigurationError(f"--as-of: '{settings.as_of}' is no date", remedy=DATED)


def _refuse_judges(settings: Settings, origins: Mapping[str, str]) -> None:
    kinds, address = get_args(JudgeKind), settings.judge_address
    if settings.judge not in kinds:
        place = origins.get("judge", "")
        raise ConfigurationError(f"there is no judge '{settings.judge}'", place=place, remedy=f"take {one_of(kinds)}")
    if address and not _is_address(address, with_user=False):
        remedy = "begin it with https://, and put a key into KB_JUDGE_KEY"
        raise ConfigurationError(
            "'judge_address' is no web address", place=origins.get("judge_address", ""), remedy=remedy
        )
    if settings.judge_key and not re.fullmatch(r"[!-~]+", settings.judge_key):
        remedy = "it has no spaces and no line breaks"
        raise ConfigurationError("this is no key", place=ENVIRONMENT["judge_key"], remedy=remedy)


def _is_address(text: str, *, with_user: bool = True) -> bool:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    return sound and (with_user or "@" not in parts.netloc)
