#!/usr/bin/env python3
"""Writes the titles of a digest as a page of plain text."""
import json

hello = json.loads(input())
print(json.dumps({"ready": "exec/1", "kind": "output", "options": {"bullet": {"type": "string"}}}))
digest = json.loads(input())
print(json.dumps({"write": f"{digest['title']} {digest['date']}\n\n"}))
for paper in digest["papers"]:
    print(json.dumps({"write": f"{hello['options'].get('bullet', '-')} {paper['title']} ({paper['comment']})\n"}))
