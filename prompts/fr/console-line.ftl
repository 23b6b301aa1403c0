### La ligne du conseiller dans la console : le téléphone de la page, la sonnerie, le réseau.

console-line = Votre ligne
console-line-idle = Votre ligne attend le prochain appel.
console-line-dialling = Votre ligne rejoint l'appel.
console-line-joined = On vous entend.
console-line-muted = Votre micro est coupé. On ne vous entend pas.
console-line-lost = Votre ligne est coupée. Elle revient toute seule.
console-line-elsewhere = Votre ligne est dans une autre fenêtre.
console-line-none = Ce navigateur n'a pas de téléphone. Aucun appel ne viendra. Prenez un autre navigateur, ou prévenez votre administrateur.
console-line-away = Votre téléphone ne répond pas. Aucun appel ne viendra. Vérifiez le réseau : nous réessayons.
console-line-silent = Le micro est interdit à cette page. Aucun appel ne viendra. Autorisez-le à côté de l'adresse, puis essayez-le.
console-mute = Couper mon micro
console-heard-log = Ce qui se dit
console-you = Vous
console-colleague = Un collègue
console-say-label = Ce que vous dites
console-say = Dire
console-line-options = Son et micro
console-sound = Sonner quand un appel arrive
console-notify = Me prévenir aussi quand cette page est cachée
console-microphone-try = Essayer mon micro
console-microphone-loudness = Force de votre voix
console-microphone-listening = Parlez pendant quatre secondes.
console-microphone-played = Nous vous entendons. Voici la dernière seconde.
console-microphone-quiet = Nous n'entendons presque rien. Rapprochez le micro, ou choisissez-en un autre.
console-microphone-refused = Le micro est interdit à cette page. Autorisez-le à côté de l'adresse.
console-microphone-missing = Aucun micro ne répond. Branchez-en un, puis réessayez.
console-microphone-typed = Ici, on écrit ce que l'on dit : il n'y a pas de micro à essayer.

console-no-telephone = Votre téléphone ne répond pas. Vous serez disponible quand il répondra.
console-missed-unreachable = Cette page ou son téléphone ne répondait plus : les appels vont ailleurs. Rendez-vous disponible quand vous êtes là.
console-missed-unanswered = Un appel est resté sans réponse : il est allé ailleurs. Rendez-vous disponible quand vous êtes là.
console-missed-wrap-up-over = La conclusion a duré trop longtemps : elle est close sans résultat. Rendez-vous disponible quand vous êtes prêt.
console-away = Connexion perdue
    .more = Ce que vous écrivez reste ici. Ce que vous demandez se fera à son retour, s'il vient vite.
console-session-ended-here = Votre session est terminée. Ce que vous avez écrit reste ici.
console-later = Plus tard
