"""Private names of Pipecat and of vendors' SDKs in our code, by the sources of both."""

import ast
import sys
from collections.abc import Iterator
from functools import cache

from tests.support.module_sources import bases, defined, is_ours, is_private, our_modules


def used(node: ast.ClassDef) -> set[str]:
    """The private names that a class has, or asks itself or its bases for."""
    asked = set()
    for each in ast.walk(node):
        match each:
            case ast.Attribute(value=owner, attr=name) if _is_self(owner):
                asked.add(name)
            case ast.Call(func=ast.Name("getattr"), args=[owner, ast.Constant(str(name)), *_]) if (
                _is_self(owner)
            ):
                asked.add(name)
    return {name for name in asked if is_private(name)} | defined(node)


def _is_self(node: ast.expr) -> bool:
    match node:
        case ast.Name(id="self" | "cls"):
            return True
        case ast.Call(func=ast.Name(id="super")):
            return True
    return False


@cache
def inherited() -> list[tuple[str, str]]:
    """Each class of ours, with a private name that it uses and others have defined.

    A mixin derives from nothing of theirs, and uses what none of our own classes has.
    """
    found = []
    for where in our_modules():
        for node in where.classes.values():
            above = bases(where, node)
            theirs = {
                name for base in above if not is_ours(base[0].name) for name in defined(base[1])
            }
            ours = {name for base in above if is_ours(base[0].name) for name in defined(base[1])}
            nobodys = used(node) - defined(node) - ours
            for name in sorted(used(node) & theirs | nobodys):
                found.append((f"{where.name}.{node.name}", name))
    return found


def reached() -> Iterator[tuple[str, str]]:
    """Each module of ours, with a private name that it takes of an object which isn't `self`."""
    theirs = {name for _, name in inherited()}
    for where in our_modules():
        own = {name for node in where.classes.values() for name in defined(node)} - theirs
        for each in ast.walk(where.tree):
            if (
                isinstance(each, ast.Attribute)
                and is_private(each.attr)
                and not _is_self(each.value)
                and each.attr not in own
            ):
                yield where.name, ast.unparse(each)


def imported() -> Iterator[tuple[str, str]]:
    """Each module of ours, with what it imports that is private by its own name or its module's."""
    for where in our_modules():
        for module, name in where.imports.values():
            if not is_ours(module) and any(map(is_private, [*module.split("."), name])):
                yield where.name, f"{module}.{name}"


def patched() -> Iterator[tuple[str, str]]:
    """Each module of ours, with what it puts something else in the place of."""
    for where in our_modules():
        for each in ast.walk(where.tree):
            match each:
                case ast.Call(
                    func=ast.Name(id=called),
                    args=[ast.Name(id=module), ast.Constant(value=str(name)), _],
                ) if where.imports.get(called, ("",))[0] == "shared.providers.patching":
                    origin, inner = where.imports[module]
                    yield where.name, f"{origin}.{inner}.{name}" if inner else f"{origin}.{name}"
                case ast.Attribute(value=ast.Name(id=module), attr=name, ctx=ast.Store()) if (
                    where.imports.get(module, ("sys",))[0].split(".")[0]
                    not in sys.stdlib_module_names
                ):
                    yield where.name, f"{module}.{name}, not by shared.providers.patching"
