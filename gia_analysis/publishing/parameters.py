"""The parameters of a notebook, checked before a kernel starts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill

from gia_analysis.errors import ParameterError

_TYPES: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "list": (list,),
}


def declared_parameters(notebook: Path) -> dict[str, str]:
    """Return the names and types of the parameters that the notebook's ``parameters`` cell declares (``year: int = 2020``).

    Raises:
        ParameterError: the notebook has no such cell, or a parameter in it has no type that can be checked.
    """
    found = papermill.inspect_notebook(str(notebook))
    if not found:
        raise ParameterError(f"{notebook.name} has no cell tagged 'parameters'")
    for name, parameter in found.items():
        if parameter["inferred_type_name"] not in _TYPES:
            raise ParameterError(
                f"{notebook.name}: parameter {name!r} must be declared with one of the types {', '.join(_TYPES)}"
            )
    return {name: parameter["inferred_type_name"] for name, parameter in found.items()}


def check_parameters(notebook: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters if the notebook can take them.

    Raises:
        ParameterError: a name the notebook does not have (with the nearest it has), or a value of another type.
    """
    declared = declared_parameters(notebook)
    for name, value in given.items():
        if name not in declared:
            raise ParameterError.unknown(name, declared, notebook.name)
        wanted = _TYPES[declared[name]]
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise ParameterError(
                f"{notebook.name}: parameter {name!r} takes {declared[name]}, not {type(value).__name__} ({value!r})"
            )
    return dict(given)
