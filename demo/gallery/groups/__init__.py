"""One file a group of pictures; `demo.gallery.table` names them all."""
