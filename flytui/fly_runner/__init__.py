"""Runs `fly`: finding it, its environment, its output, its end."""

from flytui.fly_runner.runner import FlyRunner

__all__ = ["FlyRunner"]
