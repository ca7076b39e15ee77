"""Signs of studies that observe people: cohorts, cases with controls, surveys."""

from __future__ import annotations

from kb.strength.design.signs import Sign

COHORTS: dict[str, Sign] = {
    "cohort study": Sign(
        {"cohort": 3.0},
        (
            ("cohort", r"(?:\s[\w-]+){0,2}?\s(?:study|analysis|design|survey|data)\b"),
            (
                "retrospective longitudinal",
                r"(?:,?[\s-]+(?!randomi|case|cross)[\w-]+){0,4}?\s(?:study|studies|analysis|review|evaluation|audit|"
                r"survey|database|series|design|data|investigation|assessment|comparison|chart|records?|observation)\b",
            ),
            ("follow", r"[\s-]up\s(?:study|survey|data)\b"),
        ),
    ),
    "prospective study": Sign(
        {"cohort": 2.0},
        (
            (
                "prospective",
                r"(?:,?[\s-]+(?!randomi|case|cross)[\w-]+){0,4}?\s(?:study|studies|analysis|evaluation|audit|survey|"
                r"database|series|design|data|investigation|assessment|comparison|observation)\b",
            ),
            ("observational", r"[\s,]+(?:[\w-]+\s)?(?:study|trial|design|analysis)\b"),
        ),
    ),
    "cohort": Sign(
        {"cohort": 1.0},
        (
            ("cohort cohorts longitudinal longitudinally prospective retrospective",),
            ("retrospectively", r"(?!\sregistered)"),
            ("prospectively", r"(?!\s(?:registered|randomi))"),
        ),
    ),
    "followed": Sign(
        {"cohort": 0.7},
        (
            ("followed", r"(?:[\s-]up|\sfor\b|\sprospectively|\suntil|\sover|\sthrough)"),
            ("follow", r"[\s-]up\b"),
            ("later", "", r"\b(?:years|months|weeks)\s"),
            ("followup subsequent subsequently",),
            ("developed", "", r"\b(?:who|that|patients|subjects|participants)\s"),
        ),
    ),
    "records": Sign(
        {"cohort": 1.5},
        (
            ("records charts files notes", r"\s(?:were|was|of|from|for|review|retrieved)\b"),
            (
                "record records charts notes files",
                "",
                r"\b(?:medical|clinical|hospital|patient|electronic|health|case|death|admission)\s(?:\w+\s)?",
            ),
            ("chart", r"\sreview\b"),
            ("reviewed", "", r"\b(?:were|was|we|retrospectively)\s(?:\w+ly\s)?"),
            ("reviewed", r"\s(?:all\s|our\s|[0-9])"),
        ),
    ),
    "database": Sign(
        {"cohort": 0.7},
        (
            ("database databases", r"(?!\s(?:were|was)\ssearched)"),
            ("registry register registries", "", r"(?<!trial )(?<!trials )(?<!controlled )(?<!clinical )"),
            ("nationwide national", r"\s(?:\w+\s){0,2}(?:sample|registry|register|database|data)\b"),
            ("linked administrative claims", r"\s(?:\w+\s)?(?:data|database|records|datasets?)\b"),
        ),
    ),
    "consecutive": Sign(
        {"cohort": 0.7},
        (
            ("consecutive consecutively",),
            ("patients", r"\s(?:who|with|undergoing|treated|admitted|seen|referred)", r"\ball\s(?:\w+\s){0,2}"),
        ),
    ),
    "treated in practice": Sign(
        {"cohort": 0.7},
        (
            ("underwent undergoing undergone", ""),
            ("treated operated managed", r"\s(?:with|by|at|on|for|in|between|from|surgically)\b"),
            (
                "hospital institution center centre department unit clinic series",
                "",
                r"\b(?:our|tertiary|referral|academic|one|university|a\ssingle)\s(?:\w+\s){0,2}",
            ),
            ("admitted admission", ""),
            ("diagnosed", r"\s(?:with|as|between|in|by)\b"),
        ),
    ),
    "period": Sign(
        {"cohort": 0.7},
        (
            ("period", "", r"\b(?:year|month|years|months|study|time)\s"),
            (
                " ".join(str(year) for year in range(1930, 2030)),
                r"\s?(?:and|to|through|until|[–-])\s?(?:\w+\.?\s)?(?:[0-9]{1,2},?\s)?(?:19|20)[0-9]{2}\b",
            ),
        ),
    ),
    "survival": Sign(
        {"cohort": 0.7},
        (
            ("kaplan cox survival incidence mortality recurrence recurred",),
            ("hazard hazards",),
        ),
    ),
    "adjusted analysis": Sign(
        {"cohort": 0.5},
        (
            ("multivariate multivariable univariate univariable",),
            ("logistic", r"\sregression"),
            ("predictor predictors predict predicted predictive prognostic",),
            ("risk", r"\sfactors?\b"),
            ("independent independently",),
        ),
    ),
    "course": Sign(
        {"cohort": 0.5},
        (
            ("preoperative preoperatively postoperative postoperatively perioperative intraoperative",),
            ("before", r"\sand\s(?:\w+\s){0,4}?after\b"),
            ("complication complications outcome outcomes",),
            ("length", r"\sof\s(?:hospital\s)?stay"),
        ),
    ),
    "patients studied": Sign(
        {"cohort": 0.7},
        (
            ("<included>", "", r"\b(?:patients|cases|procedures)\s(?:[\w-]+\s){0,4}?(?:were|was|are)\s(?:\w+ly\s)?"),
            (
                "collected obtained reviewed analyzed analysed abstracted extracted",
                "",
                r"\b(?:records|data|samples|specimens|biopsies|scans|images)\s(?:\w+\s){0,6}?(?:were|was)\s(?:\w+ly\s)?",
            ),
            ("divided categorized classified stratified", r"\sinto\b", r"(?<!randomly )"),
        ),
    ),
    "exposure": Sign(
        {"cohort": 0.7},
        (
            ("birth", r"\scohort"),
            ("population", r"[\s-]based\b"),
            ("baseline wave waves exposure exposed unexposed",),
        ),
    ),
}

CONTROLS: dict[str, Sign] = {
    "case-control": Sign(
        {"case-control": 5.0},
        (("case", r"[\s–/-]+(?:control|referent|comparison|controlled)\b"), ("nested", r"\scase")),
    ),
    "matched controls": Sign(
        {"case-control": 2.0},
        (
            ("controls referents", "", r"\b(?:cases|patients)\s(?:[\w-]+\s){0,3}?and\s(?:[\w-]+,?\s){0,5}?"),
            (
                "matched",
                r"\s(?:\w+\s){0,2}?(?:healthy\s|normal\s)?(?:controls?|comparison|subjects|by|for|with|to)\b",
            ),
            ("controls control", r"\s(?:\w+\s){0,3}?(?:were\s|was\s)?matched\b"),
            (
                "age sex gender",
                r"(?:\s?[,/-]\s?|\s(?:and\s)?)(?:[\w-]+\s?[,/-]?\s?(?:and\s)?){0,2}?matched\b",
            ),
        ),
    ),
    "healthy controls": Sign(
        {"case-control": 3.0},
        (
            ("healthy normal unaffected asymptomatic", r"\s(?:[\w-]+\s){0,2}?controls?\b"),
            (
                "healthy normal unaffected asymptomatic normotensive",
                r"\s(?:[\w-]+\s){0,3}?(?:volunteers?|subjects|individuals|people|women|children|persons|men|adults|"
                r"participants|donors)\b",
                r"\b(?:and|or|with|to|than|versus|vs|matched|from|of)\s(?:in\s)?(?:the\s|an?\s)?(?:[\w-]+\s){0,2}",
            ),
        ),
    ),
    "than controls": Sign(
        {"case-control": 1.0},
        (
            (
                "controls",
                "",
                r"\b(?:than|and|in|with|to|the|vs|versus|among|of|from|[0-9]+)\.?\s(?:in\s)?(?:the\s)?(?:\w+\s)?",
            ),
            ("control", r"\s(?:groups?|subjects|patients|individuals|women|children|population)\b"),
            ("comparison", r"\sgroup\b"),
            ("cases", r"\s(?:than|were|had|and)\b"),
        ),
    ),
    "genes": Sign(
        {"case-control": 1.0},
        (("polymorphism polymorphisms genotype genotypes genotyped allele alleles genotyping",),),
    ),
    "levels of patients": Sign(
        {"case-control": 0.7},
        (
            (
                "levels concentrations values",
                r"\s(?:\w+\s){0,3}?(?:were|was)\s(?:\w+\s)?(?:higher|lower|increased|decreased|elevated|reduced)",
            ),
            ("odds", r"\sratios?"),
            ("than compared versus vs", "", r"\bpatients\s"),
        ),
    ),
}

SURVEYS: dict[str, Sign] = {
    "cross-sectional": Sign(
        {"cross-sectional": 5.0},
        (
            (
                "cross",
                r"[\s–-]?sectional(?:ly)?\b(?!\s(?:area|imag|echo|wall|diameter|dimension|view|slice|plane|anatom))",
            ),
            ("crosssectional",),
        ),
    ),
    "survey": Sign(
        {"cross-sectional": 2.5},
        (
            ("survey surveys surveyed nhanes census",),
            ("prevalence", r"\s(?:study|survey|rates?)\b"),
            ("questionnaire questionnaires", r"\s(?:was|were)\s(?:\w+\s)?(?:sent|mailed|distributed|posted|emailed)"),
            ("questionnaire questionnaires survey", "", r"\b(?:postal|mailed|online|web-based|anonymous|telephone)\s"),
        ),
    ),
    "questionnaire": Sign({"cross-sectional": 1.0}, (("questionnaire questionnaires",),)),
    "asked": Sign(
        {"cross-sectional": 1.3},
        (
            ("response", r"\srates?\b(?=.{0,60}(?:question|survey|%))"),
            ("respondents respondent",),
            ("interview interviews interviewed",),
            ("asked", r"\s(?:to|about|whether|if|how)\b"),
            ("self", r"[\s-]?reported"),
            ("attitudes attitude beliefs opinions perceptions awareness qualitative",),
            ("focus", r"\sgroups?\b"),
        ),
    ),
    "sampled": Sign(
        {"cross-sectional": 1.0},
        (
            ("sample samples", "", r"\b(?:random|representative|convenience|stratified)\s(?:\w+\s)?"),
            ("randomly", r"\s(?:selected|sampled|chosen)\b"),
            ("sampling representative",),
        ),
    ),
    "prevalence": Sign({"cross-sectional": 1.0}, (("prevalence prevalences",),)),
    "association": Sign(
        {"cross-sectional": 0.3},
        (("correlated correlation correlations associated association associations relationship relationships",),),
    ),
    "asked of groups": Sign(
        {"cross-sectional": 0.5},
        (
            ("students schoolchildren recruits adolescents employees workers teachers parents",),
            ("physicians doctors nurses practitioners dentists clinicians",),
            ("county counties province households neighborhoods neighbourhoods",),
        ),
    ),
}

OBSERVED = {**COHORTS, **CONTROLS, **SURVEYS}
