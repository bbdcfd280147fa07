"""Photos checked and taken in; provider pictures inspected, copied, cleaned and marked.

`containers` reads the structure of image files without decoding them; `colour` brings any colours to sRGB; `decoding`
makes pixels of files within limits; `copies` are smaller pictures; `export` cleans and marks files that leave us.
Modules at the top are what the rest of the bot calls (`studio`, `values`), and what the rooms below share.
"""
