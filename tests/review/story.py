"""A whole small interview to review."""

from copilot.events import Actor, Channel, FindingKind, FindingState, SuggestionFate
from copilot.knowledge.guide import Guide
from tests.builders import GUIDE
from tests.story import Story, a_probe


def an_interview(guide: Guide = GUIDE) -> Story:
    """Two of three questions asked; every state, a flag, three suggestions, some doubt."""
    story = Story(guide)
    story.say("How would you bring in a new oven?", channel=Channel.INTERVIEWER, length_s=4)
    story.ask("rollout", since_s=0)
    back = story.say("We had a way back to the old oven.", start_s=5, length_s=6)
    story.find("rollback", FindingState.EVIDENCED, said=back, quote="a way back to the old oven")
    none = story.say("There was no training whatsoever.", start_s=12, length_s=3)
    story.find("training", FindingState.DENIED, said=none)
    story.find("pilot", FindingState.UNCLEAR)
    story.say("Mumble mumble.", start_s=16, length_s=1, uncertain=True)
    alone = story.say("In the end I did it all by myself.", start_s=18, length_s=4)
    story.raise_flag("alone", alone)
    story.offer(at_s=24)
    story.close("s1", SuggestionFate.ASKED, by=Actor.MACHINE)
    story.ask("metrics", at_s=60)
    story.find("waste", FindingState.EVIDENCED, question="metrics", by=Actor.HUMAN)
    story.find(
        "blame", FindingState.RAISED, question="metrics", kind=FindingKind.FLAG, by=Actor.HUMAN
    )
    story.refuse("waste", question="metrics")
    story.offer(a_probe(id="s2", text="Where does bread end up?", question="metrics"), at_s=70)
    story.close("s2", SuggestionFate.SKIPPED)
    story.offer(a_probe(id="s3", text="And on Sundays?", question="metrics"), at_s=75)
    story.discard(length_s=2.5)
    story.ask("rollout", at_s=80)
    story.ask("metrics", at_s=90)
    story.close("s3", SuggestionFate.UNUSED, by=Actor.MACHINE)
    story.end(at_s=100)
    return story
