"""What no page may do, told at the end of each test: an error, a call to another host, a breach of the policy."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`Content policy: ${event.violatedDirective} refused ${event.blockedURI || "inline"}`))"""
LOCAL = ("data:", "blob:", "about:")
REFUSED_FORM = 422


@dataclass
class Watch:
    server: str
    expected: set[int] = field(default_factory=lambda: {REFUSED_FORM})
    """Statuses that are part of the story. Chromium writes an error for each answer of 400 and more."""
    also: set[str] = field(default_factory=set)
    """Other sites that are part of the story."""
    faults: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.add_init_script(VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        is_expected = any(f"status of {status} " in message.text for status in self.expected)
        is_elsewhere = str(message.location.get("url")).startswith(tuple(self.also))
        if message.type == "error" and not is_expected and not is_elsewhere:
            self.faults.append(f"console, {message.location.get('url')}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error.message}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.server, *LOCAL, *self.also)):
            self.faults.append(f"another host: {request.url}")

    def _response(self, response: Response) -> None:
        is_ours = not response.url.startswith(tuple(self.also))
        if is_ours and response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.request.method} {response.url}")
