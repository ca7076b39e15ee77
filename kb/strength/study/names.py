"""What a study is called by: its registration numbers, and the named cohorts, surveys and databases it draws on.

Shapes of registration numbers: WHO International Clinical Trials Registry Platform, data providers and primary
registries; PROSPERO, University of York. A number is taken only in the full shape of its register.
"""

from __future__ import annotations

import re

_GAP = r"[\s:#-]{0,3}"
_NUMBER = r"(?:\s?(?:identifier|registration|number|no\.?|ID|Id))?"
_REGISTERS: tuple[tuple[str, str], ...] = (
    (rf"NCT{_NUMBER}{_GAP}(\d{{8}}|\d{{4}}\s\d{{4}})", "NCT{0}"),
    (rf"ISRCTN{_NUMBER}{_GAP}(\d{{8}}|\d{{4}}\s\d{{4}})", "ISRCTN{0}"),
    (rf"(?:EudraCT|EUCTR){_NUMBER}{_GAP}(\d{{4}}-\d{{6}}-\d{{2}})", "EudraCT {0}"),
    (rf"ACTRN{_NUMBER}{_GAP}(\d{{14}})", "ACTRN{0}"),
    (rf"ChiCTR{_GAP}((?:[A-Z][A-Za-z]{{1,4}}[-\s]?)?\d{{8,10}})", "ChiCTR{0}"),
    (rf"(?:JPRN-?)?UMIN(?:-?CTR)?{_NUMBER}{_GAP}(\d{{9}})", "UMIN{0}"),
    (rf"JapicCTI{_GAP}(\d{{6}})", "JapicCTI-{0}"),
    (rf"(?:JPRN-?)?jRCT{_GAP}(s?\d{{9,10}})", "jRCT{0}"),
    (r"CTRI[\s/:-]{0,3}((?:19|20)\d{2}[\s/-]\d{2,3}[\s/-]\d{6})", "CTRI/{0}"),
    (rf"DRKS{_NUMBER}{_GAP}(\d{{8}})", "DRKS{0}"),
    (rf"NTR{_GAP}(\d{{2,5}})", "NTR{0}"),
    (rf"PACTR{_GAP}(\d{{15,16}})", "PACTR{0}"),
    (rf"IRCT{_NUMBER}{_GAP}(\d{{10,14}}\s?N\s?\d{{1,3}})", "IRCT{0}"),
    (rf"KCT{_GAP}(\d{{7}})", "KCT{0}"),
    (rf"TCTR{_GAP}(\d{{11}})", "TCTR{0}"),
    (r"RBR-([0-9a-z]{6,8})", "RBR-{0}"),
    (rf"CRD{_GAP}(42\d{{9,10}})", "CRD{0}"),
)
"""How each register writes its numbers, and the form in which they are kept."""
_LEADS = tuple(
    "NCT ISRCTN Eudra EUCTR ACTRN ChiCTR UMIN JapicCTI jRCT CTRI DRKS NTR PACTR IRCT KCT TCTR RBR- CRD".split()
)
_REGISTRATION = re.compile("|".join(rf"\b{way}(?![\w-]*\d)" for way, _ in _REGISTERS))


def registrations(text: str) -> tuple[str, ...]:
    """Registration numbers of trials and reviews in a text, in the form of their register, each once.

    >>> registrations("Registered as NCT 01234567 and ISRCTN-12345678; see NCT123.")
    ('NCT01234567', 'ISRCTN12345678')
    """
    if not any(map(text.__contains__, _LEADS)):
        return ()
    return tuple(dict.fromkeys(_normal(match) for match in _REGISTRATION.finditer(text)))


def _normal(match: re.Match[str]) -> str:
    place = match.lastindex or 1
    form, number = _REGISTERS[place - 1][1], match[place]
    if form.startswith("CTRI"):
        return form.format(re.sub(r"[\s-]", "/", number))
    if form.startswith("ChiCTR"):
        code, digits = re.fullmatch(r"([A-Za-z]*)[-\s]?(\d+)", number).groups()  # type: ignore[union-attr]
        return f"ChiCTR-{code.upper()}-{digits}" if code else f"ChiCTR{digits}"
    return form.format(number if form.startswith("EudraCT") else re.sub(r"\s", "", number))


_KNOWN: tuple[tuple[str, str], ...] = (
    ("KNHANES", r"KNHANES|Korean? National Health and Nutrition Examination Surveys?"),
    ("NHANES", r"NHANES|(?<!Korea )(?<!Korean )National Health and Nutrition Examination Surveys?"),
    (
        "Framingham Heart Study",
        r"Framingham (?:Heart|Offspring|Heart Offspring)(?: Study| Cohort)?|Framingham (?:Study|cohort)",
    ),
    ("Nurses' Health Study", r"Nurses['’]?s? Health Stud(?:y|ies)"),
    ("Health Professionals Follow-up Study", r"Health Professionals['’]? Follow-?[Uu]p Study"),
    ("UK Biobank", r"UK ?Biobank"),
    (
        "EPIC",
        r"European Prospective Investigation in(?:to)? (?:Cancer|Nutrition)|EPIC-[A-Z][a-z]+|EPIC (?:study|cohort)",
    ),
    ("Women's Health Initiative", r"Women['’]s Health Initiative"),
    ("Women's Health Study", r"Women['’]s Health Study"),
    ("Physicians' Health Study", r"Physicians['’]? Health Study"),
    ("ARIC", r"Atherosclerosis Risk [Ii]n Communities|ARIC (?:study|Study|cohort)"),
    ("MESA", r"Multi-?[Ee]thnic Study of Atherosclerosis"),
    ("CARDIA", r"Coronary Artery Risk Development in Young Adults|CARDIA (?:study|Study|cohort)"),
    ("Cardiovascular Health Study", r"Cardiovascular Health Study"),
    ("Jackson Heart Study", r"Jackson Heart Study"),
    ("Rotterdam Study", r"Rotterdam (?:Study|study)"),
    ("Whitehall II", r"Whitehall (?:II|2)"),
    ("English Longitudinal Study of Ageing", r"English Longitudinal Study of Age?ing"),
    ("Health and Retirement Study", r"Health and Retirement Study"),
    ("SHARE", r"Survey of Health,? Age?ing,? and Retirement in Europe"),
    ("CHARLS", r"China Health and Retirement Longitudinal Stud(?:y|ies)|CHARLS"),
    ("China Kadoorie Biobank", r"China Kadoorie Biobank"),
    ("ALSPAC", r"ALSPAC|Avon Longitudinal Study of Parents [Aa]nd Children"),
    ("Million Women Study", r"Million Women Study"),
    ("All of Us", r"All of Us Research Program"),
    ("SEER", r"Surveillance,? Epidemiology,? and End Results"),
    ("CPRD", r"Clinical Practice Research Datalink|General Practice Research Database|CPRD|GPRD"),
    ("THIN", r"The Health Improvement Network"),
    ("QResearch", r"QResearch"),
    ("NHIRD", r"National Health Insurance Research Database|NHIRD"),
    ("BRFSS", r"Behavioral Risk Factor Surveillance System|BRFSS"),
    ("National Health Interview Survey", r"National Health Interview Survey"),
    ("National Inpatient Sample", r"(?:National|Nationwide) Inpatient Sample"),
    ("NSQIP", r"National Surgical Quality Improvement Program|NSQIP"),
    ("HUNT", r"Nord-Tr[øo]ndelag Health Study|HUNT (?:study|Study|\d)"),
    ("MoBa", r"Norwegian Mother,?(?: Father,?)? and Child Cohort|MoBa"),
    ("Danish National Birth Cohort", r"Danish National Birth Cohort"),
    ("Generation R", r"Generation R"),
    ("Osteoarthritis Initiative", r"Osteoarthritis Initiative"),
    ("Multicenter Osteoarthritis Study", r"Multicent(?:er|re) Osteoarthritis Study"),
    ("ADNI", r"Alzheimer['’]s Disease Neuroimaging Initiative|ADNI"),
    ("PURE", r"Prospective Urban(?: and)? Rural Epidemiolog(?:y|ical)"),
    ("TCGA", r"The Cancer Genome Atlas|TCGA"),
    ("MIMIC", r"MIMIC-(?:II|III|IV)"),
    ("VAERS", r"Vaccine Adverse Event Reporting System|VAERS"),
    ("FAERS", r"FDA Adverse Event Reporting System|FAERS"),
    ("Demographic and Health Surveys", r"Demographic and Health Surveys?"),
    ("Add Health", r"National Longitudinal Study of Adolescent(?: to Adult)? Health|Add Health"),
    ("Global Burden of Disease", r"Global Burden of Diseases?(?:, Injuries, and Risk Factors)? Study"),
    ("INTERHEART", r"INTERHEART"),
    ("Seventh-day Adventists", r"Adventist Health Study(?:[- ]2)?"),
    ("Tromsø Study", r"Troms[øo] Study"),
    ("Lifelines", r"LifeLines|Lifelines (?:Cohort|cohort|study)"),
    ("FinnGen", r"FinnGen"),
)
"""Famous cohorts, surveys and databases under the name by which they are kept, and how they are written."""
_FAMOUS = re.compile(
    r"\b(?=[A-Z])(?:" + "|".join(rf"(?P<c{place}>(?:{way})(?!\w))" for place, (_, way) in enumerate(_KNOWN)) + ")"
)
_ENDS = ("Study", "Cohort", "Survey", "Registry", "Register", "Biobank", "Database", "Databank")
_GENERIC = frozenset(
    """
    a an the this our that these present current new large small first second prospective retrospective cohort case
    control controlled case-control cross-sectional cross sectional pilot feasibility randomized randomised clinical
    observational longitudinal population population-based based follow-up followup follow up multicenter multicentre
    single-center multi-center open open-label label phase i ii iii iv double blind double-blind placebo
    placebo-controlled trial design setting methods method participants objective objectives background results
    conclusion conclusions patients study survey registry register database experimental comparative descriptive
    diagnostic prognostic validation qualitative interventional intervention epidemiological historical nationwide
    national nested matched parallel group crossover cross-over human animal in of on and for preliminary exploratory
    health electronic medical online web web-based questionnaire cancer birth data type materials material main
    outcome measures twin disease patient hospital abstract introduction
    """.split()
)
"""Words before "Study" and the like that any study may have."""
_NOT_TELLING = _GENERIC | frozenset("international european american national global head neck breast social".split())
"""Words that alone do not name one."""
_NO_COHORT = re.compile(
    r"Tr[ai]{2}ls?\b|ISRCTN|Form Health|Wanfang|Cochrane|Medline|MEDLINE|PubMed|EMBASE|Embase|CINAHL|Scopus|"
    r"PsycI(?:NFO|nfo)|Outcomes? (?:Study|Survey)|Short[ -]Form|SF-?36|Web of|Approved|Registration|PROSPERO|Protocol|"
    r"Literature|Review"
)
"""Registers of trials, databases of literature, and questionnaires."""


def cohorts(abstract: str) -> tuple[str, ...]:
    """Named cohorts, surveys and databases of an abstract, the famous ones under one name each.

    Titles are not read: in capitals every study looks as if it had a name.

    >>> cohorts("Data of the Framingham Heart Study and the Lower Valley Birth Cohort were pooled.")
    ('Framingham Heart Study', 'Lower Valley Birth Cohort')
    """
    famous = [
        (match.start(), _KNOWN[int(str(match.lastgroup)[1:])][0], match.span()) for match in _FAMOUS.finditer(abstract)
    ]
    taken = [span for _, _, span in famous]
    named = [
        (match.start(), name)
        for match in _named(abstract)
        if not any(match.start() < end and start < match.end() for start, end in taken)
        and (name := _telling(match.group()))
    ]
    return tuple(dict.fromkeys(name for _, name in sorted([*(one[:2] for one in famous), *named])))


_NAME = re.compile(
    r"(?<![\w-])[A-Z][\w'’-]{1,24}(?:(?:\s(?:of|in|and|on|for))?\s[A-Z][\w'’-]{0,24}){0,7}?"
    rf"\s(?P<end>{'|'.join(_ENDS)})\b(?!\s(?:of|for)\s(?:\w+\s)?(?:Clinical|Trial))"
)
_OF_PATIENTS = re.compile(
    r"Health|Insurance|Patient|Cancer|Medical|Discharge|Prescription|Claims|Hospital|Inpatient|Clinical|Mortality|"
    r"Outcome|Surg|Care|Population"
)
"""What a database is called that holds people and not molecules or articles."""


def _named(text: str) -> list[re.Match[str]]:
    return list(_NAME.finditer(text)) if any(end in text for end in _ENDS) else []


def _telling(name: str) -> str:
    """The name without the words before it that any study has; empty where nothing else is left."""
    words = name.split()
    while words and words[0].lower() in _GENERIC:
        words = words[1:]
    telling = [word for word in words[:-1] if word.lower() not in _NOT_TELLING]
    molecules = name.endswith(("Database", "Databank")) and not _OF_PATIENTS.search(name)
    return "" if not telling or molecules or _NO_COHORT.search(name) else " ".join(words)
