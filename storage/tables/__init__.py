"""One file per noun: rows written and read, frozen values handed out."""
