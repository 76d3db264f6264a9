"""Packages of the extra `plan`, which may be missing."""

import importlib
from types import ModuleType

NO_PROOF = "no proof available: the extra “plan” (OR-Tools) is not installed"


def linear_solver() -> ModuleType | None:
    """Return OR-Tools' linear solvers, or None."""
    return _module("ortools.linear_solver.pywraplp")


def constraint_solver() -> ModuleType | None:
    """Return OR-Tools' constraint solver, or None."""
    return _module("ortools.sat.python.cp_model")


def workbooks() -> ModuleType | None:
    """Return the reader of Excel workbooks, or None."""
    return _module("openpyxl")


def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
