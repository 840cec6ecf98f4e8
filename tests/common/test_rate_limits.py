"""Limits count devices; a class behind one address passes, a robot without cookie does not."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from vivier.common import clock, rate_limits
from vivier.common.devices import address_of, bucket, device_of
from vivier.common.models import RateCount

pytestmark = pytest.mark.django_db


def request_from(address="192.0.2.1", *, device=None, settings=None, **extra):
    """Return a POST from an address, with the cookie of a device."""
    request = RequestFactory(REMOTE_ADDR=address).post("/", **extra)
    if device is not None:
        request.COOKIES["device"] = device.cookies["device"].value
    return request


def new_device() -> Client:
    """Return a browser that has opened a page with a form."""
    device = Client()
    device.get(reverse("account_login"))
    return device


def test_a_device_is_counted_by_itself():
    one, other = new_device(), new_device()
    uses = [rate_limits.allow(request_from(device=one), "act", 3, 3600) for _ in range(4)]
    assert uses == [True, True, True, False]
    assert rate_limits.allow(request_from(device=other), "act", 3, 3600)


def test_a_device_is_the_same_behind_another_address():
    device = new_device()
    assert rate_limits.allow(request_from("192.0.2.1", device=device), "act", 1, 3600)
    assert not rate_limits.allow(request_from("192.0.2.9", device=device), "act", 1, 3600)


def test_actions_are_counted_apart():
    device = new_device()
    assert rate_limits.allow(request_from(device=device), "act", 1, 3600)
    assert rate_limits.allow(request_from(device=device), "other", 1, 3600)


def test_a_class_behind_one_address_passes_even_without_cookies():
    assert all(rate_limits.allow(request_from("192.0.2.1"), "sign_up", 5, 3600) for _ in range(35 * 5))


def test_requests_without_device_share_two_hundred_an_hour_per_address():
    uses = [rate_limits.allow(request_from("192.0.2.1"), "act", 5, 3600) for _ in range(201)]
    assert uses.count(True) == 200
    assert rate_limits.allow(request_from("192.0.2.2"), "act", 5, 3600)


def test_throwing_the_cookie_away_each_time_ends_too(monkeypatch):
    monkeypatch.setattr(rate_limits, "ADDRESS_LIMIT", 6)
    uses = [rate_limits.allow(request_from(device=new_device()), "act", 5, 3600) for _ in range(8)]
    assert uses == [True] * 6 + [False] * 2


def test_a_forged_cookie_is_no_device():
    request = request_from()
    request.COOKIES["device"] = "x:y:z"
    assert device_of(request) is None


def test_the_cookie_is_closed_to_scripts_and_lasts():
    morsel = new_device().cookies["device"]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
    assert morsel["path"] == "/"
    assert int(morsel["max-age"]) > 300 * 24 * 3600


def test_a_device_keeps_its_cookie():
    device = new_device()
    assert "device" not in device.get(reverse("account_login")).cookies


def test_what_is_stored_names_nobody():
    device = new_device()
    rate_limits.allow(request_from("203.0.113.77", device=device), "act", 3, 3600)
    stored = " ".join(RateCount.objects.values_list("device", flat=True))
    assert "203.0.113.77" not in stored
    assert device_of(request_from(device=device)) not in stored


def test_counts_start_again_with_the_window(monkeypatch):
    key = bucket("device", "d")
    assert rate_limits.count(key, "act", 1, 60)
    assert not rate_limits.count(key, "act", 1, 60)
    later = clock.now() + timedelta(seconds=60)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert rate_limits.count(key, "act", 1, 60)


def test_old_counters_are_erased():
    rate_limits.count(bucket("device", "d"), "act", 1, 60)
    RateCount.objects.create(device="old", action="act", window=clock.now() - timedelta(days=3))
    assert rate_limits.forget_old() == 1
    assert RateCount.objects.get().device != "old"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (2, "198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "2001:db8::1:2:3", "2001:db8::/64"),
    ],
)
def test_the_address_is_the_one_that_trusted_proxies_saw(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers={"x-forwarded-for": forwarded})
    assert address_of(request) == expected


def test_the_decorator_answers_429_to_posts_only():
    device = new_device()

    @rate_limits.limited("act", 1, 600)
    def view(request):
        return HttpResponse("fait")

    requests = [request_from(device=device) for _ in range(2)]
    for request in requests:
        request.user = request.actor = None
    assert view(requests[0]).status_code == 200
    read = RequestFactory().get("/")
    read.COOKIES = requests[0].COOKIES
    assert view(read).status_code == 200
    assert rate_limits.allow(requests[1], "act", 1, 600) is False


@pytest.mark.django_db(transaction=True)
def test_simultaneous_uses_are_each_counted():
    key, allowed = bucket("device", "d"), []

    def use():
        for _ in range(10):
            allowed.append(rate_limits.count(key, "act", 25, 3600))
        connection.close()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert allowed.count(True) == 25
    assert RateCount.objects.get().count == 40
