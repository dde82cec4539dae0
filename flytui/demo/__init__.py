"""A server of Fly.io's APIs on loopback, with scenarios to walk through."""
