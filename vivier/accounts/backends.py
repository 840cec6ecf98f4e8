"""How Django finds the person of a session. Nobody has a password, so nothing here accepts one."""

from allauth.account.auth_backends import AuthenticationBackend


class CodeBackend(AuthenticationBackend):
    """Loads the person of a session; refuses every credential, wherever it is tried (the admin's form included)."""

    def authenticate(self, request=None, **credentials):
        return None
