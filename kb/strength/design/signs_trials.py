"""Signs of experiments on people: trials with and without random allocation, and their protocols."""

from __future__ import annotations

from kb.strength.design.signs import Sign, trial

_NOT_OTHERWISE = r"(?<!non[\s-])(?<!non)(?<!quasi[\s-])(?<!quasi)"
_NOT_WANTED = (
    r"(?![\s,]+(?:is|are|was|were|will be|would be|should be|appears?|seems?|has been)\s(?:\w+\s){0,2}"
    r"(?:needed|required|warranted|indicated|necessary|justified|recommended|planned|called))"
)

TRIALS: dict[str, Sign] = {
    "randomized trial": Sign(
        trial(4.0),
        (
            (
                "randomized randomised",
                r"(?:[\s,/(–-]+(?!trials\b|studies\b)[\w-]+\)?){0,6}?[\s,/–-]+(?:trial|study|design|experiment|"
                rf"comparison|crossover|pilot|evaluation|investigation|fashion|manner)\b{_NOT_WANTED}",
                _NOT_OTHERWISE,
            ),
            (
                "rct",
                rf"\b{_NOT_WANTED}",
                r"\b(?:an?|this|our|the|arm|pilot|blind|blinded|cluster|controlled|group|parallel)[\s-]",
            ),
            ("randomly", r"\scontrolled\b"),
        ),
    ),
    "assigned at random": Sign(
        trial(4.0),
        (
            (
                "randomly",
                r"\s(?:\w+\s){0,2}?(?:assign|allocat|divid|distribut|split|group|receiv|administered|given|separated|"
                r"included|enrolled|to\b|into\b|in\b|treated)",
                r"(?<!will be )",
            ),
            (
                "randomly",
                "",
                r"\b(?:assigned|allocated|divided|distributed|separated|grouped)\s(?:[\w-]+\s){0,3}?",
            ),
            (
                "random",
                "",
                r"\b(?:assigned|allocated|divided|distributed|adopted|performed|given|presented|order)\s(?:[\w-]+\s){0,3}?(?:at|by)\s",
            ),
            (
                "randomized randomised",
                r"[\s,]+(?:\w+ly\s)?(?:to|into|in|between|at|according|using|by|either|within|after|prior|\(|[0-9]+|"
                r"<people>)",
                _NOT_OTHERWISE + r"(?<!be )",
            ),
            (
                "randomized randomised",
                "",
                r"\b(?:were|was|are|been|we|who|then|equally|patients|participants|subjects|women|and)\s(?:\w+\s){0,2}",
            ),
            ("random randomized randomised", r"\s(?:assign|allocat|order\b|sequence)"),
            (
                "randomization randomisation",
                r"\s(?:was|to|list|ratio|code|schedule|sequence|stratified|procedure|in)\b",
                r"(?<!mendelian )",
            ),
            ("randomization randomisation", "", r"\b(?:after|following|before|at)\s"),
            ("minimization minimisation", "", r"\b(?:by|using)\s(?:\w+[\s-]){0,2}"),
        ),
    ),
    "blinding": Sign(
        trial(2.0),
        (
            ("double single triple", r"[\s-](?:blind|mask|dummy)"),
            ("blind blinded", "", r"\b(?:assessor|observer|investigator|participant|patient)[\s-]"),
            ("blinded", r"\s(?:to\s(?:\w+\s){0,2}(?:allocation|treatment|group|assignment)|randomi|placebo|assess)"),
        ),
    ),
    "placebo": Sign(
        trial(2.0),
        (
            ("placebo placebos sham", r"[\s-](?:controlled|group|arm|treatment|was|were|tablets?|capsules?|n\s?=|\()"),
            (
                "placebo sham",
                "",
                r"\b(?:or|and|versus|vs|than|with|matching|received|of)\.?\s(?:an?\s)?(?:\w+\s)?",
            ),
        ),
    ),
    "crossover": Sign(
        trial(2.0),
        (
            ("crossover",),
            ("cross crossed", r"[\s-]over\b"),
            ("washout",),
            ("wash", r"[\s-]out\b"),
            ("latin", r"\ssquare\b"),
            ("counterbalanced",),
            ("split", r"[\s-](?:mouth|face)\b"),
        ),
    ),
    "arms compared": Sign(
        trial(1.0),
        (
            ("arm arms",),
            ("parallel", r"[\s-](?:group|arm|design)"),
            ("intervention experimental treatment active", r"\sgroups?\b"),
            ("allocated assigned", r"\sto\b"),
            ("usual standard routine", r"\s(?:medical\s|primary\s)?(?:care|treatment|therapy|advice)\b"),
            ("wait waiting waitlist attention", r"(?:[\s-]list)?[\s-]control"),
        ),
    ),
    "intention to treat": Sign(
        trial(1.5),
        (
            ("intention intent", r"[\s-]to[\s-]treat"),
            ("per", r"[\s-]protocol\s(?:analys|population|set)"),
            ("allocation", r"\sconcealment"),
            ("inferiority noninferiority",),
            ("superiority equivalence", r"\s(?:trial|study|margin|design)"),
            ("cluster", r"[\s-](?:randomi|level|trial)"),
        ),
    ),
    "registered trial": Sign(
        trial(1.5),
        (
            ("registration registry register identifier", "", r"\btrials?\s(?:\w+\s)?"),
            ("clinicaltrials clinicaltrial isrctn eudract",),
        ),
    ),
    "endpoint": Sign(
        trial(0.7),
        (
            ("primary secondary", r"\s(?:efficacy\s|study\s|outcome\s)?(?:outcomes?|end[\s-]?points?)\b"),
            ("efficacy",),
            ("adverse", r"\s(?:events?|effects?|reactions?)\b"),
            ("tolerated tolerability",),
        ),
    ),
    "trial": Sign(
        trial(1.0),
        (
            (
                "trial",
                r"(?!\sof\slabou?r)",
                r"\b(?:this|the|our|an?|pilot|clinical|controlled|exploratory|field|feasibility|intervention|effectiveness|efficacy|"
                r"comparative|prevention|treatment|community|pragmatic)\s",
            ),
            ("controlled", r"\s(?:clinical\s)?(?:trial|study)\b"),
        ),
    ),
    "given": Sign(
        trial(0.7),
        (
            ("received receive", r"\s(?:either|placebo|one of|no|[0-9])"),
            ("either", r"\s(?:[\w-]+\s){1,8}or\b"),
            ("consumed ingested supplementation intervention interventions training programme program",),
            ("given administered infused instructed supplemented trained offered", "", r"\b(?:were|was)\s"),
            ("mg", r"\s?/\s?(?:kg|day|d)\b"),
        ),
    ),
    "non-randomized trial": Sign(
        {"non-randomized trial": 5.0},
        (
            ("randomized randomised", "", r"\bnon[\s-]"),
            ("nonrandomized nonrandomised quasiexperimental",),
            ("quasi", r"[\s-]?(?:experiment|randomi)"),
            ("single one", r"[\s-](?:arm|group)[\s,]+(?:[\w-]+[\s,]+){0,4}?(?:trial|study|pilot|design)\b"),
            ("uncontrolled", r"\s(?:[\w-]+\s){0,3}?(?:trial|study|pilot)\b"),
            ("open", r"[\s-]label[\s,]+(?:[\w-]+[\s,]+){0,3}?(?:pilot|extension|uncontrolled|single)"),
            ("interrupted", r"\stime[\s-]series"),
            ("before pre", r"[\s-](?:and[\s-])?(?:after|post)\s(?:test\s)?(?:study|trial|design)"),
            ("historical", r"\scontrols?\b"),
        ),
    ),
    "early phase": Sign(
        {"non-randomized trial": 1.5},
        (
            ("phase", r"\s(?:i|ii|1|2|1b|2a|2b|ib|iia|iib|i/ii|1/2)\b"),
            ("open", r"[\s-]label\b"),
            ("dose", r"[\s-]escalation\s(?:trial|study|design|phase)"),
            ("pilot feasibility", r"\s(?:trial|study)\b"),
        ),
    ),
}

PROTOCOLS: dict[str, Sign] = {
    "will": Sign(
        {"protocol": 3.0, "randomized trial": -1.0},
        (
            (
                "will",
                r"\s(?:then\s|also\s|all\s|each\s)?(?:be\s(?:\w+ly\s|then\s|also\s)?(?:\w+ed|undertaken|done|held|made|"
                r"given|drawn|taken|sent|carried|run)|receive|recruit|include|evaluate|compare|investigate|undergo|"
                r"complete|assess|participate|consist|enrol|randomi|take|test|examine|determine|attend|measure|employ|"
                r"have|select|draw)",
            ),
            (
                "recruited randomized randomised measured enrolled evaluated collected compared conducted",
                "",
                r"\b(?:are|is)\s(?:to\sbe|being)\s",
            ),
        ),
        aside=0.5,
    ),
    "results to come": Sign(
        {"protocol": 2.0, "randomized trial": -0.5},
        (
            (
                "will",
                r"\s(?:\w+\s)?(?:provide|inform|contribute|help|add|generate|give|offer|determine|improve|increase|"
                r"show|demonstrate|lead|be\sthe\sfirst|be\sof|be\spublished|be\sdisseminated|be\savailable|"
                r"be\spresented)",
                r"\b(?:study|trial|results|findings|project|data|this|research|it|outcomes)\s(?:\w+\s){0,4}?",
            ),
            ("expected anticipated hypothesized hypothesised", r"\s(?:to|that)\b"),
            ("effective successful", "", r"\bif\s(?:\w+\s){0,5}?"),
            ("aims", r"\sto\b", r"\b(?:study|trial|project|research|protocol|paper)\s"),
            ("ongoing",),
            ("derr1 prr1",),
            ("yet", "", r"\b(?:not|are)\s(?:\w+\s)?"),
            (
                "started began",
                "",
                r"\b(?:recruitment|enrolment|enrollment|collection|inclusion|study|trial)\s(?:has\s|was\s)?",
            ),
            ("currently", r"\s(?:being|recruiting|underway|under\sway)"),
        ),
        aside=0.7,
    ),
    "methods and design": Sign(
        {"protocol": 3.0, "randomized trial": -0.5},
        (
            ("methods method", r"\s?(?:/|and|&)\s?design\b"),
            ("design", r"\s?(?:/|and|&)\s?methods?\s?:"),
            ("ethics", r"\sand\s(?:dissemination|disseminate)"),
        ),
    ),
    "protocol": Sign(
        {"protocol": 5.0},
        (
            ("protocol", r"\s(?:for|of)\s(?:an?|the|our)\b", r"\b(?:study|trial|review|research|is\sa|the)\s"),
            ("protocol", r"\s(?:describes|presents|outlines|reports|provides|details)\b"),
            ("protocol", "", r"\b(?:this|our|present|a)\s(?:study|review|trial)\s"),
            ("protocol", "", r"\bthis\s"),
            (
                "design rationale protocol methods outline",
                "",
                r"\b(?:describes?|presents?|outlines?|reports?)\s(?:on\s)?the\s(?:\w+\s(?:and\s)?){0,2}",
            ),
            (
                "rationale",
                r"[\s,]+(?:\w+\s)?(?:and|,)\s(?:the\s)?(?:study\s)?(?:design|protocol|methods)\b",
            ),
        ),
    ),
    "told in the present": Sign(
        {"protocol": 1.5, "randomized trial": -0.5},
        (
            (
                "randomized randomised recruited included enrolled allocated assigned eligible collected measured "
                "invited performed conducted planned stratified",
                "",
                r"\b(?:are|is)\s(?:\w+ly\s)?",
            ),
            ("trial study rct design", "", r"\bis\s(?:an?|designed|the)\s(?:[\w-]+,?\s){0,6}?"),
            ("outcome outcomes endpoint endpoints measure measures", r"\s(?:is|are|include|includes)\b"),
            ("registered approved", "", r"\b(?:is|has)\s(?:been\s)?"),
        ),
    ),
}

EXPERIMENTS = {**TRIALS, **PROTOCOLS}
