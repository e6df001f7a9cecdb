"""Tell an imperative sentence by its first words."""

from __future__ import annotations

import re
from typing import Final

_FIRST: Final = re.compile(r"[\"“'(]*(?:(?:please|always|first|then|next|finally|instead|so|and|also),?\s+)*([a-z][\w-]*)\s+(\S+)")
_FINITE: Final = frozenset(
    {
        "is", "are", "was", "were", "has", "have", "had", "does", "did", "will", "would", "can", "could", "may", "might",
        "must", "should", "of",
    }
)  # fmt: skip
"""A word after the first that shows the first to be a noun: "Test cases", "Review is", "Cost of"."""

_VERBS: Final = frozenset(
    """
    accept account act adapt add address adopt agree aim align allow analyse analyze anchor answer apply archive arrange
    ask assess assign assume attach attend audit automate balance base be become begin benchmark block book borrow break
    bring budget build buy calculate calibrate call cancel cap capture carry catch challenge change charge check choose
    cite clarify clean clear close coach collect combine commit communicate compare complete compute concentrate confirm
    connect consider consolidate consult contain continue contribute control convert copy count cover create cultivate cut
    decide declare decline decouple default defend define delay delegate delete deliver demand demonstrate deploy describe
    design detect determine develop disable disclose discuss distinguish distribute divide document double draft draw
    drive drop earn edit eliminate embed embrace emphasize enable encourage encrypt enforce engage ensure escalate
    establish estimate evaluate examine exclude expand expect experiment explain explore expose express extend extract
    face fail favor favour feed filter find fix focus follow force formalise formalize foster frame free fund gather
    generate get give go grade grant group grow guard guide handle have help hide hire hold host identify ignore implement
    improve include increase inform insist inspect instrument integrate introduce invest investigate invite involve
    isolate iterate join judge justify keep kill know label launch lead learn leave let leverage limit link list listen
    log look lower maintain make manage map mark match measure meet mentor merge migrate minimise minimize mitigate model
    monitor move name negotiate note notice offer open optimise optimize order organise organize own pair partner pass pay
    pick pilot pin place plan prefer prepare present preserve press prevent price prioritise prioritize probe produce
    promise promote protect prototype prove provide publish pull push put quantify question quote raise rank read reassess
    recheck recognise recognize record recruit reduce refactor refer refine refuse reject release rely remember remove
    rename replace replay report require reserve resist respect respond restrict retain rethink retire return reuse reveal
    review reward rewrite rotate run sample save say scale schedule scope score seek segment select send separate serve
    set share shift ship show simplify skip solve sort specify spell spend split sponsor stage standardise standardize
    start state stay stick stop store stream strengthen strip structure study submit supply support survey switch take
    talk target teach tell test think tie time trace track train transform translate treat trim trust try tune turn
    understand unify update upgrade use validate value verify version view visit wait walk want warn watch weigh work
    write
    """.split()
)
"""Base forms that open advice; chosen by hand from the verbs that articles for professionals use."""


def is_imperative(sentence: str) -> bool:
    """Tell whether a sentence tells its reader to do something.

    >>> is_imperative("Score each task with a written rubric."), is_imperative("Test cases should come from real failures.")
    (True, False)
    """
    found = _FIRST.match(sentence[:1].lower() + sentence[1:])
    if found is None or found.group(1) not in _VERBS:
        return False
    following = sentence.split()[1:4]
    return not any(word.strip(",").lower() in _FINITE for word in following[:2])
