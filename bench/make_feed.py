#!/usr/bin/env python3
"""Writes papers that nobody wrote, as arXiv's RSS feed of a day or as JSON lines, for measuring.

    bench/make_feed.py --papers 526 day.xml
    bench/make_feed.py --papers 1000000 --format jsonl papers.jsonl

The same arguments give the same bytes. The form is that of a feed of rss.arxiv.org; an entry has about 2,000 bytes, an
abstract about 1,250, as in a feed of cs.LG. Six in ten entries are new or cross-lists, the others replacements."""

import argparse
import json
import random
import sys
from xml.sax.saxutils import escape

DAY = "Tue, 20 May 2025 00:00:00 -0400"
DATE = "2025-05-20"
ID_MONTH = "2505"
SENTENCES = 4000  # in stock; an abstract is a handful of them, so that a million papers take a minute

OPENINGS = ["We study", "This paper examines", "We introduce", "Here we revisit", "We ask what limits", "We present",
            "Our work concerns", "We give a simple account of", "This note analyses", "We propose", "We measure"]
ADJECTIVES = ["sparse", "causal", "hierarchical", "robust", "low-rank", "amortised", "multilingual", "certified", "stochastic",
              "equivariant", "federated", "streaming", "contrastive", "calibrated", "long-context", "non-convex", "noisy",
              "lightweight", "self-supervised", "token-level", "differentiable", "cooperative", "offline", "adaptive"]
NOUNS = ["transformers", "language models", "graph networks", "policy gradients", "state-space models", "diffusion samplers",
         "tokenisers", "retrieval pipelines", "speech encoders", "protein surrogates", "traffic forecasts", "kernel machines",
         "bandit algorithms", "vision encoders", "reward models", "weather emulators", "recommendation lists", "code assistants",
         "knowledge graphs", "segmentation masks", "robot grippers", "sensor networks", "theorem provers", "audio codecs"]
METHODS = ["pruning", "quantization", "distillation", "chain-of-thought reasoning", "a mixture of experts", "early stopping",
           "importance weighting", "curriculum learning", "conformal prediction", "gradient clipping", "spectral analysis",
           "random features", "variational inference", "tree search", "active sampling", "weight averaging",
           "data augmentation", "instruction tuning", "low-rank adaptation", "preference optimisation"]
VERBS = ["reduces", "explains", "bounds", "improves", "stabilises", "hardly changes", "doubles", "predicts", "preserves", "hides"]
MEASURES = ["the test error", "peak memory", "calibration error", "wall-clock time", "sample complexity", "the regret",
            "perplexity", "word error rate", "the number of queries", "robust accuracy", "throughput", "annotation cost"]
PLACES = ["seven public benchmarks", "a year of hospital records", "synthetic graphs", "three languages with little text",
          "simulated warehouses", "satellite images", "a corpus of court rulings", "noisy sensor streams", "small devices",
          "open-ended dialogues", "molecules of up to forty atoms", "a fleet of delivery bicycles"]
MATH = ["$O(n \\log n)$", "$\\ell_2$-norm", "$k$-means", "$\\epsilon$-greedy", "$\\alpha < 1$", "$p(x \\mid z)$",
        "$\\mathbb{R}^d$", "$\\widetilde{O}(\\sqrt{T})$"]
GIVEN = ["Ana", "Bj\\\"orn", "Chidi", "Dimitra", "Emeka", "Farah", "Goran", "Hana", "Ilse", "Jos\\'e", "Kaito", "Lena",
         "Mat\\'ias", "Noor", "Olu", "Petra", "Quim", "Ravi", "Signe", "Tom\\'a\\v{s}", "Uma", "Vikram", "Wei", "Yara", "Zofia"]
FAMILY = ["Abara", "Brandvold", "Castell\\'on", "Dvo\\v{r}\\'ak", "Eriksen", "Fontaine", "Gutierrez", "Hosseini", "Ito",
          "Jansson", "Kowalczyk", "Lindqvist", "M\\\"uller", "Nakamura", "Okafor", "Pettersen", "Quist", "Rossi", "S\\o rensen",
          "Takahashi", "Ueda", "Varga", "Weiss", "Xu", "Yilmaz", "Zhang"]
HOUSES = ["Institute of Slow Computing", "Harbour University", "Technical College, Dept. 4", "Northern Data Lab"]
CATEGORIES = ["cs.LG", "cs.AI", "cs.CL", "stat.ML", "cs.CV", "cs.RO", "eess.AS", "math.OC", "cs.IR", "q-bio.QM"]
LICENCES = ["http://creativecommons.org/licenses/by/4.0/", "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
            "http://creativecommons.org/licenses/by-nc-sa/4.0/"]
TYPES = [("new", 0.45), ("cross", 0.15), ("replace", 0.30), ("replace-cross", 0.10)]  # in the order of a feed


class Writer:
    """Makes papers; every choice comes from one seed."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.stock = [self.sentence() for _ in range(SENTENCES)]

    def thing(self):
        return f"{self.chance.choice(ADJECTIVES)} {self.chance.choice(NOUNS)}"

    def sentence(self):
        pick = self.chance.choice
        forms = [
            lambda: f"{pick(OPENINGS)} {self.thing()} and show that {pick(METHODS)} {pick(VERBS)} {pick(MEASURES)} on {pick(PLACES)}.",
            lambda: f"With {pick(METHODS)}, {self.thing()} need {self.chance.randint(2, 60)}% less of what they spent before, "
                    f"while {pick(MEASURES)} stays within {self.chance.randint(1, 9)} points of that of {self.thing()}.",
            lambda: f"On {pick(PLACES)} the bound is {pick(MATH)}, and {pick(METHODS)} & {pick(METHODS)} together meet it.",
            lambda: f"An ablation over {self.chance.randint(3, 40)} settings suggests that {pick(METHODS)} {pick(VERBS)} "
                    f"{pick(MEASURES)} only where {self.thing()} are trained first.",
            lambda: f"Unlike {self.thing()}, which presume {pick(MATH)}, our approach asks for nothing but {pick(METHODS)}.",
        ]
        return pick(forms)()

    def title(self):
        pick = self.chance.choice
        forms = [lambda: f"{pick(METHODS)} for {self.thing()}", lambda: f"When does {pick(METHODS)} help {self.thing()}?",
                 lambda: f"{pick(MATH)} bounds for {self.thing()} under {pick(METHODS)}",
                 lambda: f"{self.thing()} on {pick(PLACES)}: {pick(METHODS)} revisited"]
        words = pick(forms)()
        return words[0].upper() + words[1:]

    def creator(self):
        names = []
        for _ in range(min(12, 1 + int(self.chance.expovariate(0.28)))):
            name = f"{self.chance.choice(GIVEN)} {self.chance.choice(FAMILY)}"
            names.append(f"{name} ({self.chance.choice(HOUSES)})" if self.chance.random() < 0.1 else name)
        return ", ".join(names)

    def paper(self, number, announce):
        if announce.startswith("replace"):  # papers of the months before
            identifier = f"{2401 + number % 12}.{10000 + number // 12:05}"
            version = self.chance.randint(2, 5)
        else:
            identifier, version = f"{ID_MONTH}.{number + 1:05}", 1
        categories = self.chance.sample(CATEGORIES, self.chance.choice([1, 1, 2, 2, 3]))
        return {"id": identifier, "version": version, "title": self.title(), "creator": self.creator(), "categories": categories,
                "abstract": " ".join(self.chance.choices(self.stock, k=self.chance.randint(6, 13))),
                "announce": announce, "licence": self.chance.choice(LICENCES),
                "doi": f"10.99999/invented.{number}" if self.chance.random() < 0.05 else ""}


def types(count):
    """How many papers of each type, the largest share taking the rest."""
    rest = [(name, int(count * share)) for name, share in TYPES[1:]]
    return [(TYPES[0][0], count - sum(n for _, n in rest)), *rest]


def papers(count, seed):
    writer, number = Writer(seed), 0
    for announce, amount in types(count):
        for _ in range(amount):
            yield writer.paper(number, announce)
            number += 1


def item(paper):
    categories = "".join(f"      <category>{name}</category>\n" for name in paper["categories"])
    doi = f"      <arxiv:DOI>{paper['doi']}</arxiv:DOI>\n" if paper["doi"] else ""
    versioned = f"{paper['id']}v{paper['version']}"
    return (f"    <item>\n      <title>{escape(paper['title'])}</title>\n"
            f"      <link>https://arxiv.org/abs/{paper['id']}</link>\n"
            f"      <description>arXiv:{versioned} Announce Type: {paper['announce']} \n"
            f"Abstract: {escape(paper['abstract'])}</description>\n"
            f"      <guid isPermaLink=\"false\">oai:arXiv.org:{versioned}</guid>\n{categories}"
            f"      <pubDate>{DAY}</pubDate>\n      <arxiv:announce_type>{paper['announce']}</arxiv:announce_type>\n"
            f"      <dc:rights>{paper['licence']}</dc:rights>\n{doi}"
            f"      <dc:creator>{escape(paper['creator'])}</dc:creator>\n    </item>\n")


def write_rss(count, seed, out):
    title = "cs.LG, cs.AI, cs.CL, stat.ML updates on arXiv.org"
    out.write("<?xml version='1.0' encoding='UTF-8'?>\n"
              '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
              'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">\n'
              f"  <channel>\n    <title>{title}</title>\n    <link>http://rss.arxiv.org/rss/cs.LG+cs.AI+cs.CL+stat.ML</link>\n"
              f"    <description>{title[:-len(' on arXiv.org')]} on the arXiv.org e-print archive.</description>\n"
              '    <atom:link href="http://rss.arxiv.org/rss/cs.LG+cs.AI+cs.CL+stat.ML" rel="self" type="application/rss+xml"/>\n'
              "    <docs>http://www.rssboard.org/rss-specification</docs>\n    <language>en-us</language>\n"
              "    <lastBuildDate>Tue, 20 May 2025 04:00:10 +0000</lastBuildDate>\n"
              f"    <managingEditor>rss-help@arxiv.org</managingEditor>\n    <pubDate>{DAY}</pubDate>\n"
              "    <skipDays>\n      <day>Saturday</day>\n      <day>Sunday</day>\n    </skipDays>\n")
    for paper in papers(count, seed):
        out.write(item(paper))
    out.write("  </channel>\n</rss>\n")


def write_jsonl(count, seed, out):
    for paper in papers(count, seed):
        record = {"id": paper["id"], "version": paper["version"], "url": f"https://arxiv.org/abs/{paper['id']}",
                  "title": paper["title"], "authors": paper["creator"].split(", "), "abstract": paper["abstract"],
                  "categories": paper["categories"], "announce": paper["announce"], "published": DATE}
        if paper["doi"]:
            record["doi"] = paper["doi"]
        out.write(json.dumps(record, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="where to write; - is standard output")
    parser.add_argument("--papers", type=int, default=526)
    parser.add_argument("--format", choices=["rss", "jsonl"], default="rss")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write = write_rss if asked.format == "rss" else write_jsonl
    if asked.file == "-":
        return write(asked.papers, asked.seed, sys.stdout)
    with open(asked.file, "w", encoding="utf-8", newline="\n") as out:
        write(asked.papers, asked.seed, out)


if __name__ == "__main__":
    main()
