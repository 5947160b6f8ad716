# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold for the sources as text. Each check takes the root of a tree and returns a list of
sentences, one for each thing that is wrong."""

import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

GETTEXT_CALL = re.compile(r"\b(_|N_|C_|NC_|Q_|(g_)?d?c?n?p?gettext2?)\s*\(")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
SQL_LITERAL = re.compile(
    r'"\s*(SELECT|INSERT|REPLACE|UPDATE|DELETE|CREATE|ALTER|DROP|WITH|PRAGMA|BEGIN|COMMIT|ROLLBACK'
    r"|SAVEPOINT|RELEASE|ATTACH|DETACH|VACUUM|ANALYZE|REINDEX)\b"
)
DATABASE_HEADERS = {"sqlite3.h": "replica", "libpq-fe.h": "postgres"}
SKIP = re.compile(r"\bg_test_(skip|incomplete)\b|\bunittest\.skip|\bskipTest\b|\bSkipTest\b|1\.\.0")
TEXT_PROPERTIES = {
    "body", "comments", "description", "heading", "help-text", "label", "placeholder-text",
    "subtitle", "title", "tooltip", "tooltip-markup", "tooltip-text", "value-text",
}  # fmt: skip


def _files(root, *patterns):
    return sorted(path for pattern in patterns for path in root.glob(pattern))


def _listed(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _without_comments(path):
    return COMMENT.sub(" ", path.read_text(encoding="utf-8"))


def untranslated_files(root):
    """Everything with words for people is in po/POTFILES, and what is in there exists."""
    listed = _listed(root / "po/POTFILES")
    wanted = {
        str(path.relative_to(root))
        for path in _files(
            root, "data/**/*.ui", "data/*.desktop.in", "data/*.metainfo.xml.in",
            "data/*.gschema.xml.in",
        )
    } | {
        str(path.relative_to(root))
        for path in _files(root, "src/**/*.[ch]")
        if GETTEXT_CALL.search(_without_comments(path))
    }  # fmt: skip
    problems = [f"po/POTFILES lacks {name}" for name in sorted(wanted - set(listed))]
    problems += [f"po/POTFILES names {name}, which is not there" for name in listed
                 if not (root / name).is_file()]  # fmt: skip
    if listed != sorted(set(listed)):
        problems.append("po/POTFILES is not sorted, or names a file twice")
    return problems


def untranslatable_texts(root):
    """Every text in a template is translatable."""
    problems = []
    for path in _files(root, "data/**/*.ui"):
        for element in ElementTree.parse(path).iter():
            if (
                element.tag in ("property", "attribute", "item", "relation")
                and (element.tag == "item" or element.get("name") in TEXT_PROPERTIES)
                and re.search(r"[^\W\d_]", element.text or "")
                and element.get("translatable") not in ("yes", "true", "1")
            ):
                name = element.get("name") or element.tag
                problems.append(f"{path.relative_to(root)}: {name} “{element.text.strip()}”")
    return problems


def incomplete_translations(root):
    """Every language says everything that the sources say now, and can be compiled."""
    languages = _listed(root / "po/LINGUAS")
    problems = [f"po/LINGUAS lacks {path.stem}" for path in _files(root, "po/*.po")
                if path.stem not in languages]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        template = f"{folder}/template.pot"
        subprocess.run(
            ["xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2",
             "--keyword=NC_:1c,2", "--files-from=po/POTFILES", f"--output={template}"],
            cwd=root, check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for language in languages:
            for command in (
                ["msgfmt", "--check", f"--output-file={folder}/{language}.mo", f"po/{language}.po"],
                ["msgcmp", f"po/{language}.po", template],
            ):
                result = subprocess.run(command, cwd=root, capture_output=True, text=True)
                if result.returncode != 0:
                    problems.append(f"{' '.join(command)}: {result.stderr}")
    return problems


def sql_in_code(root):
    """SQL lives in sql/, not in string literals."""
    return [
        f"{path.relative_to(root)}: {match[0]}"
        for path in _files(root, "src/**/*.[ch]")
        for match in SQL_LITERAL.finditer(_without_comments(path))
    ]


def unlisted_sql(root):
    """Every statement is compiled in: a new migration that is in no list would never be applied."""
    lists = _files(root, "sql/*.gresource.xml", "src/**/meson.build")
    listed = "\n".join(path.read_text(encoding="utf-8") for path in lists)
    return [
        f"{path.relative_to(root)} is in no list; for a migration that is sql/postgres.gresource.xml"
        for path in _files(root, "sql/**/*.sql")
        if not re.search(rf"[>/']{re.escape(str(path.relative_to(root / 'sql')))}[<']", listed)
    ]


def database_headers_outside(root):
    """Only the room of a database includes its header."""
    return [
        f"{path.relative_to(root)} includes {header}"
        for path in _files(root, "src/**/*.[ch]")
        for header, room in DATABASE_HEADERS.items()
        if re.search(rf"#\s*include\s*[<\"]{header}[>\"]", path.read_text(encoding="utf-8"))
        and path.relative_to(root / "src").parts[0] != room
    ]


def skips(root):
    """No test can be skipped."""
    return [
        f"{path.relative_to(root)}: {match[0]}"
        for path in _files(root, "tests/**/*.[ch]", "tests/**/*.py")
        if path.parent.name != "repository"
        for match in SKIP.finditer(path.read_text(encoding="utf-8"))
    ]
