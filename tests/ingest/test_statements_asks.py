"""Sentences as clinics and leaflets write them: which of them ask for a source, and which do not."""

from __future__ import annotations

import pytest

from ingest.statements import find_statements
from kb.model import Article, Block

ASKS = """
    Antibiotics do not work against viruses.
    Symptoms usually appear 2 to 14 days after exposure.
    The flu vaccine is recommended for everyone over six months.
    Diabetes is diagnosed when fasting glucose is above 126 mg/dl.
    The ELISA test has a sensitivity of 99%.
    Vitamin C does not prevent colds.
    Drinking green tea speeds up your metabolism.
    Sugar makes children hyperactive.
    Cracking your knuckles does not cause arthritis.
    Collagen supplements keep your skin young.
    Eating carrots improves your eyesight.
    Stretching before running lowers the chance of injury.
    Probiotics restore the balance of the gut.
    High blood pressure often has no symptoms.
    Nearly half of adults have high blood pressure.
    Untreated sleep apnoea raises the risk of heart disease.
    Experts believe that genetics play a role.
    It is estimated that 1 in 4 people will be affected.
    Cold water immersion speeds recovery after exercise.
    A Mediterranean diet is linked to longer life.
    Women are twice as likely as men to develop migraine.
    Ginger has been used for nausea for centuries and works.
    Most cases clear up without treatment.
    Recovery takes six to twelve weeks.
    Physical therapy is just as good as surgery for many patients.
    Ultrasound therapy has no benefit beyond placebo.
    The success rate of the operation is over 90%.
    Long-term use can damage your kidneys.
    The condition tends to run in families.
    Inflammation is the root cause of most chronic diseases.
    Being overweight puts extra stress on your knees.
    Every extra kilo puts four kilos of pressure on the knee.
    Massage increases blood flow to the muscles.
    Magnesium deficiency causes muscle cramps.
    CBD oil has anti-inflammatory properties.
    Acupuncture releases endorphins.
    Fasting triggers autophagy.
    Doctors now prescribe it for insomnia.
    Research is clear that early treatment matters.
    Many studies have looked at this, and the results are promising.
    You should drink eight glasses of water a day.
    Children need at least 60 minutes of activity a day.
    The NHS advises against it.
    Recent trials of the drug were positive.
    Regular check-ups save lives.
    Early detection improves survival.
    Nothing works better than rest.
    Seven out of ten runners are injured each year.
    The disease kills 50,000 people annually.
    Coffee dehydrates you.
    Knee replacements last 15 to 20 years.
    Hormones regulate your mood.
    Tennis elbow mostly affects people between 40 and 60.
    Stem cell injections rebuild cartilage.
    Glucosamine slows the loss of cartilage.
    Dehydration leads to headaches.
    Men are more prone to gout.
"""
ASKS_NOT = """
    The knee is a hinge joint.
    The ankle consists of three bones.
    Our clinic offers a full range of treatments.
    We are open on weekdays.
    If you have questions, ask your pharmacist.
    Dr Smith has worked here since 2010.
    Let's take a closer look.
    Now that you know the basics, here are some tips.
    Keep your back straight and bend your knees.
    Always follow the instructions on the label.
    Start with five repetitions.
    What is a herniated disc?
    Here are five exercises for your back.
    This article is for information only.
    Everyone is different.
    Living with pain is hard.
    You are not alone.
    There are many ways to stay active.
    The spine is made up of vertebrae.
    The liver lies under the ribs.
    In the next section, we explain how it works.
    Talk to your doctor before you start.
    Choose shoes that fit well.
    Last reviewed in March 2021.
    The stomach is a hollow organ.
    Sleep is important.
    Let us know what you think.
    I was diagnosed with migraine at the age of nine.
    My mother swears by it.
    See the table below.
    Thank you for your patience.
    Pain is personal.
    The following foods contain iron.
    Do you often feel tired?
    Ask yourself whether you need it.
    It depends.
    Warm up first, then stretch.
    Share this page with your friends.
"""


def asks(sentence: str) -> bool:
    block = Block(kind="paragraph", start=0, end=len(sentence), line=1)
    article = Article(id="a", title="", text=sentence, blocks=(block,), format="text")
    (found,) = find_statements(article, [])
    return found.needs_source


@pytest.mark.parametrize("sentence", [line.strip() for line in ASKS.strip().splitlines()])
def test_asks_for_a_source(sentence: str) -> None:
    assert asks(sentence)


@pytest.mark.parametrize("sentence", [line.strip() for line in ASKS_NOT.strip().splitlines()])
def test_asks_for_no_source(sentence: str) -> None:
    assert not asks(sentence)
