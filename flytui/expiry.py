"""How long the tokens that flytui proposes are good for, and why so long."""

LOOKING = "24h"
"""For a person who looks with it now; another is made in a minute."""
UNATTENDED = "8760h"
"""For what runs by itself and stops when it ends: the longest that `least-privilege` lets pass."""
UNATTENDED_WORDS = (
    "It ends in a year, the longest that flytui calls good, and what uses it stops then: make the"
    " next one before. A shorter -x is safer and has to be made anew more often."
)
"""What a card says of an unattended token's end."""
