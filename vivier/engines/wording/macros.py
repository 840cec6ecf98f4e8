"""What the expressions of rules may name in braces, such as {refused}: folded, as rules are written."""

from __future__ import annotations

from collections.abc import Mapping

#: The word of the anchor ends here.
APART = "(?![a-z0-9])"
#: The word of the anchor goes on, whatever it is.
WORD = "[a-z]*"
#: What patterns may name in braces; one may name another that stands below it.
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
    # What leads to a word that says who somebody is: somebody is sought or turned away, or told to be so.
    "asked_or_barred": r"(?:{barring}|{somebody}|(?:(?:re)?cherch(?:e|ons|ent)|recrut(?:e|er|ons|ent)|embauch[a-z]+"
    r"|employ[a-z]+|souhait[a-z]+|prefer[a-z]+|privilegi[a-z]+|voul[a-z]+|veut|veux|pren(?:d|ds|ons|drons)"
    r"|accept[a-z]+|reti(?:ent|endr[a-z]+)|besoin|uniquement|seulement|plutot|(?<!tel )(?<!tels )que"
    r"|ideal(?:ement)?|reserv[a-z]+|preference|priorite|faut|refus(?:e|ons|ent|es)|evit(?:e|ons|er)"
    r"|ecart(?:e|ons)|sauf|hormis|interdit[es]*|ferme[es]*|ouvert[es]*)(?: (?:pas|plus|jamais|surtout|que"
    r"|de|des|du|les|le|la|une?|aux?|d'|l'))*(?: (?:vraie?s?|jeunes?|bonn?e?s?))?(?: {applicants})? ?"
    r"|(?:n'(?:est|es|etes|ait)|ne (?:soit|sera|seras)) pas |(?:sans|personnes?|candidate?s?) (?:d'"
    r"|des )?origines? |{applicants} (?:tres |un peu |plutot |trop |vraiment |de |d'|qui (?:soit |soient "
    r"|est |sont ))?|(?:etant|etait|sera|serait|suis)(?: (?:pas|plus|plutot|un peu|tres|trop|une?|ni"
    r"|aussi))* )",
    # Those who may apply, and what stands for them.
    "applicants": r"(?:militante?s?|sympathisante?s?|noms?|prenoms?|brigade|personnes?|candidate?s?|candidatures?"
    r"|profils?|personnel|equipes?|gens|hommes?|femmes?|filles?|dames?|jeunes?|salariee?s?|collegues?"
    r"|vendeu[a-z]+|ouvri[a-z]+|apprentie?s?|nounous?|cuisini[a-z]+|chauffeurs?)",
    # What turns down those whom the words before name, once they are known for people.
    "turned_down": r"(?:ne (?:pas|plus|nous) (?:appel|ecri|telephon|envoy|contact|deranger|insist|vous)[a-z]*"
    r"|n'(?:appel|ecriv|envoy|insist|esper|y pens)[a-z]*|reponse negative|c'est non|niet|jamais|basta|refus[a-z]*"
    r"|rejet[a-z]*|on (?:oublie|evite|n'en)|(?:sont |trop |deja )+(?:trop |deja )?nombreu[a-z]*"
    r"|on (?:en )?a (?:eu )?(?:assez|trop|donne|deja)|pas question|rien a (?:faire|voir)|n'(?:ont"
    r"|a) rien a|mal (?:accueilli|accepte|percu|vu)[a-z]*|passent mal|font fuir|derange[a-z]*|hors jeu"
    r"|interdit[a-z]* de|(?:sont|est|seront) (?:invite|prie|encourage)[es]* a (?:passer|chercher|voir"
    r"|regarder|s'abst|tenter|ne pas|postuler)|ne (?:peu|pour|sau)[a-z]+ (?:pas )?(?:etre|pretendre"
    r"|postuler|travailler|occuper)|(?:vous |te |lui )?(?:fermer?a?|barrer?a?|exclut|exclura) (?:cette|la"
    r"|nos|notre|toute|les)|comprendront|ailleurs|abstenez|(?:sont |est |seront )?(?:indesirables?|de trop"
    r"|les malvenu[es]*|non grata)|indesirables?|de trop\b|malvenu[es]*|persona non grata|(?:a"
    r"|sont a) (?:fuir|bannir|proscrire))",
    # Those who may apply, by the name of their work.
    "workers": r"(?:personnes?|candidate?s?|candidatures?|profils?|personnel|gens|hommes?|femmes?|filles?|garcons?"
    r"|dames?|messieurs|jeunes?|gars|mecs?|(?:vend|serv|coiff|mass|plong|livr|travaill|chauff|cueill"
    r"|vendang|caissi|cuisini|ouvri|infirmi|patissi|boulang|bouch|gardi|menag|saisonni|macon|carrel"
    r"|peintre|agent|aide|auxiliaire|nounou|gouvernante|baby-sitt|hote|commis|chef|barm|salari|employ"
    r"|coll[eg]|equipi|apprenti|stagiaire|commercia|secretaire|standardiste|soignant|manutention|vigile"
    r"|videur|concierge|intendant|majordome|danseu|collaborat|interlocut|esthetici|manucure|technici"
    r"|operat|receptionn|porti|voituri|jardini|valet|etudiant|main-d'ouvre|professeu|interim|couple|duo"
    r"|famille)[a-z-]*)",
    # Not « femme de chambre », « homme de terrain », nor « femmes victimes de violences ».
    "not_a_use": r"(?! (?:de (?:menage|chambre|terrain|compagnie|caisse|confiance|cette|notre|nos|ces|l'equipe|la|nous)"
    r"|d'(?:accueil|affaires|entretien|action)|cles?\b|a tout|orchestre|toutes mains|qui (?:ont|veulent"
    r"|souhaitent|composent|font|nous)|ayant|en (?:situation|difficulte|recherche|reconversion|insertion)"
    r"|victimes|enceintes|isolee?s|handicap|issue?s|eloignee?s|politique))",
    # What turns somebody away after words that may be said of a public too: what becomes of a candidature.
    "ruled_out": r"(?: ?[?:!] ?)?(?!,? ?(?:n'(?:ont|aura|auront) (?:pas|rien|aucune) (?!leur|sa|place|chance)"
    r"|ne passe[a-z]* pas (?:leur|a cote)|ne (?:sont|sera|seront) pas (?:gard|ecart|exclu|oubli|moins"
    r"|admis (?:en|au|a|dans))))(?:{refused}|,? ?(?:(?:(?:votre|la|le|les) (?:candidature|dossier"
    r"|cv)s? )?(?:sera|seront|est|sont|etes) (?:d'office )?(?:ecart|elimin|refus|rejet|exclu|recal"
    r"|disqualif|supprim|detrui)[a-z]*|(?:la )?porte (?:(?:est|reste|sera) )?(?:close|fermee)|per(?:d|dra"
    r"|drez) (?:son|votre) temps|ne franchi[a-z]* pas|(?:(?:votre|la|le) (?:candidature|dossier"
    r"|cv) )?(?:fini|part|ira|iront|va|vont)[a-z]* (?:directement )?(?:a|au) (?:la )?(?:corbeille|poubelle"
    r"|panier)|(?:ce )?n'est pas (?:pour (?:vous|toi)|la peine)|pas (?:d'entretien|de (?:rendez-vous"
    r"|reponse|rappel))|garde[rz] (?:votre|ton) cv|on (?:les |l')(?:met|laisse|jette|classe|ecarte)[a-z]*"
    r"|nous fatiguent|(?:nous|on) n(?:e |')(?:pren|recrut|embauch|accept|reti|repond|li[st]|ouvr|regard"
    r"|recev|recoi|examin|etudi|donn)[a-z]* (?:pas|plus|rien|jamais)|(?:non|niet|au revoir|adieu"
    r"|tres peu pour nous|aucune chance|peine perdue|laisse[rz]? tomber)(?= ?[.!]| ?$|,? (?:merci|svp))))",
    # The same at the end of a question or of a subject, a few words farther.
    "dismissed": r"(?:[?] ?(?:non|merci,? (?:mais )?non|niet|jamais|desole[a-z]*|dommage|passe[rz]|sans facon"
    r"|pas (?:ici|chez nous|pour nous)|inutile|tres peu|au suivant|abstene[rz]|ce (?:[a-z]+ )?n'est pas)"
    r"|(?:est|sera|seront|sont|serait|seraient) (?:(?!pas|jamais|plus|nullement|rarement|ni"
    r"|en)[a-z']+ )?(?:ecart|exclu(?!s)|exclus|elimin|recal|refus|rejet|redhib|incompatib|disqualif"
    r"|dissuas)[a-z]*|ne (?:seront|sera|sont|seraient) (?:pas|ni) (?:retenu|recu|embauch|recrut|rappel"
    r"|examin|admis|pris\b|lu)[a-z]*|ne (?:franchi|fer|tien|convien|coll|correspond"
    r"|conviendr)[a-z]* (?:pas|plus|jamais)|ce (?:[a-z]+ )?n'est (?:pas|point) (?:(?:fait"
    r"|faite)? ?pour (?:vous|toi|eux|elles)|le votre|la votre|la peine|(?:la place|le poste|l'endroit"
    r"|l'emploi) )|ne (?:sont|seront) pas (?:faits? )?pour (?:vous|toi|eux)|tres peu pour nous"
    r"|merci bien(?! vouloir)|perd[a-z]* (?:leur|son|votre) temps|(?:sinon|ou) rien|on a (?:deja )?donne"
    r"|abstene[rz]|s'abst[a-z]*|passe[rz] (?:votre|ton)|inutile d|laisse[rz] (?:la|votre|leur) place"
    r"|vous disqualifi|tourne[rz] la page|(?:voir|chercher|iront|ira|allez) ailleurs|nous (?:gene"
    r"|embarrass|complique|derange|mettrait|plombe)[a-z]*)",
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
