"""Rules as data: what a policy file must hold, and what it refuses."""

import re
from importlib import resources

import pytest

from vivier.engines.matching.policy import FACTS, InvalidPolicy, default_policy, load_policy

TEXT = resources.files("vivier.engines.matching").joinpath("data", "policy_default.toml").read_text("utf-8")


def test_the_policy_shipped_is_dated_and_sourced():
    policy = default_policy()
    assert policy.id == "default-2026-11"
    assert policy.date.isoformat() == "2026-11-01"
    assert policy.source
    assert policy.radius_km == 30
    assert policy.require_vetting
    assert policy.require_common_slot
    assert not policy.online_beyond_radius


def test_every_tier_rule_says_its_reason_in_words():
    policy = default_policy()
    for rule in policy.tier_rules:
        assert policy.tier_reason(rule.id) == rule.reason
        assert rule.values <= set(FACTS[rule.fact])
        assert not re.search("[·!]", rule.reason)
    assert policy.tier_reason("default") == policy.default_tier_reason


def test_a_policy_cannot_be_changed():
    policy = default_policy()
    with pytest.raises(AttributeError):
        policy.radius_km = 50
    with pytest.raises(TypeError):
        policy.weights["distance"] = 1


CHANGES = [
    (r'^id = "default-2026-11"$', "", "id is missing"),
    (r'^id = "default-2026-11"$', 'id = " "', "id"),
    (r"^date = 2026-11-01$", 'date = "2026-11-01"', "date"),
    (r"^date = 2026-11-01$", "date = 2026-11-01T10:00:00", "date"),
    (r"^radius_km = 30$", "radius_km = 0", "radius_km"),
    (r"^radius_km = 30$", "radius_km = nan", "radius_km"),
    (r"^radius_km = 30$", "radius_km = inf", "radius_km"),
    (r"^radius_km = 30$", "radius_km = true", "radius_km"),
    (r"^radius_km = 30$", "", "radius_km is missing"),
    (r"^radius_km = 30$", "radius_km = 30\nradius_miles = 20", "radius_miles is not known"),
    (r"^require_vetting = true$", "require_vetting = 1", "require_vetting"),
    (r"^distance = 50$", "distance = -1", "weights.distance"),
    (r"^distance = 50$", "distance = 50.0", "weights.distance"),
    (r"^distance = 50$", "distance = 50\nshoe_size = 3", "shoe_size is not known"),
    (r"^distance = 50\nslots = 20\ninterests = 30$", "distance = 0\nslots = 0\ninterests = 0", "weights"),
    (r"^slots = 2$", "slots = 0", "full_marks.slots"),
    (r'^fact = "rural"$', 'fact = "income"', "fact"),
    (r'^values = \["unknown"\]$', 'values = ["perhaps"]', "values"),
    (r'^values = \["unknown"\]$', "values = []", "values"),
    (r'^values = \["unknown"\]$', "values = [1]", "values"),
    (r"^tier = 0$", "tier = -1", "tier"),
    (r"^tier = 0$", 'tier = "first"', "tier"),
    (r'^id = "rural"$', 'id = "qpv"', "id of its own"),
    (r'^id = "rural"$', 'id = "default"', "id of its own"),
    (r'^id = "rural"$', 'id = "Rural !"', "id"),
    (r"^\[default_tier\]$", "[default]", "default_tier is missing"),
    (r"^\[weights\]$", "[weights", "not TOML"),
]


@pytest.mark.parametrize(("pattern", "by", "message"), CHANGES)
def test_what_a_policy_file_refuses(pattern, by, message):
    changed, count = re.subn(pattern, by, TEXT, count=1, flags=re.MULTILINE)
    assert count == 1
    with pytest.raises(InvalidPolicy, match=message):
        load_policy(changed)


@pytest.mark.parametrize("text", ["", "tiers = 3", "x = 1"])
def test_files_that_are_no_policy(text):
    with pytest.raises(InvalidPolicy):
        load_policy(text)


def test_tables_of_the_wrong_shape():
    head = TEXT.split("[eligibility]")[0]
    for rest in ("eligibility = 3\nweights = 3\nfull_marks = 3\ntiers = 3\ndefault_tier = 3",):
        with pytest.raises(InvalidPolicy):
            load_policy(head + rest)
