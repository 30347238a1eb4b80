"""A module imports only from those above it in this list; the list is the order of docs/architecture.md."""

import ast
from pathlib import Path

from tests.shared import ROOT

ORDER = [
    "kg",
    "kg.errors",
    "kg.diagnostics",
    "kg.diagnostic_forms",
    "kg.namespaces",
    "kg.model",
    "kg.companion",
    "kg.works",
    "kg.addresses",
    "kg.claim_states",
    "kg.ownership",
    "kg.reading",
    "kg.mapping",
    "kg.checks",
    "kg.linking",
    "kg.resources",
    "kg.shacl",
    "kg.config",
    "kg.garden",
    "kg.reviewed",
    "kg.record",
    "kg.intake",
    "kg.store",
    "kg.updating",
    "kg.origin",
    "kg.watching",
    "kg.build",
    "kg.sparql",
    "kg.syntax",
    "kg.export",
    "kg.linked",
    "kg.parameter_types",
    "kg.querying",
    "kg.results",
    "kg.sandbox",
    "kg.worker",
    "kg.empty",
    "kg.article_nodes",
    "kg.render",
    "kg.render_companion",
    "kg.centrality",
    "kg.analysis",
    "kg.cli",
    "kg.__main__",
]
OPENERS = {
    "kg.ownership",
    "kg.reading.discover",
    "kg.resources",
    "kg.config",
    "kg.garden",
    "kg.reviewed",
    "kg.record",
    "kg.store",
    "kg.updating",
    "kg.build",
}


def _modules() -> dict[str, Path]:
    found = {}
    for path in sorted((ROOT / "kg").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def _place(module: str) -> int:
    """Where a module or the package that holds it stands in the list."""
    while module not in ORDER:
        module = module.rpartition(".")[0]
    return ORDER.index(module)


def _imports(path: Path, module: str) -> set[str]:
    """The modules of kg that a file imports, those for type checking alone left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    checking = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    known = _modules()
    for node in ast.walk(tree):
        if id(node) in checking:
            continue
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found.update(name if name in known else node.module for name in names)
    return {name for name in found if name.split(".")[0] == "kg"}


def test_modules_import_only_from_those_above_them() -> None:
    wrong = [
        f"{module} imports {name}"
        for module, path in _modules().items()
        for name in sorted(_imports(path, module))
        if _place(name) > _place(module)
    ]
    assert wrong == []


def test_every_module_is_in_the_list() -> None:
    top = {".".join(module.split(".")[:2]) for module in _modules()}
    assert top == set(ORDER)


def test_the_pure_middle_opens_no_files() -> None:
    words = (" open(", ".read_text(", ".read_bytes(", ".write_text(", ".write_bytes(", "sqlite3", "socket")
    pure = [m for m in _modules() if _place(m) <= ORDER.index("kg.checks") and m not in OPENERS]
    wrong = [f"{m}: {word}" for m in pure for word in words if word in _modules()[m].read_text(encoding="utf-8")]
    assert wrong == []
