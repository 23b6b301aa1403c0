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

anything-else = Pour revenir au menu principal, tapez 1. Pour terminer, tapez 2.
    .title = Autre demande
    .more =
        Si vous avez une autre demande, tapez 1. Si vous avez fini, tapez 2.
        Vous pouvez aussi raccrocher.
