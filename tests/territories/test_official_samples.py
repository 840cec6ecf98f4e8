"""The official files themselves, where they are on this machine."""

import re
import time
from pathlib import Path

import pytest
from django import forms

from vivier.common.actors import SYSTEM
from vivier.territories.forms import CommuneField
from vivier.territories.importing.run import import_folder
from vivier.territories.locations import QpvStatus, location, qpv_status
from vivier.territories.models import (
    Commune,
    CommuneAlias,
    Department,
    EmploymentArea,
    LabourPool,
    PriorityNeighbourhood,
)
from vivier.territories.queries import label_of, search_communes
from vivier.territories.text import search_key

pytestmark = [pytest.mark.data, pytest.mark.deep, pytest.mark.django_db]


class CityForm(forms.Form):
    commune = CommuneField()


def test_all_france(samples):
    before = _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak of other tests in this process is forgotten
    started = time.process_time()
    report = import_folder(by=SYSTEM, folder=samples / "territories")
    # Of this process alone: other tests may share the machine. `make bench` holds the 60 seconds of a clock, and
    # fails when a second import changes anything.
    assert time.process_time() - started < 60
    assert _memory("VmHWM") - before < 600 * 1024
    assert report.unrecognised == [] and len(report.files) == 10
    assert 0 < report.refused_count < 20, "Monaco, a commune that does not exist, labour pools with two names"
    assert Commune.objects.filter(is_current=True).count() == 35_014
    assert EmploymentArea.objects.count() == 306 and LabourPool.objects.count() == 404
    assert Department.objects.count() == 109
    _communes_are_where_they_are()
    _neighbourhoods_are_known_but_not_their_outlines()
    _search_key_is_the_same_in_the_database()
    _people_find_their_commune()


def _memory(name: str) -> int:
    """Return a line of this process's memory, in kB: VmRSS what it holds, VmHWM the most it held."""
    return int(re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text())[1])


def _communes_are_where_they_are():
    for code, rural in (("26281", False), ("26001", True)):
        assert Commune.objects.get(code=code).is_rural is rural
    papeete = Commune.objects.select_related("department", "parent").get(code="98735")
    assert location(papeete).approximate
    assert not location(Commune.objects.get(code="69383")).approximate
    assert Commune.objects.filter(latitude__isnull=True).exclude(department__code__in=["987", "988"]).count() == 0


def _neighbourhoods_are_known_but_not_their_outlines():
    assert PriorityNeighbourhood.objects.count() > 1_400
    assert not PriorityNeighbourhood.objects.filter(outline__isnull=False).exists()
    assert not PriorityNeighbourhood.objects.filter(name__regex="[\x80-\x9f]").exists()
    assert not Department.objects.filter(qpv_coverage="complete").exists()
    assert qpv_status(45.16, 5.73) == QpvStatus.UNKNOWN, "a street of Grenoble"


def _search_key_is_the_same_in_the_database():
    for model in (Commune, CommuneAlias):
        assert [name for name, key in model.objects.values_list("name", "search") if search_key(name) != key] == []


def _people_find_their_commune():
    for text, code in (
        ("grenoble", "38185"),
        ("st etienne", "42218"),
        ("Lyon", "69123"),
        ("lyon 3", "69383"),
        ("romans 26", "26281"),
        ("l'isle d'abeau", "38193"),
        ("marseille 13", "13055"),
        ("pierre benite", "69149"),
        ("la plaine des cafres", "97422"),
        ("69003", "69123"),
    ):
        assert search_communes(text)[0].code == code, text
    for commune in Commune.objects.filter(is_current=True).select_related("department").order_by("search")[::400]:
        form = CityForm({"commune": label_of(commune), "commune_code": commune.code})
        assert form.is_valid() and form.cleaned_data["commune"] == commune
    ambiguous = CityForm({"commune": "Saint-Martin"})
    assert not ambiguous.is_valid() and str(ambiguous["commune"]).count('type="radio"') >= 2
