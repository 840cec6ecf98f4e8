"""Template helpers of the components: `{% component "card" heading="…" %}…{% endcomponent %}`, figures, pages."""

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

from vivier.common.text import of

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
#: What a component needs from the page around it, beyond the slots it is given.
_PASSED_ON = ("request", "csrf_token", "user")


@register.simple_block_tag(takes_context=True)
def component(context, content, name, **slots) -> SafeString:
    """Render components/`name`.html around the block; the component sees its slots, `content` and nothing else."""
    around = {key: context[key] for key in _PASSED_ON if key in context}
    chosen = context.template.engine.get_template(f"components/{name}.html")
    return chosen.render(context.new({**around, **slots, "content": mark_safe(content.strip())}))  # noqa: S308


@register.filter
def number(value) -> str:
    """Write a whole number as French does: 10 000, with spaces that never break."""
    if not isinstance(value, int):
        return str(value)
    return f"{value:,}".replace(",", NO_BREAK_SPACE)


@register.filter
def of_name(name: str) -> str:
    """Return "de Lina" or "d’Inès"."""
    return of(name)


@register.filter
def as_range(count: int) -> range:
    """Count from 1 to `count`, for dots, cells and empty lines."""
    return range(1, int(count) + 1)


@register.simple_tag(takes_context=True)
def page_address(context, number: int) -> str:
    """Return the address of another page of this list, the filters kept; the parameter is `param` or "page"."""
    query = context["request"].GET.copy()
    query[context.get("param") or "page"] = number
    return f"?{query.urlencode()}"


@register.filter
def qr_code(address: str) -> SafeString:
    """Draw the QR code of an address as SVG that takes the size it is given; it holds no style."""
    return mark_safe(segno.make(address, error="m").svg_inline(border=2, omitsize=True))  # noqa: S308 (paths only)
