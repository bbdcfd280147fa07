# Les mots propres au chat web.

## La page

web-skip = Aller au champ de message
web-conversation = Conversation
web-loading-older = Chargement des messages précédents…
web-new-messages = Nouveaux messages
web-to-latest = Aux plus récents
web-theme = Thème sombre
web-close = Fermer
web-needs-javascript = Cette page a besoin de JavaScript. Veuillez l’activer pour cette adresse.
web-connecting = Connexion…
web-online = En ligne
web-offline = Connexion perdue. Nouvel essai…
web-unreachable = Le serveur est injoignable pour l’instant. Veuillez réessayer dans un moment.

## La saisie

web-composer = Écrire un message
web-message = Message
web-placeholder = Message ou /commande
web-send = Envoyer
web-attach = Joindre des photos
web-drop = Déposez vos photos ici
web-pending-photos = Photos à envoyer
web-remove-photo = Retirer { $name }
web-photos-at-most = Un message peut contenir { $most } photos au plus.
web-too-large = Ces fichiers sont trop lourds pour être envoyés ensemble. Veuillez en envoyer moins à la fois.
web-suggestions = Suggestions
web-answering = Réponse à

## Les messages

web-you = Vous
web-only-you = Visible par vous uniquement
web-sending = Envoi…
web-send-again = Renvoyer
web-reply = Répondre
web-a-message = Un message précédent
web-reactions = Réactions
web-previous-page = Page précédente
web-unreadable = Ce message a été écrit par une autre version et ne peut pas être affiché.
web-progress = Progression
web-progress-done = { $done } sur { $total }
web-optional = (facultatif)
web-choose-photos = Choisir des photos
web-copy = Copier la commande
web-copied = Copiée

## Les images

web-picture = Image { $number }
web-state-kept = Gardée
web-state-rejected = Rejetée
web-state-best = La meilleure
web-lightbox = Visionneuse
web-of = { $number } sur { $count }
web-previous = Image précédente
web-next = Image suivante
web-download = Télécharger l’original
web-judge = Juger cette image
web-keep = Garder
web-reject = Rejeter
web-best = Meilleure
web-undo = Annuler
web-recipe = Recette
web-trash = Corbeille

## Entrer et sortir

web-sign-in = Se connecter
web-sign-in-lead = Créez ensemble des images de la même personne, encore et encore.
web-your-name = Votre nom
web-token = Jeton
web-token-hint = La personne qui gère ce bot peut vous donner le jeton.
web-sign-out = Se déconnecter
web-sign-in-first = Veuillez d’abord vous connecter.
web-wrong-token = Ce jeton n’est pas le bon. Veuillez le vérifier et réessayer.
web-wrong-name = Veuillez indiquer un nom connu des autres, avec des lettres ou des chiffres.
web-too-many-tries = Trop de jetons erronés. Veuillez attendre une minute, puis réessayer.

## Les refus

web-wrong-host = Ce chat ne répond pas à « { $host } ». Ouvrez-le à l’adresse de son démarrage, ou donnez à PUBLIC_URL l’adresse que vous utilisez.
web-wrong-origin = Cette demande venait d’un autre site et n’a pas été exécutée. Veuillez utiliser la page du chat.
web-not-found = Il n’y a rien ici.
web-not-understood = Cette demande n’a pas été comprise. Veuillez recharger la page et réessayer.
web-no-picture = Cette image n’existe plus, ou vous n’y avez pas accès.
web-too-many-photos = Un message peut contenir { $most } photos au plus. Veuillez en envoyer moins à la fois.
web-broken = Un problème est survenu de notre côté. Veuillez réessayer dans un moment ; s’il persiste, son motif est dans le journal du serveur.
