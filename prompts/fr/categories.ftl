### Les catégories d'assurés, dites comme une activité. Celles du communiqué du 1er décembre 2021, puis les autres.

category-cpu = contribution professionnelle unique
category-accounting-trader = commerçant ou artisan tenant une comptabilité
category-doctor = médecin
category-pharmacist = pharmacien
category-dentist = dentiste
category-notary = notaire
category-midwife = sage-femme
category-physiotherapist = kinésithérapeute
category-optician = opticien
category-hearing-aid-specialist = audioprothésiste
category-orthoptist = orthoptiste
category-speech-therapist = orthophoniste
category-psychomotor-therapist = psychomotricien
category-podiatrist = podologue
category-dental-technician = prothésiste dentaire
category-dietitian = diététicien
category-psychologist = psychologue
category-auto-entrepreneur = auto-entrepreneur
category-farmer = agriculteur
category-craftsperson = artisan
category-employee = salarié
category-pensioner = retraité
