"""Which input a user means, and which two make a call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.audio.capture.devices import Input, InputKind, find_input, recommended
from copilot.errors import DeviceError, ExitCode

MIC = Input("usb.analog", "USB Microphone", InputKind.MICROPHONE, is_default=True)
CAMERA = Input("cam.mono", "Camera Microphone", InputKind.MICROPHONE)
HEADSET = Input(
    "hp.monitor",
    "Monitor of Headset",
    InputKind.MONITOR,
    is_default=True,
    output="hp",
    output_name="Headset",
)
SPEAKERS = Input(
    "spk.monitor",
    "Monitor of Speakers",
    InputKind.MONITOR,
    output="spk",
    output_name="Speakers",
)
ALL = [MIC, CAMERA, HEADSET, SPEAKERS]


@pytest.mark.parametrize(
    ("wanted", "call", "found"),
    [
        ("auto", False, MIC),
        ("auto", True, HEADSET),
        ("usb.analog", False, MIC),
        ("USB Microphone", False, MIC),
        ("camera", False, CAMERA),
        ("CAMERA", False, CAMERA),
        ("spk.monitor", True, SPEAKERS),
        ("spk", True, SPEAKERS),
        ("Speakers", True, SPEAKERS),
        ("speak", True, SPEAKERS),
        ("hp.monitor", False, HEADSET),  # whoever says so means it
    ],
)
def test_an_input_is_found_by_id_name_output_or_a_part(
    wanted: str, call: bool, found: Input
) -> None:
    assert find_input(ALL, wanted, call=call) is found


def test_a_part_that_a_microphone_and_a_monitor_share_means_the_side_that_is_asked_for() -> None:
    headset_mic = Input("hs.mono", "Headset Microphone", InputKind.MICROPHONE)
    inputs = [headset_mic, HEADSET]
    assert find_input(inputs, "headset", call=False) is headset_mic
    assert find_input(inputs, "headset", call=True) is HEADSET


def test_an_ambiguous_part_names_the_candidates() -> None:
    with pytest.raises(DeviceError) as caught:
        find_input(ALL, "microphone", call=False)
    assert "2 inputs" in caught.value.message
    assert "'USB Microphone', 'Camera Microphone'" in caught.value.remedy
    assert caught.value.exit_code is ExitCode.DEVICE


def test_an_exact_name_wins_over_longer_ones() -> None:
    longer = Input("usb.2", "USB Microphone 2", InputKind.MICROPHONE)
    assert find_input([longer, MIC], "USB Microphone", call=False) is MIC


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(DeviceError) as caught:
        find_input(ALL, "USB Microfone", call=False)
    assert "'USB Microfone'" in caught.value.message
    assert "Did you mean 'USB Microphone'?" in caught.value.remedy
    assert "interview-copilot devices" in caught.value.remedy


def test_without_any_input_the_error_says_so() -> None:
    for call in (False, True):
        for wanted in ("auto", "usb"):
            with pytest.raises(DeviceError) as caught:
                find_input([], wanted, call=call)
            assert "there is no" in caught.value.message
            assert "interview-copilot devices" in caught.value.remedy


@pytest.mark.parametrize(("call", "option"), [(False, "--mic"), (True, "--call")])
def test_without_a_default_among_several_one_must_be_chosen(call: bool, option: str) -> None:
    inputs = [
        Input("a", "First", InputKind.LOOPBACK if call else InputKind.MICROPHONE),
        Input("b", "Second", InputKind.LOOPBACK if call else InputKind.MICROPHONE),
    ]
    with pytest.raises(DeviceError) as caught:
        find_input(inputs, "auto", call=call)
    assert "2" in caught.value.message
    assert caught.value.remedy == f"Choose one with {option}: First, Second."


def test_the_defaults_are_recommended_else_the_only_one() -> None:
    assert recommended(ALL) == recommended(ALL[::-1])
    assert (recommended(ALL).microphone, recommended(ALL).call) == (MIC, HEADSET)
    assert recommended([CAMERA, SPEAKERS]).microphone is CAMERA
    assert recommended([CAMERA, SPEAKERS]).call is SPEAKERS
    assert recommended([]).microphone is None
    assert recommended([MIC]).call is None


def test_what_a_virtual_cable_offers_hears_a_call() -> None:
    cable = Input("x/BlackHole 2ch", "BlackHole 2ch", InputKind.LOOPBACK)
    assert find_input([MIC, cable], "auto", call=True) is cable
    assert find_input([MIC, cable], "auto", call=False) is MIC


@given(st.text(), st.booleans())
def test_whatever_is_asked_for_one_input_or_a_remedy_is_the_answer(wanted: str, call: bool) -> None:
    try:
        found = find_input(ALL, wanted, call=call)
    except DeviceError as error:
        found = None
        remedy = error.remedy
    assert found in ALL or remedy
