"""What can be set, where, and of which kind it is."""

from __future__ import annotations

from typing import Any

from kb.model import Severity
from kb.settings import FailOn, JudgeKind, Strictness

REGISTRIES = ("crossref", "datacite", "doi_org", "ncbi", "pmc", "europepmc", "openalex")
LINTING: dict[str, Any] = {
    "select": tuple[str, ...],
    "ignore": tuple[str, ...],
    "per_file_ignores": dict[str, tuple[str, ...]],
    "severities": dict[str, Severity],
    "fail_on": FailOn,
    "articles": tuple[str, ...],
    "exclude": tuple[str, ...],
    "baseline": str,
    "max_age": int,
    "knowledge_base": str,
    "waivers": tuple[dict[str, Any], ...],
}
"""Fields of `kb.settings.Linting`, which stand beside those of `kb.settings.Settings` in a file."""
WAIVER: dict[str, Any] = {
    "rules": tuple[str, ...],
    "articles": tuple[str, ...],
    "reason": str,
    "containing": str,
    "until": str,
}
"""What one of ``[[waivers]]`` may hold."""
KINDS: dict[str, Any] = {
    "bibliography": tuple[str, ...],
    "mailto": str,
    **dict.fromkeys(REGISTRIES, str),
    "strictness": Strictness,
    "patience": float,
    "deadline": float,
    "searches": int,
    "full_texts": int,
    "works": int,
    "cache": str,
    "reviewer": str,
    "judge": JudgeKind,
    "judge_model": str,
    "judge_address": str,
    "judge_deadline": float,
    **LINTING,
}
"""What a file may set, and of which kind it is. Keys are secrets, and only the environment gives them; to which host
text may be sent is the user's to say, and not of a file that may come from anywhere."""
ENVIRONMENT = {
    name: f"KB_{name.upper()}"
    for name in (
        *("mailto", *REGISTRIES, "ncbi_key", "openalex_key", "cache"),
        *("judge", "judge_model", "judge_address", "judge_key", "send_text"),
    )
}
