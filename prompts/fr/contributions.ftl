### Les cotisations d'un travailleur non salarié : ce qu'il doit, comment payer, ce qu'il a payé.

contributions-by-employer =
    Vous êtes salarié ou retraité.
    Vous n'avez pas de cotisations à payer vous-même.
    Pour une autre question, demandez un conseiller avec la touche 0.

owed = { NOTHING($owed) ->
        [yes] Vous ne devez rien.
       *[no] Vous devez en tout { $owed }.
    }
owed-can-be-cancelled = Sur ce montant, { $covered } peuvent être annulés.
owed-will-be-cancelled = Sur ce montant, { $covered } seront annulés, si vous payez chaque mois.
owed-since = Cela concerne { MONTHS($months) }, depuis { $since }.
owed-contributions = { NOTHING($amount) ->
        [yes] Toutes les cotisations sont payées.
       *[no] Les cotisations font { $amount }.
    }
owed-penalties = { NOTHING($amount) ->
        [yes] Il n'y a pas de pénalité de retard.
       *[no] Les pénalités de retard font { $amount }.
    }
owed-fees = { NOTHING($amount) ->
        [yes] Il n'y a pas de frais de poursuite.
       *[no] Les frais de poursuite font { $amount }.
    }

contributions-menu =
    { $situation ->
        [open] Pour l'annulation des dettes, tapez 2. Pour savoir comment payer, tapez 1.
       *[other] Pour savoir comment payer, tapez 1. Pour l'annulation des dettes, tapez 2.
    }
    Pour vos trois derniers paiements, tapez 3.
    Pour savoir quand s'ouvre votre assurance maladie, tapez 4.
    .title = Cotisations
    .more =
        Choisissez avec les touches de votre téléphone.
        Pour l'annulation des dettes, tapez 2. Pour savoir comment payer, tapez 1.
        Pour vos paiements, tapez 3. Pour l'assurance maladie, tapez 4.
    .words-how-to-pay = comment payer, payer, comment je paie, où payer, le paiement
    .words-debt-cancellation = annulation des dettes, l'annulation, annulation, annuler mes dettes, amnistie
    .words-last-payments = mes derniers paiements, derniers paiements, mes paiements, ce que j'ai payé
    .words-amo = assurance maladie, l'assurance maladie, l'assurance, amo

pay-by = Le dernier jour pour payer est le { $by }.
pay-nothing-now = Aucun montant n'est à payer maintenant.
pay-how =
    Vous pouvez payer en espèces, dans un point de proximité agréé.
    Prenez votre carte nationale d'identité.
    Vous pouvez aussi payer par internet.
pay-sms = Un message vous est envoyé, avec l'adresse pour payer par internet.

payments-none = Aucun paiement n'est enregistré pour vous.
payments-each = Le { $paid_on }, vous avez payé { $amount }, pour { $month }.

amo-open = Votre assurance maladie obligatoire est ouverte depuis le { $opens_on }.
amo-waiting = Votre assurance maladie obligatoire s'ouvrira le { $opens_on }.
amo-closed =
    Votre assurance maladie obligatoire est fermée.
    Des cotisations ne sont pas payées.

step-first-payment = Pour profiter de l'annulation, payez d'abord un mois.
step-months-before = Payez tous les mois, jusqu'à celui de votre premier paiement.
step-next-month = Continuez à payer chaque mois.
step-owed = Payez ce que vous devez dès que possible.
step-next-due = Voici votre prochaine cotisation.
step-advisor = Un conseiller doit voir votre dossier avec vous. Pour lui parler, tapez 0.
step-amount =
    { $months ->
        [1] À payer : { $amount }, pour { $month }.
       *[other] À payer : { $amount }, pour { MONTHS($months) }, depuis { $month }.
    }
step-amo = Payée ce mois-ci, elle ouvre votre assurance maladie le { $opens_on }.
step-not-before = Un paiement compte dès le { $not_before }, pas avant.
