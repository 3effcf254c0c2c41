#!/usr/bin/env python3
"""@NAME@: raises papers whose title has your words. Speaks exec/1, a line of JSON at a time (docs/exec.md)."""
import json
import sys

OPTIONS = {"words": {"type": "list", "default": [], "doc": "Words, as titles spell them"}}


def relevance(title, words):
    return min(10, 1 + 3 * sum(word in title for word in words))


if __name__ == "__main__":
    hello = json.loads(sys.stdin.readline())
    print(json.dumps({"ready": "exec/1", "name": "@NAME@", "version": "0.1.0", "kind": "scorer", "axes": ["relevance"],
                      "options": OPTIONS}), flush=True)
    for line in sys.stdin:
        paper = json.loads(line)
        score = relevance(paper["title"], hello["options"].get("words", []))
        print(json.dumps({"id": paper["id"], "relevance": score}), flush=True)
