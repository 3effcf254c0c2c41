"""What is in a feed, read with Python's own XML parser: one line of tab-separated fields for each paper.

The tests compare this with what the plugin's parser reads. Nothing here knows that parser.
"""

import re
import sys
import xml.etree.ElementTree as tree

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
DC = "{http://purl.org/dc/elements/1.1/}"


def clean(text):
    return re.sub(r"[ \t\r\n]+", " ", text or "").strip(" ")


def child(element, *names):
    for name in names:
        found = element.find(name)
        if found is not None:
            return clean(found.text)
    return ""


def day(text):
    rfc822 = re.match(r"\w+, (\d+) (\w+) (\d+)", text)
    if rfc822:
        number, month, year = rfc822.groups()
        return "%s-%02d-%02d" % (year, MONTHS.index(month) + 1, int(number))
    return text[:10]


def paper(entry, feed_day):
    guid = child(entry, "guid", ATOM + "id")
    identifier, version = re.fullmatch(r"oai:arXiv\.org:(.+)v(\d+)", guid).groups()
    text = child(entry, "description", ATOM + "summary")
    categories = [clean(c.text) for c in entry.findall("category")]
    categories += [c.get("term") for c in entry.findall(ATOM + "category")]
    return [
        identifier,
        version,
        child(entry, ARXIV + "announce_type"),
        child(entry, "title", ATOM + "title"),
        "|".join(child(entry, DC + "creator").split(", ")),  # no sample has an affiliation
        ",".join(categories),
        child(entry, ARXIV + "DOI"),
        child(entry, ARXIV + "journal_reference"),
        child(entry, DC + "rights"),
        day(child(entry, "pubDate", ATOM + "published")) or feed_day,
        re.sub(r"^arXiv:\S+ Announce Type: \S+ Abstract: ", "", text),
    ]


def main():
    root = tree.parse(sys.argv[1]).getroot()
    channel = root.find("channel")
    entries = root.findall(ATOM + "entry") if channel is None else channel.findall("item")
    header = root if channel is None else channel
    feed_day = day(child(header, "pubDate"))
    lines = [paper(entry, feed_day) for entry in entries]
    print("\t".join([child(header, "title", ATOM + "title"), feed_day or (lines[0][9] if lines else "")]))
    for line in lines:
        print("\t".join(line))


main()
