### Ce que toutes les conversations ont en commun.
### Le but d'abord, la touche ensuite. Une idée par phrase, douze mots environ.
### Une question a aussi `.title` (pour les conseillers) et `.more` (la question, mieux expliquée).

welcome = Bonjour et bienvenue à la Caisse nationale de sécurité sociale.
goodbye = Merci de votre appel. Au revoir.

# Après un silence, puis après une réponse qui ne convient pas ; la question suit.
not-heard = Je n'ai rien entendu.
not-understood = Je n'ai pas compris votre réponse.
# Après la touche étoile, pendant la frappe d'un numéro.
begin-again = D'accord. Recommencez depuis le début.

apology = Excusez-nous, nous avons un problème technique. Je repose la question.
one-moment = Nous avons un problème technique. Restez en ligne, s'il vous plaît.
unavailable = Le service ne fonctionne pas pour le moment. Rappelez dans quelques minutes, s'il vous plaît. Au revoir.

message-withheld = Ce message ne peut pas partir aujourd'hui.
to-advisor = Pour continuer, il vous faut un conseiller.

# Après le `.more` d'un menu.
menu-keys =
    Pour un conseiller, tapez 0. Pour réécouter, tapez la touche étoile.
    Pour le menu d'avant, tapez la touche dièse.

entry-help =
    Pour recommencer, tapez 1. Pour un conseiller, tapez 0.
    Pour le menu d'avant, tapez la touche dièse.
    .title = Aide à la saisie
    .more = Choisissez avec les touches de votre téléphone. { entry-help }
    .words-again = recommencer, recommencez, recommence, réessayer, ressayer, nouvelle saisie

anything-else = Pour revenir au menu principal, tapez 1. Pour terminer, tapez 2.
    .title = Autre demande
    .more =
        Si vous avez une autre demande, tapez 1. Si vous avez fini, tapez 2.
        Vous pouvez aussi raccrocher.
    .words-main-menu = le menu principal, menu principal, une autre demande, autre chose, oui
    .words-goodbye = terminer, j'ai terminé, j'ai fini, c'est fini, c'est tout, rien d'autre, au revoir, raccrocher, non, non merci, non c'est bon, non c'est tout

# Une réponse donnée de vive voix, redite quand elle est incertaine. `$heard` : ce qui a été compris.
heard-confirm = J'ai compris : { $heard }. Si c'est juste, tapez 1 ou dites oui. Sinon, tapez 2 ou dites non.
    .title = Vérification d'une réponse orale
    .more = { heard-confirm }
    .words-yes = oui, c'est ça, c'est juste, oui c'est ça, exactement, exact, tout à fait, ouais, d'accord, c'est correct
    .words-no = non, ce n'est pas ça, c'est pas ça, c'est faux, non c'est faux, pas du tout, non pas du tout, erreur
misheard = Excusez-moi. Vous pouvez aussi répondre avec les touches.
