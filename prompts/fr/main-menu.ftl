### Le menu principal du serveur vocal, et le motif de l'appel au centre d'appels.

main-menu =
    Pour l'inscription, tapez 1.
    Pour les cotisations et l'annulation des dettes, tapez 2.
    Pour les dossiers de remboursement, tapez 3.
    Pour vos droits et prestations, tapez 4.
    Pour des informations pratiques, tapez 5.
    .title = Menu principal
    .more = Tapez la touche de votre choix. { main-menu }
    .words-registration = inscription, m'inscrire, immatriculation, m'immatriculer, enregistrement, m'enregistrer
    .words-contributions = cotisations, cotisation, payer mes cotisations, annulation des dettes, dettes, combien je dois, payer, paiement
    .words-claims = dossiers de remboursement, dossier de remboursement, remboursement, mon dossier, dossier maladie, où en est mon dossier
    .words-rights = droits et prestations, droits, prestations, prestation, retraite, allocations familiales, pension
    .words-information = informations pratiques, information pratique, informations, information, renseignements, renseignement, agence, adresse, adresse de l'agence, horaires

reason =
    Pour l'inscription, tapez 1.
    Pour les cotisations et l'annulation des dettes, tapez 2.
    Pour les dossiers de remboursement, tapez 3.
    Pour vos droits et prestations, tapez 4.
    Pour toute autre demande, tapez 5.
    .title = Motif de l'appel
    .more = Tapez la touche de votre choix. { reason }
    .words-registration = { main-menu.words-registration }
    .words-contributions = { main-menu.words-contributions }
    .words-claims = { main-menu.words-claims }
    .words-rights = { main-menu.words-rights }
    .words-other = autre demande, autre chose, autre question, autre raison, réclamation

self-service = Pour la réponse automatique, maintenant, tapez 1. Pour un conseiller, tapez 2.
    .title = Réponse automatique ou conseiller
    .more =
        La réponse automatique est donnée tout de suite, jour et nuit.
        Pour l'écouter, tapez 1. Pour attendre un conseiller, tapez 2.
    .words-now = réponse automatique, automatique, maintenant, tout de suite
    .words-advisor = un conseiller, conseiller, conseillère, parler à un conseiller, quelqu'un
