"""A small garden of bread and bicycles, in the tests' own words."""

from kg.linking.material import Key, LinkedArticle, LinkedClaim

BREAD = "A long cold proof gives the crumb more flavour, since acids build up while the yeast sleeps."
PROOF = "Proofing cold and long lets acids build up, and so the crumb has more flavour."


def article(slug: str, *claims: str, thesis: str = "", body: str = "") -> LinkedArticle:
    """An article of claims without evidence."""
    numbered = tuple(LinkedClaim(f"claim-{number:03d}", text) for number, text in enumerate(claims, 1))
    return LinkedArticle(slug, numbered, thesis=thesis, body=body)


def key(slug: str, number: int = 1) -> Key:
    return Key(slug, f"claim-{number:03d}")


GARDEN = (
    article("cold-proof", BREAD, "Steam keeps the skin of a loaf soft while it rises.", thesis="Time makes bread."),
    article("slow-bread", PROOF, "Rye has little gluten to speak of.", thesis="Slow dough is better dough."),
    article("wheels", "A wheel stands on its spokes by their tension.", "Wide tyres roll easily at low pressure."),
    article("tyres", "At low pressure a wide tyre rolls more easily than a narrow one.", "Rubber ages in sunlight."),
    article("ovens", "Steam in the oven keeps the crust of a loaf soft for the first minutes.", "Stone holds heat."),
)
