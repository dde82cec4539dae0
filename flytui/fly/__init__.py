"""Fly.io's APIs: authentication, requests, and frozen models of the answers."""
