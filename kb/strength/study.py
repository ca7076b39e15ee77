"""What a study tells of itself beside its design.

Who was studied, how many, where it is registered, who paid, and what shows how far it can be trusted.
"""

from __future__ import annotations

import re

from kb.language.abstract import abstract_of
from kb.model import Source, Study, Trait

_TRIALS = re.compile(r"\brandomi[sz]ed\b|\brcts?\b", re.IGNORECASE)


def study_of(source: Source) -> Study:
    """What can be read of the study, from title, abstract, headings and types; the source has its design."""
    found = _TRIALS.search(f"{source.title} {abstract_of(source)}")
    if found and source.design == "systematic review":
        return Study(traits=(Trait(kind="randomized trials", words=found.group()),))
    return Study()
