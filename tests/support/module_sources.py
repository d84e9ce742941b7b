"""Python modules and their classes, read and not imported: ours and installed ones."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("shared", "inbound", "outbound")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules_in(*packages: str) -> dict[str, Path]:
    """Every module in some packages of ours, with its file."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for package in packages
        for path in sorted((ROOT / package).rglob("*.py"))
    }


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Everything that a file imports, wherever in it: modules, and names with their module."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name != "_"


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in OURS


@dataclass(eq=False)
class Source:
    """One module, read and not imported.

    Attributes:
        imports: What a name in it stands for: a module, and a name in that or "".
    """

    name: str
    tree: ast.Module
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)


@cache
def path_of(module: str) -> Path | None:
    """The file of a module, ours or an installed one; None if there is none in Python."""
    top, *rest = module.split(".")
    spec = None if top in OURS else find_spec(top)
    folders = [ROOT / top] if top in OURS else [Path(each) for each in _places(spec)]
    for folder in folders:
        path = folder.joinpath(*rest)
        for file in (path.with_name(path.name + ".py"), path / "__init__.py"):
            if file.is_file():
                return file
    return None


def _places(spec: object) -> list[str]:
    return list(getattr(spec, "submodule_search_locations", None) or ())


@cache
def source(module: str) -> Source | None:
    path = path_of(module)
    if path is None:
        return None
    found = Source(module, parsed(path))
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(found.tree):
        match node:
            case ast.ImportFrom(module=base, level=level):
                above = package.split(".")[: len(package.split(".")) - level + 1]
                origin = ".".join([*above, *([base] if base else [])]) if level else str(base)
                for alias in node.names:
                    found.imports[alias.asname or alias.name] = (origin, alias.name)
            case ast.Import():
                for alias in node.names:
                    if alias.asname:
                        found.imports[alias.asname] = (alias.name, "")
                    else:
                        top = alias.name.partition(".")[0]
                        found.imports[top] = (top, "")
            case ast.ClassDef():
                found.classes.setdefault(node.name, node)
    return found


def find_class(module: str, name: str) -> tuple[Source, ast.ClassDef] | None:
    """A class by where it is imported from, also if it is only handed on there."""
    for _ in range(9):
        where = source(module)
        if where is None:
            return None
        if name in where.classes:
            return where, where.classes[name]
        if name not in where.imports:
            return None
        module, name = where.imports[name]
    return None


@cache
def bases(where: Source, node: ast.ClassDef) -> list[tuple[Source, ast.ClassDef]]:
    """All classes that one derives from, near and far."""
    return list(_bases(where, node))


def _bases(where: Source, node: ast.ClassDef) -> Iterator[tuple[Source, ast.ClassDef]]:
    for base in node.bases:
        while isinstance(base, ast.Subscript):
            base = base.value
        found: tuple[Source, ast.ClassDef] | None = None
        match base:
            case ast.Name(id=name) if name in where.classes and where.classes[name] is not node:
                found = (where, where.classes[name])
            case ast.Name(id=name) if name in where.imports:
                found = find_class(*where.imports[name])
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if name in where.imports:
                origin, inner = where.imports[name]
                found = find_class(f"{origin}.{inner}" if inner else origin, attr)
        if found:
            yield found
            yield from bases(*found)


@cache
def defined(node: ast.ClassDef) -> set[str]:
    """The private names that a class itself has: methods, fields and what it sets on `self`."""
    names = set()
    for each in ast.walk(node):
        match each:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
                names.add(name)
    for each in node.body:
        match each:
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                names.add(name)
    return {name for name in names if is_private(name)}


def our_modules() -> Iterator[Source]:
    for name in modules_in(*OURS):
        found = source(name)
        assert found
        yield found


def exists(dotted: str) -> bool:
    """Whether a module has a name, or imports it."""
    module, _, name = dotted.rpartition(".")
    where = source(module)
    if where is None:
        return path_of(dotted) is not None
    assigned = {
        target.id
        for node in where.tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return name in {*where.imports, *where.classes, *assigned} or path_of(dotted) is not None


def of_class(dotted: str) -> set[str]:
    """The private names of a class and of all that it derives from."""
    module, _, name = dotted.rpartition(".")
    found = find_class(module, name)
    assert found, f"there is no class {dotted} any more"
    return defined(found[1]).union(*(defined(node) for _, node in bases(*found)))
