### L'annulation des dettes des travailleurs non salariés (loi 41.23).

cancellation-not-concerned = { NOTHING($unpaid) ->
        [yes] L'annulation des dettes ne vous concerne pas.
       *[no] L'annulation des dettes ne vous concerne pas. Il faut au moins trois mois impayés avant décembre 2023. Nous en comptons { $unpaid }.
    }
cancellation-upcoming =
    Vous avez { MONTHS($unpaid) } impayés avant décembre 2023.
    Vos dettes peuvent être annulées : { $covered }.
cancellation-open =
    Vous avez { MONTHS($unpaid) } impayés avant décembre 2023.
    Vos dettes peuvent être annulées : { $covered }.
    Il faut payer un premier mois, puis les douze mois suivants.
    L'assurance maladie s'ouvre trois mois après ce premier mois.
cancellation-in-progress =
    L'annulation de vos dettes est en cours.
    Si vous payez chaque mois, { $covered } seront annulés.
cancellation-months = Mois payés : { $paid } sur { $required }.
cancellation-interrupted =
    Un mois n'est pas payé à temps.
    Un conseiller décide de la suite.
cancellation-granted = Vos dettes sont annulées depuis le { $granted_on } : { $covered }.
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
    Un message vous est envoyé, avec l'adresse pour payer.
commitment-made = Vous vous êtes engagé le { $made_on } à payer régulièrement.
