"""What changes the forecaster's verdict, and what tells more of it: the sections of the drawer."""
