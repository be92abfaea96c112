"""The command line, from the README's first walk to what goes wrong."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.commands import L10N, done, failed, l10n
from tests.conftest import ROOT

ARTICLE = """\
---
title: A bridge for everyone
---

The footbridge has opened again after *two years*. It cost 1.2 million.

Dr. Kos was [the first](https://example.org/) to cross it.
"""
CONFIG = 'source = "en"\ntargets = ["uk", "es"]\nname = "The Town"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one article."""
    (tmp_path / "l10n.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "bridge.md").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def catalog(project: Path, locale: str = "uk", id: str = "bridge") -> Path:
    return project / "locales" / locale / "LC_MESSAGES" / f"{id}.po"


def translate(path: Path, source: str, target: str) -> None:
    """What a translator does: fill in one msgstr and save."""
    text = path.read_text(encoding="utf-8")
    before = f'msgid "{source}"\nmsgstr ""\n'
    assert before in text
    path.write_text(text.replace(before, f'msgid "{source}"\nmsgstr "{target}"\n'), encoding="utf-8")


def test_ctrl_c_while_it_loads_ends_it_without_words(tmp_path: Path) -> None:
    """The signal comes at many moments from the program's first line to the end of its work."""
    begins = "import os, sys; from l10n.__main__ import main; os.write(1, b'x'); main()"
    for moment in range(10):
        command = [sys.executable, "-c", begins, "init", f"project{moment}"]
        process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.read(1)
        time.sleep(0.03 + 0.02 * moment)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert b"Traceback" not in said
        assert process.returncode in (-signal.SIGINT, 0, 2, 130)


def test_it_runs_as_a_module_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "l10n", "draft", "--nope"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stderr) == (2, l10n("draft", "--nope", cwd=tmp_path).stderr)


def test_the_walk_of_the_readme(tmp_path: Path) -> None:
    block = re.search(r"```console\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    folder, walked = tmp_path, []
    for line in block[1].splitlines():
        words = shlex.split(line.removeprefix("$ "))
        walked.append(words[:2])
        if words[0] == "cd":
            folder = folder / words[1]
        elif words[1] == "serve":
            assert "A bridge for everyone" in served(folder, "en/bridge.html")
        elif words[1] == "draft" and not shutil.which("apertium"):
            assert "apt-get install apertium" in failed(2, *words[1:], cwd=folder)
        else:
            done(*words[1:], cwd=folder)
    assert ["l10n", "build"] in walked
    assert (folder / "locales" / "es" / "LC_MESSAGES" / "bridge.po").is_file()
    assert (folder / "dist" / "index.html").is_file()


def served(folder: Path, page: str) -> str:
    """A page as `l10n serve` gives it."""
    server = subprocess.Popen([L10N, "serve", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                with urllib.request.urlopen(found[0] + page, timeout=10) as answer:
                    return str(answer.read().decode())
        raise AssertionError("serve said no address")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(10)
        server.stdout.close()  # type: ignore[union-attr]


def test_every_command_explains_itself_with_an_example() -> None:
    listed = commands(done("--help", cwd=ROOT))
    assert len(listed) >= 16
    for name in listed:
        text = done(name, "--help", cwd=ROOT)
        assert "Usage: l10n" in text
        for page in [done(name, sub, "--help", cwd=ROOT) for sub in commands(text)] or [text]:
            assert re.search(r"Examples?: l10n|: l10n|\| l10n", page), f"{name} --help has no example"


def commands(help: str) -> list[str]:
    """The commands that a page of help lists."""
    return re.findall(r"^  (\w[\w-]*)  ", help.partition("Commands:\n")[2], re.MULTILINE)


def test_updating_twice_changes_nothing_the_second_time(project: Path) -> None:
    done("update", cwd=project)
    files = {path: path.stat().st_mtime_ns for path in project.rglob("locales/**/*.po*")}
    assert len(files) == 6
    done("update", cwd=project)
    assert files == {path: path.stat().st_mtime_ns for path in project.rglob("locales/**/*.po*")}


def test_a_dry_run_changes_nothing(project: Path) -> None:
    before = sorted(project.rglob("*"))
    for command in (["extract", "-n"], ["update", "-n"], ["build", "-n"]):
        done(*command, cwd=project)
    assert [path for path in sorted(project.rglob("*")) if ".l10n" not in path.parts] == before


def test_a_translation_reaches_the_page_and_survives_an_edit(project: Path) -> None:
    done("update", cwd=project)
    path = catalog(project)
    for source, target in (
        ("A bridge for everyone", "Міст для всіх"),
        (
            "The footbridge has opened again after <em1>two years</em1>.",
            "Міст відкрили через <em1>два роки</em1>.",
        ),
        ("It cost 1.2 million.", "Він коштував 1,2 мільйона."),
        ("Dr. Kos was <a1>the first</a1> to cross it.", "Лікар Кос <a1>першим</a1> перейшов його."),
    ):
        translate(path, source, target)
    done("build", cwd=project)
    page = (project / "dist" / "uk" / "bridge.html").read_text(encoding="utf-8")
    assert '<html lang="uk" dir="ltr">' in page
    assert '<a href="https://example.org/">першим</a>' in page
    article = project / "seeds" / "bridge.md"
    article.write_text(
        ARTICLE.replace("It cost", "A new one.\n\nIt cost").replace("1.2", "1.3"), encoding="utf-8"
    )
    done("update", cwd=project)
    text = path.read_text(encoding="utf-8")
    assert 'msgstr "Лікар Кос <a1>першим</a1> перейшов його."' in text
    assert '#| msgid "It cost 1.2 million."' in text
    assert "# l10n: draft, numbers: It cost [-1.2-]{+1.3+} million." in text
    assert 'msgstr "Він коштував 1,3 мільйона."' in text


def test_render_gives_one_article_in_its_own_format(project: Path) -> None:
    done("update", cwd=project)
    translate(catalog(project), "It cost 1.2 million.", "Він коштував *1,2* мільйона.")
    text = done("render", "seeds/bridge.md", "-c", catalog(project), cwd=project)
    assert text == ARTICLE.replace("It cost 1.2 million.", "Він коштував \\*1,2\\* мільйона.")


def test_extract_gives_one_template_without_a_project(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# One\n\nTwo. Three.\n", encoding="utf-8")
    done("extract", "a.md", "-o", "a.pot", cwd=tmp_path)
    text = (tmp_path / "a.pot").read_text(encoding="utf-8")
    assert re.findall(r'^msgid "(.+)"', text, re.MULTILINE) == ["One", "Two.", "Three."]
    assert "up to date" in done("extract", "a.md", "-o", "a.pot", cwd=tmp_path)


def test_status_is_a_table_and_data(project: Path) -> None:
    done("update", cwd=project)
    translate(catalog(project), "It cost 1.2 million.", "Він коштував 1,2 мільйона.")
    assert re.search(r"bridge +en → uk .* 4 ", done("status", cwd=project))
    rows = json.loads(done("status", "--json", cwd=project))["rows"]
    counted = next(row["status"]["coverage"] for row in rows if row["status"]["locale"] == "uk")
    assert (counted["reviewed"], counted["drafts"], counted["outdated"]) == (4, 0, 0)


def test_drafting_without_an_engine_says_what_would_help(project: Path) -> None:
    done("update", cwd=project)
    before = catalog(project).read_bytes()
    said = failed(2, "draft", "-l", "uk", cwd=project)
    assert "en" in said
    assert "uk" in said
    assert "l10n engines install en uk" in said
    assert catalog(project).read_bytes() == before


@pytest.mark.skipif(not shutil.which("apertium"), reason="Apertium is not installed")
def test_drafts_are_fuzzy_and_say_where_they_come_from(project: Path) -> None:
    done("update", cwd=project)
    done("draft", "-l", "es", cwd=project)
    text = catalog(project, "es").read_text(encoding="utf-8")
    assert re.search(r"# l10n: draft, apertium eng-spa [\d.]+, text [0-9a-f]{8}\n(?:#.*\n)*#, fuzzy\n", text)
    assert re.search(r'msgstr ".*1[.,]2', text)
    again = catalog(project, "es").read_bytes()
    assert "0 drafts" in done("draft", "-l", "es", cwd=project)
    assert catalog(project, "es").read_bytes() == again


def test_exchange_there_and_back_changes_nothing(project: Path) -> None:
    done("update", cwd=project)
    translate(catalog(project), "It cost 1.2 million.", "Він коштував 1,2 мільйона.")
    before = catalog(project).read_bytes()
    for format in ("xliff", "xliff12", "csv"):
        done("export", "-f", format, "-a", "bridge", "-l", "uk", "-o", "out", cwd=project)
        assert "took 0 entries" in done(
            "import", "out", "-f", format, "-a", "bridge", "-l", "uk", cwd=project
        )
    assert catalog(project).read_bytes() == before


def test_the_memory_remembers_what_is_reviewed(project: Path) -> None:
    done("update", cwd=project)
    translate(catalog(project), "It cost 1.2 million.", "Він коштував 1,2 мільйона.")
    assert "100%  Він коштував 1,2 мільйона." in done(
        "memory", "lookup", "-l", "uk", "It cost 1.2 million.", cwd=project
    )
    assert "1 segment" in done("memory", "export", "-l", "uk", "-o", "m.tmx", cwd=project)
    assert "took 1 segment" in done("memory", "import", "m.tmx", cwd=project)
    assert "forgot 1 segment" in done("memory", "forget", "m.tmx", cwd=project)


def test_what_is_done_to_the_memory_is_also_told_to_machines(project: Path) -> None:
    done("update", cwd=project)
    translate(catalog(project), "It cost 1.2 million.", "Він коштував 1,2 мільйона.")
    for command in (["export", "-l", "uk", "-o", "m.tmx"], ["import", "m.tmx"], ["forget", "m.tmx"]):
        assert json.loads(done("memory", *command, "--json", cwd=project)) == {"segments": 1}


def test_segment_reads_paragraphs_and_prints_spans(tmp_path: Path) -> None:
    text = "Dr. Kos came. He spoke.\n\nOne.\n"
    assert done("segment", "--json", cwd=tmp_path, input=text) == "[[0, 13], [14, 23]]\n[]\n[[0, 4]]\n"
    assert done("segment", cwd=tmp_path, input="Dr. Kos came. He spoke.\n") == "Dr. Kos came.\nHe spoke.\n\n"


def test_negotiate_prints_match_offer_and_reason(tmp_path: Path) -> None:
    answer = done(
        "negotiate",
        "--available",
        "en,uk,pl",
        "--desired",
        "uk;q=0.8, en-GB",
        "--page",
        "uk",
        "--json",
        cwd=tmp_path,
    )
    assert {key: json.loads(answer)[key] for key in ("match", "offer")} == {"match": "en", "offer": "en"}


BAD_ARTICLES = [
    ("latin.md", b"caf\xe9", "seeds/latin.md:1:4: not UTF-8: byte 0xE9 at offset 3"),
    ("binary.txt", b"\x7fELF\x00\x01", "seeds/binary.txt:1:5: holds a NUL character"),
    ("wide.txt", "text".encode("utf-16"), "seeds/wide.txt:1:1: is UTF-16"),
    ("site.txt", b"x", "seeds/site.txt: an article cannot be called `site`"),
]


@pytest.mark.parametrize(("name", "data", "words"), BAD_ARTICLES, ids=[case[0] for case in BAD_ARTICLES])
def test_a_bad_article_is_named_and_the_others_are_done(
    project: Path, name: str, data: bytes, words: str
) -> None:
    (project / "seeds" / name).write_bytes(data)
    for command in ("extract", "update", "status", "build"):
        assert words in failed(1, command, cwd=project)
    assert catalog(project).is_file()
    assert (project / "dist" / "en" / "bridge.html").is_file()


def test_an_empty_article_is_an_article_without_words(project: Path) -> None:
    (project / "seeds" / "empty.txt").write_bytes(b"")
    done("update", cwd=project)
    done("build", cwd=project)


BROKEN = [
    ('msgid "a\nmsgstr ""\n', "locales/uk/LC_MESSAGES/bridge.po:1"),
    ('msgid ""\nmsgstr ""\n<<<<<<< ours\n', "locales/uk/LC_MESSAGES/bridge.po:3"),
]


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_a_broken_catalog_is_named_and_left_alone(project: Path, text: str, words: str) -> None:
    done("update", cwd=project)
    catalog(project).write_text(text, encoding="utf-8")
    for command in ("update", "check", "status", "build"):
        assert words in failed(1, command, cwd=project)
    assert catalog(project).read_text(encoding="utf-8") == text
    assert (project / "dist" / "en" / "bridge.html").is_file()


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_in_the_place_of_a_catalog_is_named(project: Path, kind: str) -> None:
    done("update", cwd=project)
    catalog(project).unlink()
    if kind == "folder":
        catalog(project).mkdir()
    else:
        os.mkfifo(catalog(project))
    words = "error: locales/uk/LC_MESSAGES/bridge.po: is not a file but something else\n"
    commands = ("update", "check", "status", "build", "terms offer", "draft --engine none")
    for command in (*commands, "export -f xliff -a bridge -l uk -o bridge.xlf"):
        assert words in failed(1, *command.split(), cwd=project)


def test_a_link_out_of_the_project_is_no_article(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret.txt"
    secret.write_text("Nobody is to read this.", encoding="utf-8")
    (project / "seeds" / "leak.txt").symlink_to(secret)
    for command in ("update", "status", "build"):
        assert "seeds/leak.txt: is a link that leads out of the project" in failed(1, command, cwd=project)
    assert not (project / "dist" / "en" / "leak.html").exists()


def test_a_link_out_of_the_project_is_no_catalog(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "any.po"
    done("update", cwd=project)
    catalog(project).unlink()
    catalog(project).symlink_to(outside)
    words = "locales/uk/LC_MESSAGES/bridge.po: is a link that leads out of the project"
    assert words in failed(1, "update", cwd=project)
    assert not outside.exists()
    outside.write_text("nothing of ours", encoding="utf-8")
    for command in ("update", "check", "status", "build"):
        assert words in failed(1, command, cwd=project)
    assert outside.read_text(encoding="utf-8") == "nothing of ours"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('segment = "word"', "l10n.toml: there is no segmenter named 'word'"),
        ('source = "en"', "this project has no targets"),
        ('articles = "none"', "none: there is no folder of articles"),
    ],
)
def test_what_a_configuration_lacks_is_told_before_the_work(project: Path, text: str, words: str) -> None:
    targets = "" if "targets" in words else 'targets = ["uk"]'
    (project / "l10n.toml").write_text(f"{text}\n{targets}\n", encoding="utf-8")
    for command in ("update", "status"):
        assert f"error: {words}" in failed(2, command, cwd=project)


def test_a_project_without_articles_says_so(project: Path) -> None:
    (project / "seeds" / "bridge.md").unlink()
    assert done("status", cwd=project).startswith("there is nothing to translate yet")


def test_an_input_that_is_closed_is_empty(tmp_path: Path) -> None:
    result = subprocess.run(f"{L10N} segment <&-", shell=True, cwd=tmp_path, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")


def test_a_working_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    line = f"mkdir gone && cd gone && rmdir ../gone && {L10N} status"
    result = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "error: the folder that this was started in is gone\n" in result.stderr


def test_a_catalog_of_another_article_is_noticed(project: Path) -> None:
    done("update", cwd=project)
    result = l10n("render", "seeds/bridge.md", "-c", catalog(project, id="site"), cwd=project)
    assert (result.returncode, result.stdout) == (0, ARTICLE)
    assert "warning: nothing of seeds/bridge.md is translated in" in result.stderr


def test_a_configuration_as_windows_writes_it(project: Path) -> None:
    (project / "l10n.toml").write_bytes(b"\xef\xbb\xbf" + CONFIG.replace("\n", "\r\n").encode())
    done("update", cwd=project)


def test_what_comes_back_for_another_locale_is_named(project: Path) -> None:
    done("update", cwd=project)
    done("export", "-f", "xliff", "-a", "seeds/bridge.md", "-l", "uk", "-o", "bridge.xlf", cwd=project)
    said = failed(2, "import", "bridge.xlf", "-f", "xliff", "-l", "es", cwd=project)
    assert said.startswith("error: bridge.xlf: the file is from en into uk, the catalog into es\n")


def test_an_output_that_is_a_pipe_is_written_into(project: Path) -> None:
    done("update", cwd=project)
    source = (project / "seeds" / "bridge.md", "-c", catalog(project))
    line = shlex.join([L10N, "render", *map(str, source), "-o", "/dev/stdout"])
    result = subprocess.run(f"{line} | cat", shell=True, cwd=project, capture_output=True, check=False)
    assert result.stdout.startswith(ARTICLE.encode())


def test_a_project_starts_where_it_is_told_to(tmp_path: Path) -> None:
    said = done("-C", "new towns", "init", "one", "-t", "uk", "-t", "pt_br", "-t", "uk", cwd=tmp_path)
    assert said.splitlines()[0] == "made new towns/one/l10n.toml"
    assert "cd 'new towns/one'" in said
    assert 'targets = ["uk", "pt-BR"]' in (tmp_path / "new towns" / "one" / "l10n.toml").read_text("utf-8")
    done("update", cwd=tmp_path / "new towns" / "one")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "-l", "pl"], "'pl' is not a target"),
        (["status", "-l", "uk_UA"], "did you mean uk?"),
        (["update", "-l", "pl"], "'pl' is not a target"),
        (["build", "bridg"], "did you mean bridge?"),
        (["check", "locales/uk/LC_MESSAGES/bridge.po"], "name the article, and with -l the locale"),
        (["terms", "list", "-l", "pl"], "'pl' is not a target"),
        (["memory", "lookup", "-l", "pl", "Hello"], "'pl' is not a target"),
        (["export", "-f", "tbx", "-l", "pl", "-o", "x"], "'pl' is not a target"),
        (["export", "-f", "csv", "-l", "uk", "-a", "../x", "-o", "x"], "there is no article '../x'"),
        (["status", "nothing"], "there is no article 'nothing'"),
        (["evaluate", "--engine", "babelfish", "--reference", "."], "there is no engine named 'babelfish'"),
        (["draft", "--engine", "babelfish"], "there is no engine named 'babelfish'"),
        (["export", "-f", "doc", "-l", "uk", "-o", "x"], "there is no format named 'doc'"),
        (["init", "."], "there is a project here already"),
        (["init", "new", "--target", "klingon!"], "not a language tag"),
    ],
)
def test_wrong_use_is_explained(project: Path, arguments: list[str], words: str) -> None:
    done("update", cwd=project)
    assert words in failed(2, *arguments, cwd=project)


def test_no_project_and_a_wrong_configuration_are_explained(tmp_path: Path) -> None:
    assert "l10n init" in failed(2, "status", cwd=tmp_path)
    (tmp_path / "l10n.toml").write_text("targets = [", encoding="utf-8")
    assert "not valid TOML" in failed(2, "status", cwd=tmp_path)


def test_an_unreadable_or_unwritable_file_is_named(project: Path) -> None:
    assert "there is no such file" in failed(1, "render", "no.md", "-c", "no.po", cwd=project)
    (project / "locales").write_text("a file where a folder should be", encoding="utf-8")
    said = failed(1, "update", cwd=project)
    assert "locales/templates/bridge.pot: cannot be written" in said.replace(str(project) + "/", "")


def test_control_characters_of_an_article_never_reach_the_terminal(project: Path) -> None:
    (project / "seeds" / "ansi.txt").write_bytes(b"Title \x1b[31mred\n\nLead.\n")
    done("update", cwd=project)
    result = l10n("segment", cwd=project, input="A \x1b[31mred.\n")
    assert "\x1b" not in result.stdout
    assert "\\x1b[31mred" in result.stdout
