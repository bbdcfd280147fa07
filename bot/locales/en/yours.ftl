# What is yours: one person on several platforms, and all that is kept about you.

command-link = Share personas, gallery and limits with yourself on another platform
command-privacy-export = Download everything I keep about you
command-privacy-delete = Delete everything I keep about you

link-head = To share your personas, gallery and limits, write this to me in a private chat on the other platform:
link-command = /link { $code }
link-life = The code works once, within { $minutes } minutes. I will ask you on both sides. Show it to nobody.
link-question = Join with { $name } on { $platform }? You will share personas, gallery and limits.
link-warning = Say yes only if that is you. It cannot be undone.
link-wait = Now say yes on { $platform } too: I asked you there.
link-done = Joined with { $name } on { $platform }. Personas, gallery and limits are now the same on both.
link-declined = Left apart. The code no longer works.
link-declined-there = { $name } on { $platform } said no, so nothing was joined. The code no longer works.
link-private = Codes are secret. Ask me for one in a private chat.
link-unknown = I gave nobody this code. Copy it again, or make a new one with /link on the other platform.
link-expired = This code is too old. Make a new one with /link.
link-used = This code was used already, or a newer one took its place. Make a new one with /link on the other platform.
link-own = This is your own code. Write it to me on the other platform.
link-already = You are the same person on both already. There is nothing to join.
link-pause = Those were too many wrong codes. Wait { $minutes } minutes, then try again.
link-unreachable = I cannot reach you on { $platform }. Write to me there, then say yes here again.
button-link = 🔗 Join

privacy-export = Everything I keep about you: rows as JSON, pictures and photos. You can download it for a day.
privacy-export-part = Part { $number } of { $total }
privacy-delete-question = Delete everything I keep about you? It cannot be undone.
privacy-personas = Personas: { $count }
privacy-photos = Photos you sent: { $count }
privacy-pictures = Pictures: { $count } (requests: { $requests })
privacy-votes = Votes: { $count }
privacy-waiting = Still being made, and to be stopped: { $count }
privacy-delete-kept = What pictures cost stays in the books without your name, and limits you used up stay used up.
privacy-delete-hint = To have it all first: /privacy export
privacy-deleted = Everything I kept about you is deleted.
privacy-stopped = Stopped while they were made: { $count }
privacy-messages = Messages I am removing where the platform lets me: { $count }
button-erase = 🗑️ Delete everything
