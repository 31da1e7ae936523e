"""Made-up inputs, to render a prompt without a session: when a file is read, checked or shown."""

from copilot.errors import UsageError, nearest
from copilot.llm.inputs import (
    AnyInputs,
    EnrichCompetencyInputs,
    EnrichFlagInputs,
    EnrichPointInputs,
    EnrichQuestionInputs,
    FollowUpInputs,
    ImportGuideInputs,
    JudgeFlagsInputs,
    JudgePointsInputs,
    OpinionInputs,
    RecapInputs,
    Section,
    Target,
    TranslateItemInputs,
)
from copilot.llm.material import Line, Material

_TEXTS = {
    "en": {
        "role": "Head Baker",
        "question": "How would you bring in a new oven?",
        "label": "Way back",
        "description": "Says what happens if the new oven fails in its first week.",
        "not_heard": "not heard",
        "raised": "raised",
        "probe": "What would you have done on a bad first morning?",
        "flag": "Works alone",
        "flag_description": "Everything was done alone. It may have been that one project.",
        "answer": "We baked on both ovens for two weeks and compared the loaves every morning.",
        "more": "I trained the night shift myself, three people at a time.",
        "term": "night shift",
        "asked": "What came before the first real batch?",
        "off_limits": "family plans",
        "document": "Question 1: How would you bring in a new oven?",
        "expected": "A good answer says what happens if it fails.",
        "rival": "Training",
        "rival_description": "Says who learned to use the new oven, and how.",
        "criterion": "It takes up something the candidate said.",
    },
    "fr": {
        "role": "Chef boulanger",
        "question": "Comment installeriez-vous un nouveau four ?",
        "label": "Retour en arrière",
        "description": "Dit ce qui se passe si le nouveau four tombe en panne la première semaine.",
        "not_heard": "pas entendu",
        "raised": "relevé",
        "probe": "Qu'auriez-vous fait un premier matin difficile ?",
        "flag": "Travaille seul",
        "flag_description": "Tout a été fait seul. C'était peut-être ce projet-là.",
        "answer": "Nous avons cuit sur les deux fours deux semaines, en comparant les pains.",
        "more": "J'ai formé l'équipe de nuit moi-même, trois personnes à la fois.",
        "term": "équipe de nuit",
        "asked": "Qu'y a-t-il eu avant la première vraie fournée ?",
        "off_limits": "les projets familiaux",
        "document": "Question 1 : Comment installeriez-vous un nouveau four ?",
        "expected": "Une bonne réponse dit ce qui se passe en cas de panne.",
        "rival": "Formation",
        "rival_description": "Dit qui a appris à se servir du nouveau four, et comment.",
        "criterion": "Elle reprend quelque chose que le candidat a dit.",
    },
}


def samples(kind: type[AnyInputs], language: str) -> tuple[AnyInputs, AnyInputs]:
    """Inputs of that kind, once with everything and once with as little as there can be.

    Raises:
        UsageError: The language is none of ours.
    """
    if language not in _TEXTS:
        raise UsageError(f"the language {language!r} is not supported.", nearest(language, _TEXTS))
    texts = _TEXTS[language]
    answer = Material((Line("u12", texts["answer"]), Line("u14", texts["more"])))
    return _full(kind, language, answer), _bare(kind, language)


def _full(kind: type[AnyInputs], language: str, answer: Material) -> AnyInputs:
    texts, other = _TEXTS[language], _TEXTS["en" if language == "fr" else "fr"]
    point = Target(
        id="rollback",
        label=texts["label"],
        description=texts["description"],
        state=texts["not_heard"],
        probe=texts["probe"],
    )
    flag = Target(
        id="alone",
        label=texts["flag"],
        description=texts["flag_description"],
        state=texts["raised"],
    )
    question = texts["question"]
    document = (Line("1", texts["document"]), Line("2", ""), Line("3", texts["expected"]))
    made: dict[type[AnyInputs], AnyInputs] = {
        FollowUpInputs: FollowUpInputs(
            language=language,
            role=texts["role"],
            question=question,
            targets=(point, flag),
            answer=answer,
            left_out=3,
            terms=Material((Line("t1", texts["term"]),)),
            asked=Material((Line("a1", texts["asked"]),)),
            off_limits=(texts["off_limits"],),
        ),
        JudgePointsInputs: JudgePointsInputs(
            language=language, question=question, points=(point,), passages=answer
        ),
        JudgeFlagsInputs: JudgeFlagsInputs(
            language=language, question=question, flags=(flag,), passages=answer
        ),
        RecapInputs: RecapInputs(
            language=language,
            role=texts["role"],
            sections=(Section(id="rollout", question=question, answer=answer),),
        ),
        ImportGuideInputs: ImportGuideInputs(
            language=language,
            document=Material(document),
            known=Material((Line("1", texts["asked"]),)),
        ),
        EnrichPointInputs: EnrichPointInputs(
            language=language,
            role=texts["role"],
            question=question,
            label=texts["label"],
            description=texts["description"],
            rivals=(f"{texts['rival']}: {texts['rival_description']}",),
            there=(texts["more"],),
            says=9,
            denials=2,
            near_misses=2,
            probes=1,
        ),
        EnrichQuestionInputs: EnrichQuestionInputs(
            language=language,
            role=texts["role"],
            question=question,
            there=(texts["asked"],),
            phrasings=3,
        ),
        EnrichFlagInputs: EnrichFlagInputs(
            language=language,
            role=texts["role"],
            label=texts["flag"],
            description=texts["flag_description"],
            there=(texts["more"],),
            by_absence=True,
            why=1,
            benign_reading=1,
            probe=1,
            says=9,
            denials=5,
            near_misses=2,
        ),
        EnrichCompetencyInputs: EnrichCompetencyInputs(
            language=language,
            role=texts["role"],
            label=texts["rival"],
            description=texts["rival_description"],
        ),
        TranslateItemInputs: TranslateItemInputs(
            language=language,
            role=texts["role"],
            texts=Material((Line("1", other["rival"]), Line("2", other["rival_description"]))),
        ),
        OpinionInputs: OpinionInputs(
            language=language,
            criterion=texts["criterion"],
            question=Material((Line("q1", question),)),
            answer=answer,
            judged=Material((Line("o1", texts["asked"]),)),
        ),
    }
    return made[kind]


def _bare(kind: type[AnyInputs], language: str) -> AnyInputs:
    none, question = Material(), _TEXTS[language]["question"]
    made: dict[type[AnyInputs], AnyInputs] = {
        FollowUpInputs: FollowUpInputs(
            language=language, role="", question=question, targets=(), answer=none
        ),
        JudgePointsInputs: JudgePointsInputs(
            language=language, question=question, points=(), passages=none
        ),
        JudgeFlagsInputs: JudgeFlagsInputs(
            language=language, question=question, flags=(), passages=none
        ),
        RecapInputs: RecapInputs(language=language, role="", sections=()),
        ImportGuideInputs: ImportGuideInputs(language=language, document=none),
        EnrichPointInputs: EnrichPointInputs(
            language=language, role="", question="", label="", description=""
        ),
        EnrichQuestionInputs: EnrichQuestionInputs(language=language, role="", question=question),
        EnrichFlagInputs: EnrichFlagInputs(language=language, role="", label="", description=""),
        EnrichCompetencyInputs: EnrichCompetencyInputs(
            language=language, role="", label="", description=""
        ),
        TranslateItemInputs: TranslateItemInputs(language=language, role="", texts=none),
        OpinionInputs: OpinionInputs(
            language=language, criterion="", question=none, answer=none, judged=none
        ),
    }
    return made[kind]
