# Les mots propres au chat du terminal.

console-hint-photos = @photo.jpg joint une photo ; vous pouvez aussi en déposer une ici.
console-hint-buttons = #2 presse le bouton 2 du dernier message, #5.2 celui du message 5. ✅ réagit aux dernières images, -✅ retire la réaction.
console-hint-replies = > lumière plus chaude répond aux dernières images, >5 lumière plus chaude au message 5. Tab complète, Ctrl-D quitte.
console-idle = @photo joint · #1 presse · ✅ ❌ ⭐ réagissent · > répond · Ctrl-D quitte
console-no-file = Le fichier { $path } n’existe pas. Vérifiez son nom, et mettez entre guillemets un nom qui contient des espaces.
console-no-button = Il n’y a pas de bouton { $number } à cet endroit. Tapez # suivi d’un des numéros affichés sous un message.
console-no-pictures = Il n’y a pas encore d’images de ce genre auxquelles répondre ou réagir.
console-not-saved = Je n’ai pas pu enregistrer l’image dans { $folder } : { $reason }. Faites de la place ou choisissez un autre dossier avec --out ; elle reste dans /gallery browse.
console-form = Remplissez chaque ligne ; Ctrl-C quitte le formulaire.
console-form-left = Formulaire quitté. Rien n’a été modifié.
console-optional = (facultatif)
console-field-empty = « { $field } » ne peut pas rester vide.
console-field-choice = Choisissez parmi : { $choices }.
console-field-long = { $length } caractères, c’est trop ; le maximum est de { $most }.
console-leaving = { $count ->
    [one] Ce qui est en cours continuera au prochain démarrage.
   *[other] { $count } demandes sont en cours ; elles continueront au prochain démarrage.
}
