# What cannot be done: what happened, and what to do next. Nothing here was charged.

error-unexpected = Un problème est survenu de mon côté. Rien n’a été facturé. Réessayez ; si cela se reproduit, prévenez l’opérateur.
error-not-allowed = Vous n’êtes pas encore sur la liste de ce bot. Demandez à son opérateur de vous y ajouter.
error-storage = Je n’ai rien pu enregistrer. Rien n’a été facturé. Réessayez dans un moment.
error-storage-busy = La base de données est occupée par un autre programme. Rien n’a été facturé. Réessayez dans un moment.
error-storage-full = Le disque est plein, je n’ai donc rien pu enregistrer. Rien n’a été facturé. Demandez à l’opérateur de faire de la place.
error-storage-read-only = Je n’ai pas le droit d’écrire dans mon dossier de données. Rien n’a été facturé. Demandez à l’opérateur d’en vérifier les droits d’accès.
error-storage-newer = Ma base de données vient d’une version plus récente. Demandez à l’opérateur de me mettre à jour.
error-storage-unreachable = Je n’arrive pas à joindre ma base de données. Rien n’a été facturé. Réessayez dans un moment.
error-pictures-unreachable = Je n’arrive pas à joindre l’endroit où sont gardées les images. Rien n’a été facturé. Réessayez dans un moment.
error-blob-missing = Le fichier de l’image a disparu. Renvoyez la photo ou recréez l’image.
error-blob-key-wrong = Les images sont chiffrées avec une autre clé. Demandez à l’opérateur de vérifier BLOB_KEY.

error-command-unknown = La commande { $command } n’existe pas. Voyez /help.
error-command-unknown-near = La commande { $command } n’existe pas. Vouliez-vous dire { $near } ?
error-command-incomplete = Il manque un mot à { $command } : { $choices }.
error-words-unexpected = { $command } n’attend pas de texte, mais j’ai lu « { $words } ». Retirez-le, ou voyez /help.
error-option-unknown = { $command } n’a pas d’option { $option }. Essayez { $choices }, ou voyez /help.
error-option-none = { $command } n’a aucune option, mais j’ai lu { $option }. Retirez-la.
error-option-missing = Il manque quelque chose à { $command } : « { $option } » (--{ $name }).
error-option-whole = { $option } attend un nombre entier de { $least } à { $most }, pas « { $value } ».
error-option-flag = { $option } attend on ou off, pas « { $value } ».
error-option-choice = { $option } ne peut pas être « { $value } ». Choisissez parmi : { $choices }.
error-option-long = « { $option } » compte { $length } caractères, et la limite est de { $most }. Raccourcissez, puis renvoyez.
error-field-missing = « { $option } » est vide. Remplissez ce champ, puis renvoyez.
error-parameters = Je n’ai pas compris « { $given } ». Écrivez les paramètres sous la forme clé=valeur, par exemple style=oil.
error-day = « { $given } » n’est pas une date. Écrivez-la comme 2026-11-20.
error-photos-many = { $count } photos, c’est trop : { $most } au plus. Envoyez-en moins.
error-photos-missing = { $command } a besoin d’au moins une photo. Joignez-la et renvoyez la commande.
error-photos-unexpected = { $command } n’accepte pas de photo. Renvoyez la commande sans photo.
error-prompt-empty = Dites-moi ce que l’image doit montrer, par exemple : /imagine portrait à l’huile près d’une fenêtre
error-model-unknown = Le modèle « { $model } » n’existe pas. Choisissez parmi : { $choices }.

photo-empty = « { $name } » est vide. Renvoyez la photo.
photo-not_a_photo = « { $name } » n’est pas une photo que je sais lire. Envoyez-la en JPEG, PNG, WebP ou HEIC.
photo-truncated = La photo « { $name } » est incomplète ou abîmée. Renvoyez-la, ou enregistrez-la d’abord à nouveau.
photo-too_heavy = « { $name } » pèse { $megabytes } Mo, et la limite est de 20 Mo. Envoyez une copie plus légère.
photo-too_many_pixels = « { $name } » compte { $megapixels } mégapixels, et la limite pour ce type de fichier est de { $limit }. Envoyez une copie plus petite.
photo-too_long = « { $name } » mesure { $pixels } pixels de long, et la limite est de { $limit }. Envoyez une copie plus petite.
photo-too_small = « { $name } » n’a que { $pixels ->
    [one] { $pixels } pixel
   *[other] { $pixels } pixels
 } sur son petit côté, et il en faut au moins { $limit }. Envoyez une copie plus grande.
photo-too_narrow = « { $name } » est { $ratio } fois plus longue que large, et la limite est de { $limit } fois. Découpez la partie utile et envoyez-la.
photo-raw = « { $name } » est un fichier RAW qui ne contient pas d’image en pleine taille. Exportez-le en JPEG et envoyez ce fichier.
photo-animated = « { $name } » est une image animée. Envoyez une image fixe, par exemple une capture d’écran.
photo-gone = La photo n’est plus là. Renvoyez-la.
pictures-lost = { $count ->
    [one] L’image { $numbers } ne peut pas être montrée : son fichier a disparu ou est abîmé.
   *[other] Les images { $numbers } ne peuvent pas être montrées : leurs fichiers ont disparu ou sont abîmés.
}
photo-note-cmyk-converted = La photo « { $name } » était en couleurs d’impression (CMJN). Je l’ai convertie ; vérifiez que les couleurs vous conviennent toujours.
photo-note-depth-reduced = La photo « { $name } » avait plus de 8 bits par couleur. J’en garde 8 ; vous ne verrez pas la différence.
photo-note-hdr-reduced = La photo « { $name } » était en HDR. J’ai ramené ses parties les plus claires à ce que montre un écran ordinaire.
photo-note-raw-preview = « { $name } » est un fichier RAW. J’ai pris le JPEG en pleine taille que votre appareil y a mis.
photo-note-several-faces = Il y a plusieurs visages sur « { $name } ». La photo d’une seule personne garde mieux la ressemblance.
photo-note-face-small = Le visage sur « { $name } » est petit. Une photo prise de plus près garde mieux la ressemblance.

persona-unknown = Vous n’avez pas de persona « { $name } ». Vous avez : { $choices }.
persona-none = Vous n’avez pas de persona « { $name } ». Créez-le avec /persona create.
persona-gone = Ce persona n’est plus là. Voyez /persona list.
persona-name-taken = Vous avez déjà un persona « { $name } ». Choisissez un autre nom.
reference-many = { $name } a déjà { $count } photos, et la limite est de { $most }. Retirez-en avec /reference remove.
reference-number = { $count ->
    [0] Il n’y a pas de photo { $number } ; { $name } n’en a aucune. Voyez /reference list.
    [one] Il n’y a pas de photo { $number } ; { $name } n’en a qu’une. Voyez /reference list.
   *[other] Il n’y a pas de photo { $number } ; { $name } en a { $count }. Voyez /reference list.
}

capability-needs-photo = { $count ->
    [1] { $model } travaille à partir d’une photo, il m’en faut donc une : joignez-la et renvoyez votre texte, ou nommez un persona avec --persona.
   *[other] { $model } travaille à partir de { $count } photos : joignez-les et renvoyez votre texte, ou nommez un persona qui les a.
}
capability-references = { $most ->
    [0] { $model } n’accepte pas de photo de référence, et il y en a { $count } ici. Renvoyez votre texte seul.
    [one] { $model } accepte une seule photo de référence, et il y en a { $count } ici. Envoyez-en moins.
   *[other] { $model } accepte { $most } photos de référence au plus, et il y en a { $count } ici. Envoyez-en moins.
}
capability-aspect = { $model } ne sait pas faire d’images en { $aspect }. Proportions possibles : { $choices }.
capability-size = { $model } ne sait pas faire d’images en { $size }. Tailles possibles : { $choices }.
capability-lora = { $model } ne connaît pas de LoRA « { $lora } ». L’opérateur propose : { $choices }.
capability-seed = { $model } n’utilise pas de graine. Retirez --seed.
capability-parameter = { $model } n’a pas de paramètre « { $parameter } ». Paramètres possibles : { $choices }.

limit-requests-minute = Vous avez atteint la limite de { $limit ->
    [one] { $limit } demande
   *[other] { $limit } demandes
} par minute. Attendez un moment, puis renvoyez la vôtre.
limit-images-waiting = Vous avez autant d’images en attente que possible ({ $limit }). Attendez que quelques-unes soient prêtes, ou arrêtez-en avec /cancel.
limit-images-day-user = Votre limite d’images par jour est de { $limit }. Vous en avez utilisé { $used }, et il vous en reste { $left } jusqu’au { $until }.
limit-images-day-workspace = Ici, la limite d’images par jour est de { $limit } pour tout le monde ensemble. Utilisées : { $used }. Restantes jusqu’au { $until } : { $left }.
limit-month-user = Votre limite est de { $limit } par mois. Vous avez utilisé { $used } ; un nouveau mois commence le { $until }.
limit-month-workspace = Ici, la limite est de { $limit } par mois pour tout le monde ensemble. Utilisé : { $used } ; un nouveau mois commence le { $until }.
limit-bot-month = La limite du bot, { $limit } par mois, est atteinte ; un nouveau mois commence le { $until }. Les modèles gratuits restent disponibles.

button-unknown = Ce bouton ne fonctionne plus.
button-over = Cette question a déjà sa réponse, ou elle est trop ancienne. Renvoyez votre demande.
image-gone = Cette image n’est plus là.
cancel-not-yours = Seule la personne qui l’a demandé peut l’arrêter.
trash-not-yours = Seuls son propriétaire et les modérateurs peuvent mettre cette image à la corbeille ou l’en sortir.
vote-not-eligible = Vous ne participez pas au vote sur cette image.
vote-closed = Le vote est terminé.

## Why a picture could not be made

problem-refused-prompt = { $told ->
    [yes] Le modèle a refusé le texte : { $why }. Reformulez et réessayez.
   *[no] Le modèle a refusé le texte sans dire pourquoi. Reformulez et réessayez.
}
problem-refused-photo = { $told ->
    [yes] Le modèle a refusé { $photo ->
        [0] une photo
       *[other] la photo { $photo }
    } : { $why }. Utilisez une autre photo.
   *[no] Le modèle a refusé { $photo ->
        [0] une photo
       *[other] la photo { $photo }
    } sans dire pourquoi. Utilisez une autre photo.
}
problem-refused-result = { $told ->
    [yes] Le modèle a bloqué sa propre image : { $why }. Reformulez et réessayez.
   *[no] Le modèle a bloqué sa propre image sans dire pourquoi. Reformulez et réessayez.
}
problem-no_image = Le modèle a répondu sans image. Réessayez.
problem-model_asks = Le modèle a répondu par des mots : « { $words } » Répondez-lui, et je redemande la même chose avec votre réponse.
problem-unusable = Une image a été créée, mais sous une forme que je ne sais pas lire. L’opérateur est prévenu ; la redemander de la même façon n’y changerait rien.
problem-input-needs_reference = Le modèle a besoin d’une photo. Joignez-en une et renvoyez votre demande.
problem-input-photo = Le modèle n’a pas pu utiliser une photo. Envoyez-en une autre.
problem-input-prompt = Le modèle n’a pas pu utiliser le texte. Reformulez-le.
problem-input-input = Le modèle n’a pas pu utiliser cette demande, sans dire pourquoi. Changez-la un peu et réessayez.
problem-input-parameter = Le modèle n’accepte pas l’un des réglages. Retirez-le et réessayez.
problem-rate_limited = Le modèle est très demandé. Réessayez dans une minute.
problem-out_of_credit = Le compte de l’opérateur chez le fournisseur est vide. Prévenez l’opérateur, ou choisissez un autre modèle.
problem-misconfigured = La clé de l’opérateur pour ce modèle ne fonctionne pas. Prévenez l’opérateur, ou choisissez un autre modèle.
problem-broken = La machine de l’opérateur ne peut pas dessiner avec ce modèle en ce moment. L’opérateur est prévenu ; choisissez un autre modèle en attendant.
problem-gone = Ce modèle n’existe plus. Choisissez-en un autre.
problem-unavailable = Le modèle est injoignable. Réessayez dans un moment.
problem-unknown_outcome = La connexion s’est coupée pendant que le modèle dessinait : personne ne sait si une image a été créée. Réessayez si vous le souhaitez.
problem-internal = Un problème est survenu de mon côté. Réessayez ; si cela se reproduit, prévenez l’opérateur.

capability-edit = { $model } ne sait pas modifier une image. Choisissez un autre modèle avec --model.
capability-blend = { $model } restyle une seule photo et ne peut pas en fondre plusieurs. Choisissez un autre modèle avec --model.
blend-photos = /blend demande au moins deux photos. Joignez-les et renvoyez la commande.
reply-number-unknown = { $count ->
    [one] Il n’y a pas d’image { $number } ici, seulement l’image 1.
   *[other] Il n’y a pas d’image { $number } ici ; il y en a { $count }.
}
reply-words-missing = Que dois-je changer à l’image { $number } ? Écrivez par exemple « { $number }: lumière plus chaude ».
retry-not-yours = Seule la personne qui l’a demandé peut réessayer.

curate-nothing = Il n’y a plus rien à trier. Créez des images avec /imagine, ou revoyez-les avec /gallery browse.
curate-none-kept = Vous n’en avez gardé aucune, il n’y a donc rien à télécharger.

conduct-sexual = Je ne crée pas d’images à caractère sexuel. Décrivez-la autrement. Rien n’a été facturé.
conduct-minors = Je ne crée jamais d’images sexualisées de personnes jeunes. Rien n’a été facturé.
pause-refusals = Plusieurs de vos demandes ont été refusées à la suite. Faites une pause de { $minutes } minutes, puis essayez d’autres mots.

admin-who = « { $given } » ne désigne personne. Écrivez plateforme:id, par exemple discord:1234, ou here.
admin-not-yourself = Vous vous excluriez vous-même. Désignez quelqu’un d’autre.
invite-no-accounts = Il n’y a pas de comptes auxquels inviter. Définissez WEB_TOKEN, et PUBLIC_URL avec l’adresse à ouvrir, puis redémarrez-moi.
guest-looks-and-votes = En tant qu’invité, vous pouvez regarder les images et voter. Pour en faire plus, demandez à la personne qui gère ce bot.
error-dollars = « { $given } » n’est pas un montant. Écrivez un nombre de dollars, par exemple 10.
more-waiting = Vous avez déjà demandé. L’opérateur n’a pas encore répondu.
more-nobody = Je ne sais pas encore où joindre un opérateur. Demandez-lui vous-même.
retry-running = Certaines de ces images sont encore en cours. Attendez qu’elles soient terminées.
admin-requests = La limite de demandes par minute est propre à chaque personne. Désignez une personne plutôt que here.

# ── Pour les opérateurs ──
alarm-misconfigured = 🔑 { $provider } n’accepte plus sa clé ou son adresse. Corrigez le réglage et relancez-moi ; python -m bot check dit s’il est juste. Personne n’a été facturé.
alarm-broken = 🔧 { $provider } ne peut pas dessiner avec { $model }. Il dit : « { $words } » Personne n’a été facturé ; /admin health le montre jusqu’à la prochaine image réussie.
alarm-unusable = 📦 Une image de { $model } a été payée chez { $provider } et n’a pas pu être utilisée : « { $words } » Elle n’a pas été redessinée, et personne d’autre que vous n’a été facturé.
alarm-gone = 🪦 { $provider } ne propose plus { $model }. Retirez-le de la liste des modèles, ou passez à une version plus récente de moi. Personne n’a été facturé.
alarm-out_of_credit = 💳 Le compte chez { $provider } est vide, ou son plafond de dépenses est atteint. Rechargez-le ; d’ici là ses images échouent, et personne n’est facturé.
alarm-low_credit = 💳 Le compte chez { $provider } est presque vide, il n’accepte donc que quelques images par minute. J’ai ralenti ; rechargez-le pour aller plus vite.
