"""What can be done in a live interview."""

from copilot.tui.keys.action import Action

_RATINGS = tuple(
    Action(
        f"rating.{rating}",
        str(rating),
        f"rate({rating})",
        "Rate",
        f"Rate the answer to the current question {rating} of 4.",
        footer=4 if rating == 1 else 0,
        shown_as="1-4" if rating == 1 else "",
    )
    for rating in (1, 2, 3, 4)
)

LIVE_ACTIONS: tuple[Action, ...] = (
    Action(
        "speaker.switch",
        "space",
        "switch_speaker",
        "Speaker",
        "With one microphone for both: the other one speaks now.",
        footer=3,
    ),
    Action(
        "suggestion.take",
        "t",
        "take_suggestion",
        "Take",
        "You will ask the suggestion; it counts as asked.",
        footer=7,
    ),
    Action(
        "suggestion.skip",
        "s",
        "skip_suggestion",
        "Next one",
        "Not this suggestion; show the next one.",
        footer=8,
    ),
    Action(
        "suggestion.dismiss",
        "x",
        "dismiss_suggestions",
        "Dismiss",
        "No more suggestions for this question.",
        footer=9,
    ),
    Action(
        "topic.dismiss",
        "escape",
        "dismiss_topic",
        "Put away",
        "Put the warning about an off-limits topic away; it goes by itself as well.",
    ),
    Action(
        "question.choose",
        "g",
        "choose_question",
        "Question",
        "Choose which question is being answered; what was said since the last turn moves along.",
        footer=6,
    ),
    Action(
        "question.next",
        "n",
        "next_question",
        "Next",
        "The next question of the plan is being asked; the answer until now stays where it is.",
    ),
    Action(
        "question.previous",
        "p",
        "previous_question",
        "Previous",
        "Back to the question before in the plan.",
    ),
    Action(
        "note",
        "m",
        "note",
        "Note",
        "Write a line; it is tied to the moment at which you began.",
        footer=5,
    ),
    *_RATINGS,
    Action(
        "rating.none",
        "0",
        "rate(0)",
        "Unrate",
        "Take the rating of the current question back.",
    ),
    Action(
        "capture.pause",
        "o",
        "pause",
        "Pause",
        "Off the record: nothing is heard or kept until you press it again.",
        footer=2,
    ),
    Action(
        "capture.swap",
        "w",
        "swap",
        "Swap",
        "You and the candidate are mixed up: exchange the sides; asks once.",
    ),
    Action(
        "language.switch",
        "l",
        "switch_language",
        "Language",
        "The other language, English or French, is spoken from now on.",
    ),
    Action(
        "transcript.older",
        "pageup",
        "older",
        "Older",
        "Scroll the transcript back; it then stays where it is.",
    ),
    Action(
        "transcript.newer",
        "pagedown",
        "newer",
        "Newer",
        "Scroll the transcript on; at its end it follows again.",
    ),
    Action("help", "question_mark", "help", "Keys", "Show the keys and signs.", footer=1),
    Action("quit", "q", "leave", "End", "End the session; asks once.", footer=1),
)
