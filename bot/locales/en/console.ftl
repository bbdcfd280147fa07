# The terminal chat's own words.

console-hint-photos = @photo.jpg attaches a photo; or drop one here.
console-hint-buttons = #2 presses button 2 of the newest message, #5.2 that of message 5. ✅ reacts to the newest pictures, -✅ takes it back.
console-hint-replies = > warmer light answers the newest pictures, >5 warmer light message 5. Tab completes, Ctrl-D leaves.
console-idle = @photo attaches · #1 presses · ✅ ❌ ⭐ react · > answers · Ctrl-D leaves
console-no-file = There is no file { $path }. Check its name, and put quotes around one with spaces.
console-no-button = There is no button { $number } there. Type # and one of the numbers under a message.
console-no-pictures = There are no such pictures to answer or react to yet.
console-not-saved = I could not save the picture in { $folder }: { $reason }. Make room or choose another folder with --out; it stays in /gallery browse.
console-form = Fill in each line; Ctrl-C leaves the form.
console-form-left = Left the form. Nothing was changed.
console-optional = (may stay empty)
console-field-empty = “{ $field }” cannot stay empty.
console-field-choice = Choose one of: { $choices }.
console-field-long = { $length } characters are too many; { $most } fit.
console-leaving = { $count ->
    [one] What is still being made goes on at the next start.
   *[other] { $count } requests are still being made; they go on at the next start.
}
