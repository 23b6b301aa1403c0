### Un conseiller, ou un rappel par un conseiller.

advisor-closed =
    Nos conseillers ne sont pas là pour le moment.
    { $minute ->
        [0] Ils reviennent le { WEEKDAY($opens) } { $opens } à { $hour } heures.
       *[other] Ils reviennent le { WEEKDAY($opens) } { $opens } à { $hour } heures { $minute }.
    }
advisors-busy =
    Trop de personnes attendent en ce moment.
    Un conseiller peut vous rappeler.
advisor-lost =
    La communication avec le conseiller est coupée.
    Vous êtes maintenant en tête de la file.

advisor-transferring = Un autre conseiller va vous répondre.

recording =
    Pour accepter que nous enregistrions la conversation, tapez 1.
    Pour le refuser, tapez 2.
    .title = Accord pour l'enregistrement
    .more =
        L'enregistrement nous aide à mieux vous servir. Un conseiller vous répond dans tous les cas.
        { recording }
    .words-yes = oui, j'accepte, oui j'accepte, d'accord, je suis d'accord, vous pouvez enregistrer
    .words-no = non, je refuse, non merci, pas d'accord, sans enregistrement, pas d'enregistrement

advisor = Restez en ligne. Nous cherchons un conseiller.
    .title = Attente d'un conseiller
    .more = { advisor }
advisor-ready = Merci. Le conseiller est avec vous.
    .title = Mise en relation
    .more = { advisor-ready }
advisor-coming = Restez en ligne. Un conseiller arrive.
waiting-place = { $rank ->
        [1] Vous êtes la prochaine personne.
       *[other] Vous êtes à la place { $rank } dans la file.
    }
waiting-unknown = Nous ne savons pas combien de temps vous attendrez.
waiting-band-0 = Vous attendrez moins d'une minute.
waiting-band-1 = Vous attendrez entre 1 et 3 minutes.
waiting-band-2 = Vous attendrez entre 3 et 5 minutes.
waiting-band-3 = Vous attendrez entre 5 et 10 minutes.
waiting-band-4 = Vous attendrez entre 10 et 20 minutes.
waiting-band-5 = Vous attendrez entre 20 et 30 minutes.
waiting-band-6 = Vous attendrez plus de 30 minutes.
waiting-keep = Pour raccrocher, garder votre place et être rappelé, tapez 1.
on-hold = Restez en ligne. Le conseiller revient.
place-kept =
    Votre place est gardée.
    Un conseiller vous rappellera au numéro qui finit par { $ending }.

place-lost = Sans numéro, nous ne pouvons pas vous rappeler.
already-calling = Un conseiller vous appelle déjà.

call-coming =
    Nous vous appelons au numéro qui finit par { $ending }.
    Raccrochez maintenant et répondez.
callback-confirm =
    Bonjour, ici la Caisse nationale de sécurité sociale.
    Nous vous rappelons comme promis.
    Si c'est bien vous, tapez 1.
    .title = Confirmation du rappel
    .more = { callback-confirm }
    .words-me = oui, c'est moi, oui c'est moi, c'est bien moi
proof-confirm =
    Bonjour, ici la Caisse nationale de sécurité sociale.
    Vous nous avez demandé de vous appeler à ce numéro.
    Si c'est bien vous, tapez 1. Sinon, raccrochez.
    .title = Preuve par un appel
    .more = { proof-confirm }
    .words-me = oui, c'est moi, oui c'est moi, c'est bien moi
callback-not-reached = Nous n'avons pas entendu de réponse. Au revoir.

survey =
    Avez-vous été bien servi ?
    Tapez un chiffre, de 1, pas du tout, à 5, très bien.
    .title = Satisfaction, de 1 à 5
    .more = Donnez une note à cet appel. Tapez 1 pour la plus basse, tapez 5 pour la plus haute.
    .words-1 = un, une étoile, pas du tout, très mal
    .words-2 = deux, pas bien, mal
    .words-3 = trois, moyen, moyennement, ça va
    .words-4 = quatre, bien, assez bien
    .words-5 = cinq, très bien, excellent, parfait
survey-reason =
    Pour l'attente, tapez 1. Pour l'accueil, tapez 2.
    Pour les explications, tapez 3. Pour la solution, tapez 4.
    Pour autre chose, tapez 5.
    .title = Raison de la note
    .more = Dites ce qui explique votre note. { survey-reason }
    .words-waiting = l'attente, attente, le temps d'attente, trop long
    .words-welcome = l'accueil, accueil, la politesse, le conseiller
    .words-explanations = les explications, explications, je n'ai pas compris
    .words-solution = la solution, solution, la réponse, le problème
    .words-other = autre chose, une autre raison, autre
survey-thanks = Merci de votre réponse.

callback-number-confirm =
    Pour être rappelé au numéro qui finit par { $ending }, tapez 1.
    Pour un autre numéro, tapez 2.
    .title = Numéro à rappeler
    .more =
        Vous appelez du numéro qui finit par { $ending }. Si nous rappelons ce numéro, tapez 1.
        Pour donner un autre numéro, tapez 2.
    .words-this-number = ce numéro, ce numéro-là, le même numéro, le même, mon numéro, oui, oui ce numéro
    .words-another = un autre numéro, autre numéro, un autre, nouveau numéro, non, non un autre, non un autre numéro, pas ce numéro
callback-number = Tapez les dix chiffres du numéro à rappeler.
    .title = Autre numéro à rappeler
    .more =
        { callback-refused-number }
        Tapez les dix chiffres du numéro. Il commence par 0.
        Pour de l'aide, tapez la touche étoile.
callback-refused-number = Nous pouvons appeler seulement les numéros marocains.

callback-day =
    Pour le { WEEKDAY($first) } { $first }, tapez 1.
    Pour le { WEEKDAY($second) } { $second }, tapez 2.
    .title = Jour du rappel
    .more = Choisissez le jour où nous vous rappelons. { callback-day }
    .words-first = { WEEKDAY($first) } { $first }, { WEEKDAY($first) }, le premier, premier jour
    .words-second = { WEEKDAY($second) } { $second }, { WEEKDAY($second) }, le deuxième, deuxième jour, le second, second jour
callback-half-day = Pour le matin, tapez 1. Pour l'après-midi, tapez 2.
    .title = Moment du rappel
    .more = Choisissez le moment où nous vous rappelons. { callback-half-day }
    .words-morning = le matin, matin, matinée, plutôt le matin
    .words-afternoon = l'après-midi, après-midi, plutôt l'après-midi
callback-promised =
    Un conseiller vous rappellera le { WEEKDAY($day) } { $day }, { $half }.
    Il appellera le numéro qui finit par { $ending }.

half-day-morning = le matin
half-day-afternoon = l'après-midi
