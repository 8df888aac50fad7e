"""How the application looks: every colour, size, font, icon and formula comes from here."""
