"""The lists of words that the wordings of ``kb.language.cue_wordings`` name in angle brackets."""

from __future__ import annotations

from collections.abc import Mapping

LISTS: Mapping[str, str] = {
    "knower": """
        study studies research researcher researchers evidence data analysis analyses literature trial
        trials expert experts doctor doctors physicians clinicians scientists specialists practitioners
        therapists surgeons insight insights finding findings review reviews survey surveys report reports
        authors investigators authorities statistics science experiments guidance guideline guidelines
        dietitians psychologists psychiatrists dermatologists dentists""",
    "knows": """
        show shows shown showed suggest suggests suggested indicate indicates indicated demonstrate
        demonstrates demonstrated reveal reveals revealed find finds found confirm confirms confirmed report
        reports reported emphasize emphasizes emphasise emphasises stress stresses recommend recommends
        recommended advise advises advised agree agrees agreed believe believes say says said warn warns
        warned argue argues argued link links linked support supports supported prove proves proven proved
        establish establishes established expand expands expanded conclude concludes concluded describe
        describes described highlight highlights highlighted note notes noted estimate estimates estimated
        identify identifies identified observe observed claim claims compared examined explored discover
        discovers discovered state states stated think urge urges tell tells""",
    "effect": """
        cause causes caused lead leads led trigger triggers triggered disrupt disrupts disrupted alter alters
        altered change changes changed affect affects affected aggravate aggravates aggravated worsen worsens
        worsened result results resulted contribute contributes contributed increase increases increased
        decrease decreases decreased create creates created produce produces produced induce induces induced
        impair impairs impaired damage damages damaged weaken weakens weakened inhibit inhibits inhibited
        activate activates activated stimulate stimulates stimulated impact impacts impacted influence
        influences influenced determine determines determined promote promotes promoted raise raises raised
        lower lowers lowered make makes block blocks blocked suppress suppresses suppressed provoke provokes
        provoked irritate compress spread spreads radiate radiates interfere delay double halve cut""",
    "effect3": """
        causes caused triggers triggered disrupts alters aggravates worsens impairs damages activates inhibits
        induces affects impact impacts influences raises lowers increases decreases cuts doubles
        halves stimulates suppresses blocks destroys kills fights prolongs shortens slows speeds burns
        delays""",
    "help": """
        help helps helped helpful relieve relieves relieved relieving relief improve improves improved
        improving improvement improvements ease eases eased easing alleviate alleviates alleviated alleviating
        reduce reduces reduced reducing prevent prevents prevented preventing protect protects protected
        protecting restore restores restored restoring strengthen strengthens strengthened strengthening heal
        heals healed healing cure cures cured curing benefit benefits beneficial benefited effective
        effectiveness effectively efficacy efficacious boost boosts boosted soothe soothes calm calms success
        successful successfully ineffective""",
    "help3": """
        reduces improves relieves eases prevents alleviates heals cures strengthens helps protects boosts
        soothes calms restores""",
    "patients": """
        people patients persons individuals adults women men children sufferers cases pregnancies infants
        those babies teenagers adolescents americans britons smokers athletes runners""",
    "modal": """
        can could may might will would shall does do did to that which also often it they and or not cannot""",
    "hedge": """
        also often sometimes further even thus directly actually potentially significantly easily then only
        just""",
    "auxiliary": """
        has have had is are was were also now all clearly consistently increasingly recently generally often""",
    "known": """
        known accepted believed thought considered recognized recognised established documented understood
        shown proven demonstrated reported found estimated said""",
    "usual": "often usually commonly frequently typically rarely generally seldom",
    "more": """
        more less fewer higher lower better worse greater larger smaller faster longer shorter superior
        inferior safer stronger weaker likelier""",
    "go": """
        persist recur resolve recover last progress return relapse improve subside worsen heal disappear""",
    "happens": """
        experience report occur affect develop cause present accompany seen reserved associated start begin
        appear suffer lead leads occurs affects develops causes presents appears starts begins""",
    "acts": """
        releases rebuilds repairs regenerates regulates removes flushes detoxifies cleanses balances stabilises
        stabilizes nourishes hydrates dehydrates purifies dissolves thins thickens dilates narrows tightens loosens
        relaxes saves reverses rejuvenates neutralises neutralizes""",
    "act": """
        cause trigger raise lower increase decrease disrupt worsen aggravate impair damage weaken inhibit activate
        stimulate induce suppress provoke kill destroy slow speed shorten prolong release rebuild repair regenerate
        regulate remove restore boost soothe save block fight affect alter reverse dissolve relax""",
}
"""By name; blanks between the words."""
