"""The window around the tabs: one session, its file, its menus."""
