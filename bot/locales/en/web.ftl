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
web-sign-in-how = To sign in, open the link you were invited with. If it was used or you're on a new device, ask the person who runs this bot for another.
web-for-the-operator = For the person who runs this bot
web-your-name = Your name
web-token = Token
web-token-hint = The WEB_TOKEN in this bot's settings. Use the same name each time.
web-sign-out = Sign out
web-sign-in-first = Please sign in first.
web-wrong-token = This token is not right. Please check it and try again.
web-wrong-name = Please enter a name that the others know you by, with letters or digits.
web-name-taken = Somebody else here has this name. Please choose another.
web-too-many-tries = Too many wrong tokens from your address. Please wait a minute and try again.
web-join = You're invited
web-join-lead = Choose the name the others will see, and you're in.
web-join-hint = Letters or digits, and nobody else's name here.
web-join-button = Join
web-welcome-back = Welcome back
web-link-lead = This link signs you in on this device. It works once.
web-link-over = This link no longer works
web-link-over-lead = It was used already, has expired, or was withdrawn. Ask the person who runs this bot for a new one.

## Account and members

web-pages = Pages
web-to-chat = Chat
web-your-account = Your devices
web-account-of = Signed in as { $name }
web-your-devices = Your devices
web-your-devices-lead = These browsers are signed in as you. One that isn't used for 7 days is signed out.
web-this-device = This device
web-unknown-device = Unknown browser
web-end-session = Sign out
web-end-others = Sign out all other devices
web-another-device = Use another device
web-another-device-lead = Make a link and open it there within 10 minutes. It works once.
web-make-link = Make a link
web-link = The link
web-own-link-made = Open this link on the other device within 10 minutes. It is shown only now.
web-invitation-made = Send this link to one person, in private. It works once, for 3 days, and is shown only now.
web-link-made = Send this link to that person, in private. It signs them in once, within 3 days, and is shown only now.
web-members = Members
web-invite-head = Invite somebody
web-invite-lead = The link makes one account. Whoever opens it chooses the name.
web-role = As
web-role-of = Role of { $name }
web-roles-are = Guests look and vote. Members make pictures. Moderators also look after votes and limits. Operators run the bot.
web-invite = Make an invitation
web-invitations = Open invitations
web-expires = { $hours ->
    [one] Expires in 1 hour
   *[other] Expires in { $hours } hours
}
web-withdraw = Withdraw
web-save = Change
web-new-link = New link
web-block = Block
web-unblock = Unblock
web-blocked = Blocked
web-signed-out = Signed out
web-seen-now = Active now
web-seen-minutes = { $count ->
    [one] Active 1 minute ago
   *[other] Active { $count } minutes ago
}
web-seen-hours = { $count ->
    [one] Active 1 hour ago
   *[other] Active { $count } hours ago
}
web-seen-days = { $count ->
    [one] Active 1 day ago
   *[other] Active { $count } days ago
}

## Refusals

web-wrong-host = This chat does not answer at “{ $host }”. Open it at the address it was started with, or set PUBLIC_URL to the address you use.
web-wrong-origin = This request came from another site, so it was not carried out. Please use the chat's own page.
web-not-found = There is nothing here.
web-not-understood = This request was not understood. Please reload the page and try again.
web-no-picture = This picture is gone, or not yours to see.
web-too-many-photos = At most { $most } photos fit in one message. Please send fewer at a time.
web-broken = Something went wrong on our side. Please try again in a moment; if it persists, the reason is in the server's log.
web-no-accounts = This address is not open yet: whoever runs this bot sets WEB_TOKEN, and then people can sign in here.
web-no-accounts-here = There are no accounts here: this chat is yours alone. Set WEB_TOKEN to let others in.
web-operators-only = Only operators can open this page.
web-too-fast = { $seconds ->
    [one] That was too much at once. Please try again in 1 second.
   *[other] That was too much at once. Please try again in { $seconds } seconds.
}
web-too-slow = This request came too slowly. Please try again on a better connection.
web-too-many-pages = You have too many pages of this chat open. Please close some.
web-busy = The server is busy. Please try again in a moment.
