"""What a search of PubMed needs to know of words: which say nothing of a subject, and what papers call things."""

from __future__ import annotations

from collections.abc import Mapping

from kb.language.health_words import LISTS
from kb.model import Question

EMPTY = frozenset(
    """
    a about above accompanied according achieve achieves across acting action active acts actual actually acute add
    added addition additional address addresses adequate adopt adopts adult adults advice advise advised advises
    affect affected affecting affects after again against aged ageing-free ages aggravate aggravated aggravates ago
    agree aim aimed all allow allows almost alone along already also alter altered alters although always amount
    amounts an and another any anybody anyhow anyone anything apart appear appears approach approaches appropriate
    approximately are area areas aren't around as aside ask at ate available average avoid avoids aware away back
    back-up bad based be became because become becomes been before begin begins begun being belief believe believed
    believes beneficial benefit benefits best better between beyond big body boost boosts both brain-boosting bring
    brings brought but by call called calm calms can can't cannot care cares caring carry case cases cause caused
    causes causing cent centuries century certain certainly challenging chance chances change changed changes
    changing chronic circle clear clearly clinical close combination combine combined combining come comes common
    commonly compare compared complete completely complex concern concerns conclude condition conditions connection
    connections consequence consequences consider considered consists contain contains continue continues contribute
    contributes coordinate correct could couldn't countries country course create created creates creating critical
    crucial cure cured cures current currently custom customs daily damage damage-free damaged damages dangerous day
    days deal decade decades decrease decreased decreases define defined demonstrate demonstrated demonstrates
    depend depending depends describe described describes design designed despite detect detected detects determine
    develop developed develops diagnose diagnosed diagnoses diagnosing diagnosis did didn't differ difference
    differences different difficult direct directly discomfort disrupt disrupted disrupts distinguish distinguished
    disturb disturbs do doctor doctors does doesn't doing don't done dose doses doubt down dramatically drank drink
    drinking drinks drive drives drug drugs due during each earlier early ease eased eases easier easily easing easy
    eat eats effect effective effectively effects either eliminate eliminates else else's emphasise emphasises
    emphasize emphasizes enable enables enjoy enjoys enough ensure ensures entire entirely equally especially
    essential even eventually ever every everybody everyday everyone everything evidence evidence-based exactly
    example exist exists expand expanded expect expected experience experienced experiences expert expert-led
    experts explain explained explains extent extremely fact factor factors fail fails fall far fast faster feel
    feeling feels few fewer find finding findings finds first five focus follow followed following follows for force
    forced former forms found four frequent frequently friendly from full fully function functions fundamental
    further future gain gap general generally gently get gets give given gives giving go goes going good
    good-quality great greater greatly group groups grow guidance guide guideline guidelines had half happen happens
    hard harder hardly harm harmful harmless harms has hasn't have haven't having he healed heals health healthier
    healthy help help-seeking helped helpful helping helps hence her here high higher highest highly him his hold
    holistic hour hours how however huge hundred hurt hurting hurts idea if immediate immediately impact impacted
    impacts important impressive improve improved improvement improvements improves improving in incidence include
    included includes including increase increased increases increasing increasingly indeed indicate indicated
    indicates individual individuals influence influences information inside insight insights instead interact
    intervention interventions into investigate involve involved involves is isn't issue issues it it's its itself
    just keep keeps kept key kind kinds know known knows lack large largely larger last lasting lasts late later
    latter lays lead leading leads learn least led less let level levels lie lies life lifelong lifetime like
    likelihood likely likes limit limited limits link linked links little lives local long long-lasting
    long-standing long-term longer look looks lose loses lost lot love loves low lower lowered lowering lowers made
    magic mainly maintain maintaining maintains major majority make makes making man manage managed management
    manages many matter may maybe mean meaning means measure measures mechanism mechanisms medical medication
    medications medicine medicines men message messages method methods might mild million millions mimic mind minor
    minute minutes mobilise mobilised mobilises mobilize mobilized mobilizes moderate modern month months more
    moreover most mostly move moves much multiple must myth myths natural naturally near nearby nearly necessarily
    necessary need needed needs neither never new next no nobody non none nor normal normally not note noted nothing
    notice noticeable noticed now number numbers numerous obvious obviously occasionally occur occurs of off offer
    offers official often old older on once one ones ongoing only onset onto opposite optimal option options or
    order original other others otherwise our out outcome outcomes outer outside over overall overlap own part
    participant participants particular particularly parts pass passed passing past patient patients people per
    percent percentage perhaps period persist persistent persists person persons pill pill-free pills place places
    plan play plays point points poor popular population possibility possible possibly potential potentially
    practice precise present presents pressing prevalence prevent prevented preventing prevents previous previously
    primarily primary probably problem problems process produce produces professionals profound prognosis promising
    promote promotes proof proper properly properties protect protected protecting protection protects prove proved
    proven proves provide provided provides purpose put quality quick quickly quite radiates raise raises range
    rapid rapidly rare rarely rate rates rather reach reaches real really reason reasons receive received receiving
    recent recently recognise recognised recognising recognize recognized recognizing recommend recommendation
    recommendations recommended recommends recover recovered reduce reduced reduces reducing reduction refer regard
    regular regularly relate related relation relationship relatively reliable relief relieve relieved relieves
    relieving remain remains remarkable remedies remedy report reported reports require required requires research
    researcher researchers reserved resolve resolved respectively respond responds responsible rest restore restores
    restoring result resulted resulting results return reveal revealed reveals right rise risk risks risky role root
    route routine run runs safe safely safer same save saved saves say says scientific scientists second see seek
    seem seems seen send sent series serious set several severe severity shall share sharp she short should
    shouldn't show showed shown shows side sides sign signal signals significant significantly signs similar simple
    simply since single situation situations slightly slow slower slows small smaller so solution some somebody
    someone something sometimes soon soothe soothed soothes sore source sources speak speaks special specialist
    specialists specific specifically speed speeds spread squeeze squeezed squeezes stage stages stand stands start
    started starting starts state states stay stays steer steered stem stems step steps stiffen stiffer still stop
    stopped stops strengthen strengthens stretch stretches strong stronger strongly structural structurally stubborn
    studied studies study subject subjects substantial substantially succeed succeeds successful such sudden suffer
    sufferers suffering suffers suggest suggested suggests suitable support supported supporting supports sure
    sustained swollen symptom symptoms tablet tablets take taken takes taking talk targeted technique techniques
    tell tells temporary ten tend tends testing than thanks that that's the their them then therapeutic therapies
    therapy there therefore these they thing things think third this thorough those though thought thoughts thousand
    thousands three through throughout thus tie time times tip tips to today together told tolerate tolerated too
    took tool top total toward towards traditional treat treated treating treatment treatments trial trials tried
    trigger triggered triggers true try turn turned twice two type types typical typically ultimate ultimately under
    underlying understand understanding understood undoubtedly unique unless unlike unnecessary unravel until
    unusual up upon us use used useful user users uses using usual usually valuable value variety various vary very
    via view vital want was wasn't way ways we weaken weakens weaker week weekly weeks welcome well went were
    weren't what whatever when whenever where whereas wherever whether which while who whole whom whose why wide
    widely widened widespread will with within without woman won't wonder work worked working works world worldwide
    worse worsen worsens worst worth worthwhile would wouldn't year years yet you young younger your yourself
    """.split()
)
"""Words of which a search would only lose what it should find: what everything is said with, and verbs of effect, since
papers report those as results and in their own words."""

LINKING = frozenset(
    """
    related based induced associated free term like standing specific driven caused prone rich containing relieving
    promoting reducing boosting known day week month year old life long short high low non friendly
    """.split()
)
"""What joins or qualifies another word by a hyphen, and is not searched."""

KEPT = frozenset(
    """
    processed saturated unsaturated polyunsaturated monounsaturated fermented infected vaccinated unvaccinated
    ageing aging bleeding breastfeeding breathing burning counselling counseling cupping cycling dancing dieting
    drowning dwelling fasting feeding functioning gardening grounding hearing imaging itching jogging juicing
    kneeling lifting massaging needling nursing parenting poisoning pricking processing queuing running scarring
    screening sewing singing sitting sleeping smoking sneezing snoring spring standing stretching swallowing swelling
    swimming taping teething tingling training twitching typing vaping vomiting walking wheezing whitening yawning
    """.split()
)
"""Words in -ed and -ing that name something; the others say what happens."""

DISEASES = frozenset(
    """
    acne addiction allergy alzheimer anaemia anemia aneurysm asthma autism cancer dementia depression diabetes eczema
    embolism epilepsy fibrosis fracture gout hernia hypertension insomnia leukaemia leukemia lymphoma malaria measles
    menopause migraine obesity parkinson poisoning pneumonia pregnancy scoliosis sepsis stroke thrombosis tuberculosis
    tumor tumour whiplash
    """.split()
)
"""Nouns that alone say what ails; of others see ``LONGER``."""

AILMENTS = DISEASES | frozenset(
    """
    abuse arthritis atrophy compression cramp cyst deficiency degeneration dependence disability disease disorder
    dysfunction dystrophy failure fibrillation herniation imbalance impairment inability infarction infection
    inflammation injury insufficiency intolerance lesion numbness obstruction pain palsy polyp rash reflux rupture
    seizure spasm spur stenosis stiffness strain syndrome tear toxicity trauma ulcer virus weakness wound
    """.split()
)
"""Nouns for what ails, of which some need a word that says which one."""

HEADS = AILMENTS | frozenset(
    """
    acid artery attack bacteria balance block bone brain cartilage cell cholesterol clot cord density diet disc enzyme
    extract eye fat fatigue fever fibre fiber flow flush gland glucose hormone inhibitor intake itch joint kidney
    ligament lipid liver loss marrow mass membrane meniscus metabolism mineral muscle nerve oil pregnancy pressure
    protein rate reaction receptor recurrence relapse replacement resistance retention sensitivity skin sleep stability
    steroid stone strength tea tendon tissue transplant vaccine weight
    """.split()
)
"""Nouns before which a word says which one: "sciatic nerve", "green tea". Other words that stand side by side may be a
subject and its verb."""

LETTERED = frozenset("vitamin hepatitis influenza coenzyme omega group factor".split())
"""What a letter or a number behind belongs to."""

GENERIC = frozenset(
    """
    supplement supplements procedure injection injections infusion intervention training test tests scan scans
    examination assay
    """.split()
)
"""Treatments and tests that say nothing beside the one that is given or made so."""

UNCHANGED = ("itis", "osis", "asis", "sis", "ica", "emia", "aemia", "ss", "us", "ia", "ness", "ism", "etes", "ies")
"""Endings of words that have no plural of which a search should know, or end like one."""

ALSO: Mapping[str, tuple[str, ...]] = {
    "acetaminophen": ("acetaminophen", "paracetamol"),
    "paracetamol": ("paracetamol", "acetaminophen"),
    "acid reflux": ("acid reflux", "gastroesophageal reflux", "gastro-oesophageal reflux"),
    "ageing": ("ageing", "aging"),
    "aging": ("aging", "ageing"),
    "ache": ("ache*", "pain"),
    "anaemia": ("anaemia", "anemia"),
    "anti-inflammatory drug": ("anti-inflammatory", "NSAID*"),
    "anti-inflammatory medication": ("anti-inflammatory", "NSAID*"),
    "anti-inflammatory medicine": ("anti-inflammatory", "NSAID*"),
    "anti-inflammatory painkiller": ("anti-inflammatory", "NSAID*"),
    "nsaid": ("NSAID*", "anti-inflammatory"),
    "back pain": ("back pain",),
    "low back pain": ("low back pain", "lumbar pain"),
    "lower back pain": ("low back pain", "lower back pain", "lumbar pain"),
    "lower back": ("low back", "lower back", "lumbar"),
    "birth control pill": ("oral contracept*", "contraceptive pill*"),
    "blood clot": ("thromb*", "blood clot*"),
    "blood pressure": ("blood pressure", "hypertension"),
    "high blood pressure": ("hypertension", "blood pressure"),
    "blood sugar": ("blood glucose", "blood sugar", "glycemi*", "glycaemi*"),
    "blood thinner": ("anticoagula*", "blood thinner*"),
    "bone density": ("bone density", "bone mineral density", "osteoporosis"),
    "breast feeding": ("breast feed*", "breastfe*"),
    "broken bone": ("fractur*",),
    "chronic pain": ("chronic pain",),
    "cbt": ("cognitive behav*", "CBT"),
    "cognitive behavioral therapy": ("cognitive behav*", "CBT"),
    "cognitive behavioural therapy": ("cognitive behav*", "CBT"),
    "common cold": ("common cold", "upper respiratory infection*"),
    "conservative treatment": ("conservative", "nonsurgical", "non-surgical"),
    "non-surgical": ("conservative", "nonsurgical", "non-surgical"),
    "covid": ("COVID-19", "SARS-CoV-2"),
    "covid-19": ("COVID-19", "SARS-CoV-2"),
    "diarrhoea": ("diarrhoea", "diarrhea"),
    "elderly": ("aged", "older adults", "elderly"),
    "flare-up": ("flare*", "relapse*", "recurren*"),
    "flu": ("influenza", "flu"),
    "flu jab": ("influenza vaccin*", "flu vaccin*"),
    "food poisoning": ("foodborne", "food poisoning"),
    "gut bacteria": ("gut microbio*", "intestinal microbio*"),
    "gut flora": ("gut microbio*", "intestinal microbio*"),
    "hair loss": ("alopecia", "hair loss"),
    "hay fever": ("allergic rhinitis", "hay fever"),
    "heart attack": ("myocardial infarction*", "heart attack*"),
    "heart disease": ("heart disease*", "cardiovascular disease*", "coronary disease*"),
    "heartburn": ("heartburn", "gastroesophageal reflux"),
    "hives": ("urticaria", "hives"),
    "hot flush": ("hot flush*", "hot flash*"),
    "immune system": ("immune system", "immunity", "immune response*"),
    "jab": ("vaccin*", "immuni*"),
    "kidney disease": ("kidney disease*", "renal disease*"),
    "kidney stone": ("kidney stone*", "nephrolithiasis", "urolithiasis"),
    "knee arthritis": ("knee osteoarthritis", "knee arthritis"),
    "knee osteoarthritis": ("knee osteoarthritis", "osteoarthritis of the knee"),
    "leg pain": ("leg pain", "radicular pain"),
    "memory loss": ("memory loss", "amnesia", "memory impairment"),
    "muscle cramp": ("muscle cramp*", "muscle spasm*"),
    "nerve pain": ("neuropathic pain", "nerve pain", "neuralgia"),
    "nosebleed": ("epistaxis", "nosebleed*"),
    "obesity": ("obesity", "obese", "overweight"),
    "oedema": ("oedema", "edema"),
    "oestrogen": ("oestrogen*", "estrogen*"),
    "osteoarthritis": ("osteoarthritis", "OA"),
    "painkiller": ("analges*", "painkiller*"),
    "physical therapy": ("physical therap*", "physiotherap*"),
    "physiotherapy": ("physiotherap*", "physical therap*"),
    "physical activity": ("physical activit*", "exercis*"),
    "exercise": ("exercis*",),
    "exercises": ("exercis*",),
    "pregnancy": ("pregnan*",),
    "pregnant women": ("pregnan*",),
    "sciatic nerve": ("sciatica", "sciatic nerve*"),
    "sciatic": ("sciatica", "sciatic*"),
    "sciatica": ("sciatica", "lumbar radicul*"),
    "shortness of breath": ("dyspnea", "dyspnoea", "breathlessness"),
    "slipped disc": ("disc herniation", "disk herniation", "herniated disc", "herniated disk"),
    "herniated disc": ("disc herniation", "disk herniation", "herniated disc", "herniated disk"),
    "sleeping pill": ("hypnotics", "sleeping pill*"),
    "sore throat": ("sore throat", "pharyngitis"),
    "stiff knee": ("knee stiffness", "stiff knee*"),
    "stomach ulcer": ("peptic ulcer*", "gastric ulcer*", "stomach ulcer*"),
    "stem cell": ("stem cell*",),
    "surgery": ("surger*", "surgical", "operation*"),
    "surgical": ("surger*", "surgical", "operation*"),
    "tiredness": ("fatigue", "tiredness"),
    "tumour": ("tumour*", "tumor*"),
    "vaccine": ("vaccin*",),
    "vaccination": ("vaccin*",),
    "weak": ("weakness", "weak"),
    "weakness": ("weakness", "weak"),
    "lose weight": ("weight loss", "weight reduction"),
    "weight loss": ("weight loss", "weight reduction"),
    "patient education": ("patient education",),
    "children": ("child*", "pediatric*", "paediatric*"),
    "child": ("child*", "pediatric*", "paediatric*"),
    "kid": ("child*", "pediatric*", "paediatric*"),
    "infant": ("infant*", "newborn*", "babies"),
    "baby": ("infant*", "newborn*", "babies"),
    "women": ("women", "female*"),
    "men": ("men", "male*"),
    "teenager": ("adolescen*", "teenager*"),
}
"""What papers call a thing, by the words of an article in the singular; ``*`` stands for any ending, and capitals for
names that are written so."""

TREATMENTS = frozenset((*LISTS["treatment"].split(), "education", "surgical"))
"""Words that name a treatment; several in one statement are searched as this one or that one."""

NAMED = frozenset(word for name in ("treatment", "exposure", "outcome", "test") for word in LISTS[name].split()) - EMPTY
"""Words that name a treatment, an exposure, an outcome or a test."""

LONGER = tuple("algia itis osis pathy emia plasty ectomy oma uria oid gram scopy cardia penia trophy phobia".split())
"""How the names of diseases and procedures end."""

_REVIEWED = "systematic[sb]"
_TRIALS = "randomized controlled trial[pt]"
_COHORTS = '"cohort studies"[mh] OR cohort[tiab]'

DESIGNS: Mapping[Question, str] = {
    "benefit": f"{_REVIEWED} OR {_TRIALS}",
    "common harm": f'{_REVIEWED} OR {_TRIALS} OR {_COHORTS} OR "adverse effects"[sh]',
    "rare harm": f'{_REVIEWED} OR {_COHORTS} OR "case-control studies"[mh] OR "adverse effects"[sh]',
    "diagnosis": f'{_REVIEWED} OR "sensitivity and specificity"[mh] OR sensitivity[tiab] OR diagnostic[tiab]',
    "prognosis": f"{_REVIEWED} OR {_COHORTS} OR prognosis[mh:noexp] OR prognos*[tiab]",
    "prevalence": f"{_REVIEWED} OR prevalence[tiab] OR incidence[tiab] OR epidemiology[sh]",
    "screening": f'{_REVIEWED} OR {_TRIALS} OR "mass screening"[mh]',
}
"""Which designs answer a question, in PubMed's terms: the rows of the OCEBM table (2011), after the idea of PubMed's
Clinical Queries (Haynes et al., BMJ 2005;330:1179; Haynes & Wilczynski, BMJ 2004;328:1040), worded wider than these."""

OF_GUIDELINES = f"practice guideline[pt] OR guideline[pt] OR {_REVIEWED}"
OF_MECHANISMS = f"{_REVIEWED} OR review[pt] OR physiopathology[sh] OR etiology[sh]"
