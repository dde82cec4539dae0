"""Everything that can happen to the simulated Fly.io, each change in one place."""
