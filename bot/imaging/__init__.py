"""Image work with Pillow and OpenCV: intake, faces, thumbnails, marks."""
