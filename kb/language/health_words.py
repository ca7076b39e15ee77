"""Words of health writing that tell who is spoken of, what is done and to which end."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kb.language.plain import Plain

LISTS: Mapping[str, str] = {
    "patients": """
        people patients persons individuals adults women men children boys girls sufferers pregnancies infants
        newborns babies toddlers teenagers adolescents seniors elderly athletes runners smokers survivors users
        participants volunteers subjects recipients carriers mothers residents workers veterans students households
        americans europeans britons population males females""",
    "treatment": """
        treatment treatments therapy therapies drug drugs medication medications medicine medicines tablet tablets pill
        pills vaccine vaccines vaccination immunisation immunization injection injections surgery operation operations
        procedure antibiotics antibiotic painkillers painkiller nsaids steroids steroid statins opioids opioid insulin
        aspirin ibuprofen paracetamol acetaminophen metformin supplement supplements probiotics vitamin vitamins zinc
        magnesium calcium turmeric curcumin ginger exercise exercises stretching walking yoga pilates swimming
        physiotherapy acupuncture massage cupping hijama chiropractic osteopathy meditation mindfulness
        hypnosis counselling psychotherapy chemotherapy radiotherapy radiation dialysis transplant transplantation
        bracing brace braces splint orthotics insoles taping heat diet fasting screening
        antidepressants antidepressant antihistamines hormones contraceptives pacemaker stent implant intervention
        interventions rehabilitation training laser shockwave prolotherapy infusion""",
    "exposure": """
        smoking vaping alcohol drinking tobacco cigarettes obesity overdose pollution asbestos sunlight sunburn
        processed sugar salt sitting inactivity cannabis""",
    "outcome": """
        pain symptoms mortality death deaths survival function mobility stiffness swelling inflammation recovery
        relapse recurrence disability depression anxiety sleep fatigue strength balance weight bmi cholesterol
        hospitalisation hospitalization admissions falls fractures infection infections stroke strokes bleeding
        nausea headache headaches quality complications adherence satisfaction fever cough""",
    "test": """
        mri ct ray rays xray imaging ultrasound scan scans biopsy swab swabs test tests examination colonoscopy
        mammography mammograms mammogram endoscopy ecg eeg raise radiographs radiography serology screening
        questionnaire assay""",
}
TREATMENT_ENDINGS = tuple(
    """statin statins cillin prazole profen coxib olol sartan dipine gliptin gliflozin glutide glitazone azepam azolam
    oxacin cycline mycin floxacin azole caine triptan setron parin xaban gatran tinib zumab ximab limumab umab mab
    pril sone solone semide thiazide triptyline oxetine pram afil dronate vudine tegravir ciclovir cyclovir conazole
    therapy ectomy plasty""".split()
)
"""How the names of drugs and procedures end: stems of the WHO's International Nonproprietary Names, and common ones."""
_SHORTEST = 6


def named_treatments(words: Plain) -> list[tuple[int, int]]:
    """Where the words that look like the name of a drug or a procedure stand in ``words.lower``.

    >>> from kb.language.plain import plain
    >>> named_treatments(plain("Omeprazole eases it; the kneecap hurts."))
    [(0, 10)]
    """
    return [(start, end) for word, start, end in words.tokens if end - start >= _SHORTEST and _names_treatment(word)]


@lru_cache(maxsize=16_384)
def _names_treatment(word: str) -> bool:
    return word.endswith(TREATMENT_ENDINGS)
