"""How sentences under a question, in an introduction or in a letter begin, over folded text."""

import re

#: An article's advice on an answer, behind its points: it is expected as well.
EMPHASIS = re.compile(
    r"^(?:also,? |finally,? |be sure to |make sure (?:to|you) |remember to |don't forget to |"
    r"try to )*"
    r"(?:emphasi[sz]e|highlight|show (?:you|your|how|that)|demonstrate|stress|underline|"
    r"discuss (?:how|your)|"
    r"mention|convey|explain (?:how|why|your) |focus on|point out|express|"
    r"insist(?:ez|er) sur|soulign(?:ez|er)|mett(?:ez|re) en avant|montr(?:ez|er)|demontr(?:ez|er)|"
    r"mentionn(?:ez|er)|valoris(?:ez|er)|expliqu(?:ez|er) (?:comment|pourquoi))\b"
)

#: "Look for …": what follows is expected. The lead is taken off where a noun follows.
EXPECTS = re.compile(
    r"^(?:(?:you(?:'re| are)? |we(?:'re| are)? |i(?:'m| am)? )?(?:look(?:ing)?|listen(?:ing)?|"
    r"watch) for|"
    r"(?:(?:i|we)(?:'d| would)? |you )?(?:expect|(?:want|hope|like|love) to (?:hear|see)|"
    r"should hear)(?: that)?(?! (?:how|what|why|who|when)\b)|"
    r"(?:je |nous |on )(?:veux|voulons|veut|souhait\w+|aimer\w+) entendre(?: que)?|"
    r"(?:on |nous )?(?:attend(?:ons|ez)?|recherch(?:ez|ons)|ecoutez)(?: que)?|"
    r"soyez attentif a)\b[:,]?\s+"
)
#: Sentences on what a good answer holds; they stay whole.
GOOD_ANSWER = re.compile(
    r"^(?:an? |the |une |la |les )?(?:good|strong|great|best|ideal|excellent|solid|top|bonnes?|"
    r"excellentes?|"
    r"meilleures?) (?:answers?|responses?|candidates?|reponses?|candidate?s?)\b|"
    r"^(?:the |a |le |la |un |une |les )?(?:candidate?s?|answers?|responses?|reponses?) "
    r"(?:should|must|will|needs? to|ought to|doit|doivent|devraient|devrait)\b|"
    r"^(?:they|he|she|she or he|il|elle|ils) (?:should|must|ought to|need to|doit|doivent|"
    r"devrait)\b"
)
#: Sentences that warn.
WARNS = re.compile(
    r"^(?:be (?:wary|careful|cautious)|beware|watch (?:out )?for|avoid|steer clear|(?:a |one |"
    r"another |it's a |"
    r"it is a )?(?:big |major |clear )?(?:red flag|warning sign)|(?:an? )?(?:weak|poor|"
    r"bad) (?:answers?|candidates?|"
    r"responses?)|i(?:'d| would) be (?:worried|wary|concerned)|"
    r"attention (?:a|aux?|si)|mefiez-vous|prenez garde|evitez|une? (?:mauvaises?|"
    r"faibles?) (?:reponses?|candidats?)|"
    r"alerte si|signal d'alerte)\b"
)
WARNS_LEAD = re.compile(
    r"^(?:also |then |and |so )?(?:be (?:wary|careful|cautious) (?:of|about)|beware(?: of)?|"
    r"watch out for|mefiez-vous "
    r"(?:de|des|d')|attention (?:a|aux?))\s+"
)
#: What a question is for: advice to whoever asks it.
TESTS = re.compile(
    r"^(?:this|that|here|the (?:question|aim|goal|purpose)|sharing|with this|it |use this|cette|"
    r"ce|l'objectif|le but|"
    r"on |ici|permet)\b"
)
#: Told in the first person: an answer as a candidate gives it.
FIRST_PERSON = re.compile(
    r"(?:^|\W)(?:i|i'm|i've|i'd|my|we|our|je|j'ai|j'|mon|ma|mes|nous avons)(?:\W|$)"
)

ABOUT_DOCUMENT = re.compile(
    r"\b(?:this|the|our|comprehensive) (?:\w+ )?(?:guide|article|post|page|document|list|kit|"
    r"template|form|"
    r"sheet)\b|\blet's\b|\binterview|\bcandidate|\bresume\b|\bstand out\b|\byou\b|\byour\b|"
    r"\byou're\b|"
    r"\b(?:ce|cet|cette|le present) (?:guide|article|document|page|fiche|trame|grille)\b|"
    r"\bentretien|"
    r"\bcandidat|\bvous\b|\bvotre\b|\bvos\b"
)
ABOUT_ROLE = re.compile(
    r"\b(?:role|position|leader|job|reports? to|responsible|poste|fonction|metier|"
    r"rattache|responsable|mission)\b"
)
NOT_TO_ASK = re.compile(
    r"\b(?:do not|don't|never|must not|may not|should not|shouldn't) ask\b|"
    r"\bne (?:lui |leur )?(?:demandez|posez) (?:pas|jamais|aucune)\b"
)

GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon)|bonjour|salut|chere?s?|"
    r"hallo)\b[^.?:]{0,50}[,!.:]?$"
)
SIGN_OFF = re.compile(
    r"^(?:thanks|thank you|many thanks|thx|best|best (?:regards|wishes)|kind regards|regards|"
    r"cheers|sincerely|"
    r"talk soon|see you|yours|cordialement|bien cordialement|merci|bien a (?:vous|toi)|a bientot|"
    r"amicalement|"
    r"belle journee|bonne journee|bon courage|good luck|sent from my|envoye de mon)\b.{0,60}$"
)
MAIL_HEADER = re.compile(
    r"^(?:from|to|cc|bcc|sent|date|subject|re|fw|fwd|reply-to|de|a|envoye|objet|tr)\s?:\s?\S"
)
SUBJECT = re.compile(r"^(?:subject|objet)\s?:\s*(?:(?:re|fw|fwd|tr)\s?:\s*)*", re.IGNORECASE)
#: "Could you ask her …?" is no question to the candidate.
TO_A_COLLEAGUE = re.compile(
    r"(?:^|[.,;!] )(?:please,? )?(?:can|could|would|will) you (?:please |also |maybe |"
    r"just )*(?:ask|check|find out|make sure|probe|see (?:if|"
    r"whether|how)|cover|look|let me|send|please)\b|\bask (?:her|him|them)\b|"
    r"(?:^|[.,;!] )(?:peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|tu peux) (?:aussi |bien |"
    r"s'il (?:te|vous) plait )*(?:lui |leur )?"
    r"(?:demander|verifier|creuser|poser|aborder|regarder)\b"
)
