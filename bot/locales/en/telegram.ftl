# Telegram's own words.

telegram-progress = { $done } of { $total } · { $seconds } s
telegram-open = { $number }
telegram-numbers = Open a picture to see its number.
telegram-too-large = This file has { $megabytes } MB, and Telegram lets me send { $most } MB at most. Get it in the web chat instead.
telegram-only-photos = I can only read words and photos. Send a still picture as JPEG, PNG, WebP or HEIC, as photo or as file.
telegram-left-out = I left out what is not a photo.
telegram-photo-gone = Telegram no longer has “{ $name }”. Send it again.
telegram-photo-unread = Telegram did not hand over “{ $name }”. Send it again in a moment.
telegram-edited = An edited command does not run again. Send it as a new message.
telegram-left = All right, I asked enough. Nothing was changed.
telegram-anonymous = { $counts } (anonymous, so not counted as votes)

telegram-note-answer = { $name }, my answer is for you alone, and I may not write to you yet. Open our private chat and press Start, then ask me again.
telegram-note-result = { $name }, your private pictures are ready, and I may not write to you yet. Open our private chat, press Start, and send /gallery browse.
telegram-note-anonymous = My answer is for one person alone, and I cannot see who you are. Write as yourself, or open our private chat.
telegram-moved-home = { $name }, I may not post that here: it is in our private chat.
telegram-open-private = 💬 Open our private chat

telegram-wanted = You sent this { $minutes } minutes ago, while I was away. Still wanted?
telegram-wanted-yes = ✅ Yes, go on
telegram-wanted-no = ✖ No

telegram-field-now = So far: { $value }
telegram-field-again = I could not use that. Once more:
telegram-field-long = { $length } characters are too many; { $most } fit. Once more:
telegram-photos-so-far = { $count ->
    [0] Send photos, then press Done.
    [one] One photo so far. Send more, or press Done.
   *[other] { $count } photos so far. Send more, or press Done.
}
telegram-done = ✅ Done
telegram-keep = ✅ Leave it so
telegram-skip = ⏭ Skip
telegram-stop = ✖ Cancel

telegram-reactions-on = Reactions (👍 👎 ❤) to my pictures in “{ $title }” count as votes. The buttons under them always work, too.
telegram-reactions-off = I do not see reactions in “{ $title }” yet: make me an administrator there, without any rights, and 👍 👎 ❤ count as votes. The buttons under my pictures always work.

telegram-menu-persona = Your personas: make, show, change
telegram-menu-reference = The photos of your personas
telegram-menu-gallery = Your finished pictures
telegram-menu-vote = Judge pictures together
telegram-menu-privacy = Get or delete everything about you
telegram-menu-admin = For operators and moderators
telegram-menu-prompt = Better words for your pictures
