"""The link carries commands to a real session, also those given before there is one."""

import queue
import threading

from textual.message import Message
from textual.message_pump import MessagePump

from copilot.audio import Block
from copilot.engine.commands import EndSession, TakeNote
from copilot.engine.setup import Consent, SessionSetup
from copilot.events import ConsentDecision, Event, NoteTaken
from copilot.tui.link import EventsArrived, Link, PartialsArrived, SessionOver
from tests.builders import GUIDE


class Unheard:
    """A source nobody may listen to."""

    description = "a call"
    duration_s = None

    def blocks(self) -> list[Block]:
        raise AssertionError("the candidate declined")

    def stop(self) -> None:
        pass


class Mailbox(MessagePump):
    """Takes the messages a screen would get."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: queue.SimpleQueue[Message] = queue.SimpleQueue()

    def post_message(self, message: Message) -> bool:
        self.messages.put(message)
        return True

    def next(self, kind: type[Message]) -> Message:
        while not isinstance(message := self.messages.get(timeout=120), kind):
            pass
        return message


def test_a_note_written_before_the_session_stands_is_kept():
    let_go = threading.Event()

    def prepare():
        assert let_go.wait(60)
        declined = Consent(ConsentDecision.DECLINED, "Ada", "May I?")
        return SessionSetup(guide=GUIDE, consent=declined), Unheard()

    link, mailbox = Link(prepare), Mailbox()
    link.start(mailbox)
    assert link.was_started
    link.send(TakeNote("early", at_s=0.0))
    let_go.set()
    events: list[Event] = []
    while not any(isinstance(event, NoteTaken) for event in events):
        mailbox.next(EventsArrived)
        events += link.drain()
    assert [event.text for event in events if isinstance(event, NoteTaken)] == ["early"]
    link.send(EndSession())
    mailbox.next(SessionOver)
    link.finish()
    assert not link.is_running
    assert link.failure is None


def test_a_session_ended_before_it_stands_is_never_run():
    let_go = threading.Event()

    def prepare():
        assert let_go.wait(60)
        declined = Consent(ConsentDecision.DECLINED, "Ada", "May I?")
        return SessionSetup(guide=GUIDE, consent=declined), Unheard()

    link, mailbox = Link(prepare), Mailbox()
    link.start(mailbox)
    link.send(EndSession())
    let_go.set()
    mailbox.next(SessionOver)
    assert link.drain() == []


def test_of_several_texts_on_their_way_only_the_newest_counts():
    link, mailbox = Link(lambda: (_ for _ in ()).throw(AssertionError)), Mailbox()
    link._screen = mailbox
    link.on_partials(())

    arrived = mailbox.next(PartialsArrived)
    assert isinstance(arrived, PartialsArrived)
    assert arrived.partials == ()
    assert arrived.can_replace(PartialsArrived(()))
    assert not arrived.can_replace(EventsArrived())
