"""The elements of a page by id and class: selectors look there instead of each walking the tree."""

from __future__ import annotations

from collections import defaultdict

from lxml import etree


class Landmarks:
    """A parsed page with its named elements, each list in document order."""

    def __init__(self, tree: etree._Element) -> None:
        self.tree = tree
        self.ids: defaultdict[str, list[etree._Element]] = defaultdict(list)
        self.classes: defaultdict[str, list[etree._Element]] = defaultdict(list)
        # Held, since for each element that it lets go of lxml looks for one that is held among all those around it.
        self._held = [*tree.iter("*")]
        self.size = len(self._held)
        """Elements of the page."""
        for node in self._held:
            if name := node.get("id"):
                self.ids[name].append(node)
            if names := node.get("class"):
                for name in names.split():
                    self.classes[name].append(node)
