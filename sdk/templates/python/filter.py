#!/usr/bin/env python3
"""@NAME@: drops papers by the words of their titles. Speaks exec/1, a line of JSON at a time (docs/exec.md)."""
import json
import sys

OPTIONS = {
    "words": {"type": "list", "default": [], "doc": "Words, as titles spell them"},
    "drop": {"type": "string", "default": "with", "choices": ["with", "without"],
             "doc": "Whether titles that have one of them are dropped, or those without"},
}


def reason_to_drop(title, words, drop):
    has = any(word in title for word in words)
    if has != (drop == "with"):
        return None
    return "a word not wanted" if has else "no word wanted"


if __name__ == "__main__":
    options = json.loads(sys.stdin.readline())["options"]
    print(json.dumps({"ready": "exec/1", "name": "@NAME@", "version": "0.1.0", "kind": "filter", "options": OPTIONS}), flush=True)
    for line in sys.stdin:
        paper = json.loads(line)
        answer = {"id": paper["id"]}
        reason = reason_to_drop(paper["title"], options.get("words", []), options.get("drop", "with"))
        if reason:
            answer["drop"] = reason
        print(json.dumps(answer), flush=True)
