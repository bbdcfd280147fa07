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
web-sign-in-how = Pour vous connecter, ouvrez le lien de votre invitation. S’il a déjà servi ou si vous changez d’appareil, demandez-en un autre à la personne qui gère ce bot.
web-for-the-operator = Pour la personne qui gère ce bot
web-your-name = Votre nom
web-token = Jeton
web-token-hint = Le WEB_TOKEN des réglages de ce bot. Gardez le même nom à chaque fois.
web-sign-out = Se déconnecter
web-sign-in-first = Veuillez d’abord vous connecter.
web-wrong-token = Ce jeton n’est pas le bon. Veuillez le vérifier et réessayer.
web-wrong-name = Veuillez indiquer un nom connu des autres, avec des lettres ou des chiffres.
web-name-taken = Quelqu’un d’autre porte déjà ce nom ici. Veuillez en choisir un autre.
web-too-many-tries = Trop de jetons erronés depuis votre adresse. Veuillez attendre une minute, puis réessayer.
web-join = Vous avez une invitation
web-join-lead = Choisissez le nom que les autres verront, et c’est parti.
web-join-hint = Des lettres ou des chiffres, et un nom que personne ne porte ici.
web-join-button = Rejoindre
web-welcome-back = Bon retour parmi nous
web-link-lead = Ce lien vous connecte sur cet appareil. Il ne sert qu’une fois.
web-link-over = Ce lien ne fonctionne plus
web-link-over-lead = Il a déjà servi, a expiré ou a été retiré. Demandez-en un nouveau à la personne qui gère ce bot.

## Compte et membres

web-pages = Pages
web-to-chat = Chat
web-your-account = Vos appareils
web-account-of = Compte : { $name }
web-your-devices = Vos appareils
web-your-devices-lead = Ces navigateurs sont connectés à votre compte. Après 7 jours sans activité, ils sont déconnectés.
web-this-device = Cet appareil
web-unknown-device = Navigateur inconnu
web-end-session = Déconnecter
web-end-others = Déconnecter tous les autres appareils
web-another-device = Utiliser un autre appareil
web-another-device-lead = Créez un lien et ouvrez-le là-bas dans les 10 minutes. Il ne sert qu’une fois.
web-make-link = Créer un lien
web-link = Le lien
web-own-link-made = Ouvrez ce lien sur l’autre appareil dans les 10 minutes. Il ne s’affiche que maintenant.
web-invitation-made = Envoyez ce lien à une seule personne, en privé. Il sert une fois, pendant 3 jours, et ne s’affiche que maintenant.
web-link-made = Envoyez ce lien à cette personne, en privé. Il la connecte une fois, dans les 3 jours, et ne s’affiche que maintenant.
web-members = Membres
web-invite-head = Inviter quelqu’un
web-invite-lead = Le lien crée un seul compte. Qui l’ouvre choisit son nom.
web-role = Rôle
web-role-of = Rôle de { $name }
web-roles-are = Les invités regardent et votent. Les membres créent des images. Les modérateurs gèrent aussi les votes et les limites. Les opérateurs gèrent le bot.
web-invite = Créer une invitation
web-invitations = Invitations en attente
web-expires = { $hours ->
    [one] Expire dans { $hours } heure
   *[other] Expire dans { $hours } heures
}
web-withdraw = Retirer
web-save = Changer
web-new-link = Nouveau lien
web-block = Bloquer
web-unblock = Débloquer
web-blocked = Accès bloqué
web-signed-out = Hors connexion
web-seen-now = En ligne récemment
web-seen-minutes = { $count ->
    [one] Dernière activité il y a { $count } minute
   *[other] Dernière activité il y a { $count } minutes
}
web-seen-hours = { $count ->
    [one] Dernière activité il y a { $count } heure
   *[other] Dernière activité il y a { $count } heures
}
web-seen-days = { $count ->
    [one] Dernière activité il y a { $count } jour
   *[other] Dernière activité il y a { $count } jours
}

## Les refus

web-wrong-host = Ce chat ne répond pas à « { $host } ». Ouvrez-le à l’adresse de son démarrage, ou donnez à PUBLIC_URL l’adresse que vous utilisez.
web-wrong-origin = Cette demande venait d’un autre site et n’a pas été exécutée. Veuillez utiliser la page du chat.
web-not-found = Il n’y a rien ici.
web-not-understood = Cette demande n’a pas été comprise. Veuillez recharger la page et réessayer.
web-no-picture = Cette image n’existe plus, ou vous n’y avez pas accès.
web-too-many-photos = Un message peut contenir { $most } photos au plus. Veuillez en envoyer moins à la fois.
web-broken = Un problème est survenu de notre côté. Veuillez réessayer dans un moment ; s’il persiste, son motif est dans le journal du serveur.
web-no-accounts = Cette adresse n’est pas encore ouverte : la personne qui gère ce bot définit WEB_TOKEN, et l’on peut alors s’y connecter.
web-no-accounts-here = Il n’y a pas de comptes ici : ce chat est à vous seul. Définissez WEB_TOKEN pour y faire entrer d’autres personnes.
web-operators-only = Seuls les opérateurs peuvent ouvrir cette page.
web-too-fast = { $seconds ->
    [one] C’était trop à la fois. Veuillez réessayer dans { $seconds } seconde.
   *[other] C’était trop à la fois. Veuillez réessayer dans { $seconds } secondes.
}
web-too-slow = Cette demande est arrivée trop lentement. Veuillez réessayer avec une meilleure connexion.
web-too-many-pages = Trop de pages de ce chat sont ouvertes. Veuillez en fermer.
web-busy = Le serveur est très sollicité. Veuillez réessayer dans un moment.
