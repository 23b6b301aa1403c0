### Un conseiller, ou un rappel par un conseiller.

advisor-closed =
    Nos conseillers ne sont pas là pour le moment.
    Ils reviennent le { WEEKDAY($opens) } { $opens }.
advisor-not-connected =
    Cette ligne ne permet pas encore de joindre directement un conseiller.
    Un conseiller peut vous rappeler.

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
