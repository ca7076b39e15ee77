"""Which wordings ask for a source: the table behind ``kb.language.cues``, by how much weight each has.

A row is (first words, what follows, what stands before), as ``kb.language.wordings`` reads it.
"""

from __future__ import annotations

from typing import TypeAlias

from kb.model import Signal

Row: TypeAlias = tuple[str] | tuple[str, str] | tuple[str, str, str]
Rows: TypeAlias = dict[Signal, tuple[Row, ...]]

PLAIN: Rows = {
    "vague attribution": (
        ("<knower>", r"(?!\s(?:(?:are|is|were) )?not shown\b)\s(?:\w+\s){0,2}?(?:<auxiliary>\s){0,3}<knows>"),
        ("<knower>", r"\s(?:\w+\s){0,2}?points? to\b"),
        ("<knower>", r"\s(?:in|by|from|of|at|on|into)\s(?:[\w'-]+\s){1,6}?<knows>"),
        ("<knower>", r"\sha(?:s|ve)\s(?:\w+\s){1,2}(?:our|the)\s(?:understanding|knowledge|view|picture)\b"),
        ("according", r"\sto\s(?:\w+\s){0,3}<knower>"),
        ("based", r"\son\s(?:\w+\s){0,3}<knower>"),
        ("supported backed proven confirmed", r"\sby\s(?:\w+\s){0,3}<knower>"),
        (
            "is are was were been",
            r"\s(?:(?:also|now|generally|commonly|increasingly|often|long)\s)?(?:well[\s-]|widely[\s-])?<known>\s(?:to|that|as)\b",
        ),
        (
            "s",
            r"\s(?:(?:also|now|generally|commonly|increasingly|often|long)\s)?(?:well[\s-]|widely[\s-])?<known>\s(?:to|that|as)\b",
            "'",
        ),
        (
            "been",
            r"\s(?:reported|documented|described|shown|demonstrated|observed)\s(?:in|for|by|with)\b",
            r"\bha[sv]e?\s",
        ),
        ("there", r"\sis\s(?:\w+\s){0,2}evidence\b"),
        ("with despite given", r"\s(?:\w+\s){0,2}evidence\b"),
        ("proven", "", r"\b(?:scientifically|clinically|medically)[\s-]"),
        (
            "<knower> results",
            r"\s(?:[\w-]+\s){0,3}?(?:is|are|was|were)\s(?:\w+ly\s|very\s)?(?:clear|positive|promising|encouraging|mixed"
            r"|conclusive|convincing|strong|solid|overwhelming)\b",
        ),
        (
            "studies researchers scientists trials",
            r"\s(?:have|has)\s(?:\w+\s)?(?:looked|examined|investigated|tested)\b",
        ),
    ),
    "guideline": (
        ("guideline guidelines",),
        ("clinical current national official international latest", r"\s(?:\w+\s)?guidance\b"),
        ("consensus", r"\s(?:statement|panel)\b"),
        ("best", r"\spractice (?:statement|advice)\b"),
        ("official", r"\s(?:advice|recommendations?)\b"),
        ("is are", r"\s(?:\w+ly\s)?recommended\b"),
        ("recommended", r"\s(?:dose|daily|treatment|first)"),
        (
            "organization organisation nice cdc fda ema nhs uspstf",
            r"\s(?:\w+\s)?(?:recommends?|advises?|states?|says?|warns?)\b",
        ),
        ("who", r"\s(?:recommends|advises|states|says|warns)\b", r"\bthe\s"),
    ),
    "benefit": (
        ("<modal>", r"\s(?:<hedge>\s){0,3}<help>"),
        ("significantly greatly effectively gently be is are very highly most more an a", r"\s<help>"),
        ("be", r"\sso <help>"),
        (
            "find finds found experience experienced experiencing provide provides offer offers bring brings",
            r"\s<help>",
        ),
        ("significantly greatly markedly substantially", r"\s(?:reduc|improv|eas|reliev|lower|decreas)\w+"),
        ("<help3>",),
        ("improved resolved eased subsided better", r"\sin\s(?:\w+\s){0,2}?\d[\d.,]{0,6}\s?(?:%|percent\b|per cent\b)"),
        (
            "halve halves halved",
            r"\s(?:(?:the|their|your|his|her)\s)?(?:\w+\s){0,2}?(?:pain|swelling|symptoms?|stiffness|fever|attacks?|mortality)\b",
        ),
        ("necessary", r"\sto (?:relieve|prevent|treat|reduce|restore)\b"),
        (
            "help reduce improve relieve ease prevent alleviate heal strengthen protect",
            "",
            r"\b\w{3,}s\s(?:<hedge>\s){0,3}",
        ),
        ("work works", r"\s(?:well|best|wonders|against)\b"),
        ("work", r"\b(?!\s(?:at|in|with|from|on|out)\b)", r"\b(?:do|does|did|will|can)(?:n't|\snot)\s"),
        ("benefit benefits", "", r"\b(?:no|any|little|some|clear|real|many|several|great|health|proven|has|have)\s"),
        (
            "properties effects effect",
            "",
            r"\b(?:anti-\w+|antioxidant|antibacterial|healing|calming|soothing|protective|analgesic|antimicrobial"
            r"|therapeutic|medicinal|pain-relieving)\s",
        ),
        ("save saves saved", r"\s(?:\w+\s)?lives\b"),
        ("make makes", r"\sa (?:\w+ )?difference\b"),
        ("effective beneficial helpful safe ineffective", r"\s(?:in|for|against|at|when|as)\b"),
    ),
    "harm": (
        ("side", r"[- ]effects?\b"),
        (
            "adverse complication complications toxic toxicity fatal mortality death deaths dangerous harmful harm"
            " harms unsafe addictive poisonous",
        ),
        ("life", "-threatening"),
        ("risk risks", r"\s(?:of|for)\b"),
        ("at", r"\s(?:higher |greater |increased )?risk\b"),
        (
            "increase increases increased raise raises raised double doubles doubled triple triples tripled",
            r"\s(?:the |your |their )?risk\b",
        ),
    ),
    "frequency": (
        ("many most few some several", r"\s(?:\w+\s){0,2}<patients>"),
        ("the", r"\smajority of\s(?:\w+\s){0,2}<patients>"),
        ("nearly almost", r"\sall\s(?:\w+\s){0,2}<patients>"),
        ("a", r"\s(?:small|large|significant|growing) (?:number|percentage|proportion|minority|majority) of\b"),
        ("% percent cent", r"\sof (?:\w+\s){0,3}<patients>"),
        ("prevalence incidence epidemic",),
        ("lifetime", r"\srisk\b"),
    ),
}
"""What plainly asks for a source."""

NORMAL: Rows = {
    "frequency": (
        ("<patients>", r"\s(?:with|who|suffering|living)\b[^.]{0,60}?\s(?:<usual>|tend to)\b"),
        ("in", r"\s(?:many|most|some|rare|few|severe) cases\b"),
        (
            "is are was were being becoming",
            r"\s(?:a |an |the |one of the )?(?:\w+ly |very |quite |most |more |less )?"
            r"(?:common(?:ly)?|rare|frequent|prevalent|widespread|unusual|usual(?:ly)?|typical(?:ly)?)\b",
        ),
        ("common rare prevalent frequent widespread", "", r"\b(?:more|less|most)\s"),
        ("<usual>", r"\s(?:<happens>|(?:has|have|had|requires?|needs?|goes?|lasts?|takes?)\b)"),
        ("tend tends", r"\sto\b"),
    ),
    "cause": (
        ("<modal>", r"\s(?:<hedge>\s){0,3}<effect>"),
        ("<effect3> <acts>", "", r"\w*[a-z]\s(?:<hedge>\s){0,3}"),
        # "Track changes" and "all changes" are nouns: only with an object is it the verb.
        (
            "changes",
            r"\s(?:the|how|what|your|our|their|its|his|her|a|an|this|these)\b",
            r"\w*[a-z]\s(?:<hedge>\s){0,3}",
        ),
        (
            "<act>",
            r"\s(?!of\b|in\b|rates?\b|than\b)",
            r"\b(?!(?:this|has|was|does|its|less|across|always|various|serious|previous|unless|perhaps|towards|versus|thus"
            r"|obvious|possible|us|as|is|his)\b)[a-z]{3,}s\s(?:<hedge>\s){0,3}",
        ),
        (
            "makes make",
            r"\s(?:people|children|you|patients|women|men|adults|(?:the|your) \w+)\s"
            r"(?!(?:sure|sense|to|for|of|and)\b)\w+",
            r"\w*[a-z]\s",
        ),
        (
            "keep keeps",
            r"\s(?:your|the|our)\s\w+\s(?:young|healthy|strong|flexible|supple|at bay|in check)\b",
            r"\w*[a-z]\s",
        ),
        ("puts put places", r"\s(?:\w+\s){0,3}?(?:stress|strain|pressure|load)\b"),
        ("cause causes", r"\sof\b", r"\b(?:root|main|leading|major|common|primary|chief|frequent|number one)\s"),
        ("prone susceptible", r"\sto\b"),
        ("lead leads led contribute contributes contributed", r"\sto\b", r"\w*[a-z]\s(?:<hedge>\s){0,3}"),
        ("result results resulted", r"\sin\b", r"\w*[a-z]\s(?:<hedge>\s){0,3}"),
        ("caused driven", r"\sby\b"),
        ("due owing attributed attributable forced leading", r"\sto\b"),
        ("because consequence aggravating worsening",),
        ("result results resulting stem stems arise arises", r"\s(?:from|in)\b"),
        ("associated linked correlated connected", r"\s(?:with|to)\b"),
        ("risk", r"\sfactors?\b"),
        ("connection relationship association link", r"\sbetween\b"),
        (
            "when if once whenever",
            r".{3,120}?,\s.{0,80}?\b(?:may|can|could|might|will|becomes?|makes?)\b(?!')",
            r"\A\W*",
        ),
        ("as", r"\sa (?:result|consequence)\b"),
        ("this", r"\s(?:means|is because|explains)\b"),
        ("that", r"\sis because\b"),
        ("consequently",),
        ("can", r"\s(?:become|persist|occur|appear|develop|feel)\b"),
        ("play plays", r"\san? (?:\w+ )?(?:part|role)\b"),
    ),
    "comparison": (
        ("<more>", r"\b[^.;]{0,60}?\s(?:than|to placebo|to usual)\b"),
        ("more less", r"\s(?:likely|prone|susceptible|vulnerable|effective|severe)\b"),
        ("compared", r"\s(?:with|to)\b"),
        ("versus",),
        ("in", r"\scomparison (?:with|to)\b"),
        ("twice", r"\sas\b"),
        ("best safest ideal only", r"\s(?:\w+ )?(?:option|treatment|way|choice|remedy|cure|exercise|therapy)\b"),
        ("most", r"\seffective (?:\w+ )?(?:option|treatment|way|choice|remedy|cure|exercise|therapy)\b"),
        ("as", r"\s(?:effective|good|safe|common|likely) as\b"),
        ("times", r"\s(?:more|as|higher|greater|lower|less)\b"),
    ),
    "course": (
        ("can may might will often usually tend tends could", r"\s(?:to\s)?(?:\w+\s)?(?:<go>|go on\b)"),
        (
            "within after over for",
            r"\s(?:a few|several|two|three|four|six|eight|twelve|\d+)\s"
            r"(?:days|weeks|months|years)\b[^.]{0,40}\b(?:recover|improve|heal|resolve)\w*",
        ),
        (
            "recover recovers improve improves heal heals resolve resolves disappear disappears",
            r"\s(?:\w+\s){0,3}(?:within|in|after)\s",
        ),
        ("get gets", r"\sbetter\b"),
        ("clear clears", r"\sup\b"),
        ("goes", r"\saway\b"),
        ("wear wears", r"\soff\b"),
        (
            "last lasts lasted",
            r"\s(?:for |about |around |up to |at least |only )?(?:\d+|an?\b|several|two|three|four|six|many)",
        ),
        ("survival prognosis recurrence",),
        ("incubation", r"\speriod\b"),
        ("life", r"\sexpectancy\b"),
        ("long", r"-term (?:outcome|effect)s?\b"),
    ),
    "practice": (
        ("reserved", r"\sfor\b"),
        ("first", r"-line\b"),
        ("gold", r"\sstandard\b"),
        ("treatment", r"\sof choice\b"),
        ("standard", r"\s(?:of care|treatment)\b"),
        ("mainstay",),
        (
            "is are be",
            r"\s(?:\w+ly\s)?(?:necessary|required|needed|prescribed|indicated|contraindicated"
            r"|treated with|used to treat|performed)\b",
        ),
        ("<patients>", r"\s(?:\w+\s){0,6}(?:require|need)s?\b"),
        ("doctors physicians clinicians surgeons", r"\s(?:\w+\s){0,2}?(?:prescribe|use|offer|order|perform|treat)\b"),
        (
            "should",
            r"\s(?:\w+\s){1,6}?(?:a day|per day|daily|a week|every day|at least|no more than|up to)\b",
        ),
        ("used", r"\s(?:for \w+ )?(?:for|since)\s(?:centuries|thousands|generations|ancient|decades)\b"),
    ),
    "conclusion": (
        (
            "this that these those it which",
            r"\s(?:\w+\s){0,2}?(?:proves?|shows?|suggests?|demonstrates?|confirms?|implies|imply|indicates?|means?)\b(?:\sthat)?\s",
        ),
        ("every all any", r"\s(?:<patients>|patient|person|child|one|body)\b.{0,60}\b(?:must|should|needs? to|will)\b"),
        ("clearly obviously undoubtedly",),
        ("without", r"\s(?:a )?doubt\b"),
        ("there", r"\sis no doubt\b"),
        ("proof", r"\sthat\b"),
        ("nobody everyone everybody", r"\s(?:\w+\s)?(?:needs?|must|should|can|will|benefits?|gets?)\b"),
        ("no", r"\sone\s(?:\w+\s)?(?:needs?|must|should|can|will|benefits?|gets?)\b"),
    ),
}
"""What asks for a source as a rule."""

STRICT: Rows = {
    "cause": (
        ("may might can could", r"\s(?:\w+\s){0,2}be\b"),
        (
            "regulate regulates control controls enable enables support supports allow allows depend depends require"
            " requires involve involves disturb disturbs squeeze squeezes press presses stop stops",
        ),
        ("responsible", r"\sfor\b"),
        ("related", r"\sto\b"),
        ("thanks", r"\sto\b"),
    ),
    "benefit": (
        ("good great important essential vital crucial key", r"\s(?:for|to|in)\b"),
        ("healthy healthier soothing",),
        ("support supports", r"\s(?:\w+\s){0,2}(?:health|recovery|healing|function)\b"),
    ),
    "frequency": (
        ("<usual>",),
        ("always never sometimes mostly mainly",),
        ("many most several few", r"\s\w+"),
    ),
    "comparison": (
        ("<more>",),
        ("best worst safest strongest largest longest biggest highest lowest leading main",),
    ),
    "course": (("over", r"\stime\b"), ("eventually gradually slowly",), ("long short", r"[- ](?:term|lasting)\b")),
    "practice": (
        ("should must",),
        ("is are be", r"\s(?:\w+ly\s)?(?:used|given|taken|offered|advised|treated|diagnosed|tested)\b"),
    ),
    "conclusion": (("therefore thus hence shows means proves",),),
}
"""What might ask for a source."""
