"""The tables by which ``kb.language.clauses`` tells verbs, conjunctions and dependent clauses, lower case.

Out of general knowledge of English and of what health writing uses; no corpus was counted.
"""

from __future__ import annotations

CONTRASTS = frozenset("but whereas while whilst although though yet".split())
NEED_COMMA = frozenset("while whilst although though yet so".split())
"""Conjunctions that say something else, or less, where no comma stands before them."""

LEADS = frozenset("although though while whilst whereas".split())
"""Conjunctions of those with which a sentence may begin."""
DEPENDENT = (
    r"\W*(?:(?:and|but|so)\s)?(?:if|when|whenever|unless|because|since|once|until|as|after|before|given|whether|where"
    r"|provided|assuming|considering|whilst)\b"
)
"""How a clause begins within which "and" joins conditions or reasons, not statements."""
OPEN_PAIR = r"\b(?:both|between)\b(?!.*\band\b)|\b(?:whether|not only|not just)\b"
"""Words whose second half is still to come behind "and" or "but"."""
JOINS_LESS = r"but (?:also|rather|instead)\b|so (?:that|far|as|called|much|many)\b|and so (?:on|forth)\b|and/"
NUMBERED = r"(?:^|[\s(])(?:\d|[a-h]|[iv]{1,3})\)"
REPORTED_THAT = (
    r"\b(?:show(?:s|n|ed)?|found|finds?|suggest(?:s|ed)?|indicat(?:es?|ed)|report(?:s|ed)?|demonstrat(?:es?|ed)"
    r"|known|believed?|thought|confirm(?:s|ed)?|reveal(?:s|ed)?|conclud(?:es?|ed)|argu(?:es?|ed)|propos(?:es?|ed)"
    r"|observed|established|estimated?|noted|stat(?:es?|ed)|hypothesi[sz]ed|clear|likely|evidence)\s+that\b"
)
"""Where "that" opens what is asserted; elsewhere it opens a relative clause."""
NAMES = r"\W*(?:(?:[A-ZÀ-Þ][\w’'.-]*|et\s+al\.?|and\s+(?:colleagues|co-?workers)|and|by|in)\W+){0,8}\Z"
"""What stands before a marker that follows the name of its author."""

ASIDE = r",\s(?:which|who|whose|where)\b[^,;:]{1,120},"
"""A relative clause between commas, behind which the main clause goes on."""
SUBORDINATES = frozenset(
    """if when whenever unless because since until whether which who whom whose where wherein whereby that
    what how why whereas while whilst although though""".split()
)
NO_SUBJECT = frozenset(
    """which who whom whose where when if because since unless whether what how why to than as such not that or
    nor""".split()
)
"""How what follows a conjunction begins where it is no clause that stands by itself."""
AUXILIARIES = frozenset(
    """is are was were has have had do does did can could may might will would shall should must cannot isn't aren't
    wasn't weren't hasn't haven't hadn't don't doesn't didn't can't couldn't won't wouldn't shouldn't remained occurred
    appeared seemed tended became began rose fell grew""".split()
)
"""Verbs by themselves, whatever stands beside them; with past forms that are neither noun nor participle."""
VERBS = frozenset(
    """accelerate account act activate advise affect aggravate agree aid alleviate allow appear argue become begin
    believe belong bind block carry cause change claim come compare comprise conclude confer confirm consist
    constitute contain continue contribute correlate cure decline decrease delay depend depict describe develop
    die differ diminish disappear ease eliminate enable encode end enhance ensure evolve exacerbate exceed
    exhibit exist experience explain express facilitate fail feel find follow form function gain generate get
    give go grow happen harm heal help hold impair imply improve include increase indicate induce inform inhibit
    interact interfere involve keep know lack last lead limit live lose lower maintain make mean mediate
    modulate need occur offer persist play point possess predict prefer prescribe prevent produce promote
    propose protect prove provide raise range reach receive recognise recognize recommend recover reduce reflect
    regulate release relieve rely remain report represent require respond restore result reveal rise say seek
    seem serve share show slow start stimulate stop strengthen suffer suggest support suppress sustain take
    target tend think treat trigger undergo use vary want weaken work worsen""".split()
)
PAST = frozenset("found led made took gave held lost kept saw".split())
"""Past forms that are participles too, as those in -ed are."""
BEHIND_PAST = frozenset("the a an that no their its his her our this these those how whether".split())
"""What follows a verb in the past and not a participle."""
BEHIND_NOUN = frozenset("of in for and or from by among between as to at are is was were have had has can may".split())
"""Behind a form that is a noun as well ("changes in mood", "use of heat") these tell the noun."""
PARTICLES = frozenset(
    """heal-by heal-in result-in occur-in occur-among occur-at last-for account-for differ-in differ-from
    differ-between vary-between vary-from range-from serve-as act-as function-as suffer-from appear-in appear-to
    exist-in exist-for work-for work-by remain-in persist-in develop-in begin-in recover-from lead-to seem-to
    tend-to point-to respond-to contribute-to fail-to continue-to need-to consist-of come-from depend-on
    begin-to help-to increase-to belong-to""".split()
)
"""Verbs with what belongs to them: no noun, for all that stands behind it."""
BEFORE_NOUN = frozenset(
    """the a an of in for no these those some many more most and or with by to from on their its such this any other
    can could may might will would should must not""".split()
)
"""Before a form that is a noun or an infinitive as well these tell it."""
PLURAL = frozenset("they we you i people children women men data patients adults mice rats them few others".split())
NO_PLURAL = frozenset("this is was has does its thus as always perhaps across less us".split())
ADVERBS = frozenset(
    """often also then thus therefore even still not never always usually hence sometimes rarely seldom further
    again now only moreover furthermore consequently thereby too both in turn fact instead""".split()
)
PREPOSITIONS = frozenset(
    """in of on at for from by with without to among between under over within during as after before via per
    through despite unlike upon""".split()
)
