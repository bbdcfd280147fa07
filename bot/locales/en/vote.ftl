# Votes of a team.

command-vote-settings = See or choose who decides about pictures here
command-vote-start = Open a vote on the newest pictures here
command-vote-close = Close the vote and tell what came of it

option-mode = Who decides
option-quorum = How many votes a picture of a team needs
option-author = Whether the requester votes too
option-hours = Hours a vote stays open; 0: no end

choice-solo = whoever asked for the pictures
choice-team = everybody here, by their votes

vote-settings-mode = Who decides: { $mode }
vote-settings-quorum = In a team, { $count ->
    [one] a picture needs one vote.
   *[other] a picture needs { $count } votes.
}
vote-settings-author = { $votes ->
    [no] Whoever asked for the pictures has no vote.
   *[yes] Whoever asked for the pictures votes too.
}
vote-settings-hours = { $count ->
    [0] A vote stays open until somebody closes it.
    [one] A vote closes by itself after an hour.
   *[other] A vote closes by itself after { $count } hours.
}
vote-settings-not-yours = Only moderators and the operator choose how votes decide here.
vote-short = { $least ->
    [one] One vote is needed
   *[other] { $least } votes are needed
}, but { $count ->
    [0] so far I have met nobody here who may vote.
    [one] so far I have met only one person here who may vote.
   *[other] so far I have met only { $count } people here who may vote.
} More may still come.

vote-opened = The vote is open: “{ $prompt }”
vote-open = { $count ->
    [one] 🗳 Vote: a picture needs one vote.
   *[other] 🗳 Vote: a picture needs { $count } votes.
}
vote-open-until = { $count ->
    [one] 🗳 Vote until { $until }: a picture needs one vote.
   *[other] 🗳 Vote until { $until }: a picture needs { $count } votes.
}
vote-shut = 🗳 Vote closed
vote-over = Vote closed: “{ $prompt }”
vote-kept = { $count ->
    [one] Kept: picture { $numbers }
   *[other] Kept: pictures { $numbers }
}
vote-none-kept = No picture was kept.
vote-best = { $count ->
    [one] Best: picture { $numbers } ⭐
   *[other] Best: pictures { $numbers } ⭐
}
vote-undecided = { $count ->
    [one] Undecided: picture { $numbers }
   *[other] Undecided: pictures { $numbers }
}

vote-nothing = There are no pictures here to vote on yet. Make some with /imagine.
vote-alone = Nobody else sees these pictures. Votes are for pictures that a group sees.
vote-open-already = The vote on these pictures is open already.
vote-none-open = No vote is open here. Open one with /vote start.
vote-not-yours = Only the person who asked for these pictures or a moderator can do this.

button-vote = 🗳 Vote
button-end-vote = 🗳 Close the vote
vote-settings-who = { $count ->
    [0] Everybody here may vote.
    [one] One person may vote.
   *[other] { $count } people may vote.
}
