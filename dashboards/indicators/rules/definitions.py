"""What each indicator counts, in the order and the words of the call: shown under every figure and in every export."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """`unit` is what is counted, `dating` the event that places it in time, `version` changes with the rules."""

    code: str
    label: str
    short: str
    unit: str
    dating: str
    rules: tuple[str, ...]
    version: str = "1.0"
    is_qualitative: bool = False


COMMON_RULES = (
    "Chaque fait est daté par l’événement, en jours civils de Paris, et non par sa saisie.",
    "L’âge est celui du jour de l’événement. Les jeunes majeurs sont montrés à part, hors du chiffre principal.",
    "Un âge inconnu est compté comme celui d’un mineur et apparaît dans « Non renseigné ».",
    "Les fiches d’essai ne comptent jamais, ni ce qui s’est passé dans une structure d’essai ou à la suite d’une "
    "demande d’essai.",
    "Une médiane porte sur les seuls faits dont les deux moments sont connus : ceux qui attendent encore, et ceux "
    "dont un moment n’est pas renseigné, n’y sont pas. Le nombre de faits pris en compte est écrit à côté.",
    "Un mois que la période ne contient pas tout entier porte les jours comptés. Une évolution se dit en pourcentage "
    "à partir de 20 faits dans la période d’avant, en nombre au-dessous.",
    "« Non renseigné » est une modalité comme les autres ; au-delà de 20 %, le détail est à lire avec prudence.",
)

SOLLICITATIONS = Definition(
    code="I1",
    label="Nombre de sollicitations pour prendre en charge un mineur",
    short="Sollicitations",
    unit="une demande de prise en charge, par un service identifié, pour un mineur",
    dating="réception par la coordination",
    rules=(
        "Un appel pour trois frères et sœurs fait trois sollicitations.",
        "Une relance du même service pour le même mineur n’en fait pas une nouvelle ; deux services en font deux.",
        "Une demande retirée ou hors champ compte, avec sa suite.",
        "Les demandes d’avis et d’information sont montrées à côté, sans s’ajouter. Une inquiétude transmise par qui "
        "ne fait que signaler (école, ligne d’écoute) est une demande d’avis, sauf si la coordination en fait une "
        "prise en charge.",
        "Nuit : de 20 h à 8 h, heure de Paris ; week-end : du samedi 0 h au dimanche 24 h. Une demande du samedi soir "
        "est dans les deux parts, et une seule fois dans « la nuit ou le week-end ».",
        "Une demande peut porter plusieurs formes d’exploitation : la principale la classe, les autres sont dans le "
        "tableau des formes associées.",
        "Délai tenu : première réponse dans le temps promis pour l’urgence, parmi les demandes qui ont reçu une "
        "réponse ou dont le délai était passé la veille du jour de lecture. Une demande qui peut encore recevoir sa "
        "réponse à temps n’est ni tenue, ni en retard.",
        "Délai de première réponse : médiane des demandes qui ont reçu une réponse ; les autres n’y sont pas.",
        "Urgence par urgence, le délai médian de première réponse est mis devant le délai promis.",
        "Respect du délai promis : dans le délai, après (ou échue sans réponse), encore dans son délai ; une urgence "
        "sans délai promis est dans « Non renseigné ».",
        "Forme précise : la forme notée comme principale ; « sans précision » quand seule la grande forme est connue.",
    ),
    version="1.3",
)

ORIENTATIONS = Definition(
    code="I2",
    label="Nombre de victimes orientées",
    short="Victimes orientées",
    unit="un mineur distinct, victime présumée, identifiée ou reconnue",
    dating="décision d’orientation de la coordination",
    rules=(
        "Une personne compte une fois par période, à sa première orientation ; le nombre d’orientations est à côté.",
        "L’orientation vers un service de droit commun compte, dans sa propre colonne. La colonne, et l’issue, sont "
        "celles de la première orientation de la période : « confiée au droit commun » et « orientée vers le droit "
        "commun » sont le même nombre, et les trois autres issues font ensemble le nombre des orientées vers le "
        "réseau.",
        "Issue d’une orientation vers le réseau : acceptée dès qu’une structure a dit oui à l’une des orientations "
        "comptées de la personne dans la période, réponse attendue tant qu’une structure n’a pas répondu, sans "
        "solution sinon. La réponse à une orientation qui ne compte pas (annulée, avis, personne qui n’est pas "
        "victime, après la majorité) ne change rien.",
        "L’orientation refusée par toutes les structures compte, parmi les orientations sans solution.",
        "Un avis seul, ou une décision annulée avant envoi, ne compte pas.",
        "Besoin non couvert : orientation vers le réseau qu’aucune structure n’a acceptée ; « sans solution » quand "
        "plus aucune réponse n’est attendue.",
        "Orientée deux années de suite, une personne compte chaque année et une seule fois dans le cumul.",
        "Délai : de la réception de la demande à la décision, pour l’orientation comptée.",
        "Motifs de refus : un par proposition refusée, pour les orientations décidées dans la période ; deux "
        "structures qui refusent le même mineur font deux refus.",
    ),
    version="1.2",
)

PLACEMENTS = Definition(
    code="I3",
    label="Nombre de victimes placées au sein d’une structure partenaire du réseau",
    short="Victimes placées",
    unit="un mineur distinct arrivé dans une structure dont la convention est en vigueur ce jour-là",
    dating="arrivée confirmée par la structure",
    rules=(
        "Arrivées, présents au dernier jour et nuitées sont trois chiffres ; le principal est celui des arrivées.",
        "Un passage d’une structure à une autre ouvre un séjour, sans compter une victime de plus.",
        "Un accueil hors convention est montré à part.",
        "La structure qui signe pendant un séjour le fait entrer parmi les « entrées par adhésion », à part.",
        "Les nuitées retirent les nuits d’absence.",
        "Présence à 30, 90 et 180 jours : parts des personnes arrivées depuis au moins ce temps, encore accueillies "
        "dans le réseau, quelle que soit la structure.",
        "Délai : de la décision d’orientation à l’arrivée ; une arrivée sans orientation n’y est pas.",
        "Délai de la demande à l’arrivée : depuis la réception de la demande dont vient l’orientation.",
        "Occupation : nuitées sur nuits de places ouvertes. Une nuit de place compte quand la place est ouverte et "
        "que la structure a une convention en vigueur, sans les places supplémentaires ; une suspension n’y change "
        "rien, puisque les mineurs accueillis restent. L’occupation peut dépasser 100 %.",
        "Équipe formée : le jour de l’arrivée, une personne de l’équipe au moins a suivi une formation terminée "
        "depuis moins longtemps que le délai de renouvellement.",
        "Ré-exploitation à six mois : parmi les séjours terminés dont les six mois après la fin tombent dans la "
        "période, part de ceux où elle est connue, sur ceux dont on sait ce qu’il en est. Un passage dans une autre "
        "structure et un décès n’y sont pas.",
        "Durée : médiane des séjours terminés dans la période, en jours ; les séjours en cours n’y sont pas. Fins de "
        "séjour : par motif, dans la période.",
        "Distance : du département d’exploitation à celui de l’accueil ; seuls les totaux par classe sont montrés. "
        "« Outre-mer » : l’un des deux est outre-mer et ce n’est pas le même.",
        "Coût : chaque nuitée au prix de journée de l’accord financier de son séjour, tel qu’il est écrit le jour de "
        "la lecture, de l’arrivée au dernier jour de l’accord. Une nuit d’absence ne coûte rien. Une nuitée sans "
        "accord, ou d’après sa fin, est « sans prix » : elle est comptée à côté, jamais estimée.",
    ),
    version="1.3",
)

PARTNERS = Definition(
    code="I4",
    label="Nombre de conseils départementaux et de structures partenaires du réseau",
    short="Partenaires",
    unit="une autorité chargée de l’aide sociale à l’enfance ; une structure d’accueil",
    dating="état au dernier jour de la période",
    rules=(
        "Deux chiffres, jamais additionnés.",
        "Conseils départementaux et collectivités exerçant la compétence ASE : 100 autorités possibles.",
        "Autorité : convention signée et en vigueur. Les étapes de négociation sont montrées sans compter.",
        "Structure : convention en vigueur et version du référentiel signée, avec la tolérance réglée après une "
        "nouvelle version.",
        "Une structure suspendue, ou sortie du carnet, est montrée à part.",
        "Places ouvertes : sans les places supplémentaires, ouvertes pour quelques nuits.",
    ),
)

COVERAGE = Definition(
    code="I5",
    label="Nombre de départements couverts par le réseau, notamment en outre-mer",
    short="Départements couverts",
    unit="un département, sur 101, dont 5 d’outre-mer",
    dating="état au dernier jour de la période",
    rules=(
        "Couvert : l’autorité ASE du département a une convention en vigueur (C1), ou une structure comptée s’y "
        "trouve (C2).",
        "C3, repérage : un service demandeur y est actif, par un compte ouvert au dernier jour ou une demande dans la "
        "période, même si le service n’est entré au carnet qu’ensuite. "
        "C4, activité : un mineur qui en vient a été orienté dans la période.",
        "Le Rhône relève de deux autorités : si une seule a signé, il est couvert « en partie ».",
        "Les collectivités d’outre-mer sont nommées à part, hors des 101.",
        "La présence d’une structure n’est jamais montrée par département hors de la coordination.",
    ),
    version="1.1",
)

PROFESSIONALS = Definition(
    code="I6",
    label="Nombre et profil des professionnels accompagnés et formés à la prise en charge des mineurs victimes "
    "d’exploitation et de traite",
    short="Professionnels formés",
    unit="une personne distincte",
    dating="dernier jour de la session ; jour de l’acte d’accompagnement",
    rules=(
        "Formé : présent à au moins 80 % des heures d’une formation terminée dans la période.",
        "Sensibilisé : de même, pour une session de moins de 3 heures ; montré à part.",
        "Trois sessions font un formé et trois participations ; les heures-stagiaires s’additionnent.",
        "Heures : celles de la présence réelle, de l’arrivée au départ. Qui signe en retard compte depuis sa "
        "signature, ou depuis l’heure que corrige la personne qui anime ; qui part avant la fin compte jusqu’à son "
        "départ. Une participation est une personne présente, même un moment, à une session tenue.",
        "Une session n’est tenue qu’après la fin de sa dernière demi-journée.",
        "Équipe à jour : une formation au moins, demandée par le réseau ou non, depuis moins longtemps que le délai "
        "de renouvellement. Les modules demandés, un par un, sont sur la page des compétences.",
        "Profession et employeur sont ceux du jour de l’inscription. Les formateurs ne comptent pas.",
        "Le profil des accompagnés est celui des personnes nommées, à leur premier acte de la période.",
        "Accompagné : personne nommée dans un acte d’appui ; pour une équipe, le plus grand effectif noté.",
        "Un formé peut aussi être accompagné : les deux chiffres ne s’additionnent pas.",
        "Sexe et ancienneté : dits librement ; « Non renseigné » est compté comme les autres. L’ancienneté est celle "
        "du dernier jour de la session, en années pleines depuis l’année où la personne a commencé.",
        "Arrivés formés : personnes rattachées à l’équipe d’une structure, et encore là six mois après, quand ces six "
        "mois se terminent dans la période ; formées si une formation s’est terminée avant la fin des six mois, même "
        "avant leur arrivée. Qui revient dans la même structure n’arrive pas de nouveau.",
    ),
    version="1.1",
)

STRATEGY = Definition(
    code="I7",
    label="Stratégie de formation continue proposée aux structures partenaires du réseau",
    short="Formation continue",
    unit="une session tenue",
    dating="dernier jour de la session",
    rules=(
        "Indicateur qualitatif : la stratégie est un document publié du réseau ; les chiffres en donnent la mesure.",
        "Réalisation du plan : sessions tenues sur celles du plan annuel publié, pour les trimestres entiers de la "
        "période ; une session de plus d’un module n’en remplace aucune. Sans plan publié : sessions tenues sur "
        "sessions planifiées, annulées comprises.",
        "Structures formées avant le premier accueil : au moins une personne de l’équipe formée avant la première "
        "arrivée confirmée.",
    ),
    is_qualitative=True,
)

INCIDENTS = Definition(
    code="I8",
    label="Circuit de remontée vers la coordination du réseau des signalements de situations préoccupantes survenant "
    "dans les structures partenaires du réseau",
    short="Situations préoccupantes",
    unit="une situation préoccupante déclarée par une structure",
    dating="déclaration à la coordination",
    rules=(
        "Indicateur qualitatif : le circuit est un document publié du réseau ; les chiffres en donnent la mesure.",
        "Les délais vont du constat à la déclaration, de la déclaration à la prise en compte et à la première "
        "information d’une autorité ; une situation qui n’a pas encore été prise en compte, ou dont aucune autorité "
        "n’a été informée, n’est pas dans la médiane.",
        "Répétée : le même type s’est produit dans la même structure moins de 90 jours avant ; deux déclarations du "
        "même fait ne sont pas une répétition.",
        "Une structure sans déclaration en douze mois est un signal : le silence se lit aussi.",
        "Pour 1 000 nuitées : situations déclarées dans la période, rapportées aux nuitées de l’indicateur 3.",
    ),
    version="1.2",
    is_qualitative=True,
)

DEFINITIONS = {
    definition.code: definition
    for definition in (
        SOLLICITATIONS,
        ORIENTATIONS,
        PLACEMENTS,
        PARTNERS,
        COVERAGE,
        PROFESSIONALS,
        STRATEGY,
        INCIDENTS,
    )
}
