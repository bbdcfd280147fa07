# Names of commands and options are not translated; what they mean is.

command-start = Say hello and show an example
command-imagine = Make pictures from words and your photos
command-persona-create = Make a persona: a character kept alike
command-persona-show = Show a persona and its photos
command-persona-list = List your personas
command-persona-delete = Delete a persona and its photos
command-reference-add = Give a persona more reference photos
command-reference-list = Show a persona's reference photos
command-reference-remove = Remove one of a persona's reference photos
command-gallery-browse = Browse your finished pictures
command-quota = See what you used and what is left
command-queue = See what waits and runs
command-cancel = Stop what waits or runs
command-settings = Choose your language and model
command-help = List the commands, or explain one

option-prompt = What should the picture show?
option-persona = Which persona
option-images = Your reference photos
option-aspect = Width to height
option-count = How many pictures
option-model = Which model draws
option-size = How large
option-seed = A number that makes the result repeatable
option-references = Use the persona's photos
option-private = Only you see it
option-params = More settings of the model, as key=value
option-name = Its name
option-kind = What it is
option-description = A description that every picture keeps to
option-role = What the photo shows
option-number = Its number in the list
option-verdict = How it was judged
option-text = Words of the prompt
option-since = From this day on (YYYY-MM-DD)
option-language = Language
option-command = Which command

choice-real = real adult
choice-fictional = fictional adult
choice-illustrated = illustrated character
choice-product = product
choice-face = face
choice-body = body
choice-outfit = outfit
choice-style = style
choice-pose = pose
choice-scene = scene
choice-object = object
choice-undecided = undecided
choice-kept = kept
choice-rejected = rejected
choice-best = best
choice-en = English
choice-fr = French
choice-auto = as the photo
choice-1x1 = 1:1 square
choice-2x3 = 2:3 portrait
choice-3x2 = 3:2 landscape
choice-3x4 = 3:4 portrait
choice-4x3 = 4:3 landscape
choice-4x5 = 4:5 portrait
choice-5x4 = 5:4 landscape
choice-9x16 = 9:16 tall
choice-16x9 = 16:9 wide
choice-21x9 = 21:9 panorama
choice-1k = 1K
choice-2k = 2K
choice-4k = 4K
model-choice = { $name }

help-head = Here is what I understand:
help-line = { $command }: { $about }
help-option = --{ $option }: { $about }
help-option-choices = --{ $option }: { $about } ({ $choices })
help-reactions = On a picture: ✅ or 👍 keep, ❌ or 👎 reject, ⭐ or ❤ best. Taking a reaction away takes it back. While pictures are being made, your ❌ stops them.
help-more = For one command in full: /help imagine

command-edit = Change a photo as your words say
command-blend = Make one picture out of several photos
command-curate = Judge pictures one at a time

command-admin-allow = Let a person or this place use the bot
command-admin-block = Shut a person or this place out
command-admin-invite = Invite somebody to the web chat
command-admin-limits = Show or change limits
command-admin-models = List the models and their prices
command-admin-health = See whether everything works
option-who = Who: platform:id, a name, here or everyone
option-as = What they may do
option-dollars = Dollars a month
option-requests = Requests a minute

option-confirm = Ask me before spending more than (dollars)
