"""For whom a comparison is: what others judged is shown once one has judged the same oneself."""

from collections.abc import Mapping

from copilot.review.comparing.cells import Judged
from copilot.review.comparing.columns import Source
from copilot.review.opinions import Opinion, standing, whose


class Reader:
    """For whom the comparison is: what others judged is shown once they have judged it too."""

    def __init__(self, login: str, name: str | None = None, *, rates: bool = True) -> None:
        """Say who reads.

        Args:
            login: The name under which they are logged in.
            name: The name under which they judged, where that is another.
            rates: Whether they rate these interviews at all; else they see what everyone judged.
        """
        self._login = login
        self._name = name
        self._rates = rates

    def sees(
        self,
        source: Source,
        given: Mapping[str, tuple[Opinion, ...]],
        *,
        after_findings: bool = False,
    ) -> Judged:
        """What of the judgements they may see."""
        is_own = whose(source.opinions, self._name, self._login)
        stands = standing(dict(given))
        # Whoever judged once has made up their mind, even where they took it back.
        may = not self._rates or any(
            is_own(by) and any(opinion.is_given for opinion in opinions)
            for by, opinions in given.items()
        )
        shown = stands if may else tuple(each for each in stands if is_own(each.by))
        return Judged(
            opinions=shown, withheld=len(stands) - len(shown), after_findings=after_findings
        )
