# What cannot be done: what happened, and what to do next. Nothing here was charged.

error-unexpected = Something went wrong on my side. Nothing was charged. Please try again; if it happens again, tell the operator.
error-not-allowed = You are not on this bot's list yet. Ask its operator to let you in.
error-storage = I could not save that. Nothing was charged. Please try again in a moment.
error-storage-busy = The database is busy with another program. Nothing was charged. Please try again in a moment.
error-storage-full = The disk is full, so I could not save that. Nothing was charged. Please tell the operator to make room.
error-storage-read-only = I may not write to my data folder. Nothing was charged. Please tell the operator to check its permissions.
error-storage-newer = My database belongs to a newer version. Please tell the operator to update me.
error-storage-unreachable = I cannot reach my database. Nothing was charged. Please try again in a moment.
error-pictures-unreachable = I cannot reach the place where pictures are kept. Nothing was charged. Please try again in a moment.
error-blob-missing = The picture's file is gone. Please send the photo again or make the picture again.
error-blob-key-wrong = The pictures are locked with another key. Please tell the operator to check BLOB_KEY.

error-command-unknown = There is no command { $command }. See /help.
error-command-unknown-near = There is no command { $command }. Did you mean { $near }?
error-command-incomplete = { $command } needs one more word: { $choices }.
error-words-unexpected = { $command } takes no words, but I read “{ $words }”. Leave them out, or see /help.
error-option-unknown = { $command } has no option { $option }. Try { $choices }, or see /help.
error-option-none = { $command } takes no options, but I read { $option }. Leave it out.
error-option-missing = { $command } needs more: “{ $option }” (--{ $name }).
error-option-whole = { $option } takes a whole number from { $least } to { $most }, not “{ $value }”.
error-option-flag = { $option } takes on or off, not “{ $value }”.
error-option-choice = { $option } cannot be “{ $value }”. Choose one of: { $choices }.
error-option-long = “{ $option }” has { $length } characters; { $most } fit. Shorten it and send it again.
error-field-missing = “{ $option }” is empty. Fill it in and send it again.
error-parameters = I could not read “{ $given }”. Write parameters as key=value, for example style=oil.
error-day = “{ $given }” is no day. Write it like 2026-11-20.
error-photos-many = { $count } photos are too many; { $most } fit. Send fewer.
error-photos-missing = { $command } needs at least one photo. Attach it and send the command again.
error-photos-unexpected = { $command } takes no photos. Send the command again without them.
error-prompt-empty = Tell me what the picture should show, for example: /imagine oil portrait by a window
error-model-unknown = There is no model “{ $model }”. Choose one of: { $choices }.

photo-empty = “{ $name }” is empty. Send the photo again.
photo-not_a_photo = “{ $name }” is not a photo I can read. Send it as JPEG, PNG, WebP or HEIC.
photo-truncated = “{ $name }” is incomplete or damaged. Send it again, or save it anew first.
photo-too_heavy = “{ $name }” has { $megabytes } MB; 20 MB fit. Send a smaller copy.
photo-too_many_pixels = “{ $name }” has { $megapixels } megapixels; { $limit } fit in a file of this kind. Send a smaller copy.
photo-too_long = “{ $name }” is { $pixels } pixels long; { $limit } fit. Send a smaller copy.
photo-too_small = “{ $name }” is { $pixels ->
    [one] only { $pixels } pixel
   *[other] only { $pixels } pixels
 } on its short side; { $limit } are the least. Send a larger copy.
photo-too_narrow = “{ $name }” is { $ratio } times as long as it is wide; { $limit } times is the most. Cut out the part you need and send that.
photo-raw = “{ $name }” is a RAW file without a full-size picture inside. Export it as JPEG and send that.
photo-animated = “{ $name }” moves. Send a still picture, for example a screenshot of one frame.
photo-gone = The photo is gone. Send it again.
pictures-lost = { $count ->
    [one] Picture { $numbers } cannot be shown: its file is gone or damaged.
   *[other] Pictures { $numbers } cannot be shown: their files are gone or damaged.
}
photo-note-cmyk-converted = “{ $name }” was in print colours (CMYK). I converted it; check that the colours still look right.
photo-note-depth-reduced = “{ $name }” had more than 8 bits per colour. I keep 8; you will not see a difference.
photo-note-hdr-reduced = “{ $name }” was an HDR picture. I brought its brightest parts down to what ordinary screens show.
photo-note-raw-preview = “{ $name }” is a RAW file. I took the full-size JPEG that your camera put into it.
photo-note-several-faces = There are several faces on “{ $name }”. A photo of one person alone keeps the likeness better.
photo-note-face-small = The face on “{ $name }” is small. A closer photo keeps the likeness better.

persona-unknown = You have no persona “{ $name }”. You have: { $choices }.
persona-none = You have no persona “{ $name }”. Make it with /persona create.
persona-gone = This persona is gone. See /persona list.
persona-name-taken = You already have a persona “{ $name }”. Choose another name.
reference-many = { $name } already has { $count } photos; { $most } fit. Remove some with /reference remove.
reference-number = { $count ->
    [0] There is no photo { $number }; { $name } has none. Add some with /reference add.
    [one] There is no photo { $number }; { $name } has one. See /reference list.
   *[other] There is no photo { $number }; { $name } has { $count }. See /reference list.
}

capability-needs-photo = { $count ->
    [1] { $model } works from a photo, so I need one: attach it and send your words again, or name a persona with --persona.
   *[other] { $model } works from { $count } photos: attach them and send your words again, or name a persona that has them.
}
capability-references = { $model } takes at most { $most } reference photos, and these are { $count }. Send fewer.
capability-aspect = { $model } cannot make { $aspect } pictures. It can make: { $choices }.
capability-size = { $model } cannot make { $size } pictures. It can make: { $choices }.
capability-lora = { $model } knows no LoRA “{ $lora }”. The operator offers: { $choices }.
capability-seed = { $model } takes no seed. Leave --seed out.
capability-parameter = { $model } has no parameter “{ $parameter }”. It has: { $choices }.

limit-requests-minute = That was { $limit } requests within a minute. Wait a moment and send it again.
limit-images-waiting = You have as many pictures waiting as fit ({ $limit }). Wait until some are done, or stop some with /cancel.
limit-images-day-user = Your limit is { $limit } pictures a day. You used { $used } and have { $left } left until { $until }.
limit-images-day-workspace = The limit here is { $limit } pictures a day for everybody together. { $used } are used, { $left } are left until { $until }.
limit-month-user = Your limit is { $limit } a month. You used { $used }; a new month starts on { $until }.
limit-month-workspace = The limit here is { $limit } a month for everybody together. { $used } are used; a new month starts on { $until }.
limit-bot-month = The bot's limit of { $limit } a month is reached; a new month starts on { $until }. Free models still work.

button-unknown = This button no longer works.
button-over = This question is already answered or too old. Send your request again.
image-gone = This picture is gone.
cancel-not-yours = Only the person who asked for it can stop this.
trash-not-yours = Only its owner or a moderator can put this picture away.
vote-not-eligible = You have no vote on this picture.
vote-closed = The vote is over.

## Why a picture could not be made

problem-refused-prompt = { $told ->
    [yes] The model refused the words: { $why }. Say it differently and try again.
   *[no] The model refused the words without saying why. Say it differently and try again.
}
problem-refused-photo = { $told ->
    [yes] The model refused { $photo ->
        [0] a photo
       *[other] photo { $photo }
    }: { $why }. Use another photo.
   *[no] The model refused { $photo ->
        [0] a photo
       *[other] photo { $photo }
    } without saying why. Use another photo.
}
problem-refused-result = { $told ->
    [yes] The model stopped its own picture: { $why }. Say it differently and try again.
   *[no] The model stopped its own picture without saying why. Say it differently and try again.
}
problem-no_image = The model answered without a picture. Try again.
problem-model_asks = The model answered in words: “{ $words }” Answer it, and I ask for the same again with your answer.
problem-unusable = A picture was drawn, but it came in a form I cannot read. The operator has been told; drawing it again in the same way would not help.
problem-input-needs_reference = The model needs a photo. Attach one and send it again.
problem-input-photo = The model could not use a photo. Send another one.
problem-input-prompt = The model could not use the words. Say it differently.
problem-input-input = The model could not use this request, and did not say why. Change it a little and try again.
problem-input-parameter = The model does not take one of the settings. Leave it out and try again.
problem-rate_limited = The model is busy. Try again in a minute.
problem-out_of_credit = The operator's account with the provider is empty. Tell the operator, or choose another model.
problem-misconfigured = The operator's key for this model does not work. Tell the operator, or choose another model.
problem-broken = The operator’s own machine cannot draw with this model at the moment. The operator has been told; choose another model meanwhile.
problem-gone = This model no longer exists. Choose another one.
problem-unavailable = The model cannot be reached. Try again in a moment.
problem-unknown_outcome = The connection broke while the model was drawing, so nobody knows whether a picture was made. Try again if you like.
problem-internal = Something went wrong on my side. Try again; if it happens again, tell the operator.

capability-edit = { $model } cannot change pictures. Choose another model with --model.
capability-blend = { $model } restyles one photo and cannot blend several. Choose another model with --model.
blend-photos = /blend needs two photos or more. Attach them and send the command again.
reply-number-unknown = { $count ->
    [one] There is no picture { $number } here, only picture 1.
   *[other] There is no picture { $number } here; there are { $count }.
}
reply-words-missing = What shall I change about picture { $number }? Write it like “{ $number }: warmer light”.
retry-not-yours = Only the person who asked for it can retry this.

curate-nothing = There is nothing left to judge. Make pictures with /imagine, or see them with /gallery browse.
curate-none-kept = You kept none of these, so there is nothing to download.

conduct-sexual = I make no sexual pictures. Describe it differently. Nothing was charged.
conduct-minors = I make no sexualised pictures of anybody young, ever. Nothing was charged.
pause-refusals = Several of your requests were refused one after another. Take a break of { $minutes } minutes, then try other words.

admin-who = “{ $given }” names nobody. Write platform:id, such as discord:1234, or here.
admin-not-yourself = You would shut yourself out. Name somebody else.
invite-no-accounts = There are no accounts to invite to. Set WEB_TOKEN, and PUBLIC_URL to the address people open, then start me again.
guest-looks-and-votes = As a guest you can look at pictures and vote on them. Ask the person who runs this bot for more.
error-dollars = “{ $given }” is no amount. Write dollars as a number, such as 10.
more-waiting = You asked already. The operator has not answered yet.
more-nobody = I do not know where to reach an operator yet. Ask them yourself.
retry-running = Some of these are still being made. Wait until they are done.
admin-requests = The limit of requests a minute is each person's own. Name a person instead of here.

# ── For operators ──
alarm-misconfigured = 🔑 { $provider } does not take its key or its address any more. Correct the setting and start me again; python -m bot check says whether it is right. Nobody was charged.
alarm-broken = 🔧 { $provider } cannot draw with { $model }. It says: “{ $words }” Nobody was charged; /admin health shows it until a picture is drawn again.
alarm-unusable = 📦 A picture of { $model } was paid for at { $provider } and could not be used: “{ $words }” It was not drawn again, and nobody but you was charged.
alarm-gone = 🪦 { $provider } no longer serves { $model }. Take it out of the list of models, or use a newer version of me. Nobody was charged.
alarm-out_of_credit = 💳 The account with { $provider } has no credit left, or its spending cap is reached. Top it up; until then its pictures fail, and nobody is charged for them.
alarm-low_credit = 💳 The account with { $provider } is low on credit, so it takes only a few pictures a minute. I have slowed down; top it up to be faster again.
