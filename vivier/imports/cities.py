"""The cities of a programme, and which one a line means. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from vivier.common.text import listed
from vivier.imports.places import Found, Place, PlaceIndex, PlaceText, normal_key
from vivier.territories.distances import distance_km


@dataclass(frozen=True, slots=True)
class Cities:
    """The communes in which a programme is run; with none yet, those that the file names may be added."""

    places: Sequence[Place]
    index: PlaceIndex
    may_add: bool = False

    @property
    def names(self) -> str:
        return listed([place.name for place in self.places])

    def named_in(self, text: str) -> Place | None:
        """Return the city that a text names, alone or inside other words ("Atelier de Valence")."""
        key = f" {normal_key(text)} "
        inside = [place for place in self.places if f" {place.key} " in key]
        return max(inside, key=lambda place: len(place.key), default=None)

    def find(self, text: str) -> Found:
        """Return the city that a cell means: one of the programme, or one to add where the programme has none."""
        if place := self.named_in(text):
            return Found(place)
        found = self.index.find(PlaceText(name=text))
        if found.place:
            if home := self.of(found.place):
                return Found(home)
            if self.may_add:
                return found
        if self.places:
            return Found(
                is_error=True,
                code="city_unknown",
                wrong=f"« {text} » n’est pas une ville du programme ({self.names})",
                instead="corrigez-la, ou ajoutez cette ville dans les réglages du programme",
            )
        return Found(
            is_error=True,
            code="city_unknown",
            wrong=found.wrong or f"« {text} » n’est pas une ville connue",
            instead=found.instead or "écrivez le nom d’une commune",
        )

    def of(self, home: Place) -> Place | None:
        """Return the city that is this commune, or the one it is part of."""
        return next((place for place in self.places if place.pk in (home.pk, home.parent)), None)

    def nearest(self, home: Place | None) -> Place | None:
        """Return the only city, the home itself, or the nearest one; None when it cannot be told."""
        if len(self.places) == 1:
            return self.places[0]
        if home is None or not self.places:
            return None
        if own := self.of(home):
            return own
        located = [place for place in self.places if place.point]
        if home.point is None or not located:
            return None
        return min(located, key=lambda place: (distance_km(*home.point, *place.point), place.pk))
