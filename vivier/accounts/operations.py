"""Writes about accounts."""

from django.db import IntegrityError, transaction

from vivier.accounts import second_factor
from vivier.accounts.models import User
from vivier.common import audit
from vivier.common.actors import Actor
from vivier.common.operations import operation


@operation
def account_for(*, by: Actor, email: str, name: str = "") -> User:
    """Return the account of an address, opened if there is none. An account that exists keeps its name.

    Only operations that invite somebody call this: there is no public sign-up.
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is not None:
        return user
    try:
        with transaction.atomic():
            return User.objects.create_user(address, name=name)
    except IntegrityError:  # somebody else has just invited the same address
        return User.objects.get(email=address)


@operation
def remove_second_factor(*, by: Actor, user: User) -> int:
    """Forget the second factor of somebody who lost it and her recovery codes; return how many parts there were.

    She sets a new one up at her next sign-in, if she is staff. Who asks for it is verified by the operator.
    """
    removed = second_factor.remove(user)
    audit.record(by=by, action="second_factor_removed", about=audit.about(user))
    return removed
