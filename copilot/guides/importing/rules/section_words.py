"""How documents call their parts, English and French, as patterns over folded text.

Folded: lower case, no accents, plain apostrophes. A heading is a part's name where a pattern covers
all of it; ``…`` in the lists below stands for any further words.
"""

import enum


class Section(enum.StrEnum):
    """What a part of a document holds, as its heading or lead-in says."""

    QUESTIONS = "questions"
    POINTS = "expected points"
    FLAGS = "red flags"
    COMPETENCIES = "competencies"
    SKILLS = "skills"
    STAGES = "stages"
    TIPS = "tips"
    SCORING = "scoring"
    SUMMARY = "summary"
    DUTIES = "duties of the role"
    FOLLOW_UPS = "follow-up questions"
    SAMPLE = "sample answers"
    NOT_TO_ASK = "questions not to be asked"
    CANDIDATES = "questions of the candidate"


#: What may stand behind a name: "… for an operations manager", "… (mandatory)", "… : 10 points".
TAIL = (
    r"(?:\W*$|\W+(?:for|of|in|to|at|by|du|de|des|d'|pour|en|a|au|aux|lors|per)\b.*|\s*\(.*\)\W*$)"
)

#: The first that fits is taken. Those of one language are tried whatever the document's: pages mix.
HEADINGS: tuple[tuple[Section, str], ...] = (
    (
        Section.NOT_TO_ASK,
        (
            r"(?:.* )?(?:do not ask|don't ask|never ask|not to ask|off[ -]limits?|illegal|"
            r"unlawful|"
            r"prohibited|forbidden|questions? to avoid|"
            r"a ne (?:pas|jamais) (?:demander|poser)|questions? interdites?|ne (?:pas|jamais) "
            r"(?:demander|poser)|questions? a (?:eviter|proscrire)|sujets? interdits?)\b.*"
        ),
    ),
    (
        Section.CANDIDATES,
        (
            r"(?:questions? (?:the |that |for |from )*(?:candidates?|applicants?|you can ask|"
            r"to ask the "
            r"(?:interviewer|employer)).*|(?:the )?candidates?'?s?'? questions?|"
            r"questions? (?:du|de la|des|que le|pour le) (?:candidate?s?|recruteur).*|"
            r"questions? (?:a poser|posees?) (?:au recruteur|par (?:le|les) candidats?).*)"
        ),
    ),
    (
        Section.FOLLOW_UPS,
        (
            r"(?:(?:possible |suggested |useful |optional |good )?(?:follow[ -]?ups?|prob(?:es?|"
            r"ing)|"
            r"deeper)(?: questions?)?(?: to ask)?|dig(?:ging)? deeper|to go (?:deeper|further)|"
            r"(?:questions? (?:de|pour) )?(?:relances?|approfondir|"
            r"approfondissement)(?: possibles?)?|"
            r"pour (?:aller plus loin|creuser)|(?:a )?creuser)\W*"
        ),
    ),
    (
        Section.SAMPLE,
        (
            r"(?:sample|example|model|possible) (?:answers?|responses?)|(?:an )?example|"
            r"(?:exemples? de|modeles? de) (?:bonnes? )?reponses?(?: .*)?|"
            r"(?:reponse (?:type|modele)|exemple)"
        ),
    ),
    (
        Section.FLAGS,
        (
            r"(?:.* )?(?:red flags?|warning (?:signs?|signals?)|watch[ -]?outs?|"
            r"deal[ -]?breakers?|"
            r"signaux d'alerte|signaux? d'alarme|signes? d'alerte|signal d'alerte|"
            r"drapeaux? rouges?|"
            r"points? (?:de vigilance|d'alerte))\b.*|"
            r"(?:things? |what |signs? )?to (?:watch out for|be wary of|worry about)|"
            r"(?:things? |what )?(?:should|would|will|that) worr(?:y|ies) (?:us|you|me)|"
            r"(?:things? |what )(?:i|we|you)(?:'d| would| should)? worry about(?: .*)?|"
            r"concerns?|alertes?|(?:a )?(?:eviter|fuir|surveiller)|"
            r"(?:signs? of )?(?:an? |the )?(?:weak|poor|bad|wrong) (?:answers?|responses?|"
            r"candidates?|"
            r"signs?|signals?)(?: .*)?|negative (?:signs?|signals?|indicators?)|"
            r"(?:les )?(?:mauvaises? reponses?|reponses? (?:faibles?|insuffisantes?)|"
            r"mauvais signes?|"
            r"signaux negatifs|indicateurs negatifs|points? d'attention)|what (?:bad|poor|"
            r"weak) (?:looks|sounds) like|bad|weak|poor|mauvais|faible|"
            r"(?:.* )?(?:qui|que) doi(?:t|vent) (?:vous |nous )?(?:alerter|inquieter)|"
            r"(?:be )?(?:wary|careful) of|avoid"
        ),
    ),
    (
        Section.POINTS,
        (
            r"(?:what (?:to|you should|we|you) (?:listen for|want to hear|(?:'re|"
            r"are)? ?listening for|hope "
            r"to hear)|listen(?:ing)? for|look(?:ing)? for|what we(?:'re| are) (?:looking|"
            r"listening) for|"
            r"(?:what (?:makes )?)?(?:an? |the )?(?:good|great|strong|ideal|best|excellent|"
            r"expected|"
            r"positive) (?:answers?|responses?|signs?|signals?|indicators?|elements?)(?: .*)?|"
            r"(?:expected|key|talking|answer) points?|points? (?:to (?:cover|listen for|hear)|"
            r"expected)|"
            r"expect(?:ed|ations?)?|green flags?|(?:what )?(?:the |an? )?answers? should .*|"
            r"(?:elements?|points?|reponses?|contenus?) (?:attendu|de reponse|cles?|a entendre|"
            r"a ecouter)e?s?(?: .*)?|(?:les )?attendus?|attentes?|(?:une |la |les )?"
            r"(?:bonnes?|meilleures?) reponses?(?: .*)?|ce qu(?:'on|e nous|e l'on|'il faut|"
            r"e vous) "
            r"(?:attend(?:ons|ez)?|entendre|ecouter|devez entendre|voulons entendre)(?: .*)?|"
            r"(?:bons signes?|signaux positifs|indicateurs positifs)|a (?:ecouter|entendre)|"
            r"what (?:good|great|strong) (?:looks|sounds) like|good|strong|great|bon|answer|"
            r"reponse|[ar]|(?:benchmark|target|desired|reference) (?:answers?|responses?)|"
            r"reponses? (?:cibles?|de reference))"
        ),
    ),
    (
        Section.SCORING,
        (
            r"(?:.* )?(?:scoring(?: \w+)?|rating (?:scale|guide|criteria)|ratings?|rubrics?|"
            r"scorecards?|score "
            r"(?:guide|sheet|anchors?)|anchors?|evaluation (?:grid|scale|form)|"
            r"notation|bareme|grille d(?:'|e )(?:evaluation|notation)|echelle(?: .*)?)"
        ),
    ),
    (
        Section.TIPS,
        r"(?:(?:interview(?:er|ing)?|hiring|quick|general|practical) )?(?:tips?|advice|hints?|"
        r"recommendations?|reminders?|guidance|best practices?)" + TAIL + "|"
        r"(?:notes? )?(?:for|to) (?:the |all )?interviewers?|(?:interviewer'?s?'? )?notes?|"
        r"(?:before|during|after) (?:the (?:interview|call|conversation)|you (?:start|begin|"
        r"meet))|(?:dos?|do's) and don'?ts?|"
        r"(?:conseils?|astuces?|recommandations?|bonnes pratiques|rappels?|remarques?)" + TAIL + "|"
        r"(?:pour|a l'attention) (?:le|du|les|des) (?:recruteurs?|intervieweurs?|evaluateurs?)|"
        r"(?:avant|pendant|apres) l'entretien|(?:a )?ne pas oublier|pour memoire|"
        r"(?:please )?(?:remember|don't forget)|nb|n\.b",
    ),
    (
        Section.QUESTIONS,
        (
            r"(?:.*\W)?(?:questions?|q ?& ?a|questionnaire)\b.*|what to ask.*|quoi demander.*|"
            r"q|(?:to )?ask|(?:a )?demander"
        ),
    ),
    (
        Section.STAGES,
        r"(?:(?:the|our|your|le|notre|votre|les) )?(?:(?:hiring|interview(?:ing)?|recruitment|"
        r"recruiting|selection|assessment) )?(?:process|stages?|steps|rounds?|loop|structure|"
        r"format|agenda|time ?lines?|time ?table|schedule|running order|run[ -]?sheet)" + TAIL + "|"
        r"how (?:the|an?|our|this) (?:interview|process|conversation|meeting|hour|day)s? "
        r"(?:runs?|works?|goes|is structured|is organi[sz]ed)\W*|"
        r"(?:comment se (?:deroule|passe)|duree et deroule(?:ment)? de) l'entretien\W*|"
        r"(?:(?:le|les|nos|notre|votre) )?(?:processus|parcours|etapes?|tours?|deroule(?:ment)?|"
        r"demarche)(?: (?:de|d'|du|des)(?: |')?(?:l')?(?:recrutement|entretiens?|selection|"
        r"embauche|processus))*" + TAIL,
    ),
    (
        Section.DUTIES,
        r"(?:(?:key|main|core|primary|typical|principal|your|daily) )*(?:duties|responsibilities|"
        r"tasks|"
        r"accountabilities)(?: and (?:duties|responsibilities|tasks))?" + TAIL + "|"
        r"what (?:does|do) .* do|what (?:you(?:'ll| will)|they(?:'ll| will)|the role|"
        r"an? .*) (?:do|does)|job description|"
        r"(?:(?:les|vos|ses|principales|principaux) )*(?:missions?|responsabilites|taches|"
        r"activites)(?: (?:principales?|cles?|et .*))?" + TAIL + "|fiche de poste",
    ),
    (
        Section.SKILLS,
        r"(?:(?:key|required|core|technical|hard|soft|essential|desired|must[- ]have|"
        r"nice[- ]to[- ]have|"
        r"top|main|and|the) )*(?:skills?(?: (?:required|needed|and (?:tools|qualifications|"
        r"requirements)))?|requirements|qualifications|tech(?:nology|nical)? stack|tools|"
        r"technologies|must[- ]haves?|nice[- ]to[- ]haves?)" + TAIL + "|"
        r"(?:competences|connaissances) (?:techniques?|requises?|metier|informatiques)"
        r"(?: (?:indispensables?|requises?|necessaires?|attendues?|exigees?|obligatoires?|cles?|"
        r"souhaitees?|appreciees?|et \w+))*" + TAIL + "|"
        r"(?:savoir[- ]faire|outils|prerequis|technologies|logiciels|stack technique|"
        r"connaissances|aptitudes)" + TAIL,
    ),
    (
        Section.COMPETENCIES,
        r"(?:(?:key|core|main|leadership|behaviou?ral|the|our) )*competenc(?:y|ies|"
        r"es?)(?: (?:model|"
        r"framework|assessed|evaluated|to (?:assess|evaluate)))?" + TAIL + "|"
        r"what (?:to look for|to (?:assess|evaluate|rate)|(?:we|they|you)(?:'ll| will|"
        r" should)? (?:"
        r"(?:be )?(?:assess|evaluat|look|rat|judg)\w*)(?: for)?)" + TAIL + "|"
        r"(?:qualities|traits|attributes|strengths|(?:assessment|evaluation|selection|rating) "
        r"(?:areas|criteria)|criteria|areas (?:to|they|we|you) .*)" + TAIL + "|"
        r"what makes an? (?:good|great|strong) .*|(?:what|which) (?:qualities|"
        r"skills|competencies|traits) (?:to |matter|make).*|quelles? (?:qualites|"
        r"competences)(?: .*)? (?:rechercher|evaluer)|"
        r"(?:(?:les|nos) )?(?:competences?|savoir[- ]etre|qualites)(?: (?:cles?|evaluees?|"
        r"a evaluer|"
        r"recherchees?|attendues?|comportementales?|personnelles?|humaines?))*" + TAIL + "|"
        r"ce qu(?:'il faut|e nous|e vous|'on|e l'on) (?:recherch|evalu|jug|not|cherch)\w*"
        + TAIL
        + "|"
        r"(?:les )?criteres(?: (?:d'evaluation|de selection|evalues|de notation))?" + TAIL + "|"
        r"profil recherche",
    ),
    (
        Section.SUMMARY,
        (
            r"(?:summary|overview|introduction|context|background|in (?:short|brief)|the (?:role|"
            r"position|"
            r"job|context)|role|position|(?:role|job|position) (?:summary|overview|profile)|"
            r"about (?:the|"
            r"this) (?:role|position|job)|why the role .*|purpose(?: of the (?:role|"
            r"job))?|"
            r"resume|(?:le )?(?:poste|contexte|metier)|(?:a propos|presentation|description|"
            r"resume|"
            r"contexte|enjeux) (?:du|de la|de ce) (?:poste|fonction|role|metier)|presentation|"
            r"en (?:bref|resume|quelques mots))"
        ),
    ),
)

#: "Competency: Communication", "Stage 2 - Technical interview": the name of one item follows.
NAMED: tuple[tuple[Section, str], ...] = (
    (Section.COMPETENCIES, r"(?:competency|competence|criterion|critere|dimension|attribute)"),
    (Section.STAGES, r"(?:stage|step|round|etape|phase|tour|interview|entretien)"),
    (Section.SKILLS, r"(?:skill|savoir-faire)"),
)

#: Words within a sentence that leads a list in, where the sentence is no heading.
LEAD_INS: tuple[tuple[Section, str], ...] = (
    (
        Section.NOT_TO_ASK,
        r"\b(?:do not|don't|never|must not|may not) ask|\bne (?:demandez|posez) (?:pas|jamais)",
    ),
    (Section.FOLLOW_UPS, r"\bfollow[ -]?up|\bprobe|\bdig (?:deeper|into)|\brelanc|\bcreus"),
    (
        Section.FLAGS,
        (
            r"\bred flags?|\bwarning signs?|\bbe (?:wary|careful)|\bwatch out|\bbeware|"
            r"\bconcern(?:s|"
            r"ed)\b|"
            r"\b(?:weak|poor|bad) (?:answers?|candidates?)|\balerte|\bvigilance|\bmefi|"
            r"\battention a\b|"
            r"\bmauvaises? reponses?"
        ),
    ),
    (
        Section.DUTIES,
        (
            r"\b(?:duties|responsibilities|tasks)(?: \w+)? (?:include|are|will be)|"
            r"\bresponsible for\W*$|"
            r"\b(?:missions|responsabilites|taches) (?:sont|comprennent|principales|suivantes)"
        ),
    ),
    (
        Section.STAGES,
        (
            r"\b(?:process|rounds|stages|steps) (?:has|have|is|are|consists?|looks?|includes?)\b|"
            r"\bprocessus (?:comporte|comprend|compte|se deroule)|\betapes suivantes"
        ),
    ),
    (
        Section.QUESTIONS,
        (
            r"\bquestions\b.*(?:\bask|:)|\bask (?:them|her|him|the candidate|about|these|"
            r"the following)|"
            r"\bquestions (?:suivantes|a poser)|\bpos(?:ez|er) les\b"
        ),
    ),
    (
        Section.COMPETENCIES,
        (
            r"\b(?:will |want to |should |we |you |to )(?:evaluate|assess|look for|judge|rate)\b|"
            r"\blooking for\b|\bareas\b|\bevalu(?:er|ons|ez|ent)\b|\brecherch(?:er|ons|ez)\b"
        ),
    ),
    (Section.SKILLS, r"\bskills\b|\btools\b|\bcompetences\b|\boutils\b"),
    (Section.TIPS, r"\btips\b|\bremember to\b|\bconseils\b|\bpensez a\b"),
)
