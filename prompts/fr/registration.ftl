### Un travailleur non salarié termine son inscription.

registration-intro = Pour vous inscrire, préparez votre carte nationale d'identité et votre téléphone mobile.

identity-card =
    Tapez les chiffres de votre carte nationale d'identité, sans les lettres.
    Puis tapez la touche dièse.
    .title = Carte nationale d'identité
    .more =
        Votre carte porte des lettres, puis des chiffres.
        Tapez seulement les chiffres, puis la touche dièse.
        Pour de l'aide, tapez la touche étoile.

birth-date = Tapez votre date de naissance en huit chiffres : le jour, le mois, l'année.
    .title = Date de naissance
    .more =
        Par exemple, pour le 5 mars 1980, tapez 0 5, 0 3, 1 9 8 0.
        Si votre carte porte seulement l'année, tapez l'année, puis la touche dièse.
        Pour de l'aide, tapez la touche étoile.

code-sent =
    Un message avec six chiffres part vers le numéro qui finit par { $ending }.
    Restez en ligne, j'attends.

code = Tapez les six chiffres du message.
    .title = Code reçu par message
    .more =
        Ouvrez le dernier message reçu sur votre téléphone.
        Tapez les six chiffres du début.
        Si vous n'avez rien reçu, tapez la touche étoile.

code-waiting = J'attends toujours. Prenez votre temps.
code-wrong = Ces chiffres ne sont pas les bons. Il vous reste { TRIES($left) }.
code-expired = Ces chiffres ne sont plus valables. Ils étaient valables cinq minutes.
codes-exhausted = Vous ne pouvez plus essayer pour le moment. Un conseiller peut vous aider.

code-help =
    Pour recevoir un autre message, tapez 1.
    Si ce numéro n'est plus le vôtre, tapez 2.
    Pour recevoir un appel sur ce numéro, tapez 3.
    Pour un conseiller, tapez 0.
    Pour le menu d'avant, tapez la touche dièse.
    .title = Aide pour le code
    .more = Choisissez avec les touches de votre téléphone. { code-help }
    .words-another = un autre message, autre message, nouveau message, autre code, nouveau code, renvoyez le code, je n'ai rien reçu, pas reçu, pas de message
    .words-not-my-number = ce n'est plus mon numéro, plus mon numéro, pas mon numéro, j'ai changé de numéro, changé de numéro, numéro changé
    .words-call-me = appelez-moi, un appel, recevoir un appel, rappelez-moi

tax-reference = Tapez les quatre derniers chiffres de votre identifiant fiscal.
    .title = Identifiant fiscal
    .more =
        L'identifiant fiscal est le numéro écrit sur vos papiers des impôts.
        Tapez seulement ses quatre derniers chiffres.
        Pour de l'aide, tapez la touche étoile.
tax-reference-wrong = Ces chiffres ne correspondent pas à votre dossier.

new-mobile = Tapez les dix chiffres de votre numéro de téléphone mobile.
    .title = Nouveau numéro mobile
    .more =
        Un numéro mobile marocain commence par 0 6 ou 0 7.
        Tapez ses dix chiffres. Vous y recevrez un message.
        Pour de l'aide, tapez la touche étoile.

resume =
    Votre dernier appel s'est arrêté avant la fin.
    Pour continuer votre inscription, tapez 1. Pour tout recommencer, tapez 2.
    .title = Reprise d'un appel interrompu
    .more =
        Vous aviez commencé votre inscription dans un autre appel.
        Pour garder votre choix, tapez 1. Pour choisir à nouveau, tapez 2.
    .words-go-on = continuer, continue, on continue, oui, garder mon choix, reprendre
    .words-afresh = tout recommencer, recommencer, depuis le début, choisir à nouveau, non
resumed = Nous continuons là où l'appel s'est arrêté.
resumed-payment = Vous avez choisi : { $payment }.
payment-direct-debit = le prélèvement sur votre compte bancaire
payment-self = payer vous-même

confirm-identity =
    Vous êtes { $name }. Votre activité : { $category }.
    Si c'est bien vous, tapez 1. Sinon, tapez 2.
    .title = Confirmation de l'identité
    .more =
        Nous avons ce nom : { $name }. Nous avons cette activité : { $category }.
        Si tout est juste, tapez 1. Si quelque chose est faux, tapez 2.
    .words-me = oui c'est moi, c'est moi, c'est bien moi, oui, ouais, tout à fait, tout est juste, exactement, c'est juste, c'est correct
    .words-not-me = ce n'est pas moi, c'est pas moi, non, c'est faux, non c'est faux, pas moi, erreur, pas du tout

payment =
    Pour payer par prélèvement sur votre compte bancaire, tapez 1.
    Pour payer vous-même, tapez 2.
    .title = Mode de paiement
    .more =
        Avec le prélèvement, votre banque paie les cotisations chaque mois. Pour cela, tapez 1.
        Sinon, payez vous-même, dans un point de paiement ou par internet. Pour cela, tapez 2.
    .words-direct-debit = le prélèvement, prélèvement, prélèvement bancaire, prélèvement automatique, compte bancaire
    .words-self = payer moi-même, moi-même, je paie moi-même, par moi-même, point de paiement, par internet

bank-account = Tapez les 24 chiffres de votre relevé d'identité bancaire.
    .title = Relevé d'identité bancaire
    .more =
        Ces 24 chiffres sont écrits dans votre chéquier.
        Votre banque peut aussi vous les donner.
        Tapez-les tous, sans vous arrêter.
        Pour de l'aide, tapez la touche étoile.
bank-account-kept = Vous avez donné le compte qui finit par { $ending }.
bank-account-given-up =
    Nous n'avons pas pu noter votre compte bancaire.
    Votre inscription continue : vous paierez vous-même.

declaration =
    Vous déclarez que ces informations sont vraies.
    Vous vous engagez à payer vos cotisations.
    Pour accepter, tapez 1. Pour annuler, tapez 2.
    .title = Déclaration et engagement
    .more =
        Pour finir, nous avons besoin de votre accord. { declaration }
    .words-declare = j'accepte, accepter, d'accord, je suis d'accord, oui j'accepte, oui, je déclare, je m'engage
    .words-cancel = annuler, j'annule, je refuse, refuser, non, je n'accepte pas, pas d'accord, je ne suis pas d'accord

registration-cancelled = L'inscription est annulée. Vous pouvez rappeler pour la terminer.
registration-completed = Votre inscription est terminée. Votre numéro d'immatriculation est : { $number }.
registration-number-again = Je répète votre numéro : { $number }.
registration-opens =
    Vous devez payer vos cotisations dès { $contributions_from }.
    Votre assurance maladie obligatoire commence le { $amo_from }.
registration-opened =
    Pour votre métier, l'assurance maladie obligatoire existe depuis le { $amo_from }.
    Les cotisations sont dues depuis { $contributions_from }.
    Pour savoir ce que vous devez, choisissez 2 au menu principal.
registration-sms =
    Vous allez recevoir un message.
    Il contient votre numéro, l'adresse du site et un code d'activation.
registration-sms-held =
    Votre numéro de téléphone est nouveau.
    Le code d'activation marchera à partir du { $portal_from }.
registration-next =
    Sur le site www.macnss.ma, téléchargez votre attestation d'immatriculation.
    Vous pouvez y déclarer votre conjoint et vos enfants.
    Sinon, allez dans une agence ou un point de proximité agréé.
registration-already =
    Votre inscription est déjà terminée.
registration-already-sms =
    Votre numéro est envoyé par message au téléphone que nous connaissons.
