"""Which certificates count: those that this machine trusts, or the file that SSL_CERT_FILE names, as for mail. requests alone knows only
those that it brings itself, and REQUESTS_CA_BUNDLE; both count as before."""

from __future__ import annotations

import ssl
from typing import Any

from requests.adapters import HTTPAdapter


class MachineTrust(HTTPAdapter):
    """For a session of requests: nothing is repeated by itself, and every certificate is checked with its name."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        """Straight to the server."""
        super().init_poolmanager(*given, **named, ssl_context=ssl.create_default_context())

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        """Through a proxy."""
        return super().proxy_manager_for(proxy, **named, ssl_context=ssl.create_default_context())
