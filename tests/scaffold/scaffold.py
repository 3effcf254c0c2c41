"""scaffold.py LANG --build BUILD|--prefix PREFIX [--kind KIND] [--cargo FOLDER] [--cxx CXX] [--cc CC]

From an installed prefix, in an empty folder, with an empty environment: `gleaner plugin new` for each kind, built, tested, checked
and run as the printed commands say. Prints how many lines the author has of each, and holds them to the promise. Exit 77: skipped.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

KINDS = ("source", "filter", "scorer", "output")
# What the author writes, in lines that are neither blank nor comment: design section 3, and a shade more than today's for the others.
MOST = {
    ("cpp", "scorer"): 15, ("cpp", "filter"): 20, ("cpp", "source"): 25, ("cpp", "output"): 20,
    ("c", "scorer"): 60, ("c", "filter"): 60, ("c", "source"): 60, ("c", "output"): 60,
    ("rust", "scorer"): 30, ("rust", "filter"): 40, ("rust", "source"): 50, ("rust", "output"): 30,
    ("python", "scorer"): 15, ("python", "filter"): 30, ("python", "source"): 30, ("python", "output"): 20,
}
MOST_CMAKE = 5
MOST_FILES = 6
# The names try what could go wrong: a dash, a module of Python, a target of CMake, a keyword of Rust, a digit in front, one letter.
NAMES = {
    "cpp": {"source": "reading-list", "filter": "test", "scorer": "options", "output": "3-lines"},
    "c": {"source": "reading-list", "filter": "no_surveys", "scorer": "all", "output": "3-lines"},
    "rust": {"source": "reading-list", "filter": "match", "scorer": "w", "output": "3-lines"},
    "python": {"source": "reading-list", "filter": "re", "scorer": "json", "output": "3-lines"},
}
FILE_WORDS = {
    "reading-list": "reading_list", "3-lines": "output_3_lines", "test": "test_filter", "all": "all_scorer", "match": "match_filter",
    "re": "re_filter", "json": "json_scorer",
}
ADDRESS = "https://example.org/papers/"


class Failure(Exception):
    pass


def claim(holds, sentence):
    if not holds:
        raise Failure(sentence)


def author_file(language, word):
    return {"cpp": f"{word}.cpp", "c": f"{word}.c", "rust": "src/lib.rs", "python": f"{word}.py"}[language]


def code_lines(text, language):
    """Without blank lines, comments, documentation strings and, in Rust, the tests at the end."""
    if language == "rust":
        text = text.partition("#[cfg(test)]")[0]
    if language == "python":
        text = re.sub(r'""".*?"""', "", text, flags=re.S)
    if language in ("cpp", "c"):
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    comment = ("#",) if language in ("python", "cmake") else ("//",)
    return sum(1 for line in text.splitlines() if line.strip() and not line.strip().startswith(comment))


class Machine:
    """An empty folder, an installed Gleaner, and nothing else of the environment."""

    def __init__(self, options, work):
        self.prefix, self.folder = pathlib.Path(options.prefix or work / "prefix"), work / "author"
        self.folder.mkdir()
        (work / "home").mkdir()
        path = [str(self.prefix / "bin"), "/usr/bin", "/bin"] + ([options.cargo] if options.cargo else [])
        self.environment = {"PATH": ":".join(path), "HOME": str(work / "home"), "LC_ALL": "C.UTF-8"}
        # Warnings are the author's first impression.
        self.warnings = {"CFLAGS": "-Wall -Wextra -Wpedantic -Wconversion -Werror", "CXXFLAGS": "-Wall -Wextra -Wpedantic -Wconversion -Werror",
                         "CC": options.cc, "CXX": options.cxx, "RUSTFLAGS": "-D warnings", "CARGO_NET_OFFLINE": "true", "CMAKE_GENERATOR": "Ninja"}

    def install(self, build):
        done = subprocess.run(["cmake", "--install", build, "--prefix", str(self.prefix)], capture_output=True, text=True)
        claim(done.returncode == 0, f"cmake --install fails:\n{done.stdout}{done.stderr}")

    def run(self, command, folder=None):
        done = subprocess.run(["sh", "-c", command], cwd=folder or self.folder, env=self.environment | self.warnings,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
        claim(done.returncode == 0, f"`{command}` exits with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done


def expected_page(kind, said):
    """What a run of pipeline.toml with its three papers puts on the page."""
    titles = ["Sparse experts at night", "A survey of pruning", "Watering roses"]
    wanted = {"source": titles, "filter": [titles[0], titles[2]], "scorer": titles[:2], "output": titles}[kind]
    for title in titles:
        claim((title in said) == (title in wanted), f"\"{title}\" should{'' if title in wanted else ' not'} be on the page:\n{said}")
    if kind == "output":
        listed = "".join(f"- {title}\n  {ADDRESS}{number}\n" for number, title in enumerate(titles, 1))
        claim(re.fullmatch(r"Trying \S+, \d{4}-\d\d-\d\d\n" + re.escape(listed), said), f"the list is another one:\n{said}")
    if kind == "scorer":
        claim("Relevance:** 4" in said or "relevance" in said.lower(), f"the page has no relevance:\n{said}")


def seeded(command):
    """The same every time: what a check draws by chance comes from one seed here."""
    return command + " --reproduce 1" if command.startswith("gleaner plugin check ") else command


def scaffold(machine, kind, language):
    name = NAMES[language][kind]
    word = FILE_WORDS.get(name, name.replace("-", "_"))
    made = machine.run(f"gleaner plugin new {kind} {name} --lang {language}")
    folder = machine.folder / name
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    claim(sorted(made.stdout.split()) == [f"{name}/{file}" for file in files], f"it prints other files than it writes:\n{made.stdout}")
    claim(len(files) <= MOST_FILES, f"{len(files)} files: {files}")
    for file in files:
        left = re.findall(r"@[A-Z]+@", (folder / file).read_text())
        claim(not left, f"{file} has {left} left in it")

    commands = [line.strip() for line in made.stderr.splitlines() if line.startswith("    ")]
    claim(len(commands) == 3 and commands[0].startswith(f"cd {name} && "), f"three commands are promised, the first from here:\n{made.stderr}")
    machine.run(commands[0])
    machine.run(seeded(commands[1]), folder)
    expected_page(kind, machine.run(commands[2], folder).stdout)
    readme = (folder / "README.md").read_text()
    for command in [commands[0].removeprefix(f"cd {name} && ")] + commands[1:]:
        claim(f"    {command}\n" in readme, f"the README has not the command `{command}`")
    program = {"cpp": f"build/{word}.so", "c": f"build/{word}.so", "rust": f"target/release/lib{word}.so", "python": f"./{word}.py"}[language]
    # A program's axes are named by whoever uses it.
    axes = " --set 'axes=[\"relevance\"]'" if language == "python" and kind == "scorer" else ""
    machine.run(seeded(f"gleaner plugin check {program}{axes}"), folder)

    lines = code_lines((folder / author_file(language, word)).read_text(), language)
    print(f"{kind:8} {language:8} {lines:5}   at most {MOST[language, kind]}", flush=True)
    claim(lines <= MOST[language, kind], f"the author of a {kind} in {language} has {lines} lines; the promise is {MOST[language, kind]}")
    if language in ("cpp", "c"):
        plugin_part = (folder / "CMakeLists.txt").read_text().partition("\n\n")[0]
        claim(code_lines(plugin_part, "cmake") <= MOST_CMAKE and "gleaner_add_plugin" in plugin_part,
              f"the plugin's part of CMakeLists.txt is at most {MOST_CMAKE} lines:\n{plugin_part}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("language", choices=sorted(NAMES))
    parser.add_argument("--build", help="installed from here")
    parser.add_argument("--prefix", help="installed there already")
    parser.add_argument("--cargo", default="")
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--cxx", default="c++")
    parser.add_argument("--kind", choices=KINDS, action="append")
    options = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory(prefix="gleaner-scaffold-") as work:
        machine = Machine(options, pathlib.Path(work))
        try:
            if options.language == "rust":
                machine.run("cargo --version && rustc --version")
        except Failure as failure:
            print(f"skipped: Rust is not installed for everybody: {failure}")
            return 77
        if not options.prefix:
            machine.install(options.build)
        print("kind     language lines", flush=True)
        for kind in options.kind or KINDS:
            try:
                scaffold(machine, kind, options.language)
            except Failure as failure:
                failures += 1
                print(f"FAILED: {kind} in {options.language}: {failure}", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
