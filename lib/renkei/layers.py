"""The layers of this package, in the order in which data flows through them.

A layer imports only layers before it, and layers of the same place; a test reads the imports. What a
report was made from is told by layer too (`renkei.batch.fingerprints`).
"""

from __future__ import annotations

#: The layers, lowest first; those of one place do not know each other.
LAYERS = (
    ("words",),
    ("documents",),
    ("tables",),
    ("analysis",),
    ("actuals", "check"),
    ("report",),
    ("page",),
    ("batch",),
    ("git", "mail"),
    ("cli",),
)
#: The modules at the top of the package that are no layer of their own.
_TOP = {
    "words": (
        "area", "cell_text", "checkout", "csv_file", "data_hash", "data_lock", "errors", "fiscal_year",
        "font", "layers", "legend", "notebook_file", "numeral", "quantity", "quick_loading", "rounding",
        "scratch", "system_errors", "text", "told", "units", "whole_files",
    ),
    "analysis": (
        "baselines", "comparison", "contradictions", "cost_bearing", "cost_change", "cost_measures", "costs",
        "crosswalk", "kpis", "load", "mentions", "newest", "outcomes", "pace", "pairing", "participation",
        "priorities", "rate_counts", "rated", "rating_rule", "ratings", "revised_targets",
        "revision_effects", "revisions", "target_changes", "targets", "typed_rows", "verdicts",
        "year_change", "year_rates",
    ),
    "cli": ("cli_actuals", "cli_errors", "cli_mail"),
}  # fmt: skip
_LAYER_OF_MODULE = {module: layer for layer, modules in _TOP.items() for module in modules}
_PLACES = {layer: place for place, layers in enumerate(LAYERS) for layer in layers}


def layer_of(module: str) -> str:
    """The layer of a module of this package, such as `renkei.page.html`; ValueError for one without."""
    first = module.removesuffix(".__init__").partition(".")[2].partition(".")[0] or "layers"
    layer = _LAYER_OF_MODULE.get(first, first)
    if layer not in _PLACES:
        raise ValueError(f"{module} has no layer: name it in renkei.layers, or put it in a layer's folder")
    return layer


def builds_on(module: str, other: str) -> bool:
    """Whether the layer of a module is that of another one, or comes after it."""
    own, below = layer_of(module), layer_of(other)
    return own == below or _PLACES[below] < _PLACES[own]
