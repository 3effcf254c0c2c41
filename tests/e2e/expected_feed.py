"""What is in a feed, by Python's own XML parser: one JSON object, made without any code of the program.

    {"date": "2026-11-18", "papers": [{"id", "version", "title", "authors", "categories", "announce", "abstract"}, ...]}
"""

import email.utils
import json
import re
import sys
import xml.etree.ElementTree as tree

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
DC = "{http://purl.org/dc/elements/1.1/}"


def one_line(text):
    return re.sub(r"[ \t\r\n]+", " ", text or "").strip(" ")


def first(element, *names):
    for name in names:
        if element.find(name) is not None:
            return one_line(element.find(name).text)
    return ""


def names(creator):
    """Commas inside parentheses belong to affiliations, which are no names."""
    outside, depth = "", 0
    for character in creator:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0 and character != ")":
            outside += character
    return [one_line(name) for name in outside.split(",") if one_line(name)]


def paper(entry):
    identifier, version = re.fullmatch(r"oai:arXiv\.org:(.+)v(\d+)", first(entry, "guid", ATOM + "id")).groups()
    categories = [one_line(each.text) for each in entry.findall("category")]
    categories += [each.get("term") for each in entry.findall(ATOM + "category")]
    return {
        "id": identifier,
        "version": int(version),
        "title": first(entry, "title", ATOM + "title"),
        "authors": names(first(entry, DC + "creator")),
        "categories": categories,
        "announce": first(entry, ARXIV + "announce_type"),
        "abstract": re.sub(r"^arXiv:\S+ Announce Type: \S+ Abstract: ", "", first(entry, "description", ATOM + "summary")),
    }


def main():
    root = tree.parse(sys.argv[1]).getroot()
    channel = root.find("channel")
    if channel is not None:
        entries = channel.findall("item")
        date = email.utils.parsedate_to_datetime(first(channel, "pubDate")).date().isoformat()
    else:
        entries = root.findall(ATOM + "entry")
        date = first(entries[0], ATOM + "published")[:10]
    json.dump({"date": date, "papers": [paper(entry) for entry in entries]}, sys.stdout)


main()
