"""How lines of a page are worded that are no text of the article: headings, bylines, calls and addresses, as tables."""

from __future__ import annotations

import re


def _line_of(*phrases: str) -> re.Pattern[str]:
    """A pattern for a line that consists of one of the phrases, marks and numbering aside."""
    number, count = r"(?:(?:\d{1,2}|[IVX]{1,5})\b\.?\s*)?", r"(?:\s\(\d{1,4}\))?"
    return re.compile(rf"^\W*{number}(?:{'|'.join(phrases)}){count}\W*$", re.IGNORECASE)


REFERENCES = _line_of(
    "(?:list of |cited |selected |key |further |works |literature |bibliographic |scientific |medical |article |web )?"
    "references?(?: list| cited| used)?",
    "references? and (?:notes|further reading)",
    "notes and references",
    "(?:selected |annotated )?bibliography",
    "(?:our |article )?sources?(?: consulted)?",
    "sources and (?:further reading|references)",
    "(?:further|recommended|suggested|additional) readings?",
    "reading list",
    "literature(?: cited| references)?",
    "(?:works|sources) (?:cited|consulted)",
    "cited works",
    "citations",
    "(?:foot|end)notes",
    "(?:weiterf[üu]hrende |weitere |verwendete |ausgew[äa]hlte )?literatur(?:verzeichnis|angaben|hinweise|liste)?"
    "(?: und quellen)?",
    "(?:weitere |verwendete )?quellen(?:verzeichnis|angaben)?(?: und literatur)?",
    "zum weiterlesen",
    "einzelnachweise",
    "fu(?:ß|ss)noten",
    "r[ée]f[ée]rences(?: bibliographiques| cit[ée]es)?",
    "(?:sources|notes) et r[ée]f[ée]rences",
    "bibliographie(?: s[ée]lective| compl[ée]mentaire| indicative)?",
    "lectures? (?:compl[ée]mentaires?|recommand[ée]es?|conseill[ée]es?)",
    "pour en savoir plus",
    "refer[êe]ncias(?: bibliogr[áa]ficas| citadas)?",
    "literatura citada",
    "bibliograf[íi]a(?: (?:b[áa]sica|citada|consultada|complementaria|recomendada))?",
    "lecturas? (?:adicional(?:es)?|complementarias?|recomendadas?)",
    "(?:fuentes|referencias)(?: consultadas| utilizadas)?",
    "para saber m[áa]s",
    "bibliografie",
    "literatuur(?:lijst)?",
    "(?:riferimenti )?bibliografic[io]",
)
"""Headings of reference lists; whether a list stands under them is told by ``reference_list.holds_list``."""

PERHAPS_REFERENCES = _line_of(
    "citation", "evidence(?: base)?", "(?:web |useful )?resources", "notes", "notas", "studies"
)
"""Headings of reference lists, where entries follow them; headings of anything else otherwise."""

SECTION = _line_of(
    "abstract|summary|introduction|background|objectives?|aims?|methods?|methodology|results?|discussion|conclusions?",
    "(?:patients|participants|subjects|materials?) and methods?|methods? and materials?|results? and discussion",
    "zusammenfassung|einleitung|hintergrund|methoden?|methodik|ergebnisse|diskussion|schlussfolgerung(?:en)?|fazit",
    "résumé|contexte|objectifs?|méthodes?|résultats?",
    "resumen|introducción|antecedentes|objetivos?|métodos?|resultados?|discusión|conclusi(?:ón|ones)",
)
"""Headings of sections that nearly all articles have, with or without their number."""

BACK_MATTER = re.compile(
    r"^\W*(?:appendix|supplement|abbreviations|tables?|figures?|glossary|annex|conclusions?|discussion|summary|results"
    r"|methods|introduction|background|side effects|risks|treatments?|symptoms|causes|key points"
    r"|faqs?\b|frequently asked)\b",
    re.IGNORECASE,
)
RELATED = _line_of(
    "related (?:articles?|posts?|reading|content)",
    "you may also like",
    "more (?:articles|posts|stories|from)\\b.*",
    "(?:recent|popular) posts",
    "latest news",
    "about the author",
    "about us",
    "contact(?: us| details| information)?",
    "how to (?:find|contact) us",
    "opening (?:hours|times)",
    "comments",
    "leave a (?:comment|reply)",
)
ADMINISTRATIVE = _line_of(
    "(?:[\\w. ]{1,20} )?authors?(?: information| affiliations?| details| notes?|[’']?s?[’']? contributions?)?",
    "(?:author )?affiliations?",
    "contributors?",
    "acknowledge?ments?",
    "(?:sources? of )?funding(?: (?:information|sources?|statement))?",
    "financial (?:support|disclosures?)",
    "(?:declaration of )?(?:competing|conflicts? of|conflicting|financial|declaration of) interests?(?: statement)?",
    "disclosures?(?: statement)?",
    "(?:data|code|data and code|data, code)(?: and materials?)? availability(?: statement)?",
    "availability of (?:data|code).{0,40}",
    "(?:ethics|ethical) (?:approval|statement|considerations?).{0,60}",
    "(?:informed )?consent(?: to participate| for publication)?",
    "publisher[’']s note",
    "key ?words",
)
CHROME = _line_of(
    "home\\b.*[>›»/].*",
    "menu",
    "search",
    "advertisements?",
    "skip to (?:main )?content",
    "accept (?:all )?cookies?",
    "(?:we|this (?:web)?site) uses? cookies\\b.*",
    "share this\\b.*",
    "leave a (?:comment|reply)\\b.*",
    "comments?",
    "(?:previous|next) (?:post|article)\\b.*",
    "(?:read|learn) more",
    "(?:table of )?contents",
    "back to top",
    "all rights reserved.*",
    "(?:©|copyright)\\b.*",
    "follow us\\b.*",
)
_MONTH = "(?:jan|f[eé]b|m[aä]r|apr|may|mai|jui?n|jui?l|aug|ao[uû]|sep|o[ck]t|nov|d[eé][cz]|avr|ene|abr|ago|dic)[a-zéû]*"
_TITLED = r"(?:Dr|Prof|Dra|Pr)\b|[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ]"
BYLINE = re.compile(
    r"^\W*(?:(?:written|reviewed|edited|posted|published|updated|medically reviewed|fact[- ]checked)\b"
    r"|last (?:updated|reviewed)\b|by [A-Z]|author\b|date:|share\b|tags?:"
    r"|(?:[^\n]{0,80}\s)?\d{1,3}[ -]min(?:ute[ns]?|s)?\.? (?:read|lesezeit|de lecture|de lectura)\b"
    r"|\d[\d.,]{0,6}k? (?:claps|likes|shares|comments|responses|views)\b"
    r"|(?:verfasst|geschrieben|aktualisiert|veröffentlicht|zuletzt (?:aktualisiert|geändert)|autor(?:in)?)\b|stand:"
    r"|(?:publié|rédigé|écrit|mis à jour|relu|dernière (?:mise à jour|modification)|auteure?s?)\b"
    r"|(?:publicado|escrito|actualizado|revisado|última (?:actualización|revisión)|autor(?:a|es)?)\b"
    rf"|(?-i:(?:[Vv]on|[Pp]ar|[Pp]or) (?:{_TITLED}))"
    rf"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)? (?:de )?)?{_MONTH}\.?,? (?:de )?\d)",
    re.IGNORECASE,
)
POINTER = re.compile(
    r"\W*(?:related(?: (?:articles?|posts?|reading|stories|topics?))?|(?:also )?read(?: also| more| next| this)?"
    r"|see also|you (?:may|might) also like|recommended|(?:lesen sie|lies) auch|mehr (?:dazu|zum thema)|siehe auch"
    r"|(?:à )?lire aussi|voir aussi|l[ée]e?a? también|(?:te|le) puede interesar|ver también)\b\W{0,3}[:»→]\W{0,5}\w",
    re.IGNORECASE,
)
"""The beginning of a line within the text that names another article of the site."""

_NAME_PART = r"(?:[A-Z][\w’'-]+|[A-Z]\.(?: ?[A-Z]\.)*)"
NAME = re.compile(
    rf"^(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?{_NAME_PART}(?: {_NAME_PART}){{1,3}}(?:, [A-Z][A-Za-z, .]{{1,40}})?$"
)
CALL = re.compile(
    r"\b(?:get in touch|contact (?:us|our|(?-i:[A-Z]\w+ [A-Z]\w+))|call (?:us|our|now|today)"
    r"|book (?:a|an|your|now|online)\b|subscribe|\d+% off|sign up|fill in|click (?:here|below)"
    r"|enquir(?:e|y) (?:now|form)"
    r"|(?:visit|email|phone|follow) (?:us|our)"
    r"|request (?:a|an) (?:call|appointment|quote)|free (?:chat|consultation|assessment)|schedule (?:a|an|your)"
    r"|(?:buy|shop) now|join our|our newsletter|download our|learn more about our)\b",
    re.IGNORECASE,
)
REACH = re.compile(
    r"\b(?:tel|phone|fax|e-?mail)\b\.?:|\b[\w.+-]{1,64}@[\w-]{1,64}\.\w|\b(?:call|ring|phone) 0\d"
    r"|: ?\(?(?:\+\d|0\d)[\d() -]{7,18}\d\W*$",
    re.IGNORECASE,
)
OWN_SERVICE = re.compile(
    r"\b(?:our|we|us)\b[^.!?]{0,80}\b(?:clinic|team|patients|specialists?|experts?|treatments?|services?|practice"
    r"|surgeons?|therapists?|products?|customers?|clients|consultants?|cent(?:re|er))\b"
)
EARNING = re.compile(
    r"\baffiliate (?:links?|partners?|disclosure)|\bearn (?:an? )?(?:small )?(?:commissions?|fees?|from qualifying)"
    r"|\b(?:disclosure|privacy|cookie|editorial) policy\b|\bsponsored (?:post|content|article)\b",
    re.IGNORECASE,
)
AT_OURS = re.compile(r"\b[Aa]t [A-Z]\w+(?: [A-Z]\w+)*, (?:we|our)\b")
SENTENCE_END = re.compile(r"[.!?…][\"”’)\[\]\d\s]*$")
_CAPITAL = re.compile(r"(?:\d+(?:\.\d+)*\.?\s+)?[^\W\d_a-zß-öø-ÿ]")
_COUNTS = re.compile(
    r"\d\s?(?:%|per ?cent)|\b\d+ (?:out of|in|of) (?:every )?\d+\b|\b\d[\d.,]* (?:million|people|patients)\b"
)
_LONGEST_HEADING = 120
_MOST_HEADING_WORDS = 16


def is_furniture(line: str) -> bool:
    """Whether a line names the author or date, or is part of the page around the article."""
    return bool(BYLINE.match(line) or CHROME.match(line))


def looks_like_heading(text: str) -> bool:
    """Whether a block without any mark is worded like a heading: one short line that is no sentence."""
    words = text.split()
    if "\n" in text.strip() or not words or len(text) > _LONGEST_HEADING or len(words) > _MOST_HEADING_WORDS:
        return False
    if REFERENCES.match(text):
        return True
    if _COUNTS.search(text):
        return False
    if text.rstrip().endswith("?"):
        return len(words) <= 12
    return not SENTENCE_END.search(text) and not text.rstrip().endswith((",", ";")) and bool(_CAPITAL.match(text))


def promotes(sentence: str) -> bool:
    """Whether a sentence calls on the reader to get in touch, or speaks of the publisher's own services or earnings."""
    return any(pattern.search(sentence) for pattern in (CALL, AT_OURS, OWN_SERVICE, EARNING))


_ENTRY = re.compile(
    r"^\s*(?:\[?\^?\w{1,20}\]:?\s|\(?\d{1,3}[.)\]]\s|[-*•]\s)|\b(?:1[6-9]|20)\d\d[a-z]?\b|\b10\.\d{4,9}/|https?://|\bdoi\b|\bPMID\b"
    r"|\bet al\b|\bin press\b|\bn\.d\.",
    re.IGNORECASE,
)


def looks_like_entry(piece: str) -> bool:
    """Whether a block can be an entry of a reference list: it has a number, a year, a DOI, an address or "et al."."""
    return bool(_ENTRY.search(piece))
