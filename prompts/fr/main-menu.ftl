### Le menu principal du serveur vocal, et le motif de l'appel au centre d'appels.

main-menu =
    Pour l'inscription, tapez 1.
    Pour les cotisations et l'annulation des dettes, tapez 2.
    Pour les dossiers de remboursement, tapez 3.
    Pour vos droits et prestations, tapez 4.
    Pour des informations pratiques, tapez 5.
    .title = Menu principal
    .more = Tapez la touche de votre choix. { main-menu }

choice-not-open =
    Ce service n'est pas encore ouvert par téléphone.
    Vous pouvez vous inscrire, ou demander un conseiller avec la touche 0.

reason =
    Pour l'inscription, tapez 1.
    Pour les cotisations et l'annulation des dettes, tapez 2.
    Pour les dossiers de remboursement, tapez 3.
    Pour vos droits et prestations, tapez 4.
    Pour toute autre demande, tapez 5.
    .title = Motif de l'appel
    .more = Tapez la touche de votre choix. { reason }

self-service = Pour la réponse automatique, maintenant, tapez 1. Pour un conseiller, tapez 2.
    .title = Réponse automatique ou conseiller
    .more =
        La réponse automatique est donnée tout de suite, jour et nuit.
        Pour l'écouter, tapez 1. Pour attendre un conseiller, tapez 2.
