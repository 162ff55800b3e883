"""The one JSON form of pieces, under a MIME type of its own in the executed notebook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from renkei.errors import RenderError
from renkei.report.kit import pieces, pieces_cards, pieces_text
from renkei.report.kit.numbers import typeset
from renkei.report.kit.pieces import Piece

MIME_TYPE = "application/vnd.renkei.piece+json"
#: Changes whenever a piece is written otherwise than before.
VERSION = 2

KINDS: Mapping[str, type[Piece]] = {
    "title": pieces.Title,
    "cards": pieces_cards.Cards,
    "points": pieces.MainPoints,
    "heading": pieces_text.Heading,
    "paragraph": pieces_text.Paragraph,
    "list": pieces_text.Listing,
    "table": pieces.Table,
    "figure": pieces.Figure,
    "picture": pieces_text.Picture,
    "preformatted": pieces_text.Preformatted,
    "note": pieces_text.Note,
    "provenance": pieces.Provenance,
}
_DRAWINGS = ("svg", "svg_narrow", "data")
_NAMES = {kind: name for name, kind in KINDS.items()}


def name_of(piece: Piece) -> str:
    """The name of a piece's kind."""
    return _NAMES[type(piece)]


def to_json(piece: Piece) -> dict[str, Any]:
    """The piece as JSON values: version, kind, and its own fields under `piece`."""
    return {"version": VERSION, "kind": name_of(piece), "piece": msgspec.to_builtins(piece)}


def from_json(value: object) -> Piece:
    """The piece of a JSON value; a RenderError says where it is not one."""
    if not isinstance(value, Mapping) or value.get("version") != VERSION or value.get("kind") not in KINDS:
        found = {key: value.get(key) for key in ("version", "kind")} if isinstance(value, Mapping) else value
        raise RenderError(
            f"a piece of version {VERSION}, one of {', '.join(KINDS)}, was expected, "
            f"found {str(found)[:80]}; "
            "run the notebook again"
        )
    try:
        return msgspec.convert(value["piece"], KINDS[value["kind"]])
    except (KeyError, msgspec.ValidationError) as error:
        raise RenderError(f"a {value['kind']} was expected: {error}; run the notebook again") from error


def typeset_piece(piece: Piece) -> Piece:
    """The piece with its texts as they are printed; drawings stay as they are."""
    return msgspec.convert(_typeset(msgspec.to_builtins(piece)), type(piece))


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, list | tuple):
        return [_typeset(part) for part in value]
    if isinstance(value, dict):
        return {key: part if key in _DRAWINGS else _typeset(part) for key, part in value.items()}
    return value


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `to_json` gives."""
    shapes, components = msgspec.json.schema_components(list(KINDS.values()), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A piece of a report",
        "type": "object",
        "required": ["version", "kind", "piece"],
        "oneOf": [
            {"properties": {"version": {"const": VERSION}, "kind": {"const": name}, "piece": shape}}
            for name, shape in zip(KINDS, shapes, strict=True)
        ],
        "$defs": components,
    }


def schema_text() -> str:
    """The schema as it stands in docs/piece.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
