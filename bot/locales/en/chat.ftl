# What the bot says in ordinary talk.

mark-local-preview = local preview

cost = { $amount }
cost-free = free

greet-hello = Hello { $name }! I make pictures of the same person, character or product, again and again.
greet-hello-own = Hello! I make pictures of the same person, character or product, again and again.
greet-photo = Drop a photo here to begin.
greet-example = For example, with your photo attached: /imagine oil portrait by a window ({ $model }, { $cost })
greet-local = No paid model is set up, so I restyle your photo on this machine as a local preview: oil, watercolour, graphite, comic, cinematic or poster. It costs nothing and nothing leaves this machine.
greet-help = Everything else: /help

offer-question = { $count ->
    [one] A photo! What shall I do with it? Unused, I delete it after an hour.
   *[other] { $count } photos! What shall I do with them? Unused, I delete them after an hour.
}
offer-which-persona = To which persona?
offer-no-personas = You have no persona yet. Press “New persona”, or use /persona create.
offer-forgotten = { $count ->
    [0] The photo was deleted already.
    [one] Deleted. I kept nothing of the photo.
   *[other] Deleted. I kept nothing of the { $count } photos.
}
looks-prompt = Six looks for your photo
form-make = Make a picture
form-persona = New persona

consent-question = Who is on the photo? I ask once, so that nobody is drawn against their will.
consent-question-persona = Who is this? The answer is kept with the persona, so that nobody is drawn against their will.
consent-answer-me = It is me
consent-answer-adult = An adult who agreed
consent-answer-child = A child in my care
consent-answer-unreal = Nobody real
consent-recorded = Noted: { $answer }.
consent-not-yours = This photo is somebody else's. Ask them to send it to me themselves.
consent-child-private = A child's photo can only be used in a private chat with me. Send it to me there.
consent-child-drawn = A child's photo can only become a drawing or painting. With { $model }, use one of these styles: { $choices }.
consent-child-model = A child's photo can only become a drawing or painting, and { $model } does not promise that. Choose another model with --model, such as local.
consent-persona = The consent for this persona is missing. Make it again with /persona create.
consent-persona-child = There are no personas of children. A child's photo can be drawn once, in a private chat, and is deleted after a day.

make-this-question = Make this? “{ $prompt }” ({ $model }, { $cost })
last-photo-question = I need a photo to work from. Use your last one?
confirm-question = { $count } × { $each } = { $total } with { $model }. Go on?
confirm-yes = All right.
confirm-no = Left it alone. Nothing was charged.

progress-prompt = { $prompt }
progress-queued = { $place ->
    [one] One picture is ahead of yours.
   *[other] { $place } pictures are ahead of yours.
}
progress-usual = { $seconds ->
    [one] One usually takes a second.
   *[other] One usually takes { $seconds } seconds.
}

result-prompt = { $prompt }
result-prompt-persona = { $persona }: { $prompt }
result-cancelled = { $total ->
    [one] Cancelled. It was not charged.
   *[other] { $count } of { $total } cancelled, and not charged.
}
result-cancelled-open = { $total ->
    [one] Stopped. The model had begun: at most { $most } is charged, and what it still finishes is yours.
   *[other] { $count } of { $total } stopped. The model had begun: at most { $most } is charged, and what it still finishes is yours.
}
undelivered = Your pictures are ready, but I could not post them where you asked for them. They are in your /gallery.
undelivered-operator = 📭 I could not post the result { $id } on { $platform }, however often I tried. Its person was told that it is in the gallery; the log says what { $platform } answered.
result-failed = { $total ->
    [one] It did not work, and nothing was charged. { $reason }
   *[other] { $count } of { $total } did not work, and were not charged. { $reason }
}
result-trashed = In the trash.
detail-model = { $model }
detail-by = for { $name }
detail-seconds = { $seconds } s
detail-tally = { $number }: { $keeps } for, { $rejects } against
detail-opinions = { $number }: { $keeps } others for, { $rejects } against

picture-alt = { $noted ->
    [yes] Picture { $number } ({ $note })
   *[no] Picture { $number }
}
reference-alt = Reference photo { $number } ({ $role })
which-best = Which one is the best?
which-trash = Which one shall I put away?

trash-done = Picture { $number } is in the trash.
restore-done = Picture { $number } is back.

persona-created = { $count ->
    [0] { $name } is here.
    [one] { $name } is here, with one photo.
   *[other] { $name } is here, with { $count } photos.
}
persona-title = { $name }, { $kind }
persona-description = { $description }
persona-consent = Consent: { $answer }
persona-hint = /imagine oil portrait --persona "{ $name }"
persona-no-photos = { $name } has no reference photos yet. Add some with /reference add "{ $name }" and attach them.
persona-list-empty = You have no personas yet. Send a photo and press “New persona”, or use /persona create.
persona-list-head = { $count ->
    [one] Your persona:
   *[other] Your { $count } personas:
}
persona-line = { $count ->
    [0] { $name }, { $kind }, no photos
    [one] { $name }, { $kind }, one photo
   *[other] { $name }, { $kind }, { $count } photos
}
persona-delete-question = { $count ->
    [0] Delete { $name }? Pictures made of it stay.
    [one] Delete { $name } and its photo? Pictures made of it stay. This cannot be undone.
   *[other] Delete { $name } and its { $count } photos? Pictures made of it stay. This cannot be undone.
}
persona-deleted = { $count ->
    [0] { $name } is deleted.
    [one] { $name } and its photo are deleted.
   *[other] { $name } and its { $count } photos are deleted.
}

reference-added = { $count ->
    [0] { $name } stays as it was.
    [one] { $name } has a new photo, { $total } in all.
   *[other] { $name } has { $count } new photos, { $total } in all.
}
reference-repeated = { $count ->
    [one] One photo was nearly the same as one that is there already, so I left it out.
   *[other] { $count } photos were nearly the same as ones that are there already, so I left them out.
}
reference-list = { $count ->
    [one] { $name } has one reference photo.
   *[other] { $name } has { $count } reference photos.
}
reference-line = { $number }: { $role }
reference-removed = { $count ->
    [one] Photo { $number } is deleted. { $name } has one left.
    [0] Photo { $number } is deleted. { $name } has none left.
   *[other] Photo { $number } is deleted. { $name } has { $count } left.
}

gallery-head = { $count ->
    [one] One picture
    [1000] 1000 pictures or more
   *[other] { $count } pictures
}
gallery-empty = No pictures here yet. Make one with /imagine, or look with fewer filters.
gallery-no-older = These are the oldest.
gallery-no-newer = These are the newest.

quota-day = Today: { $used } of { $limit } pictures, { $left } left. The day ends at midnight UTC.
quota-month = This month: { $used } of { $limit }, { $left } left.
quota-reserved = { $images ->
    [one] Reserved for work that runs: one picture, { $amount }.
   *[other] Reserved for work that runs: { $images } pictures, { $amount }.
}
quota-ever = { $images ->
    [one] All time: one picture, { $amount }.
   *[other] All time: { $images } pictures, { $amount }.
}

queue-head = { $count ->
    [one] One picture waits or runs:
   *[other] { $count } pictures wait or run:
}
queue-line = “{ $prompt }”: { $running } being drawn, { $waiting } waiting, { $place } ahead
queue-empty = Nothing of yours waits or runs.
cancel-nothing = Nothing of yours is running.
cancel-done = Stopped: “{ $prompt }”. What was not sent to the model yet is not charged.
cancel-which = { $count } of your requests are running. Which one shall I stop?

settings-language = Language: { $language }
settings-model = Model: { $model }
settings-saved = Saved.
form-settings = Your settings

## Buttons

button-keep = ✅ Keep
button-reject = ❌ Reject
button-best = ⭐ Best
button-undo = ↩ Undo
button-trash = 🗑️ Trash
button-restore = ↩ Take { $number } back
button-number = { $best ->
    [yes] { $number } ⭐
   *[no] { $number }
}
button-keep-all = ✅ Keep all
button-reject-rest = ❌ Reject the rest
button-undo-all = ↩ Undo all
button-previous = ◀
button-next = { $page } / { $pages } ▶
button-newer = ◀ Newer
button-older = Older ▶
button-cancel = ✖ Cancel
button-cancel-one = ✖ { $prompt }
button-confirm = ✅ Go on
button-no = ✖ No
button-make = 🎨 Make
button-use-photo = 🎨 Use this photo
button-offer-make = 🎨 Make
button-offer-persona = 👤 New persona
button-offer-add = ➕ Add to …
button-offer-forget = ✖ Forget
button-persona = 👤 { $name }
button-create = 👤 Create
button-change = ✏️ Change
button-save = ✅ Save
button-delete = 🗑️ Delete

form-edit = Change picture { $number }
form-reword = Say it differently
form-answer = Answer the model
answer-field = Your answer
edit-words = What should the picture show now?
edit-question = Change the picture? “{ $prompt }” ({ $cost })
blend-prompt = Blend these photos into one picture
which-vary = Which one shall I vary?
which-edit = Which one shall I change?
which-send = Which one shall I send you?
which-original = Which one do you want as a file?
original-line = Picture { $number } as a file.

recipe-prompt = Prompt: { $prompt }
recipe-model = Model: { $name } ({ $id })
recipe-size = Size: { $width } × { $height } ({ $aspect })
recipe-cost = { $seconds ->
    [one] Cost: { $cost }, in one second
   *[other] Cost: { $cost }, in { $seconds } seconds
}
recipe-seed = Seed: { $seed }
recipe-persona = Persona: { $name }
recipe-photos = { $count ->
    [one] Reference photos: one
   *[other] Reference photos: { $count }
}
recipe-lineage = { $steps ->
    [one] Made from one earlier picture
   *[other] Made through { $steps } earlier pictures
}
recipe-command = To make it again: { $command }

button-again = 🔁 Again ({ $price })
button-vary = 🎨 Vary ({ $price })
button-edit = ✏️ Edit
button-edit-price = ✏️ Edit ({ $price })
button-make-price = 🎨 Make ({ $price })
button-recipe = ℹ️ Recipe
button-original = 📎 Original
button-parent = ↰ Earlier
button-retry = { $count ->
    [one] 🔁 Retry ({ $price })
   *[other] 🔁 Retry { $count } ({ $price })
}
button-reword = ✏️ Rephrase
button-answer = 💬 Answer
button-other = 🎨 { $name } ({ $price })

curate-place = { $bar } { $number } of { $total }
curate-counts = ✅ { $kept } · ❌ { $rejected } · ⭐ { $best }
curate-done = { $count ->
    [one] That was the only one.
   *[other] Those were all { $count }.
}
curate-archive = { $count ->
    [one] The picture you kept, with its recipe.
   *[other] The { $count } pictures you kept, with their recipes.
}
button-skip = ⏭ Skip
button-zip = 📦 Download the kept

more-question-images = { $name } used up today's pictures and asks for more.
more-question-dollars = { $name } used up this month's money and asks for more.
more-asked = I asked the operator. You hear from me here.
more-answered = { $name }: { $answer }
more-granted-images = { $amount } more pictures for today.
more-granted-dollars = { $amount } more dollars for this month.
more-denied = The operator said no this time.
button-more = 🙋 Ask for more
button-grant-images = ✅ Grant { $amount }
button-grant-dollars = ✅ Grant ${ $amount }
button-deny = ✖ Deny

admin-allowed = { $who } may use me now.
admin-blocked = { $who } may no longer use me.
admin-limits = { $who }: { $images } pictures a day, { $dollars } a month, { $requests } requests a minute.
admin-model = { $name } ({ $id }): { $price } per picture, as of { $day }
admin-works = ✅ { $part }
admin-broken = ❌ { $part }: { $reason }
admin-model-broken = ✖ { $provider } · { $model }: “{ $reason }”
admin-spent = This month people spent { $spent } of { $limit }; failed calls cost you { $operator-cost }.

settings-confirm = I ask before spending more than { $amount } at once.
settings-persona = Persona when you name none: { $name }
settings-no-persona = none

# ── Somebody else's photo ──
lend-question = { $owner }, { $name } would like to make pictures with { $count ->
    [1] your photo
   *[other] your { $count } photos
}. Is that all right?
lend-agreed = { $owner } said yes. { $name }, what shall I do with it?
lend-declined = { $owner } would rather not, { $name }. I kept nothing of it.
lend-not-yours = Only the person whose photo it is can answer that.
borrow-no-photo = There is no photo in that message. Choose one that has a picture attached.
button-lend = 👍 Yes, use it
button-keep-back = ✖ No

# ── Joining a place ──
joined-question = { $name } took me into “{ $title }”. May people there use me?
joined-asked = Hello! I make pictures of the same person, character or product again and again. My operator has to let this place in first; I have just asked.
joined-nobody = Hello! I make pictures of the same person, character or product again and again. My operator has to let this place in first: ask them for /admin allow here.
joined-allowed = Let in. People there can use me now.
joined-blocked = Shut out. I will not answer there.
button-allow = ✅ Allow
button-block = ⛔ Block

which-recipe = The recipe of which picture?
recipe-none = There is no picture of mine in that message.
