"""Measures files and functions: what is too long to be read in one go is found, with its place."""

import ast
from collections.abc import Iterator

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50


def too_long(name: str, source: str) -> Iterator[str]:
    """Yield what is too long in a Python file. A function's docstring does not count; explaining is never too long."""
    lines = len(source.splitlines())
    if lines > MAX_FILE_LINES:
        yield f"{name}: {lines} lines, more than {MAX_FILE_LINES}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = function_lines(node)
            if length > MAX_FUNCTION_LINES:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines, more than {MAX_FUNCTION_LINES}"


def function_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines from `def` to the end, without the docstring."""
    last = node.end_lineno or node.lineno
    docstring = node.body[0] if ast.get_docstring(node) is not None else None
    explained = (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1 if docstring is not None else 0
    return last - node.lineno + 1 - explained
