"""What the screens are put together from; each can be rebuilt from its arguments alone."""
