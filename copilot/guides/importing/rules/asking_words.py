"""How questions to a candidate begin, English and French, as patterns over folded text."""

from copilot.coach.words import word_set

#: A sentence that begins so asks, though it has no question mark.
IMPERATIVES = (
    r"(?:(?:please|first|now|then|and|also|so|finally|alors|d'abord|et|puis|enfin),? )*(?:"
    r"(?:tell|show|give|teach|explain to) (?:me|us)\b|(?:walk|talk|take|guide|lead) (?:me|"
    r"us) through\b|"
    r"describe\b|explain\b|share (?:an?|with|your|some|one|how)\b|think (?:of|about|back)\b|"
    r"imagine\b|suppose\b|picture\b|say (?:you|that)\b|name (?:an?|one|two|three|some|your)\b|"
    r"(?:recall|recount|list|define|compare|discuss|outline|introduce yourself|summari[sz]e)\b|"
    r"(?:i'd|i would|we'd|we would) (?:like|love) (?:you )?to\b|let's (?:say|imagine|suppose)\b|"
    r"(?:racontez|parlez|dites|decrivez|expliquez|donnez|presentez|citez|imaginez|supposez|"
    r"supposons|"
    r"partagez|detaillez|evoquez|illustrez|comparez|definissez|exposez|resumez|pensez a)\b(?:-moi|"
    r"-nous)?|pouvez-vous\b|pourriez-vous\b)"
)

#: A question by its words, though its mark was forgotten: "How do you sharpen a saw".
INVERTED = (
    r"(?:how|what|why|when|where|which|who)\b(?: [\w'-]+){0,4}? "
    r"(?:do|did|would|have|are|were|can|could|will|was|is) you(?:r)?\b|"
    r"(?:comment|pourquoi|quand|ou|que|qu'|quels?|quelles?|combien|en quoi)\b(?: ?[\w'-]+?){0,4}?"
    r"[ -]\w+-vous\b|(?:have|are|were|did|do|would|can|could) you\b"
)

#: Imperatives that ask a candidate wherever they stand, be it among the points of a question.
SURE_IMPERATIVES = (
    r"(?:(?:and|also|then|please|et|puis),? )*(?:tell (?:me|us)\b|(?:walk|talk|take) (?:me|"
    r"us) through\b|give (?:me|us) an example|describe an? "
    r"(?:time|situation|moment|project|case|occasion|instance)|racontez[- ](?:moi|nous)|"
    r"parlez[- ](?:moi|nous)|decrivez[- ](?:moi|nous)|donnez[- ](?:moi|nous))"
)

#: Whom a question to the candidate addresses.
ADDRESSED = r"\b(?:you|your|yours|yourself|you'(?:d|ve|ll|re)|vous|votre|vos|tu|ton|ta|tes|te)\b"

#: First that fits, over the whole text.
KINDS: tuple[tuple[str, str], ...] = (
    (
        "situational",
        (
            r"^(?:how|what|where|which)\b.{0,30}\bwould you\b|^(?:imagine|suppose|picture|say you|"
            r"what if|if you)\b|"
            r"^(?:que|comment|quelle?s?)\b.{0,30}\b\w+riez[- ]vous\b|^(?:imagin|suppos)(?:ez|"
            r"ons)\b|"
            r"^si vous\b"
        ),
    ),
    (
        "behavioural",
        (
            r"\b(?:a|the last|an?other|one|some) (?:time|times|situation|moment|occasion|instance|"
            r"case|"
            r"project|example|process|story|decision|conflict|mistake|failure)\b.{0,40}\b(?:you|"
            r"your|"
            r"when|where|of how)\b|"
            r"\bexamples? (?:of|from|where|when)\b|\b(?:have|had) you (?:ever |already )?\w+|"
            r"\bhave you\b|"
            r"\bdid you\b|\bwere you\b|\byou've\b|\btell (?:me|us) about (?:an?|the|your last)\b|"
            r"\bwhen (?:was|were|did)\b|"
            r"\bune (?:fois|situation|occasion|experience)\b.{0,40}\bvous\b|\bun (?:moment|jour|"
            r"cas|"
            r"projet|"
            r"exemple|conflit|echec)\b.{0,40}\b(?:vous|votre)\b|\bavez[- ]vous\b|\bvous avez\b|"
            r"\betiez[- ]vous\b|\bvous etes[- ]vous\b|^(?:racontez|donnez(?:-| )(?:moi|"
            r"nous) un exemple)|"
            r"\bderniere fois\b|\bvotre derni|"
            r"^parlez[- ](?:moi|nous) d'une?\b|\bwent (?:wrong|well|badly)\b|\b(?:your|"
            r"the) (?:last|"
            r"most recent|previous)\b|\blast (?:week|month|year|job|time)\b|\bexemples? (?:de|d'|"
            r"concrets?)"
        ),
    ),
    (
        "situational",
        (
            r"\bwould you\b|\bwould your\b|\byou'd\b|\byou would\b|\bimagine\b|\bsuppose\b|"
            r"\bsay (?:you|that)\b|"
            r"\bpicture\b|\bwhat if\b|^if\b|\bscenario\b|"
            r"\b\w+riez[- ]vous\b|\bvous \w+riez\b|\bimagin(?:ez|ons)\b|\bsuppos(?:ez|ons)\b|"
            r"^si\b|"
            r"\bmettez[- ]vous\b"
        ),
    ),
    (
        "opinion",
        (
            r"\bdo you (?:think|believe|consider|see|feel|prefer|value|like|enjoy)\b|"
            r"\bin your (?:opinion|view)\b|"
            r"\byour (?:opinion|view|philosophy|thoughts)\b|\b(?:motivates?|attracts?|"
            r"interests?) you\b|"
            r"\bwhy (?:do you|are you|this|our)\b|\bmost important\b|"
            r"\bselon vous\b|\ba votre avis\b|\bpensez[- ]vous\b|\bconsiderez[- ]vous\b|"
            r"\bvous motive\b|"
            r"\bpourquoi (?:ce|cette|notre|nous|voulez|souhaitez|postulez)\b|\bcroyez[- ]vous\b"
        ),
    ),
    (
        "knowledge",
        (
            r"^(?:what (?:is|are) (?!your)|what's (?!your)|explain\b|define\b|compare\b|name\b|"
            r"list\b|"
            r"what does\b|how (?:does|do) (?!you)|which\b.{0,40}\b(?:is|are)\b|how is\b|"
            r"when (?:is|"
            r"should)\b)|"
            r"\bdifferences? between\b|"
            r"^(?:qu'est[- ]ce (?:que|qu') |quelles? (?:est|sont) (?!vo)|quels? (?:est|"
            r"sont) (?!vo)|"
            r"definissez|citez|comparez|comment (?:fonctionne|marche))|\bdifferences? entre\b"
        ),
    ),
)

#: "Ask …": what begins a tip that says what to ask.
ASKS = (
    r"(?:(?:for|on|pour|before|during) .{0,30}\b(?=please|pls))?(?:also |then |always |please |"
    r"pls |and |first,? |if .{0,40}, |(?:you )?(?:can|could|may|should) |"
    r"pensez a |et )*"
    r"(?:ask|asking|probe|probing|question|inquire|start with|begin with|open with|close with|"
    r"try|use|"
    r"demandez|demander|posez|poser|interrogez|interroger|creusez|commencez par|terminez par|"
    r"questionnez|essayez)\b"
)

#: Irregular pasts: "how they built" is no present tense.
PASTS = word_set(
    """built led made dealt chose brought bought caught drove fell felt fought found gave got
    grew had heard held kept knew learnt left lost met paid ran rose said saw sent sold spent
    spoke stood taught thought told took understood went won wrote did was were been began
    broke came became forgot hid hit hurt cut put set read let cost split shut spread beat bet
    quit rid cast shed overcame oversaw undertook withdrew drew dug froze rode shook stole
    struck swore threw wore wove"""
)
#: "they all agree", "they then said": no verb stands behind "they".
NO_VERBS = word_set(
    """all both each either not never ever also then now still really just only often always
    usually typically currently previously recently might must should may need themselves who"""
)
