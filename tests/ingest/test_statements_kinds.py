"""What each sentence asserts: for every kind, sentences that are of it and sentences that only look so."""

from __future__ import annotations

from typing import get_args

import pytest

from ingest.read import read_bytes
from ingest.statements import find_statements
from kb.model import Article, Block, Kind, Question, Statement

IS: dict[Kind, str] = {
    "quantity": """
        It weighs about 40% of the whole.
        The adult spine has 33 vertebrae and bends by 60 degrees.
        An apple holds about 95 kcal.
        Blood pressure fell by 8 mmHg over three months.
        The heart pumps 5 litres a minute.
        The trial enrolled 412 adults.
        Each tablet contains 500 mg of calcium.
        The dose was doubled to 20 mg a day.
        The two scores differed by 3 points.
        The nerve is up to 2 cm thick.
        Sales of the device grew by 12% last year.
        """,
    "mechanism": """
        Stress can trigger the disease.
        The pain is caused by swelling around the joint.
        When the disc bulges, it may press on the nerve.
        Insulin lowers the sugar in the blood.
        Cold air makes the airways narrow because the muscles around them tighten.
        Gout arises from crystals of uric acid.
        The stiffness is due to scar tissue.
        Weak hips can alter the way a runner lands.
        Cortisol inhibits the immune response.
        The virus damages the lining of the gut.
        Poor sleep affects memory.
        A blocked duct leads to swelling.
        """,
    "benefit": """
        Walking improves sleep in older adults.
        Heat eases stiff joints.
        Statins lower the risk of a second heart attack.
        Antibiotics do not help against colds.
        Acupuncture may relieve chronic headache.
        Many people find relief through stretching.
        Vaccination prevents most severe cases.
        Exercise is as effective as surgery for a torn meniscus.
        The drug significantly reduced pain compared with placebo.
        Brushing twice a day protects the enamel.
        Physiotherapy works well for back pain.
        Turmeric boosts the defences.
        Zinc cuts the length of a cold by 2 days.
        """,
    "harm": """
        Nausea is a common side effect of it.
        Blindness is a rare side effect of the drug.
        Smoking increases the risk of stroke.
        Too much vitamin A is toxic to the liver.
        Statins can cause muscle pain.
        Long use of steroids weakens the bones.
        The operation carries a risk of infection.
        Ibuprofen can irritate the stomach.
        Opioids are addictive.
        The injection is safe in pregnancy.
        Alcohol raises the risk of breast cancer.
        Vaping damages the lungs.
        Most users tolerate the tablet well, but some have diarrhoea as an adverse effect.
        """,
    "diagnosis": """
        Studies show that MRI finds it early.
        The blood test detects nine of ten tumours.
        The disease is often misdiagnosed as asthma.
        Imaging rarely changes the plan.
        The straight leg raise has a low specificity.
        A biopsy confirms the diagnosis.
        X-rays cannot show a torn ligament.
        False positives are frequent in young women.
        Diabetes is diagnosed when fasting glucose is 126 mg/dl or more.
        Ultrasound distinguishes a cyst from a tumour.
        A positive swab does not rule out other infections.
        """,
    "prognosis": """
        Most adults recover within six weeks.
        The pain can persist for years.
        A cold gets better by itself.
        Five-year survival is about 90%.
        Without treatment the disease may progress to blindness.
        Half of all patients relapse within a year.
        The swelling goes away after a few days.
        One in three dies within a year of a hip fracture.
        Frozen shoulder usually resolves on its own.
        Life expectancy is shortened by ten years.
        The prognosis is poor in older patients.
        """,
    "prevalence": """
        About 7% of adults have it.
        Back pain is very common.
        One in ten people lives with the condition.
        The disorder affects some 30 million Europeans.
        Migraine is three times more common in women than in men.
        The prevalence rises with age.
        Kidney stones are rare in children.
        Most people have had it by the age of 20.
        Around 400,000 new cases occur every year.
        Asthma is the most common chronic disease of childhood.
        Many adults suffer from poor sleep.
        """,
    "recommendation": """
        Current guidelines recommend rest.
        Adults should sleep seven hours or more.
        The WHO recommends daily walks.
        Doctors advise against long bed rest.
        Folic acid is recommended before pregnancy.
        Surgery is reserved for severe cases.
        Metformin is the first-line treatment.
        The vaccine is contraindicated in pregnancy.
        Children with a fever must not be given aspirin.
        Experts recommend two portions of fish a week.
        Physiotherapy is the treatment of choice.
        Guidelines advise against routine imaging.
        """,
    "definition": """
        A meniscus is a disc of cartilage in the knee.
        Sciatica refers to pain along the nerve.
        Hypertension is defined as a pressure of 140 mmHg or more.
        The term bursitis means an inflamed bursa.
        Tinnitus is the medical term for ringing in the ears.
        BMI stands for body mass index.
        The kneecap, also known as the patella, lies in front.
        Insulin is a hormone.
        This layer is called the dermis.
        The ulna is one of the two bones of the forearm.
        Osteopenia describes a bone density below the normal range.
        """,
    "opinion": """
        We believe that rest helps most people.
        In our opinion, walking is underrated.
        I think heat is the better choice.
        In my view the test is overused.
        Further research is needed.
        Larger trials will have to confirm this.
        It seems to me that the debate is over.
        Personally, I prefer the older method.
        Arguably, this is the wrong question.
        We hope that more clinics follow.
        In my experience patients like the brace.
        """,
    "framing": """
        What helps against pain?
        In this article, we will look at how heat reduces pain.
        Let's explore what causes gout.
        Talk to your doctor about it.
        Read on to learn more.
        Not all knee pain is created equal.
        You can sign up for the course below.
        The aim of this guide is to explain the basics.
        Here's what you can do.
        Hold the stretch for 20 seconds.
        Below, we describe three exercises.
        Remember to breathe.
        """,
    "fact": """
        The nerve runs down the back of the leg.
        The knee bends and turns.
        She was born in Leeds.
        Bones are made of tissue.
        The clinic opened in the spring.
        Experts disagree about the name.
        Studies show a link.
        Clearly, nothing else remained.
        The left lung has two lobes.
        Rice grows in warm and wet places.
        The ward lies on the second floor.
        """,
}
IS_NOT: dict[Kind, str] = {
    "quantity": """
        About 7% of adults have it.
        The drug reduced pain by 30%.
        Half of all patients relapse within a year.
        The clinic opened in 1998.
        The test has a sensitivity of 95%.
        Smoking doubles the risk of stroke.
        """,
    "mechanism": """
        Walking reduces pain.
        Smoking causes lung cancer.
        Nausea is caused by the drug as a side effect.
        The nerve runs down the leg.
        Most people recover because time passes and it heals within weeks.
        What causes gout?
        """,
    "benefit": """
        Smoking increases the risk of stroke.
        Stress can trigger the disease.
        We believe that rest helps most people.
        Does heat help?
        The tablet is harmful to the liver.
        Guidelines recommend exercise to reduce pain.
        """,
    "harm": """
        Aspirin lowers the risk of stroke.
        Walking eases pain.
        The pain is caused by swelling.
        Back pain is very common.
        Is it dangerous?
        Vaccination prevents deaths.
        """,
    "diagnosis": """
        Heat eases stiff joints.
        The trial tested two drugs.
        Exercise is as effective as surgery.
        Back pain is very common.
        The x-ray unit is on the first floor.
        Guidelines advise against routine imaging.
        """,
    "prognosis": """
        Stress can trigger the disease.
        Heat improves stiffness.
        The clinic lasts in memory.
        Back pain is very common.
        A meniscus is a disc of cartilage.
        Will it get better?
        """,
    "prevalence": """
        Most adults recover within six weeks.
        Many people find relief through stretching.
        Nausea is a common side effect.
        Stress can trigger the disease.
        The common cold is a viral infection.
        How common is it?
        """,
    "recommendation": """
        Walking improves sleep.
        Talk to your doctor about it.
        We recommend our own clinic.
        The pain can persist for years.
        What do guidelines recommend?
        The shoulder is a joint.
        """,
    "definition": """
        Walking is a good way to sleep better.
        Back pain is the leading cause of sick leave.
        Stress is a risk factor for stroke.
        The pain is caused by swelling.
        Heat is the best remedy.
        What is sciatica?
        """,
    "opinion": """
        Most doctors believe that it works.
        Walking improves sleep.
        It is believed that stress plays a part.
        Further research has shown that it works.
        Guidelines recommend it.
        I think that 90% of patients get better.
        """,
    "framing": """
        Eat more fish, which cures most of it.
        Walking improves sleep.
        In this trial the drug reduced pain.
        Avoid salt, because it raises the pressure.
        Not all patients recover: about 10 percent of them relapse within a year of treatment, and many die.
        Holding the stretch for long reduces pain.
        """,
    "fact": """
        Walking improves sleep.
        Back pain is very common.
        The pain can persist for years.
        Guidelines recommend rest.
        What helps against pain?
        A meniscus is a disc of cartilage in the knee.
        """,
}
OWN_WORK = [
    ("We enrolled 40 adults.", True),
    ("Our trial was stopped early.", True),
    ("The present study examined sleep.", True),
    ("Pain fell in both groups (Table 2).", True),
    ("Participants were recruited at two clinics.", True),
    ("The difference was significant (p = 0.03).", True),
    ("A limitation is the small sample.", True),
    ("These findings suggest that the dose is too low.", True),
    ("The mean age was 52 years.", True),
    ("This is the first trial of its kind, as far as we know.", True),
    ("Figure 2 shows the flow of patients.", True),
    ("Sleep disorders are common.", False),
    ("Statins lower the risk of stroke.", False),
    ("Smoking causes lung cancer.", False),
    ("Earlier trials have shown that the drug works.", False),
    ("Stress can trigger pain.", False),
]


def lines(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


def the_statement(text: str) -> Statement:
    block = Block(kind="paragraph", start=0, end=len(text), line=1)
    (found,) = find_statements(Article(id="a.md", title="T", text=text, blocks=(block,), format="Markdown"), [])
    return found


@pytest.mark.parametrize(("kind", "sentence"), [(kind, line) for kind, table in IS.items() for line in lines(table)])
def test_sentences_of_a_kind(kind: Kind, sentence: str) -> None:
    found = the_statement(sentence)
    assert found.kind == kind, found.reasons


@pytest.mark.parametrize(
    ("kind", "sentence"), [(kind, line) for kind, table in IS_NOT.items() for line in lines(table)]
)
def test_sentences_that_are_not_of_that_kind(kind: Kind, sentence: str) -> None:
    assert the_statement(sentence).kind != kind


@pytest.mark.parametrize(("sentence", "own"), OWN_WORK)
def test_own_work_of_a_research_article(sentence: str, own: bool) -> None:
    text = f"# T\n\n## Methods\n\nWe asked.\n\n## Results\n\nWe saw.\n\n## Discussion\n\n{sentence}\n"
    found = find_statements(read_bytes(text.encode(), "a.md").article, [])[-1]
    assert (found.kind == "own work") is own
    assert not (own and found.needs_source)


def test_every_kind_has_examples_enough() -> None:
    assert {*IS, "own work"} == set(get_args(Kind))
    assert set(IS) == set(IS_NOT)
    assert all(len(lines(IS[kind])) + len(lines(IS_NOT[kind])) >= 15 for kind in IS)
    assert len(OWN_WORK) >= 15


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Walking improves sleep in older adults.", "benefit"),
        ("Guidelines recommend exercise.", "benefit"),
        ("Nausea is a common side effect of it.", "common harm"),
        ("Blindness is a rare side effect of it.", "rare harm"),
        ("In very rare cases the injection can cause meningitis.", "rare harm"),
        ("Most adults recover within six weeks.", "prognosis"),
        ("About 7% of adults have it.", "prevalence"),
        ("The blood test detects nine of ten tumours.", "diagnosis"),
        ("Guidelines advise against routine imaging.", "diagnosis"),
        ("Screening by mammography lowers the mortality of breast cancer.", "screening"),
        ("Guidelines recommend screening every two years.", "screening"),
        ("Stress can trigger the disease.", None),
        ("It weighs about 40% of the whole.", None),
        ("A meniscus is a disc of cartilage in the knee.", None),
        ("What helps against pain?", None),
    ],
)
def test_questions_of_the_ocebm_table(sentence: str, question: Question | None) -> None:
    assert the_statement(sentence).question == question
