"""What @NAME@ promises: python3 -m unittest"""
import json
import pathlib
import subprocess
import sys
import unittest

import @FILE@

FOLDER = pathlib.Path(__file__).resolve().parent


def talk(hello, *lines):
    """What the program answers, as Gleaner talks to it: the handshake first."""
    sent = "".join(json.dumps(line) + "\n" for line in ({"gleaner": "exec/1"} | hello, *lines))
    done = subprocess.run([sys.executable, FOLDER / "@FILE@.py"], input=sent, capture_output=True, text=True, cwd=FOLDER, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


class Promises(unittest.TestCase):
    def test_comments_and_empty_lines_are_no_papers(self):
        papers = list(@FILE@.papers(["# a comment\n", "\n", "https://example.org/1 Sparse experts\n"]))
        self.assertEqual(papers, [{"id": "url:https://example.org/1", "url": "https://example.org/1", "title": "Sparse experts"}])

    def test_it_sends_the_papers_of_the_list(self):
        ready, *papers = talk({"kind": "source", "options": {"file": "papers.txt"}})
        self.assertEqual(ready["ready"], "exec/1")
        self.assertEqual([one["paper"]["title"] for one in papers],
                         ["Sparse experts at night", "A survey of pruning", "Watering roses"])

    def test_a_list_that_is_missing_is_named_with_the_option(self):
        _, problem = talk({"kind": "source", "options": {"file": "nowhere.txt"}})
        self.assertEqual(problem["option"], "/file")
        self.assertIn("nowhere.txt", problem["error"])


if __name__ == "__main__":
    unittest.main()
