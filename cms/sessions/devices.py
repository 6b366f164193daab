"""A device in plain words, from what its browser says of itself. The raw string is a fingerprint: it is not kept."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""The first that fits: Edge and Opera also say « Chrome », and Chrome says « Safari »."""
SYSTEMS = (
    ("iPhone", "sur iPhone"),
    ("iPad", "sur iPad"),
    ("Android", "sous Android"),
    ("Windows", "sous Windows"),
    ("Mac OS X", "sur Mac"),
    ("CrOS", "sous ChromeOS"),
    ("Linux", "sous Linux"),
)
UNKNOWN = "Appareil non reconnu"


def device_words(user_agent: str) -> str:
    """« Firefox sous Windows »."""
    browser = next((words for sign, words in BROWSERS if sign in user_agent), "")
    system = next((words for sign, words in SYSTEMS if sign in user_agent), "")
    if browser and system:
        return f"{browser} {system}"
    return browser or (f"Navigateur {system}" if system else UNKNOWN)
