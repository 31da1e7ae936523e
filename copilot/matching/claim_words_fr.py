"""The words in which people claim results in French."""

from copilot.matching.claim_words import ClaimWords
from copilot.matching.word_lists import any_of, compiled

# See the English lists for why verbs need one of these.
_LESS = any_of("""
    coûts?, frais, dépenses, délais?, temps (?:de|d') ?\\w+, pannes?, incidents?, tickets?,
    erreurs?, retards?, réclamations, plaintes, litiges, rebuts?, pertes, turn-?over, absentéisme,
    encours, retours, stocks?, casse, absences
""")
_GAIN = any_of("""
    productivité, efficacité, qualité, disponibilité, fiabilité, satisfaction, ventes, marges?,
    performances?, rendement
""")
_STRONG = any_of("""
    beaucoup, nettement, bien, largement, vraiment, tellement, carrément, franchement, énormément,
    sensiblement, considérablement, drôlement, fortement, clairement, vachement, significativement
""")
_BETTER = any_of("""
    mieux, meilleure?s?,
    plus (?:vite|rapides?|fluides?|efficaces?|contente?s?|courte?s?|stables?|fiables?|calmes?),
    plus (?:productifs?|productives?|sereine?s?|propres?)
""")
# "mieux de demander", "mieux que l'autre" compare something else.
_SINCE = (
    r"(?!-|\s(?:de|si|quand|comme|pour|en|à|sans|avec|possible)\b|\sd')"
    r"(?!\squ(?:e\s|')(?!avant|au début|à l'époque))"
)
_DID = any_of("aussi, du coup, donc, quand même, pu, réussi à, permis de, fait")
_WE = (
    any_of("""
        j'ai, on a, on avait, nous avons, mon équipe a, l'équipe a, ça a, ça (?:m'|nous )a,
        cela (?:nous )?a
    """)
    + rf"\s(?:(?:{_STRONG}|{_DID})\s|permis d')*"
)
# Up to four words that stay with the verb.
_AWAY = any_of("et, ou, sur, avec, pour, parce, qui, dans, par")
_OBJECT = rf"(?:(?!{_AWAY})[\w'-]+\s){{0,4}}?(?:[dl]')?"
_SPED_UP = any_of("améliorée?s?, accélérée?s?, améliorer, accélérer")
_CUT = any_of("""
    réduite?s?, baissée?s?, diminuée?s?, réduire, baisser, diminuer, économisé, raccourcie?s?,
    raccourcir
""")
_WENT_DOWN = any_of("baissée?s?, diminuée?s?, chuté, reculé, disparu, réduite?s?, fondu")
_SOME = r"(?:(?:en|du|de|plein de|pas mal de)\s|d')"
_IS = any_of("""
    c'est, c'était, ça (?:va|allait|marche|marchait|tourne|fonctionne|roule|se passe),
    on (?:est|va), est, sont, était, étaient, devenue?s?
""")
_NOW = any_of("maintenant, aujourd'hui, depuis, désormais")
_BIG = any_of("gros, grosses?, énormes?, nettes?, vraies?, fortes?, belles?, grandes?")

_OWN = (
    rf"{_WE}{_SPED_UP}",
    rf"{_WE}{_CUT}\s{_OBJECT}{_LESS}",
    rf"{_WE}(?:augmentée?s?|gagné|augmenter|gagner)\s{_OBJECT}{_GAIN}",
    rf"{_WE}(?:gagné|gagner|économisé)\s(?:{_STRONG}\s)?{_SOME}(?:temps|argent)\b",
)
_OUTCOME = (
    rf"{_LESS}\s(?:ont|a|avaient|avait)\s(?:été\s)?(?:{_STRONG}\s)*{_WENT_DOWN}",
    rf"{_GAIN}\s(?:ont|a|avaient|avait)\s(?:{_STRONG}\s)*(?:augmenté|progressé)\b",
    rf"\b(?:s'est|se sont)\s(?:{_STRONG}\s)*améliorée?s?\b",
    rf"{_IS}\s(?:(?:{_STRONG}|quand même)\s)+{_BETTER}{_SINCE}",
    rf"{_IS}\s{_BETTER}(?=\s(?:maintenant|aujourd'hui|depuis|qu'avant))",
    rf"{_NOW}[^.!?]{{0,60}}?{_IS}\s{_BETTER}{_SINCE}",
    rf"\b(?:on a|on a eu|nous avons|y a|y a eu|il y a)\s(?:{_STRONG}\s)+moins\s(?:de\s|d')\w+",
    rf"\b(?:une?|de|des)\s{_BIG}\s(?:améliorations?|économies?|gains?)\b",
    r"\bc'est le jour et la nuit\b|\b(?:ça|cela) n'a plus rien à voir\b",
)

FRENCH = ClaimWords(
    own=compiled(*_OWN),
    outcome=compiled(*_OUTCOME),
    strong=compiled(_STRONG),
    phrases=compiled(
        any_of("""
            vous savez, vous voyez, si vous voulez, je (?:vous )?(?:dirais|dis), à vrai dire,
            (?:il )?paraît, (?:il )?y a(?! pas), faut dire(?: que)?, si si, pas photo, pas mal,
            je peux vous dire, comme vous dites, je pense, je crois, non seulement
        """)
    ),
    doubtful=compiled(
        any_of("""
            si, s'il, sauf, devrai\\w+, pourrai\\w+, faudrait, faut, aurai\\w+, serai\\w+,
            voudrai\\w+, voul\\w+, veux, veut, j'aimerais, espèr\\w+, essay\\w+, objectif, but,
            afin, pour que, peut, peux, pouvait, censée?s?, idéalement, en théorie, normalement,
            promis, promettait, idée c'était, comment, pas, jamais, rien, aucune?, personne, sans,
            ni, ne, avant que, tant que, jusqu'à, vous, votre, vos, tu, toi, les gens, en général,
            souvent, toujours
        """),
        r"\bn'",
    ),
    others=compiled(
        any_of("""
            il, elle, ils, elles, leurs?, lui, prestataires?, éditeur, fournisseurs?, concurrents?,
            prédécesseur, mon (?:chef|patron|directeur), ma (?:directrice|cheffe), quelqu'un,
            consultants?, cabinet
        """)
    ),
    ourselves=compiled(r"\bj'", any_of("je, moi, on, nous, mon, ma, mes, notre, nos")),
    measured=compiled(
        r"(?<!pas )(?<!jamais )"
        + any_of("j'ai, on a, on l'a, ça a été, était, nous avons, on les a")
        + r"\s(?:\w+\s)?(?:mesuré|suivi|compté|chronométré|chiffré|comparé)e?s?\b",
        any_of("les chiffres, les stats, l'enquête, le baromètre, les courbes, les données")
        + r"\s(?:le )?(?:montrent?|montraient|disent|prouvent|sont|confirment|a|ont)\b",
    ),
)
