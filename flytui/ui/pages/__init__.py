"""What the detail pane says, as lines of content; pure."""
