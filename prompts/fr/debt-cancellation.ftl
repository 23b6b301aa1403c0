### L'annulation des dettes des travailleurs non salariés (loi 41.23).

cancellation-not-concerned = { $unpaid ->
        [1] L'annulation des dettes ne vous concerne pas. Il faut au moins trois mois impayés avant décembre 2023. Nous en comptons 1.
        [2] L'annulation des dettes ne vous concerne pas. Il faut au moins trois mois impayés avant décembre 2023. Nous en comptons 2.
       *[other] L'annulation des dettes ne vous concerne pas.
    }
cancellation-nothing-left =
    Fin 2023, vous aviez { MONTHS($unpaid) } impayés.
    Il ne reste plus de dette à annuler.
cancellation-upcoming =
    Fin 2023, vous aviez { MONTHS($unpaid) } impayés.
    Vos dettes peuvent être annulées : { $covered }.
cancellation-open =
    Fin 2023, vous aviez { MONTHS($unpaid) } impayés.
    Vos dettes peuvent être annulées : { $covered }.
    Pour cela, payez tous les mois jusqu'à celui de votre premier paiement.
    Payez ensuite les douze mois suivants.
cancellation-in-progress =
    L'annulation de vos dettes est en cours.
    Si vous payez chaque mois, { $covered } seront annulés.
cancellation-months = Mois payés : { $paid } sur { $required }.
cancellation-interrupted =
    Un mois n'est pas payé à temps.
    Un conseiller décide de la suite.
cancellation-granted = { NOTHING($covered) ->
        [yes] Votre dossier d'annulation est terminé depuis le { $granted_on }.
       *[no] Vos dettes sont annulées depuis le { $granted_on } : { $covered }.
    }
cancellation-missed =
    Le délai pour commencer est passé, sans premier paiement.
    Vos dettes restent à payer.

commitment =
    Pour vous engager à payer régulièrement, tapez 1.
    Si vous préférez attendre, tapez 2.
    .title = Engagement de payer
    .more =
        Votre engagement est noté, et l'adresse pour payer vous est envoyée.
        Pour vous engager, tapez 1. Sinon, tapez 2.
    .words-undertake = je m'engage, m'engager, oui, d'accord, j'accepte
    .words-not-now = pas maintenant, non, plus tard, attendre
commitment-recorded =
    Votre engagement est enregistré.
commitment-made = Vous vous êtes engagé le { $made_on } à payer régulièrement.
