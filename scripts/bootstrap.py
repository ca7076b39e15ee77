"""Sets the project up in .venv and runs one of its tasks; needs Python 3.11, pip and nothing else.

    python3 scripts/bootstrap.py demo            audit the bundled example
    python3 scripts/bootstrap.py tour            audit the invented article that shows every verdict, offline
    python3 scripts/bootstrap.py questions       ask what a reviewer asks of three invented articles, offline
    python3 scripts/bootstrap.py check           lint the examples and compare with the findings that they must have
    python3 scripts/bootstrap.py test [ARG ...]  run every check; ARGs go to pytest
    python3 scripts/bootstrap.py lint            run the checks without the tests
    python3 scripts/bootstrap.py bench [NAME ...] run every benchmark, or one with its arguments
    python3 scripts/bootstrap.py lock            write the locked requirements anew
    python3 scripts/bootstrap.py env             only set up

Any older Python must get as far as the line that says which one is needed: this file keeps to the grammar of
Python 2.7, and to what its standard library has at the top level. Why it is built like this:
docs/decisions/0001-locked-requirements-and-bootstrap.md.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading

NEEDED = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python")
STAMP = os.path.join(VENV, "evidence-kb-setup")

EXAMPLES = ("python", "scripts/check_examples.py")
CHECKS = (
    ("lint", ("ruff", "check")),
    ("format", ("ruff", "format", "--check")),
    ("types", ("mypy",)),
    ("imports", ("lint-imports",)),
    ("examples", EXAMPLES),
)
TESTS = ("tests", ("pytest", "-n", "2", "--dist", "worksteal"))
BESIDE = ("types",)
"""Steps that keep one processor busy for a minute: they run while others do, and tell all in one piece."""
TOUR_DATE = "2026-11-22"
ARTICLES = ("amberleaf.md", "leaflet.md", "newsletter.md")
QUESTIONS = (
    ("trace", "leaflet.md:18.1", "--offline"),
    ("impact", "10.5555/amberleaf.2"),
    ("independence", "leaflet.md:12.1"),
    ("contested",),
)
COMPILE = ("uv", "pip", "compile", "--quiet", "--universal", "--upgrade", "--generate-hashes", "--no-header")
# One version of a package for every Python, where there is one: the same report whichever Python wrote it.
COMPILE += ("--fork-strategy", "fewest", "--python-version", "3.11")
LOCKS = (
    ("run.txt", ("../pyproject.toml", "build.in")),
    ("dev.txt", ("../pyproject.toml", "build.in", "dev.in")),
    ("virtualenv.txt", ("virtualenv.in",)),
)


class SetupError(Exception):
    """What went wrong and what to do, in one line."""


def unsuitable(version):
    """The line to say to a Python that is too old; nothing to one that will do."""
    if tuple(version[:2]) >= NEEDED:
        return ""
    return (
        "evidence-kb needs Python {0}.{1} or newer; this is {2}: "
        "install one, or name another with PYTHON=python3.12 make demo"
    ).format(NEEDED[0], NEEDED[1], ".".join(str(part) for part in version[:3]))


def say(line):
    """Tell of progress or failure, apart from the results."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def set_up(kind):
    """Bring .venv to the state that requirements/<kind>.txt and pyproject.toml describe; at once where it is."""
    place = "{0}.{1} {2}".format(sys.version_info[0], sys.version_info[1], VENV)
    state = digest("pyproject.toml", "requirements/run.txt", "requirements/dev.txt", "scripts/bootstrap.py")
    found = stamped()
    if os.path.exists(PYTHON) and found in ([place, "dev " + state], [place, kind + " " + state]):
        return
    # Without a stamp it is the user's own: good enough where it works. "unfinished" is a set-up that was cut short.
    reusable = not found or (found[0] == place and found[-1] != "unfinished")
    if not (reusable and usable()):
        make_venv(place)
    write_stamp(place, "unfinished")
    say("Installing what requirements/{0}.txt lists (once, about a minute) ...".format(kind))
    requirements = os.path.join("requirements", kind + ".txt")
    pip(PYTHON, "install", "--require-hashes", "-r", requirements)
    pip(PYTHON, "install", "--no-deps", "--no-build-isolation", "--editable", ROOT)
    write_stamp(place, kind + " " + state)


def digest(*names):
    """One hash over the content of these files."""
    total = hashlib.sha256()
    for name in names:
        with open(os.path.join(ROOT, name), "rb") as stream:
            total.update(hashlib.sha256(stream.read()).digest())
    return total.hexdigest()


def stamped():
    """The lines of the stamp: place, state; empty where there is none."""
    try:
        with open(STAMP, encoding="utf-8") as stream:
            return stream.read().splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def write_stamp(place, state):
    with open(STAMP, "w", encoding="utf-8") as stream:
        stream.write(place + "\n" + state + "\n")


def usable():
    """Whether .venv holds a working Python of our version that has pip."""
    probe = "import sys, pip; sys.exit(sys.version_info[:2] != {0!r})".format(tuple(sys.version_info[:2]))
    return os.path.exists(PYTHON) and not attempt([PYTHON, "-c", probe])[0]


def make_venv(place):
    """Make .venv anew, through virtualenv where this Python has no (whole) venv, as Debian's has not."""
    say("Setting up .venv with Python {0}.{1} ...".format(*sys.version_info[:2]))
    empty_venv(place)
    if not attempt([sys.executable, "-m", "venv", VENV])[0]:
        return
    if attempt([sys.executable, "-m", "pip", "--version"])[0]:
        raise SetupError("this Python has neither venv nor pip; install one of them (Debian: apt install python3-venv)")
    say("This Python cannot make it with venv; fetching virtualenv ...")
    empty_venv(place)
    private = tempfile.mkdtemp(prefix="evidence-kb-")
    try:
        requirements = os.path.join("requirements", "virtualenv.txt")
        pip(sys.executable, "install", "--require-hashes", "--target", private, "-r", requirements)
        path = os.pathsep.join(part for part in (private, os.environ.get("PYTHONPATH")) if part)
        # Its cache would otherwise be written to the home directory.
        environment = dict(os.environ, PYTHONPATH=path, VIRTUALENV_OVERRIDE_APP_DATA=os.path.join(private, "data"))
        status, said = attempt([sys.executable, "-m", "virtualenv", "--no-periodic-update", VENV], environment)
    finally:
        shutil.rmtree(private, ignore_errors=True)
    if status:
        raise SetupError("cannot make .venv: {0}; install Python's venv module".format(last_line(said)))


def empty_venv(place):
    if os.path.isdir(VENV):
        shutil.rmtree(VENV)
    os.makedirs(VENV)
    write_stamp(place, "unfinished")


def pip(python, *arguments):
    """Run pip quietly; its last error is the reason that we give."""
    command = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    status, said = attempt(command + list(arguments))
    if status:
        raise SetupError(
            "pip could not install what is needed: {0}; check the network connection, "
            "then run the same command again".format(last_line(said))
        )


def attempt(command, environment=None):
    """Exit status and everything printed. ``input`` is empty, so that nothing waits for an answer."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, input=b"", stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")


def last_line(said):
    """The line of the output that tells most: the last error, else the last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR: ")]
    return (errors or lines or ["it said nothing"])[-1].replace("ERROR: ", "", 1).rstrip(".")


def run(command, folder=ROOT):
    """Run one of the installed commands, its output shown as it comes; the exit status."""
    return subprocess.call([os.path.join(BIN, command[0])] + list(command[1:]), cwd=folder)


def check(steps):
    """Run every step, also after a failed one, and name at the end those that failed."""
    statuses = {}
    threads = [threading.Thread(target=beside, args=(step, statuses)) for step in steps if step[0] in BESIDE]
    for thread in threads:
        thread.start()
    for name, command in steps:
        if name not in BESIDE:
            say("{0}: {1}".format(name, " ".join(command)))
            statuses[name] = run(command)
            if statuses[name]:
                say("{0}: FAILED".format(name))
    for thread in threads:
        thread.join()
    failed = [name for name, _ in steps if statuses.get(name, 1)]
    if failed:
        say("Failed: " + ", ".join(failed))
    return 1 if failed else 0


def beside(step, statuses):
    """Run a step while others run, note its status, and say all that it printed in one piece."""
    name, command = step
    statuses[name], said = attempt([os.path.join(BIN, command[0])] + list(command[1:]))
    verdict = "\n{0}: FAILED".format(name) if statuses[name] else ""
    say("\n{0}: {1}\n{2}{3}".format(name, " ".join(command), said.rstrip(), verdict))


def bench(rest):
    """Run one benchmark of benchmarks/ with its arguments, or every one, each as its own process."""
    if rest:
        return run(("python", "-m", "benchmarks." + rest[0]) + tuple(rest[1:]))
    folder = os.path.join(ROOT, "benchmarks")
    names = sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".py") and name[0] != "_")
    return check([(name, ("python", "-m", "benchmarks." + name)) for name in names])


def tour(rest):
    """Audit the tour's article out of its lock alone; its folder is a project of its own."""
    command = ("kb", "audit", "--frozen", "--as-of", TOUR_DATE, "--kb", os.path.join(ROOT, ".kb", "tour.db"))
    return run(command + (rest or ("amberleaf.md",)), os.path.join(ROOT, "examples", "tour"))


def questions(rest):
    """Keep the tour's articles in a knowledge base of their own, and show what each question of a reviewer prints."""
    base = ("--kb", os.path.join(ROOT, ".kb", "questions.db"))
    folder = os.path.join(ROOT, "examples", "tour")
    kept = ("kb", "audit", "--frozen", "--as-of", TOUR_DATE, "--format", "json") + base + ARTICLES
    with open(os.devnull, "w") as nowhere:
        status = subprocess.call((os.path.join(BIN, "kb"),) + kept[1:], cwd=folder, stdout=nowhere, stderr=nowhere)
    for question in QUESTIONS if not status else ():
        say("$ kb " + " ".join(question))
        status = max(status, run(("kb",) + question + base, folder))
    return status


def lock():
    """Resolve the requirements anew. Run in their folder, so that the files name no other place."""
    for name, sources in LOCKS:
        command = [os.path.join(BIN, COMPILE[0])] + list(COMPILE[1:]) + list(sources) + ["--output-file", name]
        if subprocess.call(command, cwd=os.path.join(ROOT, "requirements"), stdout=subprocess.DEVNULL):
            return 1
    return 0


def main(arguments):
    """Do one task; the exit status."""
    problem = unsuitable(sys.version_info)
    if problem:
        say(problem)
        return 2
    tasks = {
        "env": ("run", lambda rest: 0),
        "demo": ("run", lambda rest: run(("kb", "audit", "--kb", os.path.join(".kb", "demo.db")) + rest)),
        "tour": ("run", tour),
        "questions": ("run", questions),
        "check": ("run", lambda rest: run(EXAMPLES + rest)),
        "test": ("dev", lambda rest: check(CHECKS + ((TESTS[0], TESTS[1] + rest),))),
        "lint": ("dev", lambda rest: check(CHECKS)),
        "bench": ("dev", bench),
        "lock": ("dev", lambda rest: lock()),
    }
    if not arguments or arguments[0] not in tasks:
        say("usage: python3 scripts/bootstrap.py {0}".format("|".join(tasks)))
        return 2
    kind, task = tasks[arguments[0]]
    try:
        set_up(kind)
        return task(tuple(arguments[1:]))
    except (SetupError, OSError) as error:
        say("evidence-kb: {0}".format(error))
        return 3
    except KeyboardInterrupt:
        say("evidence-kb: interrupted; run the same command again")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
