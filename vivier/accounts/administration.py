"""/gestion/: the platform's own settings, for those who administer it. No identity of the people it serves is there."""

from allauth.account.internal.flows import logout as sign_out
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

#: Admin pages that would be a second way in, or out of the house: they do not exist.
_ABSENT = frozenset({"password_change", "password_change_done", "view_on_site"})
#: Libraries register their tables by themselves: mails with their text, addresses, second factors. None is shown.
_ROOMS = frozenset({"organisations", "programmes", "territories"})


class PlatformAdmin(AdminSite):
    """Django's admin for superusers who have shown their second factor; for others it does not exist."""

    site_header = "Gestion de la plateforme"
    site_title = "Gestion de Vivier"
    index_title = "Référentiels et réglages"
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        models = model_or_iterable if isinstance(model_or_iterable, (list, tuple)) else [model_or_iterable]
        ours = [model for model in models if model._meta.app_label in _ROOMS]
        super().register(ours, admin_class, **options)

    def has_permission(self, request) -> bool:
        return request.user.is_active and request.user.is_superuser

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def hidden(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return hidden

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """Send to the only sign-in there is."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        target = request.GET.get("next") or reverse("admin:index")
        return HttpResponseRedirect(f"{resolve_url('account_login')}?{urlencode({'next': target})}")

    def logout(self, request, extra_context=None):
        """Close the session as the rest of the house does; a form (POST) only."""
        if request.method != "POST":
            return redirect("account_logout")
        sign_out.logout(request)
        return redirect("portal:home")

    def get_urls(self):
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) not in _ABSENT]
