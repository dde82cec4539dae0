"""The words of the command line that are about the walkthrough line by line."""

import argparse

WALK = "go through the open items one at a time, line by line, in words"
CODES = """\
exit codes:
  0    It went to the end, was stopped, or nobody typed any more; the next walk goes on from there.
  1    Something that was typed could not be saved; the summary repeats it.
  2    The command line, the configuration, the app's name or the token is missing or wrong.
  3    Nothing of the app could be looked at.
  130  It was interrupted; the next walk goes on from there."""
ABOUT = """\
For screen readers, serial consoles and scripts: it prints lines of words, no escapes and no
signs, and reads one line at a time, from the terminal or from a pipe. help lists the words it
understands. A command runs once the card was read out and its word typed: run, or the app's
name where it cannot be undone. Enter alone never runs anything."""


def add_walk(parser: argparse.ArgumentParser) -> None:
    """The options of its own, and what it is."""
    parser.add_argument(
        "--from-start",
        action="store_true",
        help="begin with the first open item, wherever the last walkthrough stopped",
    )
    parser.add_argument(
        "--read-only",
        action="store_true",
        default=argparse.SUPPRESS,
        help="know no word that could change anything",
    )
    parser.description = f"{parser.description}\n\n{ABOUT}"
