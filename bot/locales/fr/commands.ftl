# Names of commands and options are not translated; what they mean is.

command-start = Dire bonjour et montrer un exemple
command-imagine = Créer des images avec vos mots et vos photos
command-persona-create = Créer un persona, un personnage qui reste le même
command-persona-show = Afficher un persona et ses photos
command-persona-list = Lister vos personas
command-persona-delete = Supprimer un persona et ses photos
command-reference-add = Ajouter des photos de référence à un persona
command-reference-list = Afficher les photos de référence d’un persona
command-reference-remove = Retirer une photo de référence d’un persona
command-gallery-browse = Parcourir vos images terminées
command-quota = Voir ce que vous avez utilisé et ce qu’il vous reste
command-queue = Voir ce qui attend et ce qui est en cours
command-cancel = Arrêter ce qui attend ou ce qui est en cours
command-settings = Choisir votre langue et votre modèle
command-help = Lister les commandes, ou en expliquer une

option-prompt = Que doit montrer l’image ?
option-persona = Persona à utiliser
option-images = Vos photos de référence
option-aspect = Proportions de l’image
option-count = Nombre d’images
option-model = Modèle à utiliser
option-size = Taille de l’image
option-seed = Un nombre qui rend le résultat reproductible
option-references = Utiliser les photos du persona
option-private = Visible par vous uniquement
option-params = Autres réglages du modèle : clé=valeur
option-name = Son nom
option-kind = Ce que c’est
option-description = Une description que chaque image respecte
option-role = Ce que montre la photo
option-number = Son numéro dans la liste
option-verdict = Comment l’image a été jugée
option-text = Des mots du prompt
option-since = À partir de ce jour (AAAA-MM-JJ)
option-language = Langue
option-command = Commande à expliquer

choice-real = adulte réel
choice-fictional = adulte fictif
choice-illustrated = personnage illustré
choice-product = produit
choice-face = visage
choice-body = corps
choice-outfit = tenue
choice-style = style
choice-pose = pose
choice-scene = décor
choice-object = objet
choice-undecided = à juger
choice-kept = gardée
choice-rejected = rejetée
choice-best = meilleure
choice-en = anglais
choice-fr = français
choice-auto = comme la photo
choice-1x1 = 1:1 carré
choice-2x3 = 2:3 portrait
choice-3x2 = 3:2 paysage
choice-3x4 = 3:4 portrait
choice-4x3 = 4:3 paysage
choice-4x5 = 4:5 portrait
choice-5x4 = 5:4 paysage
choice-9x16 = 9:16 haut
choice-16x9 = 16:9 large
choice-21x9 = 21:9 panorama
choice-1k = 1K
choice-2k = 2K
choice-4k = 4K
model-choice = { $name }

help-head = Voici ce que je comprends :
help-line = { $command } : { $about }
help-option = --{ $option } : { $about }
help-option-choices = --{ $option } : { $about } ({ $choices })
help-reactions = Sur une image : ✅ ou 👍 pour la garder, ❌ ou 👎 pour la rejeter, ⭐ ou ❤ pour dire que c’est la meilleure. Retirer une réaction l’annule. Pendant que les images se font, votre ❌ arrête tout.
help-more = Pour tout savoir d’une commande : /help imagine

command-edit = Modifier une photo selon vos mots
command-blend = Faire une seule image de plusieurs photos
command-curate = Trier les images une par une

command-admin-allow = Autoriser une personne ou ce lieu
command-admin-block = Exclure une personne ou ce lieu
command-admin-invite = Inviter quelqu’un dans le chat web
command-admin-limits = Voir ou changer les limites
command-admin-models = Lister les modèles et leurs prix
command-admin-health = Vérifier que tout fonctionne
option-who = Qui : plateforme:id, un nom, here ou everyone
option-as = Ce que cette personne pourra faire
option-dollars = Dollars par mois
option-requests = Demandes par minute

option-confirm = Me demander au-delà de (dollars)
