"""Who may enter: hosts, origins, sessions and sign-in."""
