### Les mots compris, quand on répond de vive voix : séparés par des virgules, sans majuscule.
### Ceux d'un choix sont à côté de sa question (`.words-<choix>`) ; le premier est redit quand la réponse est incertaine.

everywhere = Les mots compris à toutes les questions.
    .words-advisor = un conseiller, conseiller, conseillère, parler à un conseiller, téléconseiller, opérateur, une personne, parler à quelqu'un, quelqu'un
    .words-again = répéter, répétez, répète, pouvez-vous répéter, réécouter, encore une fois, encore, je n'ai pas compris, pas compris, pas entendu, étoile
    .words-back = le menu d'avant, menu d'avant, menu précédent, retour, revenir, revenir en arrière, en arrière, dièse
    .words-help = de l'aide, aide, aidez-moi, besoin d'aide
    .words-noise =
        euh, heu, hum, ben, bah, bon, alors, donc, voilà, hein, bonjour, bonsoir, allô, salam, merci, s'il vous plaît, s'il te plaît, svp,
        je voudrais, je veux, j'aimerais, je souhaite, j'ai besoin, c'est pour, pour, c'est, ce serait, moi c'est, je vais, à la cnss,
        mon numéro c'est, mon numéro est, le numéro c'est, mon numéro, c'est le, je suis né, je suis née, né, née,
        le, la, les, l, un, une, des, du, de, d, mon, ma, mes, à, au, plutôt, par,
        ça va, en, moi
    .words-around-keys = tapez, taper, touche, numéro, chiffre, choix, option
    .words-not = non, pas, plus, jamais, ni, sauf
