# Votes of a team.

command-vote-settings = Voir ou choisir qui décide des images ici
command-vote-start = Ouvrir un vote sur les dernières images d’ici
command-vote-close = Clore le vote et annoncer le résultat

option-mode = Qui décide
option-quorum = Votes qu’il faut pour une image d’équipe
option-author = Qui a demandé les images vote-t-il aussi ?
option-hours = Durée d’un vote en heures ; 0 : sans fin

choice-solo = la personne qui a demandé les images
choice-team = tout le monde ici, par vote

vote-settings-mode = Qui décide : { $mode }
vote-settings-quorum = En équipe, { $count ->
    [one] il faut un vote par image.
   *[other] il faut { $count } votes par image.
}
vote-settings-author = { $votes ->
    [no] La personne qui a demandé les images ne vote pas.
   *[yes] La personne qui a demandé les images vote aussi.
}
vote-settings-hours = { $count ->
    [0] Un vote reste ouvert jusqu’à ce que quelqu’un le close.
    [one] Un vote se ferme tout seul au bout d’une heure.
   *[other] Un vote se ferme tout seul au bout de { $count } heures.
}
vote-settings-not-yours = Seuls les modérateurs et l’opérateur choisissent ici comment on vote.
vote-short = { $least ->
    [one] Il faut un vote
   *[other] Il faut { $least } votes
}, mais { $count ->
    [0] je n’ai encore rencontré ici personne qui puisse voter.
    [one] je n’ai encore rencontré ici qu’une personne qui puisse voter.
   *[other] je n’ai encore rencontré ici que { $count } personnes qui puissent voter.
} D’autres peuvent encore arriver.

vote-opened = Le vote est ouvert : « { $prompt } »
vote-open = { $count ->
    [one] 🗳 Vote : il faut un vote par image.
   *[other] 🗳 Vote : il faut { $count } votes par image.
}
vote-open-until = { $count ->
    [one] 🗳 Vote jusqu’au { $until } : il faut un vote par image.
   *[other] 🗳 Vote jusqu’au { $until } : il faut { $count } votes par image.
}
vote-shut = 🗳 Vote clos
vote-over = Vote clos : « { $prompt } »
vote-kept = { $count ->
    [one] Gardée : l’image { $numbers }
   *[other] Gardées : les images { $numbers }
}
vote-none-kept = Aucune image n’a été gardée.
vote-best = { $count ->
    [one] Meilleure : l’image { $numbers } ⭐
   *[other] Meilleures : les images { $numbers } ⭐
}
vote-undecided = { $count ->
    [one] Sans décision : l’image { $numbers }
   *[other] Sans décision : les images { $numbers }
}

vote-nothing = Il n’y a pas encore d’images à départager ici. Créez-en avec /imagine.
vote-alone = Personne d’autre ne voit ces images. On vote sur des images qu’un groupe peut voir.
vote-open-already = Le vote sur ces images est déjà ouvert.
vote-none-open = Aucun vote n’est ouvert ici. Ouvrez-en un avec /vote start.
vote-not-yours = Seuls la personne qui a demandé ces images et les modérateurs peuvent faire cela.

button-vote = 🗳 Lancer un vote
button-end-vote = 🗳 Clore le vote
vote-settings-who = { $count ->
    [0] Tout le monde ici peut voter.
    [one] Une seule personne peut voter.
   *[other] { $count } personnes peuvent voter.
}
