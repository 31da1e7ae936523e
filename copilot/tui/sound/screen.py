"""What hears whom: the inputs there are, and on request how loud they are."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from copilot.engine.devices import Devices
from copilot.errors import CopilotError
from copilot.events import Channel
from copilot.i18n import N_, _
from copilot.tui.check.side_pane import SidePane
from copilot.tui.keys.action import bindings
from copilot.tui.keys.start import SOUND_ACTIONS
from copilot.tui.names import NAMES
from copilot.tui.rows.dialogs import PickDialog
from copilot.tui.rows.rows import Row, Rows
from copilot.tui.rows.screen import RowsScreen
from copilot.tui.sound.levels import LevelRun, LevelsFailed, LevelsHeard

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.audio.capture.devices import Input, SoundSystem

_AUTOMATIC = ""


class InputsFound(Message):
    """The inputs have been listed."""

    def __init__(self, inputs: "tuple[Input, ...]") -> None:
        self.inputs = inputs
        super().__init__()


class InputsFailed(Message):
    """The sound system does not answer."""

    def __init__(self, error: CopilotError) -> None:
        self.error = error
        super().__init__()


def _system() -> "SoundSystem":
    from copilot.audio.capture.system import sound_system  # noqa: PLC0415 - loads what sound needs

    return sound_system()


class SoundScreen(RowsScreen[Devices]):
    """Gives back what was chosen, however it is left.

    Inputs are listed when it opens; none is opened before the user asks for levels, and those
    that were are let go when it is left.
    """

    ACTIONS = SOUND_ACTIONS
    BINDINGS: ClassVar = bindings(SOUND_ACTIONS)
    HELP = N_("What hears whom. An input is opened only while its level is shown.")
    DEFAULT_CSS = """
    SoundScreen #levels { height: auto; padding: 0 1; display: none; }
    SoundScreen #levels.-open { display: block; }
    """

    def __init__(
        self, devices: Devices, make_system: "Callable[[], SoundSystem]" = _system
    ) -> None:
        """Prepare.

        Args:
            devices: What is chosen until now.
            make_system: Finds the sound system; called on threads.
        """
        super().__init__()
        self._devices = devices
        self._make_system = make_system
        self._inputs: tuple[Input, ...] | None = None
        self._run: LevelRun | None = None
        self._panes: dict[Channel, SidePane] = {}

    @property
    def devices(self) -> Devices:
        """As they stand."""
        return self._devices

    # -- what it shows --------------------------------------------------------------------------

    def heading(self) -> str:
        """What it is for."""
        return _("Sound")

    def above(self) -> str:
        """What is opened."""
        if self._run is not None:
            return _("The chosen inputs are open to show their levels. Nothing is kept.")
        return _("No input is open. Levels opens them; nothing is kept.")

    def rows(self) -> Sequence[Row]:
        """Who is heard by what."""
        devices = self._devices
        rows = [
            Row(
                "microphone",
                _("You"),
                self._named(devices.microphone, call=False),
                _("What hears you. The default follows the system's."),
                turns=True,
            )
        ]
        if not devices.room:
            rows.append(
                Row(
                    "call",
                    _("Candidate"),
                    self._named(devices.call, call=True),
                    _("What hears the call: what an output plays, or a virtual cable."),
                    turns=True,
                )
            )
        rows.append(
            Row(
                "room",
                _("One microphone"),
                _("yes") if devices.room else _("no"),
                _("One for both, as in one room; a key then says who speaks."),
                turns=True,
            )
        )
        return rows

    def more(self) -> Sequence[Widget]:
        """Levels, while they are wanted."""
        return (Vertical(id="levels"),)

    def _named(self, chosen: str | None, *, call: bool) -> str:
        if chosen:
            return chosen
        if self._inputs is None:
            return _("default")
        from copilot.audio.capture.devices import recommended  # noqa: PLC0415

        pair = recommended(self._inputs)
        found = pair.call if call else pair.microphone
        if found is None:
            return _("default: there is none")
        return _("default: {device}", device=found.name)

    # -- the inputs there are -------------------------------------------------------------------

    def on_mount(self) -> None:
        """List them once the screen stands."""
        super().on_mount()
        self.call_after_refresh(self.action_again)

    def on_unmount(self) -> None:
        """Whatever takes the screen away closes what it opened."""
        self._stop()

    def action_again(self) -> None:
        """List them anew, on a thread, because a sound system can hang."""
        threading.Thread(target=self._list, name="inputs", daemon=True).start()

    def _list(self) -> None:
        try:
            self.post_message(InputsFound(tuple(self._make_system().inputs())))
        except CopilotError as error:
            self.post_message(InputsFailed(error))

    def on_inputs_found(self, message: InputsFound) -> None:
        """Show them."""
        self._inputs = message.inputs
        self.draw()
        if not message.inputs:
            self.say(_("There is no input on this machine.\n→ Plug one in, then look again."))

    def on_inputs_failed(self, message: InputsFailed) -> None:
        """Say why there are none."""
        self._inputs = ()
        self.draw()
        self.say_error(message.error)

    # -- what the user does ---------------------------------------------------------------------

    def chosen(self, row: Row) -> None:
        """Choose from a list."""
        if row.id == "room":
            self.turned(row, 1)
            return
        call = row.id == "call"
        rows = [Row("", _("default"), self._named(None, call=call))]
        rows += [Row(self._kept_as(i), i.name, _kind(i)) for i in self._ordered(call=call)]
        current = (self._devices.call if call else self._devices.microphone) or _AUTOMATIC

        def picked(name: str | None) -> None:
            if name is not None:
                self._choose(row.id, name)

        self.app.push_screen(PickDialog(row.label, rows, current), picked)

    def turned(self, row: Row, by: int) -> None:
        """The next input, or the other answer."""
        if row.id == "room":
            self._set(replace(self._devices, room=not self._devices.room, call=None))
            return
        call = row.id == "call"
        names = [_AUTOMATIC, *(self._kept_as(each) for each in self._ordered(call=call))]
        current = (self._devices.call if call else self._devices.microphone) or _AUTOMATIC
        at = names.index(current) if current in names else 0
        self._choose(row.id, names[(at + by) % len(names)])

    def action_back(self) -> None:
        """Use them."""
        self._close()
        self.dismiss(self._devices)

    def _choose(self, side: str, name: str) -> None:
        chosen = name or None
        if side == "call":
            self._set(replace(self._devices, call=chosen))
        else:
            self._set(replace(self._devices, microphone=chosen))

    def _set(self, devices: Devices) -> None:
        self._devices = devices
        if self._run is not None:  # the levels are those of what is chosen
            self._close()
            self._open()
        self.draw()

    def _ordered(self, *, call: bool) -> "list[Input]":
        """All inputs, those made for that side first."""
        return sorted(self._inputs or (), key=lambda each: each.hears_a_call != call)

    def _kept_as(self, wanted: "Input") -> str:
        """The name it is kept by: its own where no other has it, else its id."""
        alike = [each for each in self._inputs or () if each.name == wanted.name]
        return wanted.name if len(alike) == 1 else wanted.id

    # -- levels ---------------------------------------------------------------------------------

    def action_levels(self) -> None:
        """Open the chosen inputs and show how loud they are, or close them."""
        if self._run is None:
            self._open()
        else:
            self._close()
        self.draw()
        self.query_one(Rows).focus()

    def _open(self) -> None:
        self.say("")
        room, chosen = self._devices.room, self._devices.choice()

        def open_it() -> "Source":
            from copilot.audio.capture.system import open_source  # noqa: PLC0415

            return open_source(self._make_system(), chosen)

        self._run = LevelRun(open_it, self, room=room)
        self._run.start()

    def _close(self) -> None:
        self._stop()
        self.query_one("#levels").remove_class("-open")

    def _stop(self) -> None:
        if self._run is not None:
            self._run.stop()
            self._run = None

    async def on_levels_heard(self, message: LevelsHeard) -> None:
        """Draw them, unless they are of inputs let go by now."""
        if message.run is not self._run:
            return
        levels = self.query_one("#levels", Vertical)
        levels.add_class("-open")
        for channel in Channel:
            pane = self._panes.get(channel)
            if channel not in message.sides:
                if pane is not None:
                    pane.display = False
                continue
            if pane is None:
                pane = self._panes[channel] = SidePane(_(NAMES[channel]))
                await levels.mount(pane)
            pane.display = True
            pane.show(message.sides[channel])

    def on_levels_failed(self, message: LevelsFailed) -> None:
        """Say why there are none."""
        if message.run is self._run:
            self._close()
            self.draw()
            self.say_error(message.error)


def _kind(device: "Input") -> str:
    return _("what is played") if device.hears_a_call else _("microphone")
