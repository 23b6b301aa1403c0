### Le choix de la langue : chaque langue dit sa propre phrase, de sa propre voix.

language = Pour le français, tapez 2.
    .title = Langue
    .more = Pour continuer en français, tapez la touche 2 de votre téléphone.
