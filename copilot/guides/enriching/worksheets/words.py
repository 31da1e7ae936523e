"""The words of worksheets, for people who write sentences without the app, English and French."""

from dataclasses import dataclass

from copilot.guides.enriching.gaps import GapKind


@dataclass(frozen=True, slots=True)
class Asking:
    """What a worksheet says where it asks for one kind of text.

    Attributes:
        title: The heading.
        why: Why it is needed.
        how: What a good one is like; the form, never the content.
    """

    title: str
    why: str
    how: str


@dataclass(frozen=True, slots=True)
class WorksheetWords:
    """The words of one language.

    Attributes:
        title: The whole sheet's heading.
        intro: What it is for and how it is filled in, a paragraph each.
        whole: The heading of the guide's own texts.
        question: Before the question a point belongs to.
        rivals: Before what a point is to be set apart from.
        original: Before the text to translate.
        already: Before the sentences that are there.
        quoted: How a text is quoted.
        asking: What is asked for, by kind.
        texts: The headings of single texts to translate, by key.
    """

    title: str
    intro: tuple[str, ...]
    whole: str
    question: str
    rivals: str
    original: str
    already: str
    quoted: str
    asking: dict[GapKind, Asking]
    texts: dict[str, str]


_ENGLISH = WorksheetWords(
    title="Worksheet: {title}",
    intro=(
        (
            "The app hears whether a candidate made a point by sentences like the ones you write "
            "here. Nobody needs the app for it: open this file in any text editor and write "
            "behind the dashes, one sentence a dash. Leave empty what you do not know, add dashes "
            "where you have more. Most needed comes first; half an hour on the first pages is "
            "worth most."
        ),
        (
            "Please leave the headings with their [brackets] and the lines that begin with > as "
            "they are: by them each sentence finds its place again."
        ),
        (
            "Write what people could say, never what a certain candidate said: no names of people "
            "or firms. When you are through, send the file back: interview-copilot knowledge "
            "enrich {role} --from FILE. Somebody then looks at every sentence before it counts."
        ),
    ),
    whole="The guide itself",
    question="Asked: {text}",
    rivals="Not to be taken for: {rivals}",
    original="In the original: {text}",
    already="There already: {texts}",
    quoted="“{text}”",
    asking={
        GapKind.SAYS: Asking(
            "What people say who did it",
            "Without about ten of these it is not heard when a candidate says it.",
            "As spoken aloud, in the first person, 12 to 35 words, each from another situation and "
            "another kind of firm, some terse, some rambling, some with a figure or a tool. Of the "
            "form “We used to …, so I …, and since then …”, “What I did first was …”, “Well, it "
            "was mostly … that I …”. Avoid the words of the heading: candidates do not know them.",
        ),
        GapKind.DENIALS: Asking(
            "What people say who did not do it",
            "Without these a plain no can count as a yes.",
            "On the same subject, but not done, stopped, or rejected. Of the form “No, we never "
            "…”, “We stopped … after …”, “I do not believe in …”.",
        ),
        GapKind.PROPOSITIONS: Asking(
            "What people say who do give what this flag misses",
            "This flag shows by something that never came. These sentences hold it back where it "
            "did come.",
            "As spoken aloud, in the first person, giving exactly what the description finds "
            "missing. Of the form “It went from … to …”, “I know that because …”.",
        ),
        GapKind.NEAR_MISSES: Asking(
            "What only sounds like it",
            "Without these a wish or somebody else's work can count.",
            "A wish (“One should really …”), somebody else's work (“Another team did the …”), "
            "general talk, or the same word in another sense.",
        ),
        GapKind.PROBES: Asking(
            "A question to ask when it was not heard",
            "Without one nothing can be suggested to you in the interview.",
            "Open, at most 30 words, one thing only. It neither leads nor gives the answer away: "
            "“How did you …?”, “What told you that …?”.",
        ),
        GapKind.PHRASINGS: Asking(
            "Other ways to ask this question",
            "Without at least three the app often misses that the question was asked.",
            "As really asked aloud: short, with a long run-up, in passing.",
        ),
        GapKind.WHY: Asking(
            "Why it matters for the job",
            "It is read by whoever sees the flag.",
            "One sentence on the work, none on the person.",
        ),
        GapKind.BENIGN_READING: Asking(
            "What else it may mean",
            "It is read with the flag, so that nobody draws a conclusion too early.",
            "One sentence with an innocent explanation that really happens.",
        ),
        GapKind.PROBE: Asking(
            "A question to clear it up",
            "Without one nothing can be suggested when it shows.",
            "Open, not accusing, at most 30 words.",
        ),
        GapKind.ANCHORS: Asking(
            "What a 1, a 2, a 3 and a 4 look like",
            "Without them every rater means something else by a number. All four are needed.",
            "Behaviour one would see or hear in the interview, no adjectives of judgement; each "
            "step different from the one before.",
        ),
        GapKind.TRANSLATION: Asking(
            "", "It is missing in this language.", "Written fresh, as one says it."
        ),
    },
    texts={
        "title": "Title",
        "summary": "Summary",
        "label": "Label (30 characters at most)",
        "text": "The question",
        "description": "Description",
        "why": "Why it matters",
        "benign_reading": "What else it may mean",
        "probe": "A question to clear it up",
        "off_limits": "What must not be asked about",
        "tips": "Tips for whoever asks",
    },
)

_FRENCH = WorksheetWords(
    title="Fiche à remplir\u00a0: {title}",
    intro=(
        (
            "L'application reconnaît qu'un candidat a abordé un point grâce à des phrases comme "
            "celles que vous écrivez ici. Pas besoin de l'application\u00a0: ouvrez ce fichier "
            "dans n'importe quel éditeur de texte et écrivez derrière les tirets, une phrase par "
            "tiret. Laissez vide ce que vous ne savez pas, ajoutez des tirets si vous en avez "
            "plus. Le plus utile vient d'abord\u00a0; une demi-heure sur les premières pages "
            "rapporte le plus."
        ),
        (
            "Laissez tels quels les titres avec leurs [crochets] et les lignes qui commencent par "
            ">\u00a0: c'est par eux que chaque phrase retrouve sa place."
        ),
        (
            "Écrivez ce que des gens pourraient dire, jamais ce qu'un candidat précis a "
            "dit\u00a0: ni nom de personne, ni nom d'entreprise. Une fois rempli, renvoyez le "
            "fichier\u00a0: interview-copilot knowledge enrich {role} --from FICHIER. Quelqu'un "
            "relit ensuite chaque phrase avant qu'elle compte."
        ),
    ),
    whole="Le guide lui-même",
    question="Question posée\u00a0: {text}",
    rivals="À ne pas confondre avec\u00a0: {rivals}",
    original="Dans l'original\u00a0: {text}",
    already="Déjà là\u00a0: {texts}",
    quoted="«\u00a0{text}\u00a0»",
    asking={
        GapKind.SAYS: Asking(
            "Ce que disent ceux qui l'ont fait",
            "Sans une dizaine de phrases, on ne l'entend pas quand un candidat le dit.",
            "Comme à l'oral, à la première personne, 12 à 35 mots, chacune dans une autre "
            "situation et un autre genre d'entreprise\u00a0; certaines sèches, d'autres qui se "
            "perdent, certaines avec un chiffre ou un outil. Du genre «\u00a0Avant, on …, alors "
            "j'ai …, et depuis …\u00a0», «\u00a0La première chose que j'ai faite, c'est …\u00a0». "
            "Évitez les mots du titre\u00a0: les candidats ne les connaissent pas.",
        ),
        GapKind.DENIALS: Asking(
            "Ce que disent ceux qui ne l'ont pas fait",
            "Sans cela, un non peut compter pour un oui.",
            "Sur le même sujet, mais pas fait, arrêté ou rejeté. Du genre «\u00a0Non, on n'a "
            "jamais …\u00a0», «\u00a0On a arrêté … après …\u00a0», «\u00a0Je ne crois pas à "
            "…\u00a0».",
        ),
        GapKind.PROPOSITIONS: Asking(
            "Ce que disent ceux qui donnent ce qui manque ici",
            "Cette alerte vient de quelque chose qui n'a pas été dit. Ces phrases la retiennent "
            "quand c'est dit.",
            "Comme à l'oral, à la première personne, en donnant exactement ce que la description "
            "dit manquer. Du genre «\u00a0On est passés de … à …\u00a0», «\u00a0Je le sais parce "
            "que …\u00a0».",
        ),
        GapKind.NEAR_MISSES: Asking(
            "Ce qui y ressemble seulement",
            "Sans cela, un souhait ou le travail d'un autre peut compter.",
            "Un souhait («\u00a0Il faudrait vraiment …\u00a0»), le travail d'un autre "
            "(«\u00a0C'est une autre équipe qui …\u00a0»), des généralités, ou le même mot dans "
            "un autre sens.",
        ),
        GapKind.PROBES: Asking(
            "Une relance quand on ne l'a pas entendu",
            "Sans relance, rien ne peut vous être proposé pendant l'entretien.",
            "Ouverte, 30 mots au plus, une seule chose à la fois. Elle n'oriente pas et ne donne "
            "pas la réponse\u00a0: «\u00a0Comment avez-vous …\u00a0?\u00a0», «\u00a0Qu'est-ce qui "
            "vous a montré que …\u00a0?\u00a0».",
        ),
        GapKind.PHRASINGS: Asking(
            "D'autres façons de poser cette question",
            "Sans au moins trois, l'application ne remarque souvent pas que la question est posée.",
            "Comme on la pose vraiment\u00a0: courte, avec un long détour, en passant.",
        ),
        GapKind.WHY: Asking(
            "Pourquoi cela compte pour le poste",
            "C'est lu par qui voit l'alerte.",
            "Une phrase sur le travail, aucune sur la personne.",
        ),
        GapKind.BENIGN_READING: Asking(
            "Ce que cela peut vouloir dire d'autre",
            "C'est lu avec l'alerte, pour que personne ne conclue trop vite.",
            "Une phrase avec une explication anodine qui arrive vraiment.",
        ),
        GapKind.PROBE: Asking(
            "Une question pour en avoir le cœur net",
            "Sans question, rien ne peut être proposé quand l'alerte se montre.",
            "Ouverte, sans accuser, 30 mots au plus.",
        ),
        GapKind.ANCHORS: Asking(
            "À quoi ressemblent un 1, un 2, un 3 et un 4",
            "Sans cela, chacun met autre chose derrière un chiffre. Il faut les quatre.",
            "Ce qu'on voit ou entend en entretien, sans adjectif de jugement\u00a0; chaque degré "
            "différent du précédent.",
        ),
        GapKind.TRANSLATION: Asking(
            "", "Il manque dans cette langue.", "Écrit comme on le dit, pas traduit mot à mot."
        ),
    },
    texts={
        "title": "Titre",
        "summary": "Résumé",
        "label": "Intitulé (30 caractères au plus)",
        "text": "La question",
        "description": "Description",
        "why": "Pourquoi cela compte",
        "benign_reading": "Ce que cela peut vouloir dire d'autre",
        "probe": "Une question pour en avoir le cœur net",
        "off_limits": "Ce qu'on ne doit pas demander",
        "tips": "Conseils pour qui pose les questions",
    },
)

WORKSHEET_WORDS = {"en": _ENGLISH, "fr": _FRENCH}
