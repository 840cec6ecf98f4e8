"""What a sentence says when it asks for somebody, turns somebody away, or names somebody; a space is read before it."""

from __future__ import annotations

import re

from .expressions import compile_any

_ASKING = (
    "s.? ?abst",
    "refus",
    "non (?:accept|admis|retenu|souhait|desire)",
    "pas (?:de|d.|les? |la )",
    "pas [a-z]+ bienvenu",
    "ni ",
    "aucune? ",
    "accept",
    "bienvenu",
    "uniquement",
    "exclu(?!siv)",
    "seulement",
    "seule?s? ",
    "que des",
    "only\\b",
    "prefer",
    "ideal",
    "plutot",
    "privilegi",
    "favoris",
    "reserv",
    "exig",
    "requi",
    "obligat",
    "imperat",
    "indispens",
    "souhait(?!e[sz]\\b)",
    "recherch",
    "cherch",
    "recrut",
    "embauch",
    "engage(?:ons)? (?:que|pas|un)",
    "voul",
    "veut",
    "veulent",
    "atout",
    "imagin",
    "on (?:veut|prend|ne)",
    "il (?:nous |te |vous )?fau",
    "doit",
    "doive",
    "devez",
    "devr",
    "dois",
    "besoin d",
    "interdi",
    "ecart",
    "evit",
    "passe[rz]? (?:votre|ton|son)",
    "inutile",
    "indique",
    "precis",
    "mentionn",
    "renseign",
    "declar",
    "dites",
    "demand",
    "candidat",
    "profil",
    "(?<!au )(?<!du )(?<!un )poste\\b(?! (?:a pourvoir|cree|ouvert en|salarie))",
    "postul",
    "convien",
    "adapte a",
    "(?:in)?compatib",
    "revien",
    "s.accord[a-z]* (?:mal|peu|difficile)",
    "concili",
    "posseder",
    "parfaite? (?:pour|a)\\b",
    "non ",
    "sans ",
    "tolere",
    "reclam",
    "figur",
    "faut\\b",
    "de rigueur",
    "ou rien",
    "sinon rien",
    "ne peut",
    "deja (?:donne|assez)",
    "hors de question",
    "dehors",
    "banni",
    "proscri",
    "rejet",
    "elimin",
    "s.y sentir",
    "mieux qu",
    "rech\\b",
    "svp\\b",
    "prend(?:s|ra|rons|ons)? (?:pas|que|plus)",
    "prenons",
    "ne veu",
    "malheureus",
    "malvenu",
    "attend(?:ons|ue?s?\\b)",
    "tu seras",
    "vous serez",
    "correspond",
    "conseill",
    "signal",
    "a (?:fournir|produire|presenter)\\b",
    "lacher",
    "mieux avec",
    "(?:sera|seront|est|sont) (?:demand|evoqu|examin|verifi|exig|etudi|regard|control|souhait|attend|privil)",
    "gache",
    "desol",
    "(?:on|j.|nous|client[a-z]*) atten",
    "facilit",
    "serai(?:t|ent)\\b",
    "voudr",
    "vaudr",
    "aimeri",
    "parlez ",
    "sachez",
    "passe[rz]? apres",
    "vous passe",
    "d.office",
    "soyez",
    "abste",
    "non(?=[ .,;!]*$)",
    "irai[te]",
    "comme un gant",
    "ne suit plus",
    "ne suivent plus",
    "joind",
    "envoy",
    "joign",
    "joins\\b",
    "dire combien",
    "dites",
    "apporte[rz]? ",
    # What is chosen, and what fits.
    "s.adress",
    "aurai(?:t|ent) ",
    "n.aure?[az]",
    "combien\\b",
    "ne (?:recevons|lisons|retenons|rencontr[a-z]+) que",
    "(?:sa|leur|votre|ta) place",
    "fer(?:a|ait|aient|ont) l.affaire",
    "mieux vaut",
    "(?:vaut|vaudrait) mieux",
    "d.abord",
    "en priorite",
    "priorite (?:a|aux|absolue)\\b",
    "prioritaire",
    "en tete de liste",
    "reti(?:en|en(?:t|drons))",
    "retenu",
    "retenons",
    "chois",
    "gard(?:ons|e) que",
    "appreci",
    "un plus\\b",
    "aimerai",
    "aimons (?:mieux|pas)",
    "aime (?:mieux|pas)",
    "faveur",
    "au top",
    "mis(?:e|ons) sur",
    "compte(?:ra|nt|ront)? (?:autant|beaucoup|aussi|double|dans)",
    "va de soi",
    "evident",
    "il est entendu",
    "bien entendu",
    "naturellement",
    "absolument",
    "sens(?:e|ee|es|ees) etre",
    "quelqu.un",
    "une? vraie? ",
    "verifi",
    # Questions and conditions.
    "(?:avez|etes|seriez|auriez|comptez|envisagez|faites|pouvez|vivez|portez|votez)-vous",
    "(?:as|es|serais|aurais|comptes|fais|peux|vis|portes|votes)-tu",
    "quel(?:le)?s? (?:est|sont|age)",
    "s.il est",
    "est-ce que",
    "dire (?:si|dans|quel)",
    "attest",
    "certifi",
    "jurer",
    "promet",
    "sauf ",
    "hormis ",
    "excepte",
    "a l.exception",
    # Turning away.
    "n.(?:est|a|ont|y) ",
    "ne (?:sont|sera|seront|peuvent|pourr|convien|tien|fer|ser|corr)[a-z]* (?:pas|plus|jamais)",
    "ailleurs\\b",
    "au revoir",
    "laisse[rz]? tomber",
    "oublie[rz]?\\b",
    "tant pis",
    "pas (?:ici|chez nous)",
    "ca va coincer",
    "c.est (?:mort|non|niet|mieux)",
    "mal a l.aise",
    "survivr",
    "de cote\\b",
    "laiss(?:ons|e) de",
    "autre (?:emploi|annonce|offre|poste)",
    "plus pour (?:vous|toi)",
    "pas pour (?:vous|toi|une?|les|des)",
)

_REFUSING = (
    "s.? ?abst",
    "non (?:accept|admis|retenu|souhait|desire|concern|recu|merci)",
    "refus",
    "exclu(?!siv)",
    "ecart(?:ons|es|ees|e|ent)\\b",
    "evit(?:ons|e|es|ez|er)\\b",
    "elimin",
    "rejet",
    "banni",
    "proscri",
    "interdit",
    "hors de question",
    "rest[a-z]+ dehors",
    "passe[rz]? (?:votre|ton|son|leur) (?:chemin|tour)",
    "inutile (?:de|d.)",
    "ne (?:seront|sera|pourr[a-z]*|peu[a-z]*|sont|serait|saurai[a-z]*|convien[a-z]*) (?:pas|jamais|plus)",
    "ne (?:prenons|voulons|recrutons|embauchons|acceptons|retenons|recevons|traitons|traite"
    "|convoquons|gardons|souhaitons|desirons|veut|prend|recrute|embauche|accepte|retient"
    "|garde) (?:pas|plus|jamais)",
    "n.(?:est|etudions|embauchons|acceptons|examinons) (?:pas|plus|jamais) (?:le votre|pour vous"
    "|faite? pour|adapte|ouvert|compatible|les?|des|vos)",
    "on (?:prend|veut|embauche|recrute|garde|accepte) (?:pas|plus|jamais)",
    "(?:veut|voulons|veux) (?:pas|plus) de",
    "pas (?:de|les|des|pour) ",
    "pas d'",
    "^ni ",
    "impossible",
    "incompatib",
    "(?:n.est|n.etes|ne sont|non|peu|pas|guere|mal) (?:pas |guere )?"
    "(?:adapte|accessib|prevu|equipe|amenage|concu|compatib|fait)",
    "n.etudi[a-z]* (?:pas|plus)",
    "(?:est|sont|sera|seront|reste|restent|:|poste|emploi) ferme[es]* (?:a|aux)",
    "vous (?:est|sera|reste) fermee?",
    "pas de",
    "sans facon",
    "malheureusement",
    "n.insist",
    "merci de (?:ne pas|comprendre|passer)",
    "(?:candidate|postule|ecrive|ecris|presente|deplace|vene)[rz]? pas",
    "deja (?:donne|assez)",
    "jamais (?:de|d.)",
    "attester ne pas",
    "n'avez (?:pas|aucun|jamais)",
    "malvenu",
    "mal vu",
    "non :",
    ": non\\b",
    "sauf (?:les|des|aux|si)\\b",
    "hormis (?:les|des)\\b",
    "a l.exception d",
    "(?:chercher|cherche[rz]|voir|aller|irez|iront|ira|orientes?|orientees|tenter|postule[rz]|regarder) ailleurs",
    "iront [a-z]+ ailleurs",
    "autre (?:emploi|annonce|offre)",
    "au revoir",
    "laisse[rz]? tomber",
    "oublie[rz]?(?: (?:nous|cette|l.annonce|ce))?\\b",
    "tant pis",
    "pas (?:ici|chez nous|la peine|votre place|ta place|leur place|sa place)",
    "pas l.hygiene",
    "peine perdue",
    "aucune chance",
    "(?:se garde|reste[a-z]*|laisse[a-z]*) (?:pour|a|au|chez) (?:la |le |l.)?(?:maison|porte|vestiaire|soi|vous)",
    "merci de (?:les |la |le )?(?:laisser|garder|eviter)",
    "desoles?\\b",
    "desolees?\\b",
    "perde[rz]? pas",
    "ca va coincer",
    "c.est (?:mort|non|niet)\\b",
    "ce sera non",
    "n.(?:a|ont|aura|auront|aurait|auraient) (?:pas|plus|rien|nulle)",
    "n.y (?:surviv|tien|arriv|ser)[a-z]* pas",
    "ne (?:tien|fer|iron|passer|franchir|survivr|resist|trouver|rester)[a-z]* (?:pas|plus|jamais)",
    "ne (?:donnons|donnez|repondons|donner|repondr)[a-z]* (?:pas|plus|jamais|qu)",
    "(?:donner|donne|donnerons|reste[a-z]*|classe[es]*) (?:pas )?sans suite",
    "pas (?:de )?suite",
    "nous n.ouvrons",
    "(?:prefer|choisi)[a-z]* sans",
    "sans moi",
    "vaut mieux (?:eviter|s.abst|reporter|attendre|renoncer|pas)",
    "mieux vaut (?:eviter|s.abst|reporter|attendre|renoncer|pas|ne)",
    "autant (?:ne pas|eviter|renoncer|vous|te|dire)",
    "(?:attende|reporte|repousse|renonce|reconsidere|differe)[rz]\\b",
    "reoriente",
    "mal a l.aise",
    "(?:nous|on) (?:ecart|evit|exclu|elimin|refus|rejet)[a-z]*",
    "laissons de cote",
    "mis(?:e|es)? (?:de cote|a l.ecart)",
    "plus (?:jamais|question)",
    "jamais plus",
    "(?:n.est|ne sera) pas (?:jouable|tenable|faisable|envisageable|gerable)",
    "ne (?:vont|va) pas (?:ensemble|avec|bien)",
    "laiss[a-z]+ (?:tout )?(?:cela|ca) (?:a|au|chez)",
    "classee? sans",
    "(?:n.est|ne sont|n.etes|n.es) (?:pas|plus|jamais) (?:a sa|a leur|a votre|bienvenu|accept|admis|retenu|souhait"
    "|possible|envisage|prevu|pris|recu|concern|pour (?:les|des|une?|cel|ce|vous|toi))",
    "ne (?:choisissons|prendrons|retiendrons|recruterons|accepterons|recevrons|examinons|examinerons|lirons"
    "|repondrons|rappelons|rappellerons|convient|conviendra|conviendrait) (?:pas|plus|jamais|aucun)",
    "on ne (?:prend|veut|embauche|recrute|garde|accepte|retient|rappelle|recoit|lit|repond|donne|fait)[a-z]* "
    "(?:pas|plus|jamais|aucun|personne|que)",
    "ne s.y (?:retrouv|plai|adapt|sentir)[a-z]* pas",
    "ne (?:correspond|colle)[a-z]* pas (?:a|au|aux|avec)\\b",
    "ne pas (?:postuler|candidater|se presenter|repondre|se manifester|envoyer|insister)",
    "auront du mal",
    "redhibitoires?\\b",
    "(?:du mal|de la peine|des difficultes) a (?:trouver (?:leur|sa|votre) place|s.integrer|suivre)",
    "ne (?:pouvons|pourrons|saurions) (?:malheureusement )?(?:pas )?donner (?:de )?suite",
    "ne (?:pourr|sauraient|peu)[a-z]* (?:malheureusement |helas )?(?:pas )?"
    "etre (?:etudie|examine|retenu|traite|prise?s? en compte|recu)",
    "n.etant pas (?:eligible|accept|retenu|souhait)[a-z]*",
    "ne (?:pouvons|peut|peuvent|pourrons|saurions) (?:pas |plus )?(?:accueill|accept|recrut|embauch|prendre|recevoir"
    "|retenir|engag)",
    "ne (?:sera|seront|pourra|pourront) (?:pas )?(?:etre )?(?:accueill|accept|amenage|recrut|embauch|engag|rappel"
    "|convoqu|contact)",
    "pri[es]+ de (?:ne|passer|s.abst)",
    "disqualifi",
    "n.en [a-z]+ pas",
    "on ne vous (?:rappel|recoi|recev|repond|prend|embauch)",
    "inconciliab",
    "fait obstacle",
    "met(?:tent)? fin a",
    "n.aurai(?:t|ent) (?:pas|rien)",
    "n.entrer[a-z]* pas",
    "passer(?:a|ont) (?:leur|son|votre) (?:chemin|tour)",
    "(?:n.est|ne sont) (?:pas|plus) admis",
    "circulez",
    "= ?non\\b",
    "(?:nous|on|je) n(?:e |')(?:(?:le|la|les|y|en|vous|te) )?(?!hesit|cess|oubli|compt|aur|av|som)[a-z]+ "
    "(?:donc |helas |malheureusement |desormais )?(?:pas|plus|jamais|aucune?|guere|point)\\b",
    "n(?:e |')(?:recrut|embauch|accueill|accept|admet|engag|form|integr|emplo|log|tolere|gard|retien|regard|examin"
    "|etudi|trait|transm|convoqu|rappel|recoi|recev|inter|ouvr|souhait|desir|veu|voul|pren)[a-z]* "
    "(?:donc |helas |malheureusement |desormais )?(?:pas|plus|jamais|aucune?|guere|point|que)\\b",
    "n.y (?:pense|songe)[rz] (?:meme )?pas",
    "ferm(?:e|era|eront) (?:nos|notre|la|les) portes?",
    "bonheur ailleurs",
    "(?:ce|cela) n.est pas la peine",
    "nui(?:t|sent|rait) a",
    "ne pas (?:venir|ecrire|appeler|se deplacer)",
    "(?:aura|auront|aurait|auraient) (?:peu|bien peu) de chances?",
    "voie sans issue",
    "(?:merci|priere) de (?:vous |t.)?(?:abstenir|passer)",
)

#: A sentence that turns somebody away, or says what must not be.
REFUSES = compile_any("refuses", _REFUSING)
#: A sentence that asks for somebody, or turns somebody away.
ASKS = compile_any("asks", (*_ASKING, *_REFUSING))

#: What stands before a word that says who somebody is: « une personne … », « quelqu’un de … », « vous êtes … ». As with
#: the others, what is read with it must begin with a mark, which is what a search skips to.
LEADS = re.compile(
    r"[^a-z0-9'-](?:une?|des|les|aux?|d'une?|qu'une?|aucune?|seule?s?|ni|(?:que|entre) (?:des|les)?|personnes?"
    r"|profils?|gens|candidat(?:e|s|es|\(e\)s?)?|candidature d'une?|quelqu'un (?:de|d'|qui soit)|collegues?|hommes?"
    r"|femmes?|gars|filles?|garcons?|mecs?|nanas?|salarie(?:e|s|es)?|collaborat(?:eur|rice)s?|remplacante?s?|individus?|celui"
    r"|celle|ceux|celles|etes|es|n'etes|n'es|etre|soit|soient|soyez|sois|sera|serait|seriez|seras|serez|seraient)"
    r"(?: (?:vraie?s?|bons?|bonnes?|jeunes?|plutot|un peu|tres|trop|pas|aussi|egalement|surtout|vous-memes?|toi-meme"
    r"|lui|elle|qui (?:est|sont|soit|serait|seraient)|etant|deja|d'origine|non|de|grandes? gueules?))*[ (:\"-]*$"
)

#: What seeks somebody, or turns somebody away, before the words that say who: « nous recherchons une aide … ». What it
#: leads to is a person: neither a public nor a product stands between.
SEEKS = re.compile(
    r"[^a-z0-9](?:(?:re)?cherch|recrut|embauch|souhait|desir|prefer|privilegi|favoris|priorit|voul[oe]|veut|veux|prend"
    r"|aimeri|besoin d|exig|reserv|uniquement|exclusivement|seulement|ideal|convien|parfait (?:pour|a)|destine|imagin"
    r"|reti(?:en|ent)|accept|ouvert (?:a|aux)|ferme[es]* (?:a|aux)|pas de |pas d'|aucune? |pas (?:aux?|les?)|sauf |evit"
    r"|ecart|refus|exclu|candidat|profil|postul|doi(?:t|vent|s)|devez|devra|soyez|sois|etes|(?:tu|t')es|etre"
    r"|serez|seras|on cherche|que des |plutot |s'adresse|au top|quelqu'un|personnes? |poste pour|emploi pour)"
    r"(?!(?:(?!pour (?:une? |des )?(?:hommes?|femmes?|meres?|peres?|personnes?))"
    r"[^.;!?])*(?:client|public|produit|patient|resident|beneficiaire|usager|eleve|enfant|famille|accompagn|aupres"
    r"|menu|plat|recette|vins?\b|marche\b|filiale|culture|specialite|equipe [a-z]+ d|langue|histoire|projets?\b"
    r"|collection|rayon|egalit|diversit|inclusi|articles?\b|marque|mode\b|collegues))[^.;!?]*$"
)

#: How words begin that want something, but for those of `NOT_WANTING`: « il faut quelqu’un de », « nous voulons un ».
WANTING = tuple(
    "cherch recherch recrut embauch voulo voule veut veulent prefer privilegi besoin faut prenons prend souhait attend"
    " favoris retien retenons retenu accept".split()
)
NOT_WANTING = ("chercheu", "recrutement", "preferee", "preferes")
#: Words that may stand between them and what they ask for.
MEANWHILE = frozenset(
    "que pas plus aussi donc un une de des les la le d' qu' quelqu' personne personnes personnel profil profils vrai"
    " vraie jeune jeunes age agee ages agees tout toute plutot preference avant surtout uniquement seulement"
    " exclusivement collegue collegues interlocuteur interlocutrice collaborateur collaboratrice type caractere"
    " candidat candidats candidate candidates candidat(e) candidat(e)s".split()
)

#: What makes a sentence more than a quality asked for: somebody who speaks or acts, a house, a task.
_MORE = (
    "vous nous tu je j il elle ils elles on est sont a ont avez etes sera notre nos votre vos leur leurs chez pour par"
    " rejoins rejoignez aupres avec dans sous aux au du des les ses sur ou libre ouvert entre vers apres cela ca ce c"
)
MORE = compile_any("more", tuple(f"{word}\\b" for word in _MORE.split()))
#: The longest sentence, in characters, that may be a quality alone: « Né en France. »
BRIEF = 45
