# What the bot says in ordinary talk.

mark-local-preview = aperçu local

cost = { $amount }
cost-free = gratuit

greet-hello = Bonjour { $name } ! Je crée des images d’une même personne, d’un même personnage ou d’un même produit, encore et encore.
greet-hello-own = Bonjour ! Je crée des images d’une même personne, d’un même personnage ou d’un même produit, encore et encore.
greet-photo = Déposez une photo ici pour commencer.
greet-example = Par exemple, avec votre photo jointe : /imagine portrait à l’huile près d’une fenêtre ({ $model }, { $cost })
greet-local = Aucun modèle payant n’est configuré : je transforme donc votre photo sur cette machine, en aperçu local (huile, aquarelle, graphite, bande dessinée, cinéma ou affiche). Cela ne coûte rien, et rien ne quitte cette machine.
greet-help = Tout le reste : /help

offer-question = { $count ->
    [one] Une photo ! Qu’en faisons-nous ? Si elle ne sert pas, je la supprime au bout d’une heure.
   *[other] { $count } photos ! Qu’en faisons-nous ? Si elles ne servent pas, je les supprime au bout d’une heure.
}
offer-which-persona = À quel persona ?
offer-no-personas = Vous n’avez pas encore de persona. Appuyez sur « Nouveau persona », ou utilisez /persona create.
offer-forgotten = { $count ->
    [one] C’est supprimé. Je n’ai rien gardé de la photo.
   *[other] C’est supprimé. Je n’ai rien gardé des { $count } photos.
}
looks-prompt = Six styles pour votre photo
form-make = Créer une image
form-persona = Nouveau persona

consent-question = Qui est sur la photo ? Je ne le demande qu’une fois, pour que personne ne soit dessiné contre son gré.
consent-question-persona = Qui est-ce ? La réponse reste avec le persona, pour que personne ne soit dessiné contre son gré.
consent-answer-me = C’est moi
consent-answer-adult = Un adulte qui a donné son accord
consent-answer-child = Un enfant dont j’ai la charge
consent-answer-unreal = Personne de réel
consent-recorded = C’est noté : « { $answer } ».
consent-not-yours = Cette photo est à quelqu’un d’autre. Demandez à cette personne de me l’envoyer elle-même.
consent-child-private = La photo d’un enfant ne peut servir que dans une conversation privée avec moi. Envoyez-la-moi en privé.
consent-child-drawn = La photo d’un enfant ne peut devenir qu’un dessin ou une peinture. Avec { $model }, utilisez l’un de ces styles : { $choices }.
consent-child-model = La photo d’un enfant ne peut devenir qu’un dessin ou une peinture, ce que { $model } ne garantit pas. Choisissez un autre modèle avec --model, par exemple local.
consent-persona = Le consentement manque pour ce persona. Recréez-le avec /persona create.
consent-persona-child = Je ne crée pas de persona d’enfant. La photo d’un enfant peut être dessinée une fois, dans une conversation privée, et elle est supprimée au bout d’un jour.

make-this-question = Je crée ceci ? « { $prompt } » ({ $model }, { $cost })
last-photo-question = Il me faut une photo pour travailler. J’utilise votre dernière ?
confirm-question = { $count } × { $each } = { $total } avec { $model }. On continue ?
confirm-yes = Entendu.
confirm-no = Je n’ai touché à rien. Rien n’a été facturé.

progress-prompt = { $prompt }
progress-queued = { $place ->
    [one] Une image passe avant la vôtre.
   *[other] { $place } images passent avant la vôtre.
}
progress-usual = { $seconds ->
    [one] Comptez en général une seconde par image.
   *[other] Comptez en général { $seconds } secondes par image.
}

result-prompt = { $prompt }
result-prompt-persona = { $persona } : { $prompt }
result-cancelled = { $total ->
    [one] L’image a été annulée. Elle n’a pas été facturée.
   *[other] { $count ->
        [one] Une image sur { $total } a été annulée. Elle n’a pas été facturée.
       *[other] { $count } images sur { $total } ont été annulées. Elles n’ont pas été facturées.
    }
}
result-cancelled-open = { $total ->
    [one] L’image a été arrêtée. Le modèle avait commencé : au plus { $most } seront facturés, et ce qu’il termine encore est à vous.
   *[other] { $count ->
        [one] Une image sur { $total } a été arrêtée. Le modèle avait commencé : au plus { $most } seront facturés, et ce qu’il termine encore est à vous.
       *[other] { $count } images sur { $total } ont été arrêtées. Le modèle avait commencé : au plus { $most } seront facturés, et ce qu’il termine encore est à vous.
    }
}
undelivered = Vos images sont prêtes, mais je n’ai pas pu les publier là où vous les avez demandées. Elles sont dans votre /gallery.
undelivered-operator = 📭 Je n’ai pas pu publier le résultat { $id } sur { $platform }, malgré plusieurs essais. La personne sait qu’il est dans la galerie ; le journal dit ce que { $platform } a répondu.
result-failed = { $total ->
    [one] L’image n’a pas pu être créée, et rien n’a été facturé. { $reason }
   *[other] { $count ->
        [one] Une image sur { $total } n’a pas pu être créée ; elle n’a pas été facturée. { $reason }
       *[other] { $count } images sur { $total } n’ont pas pu être créées ; elles n’ont pas été facturées. { $reason }
    }
}
result-trashed = Dans la corbeille.
detail-model = { $model }
detail-by = pour { $name }
detail-seconds = { $seconds } s
detail-tally = n° { $number } : { $keeps } pour, { $rejects } contre
detail-opinions = n° { $number } : { $keeps } autres pour, { $rejects } contre

picture-alt = { $noted ->
    [yes] Image { $number } ({ $note })
   *[no] Image { $number }
}
reference-alt = Photo de référence { $number } ({ $role })
which-best = Laquelle est la meilleure ?
which-trash = Laquelle dois-je mettre à la corbeille ?

trash-done = L’image { $number } est dans la corbeille.
restore-done = L’image { $number } est de retour.

persona-created = { $count ->
    [0] { $name } est là.
    [one] { $name } est là, avec une photo.
   *[other] { $name } est là, avec { $count } photos.
}
persona-title = { $name }, { $kind }
persona-description = { $description }
persona-consent = Consentement : { $answer }
persona-hint = /imagine portrait à l’huile --persona "{ $name }"
persona-no-photos = { $name } n’a pas encore de photo de référence. Joignez-en à la commande /reference add "{ $name }".
persona-list-empty = Vous n’avez pas encore de persona. Envoyez une photo et appuyez sur « Nouveau persona », ou utilisez /persona create.
persona-list-head = { $count ->
    [one] Votre persona :
   *[other] Vos { $count } personas :
}
persona-line = { $count ->
    [0] { $name }, { $kind }, aucune photo
    [one] { $name }, { $kind }, une photo
   *[other] { $name }, { $kind }, { $count } photos
}
persona-delete-question = { $count ->
    [0] Supprimer { $name } ? Les images déjà créées restent.
    [one] Supprimer { $name } et sa photo ? Les images déjà créées restent. C’est définitif.
   *[other] Supprimer { $name } et ses { $count } photos ? Les images déjà créées restent. C’est définitif.
}
persona-deleted = { $count ->
    [0] J’ai supprimé { $name }.
    [one] J’ai supprimé { $name } et sa photo.
   *[other] J’ai supprimé { $name } et ses { $count } photos.
}

reference-added = { $count ->
    [0] Rien ne change pour { $name } : { $total ->
        [one] une photo
       *[other] { $total } photos
    } en tout.
    [one] { $total ->
        [one] { $name } a sa première photo.
       *[other] { $name } a une nouvelle photo, { $total } en tout.
    }
   *[other] { $name } a { $count } nouvelles photos, { $total } en tout.
}
reference-repeated = { $count ->
    [one] Une photo était presque identique à une autre déjà là, je l’ai donc laissée de côté.
   *[other] { $count } photos étaient presque identiques à d’autres déjà là, je les ai donc laissées de côté.
}
reference-list = { $count ->
    [one] { $name } a une photo de référence.
   *[other] { $name } a { $count } photos de référence.
}
reference-line = { $number } : { $role }
reference-removed = { $count ->
    [0] La photo { $number } est supprimée. { $name } n’en a plus.
    [one] La photo { $number } est supprimée. { $name } en a encore une.
   *[other] La photo { $number } est supprimée. { $name } en a encore { $count }.
}

gallery-head = { $count ->
    [one] Une image
    [1000] 1 000 images ou plus
   *[other] { $count } images
}
gallery-empty = Pas encore d’image ici. Créez-en une avec /imagine, ou cherchez avec moins de filtres.
gallery-no-older = Ce sont les plus anciennes.
gallery-no-newer = Ce sont les plus récentes.

quota-day = Images aujourd’hui : { $used } sur { $limit }, il en reste { $left }. La journée se termine à minuit UTC.
quota-month = Ce mois-ci : { $used } sur { $limit }, il reste { $left }.
quota-reserved = Réservé pour le travail en cours : { $images ->
    [one] { $images } image
   *[other] { $images } images
}, { $amount }.
quota-ever = Depuis le début : { $images ->
    [one] { $images } image
   *[other] { $images } images
}, { $amount }.

queue-head = { $count ->
    [one] Une image attend ou est en cours :
   *[other] { $count } images attendent ou sont en cours :
}
queue-line = « { $prompt } » : { $running } en cours, { $waiting } en attente, { $place } devant
queue-empty = Vous n’avez rien en attente ni en cours.
cancel-nothing = Vous n’avez rien en cours.
cancel-done = Arrêté : « { $prompt } ». Ce qui n’était pas encore envoyé au modèle n’est pas facturé.
cancel-which = Vous avez { $count } demandes en cours. Laquelle dois-je arrêter ?

settings-language = Langue : { $language }
settings-model = Modèle : { $model }
settings-saved = C’est enregistré.
form-settings = Vos réglages

## Buttons

button-keep = ✅ Garder
button-reject = ❌ Rejeter
button-best = ⭐ Meilleure
button-undo = ↩ Annuler
button-trash = 🗑️ Corbeille
button-restore = ↩ Restaurer la { $number }
button-number = { $best ->
    [yes] { $number } ⭐
   *[no] { $number }
}
button-keep-all = ✅ Tout garder
button-reject-rest = ❌ Rejeter le reste
button-undo-all = ↩ Tout annuler
button-previous = ◀
button-next = { $page } / { $pages } ▶
button-newer = ◀ Plus récentes
button-older = Plus anciennes ▶
button-cancel = ✖ Arrêter
button-cancel-one = ✖ { $prompt }
button-confirm = ✅ Continuer
button-no = ✖ Non
button-make = 🎨 Créer
button-use-photo = 🎨 Utiliser cette photo
button-offer-make = 🎨 Créer
button-offer-persona = 👤 Nouveau persona
button-offer-add = ➕ Ajouter à…
button-offer-forget = ✖ Oublier
button-persona = 👤 { $name }
button-create = 👤 Créer
button-change = ✏️ Modifier
button-save = ✅ Enregistrer
button-delete = 🗑️ Supprimer

form-edit = Modifier l’image { $number }
form-reword = Reformuler
form-answer = Répondre au modèle
answer-field = Votre réponse
edit-words = Que doit montrer l’image maintenant ?
edit-question = Modifier l’image ? « { $prompt } » ({ $cost })
blend-prompt = Fondre ces photos en une seule image
which-vary = Laquelle dois-je varier ?
which-edit = Laquelle dois-je modifier ?
which-send = Laquelle dois-je vous envoyer ?
which-original = Laquelle voulez-vous en fichier ?
original-line = L’image { $number } en fichier.

recipe-prompt = Texte : { $prompt }
recipe-model = Modèle : { $name } ({ $id })
recipe-size = Taille : { $width } × { $height } ({ $aspect })
recipe-cost = { $seconds ->
    [one] Coût : { $cost }, en une seconde
   *[other] Coût : { $cost }, en { $seconds } secondes
}
recipe-seed = Graine : { $seed }
recipe-persona = Persona : { $name }
recipe-photos = { $count ->
    [one] Photos de référence : une
   *[other] Photos de référence : { $count }
}
recipe-lineage = { $steps ->
    [one] Tirée d’une image précédente
   *[other] Tirée de { $steps } images successives
}
recipe-command = Pour la refaire : { $command }

button-again = 🔁 Encore ({ $price })
button-vary = 🎨 Varier ({ $price })
button-edit = ✏️ Modifier
button-edit-price = ✏️ Modifier ({ $price })
button-make-price = 🎨 Créer ({ $price })
button-recipe = ℹ️ Recette
button-original = 📎 Original
button-parent = ↰ Précédente
button-retry = { $count ->
    [one] 🔁 Réessayer ({ $price })
   *[other] 🔁 Réessayer { $count } ({ $price })
}
button-reword = ✏️ Reformuler
button-answer = 💬 Répondre
button-other = 🎨 { $name } ({ $price })

curate-place = { $bar } { $number } sur { $total }
curate-counts = ✅ { $kept } · ❌ { $rejected } · ⭐ { $best }
curate-done = { $count ->
    [one] C’était la seule.
   *[other] C’étaient les { $count } images.
}
curate-archive = { $count ->
    [one] L’image gardée, avec sa recette.
   *[other] Les { $count } images gardées, avec leurs recettes.
}
button-skip = ⏭ Passer
button-zip = 📦 Télécharger les gardées

more-question-images = { $name } a épuisé ses images du jour et en demande davantage.
more-question-dollars = { $name } a épuisé son budget du mois et en demande davantage.
more-asked = J’ai demandé à l’opérateur. Je vous réponds ici.
more-answered = { $name } : { $answer }
more-granted-images = { $amount } images de plus pour aujourd’hui.
more-granted-dollars = { $amount } dollars de plus pour ce mois.
more-denied = L’opérateur a refusé cette fois.
button-more = 🙋 Demander plus
button-grant-images = ✅ Accorder { $amount }
button-grant-dollars = ✅ Accorder { $amount } $
button-deny = ✖ Refuser

admin-allowed = { $who } peut m’utiliser.
admin-blocked = { $who } ne peut plus m’utiliser.
admin-limits = { $who } : { $images } images par jour, { $dollars } par mois, { $requests } demandes par minute.
admin-model = { $name } ({ $id }) : { $price } par image, au { $day }
admin-works = ✅ { $part }
admin-broken = ❌ { $part } : { $reason }
admin-model-broken = ✖ { $provider } · { $model } : « { $reason } »
admin-spent = Ce mois-ci, les personnes ont dépensé { $spent } sur { $limit } ; les appels échoués vous ont coûté { $operator-cost }.

settings-confirm = Je demande avant de dépenser plus de { $amount } d’un coup.
settings-persona = Persona quand vous n’en nommez aucun : { $name }
settings-no-persona = aucun

# ── La photo de quelqu’un d’autre ──
lend-question = { $owner }, { $name } aimerait faire des images avec { $count ->
    [one] votre photo
   *[other] vos { $count } photos
}. Êtes-vous d’accord ?
lend-agreed = { $owner } est d’accord. { $name }, que dois-je en faire ?
lend-declined = { $owner } préfère que non, { $name }. Je n’en ai rien gardé.
lend-not-yours = Seule la personne à qui est la photo peut répondre.
borrow-no-photo = Il n’y a pas de photo dans ce message. Choisissez-en un avec une image jointe.
button-lend = 👍 Oui, d’accord
button-keep-back = ✖ Non

# ── Arriver quelque part ──
joined-question = { $name } m’a fait venir dans « { $title } ». Les gens y ont-ils le droit de m’utiliser ?
joined-asked = Bonjour ! Je fais des images de la même personne, du même personnage ou du même produit, encore et encore. Mon opérateur doit d’abord ouvrir cet endroit ; je viens de lui demander.
joined-nobody = Bonjour ! Je fais des images de la même personne, du même personnage ou du même produit, encore et encore. Mon opérateur doit d’abord ouvrir cet endroit : demandez-lui /admin allow here.
joined-allowed = C’est ouvert. Les gens là-bas peuvent m’utiliser.
joined-blocked = C’est fermé. Je n’y répondrai pas.
button-allow = ✅ Autoriser
button-block = ⛔ Bloquer

which-recipe = La recette de quelle image ?
recipe-none = Il n’y a pas d’image de moi dans ce message.
