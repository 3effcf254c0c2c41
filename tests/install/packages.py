"""packages.py CPACK BUILD WORK SOURCE: the three .deb packages of a build folder hold what they should, depend on what they
open, and work from a root that has nothing else in it."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

cpack, build, work, source = sys.argv[1], *(pathlib.Path(p) for p in sys.argv[2:5])
root = work / "root"
faults = []


def expect(holds, sentence):
    if not holds:
        faults.append(sentence)


def run(*command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(part) for part in command)}\nexit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def fields(package):
    # Description goes over several lines, each later one with a blank before it.
    text = re.sub(r"\n ", " ", run("dpkg-deb", "-f", package))
    return dict(line.split(": ", 1) for line in text.splitlines() if line)


def files(package):
    """Path to (mode, owner) of what is no folder."""
    out = {}
    for line in run("dpkg-deb", "-c", package).splitlines():
        mode, owner, *_, path = line.split(maxsplit=5)
        if not mode.startswith("d"):
            out[path.removeprefix("./")] = (mode, owner)
    return out


def check_fields(name, package):
    said = fields(package)
    for field in ("Version", "Architecture", "Maintainer", "Section", "Homepage", "Description"):
        expect(said.get(field), f"{name} does not say its {field}")
    depends = said.get("Depends", "")
    if name == "gleaner":
        for wanted in ("libcurl4 | ", "ca-certificates", "tzdata", "libc6", "libsqlite3-0", "libstdc++6"):
            expect(wanted in depends, f"gleaner does not depend on {wanted.strip(' |')}: {depends}")
        expect("gleaner-abi-1 (= 1." in said.get("Provides", ""), "gleaner does not provide the contract's name")
    if name == "gleaner-plugins":
        expect(f"gleaner (= {said['Version']})" in depends, f"gleaner-plugins does not depend on gleaner: {depends}")
        expect("libboost-json" in depends, f"gleaner-plugins does not depend on what its files are linked with: {depends}")
    if name == "gleaner-dev":
        expect(not depends, f"gleaner-dev depends on {depends}; headers need nothing but a compiler")


def check_files(name, package, plugins):
    held = files(package)
    wanted = {
        "gleaner": ["usr/bin/gleaner", "usr/lib/systemd/user/gleaner@.service", "usr/lib/systemd/user/gleaner@.timer",
                    "usr/share/bash-completion/completions/gleaner", "usr/share/zsh/vendor-completions/_gleaner",
                    "usr/share/fish/vendor_completions.d/gleaner.fish", "usr/share/doc/gleaner/README.md",
                    "usr/share/doc/gleaner/docs/install.md"],
        "gleaner-plugins": [f"usr/lib/gleaner/{plugin}" for plugin in plugins],
        "gleaner-dev": ["usr/include/gleaner/abi.h", "usr/include/gleaner/ext/http.h", "usr/include/gleaner/testkit.hpp",
                        "usr/include/gleaner/chat.hpp", "usr/lib/cmake/gleaner/gleanerConfig.cmake",
                        "usr/lib/cmake/gleaner/gleanerConfigVersion.cmake", "usr/lib/cmake/gleaner/plugin.map",
                        "usr/lib/libgleaner_chat.a", "usr/share/doc/gleaner/sdk/AUTHORING.md"],
    }[name] + [f"usr/share/doc/{name}/copyright"]
    for path in wanted:
        expect(path in held, f"{name} lacks {path}")
    for path, (mode, owner) in held.items():
        expect(owner == "root/root", f"{name}: {path} belongs to {owner}")
        runs = path.startswith("usr/bin/") or re.search(r"/examples/exec/\w+\.(py|sh)$", path)
        expect(mode == ("-rwxr-xr-x" if runs else "-rw-r--r--"), f"{name}: {path} has the mode {mode}")
    if name == "gleaner-plugins":
        expect(sorted(p for p in held if p.endswith(".so")) == sorted(wanted[:-1]), "gleaner-plugins holds other plugins")
    return held


def check_program(plugins):
    home = work / "home"
    home.mkdir()
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    gleaner = root / "usr/bin/gleaner"
    listed = json.loads(run(gleaner, "list", "--json", env=env))
    used = {pathlib.Path(c["file"]) for c in listed["components"]}
    expect(used == {root / "usr/lib/gleaner" / plugin for plugin in plugins},
           f"the unpacked program lists the plugins {sorted(map(str, used))}")
    expect(listed["refused"] == [], f"the unpacked program refuses {listed['refused']}")
    pipelines = home / "pipelines"
    shutil.copytree(root / "usr/share/doc/gleaner/pipelines", pipelines)
    written = run(gleaner, "run", pipelines / "sample.toml", "--state", "none", "--out", home / "out", env=env).split()
    pages = [p for p in written if p.endswith(".md")]
    expect(pages and pathlib.Path(pages[0]).stat().st_size > 2000, f"the sample pipeline wrote {written}")


def check_units():
    unit = (root / "usr/lib/systemd/user/gleaner@.service").read_text()
    expect("ExecStart=/usr/bin/gleaner run " in unit, "the service does not start /usr/bin/gleaner")
    if shutil.which("systemd-analyze") is None:
        return
    # A copy that starts a program of this machine: the packages' own is not installed here.
    units = work / "units"
    units.mkdir()
    (units / "gleaner@ml.service").write_text(unit.replace("/usr/bin/gleaner", str(root / "usr/bin/gleaner")))
    shutil.copy(root / "usr/lib/systemd/user/gleaner@.timer", units / "gleaner@ml.timer")
    done = subprocess.run(["systemd-analyze", "--user", "verify", units / "gleaner@ml.service", units / "gleaner@ml.timer"],
                          capture_output=True, text=True, env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning",
                                                               "XDG_RUNTIME_DIR": str(work)})
    ours = [line for line in done.stderr.splitlines() if "gleaner@" in line]
    expect(not ours, "systemd-analyze says " + "; ".join(ours))


def check_author():
    """Plugins are built from the unpacked headers and library alone, and the unpacked program takes them."""
    project = work / "author"
    shutil.copytree(source / "tests/sdk/outoftree/cpp", project / "words")
    (project / "words/project.cmake").rename(project / "words/CMakeLists.txt")
    shutil.copytree(source / "examples/provider", project / "cohere")
    for name, summary in (("words", "Raises papers whose title names your words"), ("cohere", "scores papers by your prompt")):
        folder = project / name
        run("cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={root / 'usr'}")
        run("cmake", "--build", folder / "build")
        said = run(root / "usr/bin/gleaner", "describe", name, "--plugin-path", folder / "build",
                   env={"PATH": os.environ["PATH"], "HOME": str(work / "home")})
        expect(summary in said, f"the unpacked program says of the plugin {name}: {said}")


shutil.rmtree(work, ignore_errors=True)
work.mkdir(parents=True)
# By the CMake files, not by what lies in the build folder: another branch may have left something there.
plugins = sorted(name + ".so" for file in (source / "plugins").glob("*/CMakeLists.txt")
                 for name in re.findall(r"^\s*gleaner_add_plugin\((\S+)", file.read_text(encoding="utf-8"), re.M))
run(cpack, "-G", "DEB", "--config", build / "CPackConfig.cmake", "-B", work / "made", cwd=work)
made = {p.name.split("_")[0]: p for p in (work / "made").glob("*.deb")}
if sorted(made) != ["gleaner", "gleaner-dev", "gleaner-plugins"]:
    sys.exit(f"cpack made {sorted(made)}")
owned = {}
for name, package in sorted(made.items()):
    check_fields(name, package)
    for path in check_files(name, package, plugins):
        expect(path not in owned, f"{name} and {owned.get(path)} both hold {path}")
        owned[path] = name
    run("dpkg-deb", "-x", package, root)
check_program(plugins)
check_units()
check_author()
for fault in faults:
    print(fault)
print(f"{len(owned)} files in three packages, {len(plugins)} plugins")
sys.exit(1 if faults else 0)
