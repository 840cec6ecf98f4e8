"""What real advertisements use without meaning it is shown to whoever mends the rules."""

from benchmarks.wording.anchors import table

LAWFUL = ("Sage-femme (F/H)", "Vous accompagnez à la maternité les femmes qui ont un projet de grossesse.")
FAULTY = ("Comptable (F/H)", "Il nous faut quelqu’un qui ne soit pas enceinte.")
NEITHER = ("Comptable (F/H)", "Vous tenez les comptes.")


def test_an_anchor_is_counted_where_it_occurs_where_it_tells_and_where_it_is_due():
    rows = [row for row in table([LAWFUL, FAULTY, NEITHER]) if row[3][0] == "FAM-02"]
    assert any(told < seen for seen, told, _, _ in rows)
    assert any(told and useful > 5 for _, told, useful, _ in rows)
    assert not any(told for _, told, _, _ in table([LAWFUL]))
    assert not table([NEITHER])
