"""The vocabulary of price files in the languages of the world's exchanges: tables and no rules."""
