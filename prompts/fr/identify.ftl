### Qui appelle : avant de dire un montant, un dossier ou un droit.

registration-number =
    Tapez les neuf chiffres de votre numéro d'immatriculation.
    Si vous ne le connaissez pas, tapez la touche dièse.
    .title = Numéro d'immatriculation
    .more =
        Ce numéro est écrit sur votre attestation d'immatriculation.
        Il a neuf chiffres. Si vous ne l'avez pas, tapez la touche dièse.
        Pour de l'aide, tapez la touche étoile.

complete-first = Votre inscription n'est pas encore terminée. Terminez-la d'abord, avec le choix 1.
