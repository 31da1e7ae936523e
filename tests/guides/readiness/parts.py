"""A bakery's guide with one question and three points, and what spoils it."""

from collections.abc import Callable
from typing import Any

from copilot.knowledge.guide import Guide, Point
from tests.builders import guide_data

WASTE = (
    "We weighed the bread that came back every evening.",
    "I wrote down how many loaves went into the bin each night.",
    "Returns were counted by product, so I knew what nobody bought.",
    "Every unsold roll was on a list with its weight.",
    "I measured the waste for two weeks before changing anything.",
    "At closing time one of us counted what was left and noted it.",
    "The bin was put on the scales at the end of each shift.",
    "I had a sheet where the leftovers of the day were recorded in kilos.",
    "We tracked the unsold bread by weight, day after day.",
    "I kept a record of how much bread we threw away.",
)
TRAINING = (
    "I showed each apprentice the new oven before it was used for orders.",
    "Everybody had half a day of practice on the machine first.",
    "I taught the night shift how to load it, one after the other.",
    "We trained two people thoroughly and they taught the rest.",
    "The supplier came for a day and explained it to the whole team.",
    "Nobody touched the oven before they had been instructed.",
    "I wrote a short guide with pictures and went through it with them.",
    "New colleagues baked ten trial batches next to me.",
    "I ran a training session for all the bakers on the new machine.",
    "My people learned to use it in a course before it went live.",
)
WAY_BACK = (
    "We left the old oven connected for a month in case the new one failed.",
    "If it had gone wrong we could have gone back to the old oven overnight.",
    "I had an agreement with the bakery next door to use theirs if ours broke.",
    "There was a plan B, the old machine stayed where it was.",
    "I kept the old recipes and the old oven ready as a fallback.",
    "Had the new one let us down, we would have been baking on the old one an hour later.",
    "I only sold the old oven once the new one had run for six weeks.",
    "We could switch back at any time, that was my condition.",
    "The way back was prepared, with a list of steps on the wall.",
    "I made sure we could return to the former way of working.",
)


def bakery(change: Callable[[dict[str, Any]], None] = lambda _: None, **more: Any) -> Guide:
    """The guide; ``change`` gets the data of its points by id."""
    data = guide_data()
    question = data["questions"][0]
    says = {"pilot": WASTE, "rollback": WAY_BACK, "training": TRAINING}
    for point in question["points"]:
        point["says"] = list(says[point["id"]])
    first = question["points"][0]
    first |= {"label": "Waste measured", "description": "Measured what is thrown away."}
    first["not_says"] = {
        "denials": ["We never measured the waste, nobody had the time for it."],
        "near_misses": ["One should really weigh the bread that comes back."],
    }
    data["stages"][0]["questions"] = [question["id"]]
    data |= {"questions": [question], **more}
    change({point["id"]: point for point in question["points"]})
    return Guide.model_validate(data)


def points_of(guide: Guide) -> tuple[Point, ...]:
    """The points of its one question."""
    return guide.questions[0].points
