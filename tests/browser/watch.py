"""What a browser complains about. A test that saw a complaint fails, whatever else it shows."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Said for every answer from 400 on, which `Watch` judges by its status.
_ABOUT_AN_ANSWER = "Failed to load resource: the server responded with a status of"
# Leaving a page ends what it was still loading, its stream above all.
_LEFT = "net::ERR_ABORTED"


class Watch:
    """The complaints of one browser context: errors on the console or in scripts (violations of the content
    security policy are among them), failed requests, requests to other hosts, pages without a strict policy.

    Add a status to `expected` where a test provokes it.
    """

    def __init__(self, context: BrowserContext, url: str, *, script: bool) -> None:
        # A browser without JavaScript refuses to load scripts, and says so as if a policy had.
        self.harmless = {_LEFT} if script else {_LEFT, "csp"}
        self.host = urlsplit(url).netloc
        self.complaints: list[str] = []
        self.expected: set[int] = set()
        self.requested: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._script)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_ABOUT_AN_ANSWER):
            self.complaints.append(f"console: {message.text}")

    def _script(self, error: WebError) -> None:
        self.complaints.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        self.requested.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.complaints.append(f"another host: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure not in self.harmless:
            self.complaints.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"answer: {response.status} {response.request.method} {response.url}")
        if response.request.resource_type == "document" and response.status != 303:
            policy = response.headers.get("content-security-policy", "")
            if "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy:
                self.complaints.append(f"policy: {response.url}: {policy!r}")
