"""The words by which the parts of a story are recognised, in English and French.

Wide lists on purpose: a part that is recognised wrongly costs one suggestion, a part that is
overlooked makes the interviewer ask for what was just said.
"""

import re
from dataclasses import dataclass

from copilot.knowledge.guide import Language


def _entries(text: str) -> list[str]:
    return [" ".join(entry.split()) for entry in text.split(",") if entry.strip()]


def _words(text: str) -> frozenset[str]:
    return frozenset(_entries(text))


def _cues(text: str) -> re.Pattern[str]:
    """Any whole entry of a list; an entry is a pattern without commas."""
    entries = "|".join(entry.replace(" ", r"\s") for entry in _entries(text))
    return re.compile(rf"(?<!\w)(?:{entries})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StoryWords:
    """One language's lists.

    Attributes:
        asks: In a question: it wants something that happened, not what one does in general.
        situation: A time, a place, how things were.
        task: What had to be done, or was in the way.
        own: The speaker's doing, said in other ways than by a verb.
        team: Everybody's doing.
        result: How it ended.
        tokens: What a word is, where verbs are looked at; in lower case.
        speaker: Words for the speaker before a verb.
        skipped: Words between the speaker and the verb.
        have: Auxiliaries that a participle follows.
        no_deeds: Verbs and participles after the speaker that tell no deed.
        participle: What a participle looks like.
    """

    asks: re.Pattern[str]
    situation: re.Pattern[str]
    task: re.Pattern[str]
    own: re.Pattern[str]
    team: re.Pattern[str]
    result: re.Pattern[str]
    tokens: re.Pattern[str]
    speaker: frozenset[str]
    skipped: frozenset[str]
    have: frozenset[str]
    no_deeds: frozenset[str]
    participle: re.Pattern[str]


_ENGLISH = StoryWords(
    asks=_cues(r"""
        tell me about (?:an?|one|the) .+, walk me through (?:an?|one|the) .+, an? time, example,
        did, was, were, had, have you, have you ever, describe (?:an?|one) .+, last time
    """),
    situation=_cues(r"""
        was, were, wasn't, weren't, had, used to, ago, back then, at the time, in those days, one
        day, one time, once, last (?:\w+ )?(?:year|month|week|spring|summer|autumn|fall|winter),
        (?:19|20)\d\d, when i, when we, my (?:last|previous|first|old) \w+
    """),
    task=_cues(r"""
        had to, have to, needed, need to, asked (?:me|us) to, was asked, were asked, supposed to,
        responsible, in charge, my (?:job|role|task|goal|brief|mission|part), our (?:job|goal|task),
        problem, problems, trouble, issue, issues, challenge, difficult, difficulty, goal, aim,
        target, objective, deadline, wanted (?:me|us) to, in order to, so that, the point was, the
        idea was, the plan was, it was about, risk, complained, complaints, mess, broken, expected,
        didn't work, wasn't working, slow, late, lost, losing, stuck, urgent, disaster,
        wrong, weird, angry, missing, nobody (?:knew|had|could), too (?:\w+), for too long,
        the question was, what (?:I|we) wanted
    """),
    own=_cues(r"""
        my (?:part|role|job|task|idea|plan|own|decision|proposal|suggestion) (?:was|in), up to me, i
        was the one, i'm the one, i was in charge, i was responsible, i was (?:\w+ing), i ended up,
        by myself, me who, my own hands
    """),
    team=_cues("we, we've, we'd, our team, all of us, the team, together we"),
    result=_cues(r"""
        in the end, at the end, eventually, finally, ended, ended up, result, results, outcome,
        turned out, worked out, paid off, it worked, that worked, didn't work out, since then, ever
        since, to this day, today, nowadays, these days, afterwards, from then on, by the time,
        (?:now|and now) (?:it|they|we|he|she|everybody|everyone|the), managed to, able to,
        succeeded, success, successful, failed, failure, solved, fixed it, sorted, delivered,
        shipped, went live, on time, in time, on budget, improved, improvement, reduced, cut, saved,
        dropped, fell, rose, grew, went (?:up|down), came down, increased, decreased, doubled,
        halved, better, faster, fewer, less, half, happy, satisfied, pleased, thanked, praised,
        promoted, learned, learnt, lesson, won, percent, per cent, down to, instead of \w+, no
        longer, stopped, gone, survived,
        stayed, still going, proud\w*, appreciated?
    """),
    tokens=re.compile(r"[^\W_]+(?:'[^\W_]+)?"),
    speaker=_words("i, i've"),
    skipped=_words("""
        also, then, just, really, actually, personally, always, even, first, kind, sort, of,
        basically, immediately, only, finally, already, probably, sometimes, often, still,
        eventually, quickly, simply, myself, definitely, um, uh, then
    """),
    have=_words("have, had, i've"),
    no_deeds=_words("""
        think, thought, mean, meant, guess, know, knew, known, believe, believed, feel, felt,
        suppose, supposed, remember, recall, like, liked, love, loved, hate, hated, want, wanted,
        wish, wished, hope, hoped, agree, agreed, understand, understood, see, saw, seen, am, was,
        were, be, been, would, could, should, can, can't, couldn't, wouldn't, shouldn't, don't,
        didn't, doesn't, do, might, may, must, will, won't, need, needed, haven't, hadn't, wasn't,
        weren't, never, not, noticed, notice, realised, realized, realise, realize, joined, lived,
        arrived, became, come, came, worked, work, works, started, expect, expected, imagine,
        wonder, wondered, doubt, find, a, an, the, no, my, to, it, that, in, at, on, and, or, but,
        got, heard, hear, enjoy, enjoyed, admit, bet, say, tend, prefer, care, cared, tell
    """),
    participle=re.compile(
        r".{2,}(?:ed|en|wn|ught|ung)|made|done|built|set|put|gone|led|run|told|sent|held|met|kept|"
        r"cut|sat|rung|begun|bought|sold|spent|left|to"
    ),
)

_FRENCH = StoryWords(
    asks=_cues(r"""
        parlez-moi (?:d'une?|de la|du) .+, racontez(?:-moi)? (?:une?|la|le|comment) .+, une fois,
        exemple, avez-vous, aviez-vous, avez, étiez-vous, était, étaient, a été, ont-elles, vous
        est-il, vous ont-\w+, décrivez(?:-moi)? une? .+, dernière fois, êtes-vous
    """),
    situation=_cues(r"""
        était, étaient, étais, étions, avait, avaient, avais, avions, y avait, il y a \w+ ans, il y
        a (?:\w+ )?(?:mois|semaines), à l'époque, un jour, une fois, en (?:19|20)\d\d, l'an dernier,
        l'année dernière, l'an passé, l'été dernier, le mois dernier, quand je, quand j'ai, quand
        on, quand nous, ma dernière \w+, mon dernier \w+, mon ancien\w* \w+, mon précédent \w+, dans
        mon ancienne \w+
    """),
    task=_cues(r"""
        fallait, il a fallu, devais, devait, devions, dû, on m'a demandé, on nous a demandé, m'avait
        demandé, chargée?, responsable, mon rôle, ma mission, mon travail, mon boulot, ma tâche,
        notre mission, objectif, objectifs, but, enjeu, problème, problèmes, souci, soucis,
        difficulté, difficultés, difficile, compliqué, défi, échéance, délai, pour que, afin de,
        voulait que, l'idée c'était, l'idée était, il s'agissait, risque, plaignaient, plaintes,
        réclamations, panne, pannes, retard, retards, lent, perdait, perdaient, bloqué, urgence,
        urgent, bazar, marchait mal, marchait pas,
        attendait, catastrophe, personne ne savait, personne savait, trop \w+, faux, fausse,
        en colère, manquait, la question c'était, ce que je voulais
    """),
    own=_cues(r"""
        c'est moi qui, c'était moi qui, c'était à moi, moi-même, mon rôle, ma part, mon idée, mon
        travail c'était, ma mission, de mon côté, personnellement, ma décision, ma proposition,
        j'étais (?:chargé|chargée|responsable|en charge)
    """),
    team=_cues("on, l'on, nous, notre équipe, l'équipe, tous ensemble"),
    result=_cues(r"""
        au final, finalement, à la fin, en fin de compte, au bout du compte, au bout, résultat,
        résultats, depuis, aujourd'hui, désormais, maintenant
        (?:on|il|elle|ils|elles|c'est|ça|tout), à présent, ensuite tout, ça a marché, a fonctionné,
        ça marche, ça tourne, ça a pris, réussi, réussite, succès, échoué, échec, abouti, permis de,
        terminé, livré, livrée, livrés, à temps, dans les temps, dans les délais, résolu, réglé,
        réglée, amélioré, améliorée, amélioration, baissé, baisse, diminué, réduit, augmenté, gagné,
        économisé, doublé, chuté, passé de, passés de, passée de, descendu, descendus, monté à,
        mieux, plus vite, plus rapide\w*, moins de, moitié, content\w*, satisfait\w*, remercié\w*,
        félicité\w*, appris, leçon, pour cent, ne \w+ plus, n'a plus, n'y a plus, supprimé,
        restée?s?, tenu, du jour au lendemain, à l'arrivée, on est à, fière?s?
    """),
    tokens=re.compile(r"[^\W_]+'?"),
    speaker=_words("je, j'"),
    skipped=_words("""
        me, m', le, la, l', les, lui, leur, y, en, ne, n', vous, te, t', aussi, donc, alors, bien,
        tout, toute, tous, moi, même, d'abord, d', abord, ensuite, puis, juste, vraiment, toujours,
        déjà, quand, simplement, un, peu, directement, tout, suite, immédiatement, enfin, euh,
        personnellement, rapidement, finalement, vite
    """),
    have=_words("ai, avais, suis"),
    no_deeds=_words("""
        pense, pensais, pensé, crois, croyais, cru, sais, savais, su, veux, voulais, voulu,
        voudrais, dirais, dis, aimerais, aime, aimais, aimé, adore, adoré, trouve, trouvais, trouvé,
        vois, voyais, vu, sens, sentais, senti, ressenti, peux, pouvais, pourrais, dois, devrais,
        serais, ferais, aurais, irais, étais, espère, espérais, comprends, comprenais, compris,
        connais, connaissais, connu, remarqué, constaté, appris, entendu, eu, été, imagine, suppose,
        vais, viens, rappelle, souviens, souvenais, rendu, rends, demandais, arrivé, arrivée,
        arrivais, devenu, devenue, né, née, resté, restée, convaincu, convaincue, persuadé,
        persuadée, ravi, ravie, satisfait, satisfaite, habitué, habituée, surpris, surprise, fini,
        pas, plus, jamais, rien, une, des, du, de, mon, ma, mes, deux, trois, beaucoup, envie,
        besoin, peur, confiance, travaille, travaillais, travaillé, dit, dois, suis, ai, avais
    """),
    participle=re.compile(
        r".+(?:ée?s?|ie?s?|ise?|ite?s?|ue?s?|erte?s?|ainte?|einte?|ointe?|aite?s?|orte?s?)|dû"
    ),
)

WORDS: dict[Language, StoryWords] = {"en": _ENGLISH, "fr": _FRENCH}
