"""What can be done in a live interview."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

_ASKING: tuple[Action, ...] = (
    Action(
        "suggestion.take",
        "t",
        "take_suggestion",
        N_("Take"),
        N_("You will ask the suggestion; it counts as asked."),
        footer=7,
    ),
    Action(
        "suggestion.skip",
        "s",
        "skip_suggestion",
        N_("Next one"),
        N_("Not this suggestion; show the next one."),
        footer=8,
    ),
    Action(
        "suggestion.dismiss",
        "x",
        "dismiss_suggestions",
        N_("Dismiss"),
        N_("No more suggestions for this question."),
        footer=9,
    ),
    Action(
        "suggestion.calm",
        "c",
        "calm",
        N_("Calm"),
        N_("Calm mode: hide suggestions until you press it again."),
        footer=12,
    ),
    Action(
        "topic.dismiss",
        "escape",
        "dismiss_topic",
        N_("Put away"),
        N_("Put the warning about an off-limits topic away; it goes by itself as well."),
    ),
    Action(
        "question.choose",
        "g",
        "choose_question",
        N_("Question"),
        N_(
            "Choose which question is being answered;"
            " what was said since the last turn moves along."
        ),
        footer=6,
    ),
    Action(
        "question.next",
        "n",
        "next_question",
        N_("Next"),
        N_("The next question of the plan is being asked; the answer until now stays where it is."),
    ),
    Action(
        "question.previous",
        "p",
        "previous_question",
        N_("Previous"),
        N_("Back to the question before in the plan."),
    ),
)

_KEEPING: tuple[Action, ...] = (
    Action(
        "note",
        "m",
        "note",
        N_("Note"),
        N_("Write a line; it is tied to the moment at which you began."),
        footer=5,
    ),
    Action(
        "mark",
        "k",
        "mark",
        N_("Mark"),
        N_("Mark this moment, to come back to it later."),
        footer=10,
    ),
    *(
        Action(
            f"rating.{rating}",
            str(rating),
            f"rate({rating})",
            N_("Rate"),
            N_("Rate the answer to the current question from 1 to 4."),
            footer=4 if rating == 1 else 0,
            shown_as="1-4" if rating == 1 else "",
        )
        for rating in (1, 2, 3, 4)
    ),
    Action(
        "rating.none",
        "0",
        "rate(0)",
        N_("Unrate"),
        N_("Take the rating of the current question back."),
    ),
    Action(
        "rating.anchors",
        "a",
        "anchors",
        N_("Anchors"),
        N_("Show what each rating of the current question looks like, and rate there."),
    ),
)

_FINDING: tuple[Action, ...] = (
    Action(
        "finding.previous",
        "up",
        "select(-1)",
        N_("Select up"),
        N_("Select the point or flag above; a click selects as well."),
    ),
    Action(
        "finding.next",
        "down",
        "select(1)",
        N_("Select down"),
        N_("Select the point or flag below; a click selects as well."),
    ),
    Action(
        "finding.confirm",
        "y",
        "decide(True)",
        N_("Confirm"),
        N_("Confirm the state of the selected point or flag: from now on it is your word."),
    ),
    Action(
        "finding.reject",
        "r",
        "decide(False)",
        N_("Reject"),
        N_("Reject what was found: the selected point counts as not heard, a flag as not raised."),
    ),
    Action(
        "finding.set",
        "h",
        "set_finding",
        N_("By hand"),
        N_("Choose the state of the selected point or flag by hand; your word wins."),
    ),
    Action(
        "finding.release",
        "u",
        "release",
        N_("Undo"),
        N_("Take your word on the selected point or flag back; the machine's counts again."),
    ),
    Action(
        "finding.evidence",
        "e,enter",
        "evidence",
        N_("Evidence"),
        N_("Show the quote of the selected point or flag in the transcript."),
        footer=11,
    ),
    Action(
        "finding.play",
        "v",
        "play",
        N_("Play"),
        N_(
            "Play how the quote sounded, or stop playing."
            " In a call only off the record or afterwards, because it would be heard."
        ),
    ),
)

_HEARING: tuple[Action, ...] = (
    Action(
        "speaker.switch",
        "space",
        "switch_speaker",
        N_("Speaker"),
        N_("With one microphone for both: the other one speaks now."),
        footer=3,
    ),
    Action(
        "capture.pause",
        "o",
        "pause",
        N_("Pause"),
        N_("Off the record: nothing is heard or kept until you press it again."),
        footer=2,
    ),
    Action(
        "capture.swap",
        "w",
        "swap",
        N_("Swap"),
        N_("You and the candidate are mixed up: exchange the sides; asks once."),
    ),
    Action(
        "language.switch",
        "l",
        "switch_language",
        N_("Language"),
        N_("The other language, English or French, is spoken from now on."),
    ),
)

_VIEW: tuple[Action, ...] = (
    Action(
        "show.plan",
        "i",
        "show('plan')",
        N_("Plan"),
        N_("Show the plan; once more goes back to the transcript."),
    ),
    Action(
        "show.flags",
        "f",
        "show('flags')",
        N_("Flags"),
        N_("Show the raised flags with quotes; once more goes back to the transcript."),
    ),
    Action(
        "show.notes",
        "j",
        "show('notes')",
        N_("Notes"),
        N_("Show notes and marked moments; once more goes back to the transcript."),
    ),
    Action(
        "transcript.older",
        "pageup",
        "older",
        N_("Older"),
        N_("Scroll the transcript back, or the pane that is shown; it then stays where it is."),
    ),
    Action(
        "transcript.newer",
        "pagedown",
        "newer",
        N_("Newer"),
        N_("Scroll on; at its end the transcript follows again."),
    ),
    Action("search.live", "slash", "search", N_("Search"), N_("Search what was said.")),
    Action(
        "search.live_next",
        "full_stop",
        "step_match(1)",
        N_("Next place"),
        N_("To the next place found."),
    ),
    Action(
        "search.live_previous",
        "comma",
        "step_match(-1)",
        N_("Previous place"),
        N_("To the place found before."),
    ),
)

LIVE_ACTIONS: tuple[Action, ...] = (
    *_HEARING[:1],
    *_ASKING,
    *_KEEPING,
    *_FINDING,
    *_HEARING[1:],
    *_VIEW,
    Action("help", "question_mark", "help", N_("Keys"), N_("Show the keys and signs."), footer=1),
    Action("quit", "q", "leave", N_("End"), N_("End the session; asks once."), footer=1),
)
