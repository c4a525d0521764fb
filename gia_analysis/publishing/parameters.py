"""The parameters of a notebook, checked before a kernel starts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from nbformat import ValidationError

from gia_analysis.errors import ParameterError

_TYPES: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "list": (list,),
}


def plain_path(path: Path) -> str:
    """Return a path as papermill takes it, which fills in what stands in braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def declared_parameters(notebook: Path) -> dict[str, str]:
    """Return the names and types of the parameters that the notebook's ``parameters`` cell declares (``year: int = 2020``).

    Raises:
        ParameterError: it is no notebook or names no kernel, it has no such cell, or a parameter in it has no type that
            can be checked.
    """
    try:
        found = papermill.inspect_notebook(plain_path(notebook))
    except (ValueError, ValidationError) as error:
        raise ParameterError(
            f"{notebook.name} cannot be read as a notebook of Python: {str(error).splitlines()[0]}"
        ) from error
    if not found:
        raise ParameterError(f"{notebook.name} has no cell tagged 'parameters'")
    for name, parameter in found.items():
        if parameter["inferred_type_name"] not in _TYPES:
            raise ParameterError(
                f"{notebook.name}: parameter {name!r} must be declared with one of the types {', '.join(_TYPES)}"
            )
    return {name: parameter["inferred_type_name"] for name, parameter in found.items()}


def check_parameters(
    notebook: Path, given: Mapping[str, Any], declared: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the parameters if the notebook can take them.

    Args:
        notebook: the notebook.
        given: the parameters.
        declared: what ``declared_parameters`` returned for it, where it is known already.

    Raises:
        ParameterError: a name the notebook does not have (with the nearest it has), a value of another type, or one
            that is more than a plain value: text, number, truth value, or a list of such.
    """
    declared = declared_parameters(notebook) if declared is None else declared
    for name, value in given.items():
        if name not in declared:
            raise ParameterError.unknown(name, declared, notebook.name)
        wanted = _TYPES[declared[name]]
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise ParameterError(
                f"{notebook.name}: parameter {name!r} takes {declared[name]}, not {type(value).__name__} ({value!r})"
            )
        if not _is_plain(value):
            raise ParameterError(f"{notebook.name}: parameter {name!r} may hold text and numbers alone, not {value!r}")
    return dict(given)


def _is_plain(value: object) -> bool:
    """Return whether a value is written as a literal and comes back the same."""
    if isinstance(value, list):
        return all(_is_plain(each) for each in value)
    return value is None or type(value) in (str, int, float, bool)
