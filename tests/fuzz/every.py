"""All properties there are."""

from tests.fuzz import of_acts, of_answers, of_checks, of_readers, of_screen

PROPERTIES = (
    *of_checks.PROPERTIES,
    *of_readers.PROPERTIES,
    *of_acts.PROPERTIES,
    *of_answers.PROPERTIES,
    *of_screen.PROPERTIES,
)
