"""The screen, in Textual: it shows what the session tells it and decides nothing itself."""
