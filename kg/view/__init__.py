"""The interactive page: one HTML file that shows a knowledge graph and asks the network for nothing."""

from __future__ import annotations

from kg.view.console import Console
from kg.view.page import render, write_html

__all__ = ["Console", "render", "write_html"]
