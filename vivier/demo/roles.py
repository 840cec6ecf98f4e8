"""Who one can be in the demonstration."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoRole:
    """One role: its code in addresses, who it is, what she comes to do, her address (None: nobody signs in)."""

    code: str
    name: str
    purpose: str
    email: str | None


ROLES = {
    role.code: role
    for role in (
        DemoRole("visitor", "Une visiteuse ou un visiteur", "Découvrir et trouver une séance, sans compte.", None),
        DemoRole(
            "coordinator",
            "Camille, coordinatrice",
            "Importer ses fichiers, lancer l’appariement, décider des paires, exporter.",
            "camille@passerelles.exemple.test",
        ),
        DemoRole(
            "beneficiary",
            "Une lycéenne de Valence",
            "Voir sa prochaine séance et sa marraine.",
            "lyceenne@exemple.test",
        ),
        DemoRole("guardian", "Le parent de cette lycéenne", "Dire oui ou non, sujet par sujet.", "parent@exemple.test"),
        DemoRole("mentor", "Une marraine de Valence", "Voir qui elle accompagne.", "marraine@exemple.test"),
        DemoRole(
            "adult",
            "Sandra, adulte en reconversion",
            "La deuxième histoire : sa séance en ligne, son attestation, qui l’accompagne, ses dates, ses données.",
            "sandra@exemple.test",
        ),
        DemoRole(
            "partner",
            "Ana, chez un partenaire de Valence",
            "Voir ce qu’on lui demande, proposer des marraines, suivre ses engagements.",
            "ana@drome-fibre.exemple.test",
        ),
        DemoRole(
            "administrator",
            "Sacha, qui administre l’association",
            "Inviter des membres, lire le journal.",
            "sacha@passerelles.exemple.test",
        ),
        DemoRole(
            "other-coordinator",
            "Nora, coordinatrice d’une autre association",
            "Vérifier qu’elle ne voit rien de la première.",
            "nora@deux-rives.exemple.test",
        ),
    )
}
