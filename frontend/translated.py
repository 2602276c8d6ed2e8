"""Sentences without variables are translated when a template is compiled: each language has its own environment."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.ext import InternationalizationExtension


class Translated(InternationalizationExtension):
    """`{% trans %}` as Jinja has it, but a constant sentence costs nothing when the page is rendered."""

    def _make_node(
        self, singular: str, plural: str | None, context: str | None, *rest: Any, **more: Any
    ) -> nodes.Output:
        if plural is not None or context is not None or "%(" in singular:
            return super()._make_node(singular, plural, context, *rest, **more)
        translate: Any = self.environment.globals["translate_constant"]
        return nodes.Output([nodes.TemplateData(translate(singular) % {})])
