"""Words that labels are cut at, English and French, folded."""

from copilot.coach.words import word_set

#: They begin a part of a sentence that a label does not need, and end no label.
PREPOSITIONS = {
    "en": word_set(
        """about above across after against along among around as at before behind below between
        beyond by despite down during for from in inside into like near of off on onto out over
        per since through throughout to towards toward under until up upon versus via vs with
        within without rather than than such including related regarding concerning using based
        when back away together"""
    ),
    "fr": word_set(
        """a au aux avec avant apres chez contre dans de d des du depuis derriere devant durant en
        entre envers hors jusqu malgre par parmi pendant pour sans selon sous sur vers via"""
    ),
}

#: No label has them within.
BREAKS = {
    "en": word_set(
        """i you he she it we they me him her us them who whom whose which what when where why how
        that if whether because so while although though unless is are was were be been being am
        do does did done has have had having will would shall should can could may might must
        don doesn didn didn't doesn't don't can't cannot won't isn't aren't wasn't weren't
        haven't hasn't but or not no never also just even only very really actually there here
        then i'm i've i'd you're you've you'd they're they've they'd it's that's what's let's
        him himself herself themselves yourself myself itself ourselves something anything
        everything someone somebody anyone everyone one ones instead even"""
    ),
    "fr": word_set(
        """je j tu il elle on nous vous ils elles me m te t se s lui y qui que qu quoi dont ou
        quand comment combien pourquoi lequel laquelle lesquels si parce car puisque comme
        lorsque est sont etait etaient etes etre ete suis sera serait ai as avons avez ont avait
        aviez avoir eu faire fait faites peut peuvent pouvez pourrait doit doivent devez faut
        mais ni ne n pas plus jamais rien tres aussi bien alors donc ici la-bas c'est qu'il
        qu'elle qu'ils qu'on n'a quelqu'un cela ceci ca celui celle ceux celles"""
    ),
}

#: They stand before the noun and say nothing of it.
DETERMINERS = {
    "en": word_set(
        """a an the this that these those my your his her its our their some any all each every
        both many much more most several few another other own various certain such same
        existing overall any's particular specific"""
    ),
    "fr": word_set(
        """un une des le la l les du de d ce cet cette ces mon ton son ma ta sa mes tes ses notre
        votre leur nos vos leurs quelques plusieurs chaque tout toute tous toutes certain
        certains certaine certaines autre autres quel quelle quels quelles aucun aucune au aux"""
    ),
}

#: A label does not end with them.
JOINING = {
    "en": word_set("and or & + / - \u2013 — of for to with in on the a an plus as"),
    "fr": word_set(
        "et ou & + / - \u2013 — de d du des la le les l a au aux en pour avec sur un une"
    ),
}

#: What may stand between two nouns of one label.
LINKS = {
    "en": word_set("of for to with in on and & between across from under over into about at by"),
    "fr": word_set("de d du des et en & a au aux la le les l sur avec entre pour par dans sans"),
}

#: Nouns that say nothing of what is asked or expected.
EMPTY = {
    "en": word_set(
        """time times situation situations example examples instance occasion moment case way ways
        thing things kind kinds sort sorts type types lot bit part parts something someone
        people person steps step day days week year years role job position question questions
        answer answers candidate candidates ability importance sense understanding good great
        strong knowledge experience new successful different difficult evidence goal important
        passionate strategy approach tactics willingness capacity able"""
    ),
    "fr": word_set(
        """fois situation situations exemple exemples occasion moment cas facon facons maniere
        manieres chose choses sorte type genre jour jours semaine an ans annee poste metier
        question reponse candidat candidats candidate personne personnes gens capacite
        importance bon bonne nouveau nouvelle difficile concret concrete concrets experience
        temps derniere dernier"""
    ),
}

#: Verbs in their base form: the first word of what a candidate is to do.
VERBS_EN = word_set(
    """accept achieve acknowledge act adapt add address adjust admit adopt advise agree align allow
    analyse analyze anticipate apologise apologize apply approach articulate ask assemble assess
    assign attend avoid balance become begin bring build calculate calm challenge change check
    choose clarify close coach collaborate collect communicate compare complete conduct confirm
    connect consider consult continue contribute control convince coordinate cope cover create
    deal decide define delegate deliver demonstrate describe design detect develop discuss
    display distinguish document drive earn educate eliminate emphasise emphasize empower enable
    encourage engage enhance ensure escalate establish estimate evaluate evolve examine execute
    expect explain explore express facilitate feel find fix focus follow foster gain gather
    generate get give go grow guide handle have help highlight hire identify implement improve
    include influence inform initiate inspire integrate introduce investigate invite involve
    isolate justify keep leave lose win fall know lead learn leverage link listen look lower
    maintain make manage map measure meet mention mentor minimise minimize mitigate monitor
    motivate move name navigate negotiate note notice observe obtain offer open optimise
    optimize organise organize outline overcome oversee own participate perform persuade pick
    plan prepare present prevent prioritise prioritize probe produce promote propose protect
    provide pursue push put quantify raise reach react read realise realize reassign receive
    recognise recognize recommend record recover reduce refer refine reflect relate report
    represent request research resolve respect respond review run say schedule see seek select
    send set share show simplify solve speak standardise standardize start state stay stop
    streamline structure succeed suggest summarise summarize support survey take talk teach tell
    test think track train treat try turn understand update use validate value verify volunteer
    wait walk watch welcome work write rely mind add tailor enjoy like love want need welcome
    cooperate promise blame wait claim complain criticise criticize struggle fail refuse ignore
    lack interrupt dominate rush jump"""
)

#: Those among them that are nouns as often: "Change management", "Support tickets".
NOUNS_TOO = word_set(
    """act calm address advice balance challenge change check coach contact control cover design
    discuss document drive estimate evaluate focus guide help highlight influence lead lack
    link list look map measure mentor monitor move name notice offer outline own plan present
    probe process produce project promise protect purchase question quote raise range reach
    record reference relate report request research respect result review run schedule score
    sense set share show start state stay structure study support survey talk team test track
    train treat trust try turn use value view wait walk watch work need demand access love like
    want market risk cost budget claim blame rush jump"""
)

#: Nouns that go on with "to": "a response to drought".
BEFORE_TO = word_set(
    "resistance approach response attention commitment access reaction adaptation contribution "
    "opposition answer changes adherence exposure"
)

#: Nouns in -ing that are no act of the sentence's subject.
NOUNS_IN_ING = word_set(
    """training engineering marketing accounting budgeting thinking testing meeting meetings
    building buildings planning reporting pricing onboarding nursing branding hearing feeling
    beginning ending king ring string spring morning evening thing bring sing during cling
    staffing purchasing manufacturing catering coaching mentoring learning writing
    troubleshooting problem-solving decision-making rating timing warning wellbeing"""
)

#: French verbs, as items begin with them: infinitives end in -er, -ir or -re; these are nouns.
NOUNS_IN_ER = word_set(
    """atelier metier dernier premier papier dossier calendrier courrier chantier clavier fichier
    quartier hier danger leader manager teaser poster plaisir avenir souvenir loisir chiffre
    ordre autre cadre titre nombre contre entre maitre centre livre offre rencontre membre
    lettre theatre equilibre fievre filtre registre semestre trimestre regulier cher fier leger
    entier particulier premiere maniere derniere matiere carriere frontiere lumiere barriere
    ouvrier infirmier policier financier hotelier conseiller"""
)
