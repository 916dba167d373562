"""Addresses in other schemes."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def webcal(address: str) -> str:
    """An http address as calendar programs take it to be followed."""
    _scheme, _colon, rest = address.partition("://")
    return f"webcal://{rest}"
