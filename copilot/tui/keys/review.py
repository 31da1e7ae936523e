"""What can be done while a session is reviewed."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

_RATINGS = tuple(
    Action(
        f"rating.review_{rating}",
        str(rating),
        f"rate({rating})",
        N_("Rate"),
        N_("Rate the answer from 1 to 4."),
        footer=2 if rating == 1 else 0,
        shown_as="1-4" if rating == 1 else "",
    )
    for rating in (1, 2, 3, 4)
)

REVIEW_ACTIONS: tuple[Action, ...] = (
    Action(
        "question.review_next",
        "n",
        "step_question(1)",
        N_("Next"),
        N_("To the next question of the plan."),
        footer=4,
    ),
    Action(
        "question.review_previous",
        "p",
        "step_question(-1)",
        N_("Previous"),
        N_("To the question before."),
        footer=9,
    ),
    *_RATINGS,
    Action(
        "rating.review_none",
        "0",
        "rate(0)",
        N_("Unrate"),
        N_("Take the rating back; what you saw stays seen."),
    ),
    Action(
        "rating.review_not_enough",
        "u",
        "unrated('not_enough')",
        N_("Not enough"),
        N_("Say that there was not enough to tell; this counts as judged."),
        footer=8,
    ),
    Action(
        "rating.review_not_asked",
        "x",
        "unrated('not_asked')",
        N_("Not asked"),
        N_("Say that the question was not asked; this counts as judged."),
        footer=9,
    ),
    Action(
        "rating.review_anchors",
        "a",
        "anchors",
        N_("Anchors"),
        N_("Show what each rating means and what you judged before; rate there, and say why."),
        footer=6,
    ),
    Action(
        "rating.review_competencies",
        "c",
        "competencies",
        N_("Competencies"),
        N_("Rate the competencies, over all questions."),
        footer=5,
    ),
    Action(
        "rating.review_recommend",
        "o",
        "recommend",
        N_("Recommend"),
        N_("Say what you recommend on the whole; the program never does."),
        footer=6,
    ),
    Action(
        "finding.review_reveal",
        "v",
        "reveal",
        N_("Look first"),
        N_("Show what the machine found before you have rated; asks, and is written down."),
        footer=6,
    ),
    Action(
        "finding.review_set",
        "f",
        "set_finding",
        N_("Finding"),
        N_("Set the state of the point or flag you are on; your word wins."),
        footer=7,
    ),
    Action(
        "play.review",
        "space",
        "play",
        N_("Play"),
        N_("Play from the line or quote you are on; again, and it stops."),
        footer=3,
    ),
    Action(
        "note.review",
        "m",
        "note",
        N_("Note"),
        N_("Write a line about the moment you are at."),
        footer=5,
    ),
    Action("mark.review", "k", "mark", N_("Mark"), N_("Mark the moment you are at."), footer=10),
    Action(
        "text.review_correct",
        "e",
        "correct",
        N_("Correct"),
        N_("Correct the text of the line you are on; the original stays."),
        footer=8,
    ),
    Action(
        "text.review_speaker",
        "w",
        "speaker",
        N_("Who said it"),
        N_("Say that the other side said the line you are on; again, and it is taken back."),
        footer=10,
    ),
    Action("search.review", "slash", "search", N_("Search"), N_("Search the text."), footer=7),
    Action(
        "search.review_next",
        "full_stop",
        "step_match(1)",
        N_("Next place"),
        N_("To the next place found."),
    ),
    Action(
        "search.review_previous",
        "comma",
        "step_match(-1)",
        N_("Previous place"),
        N_("To the place found before."),
    ),
    Action(
        "search.review_end",
        "escape",
        "end_search",
        N_("End search"),
        N_("No longer show what was searched for."),
    ),
    Action(
        "text.review_recap",
        "i",
        "recap",
        N_("Recap"),
        N_("Read what was said, question by question; what you have not judged stays hidden."),
        footer=8,
    ),
    Action(
        "report.review",
        "r",
        "report",
        N_("Report"),
        N_("Write the report into the session's folder, in the form you choose."),
        footer=9,
    ),
    Action(
        "lab.review_case",
        "l",
        "promote",
        N_("Make a case"),
        N_("Make a case of the lab of the line or quote you are on, to try prompts and guides on."),
        footer=10,
    ),
    Action(
        "help.review", "question_mark", "help", N_("Keys"), N_("Show the keys and signs."), footer=1
    ),
    Action(
        "quit.review", "q", "leave", N_("Leave"), N_("Leave the review; all is kept."), footer=1
    ),
)
