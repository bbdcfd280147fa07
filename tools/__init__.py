"""Tools for developers: checks that `make lint` runs beside the ready-made ones."""
