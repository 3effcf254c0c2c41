#!/usr/bin/env python3
"""@NAME@: reads a list of papers, one a line: its address, a blank, its title. Speaks exec/1 (docs/exec.md)."""
import json
import sys

OPTIONS = {"file": {"type": "string", "default": "papers.txt", "doc": "The list"}}


def papers(lines):
    for line in lines:
        url, blank, title = line.strip().partition(" ")
        if blank and not line.startswith("#"):
            yield {"id": "url:" + url, "url": url, "title": title}


if __name__ == "__main__":
    hello = json.loads(sys.stdin.readline())
    print(json.dumps({"ready": "exec/1", "name": "@NAME@", "version": "0.1.0", "kind": "source", "options": OPTIONS}), flush=True)
    if hello.get("check"):
        sys.exit()
    try:
        with open(hello["options"].get("file", "papers.txt"), encoding="utf-8") as lines:
            for paper in papers(lines):
                print(json.dumps({"paper": paper}), flush=True)
    except OSError as problem:
        print(json.dumps({"error": f"The list cannot be read: {problem}.", "option": "/file"}), flush=True)
