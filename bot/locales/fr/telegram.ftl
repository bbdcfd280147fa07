# Les mots propres à Telegram.

telegram-progress = { $done } sur { $total } · { $seconds } s
telegram-open = { $number }
telegram-numbers = Ouvrez une image pour voir son numéro.
telegram-too-large = Ce fichier fait { $megabytes } Mo, et Telegram me laisse envoyer { $most } Mo au plus. Récupérez-le dans le chat web.
telegram-only-photos = Je ne lis que des mots et des photos. Envoyez une image fixe en JPEG, PNG, WebP ou HEIC, comme photo ou comme fichier.
telegram-left-out = J’ai laissé de côté ce qui n’est pas une photo.
telegram-photo-gone = Telegram n’a plus « { $name } ». Envoyez-la de nouveau.
telegram-photo-unread = Telegram n’a pas transmis « { $name } ». Renvoyez-la dans un instant.
telegram-edited = Une commande modifiée n’est pas exécutée à nouveau. Envoyez-la dans un nouveau message.
telegram-left = Très bien, je ne demande plus rien. Rien n’a été modifié.
telegram-anonymous = { $counts } (anonymes, donc pas comptés comme votes)

telegram-note-answer = { $name }, ma réponse n’est que pour vous, et je ne peux pas encore vous écrire. Ouvrez notre chat privé, pressez Démarrer, puis redemandez-moi.
telegram-note-result = { $name }, vos images privées sont prêtes, et je ne peux pas encore vous écrire. Ouvrez notre chat privé, pressez Démarrer et envoyez /gallery browse.
telegram-note-anonymous = Ma réponse n’est que pour une personne, et je ne vois pas qui vous êtes. Écrivez sous votre nom, ou ouvrez notre chat privé.
telegram-moved-home = { $name }, je ne peux pas publier cela ici : c’est dans notre chat privé.
telegram-open-private = 💬 Ouvrir notre chat privé

telegram-wanted = Vous avez envoyé ceci il y a { $minutes } minutes, en mon absence. Le voulez-vous toujours ?
telegram-wanted-yes = ✅ Oui, continuer
telegram-wanted-no = ✖ Non

telegram-field-now = Jusqu’ici : { $value }
telegram-field-again = Je n’ai pas pu m’en servir. Encore une fois :
telegram-field-long = { $length } caractères, c’est trop ; le maximum est de { $most }. Encore une fois :
telegram-photos-so-far = { $count ->
    [0] Envoyez des photos, puis pressez Terminé.
    [one] Une photo jusqu’ici. Envoyez-en d’autres, ou pressez Terminé.
   *[other] { $count } photos jusqu’ici. Envoyez-en d’autres, ou pressez Terminé.
}
telegram-done = ✅ Terminé
telegram-keep = ✅ Laisser ainsi
telegram-skip = ⏭ Passer
telegram-stop = ✖ Annuler

telegram-reactions-on = Les réactions (👍 👎 ❤) à mes images dans « { $title } » comptent comme votes. Les boutons fonctionnent toujours aussi.
telegram-reactions-off = Je ne vois pas encore les réactions dans « { $title } » : nommez-moi administrateur, sans aucun droit, et 👍 👎 ❤ comptent comme votes. Les boutons sous mes images fonctionnent toujours.

telegram-menu-persona = Vos personas : créer, voir, modifier
telegram-menu-reference = Les photos de vos personas
telegram-menu-gallery = Vos images terminées
telegram-menu-vote = Juger des images ensemble
telegram-menu-privacy = Obtenir ou supprimer tout ce qui vous concerne
telegram-menu-admin = Pour opérateurs et modérateurs
telegram-menu-prompt = De meilleurs mots pour vos images
