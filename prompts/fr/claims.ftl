### Les dossiers de remboursement : où en est chacun, ce qui vient ensuite.

claims-none =
    Nous n'avons aucun dossier de remboursement à votre nom.
    Vous pouvez en déposer un dans une agence.
    Un point de proximité agréé convient aussi.
claims-open =
    { NOTHING($open) ->
        [yes] Vous n'avez aucun dossier en cours.
       *[no] Vous avez { FILES($open) } en cours.
    }
    Voici le dossier le plus récent.
claims-no-next = Vous n'avez pas de dossier plus ancien.

claim-file =
    Dossier numéro : { $file }.
    Il est pour : { $beneficiary }. Il a été déposé le { $deposited_on }.
claim-received = Ce dossier est déposé.
claim-in-review = Ce dossier est en cours d'examen.
claim-appointment =
    Un examen médical est demandé pour ce dossier.
    Le rendez-vous est le { WEEKDAY($appointment) } { $appointment }.
claim-medical-check =
    Un examen médical est demandé pour ce dossier.
    Une lettre donne le jour du rendez-vous.
    Si vous ne l'avez pas encore reçue, attendez-la.
claim-missing = Ce dossier n'est pas complet. Il manque : { $document }.
claim-missing-also = Il manque aussi : { $document }.
claim-missing-which = Pour savoir quel document, avec un conseiller, tapez 0.
claim-bring = Apportez cela dans une agence ou un point de proximité agréé.
claim-rejected = Ce dossier est refusé. La raison : { $reason }.
claim-contest =
    Pour contester ce refus avec un conseiller, tapez 0.
    Vous pouvez aussi aller dans une agence.
claim-settled =
    { NOTHING($amount) ->
        [yes] Le remboursement est calculé. Pour connaître le montant, avec un conseiller, tapez 0.
       *[no] Le remboursement est calculé : { $amount }.
    }
claim-payment-soon = Le paiement suit dans quelques jours.
claim-paid =
    { NOTHING($amount) ->
        [yes] Ce dossier est payé depuis le { $paid_on }.
       *[no] Ce dossier est payé depuis le { $paid_on }. Montant payé : { $amount }.
    }
claim-expected = Selon le délai habituel, le paiement arrive au plus tard le { $expected_on }.
claim-delay-over = Le délai habituel est passé. Pour en parler avec un conseiller, tapez 0.

claims-menu =
    Pour le dossier suivant, tapez 1.
    Pour recevoir ce dossier par message, tapez 2.
    Pour un autre dossier, par son numéro, tapez 3.
    Pour le menu d'avant, tapez la touche dièse.
    .title = Dossiers de remboursement
    .more = Vos dossiers viennent du plus récent au plus ancien. { claims-menu }
    .words-next = le dossier suivant, suivant, le suivant, dossier d'après, prochain dossier, le prochain
    .words-by-sms = recevoir ce dossier par message, par message, un message, recevoir un message, envoyez-moi un message, par sms, sms
    .words-by-number = un autre dossier, autre dossier, un autre dossier par son numéro, par son numéro, par numéro, numéro de dossier, chercher un dossier
claim-sent =
    Le dossier { $file } part par message.
    Il va vers le numéro qui finit par { $ending }.

file-number = Tapez le numéro du dossier, puis la touche dièse.
    .title = Numéro de dossier
    .more =
        Tapez tous les chiffres du numéro de votre dossier de remboursement.
        Ensuite, tapez la touche dièse.
        Pour de l'aide, tapez la touche étoile.
file-number-unknown =
    Nous ne trouvons pas ce dossier parmi les vôtres.
    Vérifiez son numéro, ou demandez un conseiller avec la touche 0.
