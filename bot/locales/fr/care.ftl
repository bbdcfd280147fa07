# Prendre soin des gens et des lieux : menus, photos en plusieurs messages, ressemblance, signalements, partage, opérateurs.

command-persona-edit = Modifier un persona : son nom, ce qui le distingue, qui il représente
command-persona-share = Laisser tout le monde ici dessiner un de vos personas
command-gallery-stats = Votre galerie en chiffres
command-privacy-likeness = Voir quels personas vous représentent, et retirer votre accord
command-admin-quota = Voir, fixer ou remettre à zéro les jetons à vie d’une personne
command-admin-claim = Devenir l’opérateur avec le code du journal
command-admin-stats = Le mois en chiffres : images, personnes, échecs
option-marks = Signes à garder, comme une cicatrice
option-depicts = Qui il représente : plateforme:id, ou nom ici
option-off = Ne plus le partager
option-tokens = Jetons à vie ; 0 supprime le quota
option-reset = Recommencer à compter
option-code = Le code que je vous ai donné
option-generation = Les images d’une demande : last, ou son id
option-quality = Ce que j’ajoute à vos mots
option-fallback = Un autre modèle quand l’un est en panne
option-for = Pour vous, ou pour tout le monde ici
choice-plain = vos mots seuls
choice-good = un peu plus
choice-off = jamais
choice-same-price = au même prix ou moins
choice-any = à n’importe quel prix
choice-me = à vous
choice-here = cet endroit
choice-operator = opérateur
choice-moderator = modérateur
choice-member = membre
choice-guest = invité

menu-command = { $command }
menu-head = { $command } : que voulez-vous faire ?
menu-line = { $command } – { $about }
button-go-on = Continuer
button-done = ✅ Terminé

collect-question = { $count ->
    [0] Envoyez-moi des photos de { $name }, en autant de messages que vous voulez. Puis appuyez sur Terminé.
    [one] Une photo pour { $name } jusqu’ici. Envoyez-en d’autres, ou appuyez sur Terminé.
   *[other] { $count } photos pour { $name } jusqu’ici. Envoyez-en d’autres, ou appuyez sur Terminé.
}
collect-nothing = Rien à ajouter à { $name } pour l’instant : envoyez d’abord une photo.
collect-cancelled = { $name } reste comme avant ; les photos sont supprimées.
collect-done = { $count ->
    [one] Une photo réunie pour { $name }.
   *[other] { $count } photos réunies pour { $name }.
}

persona-changed = { $name } est modifié.
form-persona-edit = Modifier un persona
share-on = { $owner } partage { $name } ici : tout le monde à cet endroit peut le dessiner avec --persona.
share-off = { $name } n’est de nouveau qu’à vous ici.
share-private = Partagez un persona là où sont les autres : écrivez ceci dans un serveur ou un groupe.

likeness-question = { $name } garde un persona « { $persona } » avec des photos de vous, pour faire des images. Êtes-vous d’accord ?
likeness-explained = Vous pouvez revenir sur votre accord quand vous voulez : les photos sont alors supprimées, et plus rien n’en est fait.
likeness-asked = J’ai demandé en privé à { $name } si « { $persona } » peut le ou la représenter.
likeness-unreachable = J’ai noté que « { $persona } » représente { $name }, mais je ne peux pas lui écrire. Cette personne le trouve avec /privacy likeness.
likeness-agreed = C’est noté : vous êtes d’accord avec « { $persona } ». Vous pouvez changer d’avis ici à tout moment.
likeness-withdrawn = C’est fait : « { $persona } » ne peut plus vous représenter, et ses photos sont supprimées.
likeness-owner-told = La personne que « { $persona } » représente n’est pas d’accord. Ses photos sont supprimées, et ce qui était en cours est arrêté ; cela ne vous a rien coûté.
likeness-none = Aucun persona ne dit vous représenter.
likeness-head = Ces personas disent vous représenter :
likeness-line = « { $persona } », de { $name }
consent-withdrawn = La personne que ce persona représente n’est pas d’accord, je ne peux donc pas le dessiner.
button-agree = 👍 D’accord
button-disagree = ✖ Non
button-withdraw = ✋ Retirer mon accord
button-withdraw-one = ✋ Arrêter { $name }

which-report = Quelle image signalez-vous ?
report-question = Qu’est-ce qui ne va pas avec l’image { $number } ? Je la cache tout de suite et préviens ceux qui s’occupent de cet endroit.
report-reason-me = C’est moi
report-reason-other = Autre chose
report-done = Merci. L’image est cachée, et les modérateurs sont prévenus.
report-told-me = 🚩 { $name } dit : « c’est moi, et je ne suis pas d’accord. » Il s’agit de l’image { $number } de { $owner }. Je l’ai cachée.
report-told-other = 🚩 { $name } a signalé l’image { $number } de { $owner }. Je l’ai cachée.
report-decided-show = Montrée de nouveau.
report-decided-delete = Supprimée pour de bon.
report-decided-stop = L’image est supprimée, et les photos de son persona aussi.
report-open = Cette image a été signalée et reste cachée jusqu’à ce qu’un modérateur décide.
button-report = 🚩 Signaler
button-report-delete = 🗑️ Supprimer pour de bon
button-report-show = ↩ Montrer de nouveau
button-report-stop = ✋ Arrêter le persona

button-curate = 🗂 Une par une
gallery-stats = { $total ->
    [one] { $total } image. Gardées : { $kept }, préférées : { $best }, rejetées : { $rejected }.
   *[other] { $total } images. Gardées : { $kept }, préférées : { $best }, rejetées : { $rejected }.
}
gallery-stats-persona = { $name } : { $count }

settings-quality = Ce que j’ajoute à vos mots : { $quality }
settings-fallback = Un autre modèle quand l’un est en panne : { $fallback }
settings-here = Pour tous ceux qui n’ont rien choisi d’autre ici :
settings-own = Le persona habituel et le montant à partir duquel je demande sont propres à chacun.
form-settings-here = Réglages de cet endroit

fallback-line = { $first } est en panne. { $count ->
    [one] Une image est dessinée par { $model } à la place
   *[other] { $count } images sont dessinées par { $model } à la place
}, à { $price } l’une.

moderator-only = Seul un modérateur de cet endroit ou un opérateur peut faire cela.
operator-only = Seul un opérateur de ce bot peut faire cela.
admin-quota = { $set ->
    [yes] { $who } : { $used } jetons utilisés sur { $limit }.
   *[no] { $who } : { $used } jetons utilisés, sans quota.
}
admin-limits-member = { $who } ici : { $images } images par jour, { $dollars } par mois.
admin-requests-operator = Les demandes par minute valent partout, seul un opérateur les fixe donc.
quota-person = Un quota de jetons est celui d’une personne. Nommez-la : plateforme:id.
claim-private = Ce code est secret. Envoyez-le-moi dans une conversation privée.
claim-wrong = Ce n’est pas le code, ou il a déjà servi. Le journal en montre un nouveau après un redémarrage.
claim-done = Bienvenue, { $name }. Ce bot est maintenant le vôtre. Voyez /help pour les commandes d’administration.
stats-pictures = Ce mois-ci : { $made } images faites, { $failed } n’ont rien donné.
stats-person = { $name } : { $pictures } images, { $spent }
stats-unknown = Issue inconnue : { $model } chez { $provider } ({ $id })

limit-tokens = Vos jetons à vie sont épuisés. Demandez-en d’autres à un opérateur.
limit-member-day = Les modérateurs d’ici vous laissent faire { $limit } images par jour, et vous en avez fait { $used }. Cela recommence { $until }.
limit-member-month = Les modérateurs d’ici vous laissent dépenser { $limit } par mois, et vous avez dépensé { $used }. Cela recommence { $until }.
tokens-nearly-spent = Vous avez utilisé { $used } de vos { $limit } jetons à vie. Ils ne reviennent pas d’eux-mêmes ; un opérateur peut vous en donner d’autres.
quota-pictures = { $count ->
    [one] Reste aujourd’hui : environ { $count } image avec { $model }
   *[other] Reste aujourd’hui : environ { $count } images avec { $model }
}
quota-tokens = { $set ->
    [yes] Jetons : { $used } sur { $limit } à vie
   *[no] Jetons : { $used } jusqu’ici
}

# ── Mots et traits ──
command-prompt-enhance = Ajouter à vos mots ce qui aide une image
command-prompt-classify = Voir quel genre d’image vos mots demandent
command-prompt-templates = Lister les modèles de texte et vos textes enregistrés
command-prompt-save = Enregistrer des mots pour les réutiliser
command-prompt-forget = Supprimer un texte enregistré
command-persona-traits = Choisir à quoi ressemble un persona
option-template = Un modèle de texte, ou un texte enregistré
prompt-enhanced = { $words }
prompt-kind = Une image de ce genre : { $kind } ({ $percent } %)
prompt-kinds = Ce pourrait aussi être : { $kinds }
template-line = { $id } : { $name } – { $about }
prompt-own = À vous – { $name } : { $words }
prompt-many = Vous avez { $most } textes enregistrés. Supprimez-en d’abord un avec /prompt forget.
prompt-saved = Enregistré. Utilisez-le avec --template "{ $name }".
prompt-none = Vous n’avez pas de texte nommé « { $name } ».
prompt-forgotten = « { $name } » est supprimé.
templates-head = Modèles de texte, pour /imagine --template :
templates-kind = { $kind } : { $names }
template-unknown = Il n’y a pas de modèle « { $name } ». Peut-être l’un de : { $choices }
traits-head = À quoi ressemble { $name } ? Choisissez une catégorie.
traits-category = { $most ->
    [one] { $category } : choisissez-en un
   *[other] { $category } : choisissez-en jusqu’à { $most }
}
traits-none = Rien de choisi pour l’instant.
traits-chosen = Choisi : { $traits }
traits-many = { $most ->
    [one] { $category } : un seul possible. Retirez d’abord l’autre.
   *[other] { $category } : { $most } au plus vont ensemble. Retirez-en d’abord un.
}
trait-name = { $name }
button-back = ↩ Toutes les catégories

option-by = De qui, par le nom utilisé ici
command-gallery-web = Voir vos images en grand, dans le chat web
gallery-web = Le chat web montre vos images en grand : { $address }
gallery-web-none = Le chat web n’est pas accessible d’ailleurs : son opérateur règle PUBLIC_URL pour cela.
gallery-web-link = Ce lien vous connecte au chat web, où vos images s’affichent en grand. Il ne sert qu’une fois, gardez-le pour vous.
gallery-web-life = Il expire dans { $minutes } minutes.
gallery-web-ask = Pour vous y connecter, demandez une invitation à la personne qui gère ce bot.
invite-head = Voici l’invitation, avec le rôle « { $role } ». Le lien ne sert qu’une fois : envoyez-le à une seule personne, en privé.
invite-link = { $link }
invite-life = Elle expire dans { $hours } heures.
person-unknown = « { $given } » ne désigne personne que j’aie rencontré ici. Écrivez plateforme:id, comme discord:1234, ou le nom utilisé ici.

button-share = 📣 Montrer à tous
share-done = Tout le monde ici le voit maintenant.
share-not-yours = Seule la personne qui a fait ces images peut les montrer.
photos-none = Aucune de ces photos n’est utilisable. { $reason }
result-reported = 🚩 Signalée, et cachée jusqu’à ce qu’un modérateur décide.
progress-percent = { $percent } % fait
option-priority = Ses images passent-elles d’abord ?
priority-person = Seule une personne peut passer d’abord. Nommez-la : plateforme:id.
