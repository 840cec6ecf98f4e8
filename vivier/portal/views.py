"""Homes."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def home(request):
    """Show what a visitor can do here."""
    return render(request, "portal/home.html")
