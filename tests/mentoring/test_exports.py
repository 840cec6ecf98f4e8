"""What leaves the house: the engine's own bytes, a workbook for people, and a line in the journal for each."""

import json
import random
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.mentoring.worlds import World, add_mentee, add_mentor, make_seeded_world, make_world
from vivier.cli import main
from vivier.common.models import AuditEntry
from vivier.common.tables import read_sheets
from vivier.mentoring import operations
from vivier.mentoring.models import MatchingRun, Pair

pytestmark = pytest.mark.django_db


def client_of(world: World) -> Client:
    client = Client()
    client.force_login(world.coordinator)
    return client


def download(client: Client, run: MatchingRun, name: str) -> bytes:
    response = client.post(reverse("mentoring:engine_file", args=[run.public_id, name]))
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    return response.content


def settle_some(world: World) -> None:
    """Accept, lock and refuse some proposals, whatever the seed made of them."""
    pairs = list(Pair.objects.filter(programme=world.programme, state="proposed").order_by("pk"))
    operations.accept_many(by=world.actor, programme=world.programme, public_ids=[one.public_id for one in pairs[:4]])
    for pair in pairs[4:6]:
        operations.lock(by=world.actor, pair=pair)
    for pair in pairs[6:9]:
        operations.refuse(by=world.actor, pair=pair, reason="slots")


@pytest.mark.parametrize("seed", range(6))
def test_vivier_match_on_the_exported_files_gives_the_same_bytes(seed, tmp_path):
    world = make_seeded_world(seed)
    draw = random.Random(seed)
    for mentee in draw.sample(world.mentees, 8):
        for mentor in draw.sample(world.mentors, 2):
            operations.add_wish(by=world.actor, enrolment=mentee, mentor=mentor)
    operations.change_rules(
        by=world.actor,
        programme=world.programme,
        radius_km=30 + 40 * (seed % 3),
        score="linear" if seed % 2 else "concave",
        stickiness=(0, 1_000, 10_000)[seed % 3],
        hold_floor=seed % 4 > 1,
        group_size=1 + seed % 3,
    )
    run = operations.run_matching(by=world.actor, programme=world.programme)
    assert run.matched_count
    same_from_the_command_line(world, run, tmp_path)
    # Again once some pairs have left the problem and others may not come back.
    settle_some(world)
    run = operations.run_matching(by=world.actor, programme=world.programme)
    assert run.kept_count and run.matched_count
    same_from_the_command_line(world, run, tmp_path)


def same_from_the_command_line(world: World, run: MatchingRun, folder) -> None:
    """Run the command that the page shows on the files that it exports, and compare what it writes."""
    client = client_of(world)
    read = [name for name in operations.files_of(run) if name not in ("assignments.csv", "report.json")]
    for name in read:
        (folder / name).write_bytes(download(client, run, name))
    words = operations.command_for(run).split()
    assert words[:2] == ["vivier", "match"]
    arguments = [str(folder / word) if word.endswith(".csv") else word for word in words[1:]]
    assert main([*arguments, "--report", str(folder / "report.json")]) == 0
    assert (folder / "assignments.csv").read_bytes() == download(client, run, "assignments.csv")
    ours, theirs = (
        json.loads(text) for text in (download(client, run, "report.json"), (folder / "report.json").read_bytes())
    )
    for report in (ours, theirs):
        report.pop("seconds")
    assert ours == theirs
    assert ours["certificate"]["optimal"] is True


def test_the_page_shows_the_command_that_the_test_above_runs():
    world = make_world()
    run = operations.run_matching(by=world.actor, programme=world.programme)
    page = client_of(world).get(reverse("mentoring:run", args=[run.public_id]))
    assert operations.command_for(run) in page.content.decode()


def sheets_of(world: World, run: MatchingRun) -> dict[str, list[tuple]]:
    response = client_of(world).post(reverse("mentoring:workbook", args=[run.public_id]))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response["Content-Disposition"].endswith('.xlsx"')
    return {sheet.name: [row.cells for row in sheet.rows] for sheet in read_sheets(response.content)}


def test_the_workbook_says_who_is_with_whom_who_waits_and_what_is_proven():
    world = make_world(mentees=2, mentors=0)
    add_mentor(world, "Romans-sur-Isère", slots=["wed_pm"], interests=["web"], occupation="développeuse web")
    add_mentee(world, first_name="Maïlys", last_name="Étang", slots=["wed_pm"], interests=["web"], qpv="yes")
    run = operations.run_matching(by=world.actor, programme=world.programme)
    operations.accept(by=world.actor, pair=Pair.objects.get())
    sheets = sheets_of(world, run)
    assert list(sheets) == ["Accompagnements", "En attente", "Le calcul et sa preuve"]
    note, headings, line = sheets["Accompagnements"]
    assert "démonstration" in note[0]
    row = dict(zip(headings, line, strict=False))
    assert (row["Nom"], row["Prénom"], row["Ville"]) == ("Étang", "Maïlys", "Valence")
    assert (row["Métier"], row["Créneaux communs"], row["Goûts communs"]) == (
        "développeuse web",
        "mercredi après-midi",
        "web",
    )
    assert row["Distance en km"] == pytest.approx(17.8, abs=0.5)
    assert (row["État"], row["Score sur 10 000"]) == ("acceptée", Pair.objects.get().score)
    assert "Rang de priorité 1" in row["Pourquoi"]
    assert len(sheets["En attente"]) == 2 + 2
    assert "places sont prises" in str(sheets["En attente"][-1]) or "plus de place" in str(sheets["En attente"][-1])
    about = dict(cells[:2] for cells in sheets["Le calcul et sa preuve"][1:] if len(cells) > 1)
    assert about["Total atteint"] == about["Borne prouvée"] == run.objective
    assert about["Preuve"].startswith("Prouvé")


@pytest.mark.parametrize("name", ["=CMD()", "+33 6", "-2", "@SOMME(A1)"])
@pytest.mark.parametrize("kind", ["workbook", "results"])
def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(name, kind):
    world = make_world(mentees=0, mentors=0)
    add_mentee(world, first_name="Lou", last_name=name)
    add_mentor(world, first_name=name, occupation=name)
    run = operations.run_matching(by=world.actor, programme=world.programme)
    content = client_of(world).post(reverse(f"mentoring:{kind}", args=[run.public_id])).content
    if kind == "results":
        assert content.startswith(b"\xef\xbb\xbf")
        cells = [cell for line in content.decode("utf-8-sig").splitlines() for cell in line.split(";")]
    else:
        from openpyxl import load_workbook

        book = load_workbook(BytesIO(content))
        kept = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in kept if cell.data_type == "f"]
        cells = [str(cell.value) for cell in kept]
    assert f"'{name}" in cells
    assert name not in cells


def test_each_export_is_a_line_of_the_journal_with_its_count_and_no_name():
    world = make_world(mentees=3, mentors=2)
    run = operations.run_matching(by=world.actor, programme=world.programme)
    client = client_of(world)
    client.post(reverse("mentoring:workbook", args=[run.public_id]))
    client.post(reverse("mentoring:results", args=[run.public_id]))
    download(client, run, "pairs.csv")
    lines = AuditEntry.objects.filter(action__startswith="matching.").order_by("pk")
    assert [(line.action, line.count) for line in lines] == [
        ("matching.export", 3),
        ("matching.export", 3),
        ("matching.export_file", 1),
    ]
    assert {(line.actor_id, line.controller_id) for line in lines} == {(world.coordinator.pk, world.organisation.pk)}
    assert {line.about for line in lines} == {f"matching_run {run.pk}"}


def test_exports_are_asked_by_post_only_and_by_people_of_the_structure_only():
    world = make_world()
    run = operations.run_matching(by=world.actor, programme=world.programme)
    stranger = Client()
    stranger.force_login(factories.make_coordinator())
    for address in (
        reverse("mentoring:workbook", args=[run.public_id]),
        reverse("mentoring:results", args=[run.public_id]),
        reverse("mentoring:engine_file", args=[run.public_id, "pairs.csv"]),
    ):
        assert client_of(world).get(address).status_code == 405
        assert stranger.post(address).status_code == 404
    assert not AuditEntry.objects.filter(action__startswith="matching.").exists()


def test_no_other_file_can_be_asked_for():
    world = make_world()
    run = operations.run_matching(by=world.actor, programme=world.programme)
    address = reverse("mentoring:engine_file", args=[run.public_id, "pairs.csv"])
    for name in ("secret.csv", "pairs.csv%00", "..%2Fpairs.csv", "pairsxcsv"):
        assert client_of(world).post(address.replace("pairs.csv", name)).status_code == 404


def test_an_older_run_exports_what_it_proposed_then():
    world = make_world(mentees=2, mentors=2)
    first = operations.run_matching(by=world.actor, programme=world.programme)
    operations.run_matching(by=world.actor, programme=world.programme)
    lines = sheets_of(world, first)["Accompagnements"]
    assert [dict(zip(lines[1], line, strict=False))["État"] for line in lines[2:]] == ["remplacée", "remplacée"]
