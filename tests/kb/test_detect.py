"""The language of prose, on paragraphs written for this test."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.detect import detect

PROSE = {
    "en": (
        "Back pain is common, and most people get better within a few weeks. Rest in bed does not help; it is better"
        " to stay active. A doctor should be seen when the pain does not ease or when a leg becomes weak."
    ),
    "de": (
        "Rückenschmerzen sind häufig, und die meisten Menschen erholen sich innerhalb weniger Wochen. Bettruhe hilft"
        " nicht; es ist besser, in Bewegung zu bleiben. Wenn der Schmerz nicht nachlässt, sollte man zum Arzt gehen."
    ),
    "fr": (
        "Le mal de dos est fréquent et la plupart des gens vont mieux en quelques semaines. Il ne faut pas rester au"
        " lit : il vaut mieux bouger. Si la douleur dure, on consulte un médecin, qui cherche ce qui l'explique."
    ),
    "es": (
        "El dolor de espalda es frecuente y la mayoría de las personas mejora en pocas semanas. No conviene quedarse"
        " en la cama; es mejor moverse. Si el dolor no cede, hay que acudir al médico para que lo estudie."
    ),
    "it": (
        "Il mal di schiena è frequente e la maggior parte delle persone migliora in poche settimane. Non serve restare"
        " a letto: è meglio muoversi. Se il dolore non passa, bisogna andare dal medico, che ne cerca la causa."
    ),
    "nl": (
        "Rugpijn komt vaak voor en de meeste mensen herstellen binnen een paar weken. Het helpt niet om in bed te"
        " blijven; het is beter om te bewegen. Als de pijn niet minder wordt, moet je naar de dokter gaan."
    ),
    "pt": (
        "A dor nas costas é comum e a maioria das pessoas melhora em poucas semanas. Não adianta ficar na cama; é"
        " melhor manter-se ativo. Se a dor não passar, deve-se procurar um médico para saber o que a provoca."
    ),
    "sv": (
        "Ryggont är vanligt och de flesta blir bättre inom några veckor. Det hjälper inte att ligga till sängs; det är"
        " bättre att röra på sig. Om smärtan inte ger med sig ska man gå till en läkare för att få den utredd."
    ),
    "da": (
        "Rygsmerter er almindelige, og de fleste får det bedre efter nogle uger. Det hjælper ikke at blive i sengen;"
        " det er bedre at bevæge sig. Hvis smerten ikke aftager, skal man gå til lægen for at blive undersøgt."
    ),
    "no": (
        "Ryggsmerter er vanlig, og de fleste blir bedre etter noen uker. Det hjelper ikke å bli liggende; det er bedre"
        " å bevege seg. Hvis smerten ikke gir seg, bør man gå til legen og ikke vente for mye."
    ),
    "pl": (
        "Ból pleców jest częsty i u większości osób ustępuje po kilku tygodniach. Nie warto leżeć w łóżku, lepiej się"
        " ruszać. Jeśli ból nie mija, należy pójść do lekarza, który sprawdzi, co go wywołuje, oraz jak go leczyć."
    ),
    "ru": "Боль в спине бывает у многих людей, и обычно она проходит за несколько недель. Лежать в постели не нужно.",
    "uk": "Біль у спині буває в багатьох людей, і зазвичай він минає за кілька тижнів. Лежати в ліжку не потрібно.",
    "el": "Ο πόνος στη μέση είναι συχνός και οι περισσότεροι άνθρωποι γίνονται καλά σε λίγες εβδομάδες.",
    "ar": "ألم الظهر شائع، ويتحسن معظم الناس في غضون أسابيع قليلة. لا تفيد الراحة في السرير، والحركة أفضل منها.",
    "he": "כאב גב הוא נפוץ, ורוב האנשים מרגישים טוב יותר בתוך כמה שבועות. אין טעם לשכב במיטה.",
    "zh": "背痛很常见，大多数人在几周内就会好转。卧床休息没有帮助，最好保持活动。如果疼痛持续，应该去看医生。",
    "ja": "腰痛はよくある症状で、ほとんどの人は数週間で良くなります。寝ているより、体を動かすほうがよいです。",
    "ko": "허리 통증은 흔하며 대부분의 사람은 몇 주 안에 좋아집니다. 누워 있는 것보다 움직이는 것이 더 낫습니다.",
    "hi": "पीठ का दर्द आम है और अधिकतर लोग कुछ हफ़्तों में ठीक हो जाते हैं। बिस्तर पर पड़े रहने से लाभ नहीं होता।",
}

UNUSUAL_ENGLISH = {
    "abbreviations": (
        "In pts with T2DM and CKD (eGFR < 60), SGLT2i vs. DPP4i: HR 0.71 (95 % CI 0.61–0.83) for HHF, and NNT was 28"
        " for MACE at 3 y; AEs, e.g. DKA and UTI, were more common with SGLT2i than with DPP4i."
    ),
    "capitals": "REST IN BED DOES NOT HELP WITH BACK PAIN, AND MOST PEOPLE ARE BETTER OFF IF THEY STAY ACTIVE.",
    "names in other languages": (
        "The Charité – Universitätsmedizin Berlin and the Hôpital de la Salpêtrière took part in a trial of heat for"
        " the hands. It was led by Núñez de la Peña and by van der Berg, who had not been there before."
    ),
    "a quotation": (
        "The old saying goes “alles hat ein Ende, nur die Wurst hat zwei”, which is to say that pain of this kind does"
        " not last. Most of those who were asked in the survey had been free of it for more than a year."
    ),
    "a few Greek letters": (
        "Both α- and β-blockers lower the pressure, but only the β-blockers slow the heart. This is why they are given"
        " to people who have had a heart attack, and not because of the pressure that they had before."
    ),
    "a table behind it": (
        "Pain eased in most of those who had been given heat, and it was less than in the others.\n"
        "Group  n  Mean  SD\nHeat  40  3.2  1.1\nCold  41  4.8  1.3\nNone  39  5.0  1.2"
    ),
}

UNTOLD = {
    "nothing": "",
    "white space": " \n\t ",
    "two words": "Back pain",
    "a short sentence": "Heat eases pain.",
    "numbers": "3.2 (1.1) 4.8 (1.3) 5.0 (1.2) 95 % 0.61–0.83 p < 0.001 " * 20,
    "a table": "Group\tAge\tBMI\tPain\nHeat\t54.1\t27.3\t3.2\nCold\t55.0\t26.9\t4.8\nPlacebo\t53.7\t27.8\t5.0\n" * 9,
    "abbreviations listed": "BMI: body mass index; CI: confidence interval; HR: hazard ratio; SD: standard deviation",
    "names": "Kim Park Müller García Rossi Jansen Svensson Novak Tanaka Nguyen Okafor Dubois Silva Kowalski " * 5,
    "Python": "def area(width, height):\n    return width * height\n\nprint(sum(area(w, h) for w, h in boxes))\n" * 5,
    "JavaScript": "const open = (item) => { if (item.at(0)) { return item.then((to) => to.is()); } };\n" * 9,
    "English and German": f"{PROSE['en']} {PROSE['de']}",
    "English and Russian": f"{PROSE['en'][:100]} {PROSE['ru']}",
    "Persian": "کمردرد شایع است و بیشتر مردم در چند هفته بهتر می‌شوند. استراحت در بستر کمکی نمی‌کند و حرکت بهتر است.",
    "Serbian": "Бол у леђима је чест и већини људи буде боље за неколико недеља. Лежање не помаже, боље је кретати се.",
    "Estonian": "Seljavalu on sage ja enamikul inimestest möödub see mõne nädalaga. Voodis lamamine kasu ei too.",
    "Vietnamese": "Đau lưng rất phổ biến và hầu hết mọi người đều khỏe lại sau vài tuần. Không nên nằm nghỉ quá lâu.",
}


@pytest.mark.parametrize("language", PROSE)
def test_a_paragraph_is_told_by_its_small_words_or_its_script(language: str) -> None:
    assert detect(PROSE[language]) == language


@pytest.mark.parametrize("what", UNUSUAL_ENGLISH)
def test_english_is_told_among_abbreviations_names_and_tables(what: str) -> None:
    assert detect(UNUSUAL_ENGLISH[what]) == "en"


@pytest.mark.parametrize("what", UNTOLD)
def test_nothing_is_said_where_it_cannot_be_told(what: str) -> None:
    assert detect(UNTOLD[what]) is None


def test_a_summary_in_another_language_does_not_change_the_articles() -> None:
    assert detect(PROSE["en"] * 6 + PROSE["es"]) == "en"


def test_only_the_beginning_is_looked_at() -> None:
    assert detect(PROSE["en"] * 100 + PROSE["ru"] * 1000) == "en"


def test_marks_stacked_on_a_letter_take_no_time() -> None:
    assert detect("a" + "\u0301\u0316" * 500_000) is None


@given(st.text())
def test_any_text_gives_a_code_or_nothing(text: str) -> None:
    language = detect(text)
    assert language is None or (len(language) == 2 and language.islower())


def test_research_articles_are_english(shared: Path) -> None:
    articles = sorted((shared / "data" / "linking").glob("*.txt"))
    assert {path.name: detect(path.read_text("utf-8")) for path in articles} == {path.name: "en" for path in articles}
