"""What is known of sentence ends in health writing, as tables: every row has a name and the reason why it is there.

Patterns are matched at a place, never searched for, and every repeat is bounded, so that the time of splitting grows
with the length of the text alone. ``kb.language.sentences`` says how the tables are used.
"""

from __future__ import annotations

from typing import NamedTuple

OPENER = r"[\"“‘'«„¿¡*_(\[]{0,4}"
_CLOSERS = r"[)\]”’»」』）\"'*_`]{0,8}"
_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,40}"
_RAISED = "[\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}"
_YEAR = r"\b(?:1[89]|20)\d\d[a-z]?"


class Rule(NamedTuple):
    """One pattern."""

    name: str
    reason: str
    pattern: str


class Abbreviations(NamedTuple):
    """Words that a full stop may follow within a sentence, and before what the sentence ends with them after all."""

    name: str
    reason: str
    words: str
    ends_before: str


def either(rules: tuple[Rule, ...]) -> str:
    """One expression for all rules of a table."""
    return "|".join(f"(?:{rule.pattern})" for rule in rules)


OPENING = (
    rf"{OPENER}(?:(?:Accordingly|Additionally|After|All|Also|Alternatively|Although|Among|And|Another|Any|As|At"
    r"|Based|Because|Before|Between|Both|Briefly|But|By|Compared|Consequently|Conversely|Data|Despite|Due|During"
    r"|Each|Even|Every|Finally|First|For|From|Further|Furthermore|Given|He|Hence|Here|Her|His|How|However"
    r"|If|Importantly|In|Indeed|Instead|Interestingly|It|Its|Many|More|Moreover|Most|Neither|Nevertheless|No|None"
    r"|Nonetheless|Nor|Not|Notably|Now|Of|On|Once|One|Only|Or|Other|Others|Our|Overall|Participants|Patients|People"
    r"|Previous|Previously|Recent|Recently|Results|Second|Several|She|Similar|Similarly|Since|So|Some|Specifically"
    r"|Studies|Subjects|Subsequently|Such|That|The|Their|Then|There|Therefore|These|They|Third|This|Those|Three"
    r"|Through|Thus|To|Two|Under|Unlike|Until|Using|We|What|When|Where|Whereas|Whether|Which|While|Who|Why|With|Within"
    r"|Without|Yet|You|Your"
    r"|Das|Der|Die|Dies|Diese|Dieser|Ein|Eine|Es|Wir|Sie|Ces|Cette|Elle|Il|Les|Nous|Este|Esta|Los|Las)\b,?\s"
    r"|(?:A|An|Des|En|El|Le|La|Un|Una|Une)\s[a-zà-ÿ]|L’[a-zà-ÿ]|[A-Z]\.\s[a-z]{4})"
)
"""Words that open sentences and with which no name, title or place begins; and a genus, as in `E. coli`."""

STOP = rf"[.!?…。！？](?<![.!?…。！？]{{2}})[.!?…。！？]*+{_CLOSERS}"
"""A full stop, or several, with what closes behind it. The look-behind keeps a long row of stops linear."""

UNSPACED = (
    Rule(
        "ideographic", "Chinese and Japanese put no space behind the full stop.", r"(?<=[。！？」』”’）])[^\W\d_a-zA-Z]"
    ),
    Rule(
        "forgotten space",
        "`it lasted.The next`: between two words that are no name or address.",
        r"(?:(?<=[A-Za-z][a-z]\.)|(?<=[\w.%][)\]]\.))[A-Z][A-Za-z-]{0,20}[,:]?\s[A-Za-z\d]",
    ),
    Rule("glued list number", "`reported.(2)Gait`: a list that lost its line breaks.", r"\(\d{1,2}\)(?=[A-Z])"),
)
"""Where a sentence ends with no space behind its full stop."""

BEHIND_STOP = (
    Rule("white space", "Where most sentences end.", r"\s"),
    Rule("mark of a citation", "A citation may stand behind the full stop without a space.", rf"[\[(^<]|{_RAISED}"),
    Rule(
        "number of a citation",
        "A raised number of a citation, which plain text lowers; behind a digit or a space it would be a decimal.",
        r"(?<=[^\W\d_][.!?…]|[%)\]”’»\"'][.!?…]|[.!?…][)\]”’»\"'])\d",
    ),
    Rule(
        "number of a citation behind a digit",
        "`IL-6.12 These`, `in 2010.4 The`: such decimals do not stand right before a word that opens a sentence.",
        rf"(?:(?<=[A-Za-z]\d\.)|(?<=[A-Za-z]-\d\.)|(?<=\b(?:19|20)\d\d\.)){_NUMBERS}"
        r"\s{1,4}(?:The|This|These|Those|They|In|It|We|Our|However|Thus|Therefore|Moreover|Furthermore|Although|For|While)\b",
    ),
    *UNSPACED,
)
"""What may stand behind the full stop where a sentence ends."""

CARRIED = (
    Rule("raised numbers", "`LDL.1,2 However`: in plain text a raised number is none any more.", _NUMBERS),
    Rule("raised digits", "The same, as Unicode raises them.", rf"\s?{_RAISED}(?:[,\u207b–-]\s?{_RAISED}){{0,40}}"),
    Rule(
        "marked as raised",
        "The same in Markdown and HTML.",
        rf"\^\[?{_NUMBERS}\]?\^|<sup>[^<>\n]{{1,60}}</sup>",
    ),
    Rule(
        "numbers in square brackets",
        "`found. [2] Sleep`, also as a link. Before a small letter it is the subject of the next sentence.",
        r"\s?\[(?:\\?\[)?\d[\d\s,;–-]{0,80}(?:\\?\])?\](?:\([^()\s]{1,200}\))?\.?",
    ),
    Rule(
        "keys and notes in square brackets",
        "Markdown: `found. [@key; @other] Sleep`, `found.[^1] Sleep`.",
        r"\s?\[(?:\^[^\[\]\s]{1,40}|[^\[\]@\n]{0,40}@[^\[\]\n]{1,300})\]\.?",
    ),
    Rule(
        "year in brackets",
        "`found. (Roe, 2010) Sleep`.",
        rf"\s?(?:\([^()\n]{{0,120}}{_YEAR}\)|\[[^\[\]\n]{{0,120}}{_YEAR}\])\.?",
    ),
    Rule(
        "numbers in round brackets", "`found.(12) Sleep`; behind a space they would number a list.", rf"\({_NUMBERS}\)"
    ),
    Rule(
        "orphaned pointer",
        "`found. (Table 1) Sleep`: a remark that is no sentence belongs to the one before it.",
        r"\s\((?:(?:[Ss]ee |cf\. )?(?:Table|Fig|Append|Box|Suppl|Panel|Section)[^()\n]{0,60}"
        r"|[a-z][^().!?\n]{4,80})\)\.?",
    ),
    Rule(
        "bracket before a full stop",
        "`version 3.1. (Vienna, Austria). We`: were it a sentence, the full stop would stand within the bracket.",
        r"\s\((?!\d{1,3}\))[^()\n]{3,120}\)\.",
    ),
    Rule(
        "raised numbers after a space",
        "`found. 1,2 However`: two numbers or more, as one alone may open the next sentence.",
        rf"\s\d{{1,3}}(?:,\s?\d{{1,3}}|[–-]\d{{1,3}}){{1,40}}(?=\s{{1,4}}{OPENER}[A-Z][a-z]{{1,20}},?\s[a-z]|\s*\Z)",
    ),
)
"""What stands behind the full stop and belongs to the sentence before it, if then a sentence starts or the text ends.

Each begins with one of ``CITATION_SIGNS``, with or without a space."""

CITATION_SIGNS = r"[\d\[(^<\u00b9\u00b2\u00b3\u2070-\u2079]"

STARTS = rf"\s{{1,8}}{OPENER}[^\W_a-zµμ]|\s*\Z"
"""What follows a citation that closes a sentence: a capital, a number, or nothing."""

GOES_ON = (
    Rule(
        "lower case",
        "No sentence starts with a small letter, other than by a name (`mRNA`, `pH`, `c-Fos`, `van Dijk`) or a label.",
        rf"{OPENER}(?![a-z]{{1,5}}-?[A-Z0-9]|[a-z]-[A-Za-z]|[a-z]\)\s{{1,4}}[A-Z]"
        r"|(?:de|van|von|du|da|di|del|la|le|ten|ter)\s(?:de[nr]?\s|la\s)?[A-Z])[a-zß-öø-ÿа-яё]",
    ),
    Rule("joint", "A sign that joins what is before it to what is after.", r"[,;:=<>&/+%)\]}±×·≥≤≈]|[–—-](?!\s?[A-Z])"),
    Rule(
        "bracket within",
        "A bracket that a comma or a small letter follows stands within a sentence; the number of a list item may not.",
        r"\((?!(?:\d{1,2}|[a-z]|[ivx]{1,5})\)\s)[^()\n]{1,120}\)(?:[,;]|\s[a-z])",
    ),
)
"""How what follows shows that the sentence goes on."""

_NOTHING = r"(?!)"
_CAPITAL = r"[\"“‘'«„*_]{0,4}[A-ZÀ-ÖØ-Þ]"
_NO_NUMBER = rf"{OPENER}(?!\d|[IVX]{{1,5}}\b|[A-Z]\d|[A-Z]\b)[A-ZÀ-ÖØ-Þ]"
ABBREVIATIONS = (
    Abbreviations(
        "leads on",
        "It announces what follows, so that nothing ends with it.",
        "e.g E.g eg i.e I.e ie vs Vs viz cf Cf ca approx Approx aprox Dr Drs Dra Prof Mr Mrs Ms Mme Mlle St Ste Sra Hr "
        "Fr var subsp ssp aff incl inkl bzw vgl Vgl sog ggf evtl z.B Z.B d.h u.a p.ex p.ej núm pág EE z",
        _NOTHING,
    ),
    Abbreviations(
        "before a number",
        "A word of its own as well, so only a number or letter behind it shows that it is short for something.",
        "No Nos no nos Nr Art art Exp Obs Vol vol Ch cat lot para v Lot Cat",
        _NO_NUMBER,
    ),
    Abbreviations(
        "before a name or number",
        "A pointer, a title or a part of a name, behind which only a word that opens sentences shows the end.",
        "Fig Figs fig figs Eq Eqs eq eqs Ref Refs ref refs p pp Tab Tabs Sect Sec Chap Suppl suppl Abb vols ed eds ver "
        "al coll Inc Ltd Corp Co Mfg Jr Sr spp sp Univ Dept Hosp Med Int Natl Am Tot Vit Jan Feb Mar Apr Jun Jul Aug "
        "Sep Sept Oct Nov Dec Ave Blvd Mt Ft Calif Gen Gov Rev Hon Lt Sgt Ph.D M.D Pty Assoc Bros "
        "s.d s.e s.e.m UU Hrsg",
        OPENING,
    ),
    Abbreviations(
        "before a capital",
        "Ends a list, a dose or a time of day: with a capital behind it, the sentence too.",
        "etc usw resp a.m p.m b.i.d t.i.d q.d i.v i.p i.m s.c p.o n.s ibid",
        _CAPITAL,
    ),
)
"""What may stand before a full stop that ends no sentence. No word stands in two tables."""

INITIALS = r"(?:[A-ZÀ-ÖØ-Þ]\.[-‐]?){0,5}[A-ZÀ-ÖØ-Þ]\Z"
"""An initial of a name or genus, and dotted capitals as in `U.S.`: they end a sentence only before an opening word."""

LETTERED = (
    r"(?:\b(?i:vitamins?|hepatitis|(?:sub)?types?|(?:sub)?groups?|class|grade|factor|proteins?|stage|phase|panels?|arms?"
    r"|parts?|cohort|category|appendix|influenza|immunoglobulin|ha?emophilia|(?:apo)?lipoprotein|site|level|strain"
    r"|condition|scenario|model|experiment|study|treatment|sample|schedule|figure|table|fig\.?|form|clade|(?:sub)?unit"
    r"|domain|region|plan|option|coenzyme)\s[A-Z]"
    r"|\b[A-Z],?\s(?:and|or|to|vs\.?|versus|than|with|&)\s[A-Z]|[\d°]\s?[A-Z])\Z"
)
"""A letter that tells one of several apart, or a unit behind its number: no initial."""

SPACED = r"\b(?:e\.\s?g|i\.\s?e|z\.\s?B|d\.\s?h|u\.\s?a|s\.\s?o|o\.\s?g|p\.\s?ej?x?)\Z"
"""Abbreviations of two words that lead on."""

LABEL = r"[#>*+\s–•-]{0,8}[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[ivxIVX]{1,5}|[a-zA-Z])[.)\]]{1,2}[*_]{0,3}\Z"
"""The number of a section or list item: no sentence by itself."""

LIST_NUMBER = r"(?::\s1|;\s(?:and\s|or\s)?\d{1,2})\Z"
"""The number of an item in a list that runs within a sentence, as in `these: 1. Heat; and 2. Cold`."""

ORDINAL = (
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Jahrhunderts?|Lebensjahr(?:e?s)?|Lebenswoche|Schwangerschaftswoche)\b"
)
"""What a German ordinal number counts, as in `am 3. Mai`."""
