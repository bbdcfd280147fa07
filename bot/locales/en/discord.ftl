# What only people on Discord read.

## Commands and menus

discord-group = Commands of /{ $name }
discord-command = /{ $name }
# What options are called; commands have one name in every language.
discord-option = { $name }
discord-menu-use = Use as reference
discord-menu-add = Add to persona
discord-menu-recipe = Recipe
discord-borrow-bot = This message is from another bot. Nobody could say whether its pictures may be used, so please send me your own.

## Messages

discord-progress = { $done } of { $total } done
discord-pictures-heavy = Shown smaller: the full pictures are too large for this place. Press 📎 for an original.
discord-file-heavy = The original is too large for Discord here, so this is a small picture of it. The web chat has the original.
discord-file-gone = The file is gone.
discord-waits = { $name }, your result is ready. I could not send it to you: it waits in /gallery browse.
discord-closed = { $name }, I have something to tell you alone, but your direct messages are closed to me. Open them for this server, or use a command here.
discord-lacking = I may not post your result in { $channel }. Somebody who manages the server must allow me there: { $names }.
discord-lacking-reactions = I may not put ✅ ❌ ⭐ under your results in { $channel }; the buttons do the same. Somebody who manages the server can allow me there: { $names }.
discord-photo-gone = { $name } is no longer on Discord. Please send it again.
discord-photo-unread = Discord did not hand over { $name }. Please send it again in a moment.

## Forms

discord-form-ready = { $title }: there is a form to fill.
discord-form-open = Open the form
discord-form-more = { $title }: thank you, there is a little more to fill.
discord-form-go-on = Go on
discord-form-over = This form is over. Please start again.

## Permissions, as Discord's own settings call them

discord-may-view = View Channels
discord-may-send = Send Messages
discord-may-send-threads = Send Messages in Threads
discord-may-attach = Attach Files
discord-may-react = Add Reactions
discord-may-history = Read Message History
