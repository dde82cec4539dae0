"""The Machines of a whole organisation, and measurements over a range of time."""

from flytui.fly.models.base import Model, Text


class OrganizationMachine(Model):
    """A Machine in the listing of its organisation."""

    app_name: Text
    id: Text
    state: Text
    region: Text
    image: Text | None = None


class OrganizationMachines(Model):
    """The Machines of all apps of an organisation, as far as they were told."""

    machines: tuple[OrganizationMachine, ...]
    silent_regions: tuple[Text, ...] = ()
    """Regions that did not answer: their Machines are missing here."""
    cut_short: bool = False
    """There were more pages than were read."""

    @property
    def complete(self) -> bool:
        """Whether absence proves anything."""
        return not (self.silent_regions or self.cut_short)


class Track(Model):
    """One series of a Prometheus query over a range of time."""

    labels: dict[str, Text]
    values: tuple[float, ...]
    """Oldest first."""
