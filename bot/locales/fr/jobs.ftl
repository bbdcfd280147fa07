# Ce qu’on dit de son temps à une demande qui attend.

progress-left-seconds = Prête dans environ { $seconds } secondes.
progress-left-minutes = { $minutes ->
    [one] Prête dans environ une minute.
   *[other] Prête dans environ { $minutes } minutes.
}
