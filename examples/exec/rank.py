#!/usr/bin/env python3
"""Scores papers by how many of your words their titles and abstracts hold."""
import json, sys

hello = json.loads(input())
words = {"type": "list", "required": True, "doc": "Words that raise a paper"}
print(json.dumps({"ready": "exec/1", "kind": "scorer", "axes": ["relevance"], "options": {"words": words}}))
for line in sys.stdin:
    paper = json.loads(line)
    text = (paper["title"] + " " + paper["abstract"]).lower()
    found = [word for word in hello["options"].get("words", []) if word.lower() in text]
    score = min(10, 1 + 3 * len(found))
    print(json.dumps({"id": paper["id"], "relevance": score, "comment": ", ".join(found)}))
