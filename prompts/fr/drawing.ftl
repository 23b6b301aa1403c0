### Les mots des dessins (`svi flow show`, docs/flows/) qu'aucun appelant n'entend.

flow-whole-call = L'appel entier
flow-language = La langue
flow-main-menu = Le menu principal
flow-reason = Le motif de l'appel
flow-registration = L'inscription
flow-identify = Qui appelle
flow-information = Informations pratiques
flow-contributions = Les cotisations
flow-debt-cancellation = L'annulation des dettes
flow-rights = Les droits et prestations
flow-loss-of-employment = La perte d'emploi
flow-maternity-and-birth = La maternité et la naissance
flow-claims = Les dossiers de remboursement
flow-advisor = Un conseiller
flow-callback = Le rappel promis

drawing-start = Début
drawing-hang-up = Fin de l'appel
drawing-return = Retour au menu d'avant
drawing-advisor = Conseiller
