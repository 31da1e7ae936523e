"""The words of what stands around a document on its page: menus, banners, forms, footers."""

import re

from copilot.coach.words import word_set
from copilot.guides.documents.letters import DASHES
from copilot.i18n import N_

MENU = N_("menu")
BREADCRUMB = N_("where the page stands in its site")
COOKIES = N_("cookie banner")
SHARE = N_("buttons to share")
COMMENTS = N_("comment form")
NEWSLETTER = N_("newsletter")
RELATED = N_("links to other pages")
BYLINE = N_("author and date of the page")
FOOTER = N_("footer")
ADVERT = N_("advert")
SITE = N_("name of the site")
PAGE_TITLE = N_("title of the page")
RUNNING = N_("running head or foot")
PAGE_NUMBER = N_("page number")
CONTENTS = N_("table of contents")
MARGIN = N_("comment in the margin")
PICTURE = N_("a page that is a picture, without text")
HIDDEN = N_("hidden on the page")

_NETWORKS = r"(?:facebook|twitter|x|linkedin|whatsapp|e-?mail|pinterest|reddit|telegram|instagram)"
_ROW = rf"{_NETWORKS}(?:[ ,|/·•]+{_NETWORKS})+"
_MONTHS = (
    r"(?:jan(?:uary|vier)?|feb(?:ruary)?|f[ée]v(?:rier)?|mar(?:ch|s)?|apr(?:il)?|avr(?:il)?|may|mai"
    r"|june?|juin|july?|juil(?:let)?|aug(?:ust)?|ao[ûu]t|sept?(?:ember|embre)?|oct(?:ober|obre)?"
    r"|nov(?:ember|embre)?|d[ée]c(?:ember|embre)?)\.?"
)
_DATE = (
    rf"(?:{_MONTHS}\s[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s[0-9]{{4}}|[0-9]{{1,2}}(?:er)?\s{_MONTHS},?\s"
    r"[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4})"
)


def _one_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_APOSTROPHE = r"['\u2019]"

#: What a block says from end to end, without the signs around it.
WHOLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        MENU,
        _one_of(
            r"skip to (?:main )?content|(?:toggle|main|site|open|close) (?:navigation|menu)",
            r"sign in|log ?in|log ?out|sign up|my account|back to (?:top|blog|all .{3,20})",
            r"aller au (?:contenu|menu)(?: principal)?|menu principal|ouvrir le menu",
            r"connexion|se connecter|mon compte|retour en haut",
            rf"s{_APOSTROPHE}inscrire|retour à l{_APOSTROPHE}accueil",
            r"(?:article|post|page) (?:précédente?|suivante?)|(?:previous|next) (?:post|article)",
        ),
    ),
    (
        CONTENTS,
        _one_of(
            r"(?:table of )?contents|in this (?:article|guide|post)",
            r"table des matières|sommaire|dans cet article|au sommaire",
        ),
    ),
    (
        COOKIES,
        _one_of(
            r"(?:accept|reject|allow|decline)(?: all)?(?: cookies)?(?: and close)?",
            r"(?:manage|customi[sz]e|cookie)(?: cookies?)? (?:preferences|settings|policy|consent)",
            r"(?:tout )?(?:accepter|refuser)(?: tout)?(?: tous les cookies| les cookies)?",
            r"(?:gérer|personnaliser|paramétrer)(?: mes| les)? (?:cookies|préférences|choix)",
            r"continuer sans accepter|gestion des cookies|politique (?:de|relative aux) cookies",
        ),
    ),
    (
        SHARE,
        _one_of(
            r"share(?: this)?(?: (?:article|post|page|story|guide))?"
            rf"(?: (?:on|via|with|to) {_NETWORKS})?|tweet(?: this)?|pin it|copy (?:the )?link",
            r"partage[rz](?: (?:cet article|cette page|ce guide))?"
            rf"(?: (?:sur|via|par) {_NETWORKS})?|copier le lien",
            r"follow us(?: on.{0,40})?|suivez[ -]nous(?: sur.{0,40})?",
            rf"share(?: this)?:? {_ROW}|partager:? {_ROW}|{_ROW}",
        ),
    ),
    (
        COMMENTS,
        _one_of(
            r"(?:leave|post|add|write) (?:a |your )?(?:reply|comment)(?: below| cancel reply)?",
            r"cancel reply|[0-9]+ (?:comments?|replies|commentaires?|réponses?)",
            r"no comments(?: yet)?",
            r"(?:laisse[rz]|publier|ajouter|écrire|poster) (?:un |le |votre )?commentaire.{0,30}",
            r"annuler la réponse|comments? \([0-9]+\)|commentaires \([0-9]+\)|aucun commentaire",
            r"log in to (?:leave a )?(?:comment|reply)",
        ),
    ),
    (
        RELATED,
        _one_of(
            r"(?:related|recent|popular|latest|recommended|similar|more|featured) "
            r"(?:posts?|articles?|stories|reading|content|blogs?|pages|guides)",
            r"you (?:may|might) also (?:like|enjoy|be interested in)|recommended for you",
            r"(?:read|up) next|keep reading|read more|continue reading|what to read next",
            r"articles? (?:similaires?|liés?|connexes?|récents?|recommandés?|associés?)",
            r"articles? populaires?|à lire (?:aussi|également|ensuite)|lire (?:aussi|la suite)",
            r"sur le même (?:sujet|thème)",
            r"vous (?:aimerez|pourriez aimer)(?: peut-être)? ?(?:aussi|également)?.{0,20}",
            r"dans la même catégorie|ces articles (?:peuvent|pourraient) vous intéresser",
        ),
    ),
    (
        BYLINE,
        _one_of(
            rf"(?:(?:published|posted|(?:last )?updated|reviewed)(?: on| at)?:? ?)?{_DATE}",
            rf"(?:(?:publié|posté|mis à jour|modifié|dernière mise à jour)(?: le)? ?:? ?)?{_DATE}",
            rf"(?:written |posted |reviewed )?by [^.?!]{{3,40}}[,|·•{DASHES}] ?{_DATE}.{{0,30}}",
            rf"(?:écrit |publié |rédigé )?par [^.?!]{{3,40}}[,|·•{DASHES}]? ?(?:le )?{_DATE}"
            r".{0,30}",
            r"(?:written|posted|reviewed|edited) by [^.?!]{3,40}",
            r"(?:écrit|publié|rédigé) par [^.?!]{3,40}",
            r"[0-9]+ ?min(?:ute)?s?(?: de)? (?:read|lecture)",
            r"(?:reading time|temps de lecture).{0,20}",
        ),
    ),
    (
        FOOTER,
        _one_of(
            r"(?:©|copyright(?: ©)?|\(c\)) ?[12][0-9]{3}.{0,80}|©.{0,80}",
            r".{0,60}(?:all rights reserved|tous droits réservés)",
            r"(?:privacy|cookie) (?:policy|notice)|terms of (?:service|use)",
            r"terms (?:and|&) conditions",
            r"mentions légales|(?:politique|charte) de (?:confidentialité|protection des données)",
            rf"conditions (?:générales|d{_APOSTROPHE}utilisation).{{0,30}}|site ?map|plan du site",
            r"powered by .{2,30}|propulsé par .{2,30}",
        ),
    ),
    (
        ADVERT,
        _one_of(
            r"advertisement|sponsored(?: content)?|publicité|(?:contenu )?sponsorisé",
            r"(?:try|start)(?: .{1,30})? (?:for )?free(?: today| now)?",
            r"start (?:your |a )?free trial",
            r"(?:book|request|schedule|get|watch) (?:a |your )?(?:free )?demo|learn more",
            r"get started(?: (?:now|today|for free))?|no credit card (?:is )?required",
            r"(?:essaye[rz]|commence[rz])(?: .{1,30})? gratuit(?:ement)?|en savoir plus",
            r"(?:demande|réserve)[rz] une démo(?:nstration)?|sans carte bancaire|essai gratuit",
            r"download (?:our|the)(?: free)? (?:app|e-?book|white ?paper)(?: now)?",
            rf"télécharge[rz] (?:notre|l{_APOSTROPHE}) ?(?:application|appli|e-?book|livre blanc)",
        ),
    ),
)

#: What a sentence says somewhere, when no guide would.
WITHIN: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        COOKIES,
        _one_of(
            r"\b(?:we|this (?:web)?site|our (?:web)?site)\b[^.]{0,60} uses? (?:\w+ ){0,3}cookies\b",
            r"\b(?:nous|ce site|notre site)\b[^.]{0,60} utilis\w+ (?:\w+ ){0,3}cookies\b",
            r"\bby (?:continuing|clicking)\b[^.]{0,80}\bcookies\b",
            r"\ben (?:poursuivant|continuant|cliquant)\b[^.]{0,80}\bcookies\b",
        ),
    ),
    (
        COMMENTS,
        _one_of(
            r"\byour e-?mail address will not be published\b|^required fields are marked",
            r"\bvotre adresse (?:e-?mail|de messagerie|courriel) ne sera pas publiée\b",
            r"^les champs obligatoires sont indiqués|^save my name, e-?mail,? and website",
            r"^enregistrer mon nom, mon e-?mail",
        ),
    ),
    (
        NEWSLETTER,
        _one_of(
            r"^(?:get|join) (?:the|our) (?:\w+ )?newsletter",
            r"\b(?:subscribe|sign up|join)\b[^.?]{0,40}\b(?:newsletter|mailing list)\b",
            r"\b(?:inscrivez|abonnez)-vous\b[^.?]{0,40}\b(?:newsletter|lettre|infolettre)\b",
            r"\brecevez\b[^.?]{0,60}\b(?:newsletter|dans votre boîte|par e-?mail)\b",
            r"\bunsubscribe (?:at )?any ?time\b|\bvous désabonner à tout moment\b",
            r"^(?:enter )?your e-?mail(?: address)?$|^votre (?:adresse )?e-?mail$|^newsletter$",
        ),
    ),
)

#: What menus are made of; each of these words alone may also head a part of a guide.
MENU_WORDS = word_set(
    """home menu search about contact blog pricing careers jobs products product solutions resources
    features customers company support help login register news events shop store services team faq
    next previous share print accueil recherche rechercher contacter propos tarifs emplois produits
    ressources fonctionnalités clients entreprise aide actualités événements boutique équipe
    suivant précédent imprimer partager blogue carrières partenaires partners demo démo us nous à
    the our nos notre en fr english français login facebook twitter x linkedin instagram pinterest
    youtube tiktok whatsapp email e-mail reddit"""
)
#: Where a trail to a page begins.
HOME = ("home", "accueil")
#: Labels of a form, which say nothing outside of one.
FORM = _one_of(
    r"(?:your )?(?:name|e-?mail|website|comment|message|phone)(?: address)? ?\*?",
    r"(?:votre )?(?:nom|prénom|e-?mail|site(?: web| internet)?|commentaire|message) ?\*?",
    r"submit|send|subscribe|envoyer|valider|s.abonner|je m.abonne",
)
#: Signs around buttons and headings.
EDGES = " \t:.!*→\u203a»«>|·•-\u2013\u2014[]()"
BETWEEN = re.compile(r"\s*(?:[>\u203a»→|·•]|\s/\s)\s*")
#: "How to hire a baker | Acme": a title, and whose page it is.
TITLE_OF_SITE = re.compile(
    rf"^(?P<title>.{{10,}}?)\s[|·{DASHES}]\s(?P<site>[^|·\u2013\u2014]{{2,30}})$"
)
