### Les droits et prestations : oui ou non d'après les données du jour, ce qui manque, le montant, le délai.

rights-menu =
    Pour vos droits à l'assurance maladie, tapez 1.
    Pour la retraite, tapez 2.
    Pour les allocations familiales, tapez 3.
    Pour la perte d'emploi, tapez 4.
    Pour une maternité ou une naissance, tapez 5.
    Pour un autre droit, tapez 0.
    .title = Droits et prestations
    .more =
        Pour l'assurance maladie, tapez 1. Pour la retraite, tapez 2.
        Pour les allocations, tapez 3. Pour un emploi perdu, tapez 4.
        Pour une naissance, tapez 5.
        Pour un décès, une maladie ou une invalidité, tapez 0.
    .words-amo = assurance maladie, l'assurance maladie, mes droits à l'assurance maladie, amo, mes droits amo, maladie
    .words-pension = retraite, la retraite, ma retraite, pension, pension de retraite, vieillesse
    .words-family-allowances = allocations familiales, les allocations, allocation familiale, allocations pour mes enfants
    .words-loss-of-employment = perte d'emploi, j'ai perdu mon travail, j'ai perdu mon emploi, perdu mon travail, chômage, indemnité de chômage
    .words-maternity-and-birth = maternité ou naissance, maternité, naissance, congé de maternité, congé de naissance, accouchement

# Ce qui est dit de chaque prestation.
right-entitled = D'après nos données d'aujourd'hui : vous avez droit { $benefit }.
right-refused = D'après nos données d'aujourd'hui : vous n'avez pas droit { $benefit }.
right-undecided =
    Nos données ne suffisent pas pour répondre.
    Un conseiller dira si vous avez droit { $benefit }.
benefit-pension = à la pension de retraite
benefit-family-allowances = aux allocations familiales
benefit-loss-of-employment = à l'indemnité pour perte d'emploi
benefit-maternity = aux indemnités de maternité
benefit-birth-leave = au congé de naissance

missing-days = Il manque { DAYS($days) } de travail dans nos données.
missing-days-lately = Il manque { DAYS($days) } de travail pendant les douze derniers mois.
missing-pay = À votre salaire déclaré, il manque { $amount } par mois.
right-a-month = Montant estimé : { $amount } par mois.
claim-is-late = La demande devait arriver au plus tard le { $until }.
notice-is-late = Le délai pour prévenir est passé.
right-estimate = C'est une estimation. Un conseiller doit la confirmer.
right-advisor = Pour en parler avec un conseiller, tapez 0.
right-employees-only =
    Cette prestation est pour les salariés.
    Nos données n'ont pas de salaire déclaré pour vous.

documents-sms =
    Pour recevoir la liste des documents par message, tapez 1.
    Pour continuer sans la liste, tapez 2.
    .title = Liste des documents par message
    .more =
        La liste dit quels papiers sont à donner avec la demande.
        Pour la recevoir par message, tapez 1. Sinon, tapez 2.
    .words-send = recevoir la liste, la liste, oui, par message, envoyez la liste, d'accord
    .words-no = sans la liste, non, non merci, pas besoin, continuer
documents-sent = Le message part vers le numéro qui finit par { $ending }.

# L'assurance maladie, et la famille déclarée.
amo-of-employee =
    Vous êtes salarié ou retraité.
    Un conseiller peut dire si votre assurance maladie est ouverte.
declared-spouse = Conjoint déclaré : { $relative }.
declared-child = Enfant déclaré : { $relative }.
declared-no-spouse = Aucun conjoint n'est déclaré dans votre dossier.
declared-no-child = Aucun enfant n'est déclaré dans votre dossier.
declare-relatives =
    Un conjoint ou un enfant se déclare sur www.macnss.ma.
    Vous pouvez aussi aller dans une agence ou un point de proximité.

# La retraite.
pension-already = Vous avez déjà une pension.
pension-age = Vous aurez l'âge de la retraite le { $opens_on }.

# Les allocations familiales.
family-allowances-too-old =
    Vos enfants déclarés ont passé l'âge.
    Un enfant étudie, ou apprend un métier ? Dites-le dans une agence.
family-allowances-only-in-farming = Votre salaire suffit seulement si vous travaillez dans l'agriculture.
family-allowances-of-a-pensioner =
    Pour un retraité, la date de naissance de l'enfant compte.
    Il doit naître au plus 300 jours après le début de la pension.
family-allowances-child = Pour { $child } : { $amount }.
family-allowances-until = Ce montant est le même jusqu'au { $until }.
family-allowances-claim = Faites la demande au plus tard le { $claim_by }.
family-allowances-changes =
    Une demande plus tardive est payée six mois en arrière, au plus.
    La fin des études ou de l'apprentissage doit être dite en agence.
    Un décès aussi.
family-allowances-if-resident = Vous devez habiter au Maroc.
family-allowances-if-children-dependent = Vos enfants doivent être à votre charge.
family-allowances-if-minimum-wage = Votre salaire compte aussi. Un conseiller peut le vérifier.

# La perte d'emploi.
last-day-worked = Tapez votre dernier jour de travail en huit chiffres : le jour, le mois, l'année.
    .title = Dernier jour de travail
    .more =
        Par exemple, pour le 5 mars 2024, tapez 0 5, 0 3, 2 0 2 4.
        Ce jour doit être passé.
        Pour de l'aide, tapez la touche étoile.
last-day-to-come =
    Le { $day } n'est pas encore passé.
    Donnez un jour passé, ou rappelez après ce jour.
last-day-said = Dernier jour de travail : le { $day }.
own-choice =
    Si vous avez choisi de quitter ce travail, tapez 1.
    Si vous l'avez perdu malgré vous, tapez 2.
    .title = Départ choisi
    .more =
        Une démission est un départ choisi, un licenciement ne l'est pas.
        Pour un départ choisi, tapez 1. Sinon, tapez 2.
    .words-yes = un départ choisi, départ choisi, oui, j'ai choisi, j'ai démissionné, démission, j'ai quitté mon travail
    .words-no = une perte malgré moi, malgré moi, non, je n'ai pas choisi, licenciement, licencié, j'ai été licencié, j'ai été licenciée
loss-of-employment-own-choice = Elle est pour ceux qui perdent leur travail malgré eux.
loss-of-employment-months = Elle est payée pendant { MONTHS($months) } au plus.
loss-of-employment-claim =
    Demandez-la au plus tard le { $until }.
    Vous pouvez aller dans l'agence de votre choix.
loss-of-employment-counts = Ces mois comptent pour l'assurance maladie, les allocations et la retraite.
loss-of-employment-new-job =
    Quand vous retrouvez un travail, prévenez-nous dans les { DAYS($days) }.
    C'est la déclaration 310, 1, 29.
loss-of-employment-death =
    En cas de décès, la famille peut demander le reste.
    C'est le formulaire 310, 1, 30.
loss-of-employment-if-private-sector = Votre travail devait être dans le secteur privé.
loss-of-employment-if-seeking-work = Vous devez chercher un nouveau travail.
loss-of-employment-if-outside-farming = Ce montant vaut hors de l'agriculture.
loss-of-employment-if-minimum-wage =
    Le montant est limité au salaire minimum légal.
    Un conseiller peut vous le dire.

# La maternité et la naissance.
maternity-or-birth =
    Pour les indemnités d'une salariée enceinte, tapez 1.
    Pour le congé de naissance payé par l'employeur, tapez 2.
    .title = Maternité ou naissance
    .more =
        Une salariée qui s'arrête pour accoucher reçoit des indemnités. Pour cela, tapez 1.
        À la naissance d'un enfant, l'employeur paie un congé. Pour cela, tapez 2.
    .words-maternity = indemnités de maternité, maternité, congé de maternité, indemnités, enceinte, je suis enceinte, accouchement
    .words-birth-leave = congé de naissance, naissance, le congé de naissance, congé du père, congé payé par l'employeur
leave-start = Tapez le premier jour de votre congé en huit chiffres : le jour, le mois, l'année.
    .title = Premier jour du congé de maternité
    .more =
        Par exemple, pour le 5 mars 2024, tapez 0 5, 0 3, 2 0 2 4.
        Pour de l'aide, tapez la touche étoile.
leave-start-said = Premier jour du congé : le { $day }.
maternity-amount = Montant estimé : { $amount } par jour.
maternity-days = Les indemnités sont payées pendant { DAYS($days) }.
maternity-notice = Dernier jour pour nous prévenir de l'arrêt : le { $notice_by }.
maternity-claim = Dernier jour pour demander les indemnités : le { $until }.
maternity-if-stops-paid-work = Vous devez arrêter tout travail payé pendant ce temps.

birth-leave-days = Votre employeur vous paie { DAYS($days) } de congé.
birth-leave-amount = Nous remboursons à l'employeur { $amount } au plus.
birth-leave-deadlines =
    Dernier jour pour déclarer la naissance : le { $notice_by }.
    Dernier jour pour demander le remboursement : le { $until }.
birth-leave-no-newborn = Aucune naissance récente n'est déclarée dans votre dossier.
birth-leave-at-birth = À la naissance d'un enfant, votre employeur vous paie { DAYS($days) } de congé.
birth-leave-not-declared = Nos données n'ont pas de salaire récent pour vous.
birth-leave-if-employer-declares-birth = Votre employeur doit déclarer la naissance dans le mois.
