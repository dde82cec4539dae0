"""Databases: Managed Postgres and the practised restore."""

from flytui.checks.backups import test_backups
from flytui.checks.production_postgres import production_grade_postgres

__all__ = ["production_grade_postgres", "test_backups"]
