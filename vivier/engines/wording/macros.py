"""What the expressions of rules may name in braces, such as {refused}: folded, as rules are written."""

from __future__ import annotations

from collections.abc import Mapping

#: The word of the anchor ends here.
APART = "(?![a-z0-9])"
#: The word of the anchor goes on, whatever it is.
WORD = "[a-z]*"
#: What patterns may name in braces.
MACROS: Mapping[str, str] = {
    "apart": APART,
    # The marks of a feminine or a plural: e, es, (e), (e)s, .e, ·e·s, -e, /e, (ne)…
    "infl": r"(?:\((?:e|s|es|ne|trice|euse|se|ve|ere)\)s?"
    r"|[.\x01\x02/-](?:e|ne|ve|trice|euse|se)(?:[.\x01\x02-]?s)?|e?s?)",
    "age": r"(?:1[5-9]|[2-6][0-9]|seize|dix-(?:sept|huit|neuf)"
    r"|(?:vingt|trente|quarante|cinquante|soixante)(?:[ -](?:et[ -])?[a-z]{2,6})?)",
    "to": r" ?(?:-|a|et|/|jusqu'a) ?",
    "number": r"(?:[0-9]{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt)",
    "required": r"(?:(?:est|sont|serait|etait) )?(?:exige|requis|obligatoire|imperati|indispensable|demande"
    r"|necessaire"
    r"|souhaite|prefer|uniquement|exclusi)[a-z]*",
    # What follows a person or a quality that is asked for, or turned away.
    # What is taken with ?+ is never given back: no word that follows begins with it, and most passages fail here.
    # (?=[…]) holds the first letters of all that may follow (a test compares them).
    "wanted": r"(?:,?+ ?+[(:]?+ ?+(?=[abdefilnoprstuv])(?:(?:est|sont|serait|seraient|sera|seront) )?"
    r"(?:fortement |vivement |absolument |bien |tres |la |le |les )?"
    r"(?:uniquement|exclusi|seulement|de preference|only|imperati|obligatoire|indispensable|necessaire|exige|requis"
    r"|demande|souhaite|prefere|privilegi|recherche|attendu|apprecie|bienvenu|serait un plus|est un plus|un atout)"
    r"[a-z]*\)?)",
    "refused": r"(?:,?+ ?+[(:=]?+ ?+(?=[acdehilmnoprstv])(?:(?:svp|desole[a-z]*|malheureusement),? ?)?"
    r"(?:(?:est|sont|sera|seront) )?"
    r"(?:merci de )?(?:(?:s.? ?|vous |t'|te )?abst[a-z]*(?:-vous|-toi)?"
    r"|passe[rz] (?:votre|ton|son|leur) (?:chemin|tour)"
    r"|(?:non|pas) (?:les |la |le )?(?:accept|admis|retenu|souhait|desire|autoris|bienvenu|recrut|recu|concern"
    r"|compati)[a-z]*"
    r"|(?:reponse|suite) negative|indesirables?|n'(?:appele|ecrive|envoye)[rz] pas|ne pas (?:appeler|ecrire|postuler"
    r"|candidater|se presenter|repondre|envoyer|venir)|invite[es]* a passer (?:leur|votre|son) (?:tour|chemin)"
    r"|refuse[a-z]*|exclu[es]*|interdit[a-z]*|proscri[a-z]*|ecarte[es]+|rejete[es]+|elimine[es]+|a (?:eviter|exclure)"
    r"|inutile de (?:postuler|candidater|se presenter|venir|nous|vous)|inutile d'(?:ecrire|appeler|insister|envoyer)"
    r"|incompatibles?|hors de question|n'insiste[rz] pas|comprendre que|non merci|sans facon"
    r"|(?:rest[a-z]+ )?dehors|on a (?:deja )?(?:donne|assez)|nous (?:en )?avons (?:deja )?assez"
    r"|(?:ce|cet|cette) (?:poste|metier|emploi|offre|place|annonce) n'est (?:pas|plus) "
    r"(?:le votre|la votre|pour vous|faite? pour)"
    r"|(?:n.est|ne sont|ne sera|ne seront|ne peu[a-z]*|ne pourr[a-z]*|nous ne) (?:pas|point|jamais|plus|pouvons pas"
    r"|prenons pas) (?:etre )?(?:les |la |le |vous )?"
    r"(?:accept|admis|retenu|bienvenu|souhait|desire|pris|possible|compatible|adapte|autoris|recu|concern|examin"
    r"|etudi|recrut|fait|prendre|postul|candidat|negociable|integr|embauch|tolere|accueil|rappel|convoqu|contact"
    r"|trait"
    r"|engag|invit|consider|lu)[a-z]*"
    r"|ne (?:sera|seront|pourra|pourront) (?:etre )?(?:accept|retenu|recu|examin|etudi|trait|recrut|embauch|accueil"
    r"|rappel|convoqu|contact|admis|lu)[a-z]*"
    r"|ne (?:tien|convien|surviv|resist|suiv|pass)[a-z]* (?:pas|plus|jamais)[a-z' ]{0,40}"
    r"|n'(?:ont|aura|auront) (?:pas|rien|aucune)\b[a-z' ]{0,40}"
    r"|(?:sont|est|etes) pri[es]* de (?:ne (?:pas )?|passer|s'abst)[a-z]*|(?:merci )?de ne (?:pas |plus )?[a-z]+"
    r"|c'est (?:non|mort|niet)\b|(?:la |a la )?poubelle|(?:peuvent|pourront|iront|n'ont qu'a|devront"
    r"|doivent) (?:aller )?"
    r"(?:chercher |voir |postuler |regarder |tenter )?(?:ailleurs|leur (?:chemin|tour|chance ailleurs))"
    r"|(?:n'aurai(?:t|ent)|n'entrer[a-z]*) pas[a-z' ]{0,30}|passer(?:a|ont) (?:leur|son) (?:chemin|tour)|circulez"
    r"|redhibitoires?|inconciliables?"
    r"|nous font perdre[a-z' ]{0,30}|ne nous (?:interess|convien|concern)[a-z]* (?:pas|plus|guere)"
    r"|on ne (?:vous |les |te )?(?:rappel|recoi|recev|prend|embauch|recrut|repond|garde|veut)[a-z]* (?:pas|plus"
    r"|jamais)"
    r"|(?:votre |leur |le |les |ton )?(?:dossiers?|cv|candidatures?) (?:non|pas|refus|ecart|rejet|inutile|elimin"
    r"|ne ser)[a-z' ]*"
    r"|aur(?:a|ont|aient) (?:du mal|de la peine|des difficultes)[a-z' ]{0,40}"
    r"|ne (?:s.(?:entend|integr|adapt|plai|retrouv|y)|fer)[a-z' ]* pas[a-z' ]{0,20}|nous n'avons (?:ni"
    r"|aucun)[a-z' ]{0,50}"
    r"|ne (?:vous |te )?(?:postule|perde|presente|deplace|candidate|ecrive)[rz] pas[a-z ]{0,14})\)?)",
    # What stands right before those who are turned away.
    "barring": r"(?:(?<!y a )(?<!les )pas (?:de (?:la )?|d'|aux |avec (?:les |des )|(?:faite? |prevue? "
    r"|adaptee? )?pour (?:les |des )?"
    r"|une? (?:metier|poste|travail|boulot|emploi|place|affaire)(?: [a-z]+)? (?:pour (?:les |des |une? )?|d'|de ))"
    r"|(?:prend|prenons|veux|veut|veulent|voulons|recrut[a-z]+|embauch[a-z]+|engage[a-z]*|rappel[a-z]+|recoit"
    r"|recevons"
    r"|accept[a-z]+|retient|retenons|cherch[a-z]+|souhait[a-z]+|convient|trait[a-z]+|li[st][a-z]*|gard[a-z]+"
    r"|suppor[a-z]+"
    r"|examin[a-z]+|etudi[a-z]+|tolere[a-z]*) (?:pas|jamais) (?:les |des |de |d'|aux )"
    r"|(?:ne |n')[a-z]+ plus (?:les |des |de |d')"
    r"|jamais (?:de |d')|ni (?:les |des |aux |de |d')?|hors |sauf (?:les |des |aux |si )?|(?:excepte"
    r"|hormis) (?:les )?"
    r"|a l'exception des |(?:donne|travaillons pas|travaille pas) avec (?:les |des )|marre (?:des |de |d')"
    r"|entendre parler (?:des |de |d')|aucune? (?:candidature |dossier |profil |cv )?(?:de |d')?"
    r"|(?:evit|exclu|ecart|refus|elimin|rejet|bann|proscri)[a-z]* (?:pour |donc |aussi )?(?:les |des |tous les "
    r"|toutes les "
    r"|tout )|(?:interdit|ferme|defendu)[a-z]* aux |(?:deconseille|inadapte|inaccessible|incompatible"
    r"|impossible)[a-z]* (?:aux "
    r"|pour (?:les |des )?|avec (?:les |des )|a des )|(?:faites|fais) partie (?:des |de ces )|dehors,? (?:les ))",
    # Somebody, right before a word that says who: « une candidate … », « vous êtes … ».
    "somebody": r"(?:(?:etes|es|etre|sois|soyez|sera|seras|serez|soit|personnes?|candidat(?:e|s|es)?|femmes?|filles?"
    r"|hommes?|garcons?|quelqu'un(?: de| qui soit)?|hotesses?|vendeuses?|vendeurs?|serveuses?|serveurs?|salarie(?:e|s"
    r"|es)?"
    r"|collegues?|collaborat(?:eur|rice)s?|employee?s?)(?: (?:tres|plutot|assez|bien|toujours|de preference"
    r"|obligatoirement"
    r"|imperativement))? )",
    # Nothing less will do.
    "must": r"(?:,?+ ?+[(:]?+ ?+(?=[adeinorsu])(?:(?:est|sont|serait|seraient|sera|seront) )?"
    r"(?:absolument |strictement )?"
    r"(?:uniquement|exclusi|seulement|only|imperati|obligatoire|indispensable|necessaire|exige|requis"
    r"|demande)[a-z]*\)?)",
    "person": r"(?:hommes?|femmes?|garcons?|filles?|dames?|messieurs|monsieur|demoiselles?|mecs?|gars|nanas?|meufs?)",
    # Not « un homme ou une femme ».
    "alone": r"(?! ?(?:[/&(+-]|(?:et|ou|comme)\b(?! (?:rien|personne|ca|on|ce|nous)\b)"
    r"|, ?(?:des |les |une? )?(?:femmes?|hommes?|filles?|garcons?)))",
    "languages": r"(?:anglais|francais|allemand|espagnol|italien|arabe|chinois|mandarin|portugais|russe"
    r"|neerlandais|japonais|polonais|turc|roumain)e?",
}
