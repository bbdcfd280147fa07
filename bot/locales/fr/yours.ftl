# Ce qui est à vous : une même personne sur plusieurs plateformes, et tout ce qui est gardé à votre sujet.

command-link = Partager personas, galerie et limites avec vous-même sur une autre plateforme
command-privacy-export = Télécharger tout ce que je garde à votre sujet
command-privacy-delete = Supprimer tout ce que je garde à votre sujet

link-head = Pour partager vos personas, votre galerie et vos limites, écrivez-moi ceci en privé sur l’autre plateforme :
link-command = /link { $code }
link-life = Le code sert une seule fois, pendant { $minutes } minutes. Je vous poserai la question des deux côtés. Ne le montrez à personne.
link-question = Vous réunir avec { $name } sur { $platform } ? Vous partagerez personas, galerie et limites.
link-warning = Ne dites oui que si c’est bien vous. Ce choix est définitif.
link-wait = Dites aussi oui sur { $platform } : je vous y ai posé la question.
link-done = C’est fait : vous êtes la même personne que { $name } sur { $platform }. Personas, galerie et limites sont désormais les mêmes des deux côtés.
link-declined = Rien n’a été réuni. Le code ne sert plus.
link-declined-there = { $name } sur { $platform } a dit non, rien n’a donc été réuni. Le code ne sert plus.
link-private = Un code est secret. Demandez-m’en un dans une conversation privée.
link-unknown = Je n’ai donné ce code à personne. Recopiez-le, ou créez-en un autre avec /link sur l’autre plateforme.
link-expired = Ce code est trop ancien. Créez-en un autre avec /link.
link-used = Ce code a déjà servi, ou un plus récent l’a remplacé. Créez-en un autre avec /link sur l’autre plateforme.
link-own = C’est votre propre code. Écrivez-le-moi sur l’autre plateforme.
link-already = Vous êtes déjà la même personne des deux côtés. Il n’y a rien à réunir.
link-pause = Trop de codes étaient faux. Attendez { $minutes } minutes, puis réessayez.
link-unreachable = Je n’arrive pas à vous joindre sur { $platform }. Écrivez-moi là-bas, puis redites oui ici.
button-link = 🔗 Réunir

privacy-export = Tout ce que je garde à votre sujet : les données en JSON, les images et les photos. Vous pouvez le télécharger pendant un jour.
privacy-export-part = Partie { $number } sur { $total }
privacy-delete-question = Supprimer tout ce que je garde à votre sujet ? Ce choix est définitif.
privacy-personas = Personas : { $count }
privacy-photos = Photos que vous avez envoyées : { $count }
privacy-pictures = Images : { $count } (demandes : { $requests })
privacy-votes = Votes : { $count }
privacy-waiting = Encore en cours, à arrêter : { $count }
privacy-delete-kept = Ce que les images ont coûté reste dans les comptes, sans votre nom, et les limites atteintes le restent.
privacy-delete-hint = Pour tout récupérer d’abord : /privacy export
privacy-deleted = Tout ce que je gardais à votre sujet est supprimé.
privacy-stopped = Arrêtées en cours de route : { $count }
privacy-messages = Messages que je retire là où la plateforme le permet : { $count }
button-erase = 🗑️ Tout supprimer
