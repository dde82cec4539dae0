"""What Machines cost a month, from Fly.io's own list of presets; nothing where it does not say."""

from collections.abc import Iterable
from decimal import Decimal

from flytui.facts.fact import Unseen
from flytui.fly.models import Guest, VmSize

Sizes = tuple[VmSize, ...] | Unseen
_GIGABYTE = Decimal("5.00")
"""US dollars for each GB and 30 days beside a size's own memory, dearer in some regions:
https://fly.io/docs/about/pricing/."""
NOT_LISTED = "the price list does not tell for this size"


def monthly(sizes: Sizes, guest: Guest | None) -> Decimal | None:
    """What a Machine costs that runs all month; None for a size not on the list.

    The list has each size with the memory it comes with; memory beside that is billed by the GB.
    """
    preset = _preset(sizes, guest)
    if preset is None or guest is None:
        return None
    more = Decimal(guest.memory_mb - preset.memory_mb) / 1024 * _GIGABYTE
    return (_cents(preset.price_month) + more).quantize(Decimal("0.01"))


def note(sizes: Sizes, guests: Iterable[Guest | None], when: str) -> str:
    """When the price holds, and what of it is no list price; or that none is told."""
    several = tuple(guests)
    presets = [_preset(sizes, guest) for guest in several]
    if None in presets:
        return NOT_LISTED
    pairs = zip(presets, several, strict=True)
    beside = any(p and g and p.memory_mb != g.memory_mb for p, g in pairs)
    return f"{when}; memory beside a size's own at about $5 for each GB" if beside else when


def _preset(sizes: Sizes, guest: Guest | None) -> VmSize | None:
    """The size of that name with the most memory that is no more than the Machine's."""
    if guest is None or isinstance(sizes, Unseen):
        return None
    named = [s for s in sizes if s.name == guest.size and s.memory_mb <= guest.memory_mb]
    return max(named, key=lambda size: size.memory_mb, default=None)


def difference(sizes: Sizes, before: Iterable[Guest | None], after: Guest) -> Decimal | None:
    """The change when each of these becomes `after`; None when one price is missing."""
    new, old = monthly(sizes, after), [monthly(sizes, guest) for guest in before]
    if new is None:
        return None
    known = [price for price in old if price is not None]
    return sum((new - price for price in known), Decimal(0)) if len(known) == len(old) else None


def _cents(dollars: float) -> Decimal:
    return Decimal(str(dollars)).quantize(Decimal("0.01"))
