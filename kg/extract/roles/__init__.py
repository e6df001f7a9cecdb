"""Roles: whom an article says it is for, whom its sentences speak of, and who else would act on it."""

from __future__ import annotations

from kg.extract.roles.readers import inferred_audience
from kg.extract.roles.shared import expand
from kg.extract.roles.spoken import spoken
from kg.extract.roles.stated import audience

__all__ = ["audience", "expand", "inferred_audience", "spoken"]
