"""The structure of image files, read without decoding any pixels."""
