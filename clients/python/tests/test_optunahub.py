"""The folder for OptunaHub: the rules of its registry, and its example with the sampler of this repository."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "optunahub" / "package" / "samplers" / "caviar"
README = (FOLDER / "README.md").read_text()


def test_has_the_files_that_the_registry_asks_for():
    assert {path.name for path in FOLDER.iterdir()} - {"__pycache__"} == {"LICENSE", "README.md", "__init__.py", "example.py", "requirements.txt"}
    assert (FOLDER / "LICENSE").read_text().startswith("MIT License")


def test_the_front_matter_has_all_keys_and_only_texts():
    front = re.match(r"---\n(.*?)\n---\n", README, re.DOTALL)
    pairs = dict(line.split(": ", 1) for line in front.group(1).splitlines())
    assert list(pairs) == ["author", "title", "description", "tags", "optuna_versions", "license"]
    tags = re.fullmatch(r"\[(.+)\]", pairs["tags"]).group(1).split(", ")
    assert tags[0] == "sampler" and all(re.fullmatch(r"[\w -]+", tag) for tag in tags)
    assert re.fullmatch(r"\[\d+\.\d+\.\d+(, \d+\.\d+\.\d+)*\]", pairs["optuna_versions"])
    assert pairs["license"] == "MIT License"
    # A colon with a space would begin another key of YAML.
    assert all(": " not in pairs[key] for key in pairs)


def test_the_sections_are_those_of_the_template_and_there_is_no_html():
    assert re.findall(r"^## (.+)$", README, re.MULTILINE) == ["Abstract", "APIs", "Installation", "Example"]
    assert not re.search(r"</?[a-z]+[ >]", README)


def test_the_signature_in_the_readme_is_that_of_the_sampler():
    import inspect

    from caviar_hpo.optuna import CaviarSampler

    names = list(inspect.signature(CaviarSampler).parameters)
    assert f"`CaviarSampler(strategy=\"bayesopt\", *, {', '.join(f'{name}=None' for name in names[1:])})`" in README


def test_the_module_has_the_sampler_and_the_example_finds_the_minimum(tmp_path):
    spec = importlib.util.spec_from_file_location("samplers_caviar", FOLDER / "__init__.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.__all__ == ["CaviarSampler"]
    # In place of optunahub, which would download the folder.
    (tmp_path / "optunahub.py").write_text(
        "import importlib.util, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).resolve().parents[1] / 'src')!r})\n"
        "def load_module(name):\n"
        "    assert name == 'samplers/caviar'\n"
        f"    spec = importlib.util.spec_from_file_location('sampler', {str(FOLDER / '__init__.py')!r})\n"
        "    module = importlib.util.module_from_spec(spec)\n"
        "    spec.loader.exec_module(module)\n"
        "    return module\n"
    )
    (tmp_path / "example.py").write_text((FOLDER / "example.py").read_text())
    run = subprocess.run([sys.executable, "example.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert float(run.stdout.split()[0]) < 0.25
