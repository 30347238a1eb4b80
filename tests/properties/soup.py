"""Random Markdown under random headings, every word of it told apart."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

Pick = Callable[[Sequence[str]], str]

INLINE = [
    *["{w}"] * 6,
    *["{w} {i}"] * 3,
    "*{i}*",
    "**{i}**",
    "_{w}_",
    "{w}_{w}_{w}",
    "***{w}** {i}*",
    "`{w}`",
    "``{w}`{w}``",
    "` {w} `",
    "[{i}](/articles/moon/)",
    '[{w}](<a b> "{t}")',
    "[*{w}*](/x)",
    "[{w}]()",
    "[![{w}](y.png)](/x)",
    "![{w}](x.png)",
    "<https://e.example/{w}>",
    "[{w}][ref]",
    "[ref]",
    "[{w}][no]",
    "<b>{i}</b>",
    "<i>{w}</i>",
    "<cite>{w} {w}</cite>",
    "<!-- {h} -->",
    "{w}<!--{h}-->{w}",
    "&amp;",
    "&#35;",
    "&copy{w}",
    "&lt;{w}&gt;",
    "\\*{w}\\*",
    "\\",
    "{w}<br>{w}",
    "{w}  \n{w}",
    "{w}\\\n{w}",
    "{w}\n{w}",
    "{w}\u00a0{w}",
    "({w})",
    '"{w} {w}"',
    "“{w}”",
    "{w}'s",
    "~~{w}~~",
    "$5",
]
"""Running text: ``{w}`` a word, ``{i}`` more running text, ``{h}`` a word of a comment, ``{t}`` one of a tooltip."""

TELLING = [
    "C1", "C2:", "claim-001", "claim-2:", "(claim-001)", "(C2)", "(C1).", "(1)", "(2)", "1.", "2)", "-", "+", "#",
    "##", "—", ":", ";", ",", ", and", "and", "(2001)", "1999", "Research:", "Note:", "e.g.", "No", "is", "et al.,",
    "three claims:", "The claims are:", "Thesis:", "=", "|", ">", "!", "[", "]", "*", "_", "`", "<", "&", "\\\\", "~~~",
    "<b>", "</i>", "É", "*{w}*,", "“", "claim-001 says that", ".", "of", "...", "---", "None", "[x]", "(", ")",
]  # fmt: skip
"""What looks like an id, a year, a label or a mark."""

HEADINGS = [
    "Thesis", "Audience", "Claims", "Source Families", "Agent Involvement", "Recommended Queries", "Known Limits",
    "Agent Instructions", "Key claims", "Source summary", "Primary reader", "Instructions", "Known Risks",
    "agent involvement", "**Claims:**", "1. Thesis", "Claims #1", "[Claims](/x)", "`Claims`", "Core Frame {w}", "{w}",
    "{i}", "Agent Brief", "",
]  # fmt: skip


@dataclass(slots=True)
class Soup:
    """Writes Markdown; `pick` chooses one of several, so that hypothesis can and so can plain chance."""

    pick: Pick
    telling: bool = True
    """Whether what looks like ids, years and labels is mixed in."""
    words: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    tooltips: list[str] = field(default_factory=list)

    def fill(self, shape: str, depth: int = 0) -> str:
        """A shape with its places filled."""
        return re.sub(r"\{([wiht])\}", lambda match: self._place(match[1], depth), shape)

    def _place(self, kind: str, depth: int) -> str:
        if kind == "i":
            return self.inline(depth + 1)
        made = {"w": self.words, "h": self.hidden, "t": self.tooltips}[kind]
        number = len(made)
        letters = "".join("abcdefghij"[int(digit)] for digit in f"{number:03d}")
        made.append(f"{'q' if kind == 'w' else kind}{letters}k")
        return self.pick([made[-1], made[-1].capitalize()]) if kind == "w" else made[-1]

    def inline(self, depth: int = 0) -> str:
        """A stretch of running text."""
        shapes = TELLING if self.telling and self.pick("abcd") == "a" else INLINE
        return self.fill(self.pick(shapes), depth) if depth < 3 else self.fill("{w}")

    def line(self) -> str:
        """Several stretches; now and then over two lines."""
        return " ".join(self.inline() for _ in range(int(self.pick("11234"))))

    def block(self, depth: int = 0) -> list[str]:
        """The lines of one block."""
        kind = self.pick(_KINDS if depth < 2 else _FLAT)
        return list(_BLOCKS[kind](self, depth))

    def blocks(self, depth: int = 0) -> list[str]:
        """The lines of several blocks, mostly with blank lines between."""
        lines: list[str] = []
        for number in range(int(self.pick("01122233"[depth:]))):
            lines += [""] if number and self.pick("aaab") == "a" else []
            lines += self.block(depth)
        return lines

    def section(self) -> list[str]:
        """A heading and what is below it."""
        title = self.fill(self.pick(HEADINGS))
        marks = self.pick(["##"] * 12 + ["#", "###"])
        return [f"{marks} {title}".replace("\n", " "), *self.pick([[""], [""], []]), *self.blocks(), ""]  # type: ignore

    def body(self) -> str:
        """A whole brief's Markdown."""
        lines = self.blocks() if self.pick("aab") == "b" else []
        for _ in range(int(self.pick("0112233445"))):
            lines += ["", *self.section()]
        return "\n".join(lines) + "\n"


def _paragraph(soup: Soup, depth: int) -> list[str]:
    return soup.line().split("\n")


def _bullets(soup: Soup, depth: int) -> list[str]:
    marker = soup.pick(["-", "-", "-", "*", "+", "1.", "2)", "-  ", "-   "])
    loose = soup.pick("aab") == "b"
    lines: list[str] = []
    for number in range(int(soup.pick("1223"))):
        own = _item(soup, depth)
        lines += [""] if loose and number else []
        pad = " " * (len(marker) + 1)
        lines += [f"{marker} {own[0]}".rstrip(" ") if own else marker]
        lines += [pad + line if line else "" for line in own[1:]]
    return lines


def _item(soup: Soup, depth: int) -> list[str]:
    head = soup.pick(["", "", "", "`claim-001`: ", "claim-002: ", "C3 — ", "{w}: ", "[ ] "])
    own = (soup.fill(head) + soup.line()).split("\n")
    if soup.pick("aaab") == "b":
        own += [*soup.pick([[], [""]]), *soup.block(depth + 1)]  # type: ignore
    return own if soup.pick("abcdefgh") != "a" else soup.block(depth + 1)


def _quote(soup: Soup, depth: int) -> list[str]:
    return [f"> {line}" for line in soup.block(depth + 1)]


def _fence(soup: Soup, depth: int) -> list[str]:
    fence = soup.pick(["```", "~~~", "````", "```python"])
    return [fence, *soup.fill("{w}\n## {w}\n\n{w}").split("\n"), fence.removesuffix("python")]


def _heading(soup: Soup, depth: int) -> list[str]:
    shape = soup.pick(
        ["# {i}", "### {i}", "### claim-002", "###### {w} ##", "{i}\n---", "{w}\n{w}\n===", "## {w}", "#"]
    )
    return soup.fill(shape).split("\n")


def _other(soup: Soup, depth: int) -> list[str]:
    return soup.fill(soup.pick(_OTHER)).split("\n")


_OTHER = [
    "    {w} indented",
    "\t{w}\n\n\t{w}",
    "---",
    "***",
    "_ _ _",
    "<div>\n{w}\n</div>",
    "<div>{w} &amp; <b>{w}</b></div>",
    "<p>\n\n{i}\n\n</p>",
    "<pre>\n{w}\n\n{w}\n</pre>",
    "<!-- {h} -->",
    "<!--\n{h}\n\n{h}\n-->",
    "<!-- {h} --> {w}",
    "<!-- {h} -->\n{w} {i}",
    "<!-- {h} -->\n- {w}",
    "{w} <!-- {h}\n{h} --> {w}",
    "<br>",
    "<img alt=x>",
    "| {i} | {i} |\n|---|---|\n| {i} | {i} |\n| {w} |",
    "| id | text |\n|---|---|\n| claim-001 | {i} |\n| `claim-002` | {w} |",
    '[ref]: http://e.example/x "{t}"',
    "[ref]:\n  <http://e.example/y>",
    "[{w}]: /unused",
    "- ",
    "-\n  {w}",
    "- {w}\n{w}",
    "-     {w}",
    "- <!-- {h} -->",
    "- {w}\n  - {w}\n    - {w}\n  - {w}",
    "- {w}:\n  - {w}, {w}\n  - *{w}*\n\n  {w}",
    "1. {w}\n1. {w}",
    "- - {w}",
    "- > {w}",
    "- # {w}",
    "- ```\n  {w}\n  ```",
    "- | a | b |\n  |---|---|\n  | {w} | {w} |",
    "- `claim-001`: {i}\n- `claim-002`: {i}\n- `claim-001`: {w}",
    "- {w} (C1)\n- {w} (C2).",
    "- **{w}**\n  - claim-001: {w}\n  - claim-002: {w}",
    "claim-003: {i}\n\n(4) {w}",
    "The two claims are: {w} {w}; and {w} {w}.",
    "Its claims are {w} {w} (C1), {w} (C2), and {w} (C3). {w}",
    "C1 — {w}. C2 — {w} {w}. {w}.",
    "Thesis: {w} {i}.",
    "- {w}: {w}, *{w}*; {w} ({w}).",
    "- {W}: {w}, {w}, and {w} (2001), “{w}, {w}”, *{w} {w}* ({w}).".replace("{W}", "{w}"),
    "- {w} ({w}, {w}).",
    "- No {w} {w}.",
]
_KINDS = ["paragraph"] * 4 + ["bullets"] * 5 + ["quote", "fence", "heading", "other", "other", "other", "other"]
_FLAT = ["paragraph"] * 3 + ["fence", "heading", "other"]
_BLOCKS: dict[str, Callable[[Soup, int], list[str]]] = {
    "paragraph": _paragraph,
    "bullets": _bullets,
    "quote": _quote,
    "fence": _fence,
    "heading": _heading,
    "other": _other,
}


@st.composite
def soups(draw: st.DrawFn, telling: bool = True) -> Soup:
    """A soup already cooked: its text is `body`'s first answer, kept in `text`."""
    raise NotImplementedError
