"""Which wordings ask for a source: the table behind ``kb.language.cues``, by how much weight each has.

A row is (first words, what follows, what stands before), as ``kb.language.wordings`` reads it.
"""

from __future__ import annotations

from typing import TypeAlias

from kb.model import Signal

Row: TypeAlias = tuple[str] | tuple[str, str] | tuple[str, str, str]
Rows: TypeAlias = dict[Signal, tuple[Row, ...]]

LISTS = {
    "knower": """
        study studies research researcher researchers evidence data analysis analyses literature trial
        trials expert experts doctor doctors physicians clinicians scientists specialists practitioners
        therapists surgeons insight insights finding findings review reviews survey surveys report reports
        authors investigators authorities statistics science experiments guidance guideline guidelines
        dietitians psychologists psychiatrists dermatologists dentists""",
    "knows": """
        show shows shown showed suggest suggests suggested indicate indicates indicated demonstrate
        demonstrates demonstrated reveal reveals revealed find finds found confirm confirms confirmed report
        reports reported emphasize emphasizes emphasise emphasises stress stresses recommend recommends
        recommended advise advises advised agree agrees agreed believe believes say says said warn warns
        warned argue argues argued link links linked support supports supported prove proves proven proved
        establish establishes established expand expands expanded conclude concludes concluded describe
        describes described highlight highlights highlighted note notes noted estimate estimates estimated
        identify identifies identified observe observed claim claims compared examined explored discover
        discovers discovered state states stated think urge urges tell tells""",
    "effect": """
        cause causes caused lead leads led trigger triggers triggered disrupt disrupts disrupted alter alters
        altered change changes changed affect affects affected aggravate aggravates aggravated worsen worsens
        worsened result results resulted contribute contributes contributed increase increases increased
        decrease decreases decreased create creates created produce produces produced induce induces induced
        impair impairs impaired damage damages damaged weaken weakens weakened inhibit inhibits inhibited
        activate activates activated stimulate stimulates stimulated impact impacts impacted influence
        influences influenced determine determines determined promote promotes promoted raise raises raised
        lower lowers lowered make makes block blocks blocked suppress suppresses suppressed provoke provokes
        provoked irritate compress spread spreads radiate radiates interfere delay double halve cut""",
    "effect3": """
        causes caused triggers triggered disrupts alters aggravates worsens impairs damages activates inhibits
        induces affects changes impact impacts influences raises lowers increases decreases cuts doubles
        halves stimulates suppresses blocks destroys kills fights prolongs shortens slows speeds burns
        delays""",
    "help": """
        help helps helped helpful relieve relieves relieved relieving relief improve improves improved
        improving improvement improvements ease eases eased easing alleviate alleviates alleviated alleviating
        reduce reduces reduced reducing prevent prevents prevented preventing protect protects protected
        protecting restore restores restored restoring strengthen strengthens strengthened strengthening heal
        heals healed healing cure cures cured curing benefit benefits beneficial benefited effective
        effectiveness effectively efficacy efficacious boost boosts boosted soothe soothes calm calms success
        successful successfully ineffective""",
    "help3": """
        reduces improves relieves eases prevents alleviates heals cures strengthens helps protects boosts
        soothes calms restores""",
    "patients": """
        people patients persons individuals adults women men children sufferers cases pregnancies infants
        those babies teenagers adolescents americans britons smokers athletes runners""",
    "modal": """
        can could may might will would shall does do did to that which also often it they and or not cannot""",
    "hedge": """
        also often sometimes further even thus directly actually potentially significantly easily then only
        just""",
    "auxiliary": """
        has have had is are was were also now all clearly consistently increasingly recently generally often""",
    "known": """
        known accepted believed thought considered recognized recognised established documented understood
        shown proven demonstrated reported found estimated said""",
    "usual": "often usually commonly frequently typically rarely generally seldom",
    "more": """
        more less fewer higher lower better worse greater larger smaller faster longer shorter superior
        inferior safer stronger weaker likelier""",
    "go": """
        persist recur resolve recover last progress return relapse improve subside worsen heal disappear""",
    "happens": """
        experience report occur affect develop cause present accompany seen reserved associated start begin
        appear suffer lead leads occurs affects develops causes presents appears starts begins""",
    "be": "is are was were be been being",
}
"""Word lists; a row names one in angle brackets."""

PLAIN: Rows = {
    "vague attribution": (
        ("<knower>", r"\s(?:\w+\s){0,2}?(?:<auxiliary>\s){0,3}<knows>"),
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
        ("necessary", r"\sto (?:relieve|prevent|treat|reduce|restore)\b"),
        (
            "help reduce improve relieve ease prevent alleviate heal strengthen protect",
            "",
            r"\b\w{3,}s\s(?:<hedge>\s){0,3}",
        ),
        ("work works", r"\s(?:well|best)\b"),
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
        ("<usual>", r"\s<happens>"),
    ),
    "cause": (
        ("<modal>", r"\s(?:<hedge>\s){0,3}<effect>"),
        ("<effect3>", "", r"\w*[a-z]\s(?:<hedge>\s){0,3}"),
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
            r"\s(?:for |about |around |up to |at least |only )?(?:\d|an?\b|several|two|three|four|six|many)",
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
