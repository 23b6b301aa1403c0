### Les mots de la console des conseillers.

## Les sujets, les langues, les états, pour tous les écrans.
subject-registration = immatriculation
subject-contributions = cotisations
subject-claims = dossiers de soins
subject-rights = droits et prestations
subject-information = informations pratiques
subject-other = autre demande

tongue-fr = français
tongue-ar = arabe

advisor-state-signed-out = pas connecté
advisor-state-not-ready = pas disponible
advisor-state-ready = disponible
advisor-state-busy = en communication
advisor-state-wrap-up = en conclusion d'appel

not-ready-signed-in = prise de poste
not-ready-break = pause
not-ready-meal = repas
not-ready-training = formation
not-ready-task = autre tâche
not-ready-supervisor = arrêt par un superviseur
not-ready-unanswered = un appel sans réponse
not-ready-unreachable = poste injoignable
not-ready-wrap-up-over = conclusion trop longue

cause-asked = la personne a demandé un conseiller
cause-silence = la personne n'a rien répondu
cause-wrong = les réponses n'ont pas été comprises
cause-uncounted = les réponses n'ont pas été comprises
cause-endless = l'appel tournait en rond
cause-failure = le serveur vocal a eu une panne
cause-unreadable = le serveur vocal a eu une panne
cause-identity = la personne n'a pas pu être identifiée
cause-code = le code n'a pas été confirmé
cause-mobile-changed = le numéro de mobile vient de changer
cause-wrong-person = la personne trouvée n'est pas la bonne
cause-debt-cancellation = l'annulation des dettes demande une décision
cause-callback = nous avions promis de rappeler
cause-consult = un collègue demande conseil
cause-other = autre demande

outcome-answered = répondu
outcome-silence = silence
outcome-waiting = attend le code
outcome-wrong = pas compris
outcome-empty = rien de saisi
outcome-repeat = fait répéter
outcome-restart = recommence
outcome-habit = touche de trop
outcome-help = demande de l'aide
outcome-not-known = ne sait pas
outcome-back = retour
outcome-asked = demande un conseiller
outcome-failure = panne
outcome-misheard = mal entendu
outcome-unsure = à confirmer

## L'arrivée et l'état.
console-login = Votre identifiant :
console-welcome = Bonjour { $name }. Votre aide : la touche ?, puis Entrée.
console-ready = Vous êtes disponible. Le prochain appel s'affiche ici.
console-not-ready = Vous n'êtes pas disponible : { $why }.
console-signed-out = Vous êtes déconnecté. Au revoir.

## L'offre.
console-offer = Un appel pour vous. Il reste { $seconds } secondes.
console-offer-callback = Un rappel promis, pour vous. Il reste { $seconds } secondes.
console-offer-consult = Un collègue vous demande conseil. Il reste { $seconds } secondes.
console-seconds-left = Il reste { $seconds } secondes.
console-offer-keys = a pour prendre, x pour laisser.
console-offer-over = Cette offre est terminée. L'appel est allé ailleurs.
console-identified = Personne identifiée : { $name }.
console-stranger = Personne non identifiée. Ne donnez aucune information personnelle.
console-about = Sujet : { $subject }. Langue : { $tongue }. Attente : { $waited }.
console-cause = Motif : { $cause }.
console-attempt = Essai { $attempt }, numéro qui finit par { $ending }.
console-path = Parcours de l'appel :
console-step = { $question } : { $outcome }

## La communication.
console-accepted = Appel pris. Nous vous mettons en relation.
console-calling = Nous appelons le numéro qui finit par { $ending }.
console-caller-gone = La personne a raccroché.
console-result-busy = Le numéro est occupé.
console-result-no-answer = Personne ne répond.
console-result-failed = L'appel n'a pas abouti.
console-result-not-confirmed = Personne n'a confirmé l'appel.
console-result-cancelled = L'appel est annulé.
console-connected = Vous êtes en communication avec { $who }.
console-the-caller = la personne
console-heard = { $who } : { $text }
console-held = La personne est en attente, avec de la musique.
console-resumed = La personne vous entend de nouveau.
console-transferred = L'appel est transféré.
console-asking = Nous demandons un collègue. La personne est en attente.
console-colleague-here = { $who } vous entend. La personne est encore en attente.
console-colleague-gone = Votre collègue n'est plus en ligne.
console-colleague-none = Aucun collègue n'a pris la demande.
console-asked-in = Vous conseillez un collègue. Il vous entend.
console-received = L'appel est maintenant à vous.
console-attending = Vous êtes dans cette communication.
console-attended = Vous n'êtes plus dans cette communication.
console-line-cut = Votre ligne est coupée. Nous vous reconnectons.
console-line-refused = Votre ligne n'entre pas. Nous réessayons.

## La conclusion.
console-wrap-up = L'appel est terminé. Donnez le numéro du résultat :
console-choice = { $rank }. { $title }
console-wrapped-up = C'est noté : { $title }.
console-no-disposition = Ce résultat n'est pas dans la liste.
console-noted = Demande suivie { $rank } ouverte pour cette personne.
console-nobody-to-note = Personne n'est identifié. Rien ne peut être noté.

## La supervision.
console-nobody-waits = Personne n'attend.
console-waiting = { $rank } en attente depuis { $waited } : { $subject }, { $tongue }.
console-idle = Conseillers libres pour ces appels : { $rank }.
console-somebody = { $login } ({ $who }) : { $state_now }, depuis { $waited }.
console-talk = Appel { $rank } de { $login } : { $subject }, { $tongue }.
console-moved = C'est fait pour { $login }.

## Ce qui ne va pas.
console-not-now = Ce n'est pas possible maintenant.
console-changed = La situation vient de changer. Ce n'est plus possible.
console-unknown = Ce mot n'est pas connu : { $text }. La touche ? donne l'aide.
console-missing = Il manque un mot. Exemple : { $text }
console-no-talk = Aucune communication ne porte ce numéro ou cet identifiant.
console-no-account = Aucun compte ne porte l'identifiant { $login }.
console-not-there = { $login } n'est pas connecté.
console-oneself = Vous ne pouvez pas vous choisir.
console-already-asking = Un collègue est déjà demandé.
console-supervisors-only = Seul un superviseur peut le faire.
console-carrier = La téléphonie ne l'a pas fait. Réessayez.
console-away-database = La base de données ne répond pas. Nous attendons son retour.
console-away-queue = La file ne répond pas. Nous attendons son retour.
console-away-phone = La téléphonie ne répond pas. Nous attendons son retour.
console-back = Tout répond de nouveau.
console-really = Un appel est en cours. Encore Ctrl-C pour l'abandonner.
console-abandoned = L'appel revient en tête de la file.
console-left-open = Cet appel attend encore sa conclusion.
console-no-more-lines = Rien n'est venu pour : { $text }

## Ce que l'on tape : le premier mot est montré dans l'aide.
console-do-ready = prêt, pret, disponible
    .help = être appelé
console-do-unready = pause, pas prêt, pas pret
    .help = ne plus être appelé : 1 pause, 2 repas, 3 formation, 4 tâche
console-do-accept = prendre, accepter
    .help = prendre l'appel
console-do-reject = laisser, refuser
    .help = laisser l'appel à un autre
console-do-hold = attente
    .help = mettre la personne en attente
console-do-resume = reprendre
    .help = reprendre la personne
console-do-end = terminer, fin
    .help = terminer l'appel
console-do-transfer = transférer, transferer
    .help = transférer à un sujet ou à un identifiant
console-do-ask = demander
    .help = demander conseil à un sujet ou à un identifiant
console-do-complete = confier
    .help = laisser l'appel au collègue
console-do-drop = libérer, liberer
    .help = faire sortir le collègue
console-do-wrap = résultat, resultat
    .help = conclure avec le numéro du résultat
console-do-note = noter
    .help = ouvrir une demande suivie avec cette note
console-do-status = voir
    .help = revoir l'offre ou l'appel
console-do-queue = file
    .help = voir la file et les conseillers
console-do-listen = écouter, ecouter
    .help = entendre un appel, par son numéro ou l'identifiant
console-do-whisper = souffler
    .help = parler au conseiller seul
console-do-join = rejoindre
    .help = parler avec tous
console-do-leave = quitter
    .help = sortir de cette communication
console-do-move = déplacer, deplacer
    .help = changer un niveau : s.alami claims=3 (0 : aucun)
console-do-out = sortir
    .help = se déconnecter
console-do-help = aide
    .help = cette aide
console-do-say = :bonjour
    .help = dire aux autres ce qui suit les deux points
console-script = Dans un fichier, chaque ligne attend son moment.

## Ce qu'un appel est devenu, choisi par le conseiller quand il le conclut.
disposition-answered = Réponse donnée
disposition-case-opened = Demande suivie ouverte
disposition-transferred = Appel transféré
disposition-callback-scheduled = Rappel prévu
disposition-cut-off = Appel coupé
disposition-wrong-number = Faux numéro
disposition-silent = Personne ne parle
disposition-abusive = Propos injurieux
disposition-test = Essai
disposition-other = Autre
disposition-registration-completed = Immatriculation complétée
disposition-mobile-corrected = Numéro de mobile corrigé
disposition-payment-explained = Paiement expliqué
disposition-commitment-recorded = Engagement de payer enregistré
disposition-documents-asked = Documents demandés
disposition-claim-contested = Contestation d'un rejet
disposition-rights-explained = Droits expliqués
disposition-documents-sent = Liste des documents envoyée

## La page de travail et la connexion.
console-name = Console du 3939
console-menu = Réglages et compte
console-skip = Aller au contenu
console-other-tongue = العربية
console-dark = Sombre
console-light = Clair
console-sign-in = Se connecter
console-sign-out = Se déconnecter
console-sign-out-everywhere = Se déconnecter de tous les postes
console-login-label = Identifiant
console-password = Mot de passe
console-code = Code de votre application
console-code-hint = Seulement si votre compte le demande.
console-refused = L'identifiant, le mot de passe ou le code n'est pas bon.
console-too-often = Trop d'essais. Réessayez dans un quart d'heure.
console-code-wanted = Votre compte demande aussi le code de votre application.
console-session-ended = Votre session est terminée. Connectez-vous de nouveau.
console-call-is-open = Un appel est ouvert. Concluez-le avant de vous déconnecter.
console-no-script = Sans script, le téléphone et les nouvelles ne viennent pas.
console-work = Votre travail
console-pages = Pages de la console
console-be-ready = Me rendre disponible
console-be-unready = Arrêter
console-why-unready = Motif de l'arrêt

console-phase-idle = Aucun appel
    .ready = Vous êtes disponible. Le prochain appel s'affiche ici.
    .not-ready = Rendez-vous disponible pour recevoir des appels.
console-phase-offer = Un appel pour vous
console-phase-calling = Nous appelons la personne
console-phase-coming = La personne arrive
console-phase-talking = En communication
console-phase-asked-in = Vous conseillez un collègue
console-phase-wrap-up = Appel terminé
console-left = pour répondre
console-subject = Sujet
console-tongue = Langue
console-why = Motif
console-waits = Attente
console-lasts = Durée
console-accept = Prendre
console-reject = Laisser
console-hold = Mettre en attente
console-resume = Reprendre
console-end = Terminer

console-person = La personne
console-person-empty = Rien à montrer sans appel.
console-whole-name = { $name }
console-proved = Identité prouvée pendant cet appel.
console-person-comes = Le dossier de la personne arrive.
console-jumps = Aller à
console-jump-call = Appel
console-jump-path = Parcours
console-jump-person = Personne
console-jump-acts = Agir
console-jump-script = Script
console-jump-after = Notes
console-path-title = Parcours de l'appel
console-path-empty = Les questions et les réponses de l'appel viennent ici.
console-after = Notes et conclusion
console-after-empty = Elles viennent avec un appel.
console-note = Notes
console-note-hint = À la conclusion, elles ouvrent une demande suivie pour cette personne.
console-result = Résultat de l'appel
console-finish = Conclure

console-account = Votre compte
role-advisor = conseiller
role-supervisor = superviseur
role-administrator = administrateur
role-auditor = auditeur
console-factor = Code à la connexion
console-factor-how = Scannez ce dessin avec une application de codes. Donnez ensuite le code affiché.
console-factor-drawing = Dessin à scanner avec l'application
console-factor-key = Ou tapez cette clé dans l'application :
console-factor-enrol = Demander un code à la connexion
console-factor-asked = Un code est demandé à chaque connexion.
console-factor-remove = Ne plus demander de code
console-factor-wrong = Ce code n'est pas bon. Attendez le suivant, puis réessayez.

console-to-start = Revenir au début
console-problem-400 = Cette demande n'est pas complète
    .more = Revenez au début, puis réessayez.
console-problem-403 = Cette page n'est pas pour vous
    .more = Votre compte n'ouvre pas cette page. Votre superviseur peut vous aider.
console-problem-404 = Cette page n'existe pas
    .more = L'adresse est peut-être ancienne.
console-problem-500 = Une panne de notre côté
    .more = Elle est notée. Réessayez dans un instant.
console-problem-503 = La base de données ou la file ne répond pas
    .more = Réessayez dans un instant. Vos appels restent en attente.

## Entrer avec le compte de la maison (OpenID Connect), changer de mot de passe.
console-openid = Continuer avec le compte de la maison
console-emergency = Compte de secours
console-not-by-password = Pour ce compte, continuez avec le compte de la maison.
console-signed-in = Vous êtes connecté
console-signed-out-here = Vous êtes déconnecté de la console
console-onward = Continuer
console-openid-away = Le service des comptes ne répond pas. Réessayez, ou prévenez votre superviseur.
console-openid-refused = Le service des comptes n'a pas confirmé la connexion. Réessayez.
console-openid-again = Cette connexion n'est plus valable. Recommencez.
console-openid-clock = L'heure de ce service et celle des comptes diffèrent. Prévenez l'administrateur.
console-openid-unknown = Votre compte n'est pas ouvert ici. Demandez-le à votre administrateur.
console-openid-no-role = Votre compte n'a aucun rôle ici. Demandez-le à votre administrateur.
console-own-password = Mot de passe
console-password-present = Mot de passe actuel
console-password-new = Nouveau mot de passe
console-password-again = Le nouveau, encore une fois
console-password-hint = Douze caractères au moins : quelques mots que personne ne devine.
console-password-change = Changer le mot de passe
console-password-changed = Le mot de passe est changé. Vos autres sessions sont terminées.
console-password-wrong = Le mot de passe actuel n'est pas bon.
console-password-differs = Les deux nouveaux mots de passe sont différents.
console-password-same = C'est le même mot de passe. Choisissez-en un autre.
console-password-weak = Ce mot de passe est trop court, ou connu de tous. Choisissez-en un autre.
console-password-too-often = Trop d'essais. Réessayez dans un quart d'heure.
