"""`vivier wording check` as a user runs it."""

import io
import json
import sys

import jsonschema
import pytest

from tests.cli.sarif import SCHEMA
from vivier.cli import main

AD = "Développeur web\nNous recherchons un homme de moins de 30 ans.\r\nVous rejoignez une équipe jeune et dynamique.\n"
KEYS = "file ad field rule severity start end line column match message basis suggestions".split()
LONG = "Vous rédigez des comptes rendus pour le service et vous suivez les dossiers des usagères et des usagers. " * 3


@pytest.fixture
def check(tmp_path, capsys, monkeypatch):
    """Run the command in a folder of its own; gives the exit code, the output and the errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str | None = None):
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        code = main(["wording", "check", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def rows(out: str, *families: str) -> list[dict]:
    return [row for row in json.loads(out) if not families or row["rule"].startswith(families)]


def line_of(id: str, title: str, text: str, **more) -> str:
    return json.dumps({"id": id, "title": title, "text": text, **more}, ensure_ascii=False) + "\n"


def test_a_text_file_is_one_ad_whose_offsets_count_in_the_whole_file(check, tmp_path):
    (tmp_path / "annonce.txt").write_bytes(AD.encode())
    code, out, err = check("annonce.txt", "--format", "json")
    assert (code, err) == (1, "")
    found = rows(out)
    assert all(list(row) == KEYS for row in found)
    assert {row["rule"] for row in found} >= {"SEX-01", "SEX-03", "AGE-01", "AGE-03"}
    lines = AD.split("\n")
    for row in found:
        assert AD[row["start"] : row["end"]] == row["match"]
        assert row["file"] == "annonce.txt" and row["ad"] == "annonce"
        if row["match"]:
            assert lines[row["line"] - 1][row["column"] - 1 :].startswith(row["match"])
    assert [row["field"] for row in found if row["rule"] == "SEX-03"] == ["title"]


def test_empty_lines_before_the_title_count_but_are_not_the_title(check, tmp_path):
    file = tmp_path / "ad.txt"
    file.write_text("\n \nVendeuse\nPoste en CDI.\n", "utf-8")
    _, found, _ = check(str(file), "--format", "json")
    title = next(one for one in json.loads(found) if one["rule"] == "SEX-04")
    assert (title["field"], title["start"], title["line"], title["column"]) == ("title", 3, 3, 1)


def test_json_lines_count_in_the_field_and_ignore_other_keys(check, tmp_path):
    text = "Bonjour 😀.\nHomme uniquement."
    (tmp_path / "a.jsonl").write_text(
        line_of("7", "Comptable H/F", text, other=[1]) + "\n" + line_of("8", "Vendeuse", "")
    )
    code, out, _ = check("a.jsonl", "--format", "json")
    assert code == 1
    first, second = rows(out)
    assert (first["ad"], first["field"], first["rule"], first["severity"]) == ("7", "text", "SEX-01", "E")
    assert text[first["start"] : first["end"]] == first["match"] == "Homme uniquement"
    assert (first["line"], first["column"]) == (2, 1)
    assert (second["ad"], second["field"], second["match"], second["start"]) == ("8", "title", "Vendeuse", 0)
    assert "Vendeur / Vendeuse" in second["suggestions"]
    basis = first["basis"][0]
    assert set(basis) == {"text", "article", "url", "checked_on", "certain"} and "L1142-1" in basis["article"]


def test_an_absence_has_an_empty_match(check):
    _, out, _ = check("--format", "json", stdin=f"Comptable H/F\n{LONG}")
    assert {(row["rule"], row["match"], row["start"], row["end"]) for row in rows(out)} == {
        ("PAY-01", "", 0, 0),
        ("ABS-01", "", 0, 0),
    }


@pytest.mark.parametrize(("text", "code"), [("Homme uniquement.", 1), ("Équipe jeune.", 0), ("Bonjour.", 0)])
def test_only_an_error_fails(check, text, code):
    assert check(stdin=f"Comptable H/F\n{text}")[0] == code


def test_the_text_shows_the_passage_its_basis_and_another_wording(check):
    _, out, _ = check(stdin="Développeur web\nVous avez entre 25 et 35 ans.")
    assert "-:1:1 : W SEX-03" in out
    assert "  Développeur web\n  ^^^^^^^^^^^\n" in out
    assert "  Vous avez entre 25 et 35 ans.\n            ^^^^^^^^^^^^^^^^^^\n" in out
    assert "« Développeur / Développeuse »" in out
    assert "L5331-2 (à vérifier)" in out and "L1142-1 (à vérifier)" not in out
    assert "traduction non validée" in out
    assert "1 annonce lue : 1 E" in out


def test_carets_stand_under_the_passage_after_an_emoji_and_an_accent_apart(check):
    _, out, _ = check(stdin="Comptable H/F\n😀 de\u0301sole\u0301 : homme uniquement.")
    assert "\n  😀 de\u0301sole\u0301 : homme uniquement.\n" + " " * 14 + "^" * 16 + "\n" in out


def test_json_lines_are_known_on_the_standard_input(check):
    _, out, _ = check("-", "--format", "json", stdin=line_of("x", "Caissière", ""))
    assert [(row["file"], row["ad"], row["rule"]) for row in rows(out)] == [("-", "x", "SEX-04")]


def test_sarif_follows_its_schema_and_keeps_what_was_suppressed(check, tmp_path):
    text = "Vendeuse\nHomme uniquement. Équipe jeune. <!-- vivier: ignorer AGE-03 : citation -->\n"
    (tmp_path / "a é.txt").write_text(text)
    (tmp_path / "b.jsonl").write_text(line_of("7", "Comptable H/F", "Célibataire de préférence."))
    code, out, _ = check("a é.txt", "b.jsonl", "--format", "sarif")
    log = json.loads(out)
    jsonschema.validate(log, SCHEMA)
    assert code == 1
    (run,) = log["runs"]
    by_rule = {result["ruleId"]: result for result in run["results"]}
    assert by_rule["AGE-03"]["suppressions"] == [{"kind": "inSource", "justification": "citation"}]
    assert "suppressions" not in by_rule["SEX-01"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    region = by_rule["SEX-01"]["locations"][0]["physicalLocation"]["region"]
    assert text[region["charOffset"] :][: region["charLength"]] == "Homme uniquement"
    assert (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) == (2, 1, 2, 17)
    assert by_rule["FAM-01"]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    (change,) = by_rule["SEX-01"]["fixes"][0]["artifactChanges"][0]["replacements"]
    start, length = change["deletedRegion"]["charOffset"], change["deletedRegion"]["charLength"]
    mended = text[:start] + change["insertedContent"]["text"] + text[start + length :]
    assert mended == text.replace("Homme uniquement", "Poste ouvert à toutes et à tous")


def test_a_comment_needs_a_reason_and_is_not_read_itself(check):
    with_reason = "Comptable H/F\nÉquipe jeune. <!-- vivier: ignorer AGE-03 : équipe jeune citée -->"
    assert rows(check("--format", "json", stdin=with_reason)[1]) == []
    code, out, _ = check(stdin="Comptable H/F\nÉquipe jeune. <!-- vivier: ignorer AGE-03 -->")
    assert code == 0 and "AGE-03" in out and "sans motif" in out


def test_settings_leave_rules_aside_and_choose_how_titles_are_written(check, tmp_path):
    (tmp_path / ".vivier-wording.toml").write_text(
        '[[ignore]]\nrule = "AGE-03"\nreason = "choix"\n[[ignore]]\nrule = "SEX-01"\nreason = "essai"\nads = ["z"]\n'
        '[title]\norder = "feminine"\nstyle = "double"\n'
    )
    (tmp_path / "a.txt").write_text("Développeur web\nÉquipe jeune. Homme uniquement.")
    _, out, _ = check("a.txt", "--format", "json")
    assert [row["rule"] for row in rows(out)] == ["SEX-03", "SEX-01"]
    assert rows(out, "SEX-03")[0]["suggestions"][0] == "Développeuse / Développeur"


@pytest.mark.parametrize(
    "content",
    ["[[ignore]]\nrule = 3\n", '[[ignore]]\nrule = "AGE-01"\n', "x = 1\n", "[title\n", '[title]\norder = "x"\n'],
)
def test_bad_settings_are_refused(check, tmp_path, content):
    (tmp_path / ".vivier-wording.toml").write_text(content)
    code, out, err = check(stdin="Comptable H/F\nBonjour.")
    assert (code, out, err.count("\n")) == (2, "", 1) and ".vivier-wording.toml" in err


def test_a_baseline_hides_what_was_accepted_and_nothing_more(check, tmp_path):
    (tmp_path / "a.txt").write_text("Comptable H/F\nHomme uniquement.")
    assert check("a.txt", "--write-baseline", "b.json")[0] == 1
    assert "Homme" not in (tmp_path / "b.json").read_text()
    assert check("a.txt", "--baseline", "b.json", "--format", "json")[:2] == (0, "[]\n")
    (tmp_path / "a.txt").write_text(
        "Comptable H/F\nBonjour. Homme uniquement. Bonjour. Homme uniquement. Célibataire exigé."
    )
    code, out, _ = check("a.txt", "--baseline", "b.json", "--format", "json")
    assert code == 1 and [row["rule"] for row in rows(out)] == ["SEX-01", "FAM-01"]
    log = json.loads(check("a.txt", "--baseline", "b.json", "--format", "sarif")[1])
    jsonschema.validate(log, SCHEMA)
    assert [result["baselineState"] for result in log["runs"][0]["results"]] == ["unchanged", "new", "new"]


def test_the_json_of_a_check_is_a_baseline_too(check, tmp_path):
    (tmp_path / "a.txt").write_text("Comptable H/F\nHomme uniquement.")
    (tmp_path / "b.json").write_text(check("a.txt", "--format", "json")[1])
    assert check("a.txt", "--baseline", "b.json", "--format", "json")[:2] == (0, "[]\n")


def test_labels_add_names_of_occupations(check, tmp_path):
    (tmp_path / "rome.csv").write_text(
        '"code_ogr","libelle_appellation_long"\n"1","Accouveur / Accouveuse"\n"2","Tailleur / Tailleuse de pierre"\n'
    )
    ads = line_of("1", "Accouveuse", "")
    assert rows(check("--format", "json", stdin=ads)[1]) == []
    (row,) = rows(check("--format", "json", "--labels", "rome.csv", stdin=ads)[1])
    assert (row["rule"], row["suggestions"][0]) == ("SEX-04", "Accouveur / Accouveuse")


@pytest.mark.parametrize(
    ("lines", "line", "problem"),
    [
        ('{"id": "1"', 1, "JSON"),
        ('{"id": "1", "title": "x", "text": ' + "[" * 100_000, 1, "JSON"),
        ('{"id": "1", "title": "a"}', 1, "text"),
        ('{"id": "1", "title": "a", "text": 3}', 1, "textes"),
        ("[]\n", 1, "objet"),
        (line_of("1", "a", "b") * 2, 2, "déjà pris"),
    ],
)
def test_bad_lines_are_refused_in_one_line_and_nothing_is_printed(check, tmp_path, lines, line, problem):
    (tmp_path / "a.jsonl").write_text(lines)
    code, out, err = check("a.jsonl", "--format", "json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"vivier : a.jsonl:{line} : ") and problem in err


def test_a_file_that_is_missing_or_is_no_text_is_refused(check, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Vendeuse\n\xff")
    assert check("absent.txt")[0] == 2
    code, _, err = check("a.txt")
    assert code == 2 and "a.txt:2" in err and "UTF-8" in err
    assert check("a.txt", "a.txt")[0] == 2


def test_pages_are_written_together_or_refused(tmp_path, capsys):
    assert main(["wording", "docs", str(tmp_path)]) == 0
    assert (tmp_path / "AGE-01.md").read_text("utf-8").count("# AGE-01") == 1
    assert main(["wording", "docs", str(tmp_path / "absent")]) == 2
    assert "n’existe pas" in capsys.readouterr().err


def test_a_comment_may_be_long_and_may_be_left_open(check):
    reason = "cité par la direction, " * 60
    code, out, _ = check(stdin=f"Comptable H/F\nÉquipe jeune. <!--\n    vivier: ignorer AGE-03 : {reason}-->")
    assert "AGE-03" not in out and code == 0
    code, out, _ = check(stdin="Comptable H/F\nÉquipe jeune. " + "<!-- vivier: ignorer AGE-03 : sans fin " * 3_000)
    assert "AGE-03" in out and code == 0
