"""Whether a guide tells how its points are said, found without listening to anything."""

from collections.abc import Iterable

from copilot.knowledge.guide import Guide


def without_says(guide: Guide, questions: Iterable[str]) -> tuple[int, int]:
    """How many points of these questions have no sentence to be heard by, and how many there are.

    Such a point is listened for by its label and description alone. Those of a competency that
    stands in for a question's own points count once.

    Raises:
        UsageError: The guide has no such question.
    """
    points = {
        (question if guide.question(question).points else "", point.id): point
        for question in questions
        for point in guide.points_for(question)
    }
    return sum(not point.says for point in points.values()), len(points)
