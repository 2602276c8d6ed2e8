"""How people come in: invitations and forgotten passwords, by links that work once."""
