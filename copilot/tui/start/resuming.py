"""Going on with an interrupted interview, with the devices and models of today."""

import dataclasses

from copilot.engine.configured import configured_llm, configured_model, configured_server
from copilot.engine.resuming import completed, on_devices, resumed_call
from copilot.errors import InputError
from copilot.store import SessionFolder
from copilot.tui.call import LiveCall, live_call
from copilot.tui.start.last_time import load_last_time


def resumed(folder: SessionFolder) -> tuple[LiveCall | None, str]:
    """The call that goes on, and its speech model; None for one that had come to its end.

    Text and sound go nowhere they did not go before: the session keeps to the hosts its notice
    named.

    Raises:
        CopilotError: It cannot be resumed, or the settings cannot be understood.
    """
    model = configured_model()
    if completed(folder):
        return None, model
    options, consent = resumed_call(folder)
    try:
        last = load_last_time()
    except InputError:
        last = None  # the devices are then the default ones
    if last is not None:
        options = on_devices(options, last.choices().devices)
    options = dataclasses.replace(
        options, model=model, server=configured_server(), llm=configured_llm()
    )
    return live_call(options, consent), model
