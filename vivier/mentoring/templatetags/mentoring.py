"""Template helpers of the room."""

from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def still(component: str, **slots) -> SafeString:
    """Return components/`component`.html for these slots, drawn once: a long list shows the same few tags and meters.

    Only for components that read nothing but their slots.
    """
    return _drawn(component, tuple(sorted(slots.items())))


@lru_cache(maxsize=512)
def _drawn(component: str, slots: tuple) -> SafeString:
    return get_template(f"components/{component}.html").render(dict(slots))
