"""English words by which a text turns what it says into its opposite."""

_NEGATIONS = """
    not no never none neither nor cannot without hardly rarely seldom barely fails fail failed lack lacks lacking unable
    isn aren wasn weren doesn don didn won wouldn couldn shouldn hasn haven hadn unproven
"""
_FUNCTION_WORDS = """
    a about among an and any are as at be been being but by can could did do does for from had has have how if
    in into is it its may might more most much must of on one only or other our out over own per same should so
    some such than that the their them then there these they this those through to too under up us use very was
    we were what when where which while who why will with would you your not no never less few
"""
NEGATIONS = frozenset(_NEGATIONS.split())
"""Words that deny what follows (``isn`` of ``isn't``)."""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that say nothing about what a text is about."""
OPPOSITES = """
    increase decrease; increase reduce; rise fall; raise lower; raise reduce; more less; more fewer; most few;
    higher lower; grow shrink; gain lose; improve worsen; better worse; strengthen weaken; stronger weaker; help harm;
    help hurt; benefit harm; expand contract; widen narrow; deepen ease; accelerate slow; faster slower; fast slow;
    easy hard; easier harder; cheap expensive; cheaper dearer; safe dangerous; always never; all none; exceed below;
    above below; allow prevent; enable prevent; support undermine; true false; success failure; succeed fail;
    before after; start stop; keep lose; necessary unnecessary; sufficient insufficient; possible impossible;
    effective ineffective; abundant scarce; with without; include exclude; warm cool; hot cold; wet dry; alive dead;
    living dead; high low; long short; early late; upper lower; top bottom; hang stand; push pull; inside outside;
    open closed; full empty; heavy light; thick thin; deep shallow; near far; rough smooth
"""
"""Pairs of opposites, parted by semicolons."""
