### Les appels entre conseillers, la pression des files, les rappels du jour, la conclusion.

console-offer-of-colleague = Un collègue vous demande conseil
console-offer-of-promise = Un rappel promis, pour vous
console-asks = Demandé par
console-asked = Collègue
console-before = Avant
console-tier-transferred = appel transféré par un collègue
console-tier-returned = la ligne du conseiller précédent a été coupée

## Qui entend qui.
console-course-talking-talking = La personne et vous, vous vous entendez.
console-course-talking-held = La personne est en attente, avec de la musique.
console-course-talking-asking = Un collègue est demandé. La personne attend.
console-course-talking-joining = Votre collègue arrive. La personne attend.
console-course-talking-consulting = Votre collègue vous entend. La personne attend.
console-course-talking-conference = Conférence : la personne, votre collègue et vous.
console-course-asked-in-consulting = Votre collègue vous entend. La personne attend.
console-course-asked-in-conference = Conférence : la personne, votre collègue et vous.
console-refused-by = { $who } n'a pas pris la demande. Elle reste ouverte.
console-parting-caller-left = La personne a raccroché. Concluez l'appel.
console-parting-lost = Votre ligne a été coupée. La personne est revenue en tête de la file.
console-parting-transferred = L'appel est transféré. Concluez votre partie.

## Ce que l'on fait d'un appel.
console-transfer = Transférer
console-transfer-what = Vous quittez l'appel. La personne attend en tête de la file choisie.
console-transfer-do = Transférer l'appel
console-ask = Demander conseil
console-ask-what = La personne attend avec de la musique. Un collègue reçoit votre demande.
console-ask-do = Demander
console-to-subject = À un sujet
console-to-colleague = À un collègue
console-line-unserved = personne n'est là
console-line-standing = en attente : { $rank }, libres : { $idle }
console-no-colleague = Aucun autre conseiller n'est là.
console-colleague-away = Ce collègue n'est plus là. Choisissez-en un autre.
console-never-mind = Ne rien changer
console-confer = Parler à trois
console-hand-over = Confier l'appel
console-see-off = Libérer le collègue
console-ask-no-more = Annuler la demande
console-leave = Quitter l'appel
console-end-for-all = Terminer l'appel pour tous, votre collègue compris ?
console-end-really = Oui, terminer pour tous

## La pression des files.
console-pressure = Files de vos sujets
console-pressure-none = Personne n'attend
console-pressure-unknown = La file ne répond pas
console-pressure-some = En attente : { $rank }
console-pressure-longest = depuis

## Les rappels du jour.
console-callbacks = Rappels du jour
console-callbacks-open = À faire
console-callbacks-missed = Sans réponse
console-callbacks-empty = Les rappels promis pour aujourd'hui viennent ici.
console-callbacks-more = Seuls les premiers sont montrés.
console-callbacks-how = À leur heure, ils vous sont proposés comme un appel.
console-callbacks-closed = Ils attendent l'heure où nous pouvons appeler.
console-callback-due = Attend un conseiller disponible.
console-callback-ending = numéro en
console-callback-attempts = { $attempt ->
        [0] aucun essai
        [1] 1 essai
       *[other] { $attempt } essais
    }
console-call-again = Rappeler encore
console-give-up = Abandonner
console-give-up-sure = Personne ne rappellera cette personne. Abandonner ce rappel ?
console-give-up-really = Oui, abandonner

## Une offre, ou un appel, qui n'a rien donné.
console-vain-unanswered = L'appel est allé ailleurs : vingt secondes sans réponse.
console-vain-unacknowledged = L'appel est allé ailleurs : votre page était en veille.
console-vain-withdrawn = La personne a raccroché avant votre réponse.
console-vain-abandoned = La personne a raccroché avant de vous parler.
console-vain-not-reached = Personne n'a répondu au rappel.
console-vain-lost = Votre ligne n'est pas venue. L'appel est allé ailleurs.
console-vain-ready = Vous restez disponible. Le prochain appel s'affiche ici.
console-vain-not-ready = Vous ne recevez plus d'appels. Rendez-vous disponible quand vous êtes là.
console-wrap-up-over = La conclusion a duré trop longtemps. Rendez-vous disponible quand vous êtes là.

## La conclusion.
console-wrap-up-left = pour conclure
console-note-unsent = Cette note n'a pas été enregistrée. Copiez-la si vous en avez besoin.
console-note-unsent-close = Fermer
