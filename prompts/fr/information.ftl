### Les informations pratiques, pour tout le monde.
### Une adresse de site est épelée, pour qu'on puisse l'écrire.

portal-spelled = m a c n s s, point, m a
site-spelled = c n s s, point, m a
agency-or-point = une agence ou un point de proximité agréé

information-menu =
    Pour savoir comment vous inscrire, tapez 1.
    Pour savoir comment payer, tapez 2.
    Pour déposer un dossier de remboursement, tapez 3.
    Pour le site internet et l'application, tapez 4.
    Pour trouver une agence, tapez 5.
    .title = Informations pratiques
    .more = Tapez la touche de votre choix. { information-menu }
    .words-registering = l'inscription, inscription, comment m'inscrire, m'inscrire, s'inscrire, immatriculation
    .words-paying = le paiement, paiement, payer, comment payer, les cotisations, cotisations
    .words-depositing = le dépôt d'un dossier, dépôt d'un dossier, déposer un dossier, déposer, dossier de remboursement, remboursement, feuille de soins
    .words-portal = le site et l'application, le site, site internet, internet, portail, application, mon compte
    .words-agencies = les agences, agence, trouver une agence, adresse, adresses, horaires, point de proximité

registration-kind = Si vous travaillez à votre compte, tapez 1. Si vous êtes salarié, tapez 2.
    .title = Inscription : à son compte ou salarié
    .more =
        Si personne ne vous emploie, tapez 1.
        Si un employeur vous paie un salaire, tapez 2.
    .words-self-employed = à mon compte, à son compte, je travaille à mon compte, indépendant, indépendante, travailleur non salarié, non salarié, commerçant, artisan, agriculteur, auto-entrepreneur
    .words-employee = salarié, salariée, je suis salarié, un employeur, j'ai un employeur, j'ai un patron, employé, employée

information-self-employed =
    Un ministère, ou votre ordre, nous envoie la liste de votre profession.
    Si vous êtes sur cette liste, il vous reste à terminer l'inscription.
    Préparez votre carte nationale d'identité et votre téléphone mobile.
information-self-employed-where =
    Par téléphone, choisissez 1 au menu principal.
    Par internet, le site est : { portal-spelled }.
    Une vidéo explique tout sur le site : { site-spelled }.
    Sinon, allez dans { agency-or-point }.
information-employee =
    Remplissez le formulaire numéro 321 point 1 point 0 6.
    Votre employeur le signe et y met son cachet.
    Ajoutez une copie de votre carte nationale d'identité.
    Ajoutez deux photos récentes et vos coordonnées bancaires.
information-employee-where =
    Apportez le tout dans { agency-or-point }.
    Pour trouver une agence, choisissez 5 au menu des informations pratiques.
information-paying =
    Vous pouvez payer par internet, avec le lien de paiement.
    Nous pouvons vous envoyer ce lien par message.
    Vous le trouvez aussi sur le site : { site-spelled }.
information-paying-where =
    Sinon, allez dans { agency-or-point }.
    Au point de proximité, on paie en espèces.
    Prenez votre carte nationale d'identité.
    Pour savoir ce que vous devez, choisissez 2 au menu principal.
information-depositing =
    Déposez votre dossier dans les { MONTHS($months) } après le premier acte médical.
    Pour un traitement continu, c'est dans les { DAYS($days) } après sa fin.
information-depositing-where =
    Déposez-le dans { agency-or-point }.
    Pour savoir ensuite où il en est, choisissez 3 au menu principal.
information-portal =
    Le site est : { portal-spelled }.
    Vous y ouvrez votre compte.
    Vous y téléchargez votre attestation d'immatriculation.
    Vous y déclarez votre conjoint et vos enfants.
information-portal-where =
    L'application pour téléphone porte le nom du site.
    Sans internet, allez dans { agency-or-point }.

postcode = Tapez les cinq chiffres de votre code postal.
    .title = Code postal
    .more =
        Le code postal est écrit sur vos lettres et vos factures.
        Tapez ses cinq chiffres. Par exemple, pour Rabat Agdal, tapez 1 0 0 9 0.
        Pour de l'aide, tapez la touche étoile.
agencies-none = Nous ne connaissons pas d'agence près de ce code postal.
postcode-again = Pour essayer un autre code postal, tapez 1. Pour les autres informations, tapez 2.
    .title = Autre code postal
    .more =
        Pour un autre code postal, par exemple celui d'une grande ville, tapez 1.
        Pour revenir au menu des informations pratiques, tapez 2.
    .words-again = un autre code postal, autre code postal, un autre code, un autre, oui un autre, essayer un autre, essayer, oui
    .words-other = autres informations, les autres informations, autre chose, informations pratiques, non
agencies-nearest = Voici où aller, en commençant par le plus près.
agency =
    { $name }. C'est { $place }.
    Adresse : { $address }, { $city }.
agency-hours = Ouvert { $hours }.
agency-hours-by-sms = Pour ses jours et ses heures, demandez le message.
agency-kind-agency = une agence fixe
agency-kind-mobile = une agence mobile, présente certains jours
agency-kind-point = un point de proximité agréé

information-sms = Pour recevoir ces informations par message, tapez 1. Sinon, tapez 2.
    .title = Informations par SMS
    .more =
        Nous pouvons vous écrire tout cela dans un message. Pour le recevoir, tapez 1.
        Si vous n'en avez pas besoin, tapez 2.
    .words-send = par message, un message, par sms, sms, envoyez le message, envoyez, oui, oui par message, d'accord
    .words-no = pas de message, non, non merci, pas besoin, sans message, c'est bon
sms-mobile = Tapez les dix chiffres d'un numéro de téléphone mobile.
    .title = Mobile pour recevoir les informations
    .more =
        Le message part seulement vers un mobile marocain.
        Son numéro commence par 0 6 ou 0 7. Tapez ses dix chiffres.
        Pour de l'aide, tapez la touche étoile.
information-sent = Le message part vers le numéro qui finit par { $ending }.
