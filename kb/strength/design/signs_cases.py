"""Signs of series and reports of cases, and of tests held against a standard."""

from __future__ import annotations

from kb.strength.design.signs import Sign

CASES: dict[str, Sign] = {
    "case series": Sign(
        {"case series": 4.0},
        (
            ("case", r"[\s-]series\b"),
            ("series", r"\sof\s(?:[0-9]+|[\w-]+)\s(?:cases|patients)\b", r"\b(?:a|our|this)\s(?:\w+\s)?"),
        ),
    ),
    "case report": Sign(
        {"case report": 5.0},
        (
            (
                "report present describe",
                r"\s(?:here\s)?(?:an?|the|one|two)\s(?:\w+\s){0,4}?(?:case|cases|patient|man|woman|child|boy|girl|"
                r"infant)\b(?![\s-](?:series|control|stud))",
                r"\b(?:we|authors|i|to)\s(?:\w+\s)?",
            ),
            ("case", r"\s(?:report|presentation|description|summary|history of an?\s[0-9])\b"),
            ("reported presented described", "", r"\bcases?\s(?:[\w-]+\s){0,6}?(?:is|are|was)\s"),
        ),
    ),
    "one patient": Sign(
        {"case report": 3.0},
        (
            (
                "old",
                r"[\s,]+(?:[\w-]+[\s,]+){0,3}?(?:man|woman|boy|girl|male|female|patient|infant|child|lady|gentleman)\b",
                r"\b(?:an?|the)\s[0-9]{1,2}[\s-](?:year|month|week|day)s?[\s-]",
            ),
            ("patient", r"\s(?:presented|died|recovered|complained)\b", r"\bthe\s"),
        ),
    ),
    "rare": Sign({"case report": 0.7}, (("rare rarely unusual uncommon",),)),
}

TESTS: dict[str, Sign] = {
    "diagnostic accuracy": Sign(
        {"diagnostic accuracy": 3.0},
        (("accuracy", "", r"\bdiagnostic\s(?:test\s)?"), ("accuracy", r"\sstudy\b")),
    ),
    "sensitivity and specificity": Sign(
        {"diagnostic accuracy": 0.8},
        (
            ("specificity", "", r"\bsensitivity(?:\s[\w,%.()=-]+){0,4}?\s(?:and|,)\s(?:\w+\s)?"),
            ("predictive", r"\svalues?", r"\b(?:positive|negative)\s"),
            ("likelihood", r"\sratios?\b"),
        ),
    ),
    "reference standard": Sign({"diagnostic accuracy": 0.8}, (("gold reference", r"\sstandard"),)),
}

SINGLE = {**CASES, **TESTS}
