"""The components page: every component of the house, in every state it can meet."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def components(request):
    """Show the design system to whoever builds or judges a page."""
    return render(request, "portal/components.html", {})
