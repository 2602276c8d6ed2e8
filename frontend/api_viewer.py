"""The API's description as a page to read and to try: Swagger UI from our own files, without inline script."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.openapi.plugins import OpenAPIRenderPlugin

from frontend.assets import asset

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Gearmesh</title>
<link rel="icon" href="{icon}" type="image/svg+xml">
<link rel="stylesheet" href="{style}">
<script src="{bundle}" defer></script>
<script src="{start}" defer></script>
</head>
<body><main id="api-reference" data-schema="{schema}"></main></body>
</html>
"""


class ApiViewer(OpenAPIRenderPlugin):
    """Shows the schema that lies at `schema_url`."""

    def __init__(self, *, schema_url: str, path: str = "/") -> None:
        super().__init__(path=path)
        self.schema_url = schema_url

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The page; the browser fetches the schema itself."""
        return _PAGE.format(
            icon=asset("favicon.svg"),
            style=asset("swagger-ui.css"),
            bundle=asset("swagger-ui-bundle.js"),
            start=asset("api-reference.js"),
            schema=self.schema_url,
        ).encode()
