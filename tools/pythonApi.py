"""Writes docs/python-api.md, the reference of the Python package, from its docstrings. It reads the sources and imports nothing of them.

    npm run docs:python
"""

import ast
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "clients" / "python" / "src" / "caviar_hpo"
PAGE = ROOT / "docs" / "python-api.md"
HEAD = """# The Python package, name by name

`npm run docs:python` writes this page from the docstrings of the package. [Caviar from Python](python.md) explains how to use it.
"""
SECTIONS = ("Args:", "Attributes:", "Returns:", "Raises:", "Example:", "Yields:")


def main():
    if sys.argv[1:] == ["--print"]:
        print(page(), end="")
    else:
        PAGE.write_text(page(), encoding="utf-8")


def page():
    parts = [HEAD, *module("caviar_hpo", exported(PACKAGE / "__init__.py"))]
    for name in ("optuna", "sklearn"):
        if (PACKAGE / f"{name}.py").exists():
            parts += module(f"caviar_hpo.{name}", public(PACKAGE / f"{name}.py"))
    return "\n".join(parts)


def exported(init):
    """The definitions behind the names of `__all__`, in the order of the imports."""
    tree = ast.parse(init.read_text(encoding="utf-8"))
    found = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            path = PACKAGE / f"{node.module}.py"
            found += [each for each in definitions(path) if each.name in names]
    return sorted(found, key=lambda node: (node.name != "Study", isinstance(node, ast.ClassDef)))


def public(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    listed = next((ast.literal_eval(n.value) for n in tree.body if isinstance(n, ast.Assign) and n.targets[0].id == "__all__"), None)
    return [node for node in definitions(path) if (node.name in listed if listed else not node.name.startswith("_"))]


def definitions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))]


def module(name, nodes):
    lines = [f"## `{name}`", ""]
    for node in nodes:
        lines += definition(node)
    return lines


def definition(node):
    if isinstance(node, ast.FunctionDef):
        return [f"### `{node.name}`", "", *signature(node, node.name), *docstring(node)]
    lines = [f"### `{node.name}`", ""]
    bases = [ast.unparse(base) for base in node.bases]
    made = next((each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"), None)
    fields = [each for each in node.body if isinstance(each, ast.AnnAssign) and not each.target.id.startswith("_")]
    if made is not None and not bases:
        lines += signature(made, node.name, skip=1)
    elif fields and any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list):
        lines += block(call(node.name, [ast.unparse(each) for each in fields]))
    lines += docstring(node)
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and (not each.name.startswith("_") or each.name == "__getitem__"):
            if "property" in [ast.unparse(decorator) for decorator in each.decorator_list]:
                lines += [f"#### `{node.name}.{each.name}`", "", f"Has the type `{ast.unparse(each.returns)}`.", "", *docstring(each)]
            elif ast.get_docstring(each):
                lines += [f"#### `{node.name}.{each.name}`", "", *signature(each, each.name, skip=1), *docstring(each)]
    return lines


def signature(node, name, skip=0):
    arguments = node.args
    positional = arguments.args[skip:]
    defaults = [None] * (len(arguments.args) - len(arguments.defaults)) + list(arguments.defaults)
    parts = [argument(each, default) for each, default in zip(positional, defaults[skip:])]
    if arguments.vararg:
        parts.append(f"*{ast.unparse(arguments.vararg)}")
    elif arguments.kwonlyargs:
        parts.append("*")
    parts += [argument(each, default) for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults)]
    result = "" if node.returns is None or ast.unparse(node.returns) == "None" else f" -> {ast.unparse(node.returns)}"
    return block(call(name, parts, result))


def argument(node, default):
    return ast.unparse(node) + ("" if default is None else f" = {ast.unparse(default)}")


def call(name, parts, result=""):
    line = f"{name}({', '.join(parts)}){result}"
    return line if len(line) <= 100 else "\n".join([f"{name}(", *(f"    {part}," for part in parts), f"){result}"])


def block(text):
    return ["```text", text, "```", ""]


def docstring(node):
    text = ast.get_docstring(node)
    return [] if text is None else converted(text)


def converted(text):
    lines, section = [], None
    for part in re.split(r"\n(?=(?:%s)\n)" % "|".join(SECTIONS), text):
        head, _, rest = part.partition("\n")
        section = head if head in SECTIONS else None
        if section is None:
            lines += [prose(part), ""]
        elif section in ("Returns:", "Yields:"):
            lines += [f"Returns: {lowered(prose(textwrap.dedent(rest)))}", ""]
        elif section == "Example:":
            lines += ["```python", textwrap.dedent(rest).strip(), "```", ""]
        else:
            heading = ["Raises:", ""] if section == "Raises:" else []
            lines += [*heading, *entries(textwrap.dedent(rest)), ""]
    return lines


def entries(text):
    """The list of a section: each entry is a name, a colon, and a text that may continue on indented lines."""
    joined = re.sub(r"\n\s+", " ", text.strip())
    return [re.sub(r"^(\w+): (.*)$", lambda match: f"- `{match[1]}`: {prose(match[2])}", line) for line in joined.split("\n")]


def prose(text):
    text = re.sub(r":\w+:`~?(?:[\w.]+\.)?(\w+)`", r"`\1`", text)
    text = re.sub(r"``(.+?)``", r"`\1`", text)
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def lowered(text):
    return text[0].lower() + text[1:] if text[:2].istitle() or text.startswith(("At ", "The ", "A ", "Whether ")) else text


main()
