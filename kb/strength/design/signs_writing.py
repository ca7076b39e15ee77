"""Signs of what is written from other work: systematic and narrative reviews, guidelines, comments; and of results."""

from __future__ import annotations

from kb.strength.design.signs import Sign

REVIEWS: dict[str, Sign] = {
    "systematic review": Sign(
        {"systematic review": 6.0, "narrative review": -2.0},
        (
            (
                "systematic",
                r"(?:ally)?\s(?:[\w-]+\s){0,3}?(?:review|overview|search|map)\b",
                r"(?<!previous )(?<!recent )(?<!published )",
            ),
            ("systematically", r"\s(?:reviewed|searched|identified)\b"),
            ("scoping umbrella", r"\sreview\b"),
            ("prisma prospero",),
        ),
    ),
    "meta-analysis": Sign(
        {"systematic review": 4.0, "randomized trial": -1.0},
        (
            (
                "meta",
                r"[\s-]?(?:analy|regression)\w*\b(?!\s(?:show|found|have|has|suggest|demonstrat|report))",
                r"(?<!previous )(?<!recent )(?<!published )",
            ),
            ("metaanalysis metaanalyses",),
        ),
    ),
    "databases searched": Sign(
        {"systematic review": 5.0, "randomized trial": -1.0, "narrative review": -1.0},
        (
            (
                "<database>",
                r"(?:[\s,:;()&/]+(?!will\b)[\w.'’-]+){0,20}?[\s,]+(?:were|was)\s(?:\w+ly\s)?(?:searched|screened|"
                r"queried|interrogated|consulted|used)",
            ),
            (
                "<database>",
                "",
                r"\b(?:search|searched|searches|searching|conducted|performed)\s(?:[\w-]+[\s,:()]+){0,8}?",
            ),
        ),
    ),
    "studies included": Sign(
        {"systematic review": 2.0},
        (
            (
                "studies trials articles rcts papers publications",
                r"\s(?:[\w-]+\s|\([^)]{0,40}\)\s){0,4}?(?:were\s|was\s)?(?:included|identified|retrieved|met|fulfilled|"
                r"eligible|selected|analy[sz]ed|reviewed)\b",
            ),
            ("included eligible", r"\s(?:studies|trials|articles)\b"),
            ("reviewers authors", "", r"\btwo\s(?:independent\s)?"),
            ("extraction", "", r"\bdata\s"),
            ("bias", "", r"\brisk\sof\s"),
        ),
    ),
    "pooled": Sign(
        {"systematic review": 1.0},
        (
            ("effects effect", r"\s(?:model|meta)", r"\b(?:random|fixed)[\s-]"),
            ("pooled heterogeneity",),
            ("standardized standardised weighted", r"\smean\sdifferences?"),
            ("funnel", r"\splots?"),
            ("publication", r"\sbias"),
        ),
    ),
    "this review": Sign(
        {"narrative review": 5.0},
        (
            (
                "review overview minireview perspective",
                r"(?!\sof\s(?:the\s)?(?:medical|patient|case|chart|record|our))",
                r"\b(?:this|the\spresent|our|a\sbrief|current|narrative|literature|the\sauthors)\s(?:\w+\s){0,2}",
            ),
            (
                "review",
                r"\s(?:article|paper|of\sthe\sliterature|focuses|summari[sz]es|discusses|aims|describes|highlights|"
                r"covers|will|presents|provides)\b",
            ),
            (
                "review summarize summarise discuss outline highlight",
                r"(?!\sof\b)",
                r"\b(?:we|i|authors|will|article)\s(?:\w+\s)?",
            ),
            (
                "reviews discusses summarizes summarises outlines explores highlights overviews covers",
                "",
                r"\b(?:article|paper|review|chapter|report|section|work|authors?|manuscript|it)\s(?:\w+\s)?",
            ),
            ("reviewed summarized summarised", "", r"\b(?:is|are|also)\s(?:\w+\s)?"),
        ),
    ),
    "this paper": Sign(
        {"narrative review": 2.0},
        (
            (
                "describes provides presents examines considers addresses focuses explores deals",
                "",
                r"\bthis\s(?:\w+\s)?(?:article|paper|chapter)\s",
            ),
            ("article chapter", r",?\s(?:we|the\sauthors|i|current)\b", r"\bin\sthis\s"),
            ("discussed outlined highlighted", "", r"\b(?:is|are|also)\s(?:\w+\s)?"),
        ),
    ),
    "state of knowledge": Sign(
        {"narrative review": 0.7},
        (
            ("advances progress insights developments challenges strategies",),
            ("future", r"\s(?:directions?|perspectives?|prospects?|challenges|research)\b"),
            ("years decades advances progress", "", r"\b(?:recent|past|last)\s(?:\w+\s)?"),
            ("emerging emerged promising novel",),
            ("mechanisms mechanism pathogenesis pathways pathway",),
            ("current", r"\s(?:knowledge|understanding|evidence|state|status|concepts|information|literature)\b"),
        ),
    ),
    "examples": Sign(
        {"narrative review": 0.5}, (("such", r"\sas\b"), ("including particularly moreover furthermore",))
    ),
    "guideline": Sign(
        {"guideline": 7.0},
        (
            (
                "guideline guidelines",
                r"\b[^.]{0,80}?\b(?:recommends?|recommendations?|provides?|was\sdeveloped|were\sdeveloped)\b",
                r"\b(?:this|these|the\spresent|present|updated|we\sdeveloped)\s(?:[\w-]+\s){0,3}",
            ),
            ("consensus", r"\s(?:statement|recommendations|guidelines?|document)\b"),
            ("guideline", "", r"\bcommissioned\sthis\s(?:[\w-]+\s){0,4}?"),
            ("position", r"\s(?:statement|paper)\b"),
        ),
    ),
    "comment": Sign(
        {"editorial": 5.0},
        (
            ("editorial commentary viewpoint letter", "", r"\b(?:this|the\spresent)\s(?:\w+\s)?"),
            ("read", r"\s(?:with\s(?:\w+\s)?interest|the\sarticle)\b", r"\bwe\s(?:have\s)?"),
            ("editor", "", r"\bto\sthe\s"),
        ),
    ),
}

RESULTS: dict[str, Sign] = {
    "figures": Sign(
        {"protocol": -3.0, "narrative review": -1.5},
        (
            ("p", r"\s?[<=>≤]"),
            ("95", r"\s?%\s?ci"),
            ("ci",),
            ("significant significantly", "", r"\b(?:was|were|no|not|statistically)\s(?:\w+\s)?"),
            ("compared", r"\s(?:with|to)\b[^.]{0,60}[0-9]%"),
        ),
    ),
    "own research": Sign(
        {"narrative review": -2.0},
        (
            (
                "found observed measured investigated studied identified developed showed tested examined demonstrated "
                "analyzed analysed obtained constructed used evaluated assessed determined",
                "",
                r"\bwe\s(?:\w+ly\s|also\s|have\s|here\s)?",
            ),
            ("show demonstrate report find", "", r"\b(?:here,?\s)we\s(?:\w+ly\s|also\s)?"),
            ("results findings data", "", r"\b(?:our|these|present)\s(?:\w+\s)?"),
        ),
    ),
    "results": Sign({"protocol": -1.5, "narrative review": -0.5}, (("results findings", r"\s?:"),)),
}
"""What shows results speaks for no design, and against those that have none."""

WRITING = {**REVIEWS, **RESULTS}
