# Looking after people and places: menus, photos over many messages, likeness, reports, sharing, operators.

command-persona-edit = Change a persona: its name, what it is known by, whom it depicts
command-persona-share = Let everybody here draw one of your personas
command-gallery-stats = See your gallery in numbers
command-privacy-likeness = See which personas depict you, and take your consent back
command-admin-quota = Show, set or reset a person's lifetime tokens
command-admin-claim = Become the operator with the code from the log
command-admin-stats = This month in numbers: pictures, people, failures
option-marks = Marks to keep, such as a scar or a tattoo
option-depicts = Whose likeness: platform:id, or a name here
option-off = Share it no longer
option-tokens = Tokens for a lifetime; 0 takes the quota away
option-reset = Begin counting anew
option-code = The code I gave you
option-generation = The pictures of one request: last, or its id
option-quality = How much I add to your words
option-fallback = Another model when one is down
option-for = Yours, or everybody's here
choice-plain = your words alone
choice-good = a little more
choice-off = never
choice-same-price = at the same price or less
choice-any = at any price
choice-me = yours
choice-here = this place
choice-operator = operator
choice-moderator = moderator
choice-member = member
choice-guest = guest

menu-command = { $command }
menu-head = { $command }: what would you like to do?
menu-line = { $command } – { $about }
button-go-on = Go on
button-done = ✅ Done

collect-question = { $count ->
    [0] Send me photos of { $name }, as many messages as you like. Then press Done.
    [one] One photo for { $name } so far. Send more, or press Done.
   *[other] { $count } photos for { $name } so far. Send more, or press Done.
}
collect-nothing = Nothing to add to { $name } yet: send a photo first.
collect-cancelled = Left { $name } as it was; the photos are deleted.
collect-done = { $count ->
    [one] One photo gathered for { $name }.
   *[other] { $count } photos gathered for { $name }.
}

persona-changed = { $name } is changed.
form-persona-edit = Change a persona
share-on = { $owner } shares { $name } here: everybody in this place can draw it with --persona.
share-off = { $name } is yours alone again here.
share-private = Share a persona where others are: write this in a server or a group.

likeness-question = { $name } keeps a persona “{ $persona }” with photos of you, to make pictures. Do you agree?
likeness-explained = You can take it back whenever you like: the photos are deleted then, and nothing more is made of them.
likeness-asked = I asked { $name } in private whether “{ $persona }” may depict them.
likeness-unreachable = I noted that “{ $persona }” depicts { $name }, but cannot write to them. They find it with /privacy likeness.
likeness-agreed = Noted: you agree with “{ $persona }”. You can change your mind here at any time.
likeness-withdrawn = Done: “{ $persona }” may no longer depict you, and its photos are deleted.
likeness-owner-told = The person that “{ $persona }” depicts does not agree. Its photos are deleted, and what was being made of it has stopped; that cost you nothing.
likeness-none = No persona is said to depict you.
likeness-head = These personas are said to depict you:
likeness-line = “{ $persona }”, of { $name }
consent-withdrawn = The person this persona depicts does not agree, so I cannot draw it.
button-agree = 👍 I agree
button-disagree = ✖ No
button-withdraw = ✋ Take it back
button-withdraw-one = ✋ Stop { $name }

which-report = Which picture do you report?
report-question = What is wrong with picture { $number }? I hide it at once and tell those who look after this place.
report-reason-me = This is me
report-reason-other = Something else
report-done = Thank you. The picture is hidden, and the moderators know.
report-told-me = 🚩 { $name } says: “this is me, and I do not agree.” It is picture { $number } of { $owner }. I have hidden it.
report-told-other = 🚩 { $name } reported picture { $number } of { $owner }. I have hidden it.
report-decided-show = Shown again.
report-decided-delete = Deleted for good.
report-decided-stop = The picture is deleted, the photos of its persona too.
report-open = This picture was reported and is hidden until a moderator decides.
button-report = 🚩 Report
button-report-delete = 🗑️ Delete for good
button-report-show = ↩ Show again
button-report-stop = ✋ Stop the persona

button-curate = 🗂 One by one
gallery-stats = { $total ->
    [one] One picture: { $kept } kept, { $best } best, { $rejected } rejected.
   *[other] { $total } pictures: { $kept } kept, { $best } best, { $rejected } rejected.
}
gallery-stats-persona = { $name }: { $count }

settings-quality = What I add to your words: { $quality }
settings-fallback = Another model when one is down: { $fallback }
settings-here = For everybody here who chose nothing else:
settings-own = A usual persona and the amount from which you are asked are each person's own.
form-settings-here = Settings of this place

fallback-line = { $first } is down. { $count ->
    [one] One picture is drawn by { $model } instead
   *[other] { $count } pictures are drawn by { $model } instead
}, at { $price } each.

moderator-only = Only a moderator of this place or an operator can do that.
operator-only = Only an operator of this bot can do that.
admin-quota = { $set ->
    [yes] { $who }: { $used } of { $limit } tokens used.
   *[no] { $who }: { $used } tokens used, no quota.
}
admin-limits-member = { $who } here: { $images } pictures a day, { $dollars } a month.
admin-requests-operator = Requests a minute hold everywhere, so only an operator sets them.
quota-person = A token quota is one person's. Name them: platform:id.
claim-private = That code is secret. Send it to me in a private chat.
claim-wrong = That is not the code, or it was used already. The log shows a new one after a restart.
claim-done = Welcome, { $name }. You operate this bot now. See /help for the admin commands.
stats-pictures = This month: { $made } pictures made, { $failed } came to nothing.
stats-person = { $name }: { $pictures } pictures, { $spent }
stats-unknown = Outcome unknown: { $model } at { $provider } ({ $id })

limit-tokens = Your lifetime tokens are used up. Ask an operator for more.
limit-member-day = The moderators here let you make { $limit } pictures a day, and you made { $used }. It begins anew { $until }.
limit-member-month = The moderators here let you spend { $limit } a month, and you spent { $used }. It begins anew { $until }.
tokens-nearly-spent = You used { $used } of your { $limit } lifetime tokens. They do not come back by themselves; an operator can give you more.
quota-pictures = { $count ->
    [one] Left today: about one picture with { $model }
   *[other] Left today: about { $count } pictures with { $model }
}
quota-tokens = { $set ->
    [yes] Tokens: { $used } of { $limit } for a lifetime
   *[no] Tokens: { $used } so far
}

# ── Words and traits ──
command-prompt-enhance = Add to your words what helps a picture
command-prompt-classify = See what kind of picture your words ask for
command-prompt-templates = List the templates and your saved prompts
command-prompt-save = Save words to use them again
command-prompt-forget = Delete a saved prompt
command-persona-traits = Choose what a persona looks like
option-template = A template, or a prompt you saved
prompt-enhanced = { $words }
prompt-kind = A picture of this kind: { $kind } ({ $percent } %)
prompt-kinds = It could also be: { $kinds }
template-line = { $id }: { $name } – { $about }
prompt-own = Yours – { $name }: { $words }
prompt-many = You have { $most } saved prompts. Delete one first with /prompt forget.
prompt-saved = Saved. Use it with --template "{ $name }".
prompt-none = You have no prompt called “{ $name }”.
prompt-forgotten = “{ $name }” is deleted.
templates-head = Templates, for /imagine --template:
templates-kind = { $kind }: { $names }
template-unknown = There is no template “{ $name }”. Perhaps one of: { $choices }
traits-head = What does { $name } look like? Choose a category.
traits-category = { $most ->
    [one] { $category }: choose one
   *[other] { $category }: choose up to { $most }
}
traits-none = Nothing chosen yet.
traits-chosen = Chosen: { $traits }
traits-many = { $most ->
    [one] { $category }: only one goes. Take the other back first.
   *[other] { $category }: at most { $most } go together. Take one back first.
}
trait-name = { $name }
button-back = ↩ All categories

option-by = Whose pictures, by the name they go by here
command-gallery-web = See your pictures large, in the web chat
gallery-web = The web chat shows your pictures large: { $address }
gallery-web-none = The web chat cannot be reached from elsewhere: its operator sets PUBLIC_URL for that.
gallery-web-link = This link signs you in to the web chat, where your pictures are large. It works once, and only you should have it.
gallery-web-life = It expires in { $minutes } minutes.
gallery-web-ask = To sign in there, ask the person who runs this bot for an invitation.
invite-head = Here's the invitation, as { $role }. The link works once: send it to one person, in private.
invite-link = { $link }
invite-life = It expires in { $hours } hours.
person-unknown = “{ $given }” names nobody I have met here. Write platform:id, such as discord:1234, or the name they go by.

button-share = 📣 Show everybody
share-done = Everybody here sees it now.
share-not-yours = Only the person who made these pictures can show them.
photos-none = None of these photos can be used. { $reason }
result-reported = 🚩 Reported, and hidden until a moderator decides.
progress-percent = { $percent } % done
option-priority = Whether their pictures come first
priority-person = Only a person can come first. Name one: platform:id.
