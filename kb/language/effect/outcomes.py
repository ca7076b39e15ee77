"""Whether more of an outcome is good or bad, which decides what "improved" says of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from kb.language.stems import stem

_BAD = frozenset(
    """
    pain mortality death deaths died complication complications adverse infection infections nausea vomiting ponv
    bleeding hemorrhage haemorrhage anxiety depression depressive symptom symptoms symptomatology severity stress
    distress fatigue relapse relapses recurrence recurrent disability duration time length incidence risk failure
    failures event events exacerbation exacerbations hospitalization hospitalisation readmission stay cough
    dyspnea dyspnoea itch itching pruritus insomnia sleepiness seizure seizures tumor tumour cancer fracture
    fractures fall falls hba1c a1c cholesterol ldl triglyceride triglycerides glucose weight bmi obesity fat crp
    inflammation inflammatory cytokine cytokines cortisol pressure hypertension hypotension bradycardia vas nrs
    womac odi ndi hamd hdrs bdi madrs hads panss bprs updrs nihss mrs edss ipss dlqi pasi sgrq isi psqi ess pss
    stai dash basdai haq ymrs scorad easi rmdq flushes flashes headache headaches migraine burden problem problems
    difficulty difficulties error errors impairment deficit deficits dysfunction injury damage lesion lesions
    ulcer ulcers wound edema oedema swelling toxicity discontinuation withdrawal dropout rejection stenosis
    restenosis thrombosis embolism stroke infarction ischemia ischaemia delirium agitation aggression craving
    drinking smoking smoke resistance malondialdehyde mda oxidative apoptosis necrosis scar erythema redness acne
    plaque gingivitis caries worry anger loneliness suicidal ideation rumination catastrophizing kinesiophobia
    spasticity tremor stiffness tenderness cramps colic crying shivering hypothermia requirement requirements
    consumption need cost costs use
    """.split()
)
"""Names of what a patient would have less of, among them scales on which a high score is a bad one."""

_GOOD = frozenset(
    """
    survival function functioning functional quality qol wellbeing satisfaction adherence compliance knowledge
    self-efficacy mood vitality mmse cognition cognitive memory attention recall performance strength endurance
    mobility balance capacity walk walking fev1 fvc ejection hdl adiponectin density growth success remission
    response responders healing recovery cure union pregnancy birth live acuity motion flexibility rom koos hhs
    harris lysholm ikdc sf-36 eq-5d sf-12 health confidence sensitivity efficiency efficacy acceptance skill
    skills learning comfort coping resilience mindfulness self-compassion self-esteem empathy communication
    engagement attendance coverage uptake intake activity
    """.split()
)
"""Names of what a patient would have more of, and scales on which a high score is a good one."""

_LONG = 5
"""A longer word is known in its other forms too."""
_BAD_STEMS = frozenset(stem(word) for word in _BAD if len(word) > _LONG)


def pole(words: Iterable[str]) -> Literal[-1, 0, 1]:
    """Whether more of an outcome is good (1), bad (-1) or not known (0).

    Parameters
    ----------
    words
        Of the outcome, in lower case; compounds at their hyphens too.

    Examples
    --------
    >>> pole(["pain", "score"]), pole(["walking", "distance"]), pole(["urine", "colour"])
    (-1, 1, 0)
    """
    named = set(words)
    bad = sum(word in _BAD or stem(word) in _BAD_STEMS for word in named)
    good = sum(word in _GOOD for word in named)
    if not bad and named & {"score", "scores"}:
        good += 1
    return 1 if good > bad else -1 if bad > good else 0
