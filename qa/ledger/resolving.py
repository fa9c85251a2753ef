"""The one place that says whose, where and when something in a passage is: for the ledger's rows and for answers."""

from collections.abc import Sequence

from qa.ledger.mentions import Owner
from qa.ledger.periods import headed, period_of
from qa.ledger.scene import Scene
from qa.ledger.subjects import Owners, tidy
from qa.ledger.times import Period
from qa.reading.view import PassageView
from qa.text.normalise import normalise
from qa.types import Passage, Span


class Resolver:
    """Whose, where and when, for any place of one passage.

    Args:
        view: the passage.
        section: the headings above it, as printed.
        scene: its article.
    """

    def __init__(self, view: PassageView, section: str, scene: Scene) -> None:
        self.view = view
        self._scene = scene
        self._heading = headed(section, scene)
        self._owners = Owners(view.plain, view.sentences, normalise(section).text, scene)

    def owner_at(self, at: int) -> Owner:
        """Tell whose and where what begins at an offset of the view's plain text is."""
        return tidy(self._owners.of(at), self._scene)

    def unions_in(self, span: Span) -> list[int]:
        """Return where the names of unions end that end in a range of the view's plain text."""
        return self._owners.unions_in(span)

    def labelled(self, label: str) -> Owner | None:
        """Tell whose what a label names is, None where the label names nobody: 西宁市、海东市分别发放…."""
        whole: Sequence[Span] = (Span(0, len(label)),)
        owner = Owners(label, whole, "", self._scene).of(len(label))
        if owner.where == "sentence":
            return tidy(owner, self._scene)
        return Owner(label, self._scene.place, "sentence") if label.endswith("工会") else None

    def period_at(self, at: int) -> Period:
        """Tell when what begins at an offset of the view's plain text is of."""
        view = self.view
        return period_of(view.plain, view.dates, view.sentences, at, self._scene, self._heading)

    def at(self, offset: int) -> tuple[Owner, Period]:
        """Tell both for an offset of the passage's own text."""
        view = self.view
        plain = view.normal.normal_span(offset, offset + 1).start
        return self.owner_at(plain), self.period_at(plain)


def resolver_for(passage: Passage, scene: Scene) -> Resolver:
    """Make the resolver of a passage."""
    return Resolver(PassageView(passage.text), passage.section, scene)
