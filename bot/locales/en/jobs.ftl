# What a waiting request is told of its time.

progress-left-seconds = Done in about { $seconds } seconds.
progress-left-minutes = { $minutes ->
    [one] Done in about a minute.
   *[other] Done in about { $minutes } minutes.
}
