"""The words that ask for a source: each signal of a statement with its patterns, as a table.

A cue is a wording, not a verdict: ``ingest.statements`` decides what a sentence with these cues is, and shows the
writer the words that led there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.language.quantities import Quantity, quantities
from kb.model import Cue, Signal

MEANING: dict[Signal, str] = {
    "number": "gives a number",
    "vague attribution": "says that studies, experts or research show something, and cites none",
    "guideline": "speaks of a guideline or of official advice",
    "cause": "claims a cause or an effect",
    "benefit": "claims a benefit of a treatment",
    "harm": "claims a harm or a risk",
    "frequency": "claims how common or how usual something is",
    "comparison": "compares two things",
    "course": "claims how something goes on over time",
    "practice": "says what is usually done, or what is needed",
    "conclusion": "draws a conclusion",
}
"""Each signal in plain words; the closed list that ``Statement.signals`` draws on."""

_WORDS = {
    "knower": """
        study studies research researcher researchers evidence data analysis meta-analysis literature trial
        trials expert experts doctor doctors physicians clinicians scientists specialists practitioners
        therapists surgeons insight insights finding findings review reviews survey surveys report reports
        authors investigators authorities statistics science experiments""",
    "knows": """
        show shows shown showed suggest suggests suggested indicate indicates indicated demonstrate
        demonstrates demonstrated reveal reveals revealed find finds found confirm confirms confirmed report
        reports reported emphasize emphasizes emphasise emphasises stress stresses recommend recommends
        recommended advise advises advised agree agrees agreed believe believes say says said warn warns
        warned argue argues argued link links linked support supports supported prove proves proven proved
        establish establishes established expand expands expanded conclude concludes concluded describe
        describes described highlight highlights highlighted note notes noted estimate estimates estimated
        identify identifies identified observe observed claim claims compared examined explored discover
        discovers discovered""",
    "effect": """
        cause causes caused lead leads led trigger triggers triggered disrupt disrupts disrupted alter alters
        altered change changes changed affect affects affected aggravate aggravates aggravated worsen worsens
        worsened result results resulted contribute contributes contributed increase increases increased
        decrease decreases decreased create creates created produce produces produced induce induces induced
        impair impairs impaired damage damages damaged weaken weakens weakened inhibit inhibits inhibited
        activate activates activated stimulate stimulates stimulated impact impacts impacted influence
        influences influenced determine determines determined promote promotes promoted raise raises raised
        lower lowers lowered make makes block blocks blocked suppress suppresses suppressed provoke provokes
        provoked irritate compress spread spreads radiate radiates""",
    "effect3": """
        causes caused triggers triggered disrupts alters aggravates worsens impairs damages activates inhibits
        induces affects changes impact impacts influences raises lowers increases decreases cuts doubles
        halves stimulates suppresses blocks destroys kills fights prolongs shortens slows speeds burns""",
    "help": """
        help helps helped helpful relieve relieves relieved relieving relief improve improves improved
        improving improvement improvements ease eases eased easing alleviate alleviates alleviated alleviating
        reduce reduces reduced reducing prevent prevents prevented preventing protect protects protected
        protecting restore restores restored restoring strengthen strengthens strengthened strengthening heal
        heals healed healing cure cures cured curing benefit benefits beneficial benefited effective
        effectiveness effectively efficacy efficacious boost boosts boosted soothe soothes calm calms success
        successful successfully""",
    "help3": """
        reduces improves relieves eases prevents alleviates heals cures strengthens helps protects boosts
        soothes calms restores""",
    "patients": """
        people patients persons individuals adults women men children sufferers cases pregnancies infants
        those""",
    "modal": """
        can could may might will would shall does do did to that which also often it they and or not""",
    "hedge": """
        also often sometimes further even thus directly actually potentially significantly easily then only
        just""",
    "auxiliary": """
        has have had is are was were also now all clearly consistently increasingly recently generally often""",
    "known": """
        known accepted believed thought considered recognized recognised established documented understood
        shown proven demonstrated reported found""",
    "usual": "often usually commonly frequently typically rarely generally seldom",
    "more": """
        more less fewer higher lower better worse greater larger smaller faster longer shorter superior
        inferior safer stronger weaker likelier""",
    "go": """
        persist recur resolve recover last progress return relapse improve subside worsen heal disappear""",
    "happens": """
        experience report occur affect develop cause present accompany seen reserved associated start begin
        appear suffer lead leads occurs affects develops causes presents appears starts begins""",
}
"""Word lists; a pattern below names one in angle brackets."""

_PATTERNS: dict[Signal, tuple[str, ...]] = {
    "vague attribution": (
        r"<knower>\s(?:\w+\s){0,2}?(?:<auxiliary>\s)*<knows>",
        r"<knower>\s(?:\w+\s){0,2}?points? to\b",
        r"<knower>\s(?:in|by|from|of|at)\s(?:[\w’'-]+\s){1,6}?<knows>",
        r"<knower>\sha(?:s|ve)\s(?:\w+\s){1,2}(?:our|the)\s(?:understanding|knowledge|view|picture)\b",
        r"\b(?:according to|based on|supported by|backed by)\s(?:\w+\s){0,3}<knower>",
        r"(?:\b(?:is|are|was|were|has been|have been)|[’']s)\s"
        r"(?:(?:also|now|generally|commonly|increasingly|often|long)\s)?"
        r"(?:well[\s-]|widely[\s-])?<known>\s(?:to|that|as)\b",
        r"\b(?:has|have) been\s(?:reported|documented|described|shown|demonstrated|observed)\s(?:in|for|by|with)\b",
        r"\b(?:there is|with|despite|given)\s(?:\w+\s){0,2}evidence\b",
        r"\bguid(?:ance|elines?)\s(?:\w+\s){0,2}(?:recommends?|advises?|suggests?|states?|says?)\b",
    ),
    "guideline": (
        r"\bguidelines?\b",
        r"\b(?:clinical|current|national|official|international|latest)\s(?:\w+\s)?guidance\b",
        r"\bconsensus (?:statement|panel)\b|\bbest practice (?:statement|advice)\b",
        r"\bofficial (?:advice|recommendations?)\b",
        r"\b(?:is|are)\s(?:\w+ly\s)?recommended\b|\brecommended (?:dose|daily|treatment|first)",
        r"\b(?:World Health Organi[sz]ation|WHO|NICE|CDC|FDA|EMA|NHS|USPSTF)\s(?:\w+\s)?"
        r"(?:recommends?|advises?|states?|says?|warns?)\b",
    ),
    "cause": (
        r"<modal>\s(?:<hedge>\s)*<effect>",
        r"\b\w*[a-z]\s(?:<hedge>\s)*(?:<effect3>|leads? to|led to|results? in|resulted in|contributes? to)\b",
        r"\b(?:caused by|due to|because(?: of)?|owing to|consequence of|results? from|resulting (?:in|from))\b",
        r"\b(?:stems? from|arises? from|aggravating|worsening|leading to)\b",
        r"\b(?:attributed to|attributable to|driven by|forced to)\b",
        r"\b(?:associated|linked|correlated|connected) (?:with|to)\b|\brisk factor\b",
        r"\b(?:connection|relationship|association|link) between\b",
        r"^\W*(?:When|If|Once|Whenever)\b.{3,120}?,\s.{0,80}?\b(?:may|can|could|might|will|becomes?|makes?)\b(?![’'])",
        r"\b(?:As a result|As a consequence|Consequently|This (?:means|is because|explains)|That is because)\b",
        r"\bcan (?:become|persist|occur|appear|develop|feel)\b|\bplays? an? (?:\w+ )?(?:part|role)\b",
    ),
    "benefit": (
        r"<modal>\s(?:<hedge>\s)*<help>",
        r"\b(?:significantly|greatly|effectively|gently|be|be so|is|are|very|highly|most|more|an|a)\s<help>",
        r"\b(?:find|finds|found|experience|experienced|experiencing|provides?|offers?|brings?)\s<help>",
        r"\b(?:significantly|greatly|markedly|substantially)\s(?:reduc|improv|eas|reliev|lower|decreas)\w+",
        r"<help3>|\bprotects against\b|\bnecessary to (?:relieve|prevent|treat|reduce|restore)\b",
        r"\b\w{3,}s\s(?:<hedge>\s)*(?:help|reduce|improve|relieve|ease|prevent|alleviate|heal|strengthen|protect)\b",
        r"\bworks? (?:well|best)\b|\bmakes? a (?:\w+ )?difference\b",
        r"\b(?:effective|beneficial|helpful|safe)\s(?:in|for|against|at|when|as)\b",
    ),
    "harm": (
        r"\bside[- ]effects?\b|\b(?:adverse|complications?|toxic(?:ity)?|fatal|mortality|deaths?)\b",
        r"\b(?:dangerous|harmful|harms?|life-threatening|unsafe|addictive|poisonous)\b",
        r"\brisks? (?:of|for)\b|\bat (?:higher |greater |increased )?risk\b",
        r"\b(?:increase[sd]?|raise[sd]?) (?:the )?risk\b",
    ),
    "frequency": (
        r"\b(?:many|most|few|some|several|the majority of|nearly all|almost all)\s(?:\w+\s){0,2}<patients>",
        r"\ba (?:small|large|significant|growing) (?:number|percentage|proportion|minority|majority) of\b",
        r"(?:%|\bper ?cent) of (?:\w+\s){0,3}<patients>",
        r"<patients>\s(?:with|who|suffering|living)\b[^.]{0,60}?\s(?:<usual>|tend to)\b",
        r"\bin (?:many|most|some|rare|few|severe) cases\b|\b(?:prevalence|incidence|epidemic|lifetime risk)\b",
        r"\b(?:is|are|was|were|being|becoming)\s(?:a |an |the |one of the )?(?:\w+ly |very |quite |most |more |less )?"
        r"(?:common(?:ly)?|rare|frequent|prevalent|widespread|unusual|usual(?:ly)?|typical(?:ly)?)\b",
        r"<usual>\s<happens>",
    ),
    "comparison": (
        r"<more>\b[^.;]{0,60}?\s(?:than|to placebo|to usual)\b",
        r"\bcompared (?:with|to)\b|\bversus\b|\bin comparison (?:with|to)\b|\btwice as\b",
        r"\b(?:best|safest|most effective|ideal|only) (?:\w+ )?"
        r"(?:option|treatment|way|choice|remedy|cure|exercise|therapy)\b",
        r"\bas (?:effective|good|safe|common|likely) as\b|\btimes (?:more|as|higher|greater)\b",
    ),
    "course": (
        r"\b(?:can|may|might|will|often|usually|tends? to|could)\s(?:\w+\s)?(?:<go>|go on\b)",
        r"\b(?:within|after|over|for)\s(?:a few|several|two|three|four|six|eight|twelve|\d+)\s"
        r"(?:days|weeks|months|years)\b[^.]{0,40}\b(?:recover|improve|heal|resolve)\w*",
        r"\b(?:recover|improve|heal|resolve|disappear)s?\s(?:\w+\s){0,3}(?:within|in|after)\s",
        r"\b(?:gets? better|clears? up|goes away|wears? off|lasts)\b|\bincubation period\b",
        r"\b(?:survival|life expectancy|prognosis|recurrence)\b|\blong-term (?:outcome|effect)s?\b",
    ),
    "practice": (
        r"\b(?:reserved for|first-line|gold standard|treatment of choice|standard (?:of care|treatment)|mainstay)\b",
        r"\b(?:is|are|may be|can be)\s(?:\w+ly\s)?(?:necessary|required|needed|prescribed|indicated|contraindicated)\b",
        r"\b(?:is|are|may be|can be)\s(?:\w+ly\s)?(?:treated with|used to treat|performed)\b",
        r"<patients>\s(?:\w+\s){0,6}(?:require|need)s?\b",
    ),
    "conclusion": (
        r"\b(?:this|that|these|those|it|which)\s(?:\w+\s){0,2}?(?:proves?|shows?|suggests?|demonstrates?|confirms?|implies"
        r"|imply|indicates?|means?)\b(?:\sthat)?\s",
        r"\b(?:every|all|any)\s(?:<patients>|patient|person|child|one|body)\b.{0,60}\b(?:must|should|needs? to|will)\b",
        r"\b(?:clearly|obviously|undoubtedly|without (?:a )?doubt|there is no doubt|proof that)\b",
        r"\b(?:nobody|no one|everyone|everybody)\s(?:\w+\s)?(?:needs?|must|should|can|will|benefits?|gets?)\b",
    ),
}

ASKING_QUANTITIES = frozenset({"percent", "ratio", "fraction", "range", "count", "multiple", "p", "measure"})
"""The kinds of quantity that are a claim wherever they stand."""
_SHARE = re.compile(r"\b(?:percentage|proportion|share|fraction|minority|majority|number of|third|quarter|half)\b")


def _claims(text: str, found: Quantity) -> bool:
    """Whether a quantity is a number that a reader could check; "most people" is not, "a small percentage" is."""
    if found.kind == "vague share":
        return bool(_SHARE.search(text[found.start : found.end].lower()))
    return found.kind in ASKING_QUANTITIES


def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    for name, words in _WORDS.items():
        joined = joined.replace(f"<{name}>", rf"\b(?:{'|'.join(words.split())})\b")
    return re.compile(joined, re.IGNORECASE)


_COMPILED = {signal: _compiled(patterns) for signal, patterns in _PATTERNS.items()}


def cues(text: str, offset: int = 0) -> Iterator[Cue]:
    """The cues of a sentence, at most one a signal, in the order of ``MEANING``.

    Parameters
    ----------
    text
        The sentence with citation markers and markup blanked out (same length as the original).
    offset
        Where the sentence starts in the article; the cues' places count from the article's start.
    """
    number = next((found for found in quantities(text) if _claims(text, found)), None)
    if number:
        yield _cue("number", text, number.start, number.end, offset)
    for signal, pattern in _COMPILED.items():
        match = pattern.search(text)
        if match:
            yield _cue(signal, text, match.start(), match.end(), offset)


def _cue(signal: Signal, text: str, start: int, end: int, offset: int) -> Cue:
    return Cue(signal=signal, text=text[start:end].strip(), start=offset + start, end=offset + end)
