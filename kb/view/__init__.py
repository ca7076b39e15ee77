"""What a screen shows, without a screen: the app, the HTML report and the terminal draw from here."""
