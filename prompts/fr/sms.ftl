### Les SMS : deux segments au plus. Sans ê, ç, î ni ô, un segment tient 160 caractères au lieu de 70.

# Les chiffres d'abord : ils se lisent sans ouvrir le message.
sms-code = { $code } est votre code de la CNSS, valable 5 minutes. Ne le donnez jamais à personne, ni à un conseiller.
sms-code-aloud =
    { $code } est votre code de la CNSS. Dites-le au conseiller que vous avez en ligne, et seulement si vous avez
    appelé le 3939. Il est valable 5 minutes.
# Ce que personne n'a demandé : ni nom, ni montant, ni numéro d'immatriculation.
sms-claim-changed =
    CNSS : votre dossier { $file } { $became ->
        [in-review] est en cours d'examen
        [medical-check] attend un examen médical
        [rejected] est rejeté
        [settled] est calculé
        [paid] est payé
       *[received] est déposé
    }. Pour en savoir plus, appelez le 3939, choix 3.
sms-claim-document-missing =
    CNSS : il manque un document à votre dossier { $file }. Pour savoir lequel, appelez le 3939, choix 3.
sms-contribution-due =
    CNSS : votre cotisation pour { $due_month } est à payer avant la fin du { $due_on }. Comment payer : 3939, choix 2.
sms-campaign =
    CNSS : travailleurs non salariés, pour votre inscription et pour l'annulation des créances,
    appelez le 05 20 44 71 00.
sms-registration-completed =
    CNSS : inscription terminée. Votre numéro : { $number }. Code d'activation : { $activation },
    à utiliser sur www.macnss.ma
sms-registration-completed-held =
    CNSS : inscription terminée. Numéro : { $number }. Code { $activation }
    à utiliser sur www.macnss.ma dès le { $works_from }
sms-registration-number = CNSS : votre numéro d'immatriculation est { $number }.
sms-callback-arranged = CNSS : un conseiller vous appellera le { WEEKDAY($day) } { $day }, { $half }.
sms-callback-place = CNSS : votre place est gardée. Un conseiller vous appellera quand ce sera votre tour.
sms-callback-missed =
    CNSS : un conseiller vous a appelé, sans pouvoir vous parler. Pour joindre un conseiller, appelez le 3939.
sms-information-self-employed =
    CNSS : travailleurs non salariés, terminez votre inscription au 05 20 44 71 00 (choix 1), sur www.macnss.ma,
    dans une agence ou un point de proximité agréé. Vidéo : www.cnss.ma
sms-information-employee =
    CNSS : inscription d'un salarié. Formulaire 321.1.06 signé et tamponné par l'employeur, copie de la carte nationale,
    2 photos récentes, coordonnées bancaires, dans une agence ou un point de proximité agréé.
sms-information-paying =
    CNSS : payez vos cotisations par internet : { $link } , dans une agence, ou en espèces dans un point de proximité
    agréé, avec votre carte nationale.
sms-information-depositing =
    CNSS : dossier de remboursement à déposer dans une agence ou un point de proximité agréé, { MONTHS($months) } au plus
    après le premier acte médical, ou { DAYS($days) } après la fin d'un traitement continu.
sms-information-portal =
    CNSS : sur www.macnss.ma, ouvrez votre compte, téléchargez votre attestation, déclarez votre conjoint et vos enfants ;
    ou dans une agence ou un point de proximité agréé.
# Les agences, une ligne chacune, les plus proches aussi complètes que la place le permet.
sms-agencies = CNSS : { $agencies }
    .full = { $name } : { $address }, { $city }. { $hours }
    .short = { $name } : { $address }, { $city }
    .shortest = { $name }
sms-commitment =
    CNSS : vous vous engagez à payer vos cotisations chaque mois. Pour payer : { $link }
sms-payment =
    CNSS : { $amount } à payer { $months ->
        [1] pour { $month }
       *[other] depuis { $month }
    } avant le { $by } inclus, en espèces avec votre carte nationale
    dans un point de proximité, ou sur { $link }
sms-payment-owed =
    CNSS : { $amount } à payer dès que possible { $months ->
        [1] pour { $month }
       *[other] depuis { $month }
    }, en espèces avec votre carte nationale
    dans un point de proximité, ou sur { $link }
sms-payment-link =
    CNSS : pour payer vos cotisations, en espèces avec votre carte nationale dans un point de proximité, ou sur { $link }
sms-statement =
    CNSS : au { $day }, { NOTHING($owed) ->
        [yes] vous ne devez rien.
       *[no] vous devez { $owed } pour { MONTHS($months) }, depuis { $since }. Pour payer : 3939, choix 2.
    }
# Ce que l'ancien numéro lit : ni le nom, ni le nouveau numéro.
sms-mobile-changed =
    CNSS : ce numéro de mobile n'est plus celui de votre dossier. Si vous n'avez pas demandé ce changement,
    appelez le 3939 dans les 72 heures.
sms-documents-loss-of-employment =
    CNSS, perte d'emploi : demande, copie de la carte nationale, rapport de l'inspecteur du travail,
    contrat de travail s'il est en cause, jugement s'il y en a un, attestation bancaire.
    Au retour au travail : déclaration 310-1-29
sms-documents-birth-leave =
    CNSS, congé de naissance, par votre employeur : formulaire 318-1-01, copie de la carte nationale, acte de naissance
sms-claim =
    CNSS : dossier { $file } { $state ->
        [received] déposé.{ written-claim-delay }
        [in-review] en cours d'examen.{ written-claim-delay }
        [appointment] : examen médical le { $appointment }.
        [medical-check] : un examen médical est demandé. Une lettre donne le jour.
        [awaiting-documents] incomplet. Il manque : { $documents }. Passez dans une agence ou un point de proximité.
        [awaiting-more-documents] incomplet. Il manque : { $documents }, et d'autres documents. Parlez à un conseiller.
        [rejected] refusé. La raison : { $reason }.
        [settled] calculé{ NOTHING($amount) ->
            [yes] .
           *[no] { " " }: { $amount }.
        }{ written-claim-delay }
       *[paid] payé le { $paid_on }{ NOTHING($amount) ->
            [yes] .
           *[no] { " " }: { $amount }.
        }
    }
written-claim-delay =
    { $delay ->
        [expected] { " " }Paiement au plus tard le { $expected_on }, selon le délai habituel.
        [over] { " " }Le délai habituel est passé : parlez à un conseiller.
       *[none] { "" }
    }
