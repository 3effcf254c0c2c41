"""links.py TOP: every link within the repository's pages leads to a file that is there, and to a heading that it has."""

import pathlib
import re
import sys
import urllib.parse

top = pathlib.Path(sys.argv[1])
pages = [top / "README.md", top / "CHANGELOG.md", *(p for folder in ("docs", "sdk", "examples", "pipelines", "bench")
                                                      for p in (top / folder).rglob("*.md") if "out" not in p.parts)]


def without_code(text):
    # Fenced blocks, blocks set in by four blanks, and spans are shown as they are and link nothing.
    text = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    text = re.sub(r"^(?: {4}|\t).*$", "", text, flags=re.M)
    return re.sub(r"`[^`\n]*`", "code", text)


def anchors(page):
    """What headings are linked by: lower case, blanks as hyphens, other punctuation left out."""
    out = set()
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for heading in re.findall(r"^#{1,6} +(.+?) *$", text, re.M):
        out.add(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-"))
    return out


count = 0
broken = []
for page in pages:
    text = without_code(page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(<?([^)\s>]+)>?\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        count += 1
        path, _, anchor = target.partition("#")
        file = (page.parent / urllib.parse.unquote(path)).resolve() if path else page
        if not file.exists():
            broken.append(f"{page.relative_to(top)}: {target} is not there")
        elif anchor and file.suffix == ".md" and anchor not in anchors(file):
            broken.append(f"{page.relative_to(top)}: {target} is no heading of that page")
for line in sorted(set(broken)):
    print(line)
print(f"{count} links on {len(pages)} pages")
sys.exit(1 if broken or count < 50 else 0)
