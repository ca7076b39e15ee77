"""Where the fields of a reference end: full stops that close a sentence, told apart from those of abbreviations."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "j trans proc int intl am amer rev lett phys chem med res sci ann eur clin exp biol bull math natl nat acad assoc "
    "soc appl adv comput eng arch br can aust dev dis engl environ mol cell neurol psychol obstet gynecol pharmacol "
    "physiol immunol microbiol genet educ econ stat syst tech technol univ vol no pp ed eds st dr mr mrs jr sr vs cf "
    "al inc ltd co corp dept conf symp assn ser fig spp sp var subsp comm commun inf inform intell artif knowl mach "
    "lang softw comp electr mech mater struct opt quant geol geophys geochem astron astrophys ecol zool bot entomol "
    "ornithol mus hist philos theol stud quart mon wkly mag behav cogn neurosci neurobiol cardiol circ oncol radiol "
    "orthop rheumatol z zh rus akad fortsch dynam theor discr rec gastroenterol hepatol nephrol urol endocrinol metab "
    "nutr vet agric nucl instr meth cryst".split()
)
_SENTENCE = re.compile(r"[.?!…][”\"’»)\]*]{0,2}\s+(?=[^a-zà-öø-ÿ\s])|[?!]\s+")
_LONGEST_ABBREVIATION = 7


def sentence_ends(text: str) -> list[re.Match[str]]:
    """The ends of sentences, but for the full stops of abbreviations, as names of journals have them."""
    ends: list[re.Match[str]] = []
    last, abbreviated = 0, False
    for stop in _SENTENCE.finditer(text):
        chunk = text[last : stop.start()]
        abbreviated = text[stop.start()] == "." and _is_abbreviation(chunk, abbreviated or bool(ends))
        if not abbreviated:
            ends.append(stop)
        last = stop.end()
    return ends


def _is_abbreviation(chunk: str, after_stop: bool) -> bool:
    """Whether a full stop after ``chunk`` abbreviates: "Am. J. Hum.", but not "… in adults."."""
    word = re.search(r"[^\W\d_]*$", chunk[-40:])
    ending = word.group() if word else ""
    if not ending or ending[0].islower():
        return False
    alone = len(ending) <= _LONGEST_ABBREVIATION and len(chunk.split()) == 1 and after_stop
    return len(ending) == 1 or ending.lower() in _ABBREVIATIONS or alone
