# What only people on Discord read.

## Commands and menus

discord-group = Commandes de /{ $name }
discord-command = /{ $name }
# Les noms des options ; les commandes portent le même nom dans toutes les langues.
discord-option = { $name ->
    [template] gabarit
    [quality] qualité
    [aspect] format
    [count] nombre
    [model] modèle
    [size] taille
    [seed] graine
    [references] références
    [private] privé
    [params] paramètres
    [name] nom
    [kind] genre
    [marks] signes
    [depicts] représente
    [off] fin
    [role] rôle
    [number] numéro
    [text] texte
    [since] depuis
    [by] par
    [generation] demande
    [author] auteur
    [hours] heures
    [who] qui
    [language] langue
    [fallback] relève
    [confirm] confirmer
    [for] pour
    [requests] demandes
    [priority] priorité
    [tokens] jetons
    [reset] remise
    [command] commande
   *[other] { $name }
}
discord-menu-use = Utiliser comme référence
discord-menu-add = Ajouter au personnage
discord-menu-recipe = Recette
discord-borrow-bot = Ce message vient d’un autre bot. Personne ne pourrait dire si ses images peuvent servir : envoyez-moi les vôtres.

## Messages

discord-progress = { $done } sur { $total } terminées
discord-pictures-heavy = Montré en plus petit : les images entières sont trop lourdes pour ce salon. Touchez 📎 pour un original.
discord-file-heavy = L’original est trop lourd pour Discord ici : voici une petite image à la place. Le chat web a l’original.
discord-file-gone = Le fichier n’existe plus.
discord-waits = { $name }, votre résultat est prêt. Je n’ai pas pu vous l’envoyer : il attend dans /gallery browse.
discord-closed = { $name }, j’ai quelque chose à vous dire à vous seul, mais vos messages privés me sont fermés. Ouvrez-les pour ce serveur, ou utilisez une commande ici.
discord-lacking = Je ne peux pas publier votre résultat dans { $channel }. Quelqu’un qui gère le serveur doit m’y permettre : { $names }.
discord-lacking-reactions = Je ne peux pas mettre ✅ ❌ ⭐ sous vos résultats dans { $channel } ; les boutons font la même chose. Quelqu’un qui gère le serveur peut m’y permettre : { $names }.
discord-photo-gone = { $name } n’est plus sur Discord. Envoyez-la de nouveau.
discord-photo-unread = Discord n’a pas remis { $name }. Envoyez-la de nouveau dans un instant.

## Forms

discord-form-ready = { $title } : il y a un formulaire à remplir.
discord-form-open = Ouvrir le formulaire
discord-form-more = { $title } : merci, il reste un peu à remplir.
discord-form-go-on = Continuer
discord-form-over = Ce formulaire n’est plus valable. Recommencez, s’il vous plaît.

## Permissions, as Discord's own settings call them

discord-may-view = Voir les salons
discord-may-send = Envoyer des messages
discord-may-send-threads = Envoyer des messages dans les fils
discord-may-attach = Joindre des fichiers
discord-may-react = Ajouter des réactions
discord-may-history = Voir les anciens messages
