### Les SMS : deux segments au plus. Sans ê, ç, î ni ô, un segment tient 160 caractères au lieu de 70.

# Les chiffres d'abord : ils se lisent sans ouvrir le message.
sms-code = { $code } est votre code de la CNSS, valable 5 minutes. Ne le donnez jamais à personne, ni à un conseiller.
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
sms-registration-completed =
    CNSS : inscription terminée. Votre numéro : { $number }. Code d'activation : { $activation },
    à utiliser sur www.macnss.ma
sms-registration-completed-held =
    CNSS : inscription terminée. Numéro : { $number }. Code { $activation }
    à utiliser sur www.macnss.ma dès le { $works_from }
sms-registration-number = CNSS : votre numéro d'immatriculation est { $number }.
sms-callback-arranged = CNSS : un conseiller vous appellera le { WEEKDAY($day) } { $day }, { $half }.
sms-commitment =
    CNSS : vous vous engagez à payer vos cotisations chaque mois. Pour payer : { $link }
sms-payment =
    CNSS : { $amount } à payer avant le { $by } inclus, en espèces avec votre carte nationale
    dans un point de proximité, ou sur { $link }
sms-payment-link =
    CNSS : pour payer vos cotisations, en espèces avec votre carte nationale dans un point de proximité, ou sur { $link }
sms-documents-loss-of-employment =
    CNSS, perte d'emploi : demande, copie de la carte nationale, rapport de l'inspecteur du travail,
    contrat de travail s'il est en cause, jugement s'il y en a un, attestation bancaire.
    Au retour au travail : déclaration 310-1-29
sms-documents-birth-leave =
    CNSS, congé de naissance, par votre employeur : formulaire 318-1-01, copie de la carte nationale, acte de naissance
