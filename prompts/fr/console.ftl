### Les mots de la console des conseillers.

## Ce qu'un appel est devenu, choisi par le conseiller quand il le conclut.
disposition-answered = Réponse donnée
disposition-case-opened = Dossier ouvert
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
