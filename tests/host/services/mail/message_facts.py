# A message on standard input as Python's email module reads it, as JSON on standard output.
import email
import email.policy
import email.utils
import html.parser
import json
import re
import sys



class Page(html.parser.HTMLParser):
    void = {"meta", "br", "hr", "img", "link", "input"}

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.links, self.open, self.torn = set(), set(), set(), [], []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            self.attributes.add(name)
            if name in ("href", "src", "action", "background"):
                self.links.add(value or "")
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.torn.append(tag)


page = Page()
raw = sys.stdin.buffer.read()
message = email.message_from_bytes(raw, policy=email.policy.default)
head = raw.split(b"\r\n\r\n", 1)[0]
parts = [part for part in message.walk() if not part.is_multipart()]
for part in parts:
    if part.get_content_type() == "text/html":
        page.feed(part.get_content())
lines = raw.split(b"\r\n")
json.dump({
    "headers": {name.lower(): str(value).strip() for name, value in message.items()},
    "names": [name for name, _ in message.items()],
    "type": message.get_content_type(),
    "parts": [{"type": part.get_content_type(), "charset": part.get_content_charset(),
               "encoding": str(part["Content-Transfer-Encoding"]), "text": part.get_content().replace("\r\n", "\n")} for part in parts],
    "defects": [str(d) for part in message.walk() for d in part.defects]
    + [str(d) for _, value in message.items() for d in getattr(value, "defects", [])],
    "date": email.utils.parsedate_to_datetime(str(message["Date"])).isoformat() if message["Date"] else "",
    "longest_line": max(len(line) for line in lines),
    "longest_header_line": max(len(line) for line in head.split(b"\r\n")),
    "longest_word": max([len(w) for w in re.findall(rb"=\?[^?]*\?[BbQq]\?[^?]*\?=", head)] + [0]),
    "bare": len(re.findall(rb"(?<!\r)\n|\r(?!\n)", raw)),
    "ascii": all(b < 128 for b in raw),
    "bytes": len(raw),
    "tags": sorted(page.tags), "attributes": sorted(page.attributes), "links": sorted(page.links),
    "torn": page.torn + page.open,
}, sys.stdout)
