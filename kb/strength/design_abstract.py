"""How abstracts name or betray their design: an ordered table, the first row that matches decides.

Rows that name a design stand before rows that only hint at it. That a number of people is mentioned is no hint: it
would make a cohort of everything.
"""

from __future__ import annotations

from kb.strength.design_patterns import Pattern, pattern

_PEOPLE = r"\b(?:patients?|participants|women|volunteers|children|humans?|adults|infants)\b"

ABSTRACT: tuple[Pattern, ...] = (
    pattern(
        "systematic review",
        r"\bwe (?:performed|conducted|did|undertook|carried out) (?:a|an) <5>(?:systematic|meta-?analy)",
        (
            r"\b(?:this|our|present|the aim of this|a|the) <3>systematic(?:ally)? (?:literature )?review (?:and|"
            r"aim|was|of|with|include|present)"
        ),
        (
            r"\b(?:through|by|in|using|this|our) (?:a |an )?<2>meta-analysis\b(?! (?:of|by|show|found|have|has|"
            r"suggest))"
        ),
        r"\bindividual patient (?:data )?meta-analysis\b",
        r"\b<database>\b[^.]{0,120}\b(?:were|was) (?:systematically )?searched\b",
        r"\b(?:systematic(?:ally)?|we) search(?:ed)?\b[^.]{0,60}\b<database>\b",
        unless=(
            r"\bwill be searched\b",
            r"\bprotocol (?:for|of) a systematic",
        ),
    ),
    pattern(
        "guideline",
        r"\bcommissioned this [\w ]{0,30}guideline",
        r"\b(?:this|these|the present|we (?:present|developed)) <4>guidelines?\b[^.]{0,80}\brecommend",
        r"\bconsensus statement (?:was|is|provides)\b",
    ),
    pattern(
        "protocol",
        (
            r"\b(?:participants|patients|subjects|children|women|men|people|adults|individuals|clusters?|"
            r"practices|schools|trial|study|outcomes?|data|measures?|intervention|assessments?|"
            r"analys[ie]s)\b[^.]{0,80}\bwill (?:be|then be|also be|receive|recruit|include|evaluate|compare|"
            r"investigate|undergo|complete|assess|provide|randomly|consist|enrol)"
        ),
        r"\bwe will (?:recruit|randomi[sz]e|enrol|conduct|use|evaluate|compare|assess|include)",
        r"\bmethods?\s?(?:/|and) ?design\b",
        r"\bprotocol for (?:a|the)\b",
        r"\bthis (?:paper|article|protocol) describes the (?:study )?(?:protocol|design|rationale)",
        words="it speaks of what is going to be done",
        unless=(
            (
                r"\bwere (?:recruited|included|enrolled|analy[sz]ed|randomi[sz]ed|randomly|assigned|"
                r"allocated)\b(?![^.]{0,60}\bwill\b)"
            ),
        ),
    ),
    pattern(
        "animal",
        (
            r"\b(?:[0-9]+|[a-z]+(?:teen|ty|-\w+)?|two|six|ten|adult|male|female|albino|wistar|dawley|"
            r"sprague-dawley|healthy|white|gravid|anesthetized|anaesthetized) <2><animal>\b"
        ),
        (
            r"\b(?:rat|mouse|murine|rabbit|porcine|swine|canine|ovine|rodent|animal) (?:model|hippocamp|pancrea|"
            r"brain|liver|heart)"
        ),
        r"\b<animal> were\b",
        r"\bewes?\b",
        words="it reports on animals",
        unless=(_PEOPLE,),
    ),
    pattern(
        "non-randomized trial",
        r"\bnon-?randomi[sz]ed\b",
        r"\bquasi-?(?:experiment|randomi[sz]ed)",
        r"\b(?:open[- ]label,? )?(?:single[- ]arm|uncontrolled) <3>(?:trial|study)\b",
        r"\bphase (?:i|ii|1|2)[ab]? <2>(?:trial|study)\b",
        unless=(
            r"\brandomly\b",
            r"(?<!non-)(?<!non)(?<!quasi-)\brandomi[sz]ed\b",
        ),
    ),
    pattern(
        "randomized trial",
        (
            r"\brandomi[sz]ed,? (?!(?:controlled )?(?:trials|studies|observational))(?:[\w/-]+,? ){0,6}(?:trial|"
            r"study|design|experiment|comparison|crossover|pilot)\b(?! (?:is|are) (?:needed|indicated|warranted|"
            r"required))"
        ),
        r"\brandomi[sz]ed (?:controlled|clinical)\b",
        r"\brct\b",
        (
            r"\b(?:were|was|are|been|we|patients?|participants|subjects|women|and|volunteers|"
            r"then) <3>randomi[sz]ed\b"
        ),
        r"\brandomi[sz]ed (?:to|into|in|between|at|[0-9]|patients|participants|women|children)",
        r"\brandom(?:ly)? (?:assign|allocat|divid|receiv|distribut|split|group)\w*",
        r"\brandom (?:assignment|allocation)",
        r"\bassigned <2>(?:randomly|at random)",
        r"\bdivided <2>randomly",
        r"\ballocated <3>(?:randomly|at random)",
        r"\bafter randomi[sz]ation\b",
        r"\brandomi[sz]ation (?:was|to)\b",
        r"\bcross-?over (?:trial|study|design)\b",
        r"\b(?:double|single)[- ](?:blind|mask)",
        r"\bplacebo[- ](?:controlled|group)\b",
        r"\border of <4>random",
        unless=(
            r"mendelian randomi[sz]ation",
            r"\b(?:case[- ]control|cohort) study (?:was|of|in|among)\b",
        ),
    ),
    pattern(
        "case-control",
        r"\bcase[-– ](?:control|referent)\b",
        r"\bnested case\b",
        r"\bcases and <4>controls\b",
        r"\b(?:age|sex|gender)[- ](?:and (?:[\w-]+-)?(?:sex|age|gender)[- ])?matched <2>controls?\b",
        r"\bmatched control (?:group|subjects)\b",
        r"\bhealthy controls?\b",
        unless=(r"\b(?:retrospective|prospective) cohort\b",),
    ),
    pattern(
        "cross-sectional",
        r"\bcross[- ]sectional\b",
        unless=(
            r"\bcohort study\b",
            r"\blongitudinal study\b",
            r"cross[- ]sectional (?:imag|area|echo)",
        ),
    ),
    pattern(
        "cohort",
        (
            r"\b(?:cohort|longitudinal|follow-up|prospective|retrospective)(?:,? [\w-]+){0,4}? (?:study|analysis|"
            r"review|evaluation|audit|survey|database|series|chart review|design)\b"
        ),
    ),
    pattern(
        "diagnostic accuracy",
        r"\b(?:study of diagnostic|diagnostic[- ]test|diagnostic) accuracy study\b",
    ),
    pattern(
        "case report",
        r"\bwe (?:report|present|describe) (?:a|an|the|one|two) <4>(?:case|patient)\b(?![- ]series)",
        (
            r"\b(?:a|an) [0-9]{1,2}[- ](?:year|month|week|day)s?[- ]old <4>(?:man|woman|boy|girl|male|female|"
            r"patient|infant)"
        ),
        r"\bcase (?:report|presentation)\b",
    ),
    pattern(
        "case series",
        r"\bcase[- ]series\b",
        r"\bseries of [0-9]+ (?:patients|cases)\b",
    ),
    pattern(
        "cross-sectional",
        (
            r"\b(?:questionnaires?|surveys?) (?:was|were|is) <2>(?:sent|mailed|distributed|administered|completed|"
            r"conducted|posted|given|emailed)"
        ),
        r"\b(?:postal|mail|mailed|telephone|national|web-based|online|anonymous) <2>(?:survey|questionnaire)\b",
        r"\bwe surveyed\b",
        r"\bsurvey of\b",
        r"\bprevalence of\b[^.]{0,80}\bwas\b",
        r"\binterviews were\b",
        words="people were asked or counted once",
        unless=(
            r"\bfollow(?:ed|-up)\b",
            r"\bretrospective",
            r"\bprospective",
            r"\bcohort\b",
            r"\blongitudinal",
        ),
    ),
    pattern(
        "in vitro",
        r"\bin vitro\b",
        r"\bcell lines?\b",
        r"\bcultured <3>cells\b",
        unless=(
            _PEOPLE,
            r"in vitro fertili",
        ),
    ),
    pattern(
        "narrative review",
        (
            r"\b(?:this|the present|our|in this|a brief|we) <4>(?:review|overview|"
            r"perspective)\b(?! of (?:the )?(?:medical|patient|case|chart|record))(?!ed (?:the )?(?:medical|"
            r"charts?|records?|data|[0-9]))"
        ),
        r"\bwe (?:discuss|summari[sz]e|highlight|outline)\b",
        r"\b(?:is|are) (?:reviewed|discussed|summari[sz]ed)\b",
        (
            r"\bthis (?:article|paper|chapter) <2>(?:review|discuss|summari|describ|outlin|provid|present|cover|"
            r"explor)"
        ),
        r"\bin this (?:mini-?)?review\b",
        r"\bthis (?:article|paper) will review\b",
        r"\bcovering: ",
        unless=(r"\bpatients were\b", r"\bmethods?:"),
    ),
    pattern(
        "cohort",
        r"\bcohorts?\b",
        r"\bretrospectively\b",
        r"\bprospectively\b",
        r"\bretrospective\b",
        r"\bprospective\b",
        r"\blongitudinal",
        words="people were followed, or their records looked up",
    ),
    pattern(
        "case-control",
        r"\bpatients\b[^.]{0,120}\b(?:and|with|versus|to) <3>healthy <2>(?:volunteers|subjects|individuals|people)\b",
        words="patients were compared with healthy people",
    ),
    pattern(
        "cohort",
        r"\bconsecutive <3>(?:patients|cases|women|men|children|infants)",
        r"\bfollow(?:ed)?[- ]up\b",
        r"\bwere followed\b",
        r"\bmedical records\b",
        r"\bcharts? (?:were|of|review)",
        r"\brecords of\b",
        r"\bregist(?:ry|er)\b",
        r"\bdatabase\b",
        r"\b(?:between|from) (?:[a-z]+ )?(?:19|20)[0-9]{2} (?:and|to|through) (?:[a-z]+ )?(?:19|20)[0-9]{2}",
        r"\bwho underwent\b",
        r"\bpatients <4>were recruited\b",
        (
            r"\bpatients? <4>(?:underwent|were (?:included|studied|examined|evaluated|assessed|treated|divided|"
            r"enrolled|compared|analy[sz]ed))"
        ),
        words="people were followed, or their records looked up",
    ),
)
