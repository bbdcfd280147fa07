# The web chat's own words.

## The page

web-skip = Skip to the message field
web-conversation = Conversation
web-loading-older = Loading earlier messages…
web-new-messages = New messages
web-to-latest = To the newest
web-theme = Dark theme
web-close = Close
web-needs-javascript = This page needs JavaScript. Please switch it on for this address.
web-connecting = Connecting…
web-online = Online
web-offline = Connection lost. Trying again…
web-unreachable = The server cannot be reached just now. Please try again in a moment.

## The composer

web-composer = Write a message
web-message = Message
web-placeholder = Message or /command
web-send = Send
web-attach = Attach photos
web-drop = Drop photos here
web-pending-photos = Photos to send
web-remove-photo = Remove { $name }
web-photos-at-most = At most { $most } photos fit in one message.
web-too-large = These files are too large to send together. Please send fewer at a time.
web-suggestions = Suggestions
web-answering = Replying to

## Messages

web-you = You
web-only-you = Only you see this
web-sending = Sending…
web-send-again = Send again
web-reply = Reply
web-a-message = An earlier message
web-reactions = Reactions
web-previous-page = Previous page
web-unreadable = This message was written by another version and cannot be shown.
web-progress = Progress
web-progress-done = { $done } of { $total } done
web-optional = (optional)
web-choose-photos = Choose photos
web-copy = Copy the command
web-copied = Copied

## Pictures

web-picture = Picture { $number }
web-state-kept = Kept
web-state-rejected = Rejected
web-state-best = Best
web-lightbox = Picture viewer
web-of = { $number } of { $count }
web-previous = Previous picture
web-next = Next picture
web-download = Download the original
web-judge = Judge this picture
web-keep = Keep
web-reject = Reject
web-best = Best
web-undo = Undo
web-recipe = Recipe
web-trash = Trash

## Signing in and out

web-sign-in = Sign in
web-sign-in-lead = Make pictures of the same person again and again, together.
web-your-name = Your name
web-token = Token
web-token-hint = The person who runs this bot can give you the token.
web-sign-out = Sign out
web-sign-in-first = Please sign in first.
web-wrong-token = This token is not right. Please check it and try again.
web-wrong-name = Please enter a name that the others know you by, with letters or digits.
web-too-many-tries = Too many wrong tokens. Please wait a minute and try again.

## Refusals

web-wrong-host = This chat does not answer at “{ $host }”. Open it at the address it was started with, or set PUBLIC_URL to the address you use.
web-wrong-origin = This request came from another site, so it was not carried out. Please use the chat's own page.
web-not-found = There is nothing here.
web-not-understood = This request was not understood. Please reload the page and try again.
web-no-picture = This picture is gone, or not yours to see.
web-too-many-photos = At most { $most } photos fit in one message. Please send fewer at a time.
web-broken = Something went wrong on our side. Please try again in a moment; if it persists, the reason is in the server's log.
