"""What Machines cost a month, from Fly.io's own list of presets; nothing where it does not say."""

from collections.abc import Iterable
from decimal import Decimal

from flytui.facts.fact import Unseen
from flytui.fly.models import Guest, VmSize

Sizes = tuple[VmSize, ...] | Unseen
NOT_LISTED = "the price list does not tell for this size"


def monthly(sizes: Sizes, guest: Guest | None) -> Decimal | None:
    """The list price of a Machine that runs all month; None for a size not on the list."""
    if guest is None or isinstance(sizes, Unseen):
        return None
    for size in sizes:
        if size.name == guest.size and size.memory_mb == guest.memory_mb:
            return _cents(size.price_month)
    return None


def difference(sizes: Sizes, before: Iterable[Guest | None], after: Guest) -> Decimal | None:
    """The change when each of these becomes `after`; None when one price is missing."""
    new, old = monthly(sizes, after), [monthly(sizes, guest) for guest in before]
    if new is None:
        return None
    known = [price for price in old if price is not None]
    return sum((new - price for price in known), Decimal(0)) if len(known) == len(old) else None


def _cents(dollars: float) -> Decimal:
    return Decimal(str(dollars)).quantize(Decimal("0.01"))
